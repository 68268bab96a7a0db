"""Rosa lets two reminders go as one message, by keyboard and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from answerable.accounts.models import Person
from answerable.chasing.actions.outbox import send_waiting
from answerable.chasing.models import Chase
from tests.browser import Window, accessible, press
from tests.mail import Post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_rosa_reads_and_approves_without_javascript(
    window: Window,
    rosa: Person,
    reminders: list[Chase],
    post: Post,
    shot: Callable[[Page, str], None],
) -> None:
    wide = window(rosa)
    for address in ("/desk/chasing/", f"/desk/chasing/{reminders[0].pk}/"):
        wide.goto(address)
        accessible(wide)
    shot(wide, "chasing-together")
    page = window(rosa, javascript=False, narrow=True)
    page.goto("/desk/chasing/")
    press(page, "Read and approve")
    expect(page.get_by_role("checkbox")).to_be_checked()
    shot(page, "chasing-together-narrow")
    press(page, "Approve it")
    expect(page.get_by_text("Approved. It goes within a minute.")).to_be_visible()
    assert send_waiting() == 1
    page.goto("/desk/chasing/")
    expect(page.get_by_text("to 1 person")).to_be_visible()
    [message] = post.arrived
    assert str(message["Subject"]).endswith("and 1 more")
