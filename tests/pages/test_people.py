"""The pages about people: who has access, inviting, roles, closing, opening, forgetting."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts import actions, queries
from answerable.accounts.models import Body, Invitation, Person, Role, SecurityLine

MOST_QUERIES = 15


@pytest.fixture
def as_ada(client: Client, ada: Person) -> Client:
    """A browser in which the administrator has signed in."""
    client.force_login(ada)
    return client


PAGES: dict[str, Callable[[Person], str]] = {
    "people": lambda p: reverse("desk:people"),
    "person": lambda p: reverse("desk:person", args=[p.pk]),
    "invite": lambda p: reverse("desk:invite_person"),
    "close": lambda p: reverse("desk:close_access", args=[p.pk]),
    "forget": lambda p: reverse("desk:forget_person", args=[p.pk]),
    "security": lambda p: reverse("desk:security_log"),
    "prune": lambda p: reverse("desk:prune_security_log"),
}
ACTS: dict[str, Callable[[Person], str]] = {
    "give": lambda p: reverse("desk:give_role", args=[p.pk]),
    "end": lambda p: reverse("desk:end_role", args=[p.pk, p.roles_held.get().pk]),
    "open": lambda p: reverse("desk:open_access", args=[p.pk]),
    "unprotect": lambda p: reverse("desk:remove_protections", args=[p.pk]),
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_in_few_queries(
    name: str, as_ada: Client, rosa: Person, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        assert as_ada.get(PAGES[name](rosa)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_colleague_without_the_right_is_told_why_not(
    name: str, client: Client, rosa: Person, vera: Person
) -> None:
    client.force_login(vera)
    answer = client.get(PAGES[name](rosa))
    assert answer.status_code == 403
    assert "Only an administrator may" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES | ACTS)
def test_someone_of_another_body_does_not_learn_that_there_is_such_a_page(
    name: str, client: Client, rosa: Person, omar: Person
) -> None:
    client.force_login(omar)
    address = (PAGES | ACTS)[name](rosa)
    answer = client.post(address) if name in ACTS else client.get(address)
    assert answer.status_code == 404
    assert "Rosa" not in answer.content.decode()


@pytest.mark.parametrize("name", PAGES | ACTS)
def test_a_stranger_is_sent_to_sign_in(name: str, client: Client, rosa: Person) -> None:
    answer = client.get((PAGES | ACTS)[name](rosa))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("name", PAGES | ACTS)
def test_a_wrong_method_is_refused(name: str, as_ada: Client, rosa: Person) -> None:
    address = (PAGES | ACTS)[name](rosa)
    assert as_ada.delete(address).status_code == 405
    if name in ACTS:
        assert as_ada.get(address).status_code == 405


def test_a_person_who_is_not_there_is_not_found(as_ada: Client) -> None:
    assert as_ada.get(reverse("desk:person", args=[uuid4()])).status_code == 404


# --- The list ---


def test_the_list_is_narrowed_by_name_role_body_and_access(
    as_ada: Client, ada: Person, rosa: Person, omar: Person, ravi: Person
) -> None:
    actions.suspend_person(by=ada, person=ravi)

    def names(**query: str) -> set[str]:
        page = as_ada.get(reverse("desk:people"), query).context["page"]
        return {person.name.split()[0] for person in page}

    assert names() == {"Ada", "Rosa", "Omar", "Ravi"}
    assert names(q="ros") == {"Rosa"}
    assert names(role="assurance_lead") == {"Omar"}
    assert names(body="northmoor-police") == {"Omar"}
    assert names(access="closed") == {"Ravi"}
    assert names(access="open") == {"Ada", "Rosa", "Omar"}


def test_the_list_asks_no_more_for_more_people(as_ada: Client, office: Body) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_ada.get(reverse("desk:people"))
        return len(counted)

    def add(count: int, start: int) -> None:
        for n in range(start, start + count):
            actions.add_person(
                by="operator",
                name=f"P {n}",
                email=f"p{n}@x.example",
                body=office,
                roles=[Role.READER],
            )

    add(3, 0)
    few = asked()
    add(20, 3)
    assert asked() == few <= MOST_QUERIES


def test_a_list_that_finds_nobody_says_so(as_ada: Client) -> None:
    assert "Nobody here is like that" in as_ada.get("/desk/people/?q=zzz").content.decode()


# --- Inviting ---


def invite(client: Client, body: Body, **other: object) -> object:
    form = {
        "name": "Jo Ellery",
        "email": "jo@northmoor.example",
        "body": body.pk,
        "roles": ["verifier"],
    }
    return client.post(reverse("desk:invite_person"), {**form, **other})


def test_the_link_is_shown_once_and_works(as_ada: Client, office: Body) -> None:
    answer = invite(as_ada, office)
    link = answer.context["link"]
    assert link in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert link not in as_ada.get(reverse("desk:people")).content.decode()
    path = "/" + link.split("/", 3)[3]
    assert Client().get(path).status_code == 200


def test_a_wrong_invitation_keeps_what_was_typed(as_ada: Client, office: Body, force: Body) -> None:
    answer = invite(as_ada, office, email="not an address", name="Jo Ellery")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="not an address"' in page
    assert 'value="Jo Ellery"' in page
    assert "There is a problem" in page
    answer = invite(as_ada, force)
    assert "Only people of an oversight office may be a verifier" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_inviting_twice_says_what_to_do(as_ada: Client, office: Body) -> None:
    invite(as_ada, office)
    assert "Withdraw it first" in invite(as_ada, office).content.decode()


def test_an_invitation_is_withdrawn(as_ada: Client, office: Body, rosa: Person) -> None:
    invite(as_ada, office)
    [invitation] = queries.open_invitations()
    address = reverse("desk:withdraw_invitation", args=[invitation.pk])
    colleague = Client()
    colleague.force_login(rosa)
    assert colleague.post(address).status_code == 403
    answer = as_ada.post(address, follow=True)
    assert "was withdrawn. Its link no longer works." in answer.content.decode()
    assert not queries.open_invitations()
    assert as_ada.post(address).status_code == 403


# --- One person ---


def test_a_role_is_given_and_ended(as_ada: Client, rosa: Person) -> None:
    answer = as_ada.post(
        reverse("desk:give_role", args=[rosa.pk]), {"role": "publisher"}, follow=True
    )
    assert "Rosa Adeyemi is now publisher." in answer.content.decode()
    held = rosa.roles_held.get(role=Role.PUBLISHER)
    answer = as_ada.post(reverse("desk:end_role", args=[rosa.pk, held.pk]), follow=True)
    assert "Rosa Adeyemi is no longer publisher." in answer.content.decode()
    assert "Ada Whitlock ended the role of publisher" in answer.content.decode()


@pytest.mark.parametrize("role", ["", "assurance_lead", "king"])
def test_a_role_that_cannot_be_given_is_refused_on_the_page(
    as_ada: Client, rosa: Person, role: str
) -> None:
    answer = as_ada.post(reverse("desk:give_role", args=[rosa.pk]), {"role": role})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()


def test_ones_own_page_offers_no_role_and_says_why(as_ada: Client, ada: Person) -> None:
    page = as_ada.get(reverse("desk:person", args=[ada.pk])).content.decode()
    assert "You cannot give yourself a role." in page
    assert "is the last administrator" in page
    answer = as_ada.post(reverse("desk:give_role", args=[ada.pk]), {"role": "publisher"})
    assert "You cannot give yourself a role" in answer.content.decode()
    assert queries.roles_of(Person.objects.get(pk=ada.pk)) == {Role.ADMINISTRATOR}


def test_the_role_of_another_person_is_not_ended_by_a_mixed_address(
    as_ada: Client, rosa: Person, vera: Person
) -> None:
    held = vera.roles_held.get()
    assert as_ada.post(reverse("desk:end_role", args=[rosa.pk, held.pk])).status_code == 404
    assert vera.roles_held.get().ended_at is None


def test_access_is_closed_with_a_reason_and_opened_again(as_ada: Client, rosa: Person) -> None:
    answer = as_ada.post(
        reverse("desk:close_access", args=[rosa.pk]), {"reason": "On leave."}, follow=True
    )
    page = answer.content.decode()
    assert "The access of Rosa Adeyemi is closed." in page
    assert "On leave." in page
    assert as_ada.get(reverse("desk:close_access", args=[rosa.pk])).status_code == 403
    answer = as_ada.post(reverse("desk:open_access", args=[rosa.pk]), follow=True)
    assert "Rosa Adeyemi can sign in again." in answer.content.decode()


def test_a_reason_that_is_too_long_is_kept_and_said(as_ada: Client, rosa: Person) -> None:
    words = "because " * 200
    answer = as_ada.post(reverse("desk:close_access", args=[rosa.pk]), {"reason": words})
    assert words.strip() in answer.content.decode()
    assert Person.objects.get(pk=rosa.pk).is_active


def test_forgetting_says_what_it_does_not_do_and_asks_once_more(
    as_ada: Client, rosa: Person
) -> None:
    address = reverse("desk:forget_person", args=[rosa.pk])
    page = as_ada.get(address).content.decode()
    assert "What it does not do" in page
    assert "backups that were made before today" in page
    answer = as_ada.post(address)
    assert answer.status_code == 400
    assert Person.objects.get(pk=rosa.pk).name
    answer = as_ada.post(address, {"sure": "on"}, follow=True)
    assert "has been erased" in answer.content.decode()
    page = as_ada.get(reverse("desk:person", args=[rosa.pk])).content.decode()
    assert "A person since forgotten" in page
    assert "rosa@" not in page


# --- The security log ---


def test_the_security_log_is_narrowed(as_ada: Client, ada: Person, rosa: Person) -> None:
    actions.note_security(what=SecurityLine.What.SIGNED_IN, person=rosa, address="192.0.2.7")
    actions.note_security(what=SecurityLine.What.PASSWORD_WRONG, address="192.0.2.8")

    def found(**query: str) -> list[str | None]:
        page = as_ada.get(reverse("desk:security_log"), query).context["page"]
        return [line.address for line in page]

    assert found() == ["192.0.2.8", "192.0.2.7"]
    assert found(what="signed_in") == ["192.0.2.7"]
    assert found(who=str(rosa.pk)) == ["192.0.2.7"]
    assert found(**{"since-day": "1", "since-month": "1", "since-year": "2999"}) == []


def test_old_lines_are_removed_from_the_page(as_ada: Client) -> None:
    answer = as_ada.post(reverse("desk:prune_security_log"), {"days": "365"}, follow=True)
    assert "Lines removed from the security log: 0." in answer.content.decode()
    answer = as_ada.post(reverse("desk:prune_security_log"), {"days": "1"})
    assert "There is a problem" in answer.content.decode()


# --- Never a 500 ---

TYPED = st.text(max_size=60) | st.sampled_from(
    ["\x00", "1" * 40, "-1", "é" * 300, "<script>", "on"]
)
FIELDS = [
    "name",
    "email",
    "body",
    "roles",
    "role",
    "reason",
    "sure",
    "days",
    "q",
    "access",
    "what",
    "who",
    "since-day",
    "since-month",
    "since-year",
    "page",
]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=8))
def test_whatever_is_typed_no_page_breaks(
    as_ada: Client, rosa: Person, typed: dict[str, str]
) -> None:
    for name in ("people", "security"):
        assert as_ada.get(PAGES[name](rosa), typed).status_code < 500
    for address in (PAGES["invite"](rosa), PAGES["prune"](rosa), ACTS["give"](rosa)):
        assert as_ada.post(address, typed).status_code < 500
