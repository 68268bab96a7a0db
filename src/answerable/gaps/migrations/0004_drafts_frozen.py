"""What a draft was made of never changes; who owns it, left a line out or took it is written once."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

KEPT = {
    "draftplan": (
        ("reference", "serial", "run_id", "chosen", "drafted_by_id", "drafted_at"),
        ("owner_id", "owned_at"),
    ),
    "draftline": (
        ("draft_id", "place", "key", "bodies", "asked", "settles", "tests"),
        ("left_out_at", "left_out_by_id", "left_out_reason"),
    ),
}
"""For each noun: the columns that never change, and those that are filled once."""


def freeze(apps, editor):
    for noun, (never, once) in KEPT.items():
        freeze_removal(editor, f"gaps_{noun}")
        freeze_columns(editor, f"gaps_{noun}", ("id", *never), once=once)
    freeze_rows(editor, "gaps_takenline")


def unfreeze(apps, editor):
    for noun in ("takenline", *KEPT):
        thaw(editor, f"gaps_{noun}")


class Migration(migrations.Migration):
    dependencies = [("gaps", "0003_drafts"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
