"""Interests: declared by oneself, said to be over by the chair."""

import pytest
from django.test import Client

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.models import Interest
from answerable.register.models import Undertaking
from tests.pages.test_opinions import page, words

PATH = "/desk/me/interests/"


def test_an_interest_in_a_body_or_in_one_matter_is_declared(
    client: Client, accepted: Undertaking, vera: Person, force: Body
) -> None:
    assert "You have declared none." in page(client, vera, PATH)
    sent = {"body": force.pk, "reach": "body", "words": "I worked there until 2024."}
    said = words(client.post(PATH, sent, follow=True).content)
    assert "Your interest is declared." in said
    assert "I worked there until 2024." in said
    sent |= {"reach": "one", "reference": "r1", "words": "My sister leads it."}
    client.post(PATH, sent)
    assert Interest.objects.get(undertaking=accepted).person == vera
    assert "It no longer holds" not in page(client, vera, PATH)


def test_a_wrong_form_keeps_what_was_typed(
    client: Client, accepted: Undertaking, vera: Person, force: Body
) -> None:
    client.force_login(vera)
    sent = {"body": force.pk, "reach": "one", "reference": "", "words": "My sister leads it."}
    said = words(client.post(PATH, sent).content)
    assert 'href="#id_reference"' in said
    assert "My sister leads it.</textarea>" in said
    said = words(client.post(PATH, sent | {"reference": "R-0003"}).content)
    assert "Northmoor Police was not asked any R-0003." in said
    assert not Interest.objects.exists()


def test_the_chair_says_that_it_is_over_and_nobody_else_does(
    client: Client, accepted: Undertaking, vera: Person, cass: Person, rosa: Person, force: Body
) -> None:
    interest = declare_interest(by=vera, body=force, words="I worked there.")
    path = f"{PATH}{interest.pk}/end/"
    for person in (vera, rosa):
        client.force_login(person)
        assert client.post(path, {"reason": "Long ago."}).status_code == 403
    shown = page(client, cass, PATH)
    assert path in shown
    assert "I worked there." in shown
    assert 'href="#id_reason"' in words(client.post(path, {"reason": ""}).content)
    said = words(client.post(path, {"reason": "Long ago."}, follow=True).content)
    assert "The interest of Vera Lindqvist is over." in said
    assert client.get(path).status_code == 403
    assert client.get(f"{PATH}99/end/").status_code == 404
    assert "Over since" in page(client, vera, PATH)


@pytest.mark.parametrize("who", ["omar", "ravi"])
def test_who_judges_nothing_declares_nothing(
    who: str, client: Client, accepted: Undertaking, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(PATH).status_code == client.post(PATH, {}).status_code == 403
    client.logout()
    assert client.get(PATH).status_code == 302


def test_the_page_costs_few_queries(
    client: Client, accepted: Undertaking, vera: Person, cass: Person, force: Body, council: Body,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for body in (force, council):
        declare_interest(by=vera, body=body, words="I worked there.")
    client.force_login(cass)
    assert client.delete(PATH).status_code == 405
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(PATH)
