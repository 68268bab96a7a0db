"""The pages of plans, closing tests and claims in a real browser: both widths, axe, no JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Person
from answerable.plan.actions.claims import make_claim
from answerable.plan.models import Action, ClosingTest, DateMove
from answerable.register.models import Undertaking
from tests.assured import claim_ready
from tests.browser import Window, accessible
from tests.universe import a_test_proposed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

Shot = Callable[[Page, str], None]
ANSWER = "/desk/register/R-0001/by/northmoor-police/"
PLAN = "/desk/plan/northmoor-police/"


def both(
    window: Window, shot: Shot, person: Person, pages: dict[str, str], *, name: str = ""
) -> None:
    """Each page at a desk and on a phone: axe finds nothing, and nothing scrolls sideways."""
    for narrow in (False, True):
        page = window(person, narrow=narrow)
        for title, path in pages.items():
            page.goto(path)
            accessible(page)
            shot(page, f"{name}{title}-{'320' if narrow else '1280'}")


def test_plans_are_read_by_everyone(
    window: Window, shot: Shot, omar: Person, rosa: Person, cass: Person, full_plan: Action
) -> None:
    move = DateMove.objects.get(approved_at=None)
    milestone = full_plan.milestones.order_by("pk").last()
    assert milestone
    both(
        window,
        shot,
        omar,
        {
            "plan": PLAN,
            "plan-new": f"{PLAN}new/",
            "action": f"{PLAN}A-0001/",
            "action-date": f"{PLAN}A-0001/date/",
            "action-owner": f"{PLAN}A-0001/owner/",
            "milestone": f"{PLAN}A-0001/milestones/{milestone.pk}/",
            "answer-plan": f"{ANSWER}plan/",
            "answer-serve": f"{ANSWER}plan/serve/",
            "today-omar-plan": "/desk/",
        },
    )
    both(window, shot, cass, {"decide": f"/desk/moves/{move.pk}/", "plans": "/desk/plan/"})


def test_closing_tests_and_claims_are_read_by_everyone(
    window: Window, shot: Shot, omar: Person, vera: Person, agreed_test: ClosingTest
) -> None:
    undertaking = agreed_test.undertaking
    claim_ready(omar, undertaking)
    make_claim(
        by=omar,
        undertaking=undertaking,
        rung="in_progress",
        words="Two of the four districts have stopped testing.",
        slipped_on=timezone.localdate() - timedelta(days=5),
    )
    a_test_proposed(omar, undertaking, why="Two districts were merged.")
    both(window, shot, vera, {"test": f"{ANSWER}test/", "test-refuse": f"{ANSWER}test/refuse/"})
    both(window, shot, omar, {"claim": f"{ANSWER}claim/", "claim-new": f"{ANSWER}claim/new/"})


def test_a_test_is_proposed_and_words_are_marked_without_javascript(
    window: Window, shot: Shot, omar: Person, accepted: Undertaking, action: Action
) -> None:
    page = window(omar, javascript=False)
    page.goto(f"{ANSWER}test/")
    page.get_by_role("link", name="Propose a closing test").click()
    shot(page, "test-choose-1280")
    page.get_by_label("Ask the people concerned").check()
    page.get_by_role("button", name="Go on").click()
    shot(page, "test-propose-1280")
    page.get_by_label("What would a sceptic look at?").fill("Twelve families are asked.")
    page.get_by_label("What counts as seen?").fill("Ten of twelve say that it happened.")
    due = timezone.localdate() + timedelta(days=90)
    for part in ("day", "month", "year"):
        page.locator(f"[name=due_on-{part}]").fill(str(getattr(due, part)))
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("heading", name="A test is proposed")).to_be_visible()
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("button", name="Let an action of the plan serve it").click()
    page.get_by_label("Which action?").select_option("A-0001")
    page.get_by_label("Northmoor Police should record").check()
    page.get_by_role("button", name="It serves these words").click()
    expect(page.get_by_text("Every word of it is served by an action.")).to_be_visible()
