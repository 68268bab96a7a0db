"""The pages about bodies: the list, one body, its areas and successors."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts import actions
from answerable.accounts.models import Body, Person

MOST_QUERIES = 15
DETAILS = {"name": "Northmoor Police", "kind": "force", "short_name": "the Force"}


@pytest.fixture
def as_rosa(client: Client, rosa: Person) -> Client:
    """A browser in which the governance officer has signed in."""
    client.force_login(rosa)
    return client


READ = ("desk:bodies", "desk:body")
WRITE = ("desk:new_body", "desk:change_body", "desk:add_area", "desk:succeed_body")


def address(name: str, body: Body) -> str:
    return reverse(name, args=[] if name in ("desk:bodies", "desk:new_body") else [body.slug])


@pytest.mark.parametrize("name", READ + WRITE)
def test_each_page_opens_in_few_queries(
    name: str, as_rosa: Client, force: Body, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        assert as_rosa.get(address(name, force)).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_everyone_who_has_signed_in_may_read(
    name: str, client: Client, omar: Person, force: Body
) -> None:
    client.force_login(omar)
    page = client.get(address(name, force)).content.decode()
    assert "Northmoor Police" in page
    assert "Change" not in page.replace("Changing this", "")


@pytest.mark.parametrize("name", WRITE)
def test_a_colleague_without_the_right_is_told_why_not(
    name: str, client: Client, vera: Person, force: Body
) -> None:
    client.force_login(vera)
    for answer in (client.get(address(name, force)), client.post(address(name, force), DETAILS)):
        assert answer.status_code == 403
        sentence = "Only a governance officer or administrator may keep the list of bodies."
        assert sentence in answer.content.decode()


@pytest.mark.parametrize("name", READ + WRITE)
def test_a_stranger_is_sent_to_sign_in(name: str, client: Client, force: Body) -> None:
    answer = client.get(address(name, force))
    assert answer["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("name", READ + WRITE)
def test_a_wrong_method_is_refused(name: str, as_rosa: Client, force: Body) -> None:
    assert as_rosa.delete(address(name, force)).status_code == 405


def test_a_body_that_is_not_there_is_not_found(as_rosa: Client, db: None) -> None:
    assert as_rosa.get("/desk/bodies/nowhere/").status_code == 404


def test_only_who_may_see_people_sees_those_of_a_body(
    client: Client, ada: Person, rosa: Person, omar: Person, force: Body
) -> None:
    for person, sees in ((ada, True), (rosa, False), (omar, False)):
        client.force_login(person)
        page = client.get(address("desk:body", force)).content.decode()
        assert ("People with access" in page) is sees


def test_a_body_is_added_with_its_names_and_dates(as_rosa: Client) -> None:
    answer = as_rosa.post(
        reverse("desk:new_body"),
        {
            "name": "Eastmoor Police",
            "kind": "force",
            "other_names": "EMP\r\n\r\nEastmoor Constabulary",
            "begins_on-day": "1",
            "begins_on-month": "4",
            "begins_on-year": "1974",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "Eastmoor Police was added." in page
    assert "Eastmoor Constabulary" in page
    assert "1 April 1974" in page
    assert "Rosa Adeyemi added the body Eastmoor Police" in page


def test_a_wrong_form_keeps_what_was_typed(as_rosa: Client, force: Body) -> None:
    answer = as_rosa.post(
        reverse("desk:new_body"),
        {"name": "northmoor police", "kind": "", "begins_on-day": "31", "begins_on-month": "2"},
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="northmoor police"' in page
    assert "Choose the kind" in page
    assert "must include a year" in page
    answer = as_rosa.post(reverse("desk:new_body"), {"name": "northmoor police", "kind": "force"})
    assert "There is already a body called Northmoor Police." in answer.content.decode()


def test_a_change_that_was_overtaken_shows_what_is_there_now(
    as_rosa: Client, ada: Person, force: Body
) -> None:
    seen = force.version
    actions.change_body(
        by=ada, body=force, seen=seen, name=force.name, kind=force.kind, short_name="the Police"
    )
    page_address = address("desk:change_body", force)
    typed = {**DETAILS, "short_name": "our Force", "seen": str(seen)}
    answer = as_rosa.post(page_address, typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Someone else changed this" in page
    assert 'value="our Force"' in page
    assert "the Police" in page
    newest = Body.objects.get(pk=force.pk).version
    assert f'name="seen" value="{newest}"' in page
    assert as_rosa.post(page_address, {**typed, "seen": str(newest)}).status_code == 302
    assert Body.objects.get(pk=force.pk).short_name == "our Force"


def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(
    as_rosa: Client, force: Body
) -> None:
    answer = as_rosa.post(address("desk:change_body", force), {**DETAILS, "short_name": "X"})
    assert "Someone else changed this" in answer.content.decode()
    assert Body.objects.get(pk=force.pk).short_name == "the Force"


def test_an_area_is_added_and_changed(as_rosa: Client, force: Body) -> None:
    as_rosa.post(address("desk:add_area", force), {"name": "Eastmoor"})
    area = force.areas.get()
    version = Body.objects.get(pk=force.pk).version
    answer = as_rosa.post(
        reverse("desk:change_area", args=[force.slug, area.slug]),
        {"name": "East Moor", "seen": str(version)},
        follow=True,
    )
    page = answer.content.decode()
    assert "The area was changed." in page
    assert "Rosa Adeyemi changed the area East Moor of Northmoor Police" in page
    assert as_rosa.get(reverse("desk:change_area", args=[force.slug, "nowhere"])).status_code == 404


def test_a_successor_is_recorded(as_rosa: Client, force: Body, council: Body) -> None:
    form = {
        "successor": str(council.pk),
        "on-day": "1",
        "on-month": "4",
        "on-year": "2025",
        "reason": "By order.",
    }
    answer = as_rosa.post(address("desk:succeed_body", force), form, follow=True)
    page = answer.content.decode()
    assert "Northmoor Council follows Northmoor Police." in page
    assert "took over" in page
    answer = as_rosa.post(address("desk:succeed_body", force), form)
    assert "already recorded" in answer.content.decode()


def test_the_list_is_narrowed(as_rosa: Client, force: Body, council: Body) -> None:
    def names(**query: str) -> set[str]:
        page = as_rosa.get(reverse("desk:bodies"), query).context["page"]
        return {body.name for body in page}

    assert len(names()) == 3
    assert names(q="police") == {"Northmoor Police", "Northmoor Police and Crime Commissioner"}
    assert names(kind="council") == {"Northmoor Council"}
    assert names(exists="ended") == set()


def test_the_list_asks_no_more_for_more_bodies(as_rosa: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_rosa.get(reverse("desk:bodies"))
        return len(counted)

    few = asked()
    for n in range(30):
        actions.add_body(by="operator", name=f"Body {n}", kind="other", other_names=[f"B{n}"])
    assert asked() == few <= MOST_QUERIES


TYPED = st.text(max_size=60) | st.sampled_from(["\x00", "1" * 40, "-1", "é" * 300, "<script>"])
FIELDS = [
    "name",
    "short_name",
    "kind",
    "other_names",
    "begins_on-day",
    "begins_on-month",
    "begins_on-year",
    "ends_on-day",
    "ends_on-month",
    "ends_on-year",
    "seen",
    "successor",
    "on-day",
    "on-month",
    "on-year",
    "reason",
    "q",
    "exists",
    "page",
]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.dictionaries(st.sampled_from(FIELDS), TYPED, max_size=10))
def test_whatever_is_typed_no_page_breaks(
    as_rosa: Client, force: Body, typed: dict[str, str]
) -> None:
    assert as_rosa.get(reverse("desk:bodies"), typed).status_code < 500
    for name in WRITE:
        assert as_rosa.post(address(name, force), typed).status_code < 500
