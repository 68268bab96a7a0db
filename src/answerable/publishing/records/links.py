"""What the public may know of a signed link: how one asks for what another asked, and why."""

from collections import defaultdict
from datetime import date

from answerable.publishing.records.rows import Groups, Record, Roles, is_out, plain
from answerable.register.models import Link, Relation

COLUMNS = (
    "relation",
    "reason",
    "at",
    "signed_by_id",
    "taken_back_at",
    "taken_back_reason",
)


def links(as_of: date, roles: Roles) -> Groups:
    """Links by the recommendation at either end, where the reports of both ends are out."""
    rows = Link.objects.filter(
        is_out(as_of, "earlier__report__"), is_out(as_of, "later__report__")
    ).order_by("at", "pk")
    ends = ("earlier_id", "later_id", "earlier__reference", "later__reference")
    found: dict[object, list[Record]] = defaultdict(list)
    for row in rows.values(*ends, *COLUMNS):
        record = {
            "earlier": row["earlier__reference"],
            "later": row["later__reference"],
            "relation": str(Relation(row["relation"]).label),
            "reason": row["reason"],
            "on": plain(row["at"]),
            "by": roles.of(row["signed_by_id"], row["at"]),
            "taken_back_on": plain(row["taken_back_at"]),
            "taken_back_because": row["taken_back_reason"],
        }
        for end in ("earlier_id", "later_id"):
            found[row[end]].append(record)
    return found
