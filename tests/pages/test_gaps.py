"""Gap analyses on the desk: run, read by kind, narrowed, compared, drawn, and taken away."""

import io
import json
from collections.abc import Callable

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from playwright.sync_api import Page

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Closure
from answerable.audit.models import Event
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.actions.themes import add_theme
from answerable.gaps.models import GapRun
from answerable.gaps.queries import export, runs
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.browser import Window, accessible
from tests.pages.test_opinions import page, words

LIST = "/desk/gaps/"
ONE = f"{LIST}G-0001/"
FORMULA = '=HYPERLINK("http://bad.example")'
PLANTED = "kestrel-lamplight"


@pytest.fixture
def again(
    asked: list[Recommendation], rosa: Person, inspectorate: Body, force: Body
) -> Recommendation:
    """R-0004: a later report asks the force once more, under the theme “Recording” as R-0001 does."""
    report = log_report(
        by=rosa, title="Inspection, a year on", kind=Report.Kind.INSPECTION, author=inspectorate,
        published_on=timezone.localdate(), invented=True,
    )  # fmt: skip
    said = f"{FORMULA} Northmoor Police must record each report within a day 👩‍👧 漢字."
    made = enter_recommendation(by=rosa, report=report, words=said, bodies=[(force, "")])
    add_theme(by=rosa, name=f"Recording {PLANTED}", recommendations=[asked[0], made])
    return made


@pytest.fixture
def grave(closure: Closure, again: Recommendation, rosa: Person) -> Recommendation:
    """What was closed is asked again, and a person has signed that it is the same."""
    earlier = closure.undertaking.recommendation
    sign_link(by=rosa, earlier=earlier, later=again, relation="same", reason="Both ask for a day.")
    return again


@pytest.fixture
def run(asked: list[Recommendation], rosa: Person) -> GapRun:
    return run_analysis(by=rosa)


# --- Running one ----------------------------------------------------------------------------------


def test_before_the_first_run_the_page_says_what_it_looks_for(client: Client, rosa: Person) -> None:
    shown = page(client, rosa, LIST)
    assert "No analysis was run yet" in shown
    assert "Asked again after it was called done." in shown
    assert "Run the analysis" in shown


def test_rosa_runs_one_and_reads_the_gravest_first(
    client: Client, grave: Recommendation, rosa: Person
) -> None:
    client.force_login(rosa)
    answer = client.post(LIST, {"body": ""}, follow=True)
    said = words(answer.content)
    assert answer.redirect_chain[-1][0] == ONE
    assert "G-0001 is kept, as the record stands now." in said
    assert "grave: asked again after it was called done" in said
    assert said.index("Asked again after it was called done") < said.index("Never answered")
    assert f"/desk/register/{grave.reference}/by/northmoor-police/" in said
    assert '<a class="govuk-link an-ref" href="/desk/register/R-0001/">R-0001</a>' in said
    listed = page(client, rosa, LIST)
    assert 'href="/desk/gaps/G-0001/"' in listed
    assert GapRun.objects.get().head_digest[:4] in listed


def test_one_body_can_be_asked_about_alone(
    client: Client, asked: list[Recommendation], rosa: Person, council: Body
) -> None:
    client.force_login(rosa)
    said = words(client.post(LIST, {"body": council.pk}, follow=True).content)
    assert "What is missing: Northmoor Council" in said
    assert GapRun.objects.get().body == council
    assert "Northmoor Police.</b>" not in said


def test_what_makes_no_sense_is_asked_about_again(
    client: Client, asked: list[Recommendation], rosa: Person
) -> None:
    client.force_login(rosa)
    assert "Error" in words(client.post(LIST, {"body": "999"}).content)
    assert not GapRun.objects.exists()


# --- Reading --------------------------------------------------------------------------------------


def test_gaps_are_narrowed_by_the_address(
    client: Client, grave: Recommendation, rosa: Person
) -> None:
    run_analysis(by=rosa)
    shown = page(client, rosa, f"{ONE}?kind=never_answered&body=northmoor-council")
    assert "R-0003" in shown
    assert "by/northmoor-police/" not in shown
    assert "No gap is like this" in page(client, rosa, f"{ONE}?q=zebra")
    shown = page(client, rosa, f"{ONE}?theme=recording-{PLANTED}&report=inspection-a-year-on")
    assert "by/northmoor-council/" not in shown
    assert f"/desk/register/{grave.reference}/by/northmoor-police/" in shown
    assert "R-0003" in page(client, rosa, f"{ONE}?kind=nonsense&page=zero")


def test_what_came_and_went_since_the_run_before(
    client: Client, run: GapRun, asked: list[Recommendation], rosa: Person, council: Body
) -> None:
    log_response(
        by=rosa, undertaking=asked[2].undertakings.get(body=council), words="Yes.",
        dated_on=timezone.localdate(),
    )  # fmt: skip
    run_analysis(by=rosa)
    shown = page(client, rosa, f"{LIST}G-0002/")
    assert "Since G-0001, of " in shown
    assert 'href="/desk/gaps/G-0002/changed/"' in shown
    changed = page(client, rosa, f"{LIST}G-0002/changed/")
    new, gone = changed.split("Gone")[-2:]
    assert "R-0003" in gone
    assert "R-0003" in new
    only_new = page(client, rosa, f"{LIST}G-0002/?since=new")
    assert "R-0003" in only_new
    assert "by/northmoor-police/" not in only_new
    assert client.get(f"{ONE}changed/").status_code == 404


def test_where_nothing_is_missing_it_does_not_claim_more(client: Client, rosa: Person) -> None:
    run_analysis(by=rosa)
    shown = page(client, rosa, ONE)
    assert "Nothing was asked yet, so nothing can be missing." in shown
    assert "it does not say that anything is better" in shown
    for kind in ("pdf", "docx", "xlsx", "json"):
        assert client.get(f"{ONE}export.{kind}").status_code == 200
    assert "nothing stood under a theme" in page(client, rosa, f"{ONE}matrix/")


def test_what_is_known_only_from_public_sources_is_left_out_and_said(
    client: Client, asked: list[Recommendation], rosa: Person, force: Body
) -> None:
    enter_recommendation(
        by=rosa, report=asked[0].report, words="In our words.", bodies=[(force, "")],
        paraphrased=True, source_url="https://example.org/report",
    )  # fmt: skip
    run_analysis(by=rosa)
    shown = page(client, rosa, ONE)
    assert "1 answer that is known only from public sources is left out" in shown
    assert "R-0004" not in shown


def test_the_matrix_is_a_picture_a_sentence_and_a_table(
    client: Client, grave: Recommendation, rosa: Person
) -> None:
    run_analysis(by=rosa)
    shown = page(client, rosa, f"{ONE}matrix/")
    assert 'role="img"' in shown
    assert "1 theme by 2 reports." in shown
    assert 'aria-label="Themes by reports: picture"' in shown
    assert f'href="{ONE}?theme=recording-{PLANTED}&report=inspection-a-year-on"' in shown
    assert f'href="{ONE}?body=northmoor-police&family=R-0001"' in shown
    assert "style=" not in shown.split("<main")[1]
    assert 'aria-label="Themes by reports: picture"' in page(client, rosa, ONE)
    assert "reports: picture" not in page(client, rosa, f"{ONE}?kind=never_answered")


# --- To take away ---------------------------------------------------------------------------------


def test_every_export_says_the_same(client: Client, grave: Recommendation, rosa: Person) -> None:
    run = run_analysis(by=rosa)
    client.force_login(rosa)
    files = {kind: client.get(f"{ONE}export.{kind}") for kind in ("pdf", "docx", "xlsx", "json")}
    for kind, answer in files.items():
        assert answer["Content-Disposition"] == f'attachment; filename="G-0001.{kind}"'
        assert "no-store" in answer["Cache-Control"]
    assert files["json"].content == run.content.encode()
    gaps = json.loads(files["json"].content)["gaps"]
    with pikepdf.open(io.BytesIO(files["pdf"].content)) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    tables = Document(io.BytesIO(files["docx"].content)).tables
    assert "Asked again after it was called done" in tables[0].rows[1].cells[0].text
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"].content))["Gaps"]
    assert sheet.max_row == len(gaps) + 1
    said = [cell for row in sheet.iter_rows() for cell in row if FORMULA in str(cell.value)]
    assert said
    assert {cell.data_type for cell in said} == {"s"}
    assert client.get(f"{ONE}export.exe").status_code == 404


def test_a_paper_that_would_be_too_long_says_what_it_leaves_out(
    grave: Recommendation, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "LINES", 1)
    monkeypatch.setattr(export, "WIDEST", 1)
    run = run_analysis(by=rosa)
    paper = export.paper_of(run, runs.analysis_of(run), "")
    silent = next(kind for kind in paper.kinds if kind.name == "Never answered")
    assert (silent.count, len(silent.lines), silent.left_out) == (3, 1, 2)
    assert "the workbook has all" in paper.grids[0].summary


# --- Who may --------------------------------------------------------------------------------------


def test_a_reader_reads_and_runs_nothing(client: Client, run: GapRun, ravi: Person) -> None:
    assert "Run the analysis" not in page(client, ravi, LIST)
    assert "R-0003" in page(client, ravi, ONE)
    assert client.post(LIST, {}).status_code == 403


def test_a_body_learns_nothing_of_the_offices_analyses_and_themes(
    client: Client, grave: Recommendation, rosa: Person, omar: Person, ada: Person
) -> None:
    run_analysis(by=rosa)
    for person in (omar, ada):
        client.force_login(person)
        for path in ("", "G-0001/", "G-0001/matrix/", "G-0001/export.json", "G-0001/export.pdf"):
            answer = client.get(f"{LIST}{path}")
            assert answer.status_code == 403
            assert PLANTED not in words(answer.content)
    shown = page(client, omar, f"/desk/register/{grave.reference}/")
    assert PLANTED not in shown
    assert "/desk/gaps/" not in shown
    assert PLANTED not in json.dumps(
        list(Event.objects.values_list("content", flat=True)), default=str
    )


def test_strangers_other_methods_and_what_is_not_there(
    client: Client, run: GapRun, rosa: Person
) -> None:
    assert client.get(LIST).status_code == client.get(ONE).status_code == 302
    client.force_login(rosa)
    for path in ("G-0002/", "G-0002/matrix/", "G-0002/export.pdf", "nonsense/"):
        assert client.get(f"{LIST}{path}").status_code == 404
    assert client.post(ONE).status_code == client.delete(LIST).status_code == 405


# --- Cost and look --------------------------------------------------------------------------------


def test_pages_cost_few_queries(
    client: Client, grave: Recommendation, rosa: Person, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        run_analysis(by=rosa)
    client.force_login(rosa)
    for path in (LIST, f"{LIST}G-0004/", f"{LIST}G-0004/changed/", f"{LIST}G-0004/matrix/"):
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            assert client.get(path).status_code == 200


@pytest.mark.browser
def test_the_pages_are_accessible_and_look_as_drawn(
    window: Window, grave: Recommendation, rosa: Person, shot: Callable[[Page, str], None]
) -> None:
    run_analysis(by=rosa)
    for narrow in (False, True):
        shown = window(rosa, narrow=narrow)
        for path, name in ((LIST, "list"), (ONE, "run"), (f"{ONE}matrix/", "matrix")):
            shown.goto(path)
            shot(shown, f"gaps-{name}-{320 if narrow else 1280}")
            accessible(shown)
