"""What the public may know of a date that was moved: from when to when, why, and who let it be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from answerable.plan.models import DateMove, OwnerChange
from answerable.publishing.records.rows import (
    Groups,
    Record,
    Roles,
    of,
    plain,
    plain_of,
    records_by,
)

MOVE = ("before", "after", "reason")
OWNERS = ("role_before", "role_after", "reason")
THE_BODY = "the body itself"
"""Who approved, where no role of the office did."""


def _moves(rows: QuerySet[DateMove], key: str, roles: Roles) -> Groups:
    """Moves that were approved; what was asked and refused moved nothing."""
    approved = rows.filter(approved_at__isnull=False).order_by("approved_at", "pk")
    columns = (key, "approved_at", "approved_by_id", *MOVE)

    def record(row: Mapping[str, Any]) -> Record:
        return plain_of(row, MOVE) | {
            "on": plain(row["approved_at"]),
            "by": roles.of(row["approved_by_id"], row["approved_at"], THE_BODY),
        }

    return records_by(approved.values(*columns), key, record)


def moves_of_tests(as_of: date, roles: Roles) -> Groups:
    """Moved dates of closing tests, by test."""
    path = "closing_test__undertaking__recommendation__report__"
    return _moves(of(DateMove, as_of, path), "closing_test_id", roles)


def moves_of_actions(actions: QuerySet[Any], roles: Roles) -> Groups:
    """Moved dates of actions, by action."""
    return _moves(DateMove.objects.filter(action__in=actions), "action_id", roles)


def moves_of_milestones(actions: QuerySet[Any], roles: Roles) -> Groups:
    """Moved dates of milestones, by milestone."""
    return _moves(DateMove.objects.filter(milestone__action__in=actions), "milestone_id", roles)


def owner_changes(actions: QuerySet[Any], roles: Roles) -> Groups:
    """From which post to which an action passed, by action. Never a name."""
    rows = OwnerChange.objects.filter(action__in=actions, approved_at__isnull=False)
    columns = ("action_id", "approved_at", "approved_by_id", *OWNERS)

    def record(row: Mapping[str, Any]) -> Record:
        return plain_of(row, OWNERS) | {
            "on": plain(row["approved_at"]),
            "by": roles.of(row["approved_by_id"], row["approved_at"], THE_BODY),
        }

    found = rows.order_by("approved_at", "pk").values(*columns)
    return records_by(found, "action_id", record)
