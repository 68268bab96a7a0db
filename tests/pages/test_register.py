"""The register's pages: the list with its downloads, a recommendation's page, one body's answer."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from answerable.accounts.models import Body, Person
from answerable.register.actions.clocks import extend_clock, pause_clock
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Recommendation
from answerable.register.rules import listing as listing_rules
from answerable.reports.models import Document, Report

LIST = "/desk/register/"


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:2000]
    return " ".join(answer.content.decode().split())


@pytest.fixture
def as_rosa(client: Client, rosa: Person) -> Client:
    client.force_login(rosa)
    return client


@pytest.fixture
def as_omar(client: Client, omar: Person) -> Client:
    client.force_login(omar)
    return client


# --- The list ------------------------------------------------------------------------------------


def test_the_list_shows_what_was_asked_of_whom_and_the_answer(
    as_rosa: Client, asked: list[Recommendation]
) -> None:
    page = text(as_rosa, LIST)
    assert "3 recommendations" in page
    assert "should record every report about a child at risk" in page
    assert "<dt>Response</dt><dd>Accepted in principle</dd>" in page
    assert page.count("<dt>Effect</dt><dd>No measure yet</dd>") == 4
    assert "15 days late" in page


def test_an_empty_register_says_how_to_begin(as_rosa: Client) -> None:
    assert "Begin with a report" in text(as_rosa, LIST)


def test_a_lead_with_nothing_to_answer_is_told_so(as_omar: Client) -> None:
    assert "When something is asked of Northmoor Police" in text(as_omar, LIST)


def test_filters_stand_in_the_address_and_can_be_taken_out(
    as_rosa: Client, asked: list[Recommendation], council: Body
) -> None:
    page = text(as_rosa, f"{LIST}?q=conversation&body={council.pk}&clock=late&sort=oldest")
    assert "1 recommendation<" in page
    assert "R-0003" in page
    assert "R-0001" not in page
    assert "Take out </span>Northmoor Council" in page


def test_nothing_found_offers_the_whole(as_rosa: Client, asked: list[Recommendation]) -> None:
    assert "Show the whole register" in text(as_rosa, f"{LIST}?q=zebra")


def test_a_report_narrows_the_list_and_is_named(
    as_rosa: Client, asked: list[Recommendation], open_question: Recommendation
) -> None:
    page = text(as_rosa, f"{LIST}?report={open_question.report_id}")
    assert "What <b>Learning from complaints about missing children</b> asked" in page
    assert "1 recommendation<" in page


def test_a_report_that_is_not_hers_is_not_named(
    client: Client, lena: Person, open_question: Recommendation
) -> None:
    client.force_login(lena)
    page = text(client, f"{LIST}?report={open_question.report_id}")
    assert "Learning from complaints" not in page


def test_pages_have_25_and_keep_the_question(
    as_rosa: Client, rosa: Person, learning: Report
) -> None:
    for n in range(27):
        enter_recommendation(by=rosa, report=learning, words=f"Matter {n} to record.")
    page = text(as_rosa, f"{LIST}?q=matter&page=2")
    assert page.count('class="govuk-link an-ref"') == 2
    assert "?q=matter&amp;page=1" in page


def test_an_act_is_on_the_list_at_once(
    as_rosa: Client, rosa: Person, asked: list[Recommendation]
) -> None:
    assert "<dd>No reply</dd>" in text(as_rosa, f"{LIST}?body=&q=conversation")
    owed = asked[2].undertakings.get()
    log_response(by=rosa, undertaking=owed, words="Yes.", dated_on=timezone.localdate())
    assert "<dd>Reply to be read</dd>" in text(as_rosa, f"{LIST}?body=&q=conversation")


def test_a_lead_sees_her_own_bodys_and_no_other_answer(
    as_omar: Client, asked: list[Recommendation]
) -> None:
    page = text(as_omar, LIST)
    assert "2 recommendations" in page
    assert "R-0003" not in page
    assert "Northmoor Council</b>" not in page


def test_two_readers_of_one_page_never_see_each_others(
    client: Client, rosa: Person, omar: Person, asked: list[Recommendation]
) -> None:
    client.force_login(rosa)
    assert "R-0003" in text(client, LIST)
    client.force_login(omar)
    assert "R-0003" not in text(client, LIST)


def test_an_administrator_is_told_who_may_read_the_register(client: Client, ada: Person) -> None:
    client.force_login(ada)
    assert "may read the register" in text(client, LIST, status=403)


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    for path in (LIST, f"{LIST}R-0001/", "/desk/"):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", ["", "R-0001/", "R-0001/by/northmoor-police/"])
def test_reading_is_only_for_reading(path: str, as_rosa: Client, asked: object) -> None:
    assert as_rosa.post(LIST + path).status_code == 405


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_costs_the_same_however_long_it_is(
    rows: int,
    as_rosa: Client,
    rosa: Person,
    learning: Report,
    force: Body,
    council: Body,
    django_assert_max_num_queries: object,
) -> None:
    for n in range(rows):
        bodies = [(force, ""), (council, "")]
        enter_recommendation(by=rosa, report=learning, words=f"Thing {n}.", bodies=bodies)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        as_rosa.get(f"{LIST}?q=thing&body={force.pk}&position=silent&clock=running&sort=due")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    asked_for=st.dictionaries(
        st.sampled_from(
            ["q", "body", "report", "author", "area", "kind", "position", "clock", "sort", "page"]
        ),
        st.text(max_size=30) | st.integers(-(10**20), 10**20).map(str) | st.just("late"),
    )
)
def test_no_question_breaks_the_list(
    as_rosa: Client, asked: list[Recommendation], asked_for: dict[str, str]
) -> None:
    assert as_rosa.get(LIST, asked_for).status_code == 200


# --- Downloads -----------------------------------------------------------------------------------


def rows_of_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{LIST}?format=csv{query}")
    assert answer["Content-Disposition"].startswith("attachment")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def rows_of_xlsx(client: Client, query: str = "") -> list[dict[str, object]]:
    answer = client.get(f"{LIST}?format=xlsx{query}")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    headings, *rows = sheet.iter_rows(values_only=True)  # type: ignore[union-attr]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_download_is_the_whole_list_as_narrowed(
    as_rosa: Client, rosa: Person, learning: Report, asked: list[Recommendation]
) -> None:
    for n in range(30):
        enter_recommendation(by=rosa, report=learning, words=f"Matter {n}.")
    assert len(rows_of_csv(as_rosa, "&q=matter")) == 30
    assert len(rows_of_xlsx(as_rosa, "&q=matter")) == 30
    lines = rows_of_csv(as_rosa, "&sort=oldest")
    assert [(r["Reference"], r["Addressed to"], r["Response"]) for r in lines[:3]] == [
        ("R-0001", "Northmoor Police", "Accepted"),
        ("R-0002", "Northmoor Police", "Accepted in principle"),
        ("R-0002", "Northmoor Council", "No reply"),
    ]
    assert lines[0]["Address here"].endswith("/desk/register/R-0001/")


def test_a_leads_download_has_only_her_bodys_lines(
    as_omar: Client, asked: list[Recommendation]
) -> None:
    assert {r["Addressed to"] for r in rows_of_csv(as_omar)} == {"Northmoor Police"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_spreadsheet_takes_words_for_a_formula(
    start: str, as_rosa: Client, rosa: Person, learning: Report
) -> None:
    enter_recommendation(by=rosa, report=learning, words="x", number=start)
    [row] = rows_of_csv(as_rosa)
    assert not row["Number in the report"].startswith(("=", "+", "-", "@", "\t"))
    book = load_workbook(io.BytesIO(as_rosa.get(f"{LIST}?format=xlsx").content))
    assert all(c.data_type != "f" for line in book.active.iter_rows() for c in line)  # type: ignore[union-attr]


def test_a_workbook_of_too_many_is_refused_in_words(
    as_rosa: Client, asked: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_rules, "MOST_IN_WORKBOOK", 2)
    assert "download it as CSV" in text(as_rosa, f"{LIST}?format=xlsx", status=403)
    assert len(rows_of_csv(as_rosa)) == 4


def test_control_characters_do_not_break_a_workbook(
    as_rosa: Client, rosa: Person, learning: Report
) -> None:
    enter_recommendation(by=rosa, report=learning, words="a\x0bb\x1fc")
    assert rows_of_xlsx(as_rosa)[0]["Words"] == "abc"


# --- A recommendation ----------------------------------------------------------------------------


def test_the_page_answers_in_order(as_rosa: Client, asked: list[Recommendation]) -> None:
    page = text(as_rosa, f"{LIST}R-0001/")
    order = [
        "should record every report about a child at risk",
        "Inspection of child protection in Northmoor,",
        "<b>Response</b>",
        "Accepted",
        "<b>Delivery</b>",
        "Nothing claimed",
        "<b>Assurance</b>",
        "Nobody independent has looked yet",
        "<b>Effect</b>",
        "No measure yet",
        "What happens next.",
        "We accept this and began on 1 October.",
        "Read as accepted",
        "The clock",
        "How it got here",
        "entered R-0001 in the register",
    ]
    found = [page.index(words) for words in order]
    assert found == sorted(found)


def test_where_nobody_claims_nothing_differs(as_rosa: Client, asked: list[Recommendation]) -> None:
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "agree on a closing test: what would a sceptic look at?" in page
    assert "The claim and what has been seen differ" not in page


def test_each_body_has_its_own_four_questions(as_rosa: Client, asked: list[Recommendation]) -> None:
    page = text(as_rosa, f"{LIST}R-0002/")
    assert page.count("<b>Assurance</b>") == 2
    assert "Northmoor Council should have replied by" in page


def test_many_bodies_stand_in_a_table(
    as_rosa: Client, rosa: Person, learning: Report, django_assert_max_num_queries: object
) -> None:
    bodies = Body.objects.bulk_create(
        Body(name=f"Force {n}", slug=f"force-{n}", kind="force") for n in range(43)
    )
    enter_recommendation(by=rosa, report=learning, words="All.", bodies=[(b, "") for b in bodies])
    enter_recommendation(by=rosa, report=learning, words="One more.", bodies=[])
    as_rosa.get(f"{LIST}R-0002/")  # what the office knows of all of them is remembered
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = text(as_rosa, f"{LIST}R-0001/")
    assert "addressed to 43 bodies" in page
    assert "Force 42" in page
    assert "<b>Assurance</b>" not in page


def test_a_correction_shows_both_wordings(
    as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    correct_recommendation(
        by=rosa,
        recommendation=open_question,
        words=open_question.words.replace("24 hours", "48 hours"),
        reason="The page says 48.",
    )
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "within 48 hours, and that a supervisor" in page
    assert "The page says 48." in page
    assert "<del>" in page
    assert "[removed:] </span>24<" in page


def test_a_reply_that_rewords_is_shown_word_by_word(
    as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    log_response(
        by=rosa,
        undertaking=open_question.undertakings.get(),
        words="We will try.",
        restates=open_question.words.replace("every report", "most reports"),
        dated_on=timezone.localdate(),
    )
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "It words the recommendation in its own way" in page
    assert "[removed:] </span>every report<" in page
    assert "[added:] </span>most reports<" in page


def test_every_date_ever_promised_is_shown(
    as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    clock = open_question.undertakings.get().clock
    extend_clock(by=rosa, clock=clock, days=14, reason="The watchdog agreed.")
    pause_clock(by=rosa, clock=clock, on=timezone.localdate(), reason="Judicial review.")
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "Extended by 14 days: The watchdog agreed." in page
    assert "Moved once. 14 days later than first counted." in page
    assert "Stands still" in page
    assert "Judicial review." in page


def test_a_withdrawn_one_stays_and_says_why(
    as_rosa: Client, rosa: Person, open_question: Recommendation
) -> None:
    withdraw_recommendation(by=rosa, recommendation=open_question, reason="It is a heading.")
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "it was entered in error.</b> It is a heading." in page
    assert "Enter the reply" not in page


def test_the_passage_is_marked_on_its_page(
    as_rosa: Client, rosa: Person, inspection_read: Document, force: Body
) -> None:
    candidate = inspection_read.reading.candidates.filter(taken=True).first()
    enter_recommendation(
        by=rosa,
        report=inspection_read.report,
        words=candidate.words,
        document=inspection_read,
        page=candidate.page,
        spans=candidate.spans,
        bodies=[(force, "")],
    )
    page = text(as_rosa, f"{LIST}R-0001/")
    assert "<rect" in page
    assert f"/desk/documents/{inspection_read.pk}/?page={candidate.page}#pages" in page


def test_a_paraphrase_is_never_shown_as_the_reports_own_words(
    as_rosa: Client, rosa: Person, learning: Report
) -> None:
    enter_recommendation(
        by=rosa,
        report=learning,
        words="Record it.",
        paraphrased=True,
        source_url="https://example.org/report",
    )
    assert "These words are ours, after" in text(as_rosa, f"{LIST}R-0001/")


def test_the_buttons_are_those_that_the_rules_allow(
    client: Client,
    rosa: Person,
    vera: Person,
    omar: Person,
    cass: Person,
    open_question: Recommendation,
) -> None:
    offered = {}
    for person in (rosa, vera, omar, cass):
        client.force_login(person)
        page = text(client, f"{LIST}R-0001/")
        words = ("Enter the reply", "Correct a transcription", "Extend it", "Pause it")
        offered[person.name.split()[0]] = [w for w in words if w in page]
    assert offered == {
        "Rosa": ["Enter the reply", "Correct a transcription", "Extend it", "Pause it"],
        "Vera": [],
        "Omar": ["Enter the reply"],
        "Cass": [],
    }


def test_the_page_is_never_remembered_for_someone_else(
    client: Client, rosa: Person, ravi: Person, omar: Person, asked: list[Recommendation]
) -> None:
    client.force_login(rosa)
    assert "Northmoor Council" in text(client, f"{LIST}R-0002/")
    assert "Enter another reply" in text(client, f"{LIST}R-0002/")
    client.force_login(ravi)
    assert "Enter another reply" not in text(client, f"{LIST}R-0002/")
    client.force_login(omar)
    assert "Northmoor Council</a>" not in text(client, f"{LIST}R-0002/")


@pytest.mark.parametrize(
    "path", ["R-0003/", "R-0003/by/northmoor-council/", "R-9999/", "nonsense/"]
)
def test_what_is_not_theirs_is_not_there(
    path: str, as_omar: Client, asked: list[Recommendation]
) -> None:
    text(as_omar, LIST + path, status=404)


def test_a_lead_does_not_see_the_answer_of_another_body(
    as_omar: Client, asked: list[Recommendation]
) -> None:
    page = text(as_omar, f"{LIST}R-0002/")
    assert "Northmoor Council</a></h2>" not in page
    text(as_omar, f"{LIST}R-0002/by/northmoor-council/", status=404)


def test_a_whole_record_costs_few_queries(
    as_rosa: Client,
    rosa: Person,
    asked: list[Recommendation],
    django_assert_max_num_queries: object,
) -> None:
    owed = asked[1].undertakings.first()
    for n in range(6):
        reply = log_response(
            by=rosa, undertaking=owed, words=f"Reply {n}.", dated_on=timezone.localdate()
        )
        read_position(by=rosa, response=reply, position="in_part", reason=f"Reading {n}.")
    correct_recommendation(by=rosa, recommendation=asked[1], words="Other.", reason="Misread.")
    as_rosa.get(f"{LIST}R-0001/")  # what the office knows of all of them is remembered
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        as_rosa.get(f"{LIST}R-0002/")


# --- One body's answer ---------------------------------------------------------------------------


def test_one_bodys_answer_has_its_own_page(
    as_rosa: Client, asked: list[Recommendation], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = text(as_rosa, f"{LIST}R-0002/by/northmoor-police/")
    assert "The answer of Northmoor Police" in page
    assert "Welcoming is not accepting." in page
    assert "Named as Northmoor Police." in page


def test_a_late_reply_says_how_late_it_was(
    as_rosa: Client, rosa: Person, asked: list[Recommendation]
) -> None:
    log_response(
        by=rosa,
        undertaking=asked[2].undertakings.get(),
        words="Yes.",
        dated_on=timezone.localdate() - timedelta(days=5),
    )
    page = text(as_rosa, f"{LIST}R-0003/by/northmoor-council/")
    assert "10 days after the last day" in page
