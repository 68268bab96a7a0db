"""Whom a recommendation is addressed to, and what passes on when a body dies."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone

from answerable.accounts.actions.bodies import add_body, succeed_body
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions.clocks import date_clock, extend_clock
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response, read_position
from answerable.register.actions.undertakings import (
    add_undertaking,
    pass_all_to_successor,
    pass_to_successor,
)
from answerable.register.models import Clock, Recommendation, Stands, Undertaking
from answerable.register.queries import clocks, undertakings
from answerable.reports.models import Report


@pytest.fixture(autouse=True)
def chain_holds(db: None) -> Iterator[None]:
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


@pytest.fixture
def partnership(db: None) -> Body:
    """The body that took over."""
    return add_body(
        by="operator",
        name="Northmoor Safeguarding Children Partnership",
        kind=Body.Kind.PARTNERSHIP,
        invented=True,
    )


def board_that_ended(partnership: Body, ago: int) -> Body:
    board = add_body(
        by="operator",
        name="Northmoor Safeguarding Children Board",
        kind=Body.Kind.PARTNERSHIP,
        invented=True,
    )
    succeed_body(by="operator", body=board, successor=partnership, on=day(ago))
    board.refresh_from_db()
    return board


def asked_of(rosa: Person, report: Report, *bodies: Body) -> Recommendation:
    return enter_recommendation(
        by=rosa, report=report, words="Agree who tells them.", bodies=[(b, "named") for b in bodies]
    )


# --- Adding --------------------------------------------------------------------------------------


def test_one_more_body_is_added_with_its_clock(
    open_question: Recommendation, rosa: Person, council: Body
) -> None:
    made = add_undertaking(
        by=rosa, recommendation=open_question, body=council, because="in the annex"
    )
    assert (made.body, made.because) == (council, "in the annex")
    assert made.clock.due_on == open_question.undertakings.first().clock.due_on
    assert audit.history(made)[0].verb == "undertaking.added"


def test_a_body_is_added_once(open_question: Recommendation, rosa: Person, force: Body) -> None:
    with pytest.raises(Refused, match="already addressed to Northmoor Police"):
        add_undertaking(by=rosa, recommendation=open_question, body=force)


def test_only_a_governance_officer_adds_a_body(
    open_question: Recommendation, cass: Person, council: Body
) -> None:
    with pytest.raises(Refused, match="Only a governance officer"):
        add_undertaking(by=cass, recommendation=open_question, body=council)


# --- Bodies die ----------------------------------------------------------------------------------


def test_a_body_that_ended_before_the_report_is_taken_for_its_successor(
    rosa: Person, learning: Report, partnership: Body
) -> None:
    board = board_that_ended(partnership, ago=400)
    [undertaking] = asked_of(rosa, learning, board).undertakings.all()
    assert undertaking.body == partnership
    assert undertaking.because == "named; named as Northmoor Safeguarding Children Board"


def test_a_body_that_ended_since_passes_it_on_at_once(
    rosa: Person, learning: Report, partnership: Body
) -> None:
    board = board_that_ended(partnership, ago=4)
    first, passed = asked_of(rosa, learning, board).undertakings.order_by("pk")
    assert (first.body, first.stands) == (board, Stands.PASSED)
    assert (passed.body, passed.passed_from, passed.stands) == (partnership, first, Stands.SILENT)
    assert first.clock.state == Clock.State.PASSED
    assert (passed.clock.state, passed.clock.starts_on) == ("running", learning.published_on)
    assert len(audit.history(first, passed)) == 1


def test_where_the_successor_is_addressed_too_nothing_is_passed_twice(
    rosa: Person, learning: Report, partnership: Body
) -> None:
    board = board_that_ended(partnership, ago=4)
    made = asked_of(rosa, learning, board, partnership)
    assert {u.body for u in made.undertakings.all()} == {board, partnership}


def test_an_ended_body_that_nobody_followed_stays_the_addressee(
    rosa: Person, learning: Report
) -> None:
    gone = add_body(by="operator", name="A gone body", kind="other", ends_on=day(400))
    [undertaking] = asked_of(rosa, learning, gone).undertakings.all()
    assert undertaking.body == gone


def test_the_line_of_successors_is_followed_to_its_end(partnership: Body, db: None) -> None:
    board = board_that_ended(partnership, ago=400)
    last = add_body(by="operator", name="The newest partnership", kind="partnership")
    succeed_body(by="operator", body=partnership, successor=last, on=day(10))
    assert undertakings.living_successor(board, day()) == last
    assert undertakings.living_successor(last, day()) is None


@pytest.fixture
def owed(open_question: Recommendation) -> Undertaking:
    return open_question.undertakings.get()


def ended(owed: Undertaking, partnership: Body) -> Undertaking:
    succeed_body(by="operator", body=owed.body, successor=partnership, on=day(1))
    return Undertaking.objects.get(pk=owed.pk)


def test_what_was_owed_passes_with_its_clock_and_every_date(
    rosa: Person, owed: Undertaking, partnership: Body
) -> None:
    extend_clock(by=rosa, clock=owed.clock, days=14, reason="Agreed.")
    passed = pass_to_successor(by=rosa, undertaking=ended(owed, partnership))
    assert passed.body == partnership
    assert passed.clock.due_on == day(-59)
    assert [c.due_after for c in clocks.changes_of(passed.clock)] == [day(-59)]
    assert Recommendation.objects.get().next_due_on == day(-59)
    extend_clock(by=rosa, clock=passed.clock, days=1, reason="Agreed again.")
    assert Clock.objects.get(pk=passed.clock.pk).due_on == day(-60)


def test_an_answer_that_was_read_passes_too(
    rosa: Person, owed: Undertaking, partnership: Body
) -> None:
    reply = log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=day(3))
    read_position(by=rosa, response=reply, position="accepted")
    passed = pass_to_successor(by=rosa, undertaking=ended(owed, partnership))
    assert passed.stands == Stands.ACCEPTED
    assert passed.clock.state == Clock.State.STOPPED
    newer = log_response(by=rosa, undertaking=passed, words="We will not.", dated_on=day(1))
    read_position(by=rosa, response=newer, position="rejected", reason="It takes it back.")
    assert Undertaking.objects.get(pk=passed.pk).stands == Stands.REJECTED
    assert Clock.objects.get(pk=passed.clock.pk).stopped_on == day(3)


def test_a_reply_is_read_before_it_passes_on(
    rosa: Person, owed: Undertaking, partnership: Body
) -> None:
    log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=day(3))
    with pytest.raises(Refused, match="Read the reply of Northmoor Police before"):
        pass_to_successor(by=rosa, undertaking=ended(owed, partnership))


def test_without_a_recorded_successor_nothing_passes(rosa: Person, owed: Undertaking) -> None:
    with pytest.raises(Refused, match="Record it first"):
        pass_to_successor(by=rosa, undertaking=owed)


def test_what_was_passed_on_is_answered_by_the_successor_alone(
    rosa: Person, owed: Undertaking, partnership: Body
) -> None:
    old = ended(owed, partnership)
    pass_to_successor(by=rosa, undertaking=old)
    with pytest.raises(Refused, match="passed to Northmoor Safeguarding Children Partnership"):
        log_response(by=rosa, undertaking=old, words="Yes.", dated_on=day())
    with pytest.raises(Refused, match="passed to"):
        date_clock(by=rosa, clock=old.clock, on=day(-90), reason="A letter.")
    with pytest.raises(Refused, match="passed to"):
        pass_to_successor(by=rosa, undertaking=Undertaking.objects.get(pk=old.pk))


def test_all_that_a_body_owed_passes_in_one_act(
    rosa: Person, asked: list[Recommendation], force: Body, partnership: Body
) -> None:
    log_response(
        by=rosa,
        undertaking=asked[1].undertakings.get(body=force),
        words="A second letter.",
        dated_on=day(1),
    )
    succeed_body(by="operator", body=force, successor=partnership, on=day(1))
    passed = pass_all_to_successor(by=rosa, body=force)
    assert [u.recommendation.reference for u in passed] == ["R-0001"]  # the other waits to be read
    assert passed[0].stands == Stands.ACCEPTED
    assert audit.history(passed[0])[0].facts["reference"] == "R-0001"
    with pytest.raises(Refused, match="Nothing of Northmoor Police waits"):
        pass_all_to_successor(by=rosa, body=force)


def test_many_pass_with_one_event(
    rosa: Person, learning: Report, force: Body, partnership: Body
) -> None:
    for _ in range(3):
        asked_of(rosa, learning, force)
    succeed_body(by="operator", body=force, successor=partnership, on=day(1))
    before = audit.head()[0]
    assert len(pass_all_to_successor(by=rosa, body=force)) == 3
    assert audit.head()[0] == before + 1
    assert set(Recommendation.objects.values_list("next_due_on", flat=True)) == {day(-45)}


def test_nothing_passes_without_a_successor_or_the_right(
    rosa: Person, cass: Person, open_question: Recommendation, force: Body
) -> None:
    with pytest.raises(Refused, match="Record it first"):
        pass_all_to_successor(by=rosa, body=force)
    with pytest.raises(Refused, match="Only a governance officer"):
        pass_all_to_successor(by=cass, body=force)
