"""What the public may know of a reply and of the clock that it answers to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from answerable.publishing.records.rows import (
    Groups,
    Record,
    Roles,
    grouped,
    named,
    of,
    plain,
    plain_of,
    runs,
)
from answerable.register.models import ClockChange, Position, Response, Unit

POSITION = ("positions__position", "positions__reason", "positions__at", "positions__by_id")
RESPONSE = ("words", "restates", "dated_on", "received_on", "page", "source_url")
CLOCK = {
    "clock__starts_on": "starts_on",
    "clock__first_computed_on": "first_due_on",
    "clock__computed_on": "computed_on",
    "clock__official_on": "official_on",
    "clock__official_reason": "official_reason",
    "clock__stopped_on": "answered_on",
    "clock__due_on": "due_on",
    "clock__state": "state",
    "clock__basis__name": "basis",
    "clock__basis__owed": "owed",
    "clock__basis__source": "source",
    "clock__basis__source_url": "source_url",
    "clock__basis__length": "length",
    "clock__basis__unit": "unit",
    "clock__basis__first_day_counts": "first_day_counts",
}


def clock(row: Record, changes: list[Record]) -> Record | None:
    """The clock of an undertaking, from its row; None where nothing is timed."""
    if row["clock__starts_on"] is None:
        return None
    unit = Unit(row["clock__basis__unit"]).label
    return named(row, CLOCK) | {"unit": unit, "changes": [c["record"] for c in changes]}


def clock_changes(as_of: date, roles: Roles) -> Groups:
    """What was done to clocks, by undertaking."""
    rows = of(ClockChange, as_of, "clock__undertaking__recommendation__report__")
    columns = ("what", "on", "days", "due_before", "due_after", "reason")
    found = rows.order_by("at", "pk").values("clock__undertaking_id", "at", "by_id", *columns)
    return grouped(
        (
            row
            | {
                "record": plain_of(row, columns)
                | {
                    "what": ClockChange.What(row["what"]).label,
                    "recorded_on": plain(row["at"]),
                    "by": roles.of(row["by_id"], row["at"]),
                }
            }
            for row in found
        ),
        "clock__undertaking_id",
    )


def responses(as_of: date, documents: Mapping[int, Record], roles: Roles) -> Groups:
    """Replies by undertaking, each with the readings of its position, oldest first."""
    rows = of(Response, as_of, "undertaking__recommendation__report__")
    held = rows.order_by("dated_on", "entered_at", "pk", "positions__at", "positions__pk").values(
        "id", "undertaking_id", "document_id", *POSITION, *RESPONSE
    )
    replies: dict[object, list[Record]] = defaultdict(list)
    for run in runs(held, "id"):
        row, document = run[0], documents.get(run[0]["document_id"])
        reply = plain_of(row, RESPONSE) | {
            "document": document["path"] if document else "",
            "positions": [_position(r, roles) for r in run if r["positions__at"]],
        }
        replies[row["undertaking_id"]].append(reply)
    return replies


def _position(row: Record, roles: Roles) -> Record:
    """What the overseer read in a reply, with the reason and the role that read it."""
    return {
        "position": Position(row["positions__position"]).label,
        "reason": row["positions__reason"],
        "on": plain(row["positions__at"]),
        "by": roles.of(row["positions__by_id"], row["positions__at"]),
    }
