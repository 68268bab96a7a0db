"""Pages about the record itself: what changed, how it counts, how to check it, help."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from answerable.publishing import standings
from answerable.publishing.changes import CHANGED, is_text
from answerable.publishing.folders import Made
from answerable.publishing.pages.answers import pieces
from answerable.publishing.pages.site import Record, Site

MOST_CHANGES = 100
"""A change is many lines: fewer of them make a page."""

HREFS = {
    "recommendation": "record/{}.html",
    "report": "report/{}.html",
    "body": "body/{}.html",
}


def changes(site: Site) -> Iterator[Made]:
    """Everything that changed since the edition before, word by word."""
    yield from site.list_pages(
        "changes.html",
        "changes.html",
        [shown(change) for change in site.changes],
        most=MOST_CHANGES,
        total=len(site.changes),
        first=not site.previous.get("number"),
        previous=site.previous,
        note=site.records["note"],
    )


def shown(change: Record) -> dict[str, Any]:
    """A change as a page shows it: where it leads, and each line word by word."""
    href = HREFS.get(change["kind"], "").format(change["key"])
    return {**change, "href": href, "lines": [_line(change, line) for line in change["lines"]]}


def _line(change: Record, line: Record) -> dict[str, Any]:
    old, new = line["old"], line["new"]
    if change["what"] != CHANGED or old is None or new is None:
        return {**line, "pieces": []}
    whole = [("removed", old), ("same", " "), ("added", new)]
    return {**line, "pieces": pieces(old, new) if is_text(line["label"]) else whole}


def counting(site: Site) -> Made:
    """Every total, with its rule."""
    totals = site.records["totals"]
    return site.page(
        "counting.html",
        "counting.html",
        totals=totals,
        tables=[
            ("Response: what was said?", _counted(totals["response"], standings.WORDS)),
            ("Delivery: what is claimed?", _counted(totals["delivery"], standings.CLAIMED)),
            ("Assurance: what has been seen?", _counted(totals["assurance"], standings.SEEN)),
        ],
        closing=_counted(totals["closing"], standings.CLOSED)["rows"],
        small_number=site.records["small_number"],
        as_of=site.records["as_of"],
    )


def _counted(total: Record, words: Mapping[str, str]) -> dict[str, Any]:
    rows = [(words[key], number) for key, number in total["counts"].items()]
    return {"rows": rows, "rule": total["rule"]}


def check(site: Site) -> Made:
    """How a stranger checks this edition."""
    return site.page("check.html", "check.html", previous=site.previous, chain=site.chain)


def accessibility(site: Site) -> Made:
    """The accessibility statement."""
    return site.page("accessibility.html", "accessibility.html")


def help_page(site: Site) -> Made:
    """Where to get help, how to leave quickly, what this site knows of its reader."""
    return site.page("help.html", "help.html", help=settings.HELP_LINES)


def data(site: Site, files: Sequence[Record]) -> Made:
    """What can be downloaded."""
    return site.page("data.html", "data.html", files=files)
