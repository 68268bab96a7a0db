"""The words of a recommendation, and everything said or decided about it, never change."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

RECOMMENDATION = (
    "id",
    "reference",
    "serial",
    "report_id",
    "document_id",
    "number",
    "words",
    "kind",
    "page",
    "spans",
    "fingerprint",
    "accepted_at",
    "paraphrased",
    "source_url",
)
ROWS = ("correction", "undertaking", "response", "positionread", "basis", "clockchange")


def freeze(apps, editor):
    freeze_removal(editor, "register_recommendation")
    freeze_columns(editor, "register_recommendation", RECOMMENDATION)
    for noun in ROWS:
        freeze_rows(editor, f"register_{noun}")
    freeze_removal(editor, "register_clock")
    freeze_columns(
        editor,
        "register_clock",
        ("id", "undertaking_id", "basis_id", "starts_on", "first_computed_on"),
    )


def unfreeze(apps, editor):
    for noun in ("recommendation", "clock", *ROWS):
        thaw(editor, f"register_{noun}")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
