"""Every form of the register: works, keeps what was typed, refuses in words, and never breaks."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.actions.bodies import succeed_body
from answerable.accounts.models import Body, Person
from answerable.register.actions.clocks import pause_clock
from answerable.register.actions.responses import log_response
from answerable.register.models import Basis, Clock, Recommendation, Response, Undertaking
from answerable.reports.models import Report

ONE = "/desk/register/R-0001/"
OF_FORCE = f"{ONE}by/northmoor-police/"
Post = Callable[..., str]


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def typed(name: str, value: date) -> dict[str, str]:
    return {
        f"{name}-day": str(value.day),
        f"{name}-month": str(value.month),
        f"{name}-year": str(value.year),
    }


@pytest.fixture
def as_rosa(client: Client, rosa: Person) -> Client:
    client.force_login(rosa)
    return client


@pytest.fixture
def post(as_rosa: Client, open_question: Recommendation) -> Post:
    """Posts as Rosa. Returns where it leads and what is said there, or the form that came back."""

    def send(path: str, **data: object) -> str:
        answer = as_rosa.post(path, data, follow=True)
        assert answer.status_code == 200, answer.content[:1500]
        return " ".join(answer.content.decode().split())

    return send


def clock() -> Clock:
    return Clock.objects.get()


# --- Replies -------------------------------------------------------------------------------------


def test_a_reply_is_entered(post: Post) -> None:
    page = post(f"{OF_FORCE}reply/", words="We accept it.", **typed("dated_on", day(1)))
    assert "The reply is entered. The clock stopped on" in page
    assert "It is not yet read, and nothing about it is public." in page
    assert Response.objects.get().words == "We accept it."


def test_a_wrong_reply_keeps_what_was_typed(post: Post) -> None:
    page = post(f"{OF_FORCE}reply/", words="We accept it.", **typed("dated_on", day(-3)))
    assert "There is a problem" in page
    assert "We accept it.</textarea>" in page
    assert not Response.objects.exists()


def test_a_reply_without_words_is_asked_for_them(post: Post) -> None:
    page = post(f"{OF_FORCE}reply/", words=" ", **typed("dated_on", day()))
    assert 'href="#id_words"' in page


def test_a_lead_enters_her_own_bodys_reply(
    client: Client, omar: Person, open_question: Recommendation
) -> None:
    client.force_login(omar)
    client.post(f"{OF_FORCE}reply/", {"words": "Yes.", **typed("dated_on", day())})
    assert Response.objects.get().entered_by == omar


def test_a_position_is_read(post: Post, rosa: Person) -> None:
    reply = log_response(
        by=rosa, undertaking=Undertaking.objects.get(), words="Warm words.", dated_on=day(2)
    )
    path = f"/desk/register/replies/{reply.pk}/read/"
    page = post(path, position="in_principle", reason="")
    assert "Say why you read this position" in page
    assert 'value="in_principle" checked' in page
    page = post(path, position="in_principle", reason="It promises nothing.")
    assert "The position is recorded beside the words of Northmoor Police" in page
    assert "Read as accepted in principle" in page


def test_whoever_is_of_the_body_is_told_that_someone_else_must_judge(
    client: Client, omar: Person, open_question: Recommendation
) -> None:
    reply = log_response(
        by=omar, undertaking=open_question.undertakings.get(), words="Yes.", dated_on=day()
    )
    client.force_login(omar)
    answer = client.get(f"/desk/register/replies/{reply.pk}/read/")
    assert answer.status_code == 403
    assert "so someone else must judge this" in answer.content.decode()


# --- Clocks --------------------------------------------------------------------------------------


def test_a_clock_is_extended(post: Post) -> None:
    page = post(f"{OF_FORCE}extend/", days="14", reason="The watchdog agreed.")
    assert "Every date before it stays visible, with the reason." in page
    assert clock().due_on == day(-59)


def test_a_clock_is_paused_and_runs_again(post: Post) -> None:
    page = post(f"{OF_FORCE}pause/", reason="Judicial review.", **typed("on", day(4)))
    assert "The clock stands still." in page
    assert "Let it run again" in page
    post(f"{OF_FORCE}resume/", reason="Refused.", **typed("on", day(1)))
    assert clock().due_on == day(-48)


def test_an_official_date_is_recorded(post: Post) -> None:
    page = post(f"{OF_FORCE}date/", reason="Its letter.", **typed("on", day(-30)))
    assert "The official date is" in page
    assert clock().official_on == day(-30)


def test_what_a_rule_refuses_stands_at_its_field(post: Post) -> None:
    page = post(f"{OF_FORCE}pause/", reason="Review.", **typed("on", day(30)))
    assert "The time limit was counted from" in page
    assert 'href="#id_on-day"' in page
    assert "Review.</textarea>" in page


def test_a_clock_is_started_where_none_runs(
    as_rosa: Client, rosa: Person, inspection: Report, force: Body, bases: list[Basis]
) -> None:
    data = {"words": "Record it.", "kind": "recommendation", "bodies": [force.pk]}
    page = as_rosa.post(f"/desk/reports/{inspection.pk}/enter/", data, follow=True)
    assert "R-0001 is in the register" in page.content.decode()
    agreed = Basis.objects.get(code="local-agreement").pk
    start = {"basis": agreed, **typed("starts_on", date(2026, 3, 2))}
    as_rosa.post(f"{OF_FORCE}clock/", start)
    assert clock().due_on == date(2026, 3, 30)


def test_where_no_clock_runs_there_is_none_to_change(
    as_rosa: Client, rosa: Person, inspection: Report, force: Body
) -> None:
    data = {"words": "Record it.", "kind": "recommendation", "bodies": [force.pk]}
    as_rosa.post(f"/desk/reports/{inspection.pk}/enter/", data)
    assert as_rosa.get(f"{OF_FORCE}extend/").status_code == 404


@pytest.mark.parametrize("form", ["extend", "pause", "date"])
def test_a_stopped_clock_says_why_it_does_not_move(
    form: str, as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    owed = open_question.undertakings.get()
    log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=day(1))
    answer = as_rosa.get(f"{OF_FORCE}{form}/")
    assert answer.status_code == 403
    assert "so this clock has stopped" in answer.content.decode()


# --- The recommendation itself -------------------------------------------------------------------


def test_a_transcription_error_is_corrected(post: Post) -> None:
    page = post(f"{ONE}correct/", words="Other words.", reason="A line was left out.")
    assert "The first ones stay beside them, with the reason." in page
    assert "A line was left out." in page


def test_the_correction_starts_with_the_words_that_stand(
    as_rosa: Client, open_question: Recommendation
) -> None:
    assert open_question.words in as_rosa.get(f"{ONE}correct/").content.decode()


def test_what_was_entered_in_error_is_withdrawn(post: Post) -> None:
    page = post(f"{ONE}withdraw/", reason="It is a heading.")
    assert "R-0001 is withdrawn. It stays in the register" in page
    assert "It is a heading." in page


def test_a_body_is_added(post: Post, council: Body) -> None:
    page = post(f"{ONE}address/", body=council.pk, because="in the annex")
    assert "R-0001 is addressed to Northmoor Council too. Nobody has been told yet." in page


def test_what_is_owed_is_passed_to_the_successor(
    post: Post, as_rosa: Client, force: Body, council: Body
) -> None:
    assert "Record it first" in as_rosa.get(f"{OF_FORCE}pass/").content.decode()
    succeed_body(by="operator", body=force, successor=council, on=day(1))
    assert "Pass to the successor" in as_rosa.get(OF_FORCE).content.decode()
    assert (
        "Northmoor Council</b> answers for this" in as_rosa.get(f"{OF_FORCE}pass/").content.decode()
    )
    page = post(f"{OF_FORCE}pass/")
    assert "R-0001 is passed to Northmoor Council, with its clock and its answer." in page
    assert "Passed to Northmoor Council" in as_rosa.get(OF_FORCE).content.decode()


def test_it_is_entered_by_hand_where_no_document_can_be_read(
    post: Post, inspection: Report, force: Body, council: Body
) -> None:
    page = post(
        f"/desk/reports/{inspection.pk}/enter/",
        words="Record it.",
        kind="area_for_improvement",
        number="4(a)",
        bodies=[force.pk, council.pk],
        because="the chief officers",
    )
    assert "R-0002 is in the register. Nothing about it is public yet." in page
    made = Recommendation.objects.get(reference="R-0002")
    assert made.number == "4(a)"
    assert {u.because for u in made.undertakings.all()} == {"the chief officers"}


# --- Who may, and what is typed ------------------------------------------------------------------

FORMS = [
    f"{ONE}correct/",
    f"{ONE}withdraw/",
    f"{ONE}address/",
    f"{OF_FORCE}reply/",
    f"{OF_FORCE}pass/",
    f"{OF_FORCE}extend/",
    f"{OF_FORCE}pause/",
    f"{OF_FORCE}date/",
]


@pytest.mark.parametrize("path", FORMS)
def test_a_reader_is_told_who_may(
    path: str, client: Client, ravi: Person, open_question: Recommendation
) -> None:
    client.force_login(ravi)
    for answer in (client.get(path), client.post(path, {})):
        assert answer.status_code == 403
        assert "Only a governance officer" in answer.content.decode()


@pytest.mark.parametrize("path", [*FORMS, f"{OF_FORCE}resume/", f"{OF_FORCE}clock/"])
def test_for_another_body_none_of_it_is_there(
    path: str, client: Client, lena: Person, open_question: Recommendation
) -> None:
    client.force_login(lena)
    assert client.get(path).status_code == client.post(path, {}).status_code == 404


@pytest.mark.parametrize("path", FORMS)
def test_a_stranger_signs_in_first(path: str, client: Client, open_question: object) -> None:
    assert client.post(path, {}).status_code == 302


@pytest.mark.parametrize("path", FORMS)
def test_a_form_is_opened_or_sent_and_nothing_else(
    path: str, as_rosa: Client, open_question: object
) -> None:
    assert as_rosa.delete(path).status_code == 405


@pytest.mark.parametrize("path", FORMS)
def test_a_form_costs_few_queries(
    path: str, as_rosa: Client, open_question: object, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert as_rosa.get(path).status_code == 200


ANYTHING = st.text(max_size=40) | st.integers(-(10**12), 10**12).map(str)
FIELDS = st.sampled_from(
    [
        "words", "restates", "document", "page", "source_url", "position", "reason", "days", "body",
        "because", "basis", "number", "kind", "bodies", "dated_on-day", "dated_on-month",
        "dated_on-year", "received_on-day", "on-day", "on-month", "on-year", "starts_on-year",
    ]
)  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from([*FORMS, f"{OF_FORCE}clock/", f"{OF_FORCE}resume/"]),
    data=st.dictionaries(FIELDS, ANYTHING, max_size=8),
)
def test_whatever_is_typed_no_form_breaks(
    path: str, data: dict[str, str], as_rosa: Client, open_question: object
) -> None:
    assert as_rosa.post(path, data).status_code in {200, 302, 403}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.dictionaries(FIELDS, ANYTHING, max_size=8))
def test_whatever_is_typed_reading_and_entering_do_not_break(
    data: dict[str, str],
    as_rosa: Client,
    rosa: Person,
    open_question: Recommendation,
) -> None:
    reply = Response.objects.first() or log_response(
        by=rosa, undertaking=open_question.undertakings.get(), words="Yes.", dated_on=day()
    )
    for path in (
        f"/desk/register/replies/{reply.pk}/read/",
        f"/desk/reports/{open_question.report_id}/enter/",
    ):
        assert as_rosa.post(path, data).status_code in {200, 302}


def test_a_paused_clock_offers_to_run_again(
    as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    pause_clock(by=rosa, clock=clock(), on=day(2), reason="Review.")
    page = as_rosa.get(OF_FORCE).content.decode()
    assert "Let it run again" in page
    assert "Pause it" not in page
