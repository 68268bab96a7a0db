"""How often it was asked, and since when: computed from the public records alone.

The rules are those of :mod:`answerable.register.queries.families`: what contradicts joins nothing,
and what was withdrawn was never asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from answerable.engine.loose_dates import latest_day
from answerable.register.models import Relation
from answerable.register.queries.families import components
from answerable.register.queries.links import reached

Record = Mapping[str, Any]
Beside = Mapping[str, set[str]]

SAME = str(Relation.SAME.label)
SUPERSEDES = str(Relation.SUPERSEDES.label)
CONTRADICTS = str(Relation.CONTRADICTS.label)


def with_families(recommendations: list[Any], reports: Iterable[Record]) -> list[Any]:
    """The recommendations, each with the family in which its signed links put it.

    ``asked`` names each of the family with the day it was asked, first asked first, itself
    included. ``first_asked_on`` is where its age runs from. ``inherited`` is what it carries from
    those that it superseded: since when they were asked, and how often their dates were moved.
    """
    published = {report["slug"]: report for report in reports}
    asked = {r["reference"]: asked_on(r, published[r["report"]]) for r in recommendations}
    by_reference = {r["reference"]: r for r in recommendations}
    families = _families(recommendations, asked)
    before = _superseded(recommendations)
    return [
        {
            **r,
            "family": families.get(r["reference"]) or _family([r["reference"]], asked),
            "inherited": _inherited(r["reference"], before, asked, by_reference),
        }
        for r in recommendations
    ]


def asked_on(recommendation: Record, report: Record) -> str:
    """The day it was asked, as :func:`answerable.register.queries.links.asked_day` says."""
    if report["published_on"]:
        return str(report["published_on"])
    entered, loose = str(recommendation["entered_on"]), latest_day(report["published_words"])
    return min(loose.isoformat(), entered) if loose else entered


def joins(link: Record, withdrawn: set[str]) -> bool:
    """Whether a link makes a family of its two ends."""
    stands = not link["taken_back_on"] and link["relation"] != CONTRADICTS
    return stands and link["earlier"] not in withdrawn and link["later"] not in withdrawn


def _families(
    recommendations: Iterable[Record], asked: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """The family of each that has one, by its reference; all of a family share the same."""
    every = list(recommendations)
    withdrawn = {r["reference"] for r in every if r["withdrawn_on"]}
    beside: dict[str, set[str]] = defaultdict(set)
    for link in (link for r in every for link in r["links"] if joins(link, withdrawn)):
        beside[link["earlier"]].add(link["later"])
        beside[link["later"]].add(link["earlier"])
    found: dict[str, dict[str, Any]] = {}
    for members in components(beside):
        family = _family(sorted(members, key=lambda one: (asked[one], len(one), one)), asked)
        found |= dict.fromkeys(members, family)
    return found


def _superseded(recommendations: Iterable[Record]) -> Beside:
    """What each superseded by a link that stands."""
    before: dict[str, set[str]] = defaultdict(set)
    for r in recommendations:
        for link in r["links"]:
            if link["relation"] == SUPERSEDES and not link["taken_back_on"]:
                before[link["later"]].add(link["earlier"])
    return before


def _family(members: list[str], asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "asked": [{"reference": one, "on": asked[one]} for one in members],
        "first_asked_on": asked[members[0]],
    }


def _inherited(
    reference: str, before: Beside, asked: Mapping[str, str], records: Mapping[str, Record]
) -> dict[str, Any] | None:
    line = reached(reference, lambda one: before.get(one, ())) - {reference}
    if not line:
        return None
    return {
        "from": sorted(line),
        "first_asked_on": min(asked[one] for one in line | {reference}),
        "dates_moved": sum(moved_in(records[one]) for one in line | {reference}),
    }


def moved_in(recommendation: Record) -> int:
    """How often a date was moved for it: of replies, tests, actions and milestones. Each move once."""
    clocks = [
        change
        for u in recommendation["undertakings"]
        for change in (u["clock"]["changes"] if u["clock"] else ())
        if change["due_before"] != change["due_after"]
    ]
    tests = [
        move
        for u in recommendation["undertakings"]
        for test in u["closing_tests"]
        if test["body"] == u["body"]  # one that was taken over is counted where it was agreed
        for move in test["moves"]
    ]
    plans = {a["reference"]: a for u in recommendation["undertakings"] for a in u["plan"]}
    steps = [m for a in plans.values() for one in (a, *a["milestones"]) for m in one["moves"]]
    return len(clocks) + len(tests) + len(steps)
