"""First dates, agreements, moves and claims stay as they were: nothing here is ever removed."""

from django.db import migrations

from answerable.audit.frozen import freeze_columns, freeze_removal, freeze_rows, thaw

ABANDONED = ("abandoned_at", "abandoned_by_id", "abandoned_reason")
TAKEN_OUT = ("taken_out_at", "taken_out_by_id", "taken_out_reason")
REFUSED = ("refused_at", "refused_by_id", "refused_reason")
DECIDED = ("approved_at", "approved_by_id", *REFUSED)

KEPT = {
    "closingtest": (
        (
            "undertaking_id",
            "version",
            "pattern",
            "look_at",
            "how_many",
            "first_due_on",
            "counts_as_seen",
            "why",
            "proposed_by_id",
            "proposed_at",
        ),
        (
            "agreed_for_body_by_id",
            "agreed_for_body_at",
            "agreed_for_office_by_id",
            "agreed_for_office_at",
            *REFUSED,
        ),
    ),
    "action": (
        ("reference", "serial", "body_id", "added_by_id", "added_at"),
        ("first_due_on", *ABANDONED),
    ),
    "service": (
        ("action_id", "undertaking_id", "spans", "words_digest", "note", "added_by_id", "added_at"),
        TAKEN_OUT,
    ),
    "milestone": (
        ("action_id", "date_of", "first_due_on", "added_by_id", "added_at"),
        ABANDONED,
    ),
    "dependency": (
        ("action_id", "on_action_id", "words", "needed_by_on", "added_by_id", "added_at"),
        ("met_on", *TAKEN_OUT),
    ),
    "datemove": (
        (
            "action_id",
            "milestone_id",
            "closing_test_id",
            "before",
            "after",
            "reason",
            "asked_by_id",
            "asked_at",
        ),
        DECIDED,
    ),
    "ownerchange": (
        (
            "action_id",
            "role_before",
            "role_after",
            "owner_before_id",
            "owner_after_id",
            "reason",
            "asked_by_id",
            "asked_at",
        ),
        DECIDED,
    ),
}
"""For each noun: the columns that never change, and those that are filled once."""


def freeze(apps, editor):
    for noun, (never, once) in KEPT.items():
        freeze_removal(editor, f"plan_{noun}")
        freeze_columns(editor, f"plan_{noun}", ("id", *never), once=once)
    freeze_rows(editor, "plan_claim")


def unfreeze(apps, editor):
    for noun in (*KEPT, "claim"):
        thaw(editor, f"plan_{noun}")


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("audit", "0002_frozen")]
    operations = [migrations.RunPython(freeze, unfreeze)]
