"""What was prepared, approved and sent stays as it was: nothing here is ever removed."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

KEPT = {
    "dispatch": (
        (
            "body_id",
            "ladder",
            "step",
            "by_id",
            "at",
            "pdf",
            "docx",
            "pdf_digest",
            "docx_digest",
        ),
        ("posted_on",),
    ),
    "chase": (
        (
            "ladder",
            "step",
            "step_version",
            "body_id",
            "undertaking_id",
            "clock_id",
            "action_id",
            "milestone_id",
            "closing_test_id",
            "closure_id",
            "due_on",
            "reference",
            "reason",
            "prepared_at",
        ),
        (
            "dispatch_id",
            "held_at",
            "held_by_id",
            "held_reason",
            "stopped_at",
            "stopped_because",
            "sent_at",
        ),
    ),
}
"""For each noun: the columns that never change, and those that are filled once."""


def freeze(apps, editor):
    for noun, (never, once) in KEPT.items():
        freeze_removal(editor, f"chasing_{noun}")
        freeze_columns(editor, f"chasing_{noun}", ("id", *never), once=once)
    freeze_rows(editor, "chasing_stepset")
    freeze_removal(editor, "chasing_head")


def unfreeze(apps, editor):
    for noun in (*KEPT, "stepset", "head"):
        thaw(editor, f"chasing_{noun}")


class Migration(migrations.Migration):
    dependencies = [("chasing", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
