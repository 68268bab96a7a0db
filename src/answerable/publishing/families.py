"""How often it was asked, and since when: computed from the public records alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Record = Mapping[str, Any]
Beside = Mapping[str, set[str]]

SUPERSEDES = "supersedes"


def with_families(recommendations: list[Any], reports: Iterable[Record]) -> list[Any]:
    """The recommendations, each with the family in which its signed links put it.

    ``asked`` names each of the family with the day it was asked, first asked first, itself
    included. ``first_asked_on`` is where its age runs from. ``inherited`` is what it carries from
    those that it superseded: since when they were asked, and how often their dates were moved.
    """
    published = {report["slug"]: report["published_on"] for report in reports}
    asked = {r["reference"]: published.get(r["report"]) or r["entered_on"] for r in recommendations}
    by_reference = {r["reference"]: r for r in recommendations}
    beside, before = _joined(recommendations)
    return [
        {
            **r,
            "family": _family(r["reference"], beside, asked),
            "inherited": _inherited(r["reference"], before, asked, by_reference),
        }
        for r in recommendations
    ]


def _joined(recommendations: Iterable[Record]) -> tuple[Beside, Beside]:
    """What stands beside what by a standing link, and what superseded what."""
    beside: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for r in recommendations:
        for link in r["links"]:
            if link["taken_back_on"]:
                continue
            beside[link["earlier"]].add(link["later"])
            beside[link["later"]].add(link["earlier"])
            if link["relation"] == SUPERSEDES:
                before[link["later"]].add(link["earlier"])
    return beside, before


def _reached(start: str, neighbours: Beside) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = neighbours.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _family(reference: str, beside: Beside, asked: Mapping[str, str]) -> dict[str, Any]:
    members = sorted(_reached(reference, beside), key=lambda one: (asked[one], one))
    return {
        "asked": [{"reference": one, "on": asked[one]} for one in members],
        "first_asked_on": asked[members[0]],
    }


def _inherited(
    reference: str, before: Beside, asked: Mapping[str, str], records: Mapping[str, Record]
) -> dict[str, Any] | None:
    line = _reached(reference, before) - {reference}
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
