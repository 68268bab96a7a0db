"""What a stranger meets: doors that are closed, and pages that anyone can use."""

import pytest

from tests.browser import Window, accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_desk_sends_a_stranger_to_sign_in(window: Window) -> None:
    page = window()
    page.goto("/desk/")
    assert "/account/login/" in page.url
    accessible(page)


def test_an_address_that_does_not_exist_is_a_page_in_words(window: Window) -> None:
    page = window(narrow=True)
    assert page.goto("/account/nowhere/").status == 404
    accessible(page)
