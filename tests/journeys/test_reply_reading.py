"""A reply from its file to the register: by keyboard, for everyone's eyes, and on the samples."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.reply_readings import accept_sure, read_reply
from answerable.register.models import ProposedAnswer, ReplyReading, Response, Undertaking
from answerable.register.queries.reply_readings import whole
from answerable.reports.models import Candidate, Document, Report
from tests.browser import Window, accessible
from tests.engine.replies import papers
from tests.journeys.test_check_keyboard import follow, press, tab_to
from tests.universe import read_for

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
REPLIES = sorted((SAMPLES / "responses").glob("*.pdf")) or [None]
browsers = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def marked(*marks: pytest.MarkDecorator):
    """Several marks as one."""

    def put(test):
        for mark in marks:
            test = mark(test)
        return test

    return put


def line_at_the_end(undertaking: Undertaking) -> str:
    """The printed line with which the proposed answer ends."""
    proposal = ProposedAnswer.objects.get(undertaking=undertaking)
    span = proposal.spans[-1]
    page = proposal.reading.document.pages.get(number=span["page"])
    start, end = next(line[:2] for line in page.lines if line[0] < span["end"] <= line[1])
    return page.text[start:end]


@marked(*browsers)
def test_answers_are_entered_by_keyboard_without_scripts(
    window: Window, reply_document: Document, owed: list[Undertaking], rosa: Person
) -> None:
    page = window(rosa, javascript=False)
    page.goto(f"/desk/documents/{reply_document.pk}/")
    follow(page, "Find its answers")
    tab_to(page, "Whose reply is it?")
    page.keyboard.type("Northmoor P")
    for name, typed in (("Day", "1"), ("Month", "10"), ("Year", "2026")):
        tab_to(page, name)
        page.keyboard.type(typed)
    follow(page, "Read it")
    expect(page.locator("h1")).to_have_text("What this reply answers")
    follow(page, "Check the answer to R-0001")
    follow(page, "Change the words it covers")
    last = line_at_the_end(owed[0])
    press(page, last, "Space")
    follow(page, "Enter these words")
    expect(page.locator("h1")).to_have_text("Is this the answer?")
    follow(page, "Enter this answer")
    page.goto(f"/desk/documents/{reply_document.pk}/answers/northmoor-police/")
    follow(page, "Enter all 5")
    assert owed[0].responses.get().words == papers.GIVEN[0].removesuffix(f" {last}")
    assert [u.responses.get().words for u in owed[1:]] == list(papers.GIVEN[1:])
    assert audit.verify().holds


@marked(*browsers)
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_its_pages_are_for_everyone(
    window: Window,
    reply_reading: ReplyReading,
    rosa: Person,
    narrow: bool,
    shot: Callable[[Page, str], None],
) -> None:
    page = window(rosa, narrow=narrow)
    start = f"/desk/documents/{reply_reading.document_id}/answers/"
    for name, path in (
        ("start", start),
        ("list", f"{start}northmoor-police/"),
        ("answer", f"{start}northmoor-police/R-0001/"),
        ("words", f"{start}northmoor-police/R-0001/words/"),
    ):
        page.goto(path)
        page.wait_for_load_state("load")
        accessible(page)
        shot(page, f"reply-{name}-{320 if narrow else 1280}")


@pytest.mark.django_db
@pytest.mark.parametrize("path", REPLIES, ids=lambda p: p.name if p else "none")
def test_a_sample_reply_is_joined_from_its_file_to_the_register(
    path: Path | None, inspection: Report, rosa: Person, force: Body
) -> None:
    if path is None:
        pytest.skip("The samples are not beside the project.")
    report = SAMPLES / "reports" / f"{path.name.split('.')[0]}.pdf"
    read = read_for(inspection, rosa, report.read_bytes(), report.name)
    for candidate in Candidate.objects.filter(reading__document=read, taken=True):
        enter_recommendation(
            by=rosa,
            report=inspection,
            words=candidate.words,
            number=candidate.number,
            bodies=[(force, "")],
        )
    reply = read_for(inspection, rosa, path.read_bytes(), path.name, Document.Purpose.REPLY)
    if reply.state == Document.State.PARKED:
        pytest.skip("This reply is a scan, and there is no text recognition here.")
    found = whole(read_reply(by=rosa, document=reply, body=force, dated_on=date(2026, 10, 1)))
    assert len(found.answered) >= 0.9 * len(found.rows)
    entered = accept_sure(by=rosa, reading=found.reading)
    assert Response.objects.filter(document=reply).count() == len(entered) >= len(found.sure)
    assert audit.verify().holds
