"""What the public may know of a claim, and of the closing test by which it is to be seen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from answerable.plan.models import Claim, ClosingTest, Pattern, Rung
from answerable.publishing.records.moves import moves_of_tests
from answerable.publishing.records.rows import (
    Groups,
    Record,
    Roles,
    of,
    plain,
    plain_of,
    records_by,
)

CLAIM = ("rung", "words", "reason", "signed_off_role", "slipped_on")
TEST = (
    "version",
    "look_at",
    "how_many",
    "first_due_on",
    "due_on",
    "counts_as_seen",
    "why",
)
BY_UNDERTAKING = "undertaking_id"


def claims(as_of: date) -> Groups:
    """Every claim by undertaking, oldest first: the newest counts, the others stay beside it.

    Of who signed it off inside the body only the role: the name stays inside.
    """
    rows = of(Claim, as_of, "undertaking__recommendation__report__").order_by("made_at", "pk")
    columns = (
        BY_UNDERTAKING,
        "undertaking__body_id",
        "undertaking__body__slug",
        "made_at",
        "made_by__body_id",
    )
    return records_by(rows.values(*columns, *CLAIM), BY_UNDERTAKING, _claim)


def _claim(row: Mapping[str, Any]) -> Record:
    return plain_of(row, CLAIM) | {
        "body": row["undertaking__body__slug"],
        "rung_words": str(Rung(row["rung"]).label),
        "on": plain(row["made_at"]),
        "entered_by_office": row["made_by__body_id"] != row["undertaking__body_id"],
    }


def closing_tests(as_of: date, roles: Roles) -> Groups:
    """Every closing test to which both sides agreed, by undertaking; the last one stands.

    What was only proposed, or refused, is between the two until it is agreed.
    """
    rows = of(ClosingTest, as_of, "undertaking__recommendation__report__").filter(
        agreed_for_body_at__isnull=False, agreed_for_office_at__isnull=False
    )
    agreed = ("agreed_for_body_at", "agreed_for_office_at")
    columns = (
        BY_UNDERTAKING,
        "id",
        "undertaking__body__slug",
        "pattern",
        "agreed_for_office_by_id",
        *agreed,
    )
    moved = moves_of_tests(as_of, roles)
    found = rows.order_by("version", "pk").values(*columns, *TEST)
    return records_by(
        found,
        BY_UNDERTAKING,
        lambda row: (
            plain_of(row, TEST)
            | {
                "body": row["undertaking__body__slug"],
                "pattern": str(Pattern(row["pattern"]).label),
                "agreed_on": plain(max(row[name] for name in agreed)),
                "agreed_for_office_by": roles.of(
                    row["agreed_for_office_by_id"], row["agreed_for_office_at"]
                ),
                "moves": moved.get(row["id"], []),
            }
        ),
    )


def with_standing(tests: list[Record]) -> list[Record]:
    """The tests, each saying whether it is the one that stands."""
    return [test | {"stands": n == len(tests)} for n, test in enumerate(tests, start=1)]
