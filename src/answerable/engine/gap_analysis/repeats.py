"""Rules about what was asked more than once, of others, or against something else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush

from answerable.engine.gap_analysis.content import Fact
from answerable.engine.gap_analysis.finding import Found, Why, counted, listed, on_day
from answerable.engine.gap_analysis.looking import RUNGS
from answerable.engine.gap_analysis.state import ASSURED, DONE, UNLIKE, Asked, State

MOST_NAMED = 10
"""So many neighbours are named; the others are counted."""


# --- Asked again although it was claimed, assured or closed ----------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class _Settled:
    """The first day on which an earlier asking was said to be done with, and by what."""

    on: date
    place: int
    what: str
    reference: str


HOW = {"assured": "closed as assured", "not_pursued": "closed as not pursued"}


def done_with(asked: Asked) -> list[tuple[date, str]]:
    """Every day on which it was claimed as done, found assured, or closed, the first of them first."""
    found = [(one.on, RUNGS[one.rung]) for one in asked.claims if one.rung in DONE]
    found += [(one.on, "found to be assured") for one in asked.opinions if one.judgement == ASSURED]
    found += [(one.on, HOW[one.how]) for one in asked.closures]
    return sorted(found)


def repeat_after_closure(state: State) -> Iterator[Found]:
    """Asked again of the same body, or of one in its line, after an earlier asking was done with."""
    for family in state.families:
        members = [asked for one in family for asked in state.of_recommendation.get(one, ())]
        for body in sorted({asked.body for asked in members}):
            line = state.lines[body]
            yield from _repeats(state, family, body, [a for a in members if a.body in line])


def _repeats(
    state: State, family: tuple[str, ...], body: str, members: Sequence[Asked]
) -> Iterator[Found]:
    place = {reference: n for n, reference in enumerate(family)}
    waiting: list[_Settled] = []
    settled: _Settled | None = None
    of_place: dict[int, list[Asked]] = defaultdict(list)
    for asked in members:
        of_place[place[asked.recommendation]].append(asked)
    for number in sorted(of_place):
        asked_on = state.recommendations[family[number]].asked_on
        while waiting and waiting[0].on <= asked_on:
            one = heappop(waiting)
            if settled is None or one.place >= settled.place:
                settled = one
        if settled is not None:
            yield from (
                _again(state, asked, settled)
                for asked in of_place[number]
                if asked.body == body and asked.is_open
            )
        for asked in of_place[number]:
            for on, what in done_with(asked):
                heappush(waiting, _Settled(on, number, what, asked.recommendation))


def _again(state: State, asked: Asked, before: _Settled) -> Found:
    now, earlier = (
        state.recommendations[asked.recommendation],
        state.recommendations[before.reference],
    )
    because = (
        f"{earlier.reference} was {before.what} {on_day(before.on)}. {now.reference} asked for it "
        f"again {on_day(now.asked_on)}."
    )
    facts = (
        Fact("first asked", earlier.asked_on, earlier.reference),
        Fact(before.what, before.on, earlier.reference),
        Fact("asked again", now.asked_on, now.reference),
    )
    return Found(now.reference, asked.body, because, facts, now.asked_on)


# --- Contradicted ----------------------------------------------------------------------------------


def contradicted(state: State, asked: Asked) -> Why | None:
    """A signed link says that it contradicts something else that was asked."""
    links = state.contradicting.get(asked.recommendation)
    if not links:
        return None
    facts = tuple(Fact("signed as contradicting", on, other) for other, on in links)
    because = (
        f"It contradicts {listed(other for other, _ in links)}: both cannot be met as they stand."
    )
    return because, facts, min(on for _, on in links)


# --- Asked of one, and not of the one beside it ----------------------------------------------------


def neighbour(state: State) -> Iterator[Found]:
    """Asked of one body, and not of another of the same kind that stands beside it."""
    beside = _Beside.of(state)
    for first in state.recommendations:
        group = state.family.get(first, (first,))
        if group[0] != first:
            continue
        every = [asked for one in group for asked in state.of_recommendation.get(one, ())]
        newest = {asked.body: asked for asked in every if asked.is_ours}
        known = {asked.body for asked in every if not asked.is_passed}
        reached = frozenset().union(*(state.lines[body] for body in known))
        for body in sorted(newest):
            missing = sorted(beside.bodies_of(newest[body]) - reached)
            if missing:
                yield _missing(state, newest[body], missing)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Which bodies stand beside which: of one kind, in one area or asked by one report."""

    state: State
    of_report: dict[str, set[str]]
    of_area: dict[str, set[str]]

    @classmethod
    def of(cls, state: State) -> "_Beside":
        of_report: dict[str, set[str]] = defaultdict(set)
        of_area: dict[str, set[str]] = defaultdict(set)
        for asked in state.asked:
            if asked.is_ours:
                of_report[state.recommendations[asked.recommendation].report].add(asked.body)
                for area in state.bodies[asked.body].areas:
                    of_area[area].add(asked.body)
        return cls(state, of_report, of_area)

    def bodies_of(self, asked: Asked) -> set[str]:
        """Those that could have been asked the same as ``asked``."""
        own = self.state.bodies[asked.body]
        if own.kind == UNLIKE:
            return set()
        near = set(self.of_report[self.state.recommendations[asked.recommendation].report])
        for area in own.areas:
            near |= self.of_area[area]
        return {
            one
            for one in near
            if self.state.bodies[one].kind == own.kind and not self.state.has_ended(one)
        }


def _missing(state: State, asked: Asked, missing: Sequence[str]) -> Found:
    names = [state.name_of(one) for one in missing[:MOST_NAMED]]
    if len(missing) > MOST_NAMED:
        names.append(counted(len(missing) - MOST_NAMED, "other"))
    because = (
        f"{state.name_of(asked.body)} was asked for this, and {listed(names)} beside it "
        f"{'was' if len(missing) == 1 else 'were'} not. Whether it fits there too is for the "
        "overseer to judge."
    )
    when = state.recommendations[asked.recommendation].asked_on
    facts = (
        Fact("asked", when, asked.recommendation),
        *(Fact("not asked", None, one) for one in missing[:MOST_NAMED]),
    )
    return Found(asked.recommendation, asked.body, because, facts, when)
