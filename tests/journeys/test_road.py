"""The main road, walked by keyboard and without JavaScript, from a PDF on the desk to the public.

Rosa logs a real inspection report, checks what was found beside the page and enters it in the
register; Omar answers for his body; Rosa reads the position; Petra proposes an edition, Percy sees what will
change and approves; Jo reads it with its page number. Afterwards the chain holds and the edition verifies.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.publishing.queries import known_heads
from answerable.publishing.verification import verify_row
from answerable.register.actions.bases import adopt_bases
from answerable.register.models import Recommendation
from answerable.reports.actions.work import run_waiting
from tests.browser import Window, accessible, press, type_date

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.main_road]

REPORT = "samples/reports/ofsted-isle-of-wight-2014.pdf"
FOUND = 31


def log_report(page: Page, maker: Body) -> None:
    page.goto("/desk/")
    press(page, "Reports", role="link")
    press(page, "Log a report")
    page.get_by_label("What is the report called?").fill("Inspection of services for children")
    press(page, "Look for it")
    press(page, "Log it")
    page.get_by_label("Who made it").select_option(maker.name)
    page.get_by_label("Kind").select_option("inspection")
    type_date(page, "Date of publication", timezone.localdate() - timedelta(days=50))
    page.get_by_label("How many recommendations").fill(str(FOUND))
    basis = page.get_by_label("By when must those it addresses reply?")
    basis.select_option("police-act-55")
    press(page, "Log it and add documents")


def upload(page: Page, document: Path) -> None:
    page.get_by_label("Files").set_input_files(document)
    press(page, "Add them")
    assert run_waiting() == 1


def check(page: Page, force: Body) -> None:
    press(page, "Check")
    expect(page.get_by_role("heading", name="Check what was found")).to_be_visible()
    assert f"{FOUND}" in page.inner_text("main")
    for _ in range(2):
        summary = page.locator("summary", has_text="Number, kind, whom it is for")
        summary.focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("checkbox", name=force.name)
        if box.count():
            box.focus()
            page.keyboard.press("Space")
        else:
            page.get_by_role("combobox", name="Whom it is for").select_option(force.name)
        press(page, "Accept")
        expect(page.get_by_role("alert")).to_be_visible()
    assert Recommendation.objects.count() == 2


def accept_the_rest_of_the_list(page: Page) -> None:
    pages = page.get_by_role("navigation", name="Pages with something to check").get_by_role("link")
    for link in [str(link.get_attribute("href")) for link in pages.all()]:
        page.goto(urljoin(page.url, link))
    page.goto(page.url.split("?")[0])
    press(page, "Accept all", role="link")
    press(page, "Accept")
    assert Recommendation.objects.count() > 2


def answer(page: Page, reference: str) -> None:
    page.goto("/desk/")
    expect(page.get_by_text("Inspection of services for children").first).to_be_visible()
    page.goto(f"/desk/register/{reference}/")
    press(page, "Enter the reply")
    reply = "We accept the need to act, and will look at what can be done."
    page.get_by_label("What does the reply say?").fill(reply)
    type_date(page, "Date of the reply", timezone.localdate())
    press(page, "Enter the reply")
    expect(page.get_by_text(reply).first).to_be_visible()


def read_position(page: Page, reference: str) -> None:
    page.goto("/desk/")
    press(page, "Read it")
    page.get_by_label("Accepted in principle").focus()
    page.keyboard.press("Space")
    press(page, "Record the position")
    expect(page.get_by_role("alert")).to_contain_text("why")  # warm words need a reason
    page.get_by_label("Why do you read it so?").fill("The words are warm, and promise nothing.")
    press(page, "Record the position")
    page.goto(f"/desk/register/{reference}/")
    expect(page.get_by_text("Accepted in principle").first).to_be_visible()


def propose(page: Page) -> None:
    page.goto("/desk/publish/")
    press(page, "See what the next edition would change")
    press(page, "Propose this edition")


def approve(page: Page) -> None:
    page.goto("/desk/publish/")
    press(page, "Edition 1", role="link")
    page.get_by_label("I have read every change").focus()
    page.keyboard.press("Space")
    press(page, "Approve and publish")


def test_the_main_road_by_keyboard_without_javascript(
    window: Window, shared: Path, rosa: Person, omar: Person, petra: Person, percy: Person,
    force: Body, inspectorate: Body,
) -> None:  # fmt: skip
    adopt_bases(by="operator")
    desk = window(rosa, javascript=False)
    log_report(desk, inspectorate)
    upload(desk, shared / REPORT)
    desk.reload()
    check(desk, force)
    accept_the_rest_of_the_list(desk)
    first = Recommendation.objects.order_by("serial").first()
    assert first is not None
    answer(window(omar, javascript=False), first.reference)
    read_position(desk, first.reference)
    propose(window(petra, javascript=False))
    approve(window(percy, javascript=False))
    jo = window(javascript=False)
    jo.goto(f"/record/{first.reference}")
    expect(jo.locator("blockquote").first).to_contain_text(first.words[:60])
    expect(jo.get_by_text(f"page {first.page}").first).to_be_visible()
    assert jo.context.cookies() == []
    for person, address in (
        (rosa, "/desk/"), (rosa, f"/desk/register/{first.reference}/"), (omar, "/desk/"), (percy, "/desk/publish/"),
        (None, f"/record/{first.reference}"), (None, "/"),
    ):  # fmt: skip
        page = window(person, narrow=person is None)
        page.goto(address)
        accessible(page)
    verdict = audit.verify(heads=known_heads())
    assert verdict.holds, verdict.problem
    assert verify_row(Path(settings.EDITIONS)) == []
