"""A real Chromium for the tests: signed-in windows, axe, and pictures at both widths.

    def test_x(window, rosa): page = window(rosa); page.goto("/desk/")

Where there is no Chromium the test is skipped with a sentence; with CI set it fails.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from answerable.accounts.models import Person
from tools.chromium import find

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Window(Protocol):
    """Opens a page of the product as a person, or as a stranger."""

    def __call__(
        self, person: Person | None = None, *, javascript: bool = True, narrow: bool = False
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    path = find()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium must be there in CI: run make browsers.")
        pytest.skip("Chromium was not found, so the tests in a browser were skipped.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def session_of(person: Person) -> str:
    """The key of a session as signing in would make it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.fixture
def window(chromium: Browser, live_server: object) -> Iterator[Window]:
    """Opens pages against the live server; relative addresses work. Closed after the test.

    A request to any other host, and an error in a page's script or policy, fails the test.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []
    address = str(live_server)

    def opened(
        person: Person | None = None, *, javascript: bool = True, narrow: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=address, viewport=NARROW if narrow else WIDE, java_script_enabled=javascript
        )
        contexts.append(context)
        if person is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person)}
            context.add_cookies([{**cookie, "url": address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda r: wrong.append(r.url) if _elsewhere(r.url, address) else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def _elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:", "about:"))


def accessible(page: Page) -> None:
    """Axe finds nothing on ``page`` as it is shown now, and it does not scroll sideways.

    Only in a window with JavaScript: axe waits for timers, which do not run without it.
    """
    page.wait_for_load_state()  # a click returns once the next page has begun to come
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of a page, where a folder is named: ``SHOTS=folder pytest …``."""
    folder = os.environ.get("SHOTS")

    def keep(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


def press(page: Page, name: str, *, role: str = "button", exact: bool = False) -> None:
    """Reach a button or link by its name and press Enter on it, as a keyboard does."""
    target = page.get_by_role(role, name=name, exact=exact).first  # type: ignore[arg-type]
    target.focus()
    expect(target).to_be_focused()
    with page.expect_navigation(wait_until="domcontentloaded", timeout=60_000):
        page.keyboard.press("Enter")


def type_date(page: Page, legend: str, value: date) -> None:
    """Fill the three inputs of a date."""
    group = page.get_by_role("group", name=legend)
    group.get_by_label("Day").fill(str(value.day))
    group.get_by_label("Month").fill(str(value.month))
    group.get_by_label("Year").fill(str(value.year))
