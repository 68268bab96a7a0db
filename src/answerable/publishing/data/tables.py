"""The tables of the open data: what a row is, and what each column means. First what was asked and said."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.publishing import standings

Record = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its name, what a row is, its columns with what each means, its rows."""

    name: str
    holds: str
    columns: Mapping[str, str]
    rows: Callable[[Record], Iterable[Row]]

    @property
    def path(self) -> str:
        """Its path in the edition."""
        return f"data/{self.name}.csv"


def _recommendations(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        yield {**r, "addressed_to": [u["body"] for u in r["undertakings"]]}


def _undertakings(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        for u in r["undertakings"]:
            clock = u["clock"] or {}
            yield {
                **u,
                "reference": r["reference"],
                "replies": len(u["responses"]),
                "replied_on": u["responses"][-1]["dated_on"] if u["responses"] else "",
                **{name: clock.get(name, "") for name in _CLOCK_COLUMNS},
                **_followed(u),
            }


def _followed(u: Record) -> Row:
    """Delivery, assurance, effect, closing: each in columns of its own."""
    four, claim = u["four"], u["claims"][-1] if u["claims"] else {}
    return {
        "delivery": standings.CLAIMED[standings.claimed(u)],
        "delivery_on": four["delivery"]["on"] or "",
        "delivery_by": claim.get("signed_off_role", ""),
        "assurance": standings.SEEN[standings.seen(u)],
        "assurance_on": four["assurance"]["on"] or "",
        "assurance_by": four["assurance"]["by"],
        "effect": four["effect"]["words"],
        "closed": standings.CLOSED[standings.closed(u)],
        "closed_on": u["closures"][-1]["on"] if standings.closed(u) != standings.OPEN else "",
        "times_reopened": standings.times_reopened(u),
    }


_CLOCK_COLUMNS = ("basis", "starts_on", "first_due_on", "computed_on", "official_on", "due_on")


def _responses(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        for u in r["undertakings"]:
            for reply in u["responses"]:
                read = reply["positions"][-1] if reply["positions"] else {}
                yield {
                    **reply,
                    "reference": r["reference"],
                    "body": u["body"],
                    "position": read.get("position", ""),
                    "position_reason": read.get("reason", ""),
                    "position_on": read.get("on", ""),
                }


def _dates(records: Record) -> Iterator[Row]:
    for r in records["recommendations"]:
        for u in r["undertakings"]:
            for change in u["clock"]["changes"] if u["clock"] else ():
                yield {**change, "reference": r["reference"], "body": u["body"]}


def _totals(records: Record) -> Iterator[Row]:
    totals = records["totals"]
    for name in ("recommendations", "withdrawn", "from_public_sources", "undertakings"):
        yield {"what": name, "count": totals[name], "rule": ""}
    for standing, count in totals["response"]["counts"].items():
        rule = totals["response"]["rule"]
        yield {"what": f"response: {standing}", "count": count, "rule": rule}
    yield {"what": "late", "count": totals["late"]["count"], "rule": totals["late"]["rule"]}
    for question in ("delivery", "assurance", "effect", "closing"):
        for answer, count in totals[question]["counts"].items():
            rule = totals[question]["rule"]
            yield {"what": f"{question}: {answer}", "count": count, "rule": rule}
    closing = totals["closing"]
    yield {"what": "times reopened", "count": closing["reopened"], "rule": closing["rule"]}


TABLES = (
    Table(
        "recommendations",
        "A recommendation, with its exact words",
        {
            "reference": "Its lasting public reference",
            "number": "Its number in the report",
            "kind": "What the report calls it",
            "words": "Its words, as corrected",
            "words_as_entered": "Its words as first entered",
            "page": "The page on which they stand",
            "fingerprint": "SHA-256 of the words as first entered",
            "report": "The report, as in reports.csv",
            "addressed_to": "The bodies, as in bodies.csv",
            "subject": "What it is about",
            "source_url": "Where it was read",
            "paraphrased": "Whether the words are a paraphrase",
            "invented": "Whether it belongs to an invented example",
            "entered_on": "When it was entered in the register",
            "withdrawn_on": "When it was withdrawn from the register",
            "withdrawn_because": "Why it was withdrawn",
        },
        _recommendations,
    ),
    Table(
        "undertakings",
        "One recommendation × one body: where its answer stands",
        {
            "reference": "The recommendation",
            "body": "The body, as in bodies.csv",
            "standing": "Where the answer stands on the day of the count",
            "standing_words": "The same in words",
            "replies": "How many replies came",
            "replied_on": "The date of the newest reply",
            "answered_late": "Whether the first reply came after its last day",
            "late_since": "The last day that passed without a reply",
            "notice_on": "When the office gave notice of the silence",
            "basis": "The time limit",
            "starts_on": "First day of the time limit",
            "first_due_on": "Last day as first computed",
            "computed_on": "Last day as computed now",
            "official_on": "Last day as the source gives it",
            "due_on": "The last day that counts",
            "delivery": "What the body itself claims, in its newest claim",
            "delivery_on": "When it was claimed",
            "delivery_by": "The role that signed it off inside the body",
            "assurance": "What someone independent has signed that still stands",
            "assurance_on": "When it was signed",
            "assurance_by": "In which role",
            "effect": "What the measures say",
            "closed": "Whether it is closed, and how; no answer to any question",
            "closed_on": "When the chair closed it",
            "times_reopened": "How often it was closed and came back",
            "passed_from": "The body from which it was taken over",
            "passed_to": "The body that took it over",
        },
        _undertakings,
    ),
    Table(
        "responses",
        "A reply, in its exact words",
        {
            "reference": "The recommendation",
            "body": "The body that replied",
            "dated_on": "The date of the reply",
            "received_on": "When it came, if on another day",
            "words": "The reply",
            "restates": "The recommendation as the reply words it",
            "position": "The position that the office reads in it",
            "position_reason": "Why",
            "position_on": "When it was read",
            "page": "The page of the reply",
            "source_url": "Where it was read",
        },
        _responses,
    ),
    Table(
        "dates",
        "A last day that was moved, with the reason",
        {
            "reference": "The recommendation",
            "body": "The body",
            "what": "What was done",
            "on": "From which day, or to which",
            "days": "By how much",
            "due_before": "The last day before",
            "due_after": "The last day after",
            "reason": "Why",
            "recorded_on": "When it was recorded",
            "by": "In which role",
        },
        _dates,
    ),
    Table(
        "reports",
        "A report",
        {
            "slug": "How other files name it",
            "title": "Its title",
            "kind": "What kind of report it is",
            "author": "The body that made it",
            "commissioner": "The body that commissioned it",
            "published_on": "When it was published",
            "published_words": "The same, where only a year or month is known",
            "address": "Where its maker published it",
            "stated_count": "How many recommendations it says that it makes",
            "period_from": "First day of the period examined",
            "period_to": "Last day of the period examined",
            "areas": "The districts that it is about",
            "invented": "Whether it belongs to an invented example",
        },
        lambda records: records["reports"],
    ),
    Table(
        "bodies",
        "An organisation",
        {
            "slug": "How other files name it",
            "name": "Its name",
            "short_name": "Its short name",
            "other_names": "Other names that documents use",
            "kind": "What kind of body it is",
            "begins_on": "Since when it exists",
            "ends_on": "Until when it existed",
            "areas": "Its districts",
            "is_office": "Whether it is the oversight office",
            "invented": "Whether it belongs to an invented example",
        },
        lambda records: records["bodies"],
    ),
    Table(
        "totals",
        "A count, with its rule",
        {"what": "What is counted", "count": "How many", "rule": "By which rule"},
        _totals,
    ),
)
