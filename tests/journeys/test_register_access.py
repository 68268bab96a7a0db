"""The register in a browser: axe finds nothing, no page is wider than a phone, keys are enough."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.register.actions.clocks import extend_clock, pause_clock
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
)
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation, Response
from answerable.reports.models import Document
from tests.browser import Window, accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Shot = Callable[[Page, str], None]

ONE = "/desk/register/R-0001/"
OF_FORCE = f"{ONE}by/northmoor-police/"
PAGES = {
    "today": "/desk/",
    "register": "/desk/register/?clock=running",
    "register-nothing": "/desk/register/?q=zebra",
    "record": ONE,
    "record-on-page": "/desk/register/R-0005/",
    "answer": OF_FORCE,
    "reply": f"{OF_FORCE}reply/",
    "read": "/desk/register/replies/{reply}/read/",
    "extend": f"{OF_FORCE}extend/",
    "correct": f"{ONE}correct/",
    "withdraw": "/desk/register/R-0005/withdraw/",
    "address": f"{ONE}address/",
    "enter": "/desk/reports/{report}/enter/",
}


@pytest.fixture
def busy(
    open_question: Recommendation,
    asked: list[Recommendation],
    rosa: Person,
    omar: Person,
    force: Body,
    inspection_read: Document,
) -> Response:
    """A world with something of everything; the reply that waits to be read."""
    today = timezone.localdate()
    clock = open_question.undertakings.get().clock
    extend_clock(by=rosa, clock=clock, days=14, reason="The watchdog agreed.")
    pause_clock(by=rosa, clock=clock, on=today - timedelta(days=2), reason="Judicial review.")
    words = open_question.words.replace("24 hours", "one day")
    correct_recommendation(by=rosa, recommendation=open_question, words=words, reason="Misread.")
    candidate = inspection_read.reading.candidates.filter(taken=True).first()
    enter_recommendation(
        by=rosa,
        report=inspection_read.report,
        words=candidate.words,
        document=inspection_read,
        page=candidate.page,
        spans=candidate.spans,
        bodies=[(force, "in the lead-in")],
    )
    return log_response(
        by=omar,
        undertaking=asked[0].undertakings.get(),
        words="We welcome the spirit of this.",
        restates=asked[0].words.replace("every report", "most reports"),
        dated_on=today,
    )


@pytest.mark.parametrize("narrow", [False, True], ids=["desk", "phone"])
def test_everyone_can_use_every_page(
    narrow: bool, busy: Response, window: Window, rosa: Person, shot: Shot
) -> None:
    page = window(rosa, narrow=narrow)
    report = busy.undertaking.recommendation.report_id
    for name, path in PAGES.items():
        answer = page.goto(path.format(reply=busy.pk, report=report))
        assert answer is not None
        assert answer.status == 200, path
        shot(page, f"register-{name}-{320 if narrow else 1280}")
        accessible(page)


def test_an_error_is_announced_and_leads_to_its_field(
    open_question: Recommendation, window: Window, rosa: Person, shot: Shot
) -> None:
    page = window(rosa)
    page.goto(f"{OF_FORCE}extend/")
    page.get_by_role("button", name="Extend it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    accessible(page)
    shot(page, "register-wrong-1280")
    page.get_by_role("link", name="Enter how many more days").click()
    expect(page.get_by_label("How many more days?")).to_be_focused()


def test_a_reply_is_entered_and_read_by_keyboard_without_scripts(
    open_question: Recommendation, window: Window, omar: Person, rosa: Person
) -> None:
    page = window(omar, javascript=False)
    page.goto(f"{ONE}")
    page.get_by_role("button", name="Enter the reply").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What does the reply say?").fill("We accept it, and began in May.")
    group = page.get_by_role("group", name="Date of the reply")
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        group.get_by_label(part).fill(str(value))
    page.get_by_role("button", name="Enter the reply").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The reply is entered.")).to_be_visible()

    page = window(rosa, javascript=False)
    page.goto("/desk/")
    page.get_by_role("button", name="Read it").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Accepted", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Record the position").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Read as accepted")).to_be_visible()
