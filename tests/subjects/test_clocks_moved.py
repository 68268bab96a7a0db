"""Clocks that are extended, paused, resumed and dated: every date stays, with its reason."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.register.actions.bases import adopt_bases
from answerable.register.actions.clocks import (
    date_clock,
    extend_clock,
    pause_clock,
    resume_clock,
    start_clock,
)
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response
from answerable.register.models import Basis, Clock, Recommendation
from answerable.register.queries.bases import shipped_bases
from answerable.reports.models import Report


@pytest.fixture(autouse=True)
def chain_holds(db: None) -> Iterator[None]:
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


@pytest.fixture
def clock(open_question: Recommendation) -> Clock:
    """Begun ten days ago: 56 days, so 45 are left."""
    return open_question.undertakings.get().clock


@pytest.fixture
def strict(asked: list[Recommendation]) -> Clock:
    """The clock of the Police Act, which nobody can extend or pause; late by fifteen days."""
    return asked[2].undertakings.get().clock


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def now(clock: Clock) -> Clock:
    return Clock.objects.get(pk=clock.pk)


# --- Extending -----------------------------------------------------------------------------------


def test_an_extension_moves_the_last_day_and_keeps_the_first(rosa: Person, clock: Clock) -> None:
    change = extend_clock(by=rosa, clock=clock, days=14, reason="Asked for; the watchdog agreed.")
    assert (change.due_before, change.due_after) == (day(-45), day(-59))
    assert now(clock).due_on == day(-59)
    assert now(clock).first_computed_on == day(-45)


def test_two_extensions_add_up(rosa: Person, clock: Clock) -> None:
    for days in (10, 4):
        extend_clock(by=rosa, clock=clock, days=days, reason="Agreed.")
    assert now(clock).due_on == day(-59)
    assert now(clock).changes.count() == 2


def test_the_law_may_know_no_extension(rosa: Person, strict: Clock) -> None:
    with pytest.raises(Refused, match="record that as the official date"):
        extend_clock(by=rosa, clock=strict, days=14, reason="Please.")


@pytest.mark.parametrize("days", [0, -3, 100_000])
def test_an_extension_is_a_sensible_number(days: int, rosa: Person, clock: Clock) -> None:
    with pytest.raises(Refused, match="whole number"):
        extend_clock(by=rosa, clock=clock, days=days, reason="Agreed.")


def test_every_change_says_why(rosa: Person, clock: Clock) -> None:
    for act, given in (
        (extend_clock, {"days": 1}),
        (pause_clock, {"on": day()}),
        (date_clock, {"on": day(-50)}),
    ):
        with pytest.raises(Refused, match="Say why"):
            act(by=rosa, clock=clock, reason=" ", **given)


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "omar", "ravi"])
def test_only_a_governance_officer_moves_a_clock(
    who: str, clock: Clock, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="Only a governance officer may extend, pause or date"):
        extend_clock(by=request.getfixturevalue(who), clock=clock, days=1, reason="Agreed.")


# --- Pausing -------------------------------------------------------------------------------------


def test_a_pause_takes_its_days_out(rosa: Person, clock: Clock) -> None:
    pause_clock(by=rosa, clock=clock, on=day(6), reason="Judicial review.")
    assert now(clock).state == Clock.State.PAUSED
    assert Recommendation.objects.get().next_due_on is None
    resume_clock(by=rosa, clock=clock, on=day(2), reason="Permission was refused.")
    assert now(clock).state == Clock.State.RUNNING
    assert now(clock).due_on == day(-49)
    assert Recommendation.objects.get().next_due_on == day(-49)


def test_pausing_and_extending_both_count(rosa: Person, clock: Clock) -> None:
    pause_clock(by=rosa, clock=clock, on=day(6), reason="Judicial review.")
    extend_clock(by=rosa, clock=clock, days=7, reason="Agreed.")
    assert now(clock).state == Clock.State.PAUSED
    resume_clock(by=rosa, clock=clock, on=day(2), reason="Refused.")
    assert now(clock).due_on == day(-56)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (day(-1), "today or in the past"),
        (day(11), "was counted from"),
    ],
)
def test_a_pause_begins_while_the_clock_runs(
    on: date, said: str, rosa: Person, clock: Clock
) -> None:
    with pytest.raises(Refused, match=said):
        pause_clock(by=rosa, clock=clock, on=on, reason="Review.")


def test_a_clock_that_has_run_out_cannot_be_paused_afterwards(
    rosa: Person, learning: Report, force: object
) -> None:
    recommendation = enter_recommendation(
        by=rosa, report=learning, words="x", bodies=[(force, "")], starts_on=day(70)
    )
    late = recommendation.undertakings.get().clock
    with pytest.raises(Refused, match="The time ran out on"):
        pause_clock(by=rosa, clock=late, on=day(3), reason="Review.")


def test_a_clock_is_paused_once_at_a_time(rosa: Person, clock: Clock) -> None:
    pause_clock(by=rosa, clock=clock, on=day(3), reason="Review.")
    with pytest.raises(Refused, match="paused already"):
        pause_clock(by=rosa, clock=clock, on=day(2), reason="Review.")


def test_a_second_pause_begins_after_the_first(rosa: Person, clock: Clock) -> None:
    pause_clock(by=rosa, clock=clock, on=day(8), reason="Review.")
    resume_clock(by=rosa, clock=clock, on=day(5), reason="Over.")
    with pytest.raises(Refused, match="The last pause ended"):
        pause_clock(by=rosa, clock=clock, on=day(6), reason="Another.")


@pytest.mark.parametrize(
    ("on", "said"), [(day(5), "The pause began"), (day(-1), "not in the future")]
)
def test_a_clock_runs_again_after_it_was_paused(
    on: date, said: str, rosa: Person, clock: Clock
) -> None:
    pause_clock(by=rosa, clock=clock, on=day(3), reason="Review.")
    with pytest.raises(Refused, match=said):
        resume_clock(by=rosa, clock=clock, on=on, reason="Over.")


def test_only_a_paused_clock_runs_again(rosa: Person, clock: Clock) -> None:
    with pytest.raises(Refused, match="not paused"):
        resume_clock(by=rosa, clock=clock, on=day(), reason="Over.")


def test_the_law_may_know_no_pause(rosa: Person, strict: Clock) -> None:
    with pytest.raises(Refused, match="lets anyone pause"):
        pause_clock(by=rosa, clock=strict, on=day(60), reason="Review.")


# --- The official date ---------------------------------------------------------------------------


def test_the_official_date_stands_beside_the_counted_one(rosa: Person, strict: Clock) -> None:
    date_clock(by=rosa, clock=strict, on=day(-5), reason="The inspectorate's letter of 1 May.")
    found = now(strict)
    assert (found.official_on, found.computed_on, found.due_on) == (day(-5), day(15), day(-5))


def test_the_same_official_date_twice_is_refused(rosa: Person, strict: Clock) -> None:
    date_clock(by=rosa, clock=strict, on=day(-5), reason="A letter.")
    with pytest.raises(Refused, match="already stands"):
        date_clock(by=rosa, clock=strict, on=day(-5), reason="A letter.")


def test_an_official_date_is_not_before_the_clock_began(rosa: Person, strict: Clock) -> None:
    with pytest.raises(Refused, match="The clock began"):
        date_clock(by=rosa, clock=strict, on=day(100), reason="A letter.")


# --- Stopped, started, versions ------------------------------------------------------------------


def test_a_clock_that_a_reply_has_stopped_does_not_move(rosa: Person, clock: Clock) -> None:
    log_response(by=rosa, undertaking=clock.undertaking, words="Yes.", dated_on=day(1))
    for act, given in ((extend_clock, {"days": 1}), (date_clock, {"on": day(-50)})):
        with pytest.raises(Refused, match="so this clock has stopped"):
            act(by=rosa, clock=clock, reason="Agreed.", **given)


def test_a_clock_is_started_by_hand_where_none_runs(
    rosa: Person, inspection: Report, force: object, bases: list[Basis]
) -> None:
    made = enter_recommendation(by=rosa, report=inspection, words="x", bodies=[(force, "")])
    undertaking = made.undertakings.get()
    agreed = Basis.objects.get(code="local-agreement")
    clock = start_clock(by=rosa, undertaking=undertaking, basis=agreed, starts_on=date(2026, 3, 2))
    assert clock.due_on == date(2026, 3, 30)
    with pytest.raises(Refused, match="runs for this already"):
        start_clock(by=rosa, undertaking=undertaking, basis=agreed, starts_on=day())


def test_the_bases_that_come_with_the_product_are_adopted_once(db: None) -> None:
    first = adopt_bases(by="operator")
    assert {b.code for b in first} == {row["code"] for row in shipped_bases()}
    assert all(b.source and b.name for b in first)
    events = Event.objects.count()
    assert adopt_bases(by="operator") == []
    assert Event.objects.count() == events


def test_a_basis_that_changes_does_not_touch_past_clocks(
    rosa: Person, clock: Clock, learning: Report, force: object
) -> None:
    rows = [r | {"length": 28} for r in shipped_bases() if r["code"] == "iopc-28b"]
    [newer] = adopt_bases(by=rosa, rows=rows)
    assert newer.version == 2
    extend_clock(by=rosa, clock=clock, days=1, reason="Agreed.")
    assert now(clock).due_on == day(-46)
    assert now(clock).basis.version == 1
    later = enter_recommendation(by=rosa, report=learning, words="y", bodies=[(force, "")])
    assert later.undertakings.get().clock.due_on == day(-17)


def test_a_basis_counts_only_from_the_day_it_came_into_force(
    rosa: Person, learning: Report, force: object
) -> None:
    rows = [
        r | {"length": 28, "valid_from": day(5).isoformat()}
        for r in shipped_bases()
        if r["code"] == "iopc-28b"
    ]
    adopt_bases(by=rosa, rows=rows)
    before = enter_recommendation(by=rosa, report=learning, words="x", bodies=[(force, "")])
    assert before.undertakings.get().clock.basis.version == 1
    after = enter_recommendation(
        by=rosa, report=learning, words="y", bodies=[(force, "")], starts_on=day(5)
    )
    assert after.undertakings.get().clock.basis.version == 2


def test_only_a_governance_officer_adopts_a_basis(vera: Person) -> None:
    with pytest.raises(Refused, match="Only a governance officer"):
        adopt_bases(by=vera)
