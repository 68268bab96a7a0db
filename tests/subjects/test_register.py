"""The register: what enters it keeps its words and its reference for ever."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.engine import wording
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response
from answerable.register.models import Clock, Recommendation, Reference
from answerable.register.queries import recommendations as queries
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report
from tests.universe import WATCHDOG_ASKS


@pytest.fixture(autouse=True)
def chain_holds(db: None) -> object:
    """Whatever a test here did, the chain holds at its end."""
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


def entered(
    rosa: Person, report: Report, *bodies: Body, words: str = "Record it."
) -> Recommendation:
    return enter_recommendation(
        by=rosa, report=report, words=words, bodies=[(body, "by name") for body in bodies]
    )


# --- Entering ------------------------------------------------------------------------------------


def test_the_first_is_r_0001_and_the_next_r_0002(rosa: Person, learning: Report) -> None:
    references = [entered(rosa, learning).reference for _ in range(2)]
    assert references == ["R-0001", "R-0002"]


def test_a_reference_grows_past_four_digits(rosa: Person, learning: Report) -> None:
    entered(rosa, learning)
    Reference.objects.filter(prefix="R").update(last=9999)
    assert entered(rosa, learning).reference == "R-10000"


def test_it_keeps_what_was_entered(open_question: Recommendation, learning: Report) -> None:
    assert open_question.words == WATCHDOG_ASKS
    assert open_question.number == "1"
    assert open_question.report == learning
    assert open_question.fingerprint == wording.fingerprint(WATCHDOG_ASKS)


def test_entering_is_one_event_that_binds_it_with_its_undertakings_and_clocks(
    rosa: Person, learning: Report, force: Body, council: Body
) -> None:
    before = Event.objects.count()
    recommendation = entered(rosa, learning, force, council)
    assert Event.objects.count() == before + 1
    [entry] = audit.history(recommendation)
    assert entry.verb == "recommendation.accepted"
    for undertaking in recommendation.undertakings.all():
        assert audit.history(undertaking)[0].seq == entry.seq
        assert audit.history(undertaking.clock)[0].seq == entry.seq


def test_a_clock_starts_for_each_body(
    rosa: Person, learning: Report, force: Body, council: Body
) -> None:
    recommendation = entered(rosa, learning, force, council)
    due = learning.published_on + timedelta(days=55)
    assert [u.clock.due_on for u in recommendation.undertakings.all()] == [due, due]
    assert recommendation.next_due_on == due


def test_no_clock_starts_where_the_report_names_no_basis(
    rosa: Person, inspection: Report, force: Body
) -> None:
    [undertaking] = entered(rosa, inspection, force).undertakings.all()
    assert not Clock.objects.filter(undertaking=undertaking).exists()


def test_no_clock_starts_where_none_is_wanted(rosa: Person, learning: Report, force: Body) -> None:
    enter_recommendation(
        by=rosa, report=learning, words="x", bodies=[(force, "")], start_clocks=False
    )
    assert not Clock.objects.exists()


def test_a_body_named_twice_is_addressed_once(rosa: Person, learning: Report, force: Body) -> None:
    recommendation = enter_recommendation(
        by=rosa,
        report=learning,
        words="x",
        bodies=[(force, "in the lead-in"), (force, "in the list")],
    )
    [undertaking] = recommendation.undertakings.all()
    assert undertaking.because == "in the lead-in"


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ada", "omar", "ravi"])
def test_only_a_governance_officer_may_enter(
    who: str, learning: Report, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="Only a governance officer may decide"):
        entered(request.getfixturevalue(who), learning)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": " \n"}, "Enter the words"),
        ({"kind": "wish"}, "is not a kind"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_words(
    given: dict[str, str], said: str, rosa: Person, learning: Report
) -> None:
    with pytest.raises(Refused, match=said):
        enter_recommendation(by=rosa, report=learning, **{"words": "x", **given})
    assert not Recommendation.objects.exists()
    assert not Reference.objects.exists()


def test_a_page_that_the_document_does_not_have_is_refused(
    rosa: Person, inspection_read: Document
) -> None:
    given = {"by": rosa, "report": inspection_read.report, "words": "x"}
    with pytest.raises(Refused, match="has 3 pages"):
        enter_recommendation(**given, document=inspection_read, page=4)


def test_a_document_of_another_report_is_refused(
    rosa: Person, learning: Report, inspection_read: Document
) -> None:
    with pytest.raises(Refused, match="received for another report"):
        enter_recommendation(by=rosa, report=learning, words="x", document=inspection_read)


# --- Never changed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE register_recommendation SET words = 'softer'",
        "UPDATE register_recommendation SET reference = 'R-0009'",
        "UPDATE register_recommendation SET fingerprint = ''",
        "DELETE FROM register_recommendation",
        "UPDATE register_undertaking SET body_id = body_id + 1",
        "DELETE FROM register_undertaking",
        "UPDATE register_clock SET first_computed_on = '2030-01-01'",
        "DELETE FROM register_clock",
        "UPDATE register_reference SET last = 0",
        "DELETE FROM register_reference",
        "UPDATE register_basis SET length = 560",
    ],
)
def test_the_database_itself_refuses_to_change_what_stands(
    sql: str, open_question: Recommendation
) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- Correcting ----------------------------------------------------------------------------------


def test_a_correction_leaves_the_first_words_beside_the_new_ones(
    open_question: Recommendation, rosa: Person
) -> None:
    correct_recommendation(
        by=rosa, recommendation=open_question, words="All of it.", reason="A line was left out."
    )
    now = Recommendation.objects.get()
    assert now.words == WATCHDOG_ASKS
    assert queries.words_of(now) == "All of it."
    assert queries.fingerprint_of(now) == wording.fingerprint("All of it.")


def test_the_newest_correction_counts(open_question: Recommendation, rosa: Person) -> None:
    for words in ("First.", "Second."):
        correct_recommendation(
            by=rosa, recommendation=open_question, words=words, reason="Misread."
        )
    assert queries.words_of(Recommendation.objects.get()) == "Second."


@pytest.mark.parametrize(
    ("words", "reason", "said"),
    [
        ("", "Misread.", "Enter the words"),
        ("Other words.", "  ", "Say what was wrong"),
        (WATCHDOG_ASKS + "\n", "Misread.", "words that already stand"),
    ],
)
def test_a_correction_corrects_something_and_says_why(
    words: str, reason: str, said: str, open_question: Recommendation, rosa: Person
) -> None:
    with pytest.raises(Refused, match=said):
        correct_recommendation(by=rosa, recommendation=open_question, words=words, reason=reason)


def test_only_a_governance_officer_may_correct(open_question: Recommendation, vera: Person) -> None:
    with pytest.raises(Refused, match="Only a governance officer"):
        correct_recommendation(by=vera, recommendation=open_question, words="x", reason="y")


# --- Withdrawing ---------------------------------------------------------------------------------


def test_what_was_entered_in_error_is_withdrawn_and_stays(
    open_question: Recommendation, rosa: Person, learning: Report
) -> None:
    withdraw_recommendation(by=rosa, recommendation=open_question, reason="It is a heading.")
    now = Recommendation.objects.get()
    assert now.withdrawn_by == rosa
    assert now.withdrawn_reason == "It is a heading."
    assert Clock.objects.get().state == Clock.State.WITHDRAWN
    assert now.next_due_on is None
    assert entered(rosa, learning).reference == "R-0002"


def test_nothing_more_is_done_to_what_was_withdrawn(
    open_question: Recommendation, rosa: Person
) -> None:
    withdraw_recommendation(by=rosa, recommendation=open_question, reason="A heading.")
    with pytest.raises(Refused, match="was withdrawn"):
        withdraw_recommendation(by=rosa, recommendation=open_question, reason="Again.")
    with pytest.raises(Refused, match="was withdrawn"):
        log_response(
            by=rosa,
            undertaking=open_question.undertakings.get(),
            words="Yes.",
            dated_on=timezone.localdate(),
        )


def test_what_a_body_has_answered_cannot_be_withdrawn(
    asked: list[Recommendation], rosa: Person
) -> None:
    with pytest.raises(Refused, match="A body has answered R-0001"):
        withdraw_recommendation(by=rosa, recommendation=asked[0], reason="A heading.")


def test_a_withdrawal_says_why(open_question: Recommendation, rosa: Person) -> None:
    with pytest.raises(Refused, match="Say why"):
        withdraw_recommendation(by=rosa, recommendation=open_question, reason=" ")


# --- Who sees what -------------------------------------------------------------------------------


def seen(person: Person) -> set[str]:
    return set(queries.seen_by(person).values_list("reference", flat=True))


def test_the_office_sees_all_and_a_body_what_is_asked_of_it(
    asked: list[Recommendation], rosa: Person, ravi: Person, omar: Person, lena: Person
) -> None:
    assert seen(rosa) == seen(ravi) == {"R-0001", "R-0002", "R-0003"}
    assert seen(omar) == {"R-0001", "R-0002"}
    assert seen(lena) == {"R-0002", "R-0003"}


def test_an_administrator_does_not_read_the_register(
    asked: list[Recommendation], ada: Person
) -> None:
    with pytest.raises(Refused, match="may read the register"):
        queries.seen_by(ada)


@pytest.mark.parametrize("reference", ["R-0003", "R-9999", ""])
def test_what_is_not_hers_is_as_if_it_were_not_there(
    reference: str, asked: list[Recommendation], omar: Person
) -> None:
    with pytest.raises(NotTheirs):
        queries.find(omar, reference)


def test_a_year_alone_starts_no_clock(
    bases: object, rosa: Person, inspectorate: Body, force: Body
) -> None:
    report = log_report(
        by=rosa,
        title="An old inquiry",
        kind="inquiry",
        author=inspectorate,
        published_words="2015",
        clock_basis="police-act-55",
    )
    entered(rosa, report, force)
    assert not Clock.objects.exists()


def test_the_last_day_can_be_counted_from_another_day(
    rosa: Person, learning: Report, force: Body
) -> None:
    enter_recommendation(
        by=rosa,
        report=learning,
        words="x",
        bodies=[(force, "")],
        starts_on=date(2026, 9, 17),
    )
    assert Clock.objects.get().due_on == date(2026, 11, 11)
