"""Open data of an edition: JSON for machines, CSV for spreadsheets, and a description of both."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.publishing.manifest import RECORDS
from answerable.publishing.pages.site import Site

Record = Mapping[str, Any]
Row = dict[str, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

PACKAGE = "data/datapackage.json"
SEARCH = "data/search.json"


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


def dumps(value: object) -> bytes:
    """JSON that people can read too; the same value always gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of data."""
    yield RECORDS, dumps({"edition": about(site), "records": site.records})
    for recommendation in site.records["recommendations"]:
        path = f"data/record/{recommendation['reference']}.json"
        yield path, dumps({"edition": about(site), "record": recommendation})
    for table in TABLES:
        yield table.path, _csv(table, site.records)
    yield SEARCH, _search(site)
    yield PACKAGE, dumps(_package(site))


def about(site: Site) -> Row:
    """Of which edition a file is."""
    return {
        "number": site.number,
        "published_on": site.published_on,
        "as_of": site.records["as_of"],
        "office": site.records["office"],
        "note": site.records["note"],
        "previous": site.previous.get("number", 0),
    }


def _csv(table: Table, records: Record) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table.columns), lineterminator="\r\n")
    writer.writeheader()
    for row in table.rows(records):
        writer.writerow({name: cell(row[name]) for name in table.columns})
    return out.getvalue().encode()


def cell(value: object) -> object:
    """A value as a CSV has it; what would run as a formula begins with an apostrophe."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


# --- Tables -------------------------------------------------------------------------------------


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
            "basis": "The time limit",
            "starts_on": "First day of the time limit",
            "first_due_on": "Last day as first computed",
            "computed_on": "Last day as computed now",
            "official_on": "Last day as the source gives it",
            "due_on": "The last day that counts",
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


def described(sizes: Mapping[str, int]) -> list[Row]:
    """The files worth downloading, what each holds and its size."""
    wanted = [
        (RECORDS, "Everything: bodies, reports, recommendations, replies, clocks, totals"),
        *((table.path, f"{table.holds}, one a row") for table in TABLES),
    ]
    return [{"path": path, "holds": holds, "size": sizes[path]} for path, holds in wanted]


# --- Search and description ---------------------------------------------------------------------


def _search(site: Site) -> bytes:
    """What is searched, what a result shows, and the frame of the page around the results."""
    entries = []
    for r in site.records["recommendations"]:
        names = [site.bodies[u["body"]]["name"] for u in r["undertakings"]]
        answers = [
            f"{name}: {u['standing_words']}"
            for name, u in zip(names, r["undertakings"], strict=True)
        ]
        entry = {
            k: r[k] for k in ("reference", "number", "kind", "words", "subject", "paraphrased")
        }
        title = site.reports[r["report"]]["title"]
        entries.append({**entry, "title": title, "bodies": names, "answers": answers})
    held = {
        "frame": site.frame("search.html")
        | {"invented": site.has_invented, "mixed": bool(site.public_record)},
        "entries": entries,
    }
    return (json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _package(site: Site) -> Row:
    """A Frictionless data package: every table and every column in words."""
    return {
        "name": f"answerable-edition-{site.number}",
        "title": f"{site.records['office']}: edition {site.number}",
        "description": "What was asked, of whom, what they answered, and what is late. A cell that "
        "would run as a formula begins with an apostrophe; all.json has the exact words.",
        "version": str(site.number),
        "created": site.published_on,
        "resources": [
            {
                "name": table.name,
                "path": table.path.removeprefix("data/"),
                "title": table.holds,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "type": "string", "description": meaning}
                        for name, meaning in table.columns.items()
                    ]
                },
            }
            for table in TABLES
        ],
    }
