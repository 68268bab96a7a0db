"""Evidence, samples, opinions and closures stay as they were: nothing here is ever removed."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

KEPT = {
    "evidence": (
        (
            "kind",
            "body_id",
            "name",
            "sha256",
            "size",
            "media_type",
            "file",
            "address",
            "taken_at",
            "words",
            "shows",
            "does_not_show",
            "covers_from",
            "covers_to",
            "expires_on",
            "expires_because",
            "grade_proposed",
            "findings",
            "uploaded_by_id",
            "uploaded_at",
        ),
        (),
    ),
    "use": (
        ("evidence_id", "undertaking_id", "added_by_id", "added_at"),
        ("taken_out_at", "taken_out_by_id", "taken_out_reason"),
    ),
    "sample": (
        (
            "undertaking_id",
            "size",
            "why",
            "criteria",
            "seed_digest",
            "secret",
            "committed_by_id",
            "committed_at",
        ),
        (
            "population_digest",
            "population_size",
            "seed",
            "drawn",
            "drawn_by_id",
            "drawn_at",
            "seen",
            "seen_by_id",
            "seen_at",
        ),
    ),
    "interest": (
        ("person_id", "body_id", "undertaking_id", "declared_at"),
        ("ended_at", "ended_by_id"),
    ),
    "opinion": (
        (
            "undertaking_id",
            "judgement",
            "looked_at",
            "missing",
            "recheck_on",
            "digest",
            "seen",
            "closing_test_id",
            "claim_id",
            "signed_by_id",
            "signed_at",
        ),
        ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
    ),
}
"""For each noun: the columns that never change, and those that are filled once."""
ROWS = ("graded", "closure", "reopening")


def freeze(apps, editor):
    for noun, (never, once) in KEPT.items():
        freeze_removal(editor, f"assurance_{noun}")
        freeze_columns(editor, f"assurance_{noun}", ("id", *never), once=once)
    for noun in ROWS:
        freeze_rows(editor, f"assurance_{noun}")


def unfreeze(apps, editor):
    for noun in (*KEPT, *ROWS):
        thaw(editor, f"assurance_{noun}")


class Migration(migrations.Migration):
    dependencies = [("assurance", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
