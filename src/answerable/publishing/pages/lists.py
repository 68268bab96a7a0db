"""The first page of an edition, and its lists: reports, bodies, who is silent, everything."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from answerable.html.times import day_words, plural
from answerable.publishing import standings
from answerable.publishing.changes import ADDED
from answerable.publishing.folders import Made
from answerable.publishing.pages.answers import name_of
from answerable.publishing.pages.site import Record, Site
from answerable.publishing.standings import answers_in_words

RESPONSE_PARTS = (
    ("accepted", "accepted", "full"),
    ("in_part", "in part", "some"),
    ("in_principle", "in principle", "some"),
    ("rejected", "rejected", "little"),
    ("anothers", "another’s matter", "little"),
    (standings.UNREAD, "not read yet", "little"),
    (standings.LATE, "silent and late", "none"),
    (standings.WAITING, "not yet due", "none"),
    (standings.PAUSED, "paused", "none"),
    (standings.UNTIMED, "silent, untimed", "none"),
)
"""The parts of the response bar: standing, short words, shade."""
Parts = tuple[tuple[str, str, str], ...]
DELIVERY_PARTS: Parts = (
    ("ready_for_assessment", "claimed ready", "full"),
    ("met_by_other_means", "claimed met by other means", "full"),
    ("in_progress", "in progress", "some"),
    ("not_started", "not started", "little"),
    ("cannot_be_done", "cannot be done", "little"),
    (standings.NOTHING_CLAIMED, "nothing claimed", "none"),
)
ASSURANCE_PARTS: Parts = (
    ("assured", "assured", "full"),
    ("partly", "partly assured", "some"),
    (standings.DIFFER, "verifiers differ", "some"),
    ("not_assured", "not assured", "little"),
    (standings.NONE_STANDS, "no opinion stands", "none"),
    (standings.NOBODY_LOOKED, "nobody has looked", "none"),
)
EFFECT_PARTS: Parts = ((standings.NO_MEASURE, "no measure yet", "none"),)

MOST_BODIES = 4
MOST_REPORTS = 4
MOST_CHANGES = 6
MOST_LINES = 4


def day_of(report: Record) -> str:
    """When a report was published, as exactly as is known."""
    return day_words(report["published_on"]) or report["published_words"] or "date not known"


def parts_of(counts: Record, parts: Parts) -> list[dict[str, Any]]:
    """Counts as the parts of a bar, in the order that never changes."""
    return [
        {"count": counts.get(key, 0), "words": words, "shade": shade} for key, words, shade in parts
    ]


def response_parts(counts: Record) -> list[dict[str, Any]]:
    """Counts of replies by standing as the parts of a bar."""
    return parts_of(counts, RESPONSE_PARTS)


def report_row(site: Site, report: Record) -> dict[str, Any]:
    """A report as a list shows it."""
    return {
        "slug": report["slug"],
        "title": report["title"],
        "author": name_of(site, report["author"]),
        "when": day_of(report),
        "count": len(site.of_report[report["slug"]]),
    }


# --- Bodies and what they owe -------------------------------------------------------------------


def body_rows(site: Site) -> list[dict[str, Any]]:
    """Every body that the office has asked, by name, with how much it answered."""
    asked: dict[str, list[Record]] = defaultdict(list)
    for _, undertaking in standings.counted(site.records["recommendations"]):
        asked[undertaking["body"]].append(undertaking)
    rows = [_body_row(site, slug, undertakings) for slug, undertakings in asked.items()]
    return sorted(rows, key=lambda row: str(row["name"]))


def _body_row(site: Site, slug: str, undertakings: list[Record]) -> dict[str, Any]:
    silent = [u for u in undertakings if u["standing"] in standings.NOT_ANSWERED]
    late = [u["late_since"] for u in silent if u["late_since"]]
    return {
        "slug": slug,
        "name": name_of(site, slug),
        "ended": site.bodies[slug]["ends_on"] if slug in site.bodies else None,
        "asked": len(undertakings),
        "answered": len(undertakings) - len(silent),
        "count": len(silent),
        "late": len(late),
        "oldest": min(late, default=None),
    }


def silent_rows(site: Site) -> list[dict[str, Any]]:
    """Bodies that have not answered something, the longest late first."""
    silent = [row for row in body_rows(site) if row["count"]]
    return sorted(silent, key=lambda row: (row["oldest"] or "9999", row["name"]))


def owed(site: Site) -> list[tuple[Record, Record, str]]:
    """Every answer that is owed: the longest late first, then by the day it is due."""
    pairs = [
        (r, u, name_of(site, u["body"]))
        for r, u in standings.counted(site.records["recommendations"])
        if u["standing"] in standings.NOT_ANSWERED
    ]
    return sorted(pairs, key=_due_first)


def _due_first(entry: tuple[Record, Record, str]) -> tuple[str, str]:
    recommendation, undertaking, _ = entry
    clock = undertaking["clock"]
    return (clock["due_on"] if clock else "9999", recommendation["reference"])


# --- Pages --------------------------------------------------------------------------------------


def home(site: Site) -> Made:
    """The first page: what was asked, of whom, what they answered, what is late."""
    totals = site.records["totals"]
    return site.page(
        "index.html",
        "index.html",
        headline=_headline(site),
        opening=_opening(site),
        totals=totals,
        lanes=_lanes(totals),
        as_of=site.records["as_of"],
        silent=silent_rows(site)[:MOST_BODIES],
        reports=[report_row(site, r) for r in site.own_reports[:MOST_REPORTS]],
        public_record=_public_record_counts(site),
        first=not site.previous.get("number"),
        previous=site.previous,
        changed=_changed(site)[:MOST_CHANGES],
    )


def _headline(site: Site) -> str:
    bodies = [row["name"] for row in body_rows(site)]
    if not bodies:
        return "What was asked, and what was answered"
    if len(bodies) > 2:
        return f"What was asked of {len(bodies)} public bodies, and what they answered"
    they = "it" if len(bodies) == 1 else "they"
    return f"What was asked of {' and '.join(bodies)}, and what {they} answered"


def _opening(site: Site) -> str:
    totals = site.records["totals"]
    if not totals["recommendations"]:
        return "Here stands every recommendation, in its exact words, with the reply it was given."
    reports = plural(len(site.own_reports), "report")
    made = plural(totals["recommendations"], "recommendation")
    return (
        f"{reports} made {made}. This is every one of them: the exact words, the page they stand "
        "on, the reply, what is claimed, and what someone independent has seen."
    )


def _lanes(totals: Record) -> list[dict[str, Any]]:
    asks = ("what was said?", "what is claimed?", "what has been seen?", "did it help?")
    parts = (
        response_parts(totals["response"]["counts"]),
        parts_of(totals["delivery"]["counts"], DELIVERY_PARTS),
        parts_of(totals["assurance"]["counts"], ASSURANCE_PARTS),
        parts_of(totals["effect"]["counts"], EFFECT_PARTS),
    )
    names = ("Response", "Delivery", "Assurance", "Effect")
    return [
        {"name": name, "asks": ask, "parts": part}
        for name, ask, part in zip(names, asks, parts, strict=True)
    ]


def _public_record_counts(site: Site) -> dict[str, int] | None:
    reports = site.public_record
    count = sum(len(site.of_report[r["slug"]]) for r in reports)
    return {"reports": len(reports), "recommendations": count} if reports else None


def _changed(site: Site) -> list[dict[str, Any]]:
    """Recommendations of the office that were added or changed, each in a few lines."""
    words = {
        r["reference"]: r["words"] for r in site.records["recommendations"] if standings.is_own(r)
    }
    return [
        {**change, "words": words[change["key"]], "lines": _short_lines(change)}
        for change in site.changes
        if change["kind"] == "recommendation" and change["key"] in words
    ]


def _short_lines(change: Record) -> list[dict[str, Any]]:
    if change["what"] == ADDED:
        return []
    lines = [line for line in change["lines"] if not _is_detail(line["label"])]
    lines.sort(key=lambda line: _rank(line["label"]))
    return [{**line, "short": _length(line) < 160} for line in lines[:MOST_LINES]]


def _length(line: Record) -> int:
    return len(f"{line['old'] or ''}{line['new'] or ''}")


FIRST = (": opinion ", ": closing ", ": where it stands", ": claim ", ": reply ", ": date moved")
"""What a reader of the first page is told before anything else that changed."""


def _rank(label: str) -> int:
    if ": closing test" in label:
        return len(FIRST)
    return next((n for n, part in enumerate(FIRST) if part in label), len(FIRST))


def _is_detail(label: str) -> bool:
    """Lines that say more of another line: the page of everything that changed has them."""
    more = label.count(": ") > 1 and not label.endswith(
        (": words", ": opened again", ": withdrawn")
    )
    return (
        (more and "position, reading" not in label)
        or label.startswith(("Words as", "Correction", "Why"))
        or label.endswith(("why", "late since", "the recommendation"))
    )


def reports(site: Site) -> Iterator[Made]:
    """The list of reports."""
    rows = [report_row(site, report) for report in site.own_reports]
    yield from site.list_pages(
        "reports.html", "reports.html", rows, public_record=site.public_record
    )


def public_record(site: Site) -> Iterator[Made]:
    """The list of real reports known from public sources, where there are any."""
    if site.public_record:
        rows = [report_row(site, report) for report in site.public_record]
        yield site.page(
            "public-record.html", "public-record.html", reports=rows, invented=False, elsewhere=True
        )


def bodies(site: Site) -> Made:
    """The list of bodies that were asked."""
    return site.page(
        "bodies.html", "bodies.html", bodies=body_rows(site), as_of=site.records["as_of"]
    )


def silent(site: Site) -> Iterator[Made]:
    """Who has not answered."""
    silent_bodies, answers = silent_rows(site), owed(site)
    late = sum(row["late"] for row in silent_bodies)
    summary = (
        "Every answer that was asked for has come."
        if not answers
        else _silence(silent_bodies, len(answers), late)
    )
    yield from site.list_pages(
        "silent.html",
        "silent.html",
        answers,
        summary=summary,
        silent=silent_bodies,
        as_of=site.records["as_of"],
        rule=site.records["totals"]["late"]["rule"],
    )


def _silence(rows: list[dict[str, Any]], answers: int, late: int) -> str:
    who = "One body has" if len(rows) == 1 else f"{len(rows)} bodies have"
    lateness = (
        f"{late} of them are late"
        if late > 1
        else "one of them is late"
        if late
        else "none of them is late"
    )
    owing = "one reply" if answers == 1 else f"{answers} replies"
    return f"{who} still to send {owing}; {lateness}."


def everything(site: Site) -> Iterator[Made]:
    """Every recommendation in full, so that a browser's own search finds it without a network."""
    rows = [
        (r, _answers_in_words(site, r["undertakings"]), site.reports[r["report"]]["title"])
        for r in site.records["recommendations"]
    ]
    yield from site.list_pages("all.html", "all.html", rows)


def _answers_in_words(site: Site, undertakings: Iterable[Record]) -> list[tuple[str, str]]:
    return [(name_of(site, u["body"]), answers_in_words(u)) for u in undertakings]
