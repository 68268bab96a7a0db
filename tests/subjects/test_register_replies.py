"""Replies in their exact words, and the position that the overseer reads in them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import (
    Clock,
    Position,
    Recommendation,
    Response,
    Stands,
    Undertaking,
)
from answerable.register.queries.undertakings import position_in
from answerable.reports.models import Document


@pytest.fixture(autouse=True)
def chain_holds(db: None) -> Iterator[None]:
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


@pytest.fixture
def owed(open_question: Recommendation) -> Undertaking:
    return open_question.undertakings.get()


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def reply(by: Person, owed: Undertaking, words: str = "We accept it.", ago: int = 0) -> Response:
    return log_response(by=by, undertaking=owed, words=words, dated_on=day(ago))


def stands(owed: Undertaking) -> str:
    return Undertaking.objects.get(pk=owed.pk).stands


def clock(owed: Undertaking) -> Clock:
    return Clock.objects.get(undertaking=owed)


# --- Entering a reply ----------------------------------------------------------------------------


def test_a_reply_keeps_its_words_and_stops_the_clock(rosa: Person, owed: Undertaking) -> None:
    made = reply(rosa, owed, "We accept it.\n\nAll of it.", ago=3)
    assert made.words == "We accept it.\n\nAll of it."
    assert stands(owed) == Stands.UNREAD
    assert clock(owed).state == Clock.State.STOPPED
    assert clock(owed).stopped_on == day(3)


def test_the_clock_stops_on_the_day_it_came(rosa: Person, owed: Undertaking) -> None:
    log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=day(5), received_on=day(2))
    assert clock(owed).stopped_on == day(2)


def test_the_first_reply_stops_the_clock_whenever_it_is_entered(
    rosa: Person, owed: Undertaking
) -> None:
    reply(rosa, owed, ago=2)
    reply(rosa, owed, "An earlier letter, found later.", ago=6)
    assert clock(owed).stopped_on == day(6)


def test_a_later_reply_stands_beside_the_first(
    rosa: Person, omar: Person, owed: Undertaking
) -> None:
    reply(rosa, owed, "First.", ago=5)
    reply(omar, owed, "Second.", ago=1)
    assert [r.words for r in owed.responses.all()] == ["First.", "Second."]


def test_the_bodys_own_people_may_enter_its_reply(omar: Person, owed: Undertaking) -> None:
    assert reply(omar, owed).entered_by == omar


def test_people_of_another_body_do_not_even_know_of_it(lena: Person, owed: Undertaking) -> None:
    with pytest.raises(NotTheirs):
        reply(lena, owed)


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ravi", "ada"])
def test_who_may_not_enter_a_reply_is_told_who_may(
    who: str, owed: Undertaking, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="Only a governance officer or assurance lead may enter"):
        reply(request.getfixturevalue(who), owed)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": " "}, "Enter the words"),
        ({"dated_on": day(-1)}, "today or in the past"),
        ({"received_on": day(-1)}, "today or in the past"),
        ({"dated_on": day(1), "received_on": day(2)}, "cannot come before"),
    ],
)
def test_a_reply_that_cannot_be_is_refused(
    given: dict[str, object], said: str, rosa: Person, owed: Undertaking
) -> None:
    whole = {"words": "Yes.", "dated_on": day(1), **given}
    with pytest.raises(Refused, match=said):
        log_response(by=rosa, undertaking=owed, **whole)
    assert stands(owed) == Stands.SILENT


def test_a_document_of_another_report_is_no_source(
    rosa: Person, owed: Undertaking, inspection_read: Document
) -> None:
    with pytest.raises(Refused, match="another report"):
        log_response(
            by=rosa, undertaking=owed, words="Yes.", dated_on=day(), document=inspection_read
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE register_response SET words = 'We accept it.'",
        "DELETE FROM register_response",
        "UPDATE register_positionread SET position = 'accepted'",
        "DELETE FROM register_positionread",
    ],
)
def test_the_database_itself_keeps_replies_and_readings(
    sql: str, rosa: Person, owed: Undertaking
) -> None:
    read_position(by=rosa, response=reply(rosa, owed), position="rejected", reason="It says no.")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- Reading the position ------------------------------------------------------------------------


def test_plain_acceptance_needs_no_reason(rosa: Person, owed: Undertaking) -> None:
    read_position(by=rosa, response=reply(rosa, owed), position="accepted")
    assert stands(owed) == Stands.ACCEPTED


@pytest.mark.parametrize("position", [p for p in Position if p != Position.ACCEPTED])
def test_warm_words_that_are_not_acceptance_need_a_reason(
    position: Position, cass: Person, rosa: Person, owed: Undertaking
) -> None:
    warm = reply(rosa, owed, "We warmly welcome the spirit of this.")
    with pytest.raises(Refused, match="Say why"):
        read_position(by=cass, response=warm, position=position, reason=" ")
    read_position(by=cass, response=warm, position=position, reason="It promises nothing.")
    assert stands(owed) == position


def test_reading_it_again_needs_a_reason_too_and_keeps_the_first_reading(
    rosa: Person, owed: Undertaking
) -> None:
    made = reply(rosa, owed)
    read_position(by=rosa, response=made, position="in_part", reason="Only half of it.")
    with pytest.raises(Refused, match="Say why"):
        read_position(by=rosa, response=made, position="accepted")
    read_position(by=rosa, response=made, position="accepted", reason="The annex has the rest.")
    assert stands(owed) == Stands.ACCEPTED
    assert [p.position for p in made.positions.all()] == ["in_part", "accepted"]


def test_the_same_reading_twice_is_refused(rosa: Person, owed: Undertaking) -> None:
    made = reply(rosa, owed)
    read_position(by=rosa, response=made, position="in_part", reason="Half.")
    with pytest.raises(Refused, match="already stands"):
        read_position(by=rosa, response=made, position="in_part", reason="Half.")


def test_who_is_of_the_body_may_not_read_its_position(omar: Person, owed: Undertaking) -> None:
    made = reply(omar, owed)
    with pytest.raises(Refused, match="You belong to Northmoor Police, so someone else"):
        read_position(by=omar, response=made, position="accepted")


@pytest.mark.parametrize("who", ["vera", "petra", "ravi", "ada"])
def test_who_may_not_read_a_position_is_told_who_may(
    who: str, rosa: Person, owed: Undertaking, request: pytest.FixtureRequest
) -> None:
    made = reply(rosa, owed)
    with pytest.raises(Refused, match="may say what position"):
        read_position(by=request.getfixturevalue(who), response=made, position="accepted")


def test_what_is_no_position_is_refused(rosa: Person, owed: Undertaking) -> None:
    with pytest.raises(Refused, match="Choose the position"):
        read_position(by=rosa, response=reply(rosa, owed), position="green", reason="x")


def test_an_acknowledgement_lets_the_clock_run_on(rosa: Person, owed: Undertaking) -> None:
    made = reply(rosa, owed, "Thank you for your letter.")
    assert clock(owed).state == Clock.State.STOPPED
    read_position(by=rosa, response=made, position="no_response", reason="It does not answer.")
    assert stands(owed) == Stands.NO_RESPONSE
    assert clock(owed).state == Clock.State.RUNNING
    assert clock(owed).stopped_on is None
    assert owed.recommendation.undertakings.get().recommendation.next_due_on is not None


def test_an_answer_after_an_acknowledgement_is_the_one_that_counts(
    rosa: Person, owed: Undertaking
) -> None:
    first = reply(rosa, owed, "Thank you.", ago=6)
    read_position(by=rosa, response=first, position="no_response", reason="It does not answer.")
    second = reply(rosa, owed, "We accept it.", ago=2)
    assert clock(owed).stopped_on == day(2)
    read_position(by=rosa, response=second, position="accepted")
    assert stands(owed) == Stands.ACCEPTED


def test_an_acknowledgement_after_an_answer_takes_nothing_away(
    rosa: Person, owed: Undertaking
) -> None:
    first = reply(rosa, owed, "We accept it.", ago=6)
    read_position(by=rosa, response=first, position="accepted")
    second = reply(rosa, owed, "Thank you.", ago=2)
    assert stands(owed) == Stands.UNREAD
    read_position(by=rosa, response=second, position="no_response", reason="It adds nothing.")
    assert stands(owed) == Stands.ACCEPTED
    assert clock(owed).stopped_on == day(6)


def test_the_reading_that_counts_is_the_newest(rosa: Person, owed: Undertaking) -> None:
    made = reply(rosa, owed)
    assert position_in(made) is None
    read_position(by=rosa, response=made, position="rejected", reason="No.")
    found = Response.objects.get(pk=made.pk)
    assert position_in(found).position == "rejected"  # type: ignore[union-attr]


def test_every_act_tells_in_words_what_was_done(rosa: Person, owed: Undertaking) -> None:
    made = reply(rosa, owed)
    read_position(by=rosa, response=made, position="in_part", reason="Half.")
    read, logged = audit.history(made, *made.positions.all())
    assert (read.verb, read.facts["position"]) == ("position.read", "accepted in part")
    assert (logged.verb, logged.facts["body"]) == ("response.logged", "Northmoor Police")
    assert read.said == {"reason": "Half."}
