"""Every part on one page, in a real browser: nothing for axe, nothing too wide, nothing from elsewhere."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import NARROW, WIDE, accessible
from tests.html.kitchen import served

pytestmark = pytest.mark.browser

Opened = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page at a width, with or without scripts; a broken policy fails the test."""
    wrong: list[str] = []
    with served(tmp_path / "site") as address:

        def open_at(size: dict[str, int], *, javascript: bool = True) -> Page:
            page = chromium.new_page(viewport=size, java_script_enabled=javascript)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
            page.on("request", lambda r: wrong.append(r.url) if address not in r.url else None)
            page.goto(address)
            return page

        yield open_at
    assert wrong == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["at a desk", "on a phone"])
def test_axe_finds_nothing_and_the_page_is_not_too_wide(
    opened: Opened, size: dict[str, int], shot: Callable[[Page, str], None]
) -> None:
    page = opened(size)
    accessible(page)
    shot(page, f"parts-{size['width']}")


def test_the_middle_width_is_not_too_wide_either(opened: Opened) -> None:
    accessible(opened({"width": 768, "height": 900}))


def test_our_own_type_is_used_and_the_rest_of_it_only_where_it_is_needed(opened: Opened) -> None:
    page = opened(WIDE)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.endsWith('woff2'))"
    )
    names = {address.rsplit("/", 1)[1] for address in loaded}
    assert "source-sans-3-latin-normal.woff2" in names
    assert "source-serif-4-latin-normal.woff2" in names
    assert "source-sans-3-latin-ext-normal.woff2" in names  # Łódź
    assert "source-serif-4-latin-ext-normal.woff2" not in names


def test_without_scripts_everything_is_there(opened: Opened) -> None:
    page = opened(NARROW, javascript=False)
    assert page.get_by_role("navigation", name="Menu").get_by_role("link").count() == 5
    assert page.locator("#id_title").is_visible()
    assert page.locator(".an-fold").get_attribute("open") is not None
    assert page.get_by_role("button", name="Exit this page").is_visible()
    assert page.locator("input[type=file]").is_visible()
    assert page.get_by_text("You can enter up to 200 characters").is_visible()


def test_a_question_shows_under_its_choice_with_and_without_scripts(opened: Opened) -> None:
    for javascript in (True, False):
        page = opened(WIDE, javascript=javascript)
        assert page.locator("#id_why").is_visible()
        page.get_by_label("Accepted", exact=True).check()
        assert not page.locator("#id_why").is_visible()


def test_on_a_phone_what_narrows_a_list_is_folded_and_opens_by_keyboard(opened: Opened) -> None:
    page = opened(NARROW)
    fold = page.locator(".an-fold")
    assert fold.get_attribute("open") is None
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Apply").is_visible()


def test_three_presses_of_shift_leave_the_page(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "site") as address:
        page = chromium.new_page()
        page.route("https://www.example.org/**", lambda route: route.abort())
        page.goto(address)
        page.wait_for_selector("[data-govuk-exit-this-page-init]", state="attached")
        with page.expect_request("https://www.example.org/**", timeout=10_000):
            for _ in range(3):
                page.keyboard.press("Shift")


def test_the_first_press_of_tab_goes_to_the_way_past_the_header(opened: Opened) -> None:
    page = opened(WIDE, javascript=False)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
