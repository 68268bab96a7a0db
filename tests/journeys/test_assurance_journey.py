"""One answer's whole life, by keyboard and without JavaScript: said, promised, claimed, seen, closed, undone.

Omar accepts; a closing test is agreed; he plans, and moves the date twice; he claims that it is ready, and
hands in evidence. Vera sees half of it; then all of it. Cass closes it. A later report asks for the same
again, and it is open. Petra and Percy publish, and Jo reads every step of it, in the right words.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.publishing.queries import known_heads
from answerable.publishing.verification import verify_row
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Recommendation
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.browser import Window, press, type_date
from tests.journeys.test_road import approve, propose
from tests.people import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.main_road]

ACCEPTS = "Accepted. Every report is recorded within a day, and a supervisor tests it each month."


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def choose(page: Page, label: str) -> None:
    """Choose one of several by keyboard."""
    page.get_by_label(label, exact=True).first.focus()
    page.keyboard.press("Space")


def accept(omar: Page, rosa: Page, place: str) -> None:
    omar.goto(place)
    press(omar, "Enter the reply")
    omar.get_by_label("What does the reply say?").fill(ACCEPTS)
    type_date(omar, "Date of the reply", timezone.localdate())
    press(omar, "Enter the reply")
    rosa.goto("/desk/")
    press(rosa, "Read it")
    choose(rosa, "Accepted")
    press(rosa, "Record the position")


def agree_a_test(omar: Page, vera: Page, place: str) -> None:
    omar.goto(f"{place}test/")
    press(omar, "Propose a closing test", role="link")
    choose(omar, "Look at records that the office chooses")
    press(omar, "Go on")
    omar.get_by_label("What would a sceptic look at?").fill("Reports about a child at risk.")
    omar.get_by_label("How many?").fill("20")
    type_date(omar, "By when can it be looked at?", in_days(120))
    omar.get_by_label("What counts as seen?").fill("Recorded within a day in 19 of 20.")
    press(omar, "Propose it")
    vera.goto(f"{place}test/")
    press(vera, "Agree")
    expect(vera.get_by_role("heading", name="The test that both sides agreed")).to_be_visible()


def plan(omar: Page, place: str) -> str:
    """Plan an action that serves all of what was asked. Returns its address."""
    omar.goto(f"{place}plan/")
    press(omar, "Add a new action for it")
    omar.get_by_label("What will be done?").fill("A supervisor reads every report within a day")
    omar.get_by_label("Which post answers for it?").fill("Head of Public Protection")
    type_date(omar, "By when?", in_days(30))
    press(omar, "Add it to the plan")
    omar.goto(f"{place}plan/")
    press(omar, "Let an action of the plan serve it")
    omar.get_by_label("Which action?").select_option("A-0001")
    for part in omar.get_by_role("group", name="Which words").get_by_role("checkbox").all():
        part.focus()
        omar.keyboard.press("Space")
    press(omar, "It serves these words")
    expect(omar.get_by_text("Every word of it is served by an action")).to_be_visible()
    return "/desk/plan/northmoor-police/A-0001/"


def move_the_date(omar: Page, rosa: Page, action: str, after: date, reason: str) -> None:
    omar.goto(action)
    press(omar, "Ask to move the date", role="link")
    type_date(omar, "To which date should it move?", after)
    omar.get_by_label("Why should it move?").fill(reason)
    press(omar, "Ask to move it")
    rosa.goto(action)
    press(rosa, "decide", role="link")
    choose(rosa, "Approve it")
    press(rosa, "Decide")


def claim(omar: Page, place: str) -> None:
    omar.goto(f"{place}claim/")
    press(omar, "Enter a claim")
    choose(omar, "Ready for assessment")
    omar.get_by_label("What has been done?").fill("Every report is recorded within a day.")
    omar.get_by_label("Who in your body signed this off?").fill("Dana Holt")
    omar.get_by_label("Their post").fill("Head of Public Protection")
    press(omar, "Enter this claim")


def hand_in(omar: Page, vera: Page, place: str, name: str, shows: str) -> None:
    omar.goto(f"{place}evidence/")
    press(omar, "Hand in evidence")
    omar.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": f"{shows}\n".encode()}
    )
    omar.get_by_label("What does it show?").fill(shows)
    omar.get_by_label("What does it not show?").fill("Whether the families were told.")
    choose(omar, "Use in practice")
    press(omar, "Check it and hand it in")
    vera.goto(f"{place}evidence/")
    row = vera.get_by_role("link", name="Grade it", exact=False)
    row.last.focus()
    with vera.expect_navigation():
        vera.keyboard.press("Enter")
    choose(vera, "Use in practice")
    vera.get_by_label("Why is it worth this much?").fill("It agrees with what I read myself.")
    press(vera, "Set the grade")


def sign(vera: Page, place: str, judgement: str, looked_at: str, missing: str) -> None:
    vera.goto(f"{place}opinion/")
    choose(vera, judgement)
    vera.get_by_label("What did you look at?").fill(looked_at)
    vera.get_by_label("What was missing?").fill(missing)
    type_date(vera, "By when must someone look again?", in_days(180))
    press(vera, "Sign", exact=True)
    if "reauthenticate" in vera.url:  # the first time only; what was typed is kept
        vera.get_by_role("textbox", name="Password").fill(PASSWORD)
        press(vera, "Go on")
        press(vera, "Sign", exact=True)
    expect(vera.get_by_role("alert")).to_contain_text(
        f"Your opinion is signed: {judgement.lower()}"
    )


def close(cass: Page, place: str) -> None:
    cass.goto(f"{place}closing/")
    choose(cass, "Closed as assured")
    cass.get_by_label("Why?").fill("Our verifier has seen it in records that she chose.")
    press(cass, "Close it")
    expect(cass.get_by_role("heading", name="Closed as assured")).to_be_visible()


def ask_again(rosa: Page, asked: Recommendation, later: Recommendation) -> None:
    """Rosa signs that a later report asks for the same. What was closed opens by itself."""
    rosa.goto(f"/desk/register/{asked.reference}/links/")
    rosa.get_by_label("With which recommendation?").fill(later.reference)
    choose(rosa, "Asks the same as")
    rosa.get_by_label("Why?").fill("Both ask that every report is recorded within a day.")
    press(rosa, "Sign the link")


def read_in_public(jo: Page, reference: str) -> None:
    """Every step of it, in the right words; and nobody’s name, and no sealed file’s."""
    jo.goto(f"/record/{reference}")
    said = " ".join(jo.locator("main").inner_text().split())
    for words in (
        ACCEPTS,
        "The office reads this as accepted",
        "agreed this closing test",
        "Moved twice",
        "The supervisors are not named yet.",
        "One of four districts is not ready.",
        "Ready for assessment (claimed on",
        "signed off by the Head of Public Protection",
        "It no longer stands, because the evidence has changed since it was signed.",
        "In 16 of 40 the record was made later.",
        "This opinion stands: what was seen is as it was.",
        "The return of November, and twenty records that I chose.",
        "This was closed and came back once.",
        "closed as assured",
        "opened again, because a later report asked for it again",
        "It was asked again",
        "No measure yet",
    ):
        assert words in said, words
    for hidden in ("Dana Holt", "Vera", "Omar", "Cass", "november.csv"):
        assert hidden not in said, hidden
    assert jo.context.cookies() == []


@pytest.fixture
def asked_later(rosa: Person, inspectorate: Body, force: Body) -> Recommendation:
    """What an inspection of today asks of Northmoor Police: the same as ten days ago."""
    report = log_report(
        by=rosa,
        title="Second inspection of Northmoor",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=timezone.localdate(),
        invented=True,
    )
    words = "The Force should record every report about a child at risk within a day."
    return enter_recommendation(
        by=rosa, report=report, words=words, number="1", bodies=[(force, "by name")]
    )


def test_an_answer_from_acceptance_to_its_reopening(
    window: Window, open_question: Recommendation, asked_later: Recommendation, rosa: Person,
    vera: Person, cass: Person, omar: Person, petra: Person, percy: Person, force: Body,
) -> None:  # fmt: skip
    place = f"/desk/register/{open_question.reference}/by/{force.slug}/"
    desk, lead, verifier, chair = (
        window(person, javascript=False) for person in (rosa, omar, vera, cass)
    )
    accept(lead, desk, place)
    agree_a_test(lead, verifier, place)
    action = plan(lead, place)
    move_the_date(lead, desk, action, in_days(60), "The supervisors are not named yet.")
    move_the_date(lead, desk, action, in_days(90), "One of four districts is not ready.")
    claim(lead, place)
    hand_in(lead, verifier, place, "october.csv", "Of 40 reports, 24 were recorded in a day.")
    sign(verifier, place, "Partly assured", "The return of October.",
        "In 16 of 40 the record was made later.")  # fmt: skip
    hand_in(lead, verifier, place, "november.csv", "Of 40 reports, 39 were recorded in a day.")
    sign(verifier, place, "Assured", "The return of November, and twenty records that I chose.", "")
    close(chair, place)
    ask_again(desk, open_question, asked_later)
    chair.goto(f"{place}closing/")
    expect(chair.get_by_text("It was closed, and is open again.")).to_be_visible()
    propose(window(petra, javascript=False))
    approve(window(percy, javascript=False))
    read_in_public(window(javascript=False), open_question.reference)
    verdict = audit.verify(heads=known_heads())
    assert verdict.holds, verdict.problem
    assert verify_row(Path(settings.EDITIONS)) == []
