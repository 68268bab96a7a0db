"""What passed to another office can be read line by line on the page of its body."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from answerable.accounts.models import Person
from answerable.assurance.models import Closure
from answerable.audit.actions import OPERATOR
from answerable.handover.actions.giving import hand_over
from answerable.handover.models import Handover
from answerable.publishing.queries import folder_of
from tests.browser import Window, accessible
from tests.universe import published


@pytest.fixture
def given(closure: Closure, tmp_path: Path) -> Handover:
    """The police's record, handed over to the mayor."""
    body = closure.undertaking.body
    return hand_over(by=OPERATOR, body=body, office="The Mayor", target=tmp_path / "p.tar")[0]


def address(given: Handover) -> str:
    return reverse("desk:handover", args=[given.body.slug, given.pk])


def test_the_body_says_where_its_record_went_and_leads_to_the_lines(
    client: Client, rosa: Person, given: Handover
) -> None:
    client.force_login(rosa)
    page = client.get(reverse("desk:body", args=[given.body.slug])).content.decode()
    assert "was handed over to The Mayor" in page
    assert address(given) in page


def test_the_next_edition_says_so_too(given: Handover, petra: Person, percy: Person) -> None:
    edition = published(petra, percy)
    page = folder_of(edition) / "body" / f"{given.body.slug}.html"
    assert "its whole record was handed over to The Mayor" in page.read_text()


def test_each_line_has_four_answers_and_says_whether_it_was_open_and_why(
    client: Client, rosa: Person, given: Handover
) -> None:
    client.force_login(rosa)
    page = client.get(address(given)).content.decode()
    assert "Closed as assured: Seen by our verifier." in page
    for question in ("Response", "Delivery", "Assurance", "Effect"):
        assert question in page
    assert given.sha256 in page


def test_the_page_costs_few_queries(
    client: Client, rosa: Person, given: Handover, django_assert_max_num_queries: object
) -> None:
    client.force_login(rosa)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(address(given))


def test_people_of_bodies_and_strangers_do_not_see_it(
    client: Client, omar: Person, given: Handover
) -> None:
    assert client.get(address(given)).status_code == 302
    client.force_login(omar)
    assert client.get(address(given)).status_code == 404


def test_it_is_only_read(client: Client, rosa: Person, given: Handover) -> None:
    client.force_login(rosa)
    assert client.post(address(given)).status_code == 405


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("narrow", [False, True])
def test_it_can_be_read_by_everyone(
    window: Window, rosa: Person, given: Handover, narrow: bool, shot: Callable[[Page, str], None]
) -> None:
    page = window(rosa, narrow=narrow)
    page.goto(address(given))
    accessible(page)
    shot(page, f"handover-{'narrow' if narrow else 'wide'}")
