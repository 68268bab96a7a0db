"""Finding things in the register: words, names, numbers, and every filter, alike on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.actions.bodies import add_body
from answerable.accounts.models import Body, Person
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response
from answerable.register.actions.search import rebuild_search
from answerable.register.models import Recommendation
from answerable.register.queries.listing import (
    CLOCKS,
    ORDERS,
    Narrowing,
    count_listed,
    known_to,
    listed,
)
from answerable.register.queries.remembered import Memory
from answerable.register.queries.rows import all_rows, keys_of, rows_of
from answerable.register.queries.search import Wanted, wanted
from answerable.reports.actions.reports import change_report
from answerable.reports.models import Report

TODAY = timezone.localdate()
Finds = Callable[..., list[str]]


@pytest.fixture
def finds(asked: list[Recommendation], open_question: Recommendation, rosa: Person) -> Finds:
    """What a search of Rosa finds. R-0001 to R-0003 are the inspection's, R-0004 the watchdog's."""

    def search(words: str = "", by: Person = rosa, **more: object) -> list[str]:
        narrowing = Narrowing(words=words, order="oldest", **more)
        found = list(listed(by, narrowing, TODAY).values_list("reference", flat=True))
        assert count_listed(by, narrowing, TODAY) == len(found)
        return [r.removeprefix("R-000") for r in found]

    return search


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("crime", "1"),
        ("CRIME", "1"),
        ("recorded", "14"),  # stemmed: record, recorded
        ("recording crimes", "1"),
        ("within hours", "134"),
        ("“within” 24", "14"),
        ('"within 24 hours"', "14"),
        ('"hours within"', ""),
        ("hours -crime", "34"),
        ('hours -"72 hours"', "14"),
        ("R-0003", "3"),
        ("r-0003", "3"),
        ("inspection", "123"),  # the report's title
        ("learning complaints", "4"),
        ("supervisor complaints", "4"),  # one word in the text, one in the title
        ("council", "23"),  # a body's name
        ("northmoor council family", "2"),
        ("the Force", "124"),  # a short name
        ("conversation -council", ""),
        ("nothing like this", ""),
        ("'; DROP TABLE register_search; --", ""),
        ('"', ""),
        ("* NEAR( AND OR", ""),
        ("child's", ""),
        ("...", ""),
    ],
)
def test_words_find_what_has_all_of_them(typed: str, found: str, finds: Finds) -> None:
    assert "".join(finds(typed)) == found


def test_nothing_typed_finds_everything(finds: Finds) -> None:
    assert "".join(finds("  ")) == "1234"


def test_corrected_words_are_found_and_the_first_ones_too(
    finds: Finds, open_question: Recommendation, rosa: Person
) -> None:
    words = open_question.words.replace("supervisor", "sergeant")
    correct_recommendation(by=rosa, recommendation=open_question, words=words, reason="Misread.")
    assert finds("sergeant") == finds("supervisor") == ["4"]


def test_a_report_is_found_by_its_new_title_at_once(
    finds: Finds, learning: Report, rosa: Person
) -> None:
    change_report(by=rosa, report=learning, seen_version=learning.version, title="Lost and found")
    assert finds("lost") == ["4"]
    assert finds("complaints") == []


def test_accents_and_ligatures_do_not_hide_words(
    finds: Finds, learning: Report, rosa: Person
) -> None:
    enter_recommendation(by=rosa, report=learning, words="Let the café’s oﬃce hear Zoë.")
    assert finds("cafe") == finds("CAFÉ") == finds("office zoe") == ["5"]


def test_subject_and_number_are_found(finds: Finds, learning: Report, rosa: Person) -> None:
    enter_recommendation(
        by=rosa, report=learning, words="Do it.", number="12(b)", subject="Custody suites"
    )
    assert finds("custody") == finds("12 b") == finds("12(b)") == ["5"]


def test_a_lead_does_not_learn_by_searching_who_else_was_asked(
    finds: Finds, learning: Report, rosa: Person, omar: Person, force: Body
) -> None:
    secret = add_body(by="operator", name="Tarn Ambulance", kind="other")
    enter_recommendation(by=rosa, report=learning, words="x", bodies=[(force, ""), (secret, "")])
    assert finds("ambulance") == ["5"]
    assert finds("ambulance", by=omar) == []
    assert finds("police", by=omar) == ["1", "2", "4", "5"]


def test_the_index_can_be_written_anew(finds: Finds) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_search")
    assert finds("crime") == []
    assert rebuild_search() == 4
    assert finds("supervisor") == ["4"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=250))
def test_whatever_is_typed_is_understood(db: None, typed: str) -> None:
    asked = wanted(typed)
    assert all(term and all(word.isalnum() for word in term) for term in asked.terms)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60) | st.from_regex(r'[a-z"\-* ()^:.<>&|!\\]{0,40}', fullmatch=True))
def test_whatever_is_typed_the_database_takes_it(finds: Finds, typed: str) -> None:
    assert set(finds(typed)) <= set("1234")


def test_quotes_and_minus_are_understood() -> None:
    assert wanted('a "b c" -d -"e f"') == Wanted((("a",), ("b", "c")), (("d",), ("e", "f")))


# --- Filters -------------------------------------------------------------------------------------


def test_each_filter_narrows(
    finds: Finds, force: Body, council: Body, inspectorate: Body, learning: Report
) -> None:
    assert finds(body=council.pk) == ["2", "3"]
    assert finds(report=learning.pk) == ["4"]
    assert finds(author=inspectorate.pk) == ["1", "2", "3", "4"]
    assert finds(author=force.pk) == []
    assert finds(kind="recommendation") == ["1", "2", "3", "4"]
    assert finds(kind="finding") == []


def test_position_filters_by_where_an_answer_stands(
    finds: Finds, open_question: Recommendation, rosa: Person
) -> None:
    assert finds(position="accepted") == ["1"]
    assert finds(position="in_principle") == ["2"]
    assert finds(position="silent") == ["2", "3", "4"]
    log_response(
        by=rosa, undertaking=open_question.undertakings.get(), words="Yes.", dated_on=TODAY
    )
    assert finds(position="unread") == ["4"]


def test_clock_filters_by_the_day(finds: Finds, rosa: Person, inspection: Report) -> None:
    enter_recommendation(by=rosa, report=inspection, words="No clock.", bodies=[])
    assert finds(clock="late") == ["2", "3"]
    assert finds(clock="running") == ["4"]
    assert finds(clock="soon") == []
    assert finds(clock="answered") == ["1", "2"]
    assert finds(clock="paused") == finds(clock="none") == []


def test_a_clock_that_ends_soon(rosa: Person, learning: Report, force: Body) -> None:
    enter_recommendation(
        by=rosa,
        report=learning,
        words="x",
        bodies=[(force, "")],
        starts_on=TODAY - timedelta(days=50),
    )
    assert listed(rosa, Narrowing(clock="soon"), TODAY).count() == 1
    assert listed(rosa, Narrowing(clock="soon"), TODAY + timedelta(days=5)).count() == 1
    assert listed(rosa, Narrowing(clock="soon"), TODAY + timedelta(days=6)).count() == 0
    assert listed(rosa, Narrowing(clock="late"), TODAY + timedelta(days=6)).count() == 1


def test_body_position_and_clock_must_hold_of_one_answer(
    finds: Finds, force: Body, council: Body
) -> None:
    # The Force answered R-0002 and the Council did not: neither is silent *and* the Force.
    assert finds(body=force.pk, position="silent") == ["4"]
    assert finds(body=council.pk, position="in_principle") == []
    assert finds(body=council.pk, clock="late") == ["2", "3"]


def test_a_lead_filters_only_by_her_own_bodys_answers(
    finds: Finds, omar: Person, council: Body
) -> None:
    assert finds(by=omar) == ["1", "2", "4"]
    assert finds(by=omar, position="silent") == ["4"]
    assert finds(by=omar, body=council.pk) == []
    assert finds(by=omar, clock="late") == []


def test_filters_and_words_narrow_together(finds: Finds, council: Body) -> None:
    assert finds("hours", body=council.pk) == ["3"]
    assert finds("hours", body=council.pk, position="accepted") == []


def test_withdrawn_ones_stay_in_the_list_and_leave_the_late_ones(
    finds: Finds, asked: list[Recommendation], rosa: Person
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="A heading.")
    assert finds() == ["1", "2", "3", "4"]
    assert finds(clock="late") == ["2"]


# --- Order, count, rows --------------------------------------------------------------------------


def test_the_order_is_what_was_asked_for(finds: Finds, rosa: Person) -> None:
    def order(name: str) -> str:
        found = listed(rosa, Narrowing(order=name), TODAY).values_list("serial", flat=True)
        return "".join(map(str, found))

    assert {name: order(name) for name in ORDERS} == {"": "4321", "oldest": "1234", "due": "2341"}


def test_the_count_knows_of_every_act_at_once(
    finds: Finds, rosa: Person, omar: Person, learning: Report, force: Body
) -> None:
    assert count_listed(rosa, Narrowing(body=force.pk), TODAY) == 3
    enter_recommendation(by=rosa, report=learning, words="x", bodies=[(force, "")])
    assert count_listed(rosa, Narrowing(), TODAY) == 5
    assert count_listed(rosa, Narrowing(body=force.pk), TODAY) == 4
    assert count_listed(omar, Narrowing(), TODAY) == 4


def test_the_choices_are_those_that_there_are(finds: Finds, rosa: Person, lena: Person) -> None:
    assert [name for _, name in known_to(rosa, Memory()).bodies] == [
        "Northmoor Council",
        "Northmoor Police",
    ]
    assert [name for _, name in known_to(lena, Memory()).bodies] == ["Northmoor Council"]
    assert [name for _, name in known_to(lena, Memory()).authors] == [
        "Inspectorate of Policing and Rescue"
    ]


def test_a_row_shows_only_the_answers_that_its_reader_may_see(
    asked: list[Recommendation], rosa: Person, lena: Person
) -> None:
    [row] = rows_of(rosa, [asked[1].pk])
    assert [a.body for a in row.answers] == ["Northmoor Police", "Northmoor Council"]
    [row] = rows_of(lena, [asked[1].pk])
    assert [a.body for a in row.answers] == ["Northmoor Council"]


def test_rows_come_in_the_order_of_their_keys(asked: list[Recommendation], rosa: Person) -> None:
    keys = [asked[2].pk, asked[0].pk]
    assert [row.pk for row in rows_of(rosa, keys)] == keys


def test_a_page_of_rows_costs_the_same_however_long_it_is(
    asked: list[Recommendation], rosa: Person, learning: Report, django_assert_num_queries: object
) -> None:
    for n in range(30):
        enter_recommendation(by=rosa, report=learning, words=f"Thing {n}.")
    found = listed(rosa, Narrowing(), TODAY)
    for first, last in ((0, 2), (0, 25)):
        with django_assert_num_queries(4):  # type: ignore[operator]
            rows_of(rosa, keys_of(found, first, last))


def test_a_download_has_every_row(asked: list[Recommendation], rosa: Person) -> None:
    found = listed(rosa, Narrowing(order="oldest"), TODAY)
    assert [r.reference for r in all_rows(rosa, found, batch=2)] == ["R-0001", "R-0002", "R-0003"]


def test_an_order_alone_narrows_nothing() -> None:
    assert Narrowing(order="due").is_empty
    assert not replace(Narrowing(), clock=next(iter(CLOCKS))).is_empty


def test_a_date_is_a_date() -> None:
    assert isinstance(TODAY, date)
