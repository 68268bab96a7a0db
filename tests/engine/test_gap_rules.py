"""What is missing is what the rules say is missing: every rule, against a second reading of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from answerable.engine import chain
from answerable.engine.gap_analysis import (
    KINDS,
    RULES,
    Analysis,
    Gap,
    Head,
    analyse,
    as_json,
    from_json,
    gaps_in,
)
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
from tests.engine.gap_reading import slow_reading
from tests.engine.gap_registers import THEMES, TODAY, day, moment, registers

HEAD = Head(7, "a" * 64)


def places(gaps: list[Gap]) -> set[tuple[str, str, str, str]]:
    return {(g.rule, g.recommendation, g.body, g.theme or "") for g in gaps}


# --- Against a second reading ----------------------------------------------------------------------


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_every_rule_finds_what_a_slow_reading_finds(state: State) -> None:
    found = gaps_in(state)
    assert places(found) == slow_reading(state)
    assert len({gap.key for gap in found}) == len(found), "a key tells one gap from every other"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_an_analysis_is_the_same_whatever_the_order_in_which_it_was_read(state: State) -> None:
    other = replace(
        state,
        asked=state.asked[::-1],
        contradictions=state.contradictions[::-1],
        bodies=dict(list(state.bodies.items())[::-1]),
        reports=dict(list(state.reports.items())[::-1]),
        actions=dict(list(state.actions.items())[::-1]),
    )
    first, second = (chain.canonical(as_json(analyse(s, HEAD))) for s in (state, other))
    assert first == second
    assert from_json(json.loads(first)) == analyse(state, HEAD)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_the_analyses_of_each_body_are_together_the_one_of_all(state: State) -> None:
    every = analyse(state, HEAD)
    apart = [analyse(state, HEAD, body) for body in state.bodies]
    assert sorted(g.key for one in apart for g in one.gaps) == sorted(g.key for g in every.gaps)
    assert sum(one.counts.undertakings for one in apart) == every.counts.undertakings
    assert sum(one.counts.with_gap for one in apart) == every.counts.with_gap


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_what_is_counted_is_what_is_there(state: State) -> None:
    found = analyse(state, HEAD)
    assert found.counts.gaps == len(found.gaps) == sum(line.found for line in found.rules)
    assert sum(found.by_kind.values()) == len(found.gaps)
    assert {g.recommendation for g in found.gaps} <= set(found.by_reference)
    assert {g.body for g in found.gaps} <= set(found.body_names)
    for cell in (*found.reports_by_themes, *found.bodies_by_families):
        assert 0 <= cell.again <= cell.gaps <= cell.asked
        assert 0 <= cell.assured + cell.partly <= cell.asked


# --- Each rule by itself ---------------------------------------------------------------------------

POLICE, COUNCIL, OTHER = (
    Body("police", "Northmoor Police", "force", None, frozenset({"east"})),
    Body("council", "Northmoor Council", "council"),
    Body("south", "Southmoor Police", "force", None, frozenset({"east"})),
)
FIRST = Recommendation("R-0001", 1, "review", day(-900), themes=("children",))
AGAIN = Recommendation("R-0002", 2, "inquiry", day(-100))
NEAR = Recommendation("R-0003", 3, "other", day(-50))
REPORTS = {s: Report(s, f"The {s}", None) for s in ("review", "inquiry", "other")}
READY = Claim("ready_for_assessment", moment(-200), day(-200))
SERVES = Action("A-0001", "police", runs=True, named=True, due_on=day(30))
CALM = Asked("R-0001", "police", "accepted", day(-800), tested=True, actions=("A-0001",))


def a_state(*asked: Asked, action: Action = SERVES, **other: Any) -> State:
    given_: dict[str, Any] = {
        "bodies": {b.slug: b for b in (POLICE, COUNCIL, OTHER)},
        "contradictions": (),
        "families": (),
        **other,
    }
    return State(
        day=TODAY,
        reports=REPORTS,
        recommendations={r.reference: r for r in (FIRST, AGAIN, NEAR)},
        asked=asked,
        actions={action.reference: action},
        themes=THEMES,
        **given_,
    )


def void(**other: Any) -> Opinion:
    given_: dict[str, Any] = {"changed": ("the wording", "the evidence"), **other}
    return Opinion("assured", "void", moment(-100), day(-100), **given_)


Pair = tuple[State, State]
"""One state in which something is missing, and one like it in which it is not."""

ENDED = {"police": replace(POLICE, ends_on=day(-1)), "council": COUNCIL, "south": OTHER}
FAMILY: dict[str, Any] = {"families": (("R-0001", "R-0002"),)}
LATER = Asked("R-0002", "police", "accepted", day(-90), tested=True, actions=("A-0001",))
EXAMPLES: dict[str, Callable[[], Pair]] = {
    "repeat_after_closure": lambda: (
        a_state(replace(CALM, closures=(Closure("assured", day(-100), False),)), LATER, **FAMILY),
        a_state(replace(CALM, closures=(Closure("assured", day(-99), False),)), LATER, **FAMILY),
    ),
    "no_reply": lambda: (
        a_state(Asked("R-0001", "police", "silent", due_on=day(-1))),
        a_state(Asked("R-0001", "police", "silent", due_on=day(0))),
    ),
    "reply_says_nothing": lambda: (
        a_state(Asked("R-0001", "police", "no_response", day(-3))),
        a_state(Asked("R-0001", "police", "rejected", day(-3), actions=("A-0001",))),
    ),
    "not_passed_on": lambda: (
        a_state(CALM, bodies=ENDED),
        a_state(replace(CALM, stands="passed"), bodies=ENDED),
    ),
    "left_in_plan": lambda: (a_state(replace(CALM, left=("A-0001",))), a_state(CALM)),
    "never_assessed": lambda: (
        a_state(replace(CALM, claims=(READY,))),
        a_state(
            replace(
                CALM,
                claims=(READY,),
                opinions=(Opinion("partly", "stands", moment(-200), day(-200)),),
            )
        ),
    ),
    "wording_changed": lambda: (
        a_state(replace(CALM, opinions=(void(),))),
        a_state(
            replace(CALM, opinions=(void(), Opinion("partly", "stands", moment(-300), day(-300))))
        ),
    ),
    "no_action": lambda: (
        a_state(replace(CALM, actions=())),
        a_state(replace(CALM, actions=(), stands="rejected")),
    ),
    "funding_ended": lambda: (
        a_state(CALM, action=replace(SERVES, funding_ends_on=day(-1))),
        a_state(CALM, action=replace(SERVES, funding_ends_on=day(-1), runs=False)),
    ),
    "owner_left": lambda: (a_state(CALM, action=replace(SERVES, owner_left=True)), a_state(CALM)),
    "contradicted": lambda: (
        a_state(CALM, contradictions=(Contradiction("R-0001", "R-0003", day(-2)),)),
        a_state(CALM, contradictions=(Contradiction("R-0002", "R-0003", day(-2)),)),
    ),
    "no_position": lambda: (a_state(replace(CALM, stands="unread")), a_state(CALM)),
    "no_closing_test": lambda: (a_state(replace(CALM, tested=False)), a_state(CALM)),
    "action_without_owner": lambda: (
        a_state(CALM, action=replace(SERVES, named=False)),
        a_state(CALM),
    ),
    "action_without_date": lambda: (
        a_state(CALM, action=replace(SERVES, due_on=None)),
        a_state(CALM),
    ),
    "uncovered_theme": lambda: (
        a_state(replace(CALM, stands="rejected", actions=())),
        a_state(replace(CALM, stands="rejected")),
    ),
    "neighbour": lambda: (
        a_state(CALM, Asked("R-0003", "south", "rejected")),
        a_state(CALM, Asked("R-0003", "council", "rejected")),
    ),
}


def test_every_rule_has_its_example_and_every_kind_its_rule() -> None:
    assert list(EXAMPLES) == list(RULES)
    assert list(dict.fromkeys(rule.kind for rule in RULES.values())) == list(KINDS)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_finds_what_is_missing_and_says_why(rule: str) -> None:
    lacking, whole = EXAMPLES[rule]()
    found = [gap for gap in gaps_in(lacking) if gap.rule == rule]
    assert found, "nothing was found"
    for gap in found:
        assert gap.kind == RULES[rule].kind
        assert gap.because[0].isupper()
        assert gap.because.endswith(".")
        assert gap.evidence, "a gap rests on something"
    assert rule not in {gap.rule for gap in gaps_in(whole)}


def test_the_gravest_stands_first_and_names_both_with_their_days() -> None:
    [gap, *_] = gaps_in(EXAMPLES["repeat_after_closure"]()[0])
    assert gap.because == (
        "R-0001 was closed as assured on 14 August 2026. R-0002 asked for it again on 14 August 2026."
    )
    assert [fact.reference for fact in gap.evidence] == ["R-0001", "R-0001", "R-0002"]
    assert gap.family == "R-0001"


def test_a_successor_is_asked_again_for_what_its_predecessor_closed() -> None:
    merged = {
        "police": replace(POLICE, heirs=(("south", day(-300)),)),
        "council": COUNCIL,
        "south": OTHER,
    }
    before = replace(CALM, claims=(READY,), closures=(Closure("assured", day(-150), True),))
    state = a_state(before, replace(LATER, body="south"), bodies=merged, **FAMILY)
    assert ("repeat_after_closure", "R-0002", "south", "") in places(gaps_in(state))
    apart = replace(state, bodies={"police": POLICE, "council": COUNCIL, "south": OTHER})
    assert "repeat_after_closure" not in {gap.rule for gap in gaps_in(apart)}


def test_an_analysis_of_another_form_is_not_read() -> None:
    data = as_json(analyse(a_state(CALM), HEAD))
    assert isinstance(from_json(data), Analysis)
    with pytest.raises(ValueError, match="form 2"):
        from_json({**data, "version": 2})


def test_of_what_is_known_only_from_elsewhere_nothing_is_asked() -> None:
    silent = Asked("R-0001", "police", "silent", due_on=day(-9))
    found = analyse(a_state(silent, replace(silent, body="south", elsewhere=True)), HEAD)
    assert {gap.body for gap in found.gaps} == {"police"}
    assert (found.counts.undertakings, found.counts.known_from_elsewhere) == (1, 1)
    assert {cell.row for cell in found.reports_by_themes} == {"review"}
    assert [cell.asked for cell in found.reports_by_themes] == [1]
