"""Signing in: password, second step, sessions, a forgotten password, the provider, the log of it."""

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from answerable.accounts import actions, queries
from answerable.accounts.models import Body, Invitation, Person, Role, SecurityLine
from tests.oidc import Provider, provider  # noqa: F401
from tests.people import PASSWORD

What = SecurityLine.What
LOGIN = "/account/login/"
NEW_PASSWORD = "seven lanterns under the moor"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def noted() -> list[tuple[str, Person | None]]:
    """The security log, oldest first."""
    return [(line.what, line.person) for line in SecurityLine.objects.order_by("pk")]


def code_for(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def reauthenticated(client: Client, person: Person) -> Client:
    """Signed in, and asked for the password once more just now."""
    sign_in(client, person.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


# --- Password ---


def test_a_person_signs_in_and_out(client: Client, rosa: Person) -> None:
    assert sign_in(client, "Rosa@Northmoor.example")["Location"] == "/desk/"
    assert client.get(reverse("desk:me")).status_code == 200
    client.post("/account/logout/")
    assert client.get(reverse("desk:me")).status_code == 302
    assert noted() == [(What.SIGNED_IN, rosa), (What.SIGNED_OUT, rosa)]


def test_after_signing_in_one_is_where_one_wanted_to_go(client: Client, rosa: Person) -> None:
    wanted = reverse("desk:me")
    page = client.get(client.get(wanted)["Location"]).content.decode()
    assert f'name="next" value="{wanted}"' in page
    answer = client.post(LOGIN, {"login": rosa.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == wanted
    elsewhere = {"login": rosa.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(LOGIN, elsewhere)["Location"] == "/desk/"


def test_a_wrong_password_is_noted_without_it(client: Client, rosa: Person) -> None:
    page = sign_in(client, rosa.email, "wrong horse").content.decode()
    assert "The e-mail address or the password is not right" in page
    assert f'value="{rosa.email}"' in page
    assert "wrong horse" not in page
    assert noted() == [(What.PASSWORD_WRONG, rosa)]
    assert "wrong horse" not in str(list(SecurityLine.objects.values()))


def test_of_an_unknown_address_nothing_is_kept(client: Client, db: None) -> None:
    page = sign_in(client, "stranger@else.example").content.decode()
    assert "The e-mail address or the password is not right" in page
    assert noted() == [(What.PASSWORD_WRONG, None)]
    assert "stranger" not in str(list(SecurityLine.objects.values()))


def test_an_empty_form_asks_by_name(client: Client, db: None) -> None:
    page = client.post(LOGIN, {}).content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page


def test_after_five_wrong_passwords_even_the_right_one_must_wait(
    client: Client, rosa: Person
) -> None:
    for _ in range(5):
        sign_in(client, rosa.email, "wrong horse")
    page = sign_in(client, rosa.email).content.decode()
    assert "Too many tries" in page
    assert noted()[-1] == (What.HELD_BACK, rosa)
    assert client.get(reverse("desk:me")).status_code == 302


def test_one_address_cannot_try_many_people(client: Client, db: None) -> None:
    answers = [sign_in(client, f"p{n}@else.example") for n in range(12)]
    assert "Too many tries" in answers[-1].content.decode()


def test_behind_a_proxy_the_visitor_is_counted_and_not_the_proxy(
    client: Client, rosa: Person, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post(
        LOGIN,
        {"login": rosa.email, "password": "x"},
        headers={"x-forwarded-for": "203.0.113.9, 192.0.2.1"},
    )
    assert SecurityLine.objects.get().address == "192.0.2.1"


def test_whose_access_is_closed_is_told_so_only_with_the_right_password(
    client: Client, ada: Person, rosa: Person
) -> None:
    actions.suspend_person(by=ada, person=rosa)
    assert "is not right" in sign_in(client, rosa.email, "wrong horse").content.decode()
    answer = sign_in(client, rosa.email)
    assert "Your access is closed" in client.get(answer["Location"]).content.decode()
    assert noted()[-1] == (What.ACCESS_CLOSED, rosa)


def test_nobody_signs_up(client: Client, db: None) -> None:
    form = {"email": "new@else.example", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    for answer in (client.get("/account/signup/"), client.post("/account/signup/", form)):
        assert "By invitation only" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/account/email/",
        "/account/confirm-email/",
        "/account/confirm-email/abc/",
        "/account/login/code/confirm/",
        "/account/3rdparty/",
        "/account/3rdparty/signup/",
    ],
)
def test_what_has_no_use_here_is_closed(address: str, client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_the_product_keeps_passwords_with_argon2() -> None:
    import answerable.settings as product

    assert product.PASSWORD_HASHERS[0].endswith(".Argon2PasswordHasher")


# --- A forgotten password, and a new one ---


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(
    client: Client, rosa: Person
) -> None:
    client.post("/account/password/reset/", {"email": rosa.email})
    [message] = mail.outbox
    assert rosa.name not in message.subject
    link = urlsplit(re.search(r"http\S+", message.body)[0]).path  # type: ignore[index]
    form_address = client.get(link)["Location"]
    assert "Choose a new password" in client.get(form_address).content.decode()
    too_easy = client.post(form_address, {"password1": "password1234"})
    assert "too common" in too_easy.content.decode()
    client.post(form_address, {"password1": NEW_PASSWORD})
    assert sign_in(Client(), rosa.email, NEW_PASSWORD).status_code == 302
    assert "does not work any more" in Client().get(link, follow=True).content.decode()
    assert [w for w, _ in noted()][:2] == [What.PASSWORD_ASKED, What.PASSWORD_CHANGED]


def test_a_stranger_cannot_make_us_write_to_anyone(client: Client, rosa: Person) -> None:
    known = client.post("/account/password/reset/", {"email": rosa.email}, follow=True)
    unknown = client.post("/account/password/reset/", {"email": "x@else.example"}, follow=True)
    assert len(mail.outbox) == 1
    assert known.content == unknown.content


def test_changing_the_password_signs_out_elsewhere_and_tells_the_person(
    client: Client, rosa: Person
) -> None:
    elsewhere = Client()
    sign_in(elsewhere, rosa.email)
    sign_in(client, rosa.email)
    wrong = client.post(
        "/account/password/change/", {"oldpassword": "x", "password1": NEW_PASSWORD}
    )
    assert "That is not the password you have now" in wrong.content.decode()
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert client.get(reverse("desk:me")).status_code == 200
    assert elsewhere.get(reverse("desk:me")).status_code == 302
    assert noted()[-1] == (What.PASSWORD_CHANGED, rosa)
    assert [m.to for m in mail.outbox] == [[rosa.email]]


def test_a_message_that_cannot_be_sent_does_not_stop_anyone(
    client: Client, rosa: Person, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sign_in(client, rosa.email)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    assert client.post("/account/password/change/", form).status_code == 302


# --- A second step ---


def add_app(client: Client) -> str:
    """Add an authenticator app; returns its key."""
    page = client.get("/account/2fa/totp/activate/")
    secret = str(page.context["form"].secret)
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


@pytest.mark.django_db(transaction=True)
def test_changing_how_one_signs_in_asks_for_the_password_once_more(
    client: Client, rosa: Person
) -> None:
    sign_in(client, rosa.email)
    for address in ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"):
        assert client.get(address)["Location"].startswith("/account/reauthenticate/")
    wrong = client.post("/account/reauthenticate/", {"password": "wrong horse"})
    assert "The password is not right" in wrong.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_app_is_added_and_then_asked_for(client: Client, rosa: Person) -> None:
    reauthenticated(client, rosa)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = add_app(client)
    assert Authenticator.objects.filter(user=rosa, type="totp").exists()
    assert (What.APP_ADDED, rosa) in noted()
    assert mail.outbox[-1].to == [rosa.email]

    other = Client()
    assert sign_in(other, rosa.email)["Location"].startswith("/account/2fa/authenticate/")
    assert other.get(reverse("desk:me")).status_code == 302
    page = other.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "The code is not right" in page
    assert noted()[-1] == (What.CODE_WRONG, rosa)
    answer = other.post("/account/2fa/authenticate/", {"code": code_for(secret, 1)})
    assert answer["Location"] == "/desk/"
    assert noted()[-1] == (What.SIGNED_IN, rosa)


@pytest.mark.django_db(transaction=True)
def test_recovery_codes_are_shown_once_and_work_once(client: Client, rosa: Person) -> None:
    reauthenticated(client, rosa)
    add_app(client)
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", page)
    assert len(codes) == 10
    again = client.get("/account/2fa/recovery-codes/").content.decode()
    assert codes[0] not in again
    assert "cannot be shown again" in again
    for expected in (302, 200):
        other = Client()
        sign_in(other, rosa.email)
        answer = other.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected
    assert (What.CODE_SPENT, rosa) in noted()


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_are_held_back(client: Client, rosa: Person) -> None:
    reauthenticated(client, rosa)
    add_app(client)
    other = Client()
    sign_in(other, rosa.email)
    for _ in range(6):
        page = other.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many tries" in page


@pytest.mark.django_db(transaction=True)
def test_an_administrator_lets_someone_who_lost_everything_begin_again(
    client: Client, ada: Person, rosa: Person
) -> None:
    reauthenticated(client, rosa)
    add_app(client)
    desk = Client()
    desk.force_login(ada)
    person = reverse("desk:person", args=[rosa.pk])
    assert "A lost device" in desk.get(person).content.decode()
    answer = desk.post(reverse("desk:remove_protections", args=[rosa.pk]), follow=True)
    assert "were removed" in answer.content.decode()
    assert not queries.protections_of(rosa)
    assert client.get(reverse("desk:me")).status_code == 302
    assert mail.outbox[-1].to == [rosa.email]
    assert (What.PROTECTIONS_REMOVED, rosa) in noted()
    again = desk.post(reverse("desk:remove_protections", args=[rosa.pk]))
    assert again.status_code == 403
    assert desk.post(reverse("desk:remove_protections", args=[ada.pk])).status_code == 403


# --- Sessions ---


def test_sessions_are_listed_and_ended(client: Client, rosa: Person) -> None:
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"})
    sign_in(elsewhere, rosa.email)
    sign_in(client, rosa.email)
    page = client.get("/account/sessions/").content.decode()
    assert "Safari on an iPhone" in page
    assert page.count("This one") == 1
    client.post("/account/sessions/")
    assert elsewhere.get(reverse("desk:me")).status_code == 302
    assert client.get(reverse("desk:me")).status_code == 200
    assert noted()[-1] == (What.SESSION_ENDED, rosa)


def test_a_session_is_not_written_down_on_every_page(client: Client, rosa: Person) -> None:
    sign_in(client, rosa.email)
    first = UserSession.objects.get(user=rosa).last_seen_at
    client.get(reverse("desk:me"))
    assert UserSession.objects.get(user=rosa).last_seen_at == first
    session = client.session
    session["seen_at"] -= 301
    session.save()
    client.get(reverse("desk:me"))
    assert UserSession.objects.get(user=rosa).last_seen_at > first


# --- Joining by invitation ---


@pytest.fixture
def link(ada: Person, office: Body) -> str:
    """The path of an open invitation."""
    _, address = actions.invite_person(
        by=ada, name="Jo Ellery", email="jo@northmoor.example", body=office, roles=[Role.VERIFIER]
    )
    return urlsplit(address).path


def test_the_invited_person_joins_and_is_signed_in(client: Client, link: str) -> None:
    page = client.get(link).content.decode()
    assert "jo@northmoor.example" in page
    assert 'value="Jo Ellery"' in page
    answer = client.post(link, {"name": "Jo Ellery", "password": NEW_PASSWORD}, follow=True)
    assert "Welcome, Jo Ellery. Now protect your sign-in." in answer.content.decode()
    person = Person.objects.get(email="jo@northmoor.example")
    assert noted() == [(What.INVITATION_USED, person), (What.SIGNED_IN, person)]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Enter choose a password|Choose a password"),
        ("short", "too short"),
        ("password1234", "too common"),
        ("jo@northmoor.example", "too similar"),
    ],
)
def test_a_weak_password_is_refused_and_the_invitation_stays_open(
    client: Client, link: str, password: str, sentence: str
) -> None:
    answer = client.post(link, {"name": "Jo", "password": password})
    assert answer.status_code == 400
    assert re.search(sentence, answer.content.decode())
    assert Invitation.objects.get().used_at is None


def test_a_used_link_says_so_and_is_noted(client: Client, link: str) -> None:
    Client().post(link, {"name": "Jo", "password": NEW_PASSWORD})
    answer = client.get(link)
    assert answer.status_code == 410
    assert "has been used" in answer.content.decode()
    assert noted()[-1] == (What.INVITATION_REFUSED, None)


def test_a_guessed_link_is_refused(client: Client, db: None) -> None:
    answer = client.get(reverse("account_desk:join", args=["guess"]))
    assert answer.status_code == 410
    assert "not known here" in answer.content.decode()
    assert client.delete(reverse("account_desk:join", args=["guess"])).status_code == 405


# --- My own page ---


def test_my_page_in_few_queries(
    client: Client, rosa: Person, django_assert_max_num_queries: Any
) -> None:
    client.force_login(rosa)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("desk:me")).content.decode()
    assert "Logs reports, checks what was found in them" in page
    assert "Only a password" in page
    assert client.post(reverse("desk:me")).status_code == 405


def test_i_change_my_name_and_turn_shortcuts_off(client: Client, rosa: Person) -> None:
    client.force_login(rosa)
    assert client.post(reverse("desk:change_me"), {"name": ""}).status_code == 400
    answer = client.post(reverse("desk:change_me"), {"name": "Rosa A."}, follow=True)
    assert "Your details were changed." in answer.content.decode()
    rosa.refresh_from_db()
    assert (rosa.name, rosa.shortcuts) == ("Rosa A.", False)


def test_somebody_without_a_role_sees_only_their_own_page(client: Client, rosa: Person) -> None:
    actions.end_role(by="operator", held=rosa.roles_held.get())
    client.force_login(rosa)
    assert "You hold no role yet" in client.get(reverse("desk:me")).content.decode()
    assert client.get(reverse("desk:people")).status_code == 403


# --- The demo ---


def test_in_the_demo_one_click_signs_in_as_anyone(
    client: Client, settings: Any, rosa: Person, omar: Person
) -> None:
    settings.DEMO = True
    page = client.get(reverse("account_desk:demo_people")).content.decode()
    assert "Sign in as Omar Rahim" in page
    assert "Answers for one body" in page
    for person in (omar, rosa):
        client.post(reverse("account_desk:demo_people"), {"person": str(person.pk)})
        assert person.name in client.get(reverse("desk:me")).content.decode()
    for nobody in ("", "nonsense", "0b7b2a2e-6b86-4a0e-a5b8-0d7d1f9f3c11"):
        answer = client.post(reverse("account_desk:demo_people"), {"person": nobody})
        assert answer.status_code == 404


def test_outside_the_demo_there_is_no_such_page(client: Client, rosa: Person) -> None:
    address = reverse("account_desk:demo_people")
    assert client.get(address).status_code == 404
    assert client.post(address, {"person": str(rosa.pk)}).status_code == 404
    assert client.get(reverse("desk:me")).status_code == 302


# --- Through a provider ---


def through(client: Client, provider: Provider, **claims: object) -> Any:  # noqa: F811
    """Sign in through the provider, which vouches for ``claims``."""
    provider.claims = {"sub": "7", "email_verified": True, **claims}
    there = client.post("/account/oidc/office/login/?process=login")["Location"]
    assert there.startswith(f"{provider.address}/authorize?")
    assert "code_challenge=" in there
    state = parse_qs(urlsplit(there).query)["state"][0]
    return client.get("/account/oidc/office/login/callback/", {"code": "c", "state": state})


def test_a_known_person_signs_in_through_the_provider(
    client: Client,
    rosa: Person,
    provider: Provider,  # noqa: F811
) -> None:
    assert "Sign in with Northmoor sign-in" in client.get(LOGIN).content.decode()
    assert through(client, provider, email="Rosa@northmoor.example")["Location"] == "/desk/"
    assert rosa.name in client.get(reverse("desk:me")).content.decode()
    assert noted()[-1] == (What.SIGNED_IN, rosa)
    rosa.refresh_from_db()
    assert rosa.check_password(PASSWORD)
    page = client.get(reverse("account_desk:provider")).content.decode()
    assert "Disconnect" in page


def test_an_invited_person_joins_through_the_provider(
    client: Client,
    link: str,
    provider: Provider,  # noqa: F811
) -> None:
    assert through(client, provider, email="jo@northmoor.example")["Location"] == "/desk/"
    person = Person.objects.get(email="jo@northmoor.example")
    assert queries.roles_of(person) == {Role.VERIFIER}
    assert not person.has_usable_password()
    assert Client().get(link).status_code == 410
    assert (What.INVITATION_USED, person) in noted()


def test_a_stranger_from_the_provider_is_turned_away(
    client: Client,
    rosa: Person,
    provider: Provider,  # noqa: F811
) -> None:
    answer = through(client, provider, email="stranger@else.example")
    assert "By invitation only" in answer.content.decode()
    assert Person.objects.count() == 1
    assert client.get(reverse("desk:me")).status_code == 302
    assert noted() == [(What.NOT_INVITED, None)]


def test_an_address_that_the_provider_does_not_vouch_for_opens_nothing(
    client: Client,
    rosa: Person,
    link: str,
    provider: Provider,  # noqa: F811
) -> None:
    for address in (rosa.email, "jo@northmoor.example"):
        answer = through(client, provider, email=address, email_verified=False)
        assert client.get(reverse("desk:me")).status_code == 302, answer
    assert Invitation.objects.get().used_at is None


def test_whose_access_is_closed_does_not_come_in_by_the_provider(
    client: Client,
    ada: Person,
    rosa: Person,
    provider: Provider,  # noqa: F811
) -> None:
    actions.suspend_person(by=ada, person=rosa)
    through(client, provider, email=rosa.email)
    assert client.get(reverse("desk:me")).status_code == 302


def test_a_provider_that_fails_is_a_page_in_words(
    client: Client,
    rosa: Person,
    provider: Provider,  # noqa: F811
) -> None:
    answer = client.get("/account/oidc/office/login/callback/", {"error": "server_error"})
    assert "did not let us know who you are" in answer.content.decode()
    assert noted() == [(What.PROVIDER_WRONG, None)]


# --- How the pages are drawn ---

OPEN = [
    LOGIN,
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
    "/account/password/reset/key/abc-def/",
    "/account/3rdparty/login/cancelled/",
    "/account/3rdparty/login/error/",
    "/account/join/guess/",
]
SIGNED_IN = [
    "/account/logout/",
    "/account/reauthenticate/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/recovery-codes/generate/",
]


def drawn_by_us(answer: Any) -> None:
    """Our own frame, nothing inline, a strict policy, one heading, a title of its own."""
    page = answer.content.decode()
    assert 'class="an-header"' in page
    assert page.count("<h1") == 1
    assert re.search(r"<title>\s*\S.* · .*Answerable</title>", page)
    assert not re.search(r"\sstyle=|\son[a-z]+=\"", page)
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/json))", page)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("address", OPEN)
def test_each_page_before_signing_in_is_ours(address: str, client: Client, db: None) -> None:
    drawn_by_us(client.get(address))


@pytest.mark.parametrize("address", SIGNED_IN)
def test_each_page_of_ones_sign_in_is_ours(address: str, client: Client, rosa: Person) -> None:
    reauthenticated(client, rosa)
    answer = client.get(address)
    assert answer.status_code == 200
    drawn_by_us(answer)


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_protected_sign_in_are_ours(client: Client, rosa: Person) -> None:
    reauthenticated(client, rosa)
    add_app(client)
    for address in (
        "/account/2fa/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/reauthenticate/",
        "/account/2fa/totp/deactivate/",
    ):
        drawn_by_us(client.get(address))
    other = Client()
    sign_in(other, rosa.email)
    drawn_by_us(other.get("/account/2fa/authenticate/"))
    client.post("/account/2fa/totp/deactivate/")
    assert (What.APP_REMOVED, rosa) in noted()


# --- Never a 500 ---

TYPED = st.text(max_size=60) | st.sampled_from(["\x00", "1" * 40, "@", "a@b.example", "{}", "[1]"])
FIELDS = ["login", "password", "email", "name", "next", "credential", "person", "code", "shortcuts"]


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=6))
def test_whatever_a_stranger_types_no_page_breaks(
    db: None, link: str, settings: Any, typed: dict[str, str]
) -> None:
    settings.DEMO = True
    settings.ACCOUNT_RATE_LIMITS = False
    client = Client()
    for address in (
        LOGIN,
        "/account/password/reset/",
        "/account/2fa/webauthn/login/",
        reverse("account_desk:demo_people"),
    ):
        assert client.post(address, typed).status_code < 500, address
    assert client.post(link, {**typed, "password": ""}).status_code < 500


# --- Messages ---


def test_messages_greet_by_name_and_their_subjects_tell_nothing_private(
    client: Client, rosa: Person
) -> None:
    client.post("/account/password/reset/", {"email": rosa.email})
    sign_in(client, rosa.email)
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    client.post("/account/password/change/", form, headers={"user-agent": "Firefox/130.0 Linux"})
    asked, changed = mail.outbox
    assert asked.subject == "Answerable: set a new password"
    assert changed.subject == "Answerable: your password was changed"
    for message in (asked, changed):
        assert message.body.startswith("Hello Rosa Adeyemi,\n")
        assert "example.com" not in message.body
    assert "Firefox on Linux" in changed.body
    assert "If this was not you" in changed.body
