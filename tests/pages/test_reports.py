"""The pages about reports: the list, one report, logging and changing one."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.actions import add_area
from answerable.accounts.models import Area, Body, Person
from answerable.register.actions.recommendations import enter_recommendation
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reports import change_report, log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Report
from answerable.reports.queries.likeness import likely_same
from tests import papers

LIST, NEW, LOG = "/desk/reports/", "/desk/reports/new/", "/desk/reports/new/details/"
MOST = 15 + 4
"""Fifteen queries, and the savepoints that stand for transactions inside a test."""
STAFF = ("vera", "cass", "petra", "percy", "ravi")


@pytest.fixture
def report(rosa: Person, inspectorate: Body) -> Report:
    return log_report(
        by=rosa,
        title="Inspection of custody in Northmoor",
        kind="inspection",
        author=inspectorate,
        published_on=date(2026, 9, 30),
        address="https://inspectorate.example/custody",
    )


def typed(author: Body, **more: object) -> dict[str, object]:
    """What a browser sends for a new report."""
    return {
        "title": "Review of missing children",
        "kind": "review",
        "author": author.pk,
        "published_on-day": "14",
        "published_on-month": "3",
        "published_on-year": "2024",
    } | more


# --- The list ---------------------------------------------------------------------------------------


def test_the_list_shows_each_report_with_what_is_left_to_do(
    client: Client, rosa: Person, report: Report
) -> None:
    receive_document(by=rosa, report=report, upload=io.BytesIO(papers.pdf()), name="custody.pdf")
    run_waiting()
    client.force_login(rosa)
    page = client.get(LIST).text
    assert "Inspection of custody in Northmoor" in page
    assert "30 September 2026" in page
    assert "<b>3 to check</b>" in page
    assert "1 report" in page


def test_an_empty_list_says_how_to_begin(client: Client, rosa: Person, ravi: Person) -> None:
    client.force_login(rosa)
    assert "No reports yet" in client.get(LIST).text
    assert 'href="/desk/reports/new/"' in client.get(LIST).text
    client.force_login(ravi)
    assert 'href="/desk/reports/new/"' not in client.get(LIST).text, "a reader logs nothing"


def test_filters_stand_in_the_address_and_can_be_taken_out(
    client: Client, rosa: Person, report: Report
) -> None:
    client.force_login(rosa)
    assert report.title in client.get(f"{LIST}?q=custody&kind=inspection&year=2026").text
    page = client.get(f"{LIST}?q=nothing+like+it").text
    assert "No report fits" in page
    assert report.title not in page


def test_the_list_is_worth_downloading_and_safe_to_open(
    client: Client, rosa: Person, inspectorate: Body, report: Report
) -> None:
    log_report(by=rosa, title="=HYPERLINK(1)", kind="audit", author=inspectorate)
    client.force_login(rosa)
    answer = client.get(f"{LIST}?format=csv&sort=title")
    assert answer["Content-Disposition"].startswith('attachment; filename="reports-')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [r["Title"] for r in rows] == ["'=HYPERLINK(1)", report.title]
    assert rows[1]["Address here"].endswith(f"/desk/reports/{report.pk}/")


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_asks_no_more_of_the_database_when_it_grows(
    client: Client,
    rosa: Person,
    inspectorate: Body,
    rows: int,
    django_assert_max_num_queries: object,
) -> None:
    for n in range(rows):
        log_report(by="operator", title=f"Report {n}", kind="audit", author=inspectorate)
    client.force_login(rosa)
    with django_assert_max_num_queries(MOST):  # type: ignore[operator]
        assert client.get(LIST).status_code == 200


# --- One report ---------------------------------------------------------------------------------------


def test_a_report_says_what_to_do_next(client: Client, rosa: Person, report: Report) -> None:
    client.force_login(rosa)
    address = reverse("desk:report", args=[report.pk])
    assert "Add the report itself" in client.get(address).text
    receive_document(by=rosa, report=report, upload=io.BytesIO(papers.pdf()), name="custody.pdf")
    receive_document(by=rosa, report=report, upload=io.BytesIO(papers.scan()), name="scan.pdf")
    assert "Waiting to be read" in client.get(address).text
    run_waiting()
    page = client.get(address).text
    assert "Check what the reader found" in page
    assert "put aside" in page
    assert "Rosa Adeyemi received custody.pdf" in page
    assert "Answerable read custody.pdf: 3 candidates on 3 pages" in page


def test_its_page_leads_to_entering_by_hand_whoever_may(
    client: Client, rosa: Person, ravi: Person, report: Report
) -> None:
    address = reverse("desk:report", args=[report.pk])
    by_hand = reverse("desk:enter_recommendation", args=[report.pk])
    client.force_login(rosa)
    assert by_hand in client.get(address).text
    assert client.get(by_hand).status_code == 200
    client.force_login(ravi)
    assert by_hand not in client.get(address).text
    assert client.get(by_hand).status_code == 403


def test_its_page_asks_no_more_of_the_database_when_it_has_many_documents(
    client: Client, rosa: Person, report: Report, django_assert_max_num_queries: object
) -> None:
    for n in range(12):
        text = io.BytesIO(b"Recommendation: count them. %d" % n)
        receive_document(by=rosa, report=report, upload=text, name=f"{n}.txt")
    client.force_login(rosa)
    with django_assert_max_num_queries(MOST):  # type: ignore[operator]
        assert client.get(reverse("desk:report", args=[report.pk])).status_code == 200


def test_a_lead_sees_a_report_once_it_asks_something_of_her_body(
    client: Client, rosa: Person, omar: Person, lena: Person, force: Body, report: Report
) -> None:
    address = reverse("desk:report", args=[report.pk])
    client.force_login(omar)
    assert client.get(address).status_code == 404
    enter_recommendation(
        by=rosa, report=report, words="Record it.", bodies=[(force, "It is named.")]
    )
    page = client.get(address)
    assert page.status_code == 200
    assert "What to do next" not in page.text, "what is left to check is the office's"
    assert client.get(LIST).text.count(report.title) == 1
    client.force_login(lena)
    assert client.get(address).status_code == 404
    assert report.title not in client.get(LIST).text


# --- Logging --------------------------------------------------------------------------------------------


def test_the_title_is_looked_for_first(client: Client, rosa: Person, report: Report) -> None:
    client.force_login(rosa)
    page = client.get(NEW, {"title": "Custody inspection in Northmoor"}).text
    assert "Is it one of these?" in page
    assert report.title in page
    page = client.get(NEW, {"title": "Something new altogether"}).text
    assert "No report like it is here" in page
    assert "What is the report called?" in client.get(NEW, {"title": ""}).text


def test_a_report_is_logged_and_its_documents_asked_for(
    client: Client, rosa: Person, inspectorate: Body
) -> None:
    client.force_login(rosa)
    answer = client.post(LOG, typed(inspectorate), follow=True)
    report = Report.objects.get()
    assert answer.redirect_chain[0][0] == reverse("desk:add_documents", args=[report.pk])
    assert "The report is logged. Nothing about it is public." in answer.text
    assert (report.published_on, report.logged_by) == (date(2024, 3, 14), rosa)


def test_what_is_here_already_is_shown_and_a_person_says_it_is_another(
    client: Client, rosa: Person, inspectorate: Body, report: Report
) -> None:
    client.force_login(rosa)
    sent = typed(inspectorate, title="Inspection of custody in Northmoor", scope="Typed by hand")
    page = client.post(LOG, sent).text
    assert "This may be “Inspection of custody in Northmoor”" in page
    assert "Typed by hand" in page, "what was typed is still there"
    assert "It is another report" in page
    assert Report.objects.count() == 1
    assert client.post(LOG, sent | {"another": "on"}).status_code == 302
    assert Report.objects.count() == 2


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, rosa: Person, inspectorate: Body
) -> None:
    client.force_login(rosa)
    wrong = typed(inspectorate, title="", scope="All four", **{"published_on-month": "13"})
    page = client.post(LOG, wrong).text
    assert "Enter the title" in page
    assert "Date of publication must be a real date" in page
    assert "All four" in page
    assert 'value="13"' in page
    assert not Report.objects.exists()


# --- Changing -----------------------------------------------------------------------------------------


def test_a_change_is_saved_and_told(
    client: Client, rosa: Person, report: Report, force: Body
) -> None:
    add_area(by="operator", body=force, name="Carrow")
    client.force_login(rosa)
    address = reverse("desk:change_report", args=[report.pk])
    assert 'value="1"' in client.get(address).text
    sent = typed(report.author, title=report.title, version=1, areas=[Area.objects.get().pk])
    page = client.post(address, sent, follow=True).text
    assert "The details are changed." in page
    assert "Carrow" in page
    assert "Rosa Adeyemi changed the kind, the date of publication" in page
    assert "the areas" in page


def test_an_edit_of_an_older_version_is_refused_and_keeps_what_was_typed(
    client: Client, rosa: Person, report: Report
) -> None:
    change_report(by=rosa, report=report, seen_version=1, scope="What a colleague wrote")
    client.force_login(rosa)
    address = reverse("desk:change_report", args=[report.pk])
    sent = typed(report.author, title="My title", scope="What I wrote", version=1)
    page = client.post(address, sent).text
    assert "Someone has changed this report since you opened the page." in page
    assert "What a colleague wrote" in page
    assert "What I wrote" in page
    assert "My title" in page
    assert 'name="version" value="2"' in page, "saving again is a decision made with open eyes"
    assert client.post(address, sent | {"version": 2}).status_code == 302
    report.refresh_from_db()
    assert (report.scope, report.version) == ("What I wrote", 3)


# --- Who, and how ------------------------------------------------------------------------------------


def test_a_stranger_is_asked_to_sign_in(client: Client, report: Report) -> None:
    for address in (LIST, NEW, LOG, f"/desk/reports/{report.pk}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("who", STAFF)
def test_a_colleague_may_read_and_is_told_why_she_may_not_log(
    who: str, client: Client, report: Report, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(LIST).status_code == 200
    assert client.get(f"/desk/reports/{report.pk}/").status_code == 200
    for address in (NEW, LOG, reverse("desk:change_report", args=[report.pk])):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Only a governance officer may log and change reports." in answer.text


def test_an_administrator_is_told_that_reports_are_not_hers(
    client: Client, ada: Person, report: Report
) -> None:
    client.force_login(ada)
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(
    method: str, client: Client, rosa: Person, report: Report
) -> None:
    client.force_login(rosa)
    for address in (LIST, NEW, LOG, f"/desk/reports/{report.pk}/"):
        assert getattr(client, method)(address).status_code == 405
    assert client.post(LIST).status_code == 405


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "x"])
def test_a_report_that_is_not_there_is_not_found(client: Client, rosa: Person, pk: str) -> None:
    client.force_login(rosa)
    assert client.get(f"/desk/reports/{pk}/").status_code == 404


TEXT = st.text(max_size=40)
ANY_FORM = st.fixed_dictionaries(
    {},
    optional={
        name: TEXT | st.integers().map(str)
        for name in (
            "title",
            "kind",
            "author",
            "commissioner",
            "published_on-day",
            "published_on-month",
            "published_on-year",
            "published_words",
            "address",
            "stated_count",
            "clock_basis",
            "period_from-year",
            "terms",
            "areas",
            "version",
            "another",
        )
    },
)
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@OFTEN
@given(sent=ANY_FORM)
def test_no_form_breaks_the_pages(
    client: Client, rosa: Person, report: Report, sent: dict[str, str]
) -> None:
    client.force_login(rosa)
    for address in (LOG, reverse("desk:change_report", args=[report.pk])):
        assert client.post(address, sent).status_code in (200, 302)


@OFTEN
@given(
    sent=st.fixed_dictionaries(
        {},
        optional={
            name: TEXT | st.integers().map(str)
            for name in ("q", "kind", "author", "year", "to_do", "sort", "page", "title", "format")
        },
    )
)
def test_no_address_breaks_the_pages(
    client: Client, rosa: Person, report: Report, sent: dict[str, str]
) -> None:
    client.force_login(rosa)
    query = urlencode(sent, errors="replace")
    for address in (LIST, NEW, LOG):
        assert client.get(f"{address}?{query}").status_code == 200


@given(title=st.text(max_size=80))
@OFTEN
def test_a_search_for_any_title_answers(report: Report, title: str) -> None:
    likely_same(title=title.replace("\x00", ""))
