"""Checking a real report of some 31 recommendations in fewer than 40 keystrokes, in a real browser.

The report is one of the samples that lie beside the project, where they do. Every key pressed after
the checking page has opened counts, and nothing but keys is used.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.actions import add_body
from answerable.accounts.models import Person
from answerable.audit import queries as audit
from answerable.register.models import Recommendation
from answerable.reports.models import Candidate, Decision, Document, PageSeen, Report
from tests.browser import Window
from tests.journeys.test_check_keyboard import FOCUSED
from tests.universe import read_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

REPORT = "samples/reports/ofsted-isle-of-wight-2014.pdf"
MADE = 31
FEWER_THAN = 40


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        """One key that stays on the page."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def go(self, key: str) -> None:
        """One key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_load_state("load")

    def reach(self, words: str) -> None:
        """Tab to what starts with ``words``."""
        for _ in range(FEWER_THAN):
            self.press("Tab")
            if self.page.evaluate(FOCUSED).startswith(words):
                return
        raise AssertionError(f"“{words}” is too far away on {self.page.url}")


@pytest.fixture
def report_read(shared: Path, inspection: Report, rosa: Person) -> Document:
    """The sample, read, with every body known that the reader found named in it."""
    content = (shared / REPORT).read_bytes()
    document = read_for(inspection, rosa, content, "inspection.pdf")
    rows = Candidate.objects.filter(reading__document=document)
    for name in sorted({a["name"] for c in rows for a in c.addressees}):
        add_body(by="operator", name=name, kind="other")
    return document


def waiting(document: Document) -> int:
    found = [c for c in Candidate.objects.filter(reading__document=document) if c.own]
    assert abs(len(found) - MADE) <= 2, "the reader was not right enough for this count"
    return len(found)


def all_entered(document: Document, count: int) -> None:
    entered = Recommendation.objects.filter(document=document, withdrawn_at__isnull=True)
    assert entered.count() == count
    assert not entered.filter(undertakings__isnull=True).exists()
    outcomes = Decision.objects.filter(document=document).values_list("outcome", flat=True)
    assert set(outcomes) == {Decision.Outcome.ACCEPTED}
    pages = {span["page"] for r in entered for span in r.spans}
    assert pages <= set(PageSeen.objects.values_list("page__number", flat=True))
    assert audit.verify().holds


def test_one_key_accepts_each(window: Window, report_read: Document, rosa: Person) -> None:
    count = waiting(report_read)
    page = window(rosa)
    page.goto(f"/desk/documents/{report_read.pk}/check/")
    page.wait_for_load_state("load")
    keys = Keys(page)
    while "/done/" not in page.url:
        keys.go("a")
    assert keys.pressed == count < FEWER_THAN
    expect(page.locator("h1")).to_contain_text("is decided")
    assert Recommendation.objects.filter(document=report_read).count() == count


def test_one_key_looks_through_each_list_and_accepts_it(
    window: Window, report_read: Document, rosa: Person
) -> None:
    count = waiting(report_read)
    page = window(rosa)
    page.goto(f"/desk/documents/{report_read.pk}/check/")
    page.wait_for_load_state("load")
    keys = Keys(page)
    while "/done/" not in page.url:
        keys.go("r")
    print(f"{keys.pressed} keystrokes for {count}, a list at a time")
    assert keys.pressed < FEWER_THAN / 2
    all_entered(report_read, count)


def test_without_scripts_tab_and_enter_are_enough(
    window: Window, report_read: Document, rosa: Person
) -> None:
    count = waiting(report_read)
    page = window(rosa, javascript=False)
    page.goto(f"/desk/documents/{report_read.pk}/check/")
    page.wait_for_load_state("load")
    keys = Keys(page)
    keys.reach("Skip to main content")
    keys.press("Enter")
    while "/done/" not in page.url:
        step = "Accept them" if "/runs/" in page.url else ""
        keys.reach(step or on_the_way(page))
        keys.go("Enter")
    print(f"{keys.pressed} keystrokes for {count}, without scripts")
    assert keys.pressed < FEWER_THAN
    all_entered(report_read, count)


def on_the_way(page: Page) -> str:
    """What the link says that leads on through the list."""
    return page.locator("#look a").inner_text()
