"""What the machine proposed and what a person decided stay as they were."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

DECISION = (
    "id",
    "document_id",
    "candidate_id",
    "part",
    "outcome",
    "number",
    "words",
    "kind",
    "spans",
    "reason",
    "at",
    "by_id",
)


def freeze(apps, editor):
    freeze_rows(editor, "reports_reading")
    freeze_rows(editor, "reports_candidate")
    freeze_removal(editor, "reports_document")
    freeze_columns(
        editor,
        "reports_document",
        ("id", "report_id", "sha256", "size", "media_type", "received_at"),
    )
    freeze_removal(editor, "reports_decision")
    freeze_columns(editor, "reports_decision", DECISION)
    freeze_removal(editor, "reports_notice")
    freeze_columns(editor, "reports_notice", ("id", "reading_id", "code", "sentence", "page"))
    freeze_removal(editor, "reports_report")


def unfreeze(apps, editor):
    for noun in ("reading", "candidate", "document", "decision", "notice", "report"):
        thaw(editor, f"reports_{noun}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
