"""Signing in without a password: a real Chromium, with a virtual device that keeps passkeys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from answerable.accounts import queries
from answerable.accounts.models import Person, SecurityLine
from tests.browser import Window, accessible
from tests.people import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

What = SecurityLine.What
Shot = Callable[[Page, str], None]


def device(page: Page, *, verified: bool = True) -> CDPSession:
    """A device that keeps passkeys, and knows (or does not know) its owner by finger or face."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in(page: Page, person: Person) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")


def add_passkey(page: Page, name: str, *, alone: bool = True) -> None:
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of this passkey").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_added_and_signs_in_alone(window: Window, rosa: Person, shot: Shot) -> None:
    page = window()
    device(page)
    sign_in(page, rosa)
    add_passkey(page, "Work laptop")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    accessible(page)
    shot(page, "recovery-codes")
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    accessible(page)
    shot(page, "passkeys")

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/**")
    page.goto("/desk/me/")
    expect(page.get_by_role("heading", name="Rosa Adeyemi")).to_be_visible()
    lines = list(SecurityLine.objects.order_by("pk").values_list("what", flat=True))
    assert lines == [What.SIGNED_IN, What.PASSKEY_ADDED, What.SIGNED_OUT, What.SIGNED_IN]


def test_a_passkey_can_be_the_second_step(window: Window, rosa: Person, shot: Shot) -> None:
    page = window()
    device(page)
    sign_in(page, rosa)
    add_passkey(page, "Key ring", alone=False)
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(rosa.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    accessible(page)
    shot(page, "one-more-step")
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/desk/**")


def test_a_passkey_is_renamed_and_removed(window: Window, rosa: Person) -> None:
    page = window()
    device(page)
    sign_in(page, rosa)
    add_passkey(page, "Old")
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename Old").click()
    page.get_by_label("Name of this passkey").fill("New")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove New").click()
    accessible(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("No passkeys yet.")).to_be_visible()
    assert not queries.protections_of(rosa)
    assert SecurityLine.objects.latest("pk").what == What.PASSKEY_REMOVED


def test_a_device_that_does_not_know_its_owner_is_refused_in_words(
    window: Window, rosa: Person
) -> None:
    page = window()
    device(page, verified=False)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("choose another way")


def test_without_javascript_the_password_still_works(window: Window, rosa: Person) -> None:
    page = window(javascript=False)
    page.goto("/account/login/")
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    sign_in(page, rosa)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    assert not page.get_by_role("button", name="Add it").is_visible()


def test_signing_in_by_keyboard_alone(window: Window, rosa: Person) -> None:
    page = window(javascript=False)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(rosa.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")


ENTRANCE = ["/account/login/", "/account/password/reset/", "/account/signup/", "/account/join/x/"]
DESK = [
    "/desk/me/",
    "/desk/me/change/",
    "/desk/people/",
    "/desk/people/invite/",
    "/desk/people/security/",
    "/desk/people/security/prune/",
    "/desk/people/{rosa}/",
    "/desk/people/{rosa}/close/",
    "/desk/people/{rosa}/forget/",
    "/desk/bodies/",
    "/desk/bodies/new/",
    "/desk/bodies/northmoor-police/",
    "/desk/bodies/northmoor-police/change/",
    "/desk/bodies/northmoor-police/areas/new/",
    "/desk/bodies/northmoor-police/successor/",
    "/account/2fa/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/logout/",
    "/account/reauthenticate/",
]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_pages_about_people_can_be_used_by_everyone(
    window: Window, ada: Person, rosa: Person, omar: Person, shot: Shot, narrow: bool
) -> None:
    width = "320" if narrow else "1280"
    page = window(narrow=narrow)
    for address in ENTRANCE:
        page.goto(address)
        accessible(page)
        shot(page, f"{address.strip('/').replace('/', '-')}-{width}")
    page = window(ada, narrow=narrow)
    for address in DESK:
        page.goto(address.format(rosa=rosa.pk))
        accessible(page)
        shot(page, f"{address.strip('/').replace('/', '-')}-{width}")
