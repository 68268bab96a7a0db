"""Open data of an edition: JSON for machines, CSV for spreadsheets, and a description of both."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from answerable.publishing import standings
from answerable.publishing.data.tables import TABLES as SAID
from answerable.publishing.data.tables import Record, Row, Table
from answerable.publishing.data.tables_after import TABLES as FOLLOWED
from answerable.publishing.manifest import RECORDS
from answerable.publishing.pages.site import Site

TABLES = (*SAID, *FOLLOWED)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

PACKAGE = "data/datapackage.json"
SEARCH = "data/search.json"


def dumps(value: object) -> bytes:
    """JSON in one line, which takes a third of the time; the same value gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of data."""
    yield RECORDS, dumps({"edition": about(site), "records": site.records})
    for recommendation in site.records["recommendations"]:
        path = f"data/record/{recommendation['reference']}.json"
        yield path, dumps({"edition": about(site), "record": recommendation})
    for table in TABLES:
        yield table.path, _csv(table, site.records)
    yield SEARCH, _search(site)
    yield PACKAGE, (json.dumps(_package(site), ensure_ascii=False, indent=1) + "\n").encode()


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


def described(sizes: Mapping[str, int]) -> list[Row]:
    """The files worth downloading, what each holds and its size."""
    wanted = [
        (
            RECORDS,
            "Everything: bodies, reports, recommendations, replies, clocks, claims, plans, evidence, "
            "opinions, totals",
        ),
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
            f"{name}: {standings.answers_in_words(u)}"
            for name, u in zip(names, r["undertakings"], strict=True)
        ]
        entry = {
            k: r[k] for k in ("reference", "number", "kind", "words", "subject", "paraphrased")
        }
        title = site.reports[r["report"]]["title"]
        told = {"title": title, "bodies": names, "answers": answers, "followed": _followed(r)}
        entries.append(entry | told)
    held = {
        "frame": site.frame("search.html")
        | {"invented": site.has_invented, "mixed": bool(site.public_record)},
        "entries": entries,
    }
    return dumps(held)


def _followed(r: Record) -> str:
    """Words of what followed the replies: a search for an action or a test finds what it is for."""
    found: dict[str, None] = {}
    for u in r["undertakings"]:
        found |= dict.fromkeys(claim["words"] for claim in u["claims"])
        found |= dict.fromkeys(f"{a['reference']} {a['title']}" for a in u["plan"])
        found |= dict.fromkeys(test["look_at"] for test in u["closing_tests"])
        found |= dict.fromkeys(f"{o['looked_at']} {o['missing']}" for o in u["opinions"])
        found |= dict.fromkeys(piece["name"] for piece in u["evidence"]["opened"])
    return " ".join(found)


def _package(site: Site) -> Row:
    """A Frictionless data package: every table and every column in words."""
    return {
        "name": f"answerable-edition-{site.number}",
        "title": f"{site.records['office']}: edition {site.number}",
        "description": "What was asked, of whom, what they answered, what they claim, and what someone "
        "independent has seen. A cell that "
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
