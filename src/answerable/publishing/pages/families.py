"""The pages of families: what was asked again and again, as a list, and each with its timeline."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from answerable.assurance.queries.opinions import State
from answerable.engine.timeline import Asking, Kind, Mark, Timeline
from answerable.html import timelines
from answerable.html.times import age_words, day_words
from answerable.publishing.families import CONTRADICTS, SAME
from answerable.publishing.folders import Made
from answerable.publishing.pages.answers import name_of
from answerable.publishing.pages.lists import day_of
from answerable.publishing.pages.site import Record, Site
from answerable.publishing.records.links import FROM_SOURCES
from answerable.register.queries.families import components


def files(site: Site) -> Iterator[Made]:
    """The list of families and the page of each, where there are any."""
    if not site.families:
        return
    rows = sorted(
        (_row(site, f) for f in site.families), key=lambda row: (-row["times"], row["first_on"])
    )
    yield from site.list_pages("families.html", "families.html", rows)
    for family in site.families:
        yield _page(site, family)


def _row(site: Site, family: list[Record]) -> dict[str, Any]:
    first = family[0]
    bodies = dict.fromkeys(name_of(site, u["body"]) for r in family for u in r["undertakings"])
    return {
        "reference": first["reference"],
        "words": first["words"],
        "times": times(family),
        "first_on": first["family"]["first_asked_on"],
        "first_words": _day(site, first),
        "last_words": _day(site, family[-1]),
        "age": _age(site, first),
        "bodies": list(bodies),
    }


def times(family: Iterable[Record]) -> int:
    """How often it was asked: a report that says so in several places asked once."""
    return len({r["report"] for r in family})


def _age(site: Site, first: Record) -> str:
    since = date.fromisoformat(first["family"]["first_asked_on"])
    return age_words(since, date.fromisoformat(site.records["as_of"]))


def _day(site: Site, r: Record) -> str:
    """When it was asked, as exactly as is known."""
    report = site.reports[r["report"]]
    if report["published_on"] or report["published_words"]:
        return day_of(report)
    return day_words(r["entered_on"])


def _page(site: Site, family: list[Record]) -> Made:
    first = family[0]
    drawn = timeline(site, family)
    found = _links(family)
    members = [r["reference"] for r in family]
    standing = [link for link in found if not link["taken_back_on"]]
    return site.page(
        f"family/{first['reference']}.html",
        "family.html",
        first=first,
        heading=timelines.heading(times(family), drawn),
        lead=timelines.lead(drawn),
        timeline=timelines.shown(drawn, "family", {r: f"../record/{r}.html" for r in members}),
        members=[
            {**r, "title": site.reports[r["report"]]["title"], "day": _day(site, r)} for r in family
        ],
        joining=[link for link in standing if link["relation"] != CONTRADICTS],
        following=_following(standing, members),
        beside=[link for link in standing if link["relation"] == CONTRADICTS],
        lines=_history(found),
        from_sources=any(link["by"] == FROM_SOURCES for link in standing),
        invented=first["invented"],
        elsewhere=all(r["paraphrased"] for r in family),
    )


def _links(family: Iterable[Record]) -> list[Record]:
    """Every link of a member, those taken back too, oldest first, each once."""
    found = {id(link): link for r in family for link in r["links"]}
    return sorted(found.values(), key=lambda link: str(link["on"]))


def _following(links: Iterable[Record], members: Sequence[str]) -> list[str]:
    """What nobody signed, and follows because the same closes over, in sentences."""
    same = [link for link in links if link["relation"] == SAME and not link["taken_back_on"]]
    beside: dict[str, list[str]] = defaultdict(list)
    for link in same:
        if link["earlier"] in members and link["later"] in members:
            beside[link["earlier"]].append(link["later"])
            beside[link["later"]].append(link["earlier"])
    signed = {frozenset((link["earlier"], link["later"])) for link in same}
    found = []
    for group in components(beside):
        named = [one for one in members if one in group]
        if any(frozenset(pair) not in signed for pair in combinations(named, 2)):
            found.append(
                f"{', '.join(named)} all ask the same. Where no link joins two of them, it follows "
                "from the links of the others: nobody signed it."
            )
    return found


def _history(links: Iterable[Record]) -> list[dict[str, str]]:
    """How the family came to be: what was signed, read otherwise and taken back, newest first."""
    lines = []
    for link in links:
        joined = f"{link['later']} {link['relation']} {link['earlier']}"
        why = f" {link['reason']}" if link["taken_back_on"] else ""  # what stands says it above
        lines.append(_line(link["on"], f"Signed: {joined}.{why}", link["by"]))
        if link["taken_back_on"]:
            text = f"Taken back ({joined}): {link['taken_back_because']}"
            lines.append(_line(link["taken_back_on"], text))
        for other in link["read_otherwise"]:
            read = f"{link['later']} {other['relation']} {link['earlier']}"
            lines.append(
                _line(other["on"], f"Read otherwise: {read}. {other['reason']}", other["by"])
            )
            if other["taken_back_on"]:
                text = f"No longer read otherwise ({read}): {other['taken_back_because']}"
                lines.append(_line(other["taken_back_on"], text))
    return sorted(lines, key=lambda line: line["when"], reverse=True)


def _line(when: str, text: str, by: str = "") -> dict[str, str]:
    return {"when": when, "text": text, "by": by[:1].upper() + by[1:]}


# --- The timeline ---------------------------------------------------------------------------------


def timeline(site: Site, family: Iterable[Record]) -> Timeline:
    """A family as the picture needs it: only what the public records name."""
    until = date.fromisoformat(site.records["as_of"])
    return Timeline(tuple(_asking(site, r) for r in family), until)


def _asking(site: Site, r: Record) -> Asking:
    report = site.reports[r["report"]]
    owed = r["undertakings"]
    on = next(a["on"] for a in r["family"]["asked"] if a["reference"] == r["reference"])
    several = len(owed) > 1
    marks = [
        Mark(mark.kind, mark.on, f"{mark.words} ({name_of(site, u['body'])})") if several else mark
        for u in owed
        for mark in _marks(u)
    ]
    return Asking(
        reference=r["reference"],
        on=date.fromisoformat(on),
        by=name_of(site, report["author"]),
        of=" and ".join(name_of(site, u["body"]) for u in owed),
        marks=tuple(marks),
        elsewhere=r["paraphrased"],
        when="" if report["published_on"] else _day(site, r),
    )


def _marks(u: Record) -> Iterator[Mark]:
    """What one body said, what was seen of it and what was decided, each in the question's own lane."""
    for reply in u["responses"]:
        read = reply["positions"][-1]["position"] if reply["positions"] else "a reply, not yet read"
        yield _mark(Kind.RESPONSE, reply["dated_on"], str(read))
    for claim in u["claims"]:
        if claim["body"] == u["body"]:
            yield _mark(Kind.DELIVERY, claim["on"], claim["rung_words"])
    for opinion in u["opinions"]:
        stands = opinion["state"] == State.STANDS
        fallen = "" if stands else ", which no longer stands"
        yield _mark(Kind.ASSURANCE, opinion["on"], f"{opinion['judgement_words']}{fallen}")
        if opinion["withdrawn_on"]:
            words = f"withdrawn: {opinion['judgement_words']}"
            yield _mark(Kind.ASSURANCE, opinion["withdrawn_on"], words)
    for closure in u["closures"]:
        yield _mark(Kind.DECISION, closure["on"], f"closed, {closure['how_words']}")
        again = closure["reopened"]
        if again:
            yield _mark(Kind.DECISION, again["on"], f"opened again: {again['because']}")


def _mark(kind: Kind, on: str, words: str) -> Mark:
    return Mark(kind, date.fromisoformat(on), words)
