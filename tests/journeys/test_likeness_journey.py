"""A new report asks again for what was called done, walked by keyboard and without JavaScript.

Rosa logs an inspection and accepts what was found in it. Two of its recommendations are shown as
perhaps asked before; she compares them side by side and signs. The gap analysis names the one that
was claimed as ready as asked again; a plan is drafted from every gap, and leaves nothing out.
"""

from pathlib import Path

import pytest
import typst
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.gaps.models import DraftPlan, GapRun
from answerable.gaps.queries.runs import analysis_of
from answerable.plan.models import ClosingTest
from answerable.register.actions.suggesting import look_for_repeats
from answerable.register.models import Link, Recommendation, Undertaking
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Document
from tests.assured import claim_ready
from tests.browser import Window, press, type_date
from tests.journeys.test_assurance_journey import choose, in_days

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.main_road]

PAPER = """
#set page(width: 210mm, height: 297mm, margin: 25mm)
#set text(size: 11pt)
= Second inspection of child protection in Northmoor
We came back after a year, and read four hundred records.
#pagebreak()
== Recommendations
Northmoor Police should:
+ Record each report about a child who is at risk as a crime within one day of its arrival.
+ Buy smaller cars for the four districts, and say each year how many miles they are driven.
Northmoor Council should:
#enum(start: 3,
  [Offer a conversation within three days to every child who has gone missing.])
#pagebreak()
== What we saw
Officers know their districts well.
"""


def log(page: Page, maker: Body) -> None:
    page.goto("/desk/reports/")
    press(page, "Log a report")
    page.get_by_label("What is the report called?").fill("Second inspection of Northmoor")
    press(page, "Look for it")
    press(page, "Log it")
    page.get_by_label("Who made it").select_option(maker.name)
    page.get_by_label("Kind").select_option("inspection")
    type_date(page, "Date of publication", in_days(0))
    press(page, "Log it and add documents")


def enter(page: Page, document: Path) -> None:
    """Upload the paper, and accept the three that are found in it."""
    page.get_by_label("Files").set_input_files(document)
    press(page, "Add them")
    assert run_waiting() >= 1
    page.reload()
    press(page, "Check")
    for _ in range(3):
        press(page, "Accept")
        expect(page.get_by_role("alert")).to_be_visible()


def sign(page: Page, later: Recommendation, earlier: Recommendation, relation: str) -> None:
    """From the report's list to the two side by side, and sign."""
    page.goto(f"/desk/reports/{later.report_id}/likenesses/")
    row = page.get_by_role("listitem").filter(has_text=later.reference)
    expect(row).to_contain_text(earlier.reference)
    link = row.get_by_role("link", name=earlier.reference)
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(earlier.reference)
    choose(page, relation)
    page.get_by_label("Why").fill("The same cure, in other words.")
    press(page, "Sign, and go to the next")


def analyse(page: Page) -> GapRun:
    page.goto("/desk/gaps/")
    press(page, "Run the analysis")
    run = GapRun.objects.get()
    expect(page.get_by_text(run.reference).first).to_be_visible()
    return run


def draft(page: Page, run: GapRun) -> DraftPlan:
    """Choose every kind of gap."""
    page.goto(f"/desk/gaps/{run.reference}/")
    press(page, "Draft a plan", role="button")
    for kind in page.locator('input[name="kinds"]').all():
        kind.focus()
        page.keyboard.press("Space")
    press(page, "Draft the plan")
    return DraftPlan.objects.get()


def test_what_was_called_done_and_is_asked_again_becomes_a_line_of_a_plan(
    window: Window, accepted: Undertaking, agreed_test: ClosingTest, asked: list[Recommendation], rosa: Person, omar: Person,
    inspectorate: Body, tmp_path: Path,
) -> None:  # fmt: skip
    claim_ready(omar, accepted)
    paper = tmp_path / "second-inspection.pdf"
    paper.write_bytes(typst.compile(PAPER.encode()))
    desk = window(rosa, javascript=False)
    log(desk, inspectorate)
    enter(desk, paper)
    look_for_repeats()
    desk.goto(f"/desk/documents/{Document.objects.get().pk}/check/done/")
    expect(desk.get_by_text("of this report may have been asked before")).to_be_visible()
    recorded, cars, talked = Recommendation.objects.order_by("serial")[3:]
    sign(desk, recorded, asked[0], "Asks the same as")
    sign(desk, talked, asked[2], "Asks the same as")
    assert Link.objects.count() == 2
    run = analyse(desk)
    expect(desk.get_by_role("heading", name="Asked again after it was called done")).to_be_visible()
    [repeat] = [gap for gap in analysis_of(run).gaps if gap.kind == "repeat_after_closure"]
    assert repeat.recommendation == recorded.reference
    assert asked[0].reference in repeat.because
    plan = draft(desk, run)
    gaps = {gap.key for gap in analysis_of(run).gaps}
    assert {one["gap"] for line in plan.lines.all() for one in line.settles} == gaps
    expect(desk.get_by_text("Every gap of G-0001 has a line in this draft.")).to_be_visible()
    for line in desk.locator(".an-draftline details > summary").all():
        line.focus()
        desk.keyboard.press("Enter")
    said = " ".join(desk.get_by_role("main").inner_text().split())
    for one in (asked[0], recorded, asked[2], talked, cars):
        assert " ".join(one.words.split()) in said
    press(desk, "Own this draft")
    press(desk, "Take it into the plan of Northmoor Police", role="link")
    desk.get_by_label("Which post answers for it?").fill("Head of Public Protection")
    press(desk, "Take it into the plan")
    expect(desk.get_by_role("alert")).to_contain_text("That is planned, not yet done.")
    verdict = audit.verify()
    assert verdict.holds, verdict.problem
