"""A gap analysis is never changed or removed; nor is what was put under a theme, and by whom."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

KEPT = {
    "theme": (
        ("slug", "added_by_id", "added_at"),
        ("retired_at", "retired_by_id", "retired_reason"),
    ),
    "thememember": (
        ("theme_id", "recommendation_id", "added_by_id", "added_at"),
        ("taken_out_at", "taken_out_by_id", "taken_out_reason"),
    ),
}
"""For each noun: the columns that never change, and those that are filled once."""


def freeze(apps, editor):
    freeze_rows(editor, "gaps_gaprun")
    for noun, (never, once) in KEPT.items():
        freeze_removal(editor, f"gaps_{noun}")
        freeze_columns(editor, f"gaps_{noun}", ("id", *never), once=once)


def unfreeze(apps, editor):
    for noun in ("gaprun", *KEPT):
        thaw(editor, f"gaps_{noun}")


class Migration(migrations.Migration):
    dependencies = [("gaps", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
