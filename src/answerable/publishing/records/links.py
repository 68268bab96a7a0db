"""What the public may know of a signed link: how one asks for what another asked, and why."""

from collections import defaultdict
from datetime import date

from answerable.publishing.records.rows import Groups, Record, Roles, is_out, plain, records_by
from answerable.register.models import Link, Objection, Relation
from answerable.register.models.objections import READINGS

COLUMNS = (
    "id",
    "relation",
    "reason",
    "at",
    "signed_by_id",
    "taken_back_at",
    "taken_back_reason",
)
FROM_SOURCES = "the operator, from public sources"
"""Who says so, where nobody of an office signed it."""


def links(as_of: date, roles: Roles) -> Groups:
    """Links by the recommendation at either end, where the reports of both ends are out."""
    rows = Link.objects.filter(
        is_out(as_of, "earlier__report__"), is_out(as_of, "later__report__")
    ).order_by("at", "pk")
    ends = ("earlier_id", "later_id", "earlier__reference", "later__reference")
    otherwise = _objections(roles)
    found: dict[object, list[Record]] = defaultdict(list)
    for row in rows.values(*ends, *COLUMNS):
        signer = row["signed_by_id"]
        record = {
            "earlier": row["earlier__reference"],
            "later": row["later__reference"],
            "relation": str(Relation(row["relation"]).label),
            "reason": row["reason"],
            "on": plain(row["at"]),
            "by": roles.of(signer, row["at"]) if signer else FROM_SOURCES,
            "taken_back_on": plain(row["taken_back_at"]),
            "taken_back_because": row["taken_back_reason"],
            "read_otherwise": otherwise.get(row["id"], []),
        }
        for end in ("earlier_id", "later_id"):
            found[row[end]].append(record)
    return found


def _objections(roles: Roles) -> Groups:
    """How others read each link, those who took it back too, oldest first."""
    known = dict(READINGS)
    rows = Objection.objects.order_by("at", "pk").values(
        "link_id", "reads", "reason", "at", "by_id", "taken_back_at", "taken_back_reason"
    )
    return records_by(
        rows,
        "link_id",
        lambda row: {
            "relation": known[row["reads"]],
            "reason": row["reason"],
            "on": plain(row["at"]),
            "by": roles.of(row["by_id"], row["at"]),
            "taken_back_on": plain(row["taken_back_at"]),
            "taken_back_because": row["taken_back_reason"],
        },
    )
