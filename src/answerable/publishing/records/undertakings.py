"""What the public may know of one body's answer: the reply, the claim, the plan, what was seen."""

from collections.abc import Mapping
from datetime import date

from answerable.chasing.queries.chases import notices_on
from answerable.publishing import standings
from answerable.publishing.records import claims, evidence, opinions, plans, replies, samples
from answerable.publishing.records.rows import (
    Groups,
    Lines,
    Record,
    Roles,
    along,
    grouped,
    of,
    plain,
)
from answerable.register.models import Undertaking

COLUMNS = (
    "id",
    "recommendation_id",
    "body__slug",
    "passed_from_id",
    "passed_from__body__slug",
    "stands",
    "added_at",
    "recommendation__paraphrased",
)


def undertakings(
    as_of: date, documents: Mapping[int, Record], roles: Roles, words: Mapping[int, str]
) -> Groups:
    """Each body's answer by recommendation; ``words`` are those of the recommendations."""
    rows = of(Undertaking, as_of, "recommendation__report__").order_by("recommendation_id", "pk")
    found = list(rows.values(*COLUMNS, *replies.CLOCK).iterator(chunk_size=2000))
    passed_on = {row["passed_from_id"]: row["body__slug"] for row in found if row["passed_from_id"]}
    changes = replies.clock_changes(as_of, roles)
    said = replies.responses(as_of, documents, roles)
    followed = _followed(as_of, roles, found, words)
    noticed = notices_on(as_of)
    for row in found:
        clock = replies.clock(row, changes.get(row["id"], []))
        elsewhere = row["recommendation__paraphrased"]
        row["record"] = {
            "body": row["body__slug"],
            "passed_from": row["passed_from__body__slug"] or "",
            "passed_from_on": plain(row["added_at"]) if row["passed_from_id"] else None,
            "passed_to": passed_on.get(row["id"], ""),
            "responses": said.get(row["id"], []),
            "clock": clock,
            **standings.of(row["stands"], clock, as_of, elsewhere=elsewhere),
            "notice_on": plain(noticed.get(row["id"])),
            **followed[row["id"]],
        }
    return {
        key: [row["record"] for row in rows]
        for key, rows in grouped(found, "recommendation_id").items()
    }


def _lines(found: list[Record]) -> Lines:
    """Each undertaking with those from which it was taken over, newest first."""
    before = {row["id"]: row["passed_from_id"] for row in found}
    lines = {}
    for pk in before:
        line, earlier = [pk], before[pk]
        while earlier is not None:
            line.append(earlier)
            earlier = before.get(earlier)
        lines[pk] = tuple(line)
    return lines


def _followed(
    as_of: date, roles: Roles, found: list[Record], words: Mapping[int, str]
) -> dict[int, Record]:
    """What followed the reply, by undertaking; what came from the bodies before is among it."""
    lines, asked = _lines(found), {row["id"]: words[row["recommendation_id"]] for row in found}
    claimed = claims.claims(as_of)
    agreed = claims.closing_tests(as_of, roles)
    planned = plans.plans(as_of, roles, asked)
    handed_in = evidence.evidence(as_of)
    drawn = samples.samples(as_of)
    four = opinions.four(as_of)
    judged = opinions.opinions(as_of, roles, four)
    closed = opinions.closures(as_of, roles)
    return {
        pk: {
            "four": opinions.told(four[pk], judged.get(pk, [])),
            "claims": along(claimed, line),
            "closing_tests": claims.with_standing(along(agreed, line)),
            "plan": planned.get(pk, []),
            "unserved": plans.unserved(asked[pk], planned.get(pk, [])),
            "evidence": evidence.summed(along(handed_in, line)),
            "samples": along(drawn, line),
            "opinions": judged.get(pk, []),
            "closures": closed.get(pk, []),
        }
        for pk, line in lines.items()
    }
