"""From a state of the record to what is missing of it: every rule, in order, and what is counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answerable.engine.gap_analysis.content import (
    VERSION,
    Analysis,
    BodyLine,
    Cell,
    Counts,
    FamilyLine,
    Gap,
    Head,
    RecommendationLine,
    ReportLine,
    RuleLine,
    ThemeLine,
)
from answerable.engine.gap_analysis.rules import RULES
from answerable.engine.gap_analysis.state import ASSURED, PARTLY, Asked, State

AGAIN = "repeat_after_closure"


def gaps_in(state: State, scope: str | None = None) -> list[Gap]:
    """Every gap of one body, or of all: the gravest rule first, then by recommendation and body."""
    found: list[Gap] = []
    for key, rule in RULES.items():
        gaps = [
            Gap(
                kind=rule.kind,
                rule=key,
                recommendation=one.recommendation,
                body=one.body,
                because=one.because,
                evidence=one.evidence,
                since=one.since,
                family=state.family_reference(one.recommendation),
                theme=one.theme,
            )
            for one in rule.find(state)
            if scope in (None, one.body)
        ]
        serials = state.recommendations
        gaps.sort(key=lambda g: (serials[g.recommendation].serial, g.body, g.theme or ""))
        found += gaps
    return found


def analyse(state: State, head: Head, scope: str | None = None) -> Analysis:
    """The whole analysis of ``state``, of the body ``scope`` or of all: the same in, the same out."""
    gaps = gaps_in(state, scope)
    asked = [a for a in state.asked if a.is_ours and scope in (None, a.body)]
    elsewhere = sum(
        a.elsewhere and not a.is_passed and scope in (None, a.body) for a in state.asked
    )
    with_gap = {(gap.recommendation, gap.body) for gap in gaps}
    named = {a.recommendation for a in asked}
    families = [f for f in state.families if named & set(f)]
    return Analysis(
        version=VERSION,
        dated_on=state.day,
        head=head,
        scope=scope,
        counts=_counts(state, asked, gaps, families=len(families), elsewhere=elsewhere),
        rules=_rules(gaps),
        gaps=tuple(gaps),
        bodies=_bodies(state, asked, gaps, with_gap),
        reports=_reports(state, named),
        themes=_themes(state, named),
        families=tuple(FamilyLine(f[0], state.recommendations[f[0]].asked_on, f) for f in families),
        recommendations=_recommendations(state, gaps),
        reports_by_themes=_cells(_by_theme(state, asked), gaps),
        bodies_by_families=_cells(_by_family(state, asked), gaps),
    )


def _counts(
    state: State,
    asked: Sequence[Asked],
    gaps: Sequence[Gap],
    *,
    families: int,
    elsewhere: int,
) -> Counts:
    named = {a.recommendation for a in asked}
    return Counts(
        undertakings=len(asked),
        recommendations=len(named),
        reports=len({state.recommendations[one].report for one in named}),
        bodies=len({a.body for a in asked}),
        families=families,
        with_gap=len({(gap.recommendation, gap.body) for gap in gaps}),
        gaps=len(gaps),
        known_from_elsewhere=elsewhere,
    )


def _rules(gaps: Iterable[Gap]) -> tuple[RuleLine, ...]:
    found = Counter(gap.rule for gap in gaps)
    return tuple(RuleLine(r.kind, key, r.sentence, found[key]) for key, r in RULES.items())


def _bodies(
    state: State, asked: Iterable[Asked], gaps: Iterable[Gap], with_gap: set[tuple[str, str]]
) -> tuple[BodyLine, ...]:
    """Whoever was asked, and whoever a gap names: a neighbour, a successor."""
    much = Counter(a.body for a in asked)
    lacking = Counter(body for _, body in with_gap)
    named = {fact.reference for gap in gaps for fact in gap.evidence} & set(state.bodies)
    every = sorted({*much, *lacking, *named})
    return tuple(BodyLine(one, state.name_of(one), much[one], lacking[one]) for one in every)


def _reports(state: State, named: Iterable[str]) -> tuple[ReportLine, ...]:
    slugs = {state.recommendations[one].report for one in named}
    lines = (state.reports[slug] for slug in slugs)
    return tuple(
        ReportLine(one.slug, one.title, one.published_on)
        for one in sorted(lines, key=lambda r: (str(r.published_on or ""), r.slug))
    )


def _themes(state: State, named: Iterable[str]) -> tuple[ThemeLine, ...]:
    much = Counter(theme for one in named for theme in state.recommendations[one].themes)
    return tuple(ThemeLine(slug, (state.themes or {})[slug], much[slug]) for slug in sorted(much))


def _recommendations(state: State, gaps: Iterable[Gap]) -> tuple[RecommendationLine, ...]:
    """Those with a gap, and those in a family with one of them, in the order of their references."""
    named = {gap.recommendation for gap in gaps}
    named |= {one for gap in gaps for one in state.family.get(gap.recommendation, ())}
    every = sorted((state.recommendations[one] for one in named), key=lambda r: r.serial)
    return tuple(
        RecommendationLine(
            reference=one.reference,
            number=one.number,
            words=one.words,
            report=one.report,
            asked_on=one.asked_on,
            bodies=_asked_of(state, one.reference),
            family=state.family_reference(one.reference),
            themes=one.themes,
        )
        for one in every
    )


def _asked_of(state: State, reference: str) -> tuple[str, ...]:
    every = state.of_recommendation.get(reference, ())
    return tuple(sorted(a.body for a in every if not a.is_passed))


# --- What meets in one place of a matrix -----------------------------------------------------------

Place = tuple[str, str]
Placed = Iterable[tuple[Place, Asked]]


@dataclass(slots=True)
class _Tally:
    asked: int = 0
    gaps: int = 0
    again: int = 0
    assured: int = 0
    partly: int = 0


def _by_theme(state: State, asked: Iterable[Asked]) -> Iterator[tuple[Place, Asked]]:
    for one in asked:
        recommendation = state.recommendations[one.recommendation]
        for theme in recommendation.themes:
            yield (recommendation.report, theme), one


def _by_family(state: State, asked: Iterable[Asked]) -> Iterator[tuple[Place, Asked]]:
    for one in asked:
        family = state.family_reference(one.recommendation)
        if family:
            yield (one.body, family), one


def _cells(placed: Placed, gaps: Iterable[Gap]) -> tuple[Cell, ...]:
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for gap in gaps:
        rules[gap.recommendation, gap.body].add(gap.rule)
    tallies: dict[Place, _Tally] = defaultdict(_Tally)
    for place, asked in placed:
        found, tally = rules[asked.recommendation, asked.body], tallies[place]
        tally.asked += 1
        tally.gaps += bool(found)
        tally.again += AGAIN in found
        # Where verifiers differ, the less counts: nothing is called assured that one doubts.
        tally.assured += asked.judgements == {ASSURED}
        tally.partly += PARTLY in asked.judgements or (
            ASSURED in asked.judgements and asked.judgements != {ASSURED}
        )
    return tuple(
        Cell(row, column, t.asked, t.gaps, t.again, t.assured, t.partly)
        for (row, column), t in sorted(tallies.items())
    )
