"""Small registers drawn at random, as plain data: for the rules of the gap analysis."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from answerable.engine.gap_analysis.state import (
    Action,
    Asked,
    Body,
    Claim,
    Closure,
    Contradiction,
    Opinion,
    Recommendation,
    Report,
    State,
)

TODAY = date(2026, 11, 22)
BODIES = ("abbey", "brook", "cliff", "dale", "eden")
REPORTS = ("first-review", "second-review", "third-review")
THEMES = {"children": "Children", "records": "Records"}
STANDS = (
    "silent", "unread", "accepted", "accepted", "in_part", "in_principle", "rejected", "anothers",
    "no_response", "passed",
)  # fmt: skip
RUNGS = (
    "not_started", "in_progress", "ready_for_assessment", "met_by_other_means", "cannot_be_done",
)  # fmt: skip


def day(number: int) -> date:
    """A day so many days before or after today."""
    return TODAY + timedelta(days=number)


def moment(number: int) -> datetime:
    """Noon of that day."""
    return datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12)


days = st.integers(-6, 2).map(day)
past = st.integers(-6, 0)


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Body]:
    """Five bodies; whoever followed one comes later in the list, so nobody follows themselves."""
    found = {}
    for number, slug in enumerate(BODIES):
        later = st.lists(st.sampled_from(BODIES[number + 1 :] or ("",)), max_size=2, unique=True)
        heirs = [(heir, draw(days)) for heir in draw(later) if heir]
        found[slug] = Body(
            slug=slug,
            name=slug.title(),
            kind=draw(st.sampled_from(("force", "council", "other"))),
            ends_on=draw(st.none() | days),
            areas=draw(st.frozensets(st.sampled_from(("east", "west")), max_size=1)),
            heirs=tuple(sorted(heirs)) if draw(st.booleans()) else (),
        )
    return found


def claims() -> st.SearchStrategy[tuple[Claim, ...]]:
    made = st.tuples(st.sampled_from(RUNGS), past)
    return st.lists(made, max_size=3).map(
        lambda rows: tuple(Claim(r, moment(n), day(n)) for r, n in sorted(rows, key=lambda x: x[1]))
    )


@st.composite
def opinion(draw: st.DrawFn) -> Opinion:
    number = draw(past)
    return Opinion(
        judgement=draw(st.sampled_from(("assured", "partly", "not_assured"))),
        state=draw(st.sampled_from(("stands", "replaced", "void"))),
        at=moment(number),
        on=day(number),
        changed=draw(st.sampled_from(((), ("the wording",), ("the claim", "the evidence")))),
        elsewhere=draw(st.sampled_from((False, False, True))),
    )


@st.composite
def asked(draw: st.DrawFn, recommendation: str, body: str, actions: list[str]) -> Asked:
    some = st.lists(st.sampled_from(actions), max_size=2, unique=True) if actions else st.just([])
    closures = st.lists(
        st.builds(
            Closure, st.sampled_from(("assured", "not_pursued")), past.map(day), st.booleans()
        ),
        max_size=1,
    )
    return Asked(
        recommendation=recommendation,
        body=body,
        stands=draw(st.sampled_from(STANDS)),
        answered_on=draw(st.none() | days),
        due_on=draw(st.none() | days),
        paused=draw(st.sampled_from((False, False, True))),
        tested=draw(st.booleans()),
        claims=draw(claims()),
        opinions=tuple(draw(st.lists(opinion(), max_size=2))),
        closures=tuple(draw(closures)),
        actions=tuple(draw(some)),
        left=tuple(draw(some)),
        elsewhere=draw(st.sampled_from((False, False, False, False, True))),
    )


@st.composite
def registers(draw: st.DrawFn) -> State:
    """A whole register: at most seven recommendations in families, of five bodies."""
    known = draw(bodies())
    count = draw(st.integers(1, 7))
    found: dict[str, Recommendation] = {}
    for serial in range(1, count + 1):
        reference = f"R-{serial:04}"
        found[reference] = Recommendation(
            reference=reference,
            serial=serial,
            report=draw(st.sampled_from(REPORTS)),
            asked_on=draw(days),
            themes=tuple(sorted(draw(st.frozensets(st.sampled_from(sorted(THEMES)), max_size=2)))),
        )
    actions = {one.reference: one for one in draw(st.lists(_action(), max_size=4, unique_by=_ref))}
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(found)), st.sampled_from(BODIES)),
            max_size=12,
            unique=True,
        )
    )
    return State(
        day=TODAY,
        bodies=known,
        reports={slug: Report(slug, slug.title(), None) for slug in REPORTS},
        recommendations=found,
        asked=tuple(draw(asked(one, body, sorted(actions))) for one, body in pairs),
        actions=actions,
        contradictions=tuple(draw(_contradictions(sorted(found)))),
        families=draw(_families(found)),
        themes=THEMES,
    )


def _ref(action: Action) -> str:
    return action.reference


def _action() -> st.SearchStrategy[Action]:
    return st.builds(
        Action,
        reference=st.integers(1, 6).map(lambda n: f"A-{n:04}"),
        body=st.sampled_from(BODIES),
        runs=st.booleans(),
        named=st.booleans(),
        due_on=st.none() | days,
        funding_ends_on=st.none() | days,
        owner_left=st.booleans(),
    )


def _contradictions(references: list[str]) -> st.SearchStrategy[list[Contradiction]]:
    if len(references) < 2:
        return st.just([])
    two = st.permutations(references).map(lambda order: order[:2])
    return st.lists(
        st.tuples(two, days).map(lambda one: Contradiction(*sorted(one[0]), one[1])), max_size=2
    )


@st.composite
def _families(draw: st.DrawFn, found: dict[str, Recommendation]) -> Any:
    """Families of more than one, each first asked first; some recommendations stand alone."""
    groups: dict[int, list[str]] = {}
    for reference in found:
        groups.setdefault(draw(st.integers(0, 2)), []).append(reference)
    order = lambda one: (found[one].asked_on, found[one].serial)  # noqa: E731
    kept = [tuple(sorted(g, key=order)) for n, g in groups.items() if n and len(g) > 1]
    return tuple(sorted(kept, key=lambda family: order(family[0])))
