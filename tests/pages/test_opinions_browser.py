"""The pages of opinions, closing, links and interests in a real browser, at both widths."""

import pytest

from answerable.accounts.models import Person
from answerable.assurance.models import Opinion
from tests.assured import a_file
from tests.browser import Window, accessible
from tests.people import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
OF_FORCE = "/desk/register/R-0001/by/northmoor-police/"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_everyone_can_use_them(
    narrow: bool, window: Window, assured: Opinion, vera: Person, cass: Person, omar: Person
) -> None:
    a_file(omar, assured.undertaking, content=b"November: 40.\n", name="november-return.txt")
    for person, path in (
        (vera, f"{OF_FORCE}opinion/"),
        (vera, f"{OF_FORCE}opinion/{assured.pk}/withdraw/"),
        (cass, f"{OF_FORCE}closing/"),
        (cass, "/desk/register/R-0001/links/?q=record"),
        (cass, "/desk/me/interests/"),
        (cass, "/desk/rechecks/"),
    ):
        page = window(person, narrow=narrow)
        page.goto(path)
        accessible(page)


def test_she_signs_by_keyboard_and_password_without_scripts(
    window: Window, assured: Opinion, vera: Person, omar: Person
) -> None:
    a_file(omar, assured.undertaking, content=b"November: 40.\n", name="november-return.txt")
    page = window(vera, javascript=False)
    page.goto(f"{OF_FORCE}opinion/")
    page.get_by_label("Partly assured").focus()
    page.keyboard.press("Space")
    page.get_by_label("What did you look at?").fill("Both returns.")
    page.get_by_label("What was missing?").fill("A grade for November.")
    for part, value in (("Day", "1"), ("Month", "6"), ("Year", "2027")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Sign", exact=True).press("Enter")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    assert page.get_by_label("What was missing?").input_value() == "A grade for November."
    page.get_by_role("button", name="Sign", exact=True).press("Enter")
    assert "Your opinion is signed: partly assured." in page.inner_text("main")
