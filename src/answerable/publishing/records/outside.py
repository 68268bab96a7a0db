"""What the public may know of a link to another office's record: where it stands there, and why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from answerable.publishing.records.rows import Groups, Record, Roles, of, plain, records_by
from answerable.register.models import OutsideLink, Relation

COLUMNS = (
    "recommendation_id",
    "relation",
    "office",
    "address",
    "theirs",
    "sha256",
    "reason",
    "at",
    "signed_by_id",
    "taken_back_at",
    "taken_back_reason",
)


def outside_links(as_of: date, roles: Roles) -> Groups:
    """Links to other offices' records by the recommendation whose report is out."""
    rows = of(OutsideLink, as_of, "recommendation__report__").order_by("at", "pk")

    def record(row: Mapping[str, Any]) -> Record:
        return {
            "relation": str(Relation(row["relation"]).label),
            "office": row["office"],
            "address": row["address"],
            "theirs": row["theirs"],
            "sha256": row["sha256"],
            "reason": row["reason"],
            "on": plain(row["at"]),
            "by": roles.of(row["signed_by_id"], row["at"]),
            "taken_back_on": plain(row["taken_back_at"]),
            "taken_back_because": row["taken_back_reason"],
        }

    return records_by(rows.values(*COLUMNS), "recommendation_id", record)
