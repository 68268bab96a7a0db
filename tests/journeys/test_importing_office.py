"""An office brings its old tracker: messy as it is, by keyboard, without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.models import Body, Person
from answerable.register.models import Import, Recommendation, Undertaking
from tests.browser import Window, accessible, press
from tests.spreadsheets import FORCE, messy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Shot = Callable[[Page, str], None]
START = "/desk/register/import/"


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list by what it says, as a person who tabs to it and types would."""
    select = page.get_by_label(label, exact=True)
    select.focus()
    select.select_option(label=option)


def test_a_messy_tracker_of_300_rows_comes_in_with_every_refused_cell_named(
    window: Window,
    rosa: Person,
    force: Body,
    council: Body,
    inspectorate: Body,
    tmp_path: Path,
    shot: Shot,
) -> None:
    content, wrong = messy(300)
    (tmp_path / "Tracker FINAL v3.xlsx").write_bytes(content)
    page = window(rosa, javascript=False)
    page.goto("/desk/register/")
    press(page, "Bring a spreadsheet in", role="link")
    page.locator("input[type=file]").set_input_files(tmp_path / "Tracker FINAL v3.xlsx")
    press(page, "Read it")

    expect(page.get_by_label("Row with the headings")).to_have_value("3")
    press(page, "Check every row")  # the one question that no guess can answer
    expect(page.get_by_role("alert")).to_contain_text("exactly as in the reports")
    page.get_by_label("Yes, word for word").press("Space")
    press(page, "Check every row")

    expect(page.get_by_role("heading", level=1)).to_contain_text("4 questions")
    for where, why in wrong.items():
        expect(page.get_by_role("row").filter(has_text=where).filter(has_text=why)).to_have_count(1)
    address = page.url
    page.goto("/desk/")  # she leaves, and nothing is lost
    page.goto(START)
    press(page, "Tracker FINAL v3.xlsx", role="link")
    assert page.url == address
    choose(page, "Who “Nothmoor Police” is", FORCE)
    choose(page, "Who “N’moor Safeguarding Partnership” is", "Add as a new body: partnership")
    choose(page, "Who “HM Inspectors” is", "Add as a new body: inspectorate")
    press(page, "Save the answers and look again")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 question")
    choose(page, "What “Noted” means", "No position: the reply waits to be read")
    press(page, "Save the answers and look again")
    expect(page.get_by_text("2 rows said twice", exact=True)).to_be_visible()
    shot(page, "import-check")

    count = 300 - len(wrong)
    bring = f"Bring {count} recommendations into the register"
    press(page, bring)
    expect(page.get_by_role("alert")).to_contain_text(f"{len(wrong)} rows are refused")
    page.get_by_label(f"Leave out the {len(wrong)} refused rows").press("Space")
    press(page, bring)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{count} recommendations came in")
    shot(page, "import-done")

    assert Recommendation.objects.count() == count
    assert Import.objects.get().left_out == sorted(int(w.split()[1].strip(",")) for w in wrong)
    assert Body.objects.get(name="HM Inspectors").kind == "inspectorate"
    assert Undertaking.objects.filter(body__name="N’moor Safeguarding Partnership").count() > 50
    page.goto("/desk/register/R-0001/")
    expect(page.get_by_text("It came from row 4 of the spreadsheet")).to_be_visible()


def test_the_pages_of_an_import_are_accessible_at_both_widths(
    window: Window, rosa: Person, force: Body, inspectorate: Body, tmp_path: Path, shot: Shot
) -> None:
    (tmp_path / "list.xlsx").write_bytes(messy(40)[0])
    page = window(rosa, narrow=True)
    page.goto(START)
    accessible(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "list.xlsx")
    press(page, "Read it")
    accessible(page)
    page.get_by_label("Yes, word for word").check()
    press(page, "Check every row")
    accessible(page)
    shot(page, "import-check-320")
    wide = window(rosa)
    for address in (page.url, f"{page.url}columns/", START):
        wide.goto(address)
        accessible(wide)
        shot(wide, f"import-{address.rstrip('/').rpartition('/')[2]}")
