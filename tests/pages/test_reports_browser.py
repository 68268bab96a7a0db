"""The pages about reports in a real browser: uploading with and without scripts, and for everyone."""

import io
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_worker
from answerable.reports.models import Document, Report
from tests import papers
from tests.browser import Window, accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Shot = Callable[[Page, str], None]


@pytest.fixture
def report(rosa: Person, inspectorate: Body) -> Report:
    return log_report(by=rosa, title="Review of Northmoor", kind="review", author=inspectorate)


@pytest.fixture
def chosen(tmp_path: Path) -> list[Path]:
    """Three files to send: two good ones and a program."""
    contents = {
        "review.pdf": papers.pdf(),
        "annex.docx": papers.word(),
        "program.pdf": papers.PROGRAM,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def read_what_waits() -> None:
    """A worker beside the browser, until everything is read."""
    stop = Event()

    def work() -> None:
        try:
            run_worker(stop=stop, pause=0.05)
        finally:
            connections.close_all()

    thread = Thread(target=work)
    thread.start()
    in_work = (Document.State.WAITING, Document.State.READING)
    while Document.objects.filter(state__in=in_work).exists():
        stop.wait(0.1)
    stop.set()
    thread.join()


def test_files_are_sent_one_by_one_with_an_answer_for_each(
    window: Window, rosa: Person, report: Report, chosen: list[Path], shot: Shot
) -> None:
    page = window(rosa)
    page.goto(f"/desk/reports/{report.pk}/documents/add/")
    page.set_input_files("input[type=file]", chosen)
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("status")).to_have_text("2 of 3 received.")
    answers = page.locator(".an-outcomes li")
    expect(answers.nth(0)).to_contain_text("Received. It is being read")
    expect(answers.nth(2)).to_contain_text("This file is a program, whatever its name says.")
    accessible(page)
    shot(page, "upload-done")
    answers.nth(0).get_by_role("link", name="review.pdf").click()
    expect(page.get_by_text("You need not wait")).to_be_visible()
    accessible(page)
    read_what_waits()
    expect(page.get_by_text("3 found.")).to_be_visible()  # the script showed the page anew


def test_the_same_without_scripts_and_by_keyboard(
    window: Window, rosa: Person, report: Report, chosen: list[Path], shot: Shot
) -> None:
    page = window(rosa, javascript=False)
    page.goto(f"/desk/reports/{report.pk}/documents/add/")
    page.set_input_files("input[type=file]", chosen)
    page.get_by_role("button", name="Add them").focus()
    page.keyboard.press("Enter")
    answers = page.locator(".an-outcomes li")
    expect(answers).to_have_count(3)
    expect(answers.nth(1)).to_contain_text("Received. It is being read")
    expect(answers.nth(2)).to_contain_text("This file is a program")
    shot(page, "upload-done-no-scripts")
    read_what_waits()
    page.get_by_role("link", name="Back to the report").click()
    expect(page.get_by_text("Check what the reader found")).to_have_count(2)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_every_page_is_for_everyone(
    window: Window, rosa: Person, petra: Person, report: Report, narrow: bool, shot: Shot
) -> None:
    good, aside = (
        receive_document(by=rosa, report=report, upload=io.BytesIO(content), name=name)
        for name, content in {"review.pdf": papers.pdf(4), "scan.pdf": papers.scan()}.items()
    )
    read_what_waits()
    page = window(rosa, narrow=narrow)
    for name, address in {
        "reports": "/desk/reports/",
        "reports-none": "/desk/reports/?q=nothing",
        "report": f"/desk/reports/{report.pk}/",
        "report-change": f"/desk/reports/{report.pk}/change/",
        "report-search": "/desk/reports/new/?title=A+review+of+Northmoor",
        "report-log": "/desk/reports/new/details/?title=A+review",
        "documents-add": f"/desk/reports/{report.pk}/documents/add/",
        "document": f"/desk/documents/{good.pk}/?page=4",
        "document-aside": f"/desk/documents/{aside.pk}/",
    }.items():
        page.goto(address)
        accessible(page)
        shot(page, f"{name}-{'320' if narrow else '1280'}")
    page = window(petra, narrow=narrow)
    page.goto(f"/desk/documents/{good.pk}/make-public/")
    accessible(page)
    page.get_by_role("button", name="Choose it").click()
    expect(page.get_by_role("alert")).to_contain_text("Look for names first")
    accessible(page)
    shot(page, f"document-open-{'320' if narrow else '1280'}")
