"""Today, for whoever judges: what to assess, to renew, to look at again and to close."""

import pytest
from django.test import Client

from answerable.accounts.models import Person
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.models import Closure, Opinion
from answerable.register.models import Undertaking
from tests.assured import a_file, in_days, sign
from tests.pages.test_opinions import page

TODAY = "/desk/"


def test_a_claim_waits_for_every_verifier_without_an_interest(
    client: Client, ready: Undertaking, vera: Person, ivo: Person, cass: Person, omar: Person
) -> None:
    declare_interest(by=ivo, body=ready.body, words="I worked there.")
    assert "Northmoor Police claims R-0001: ready for assessment" in page(client, vera, TODAY)
    for person in (ivo, cass, omar):
        assert "Assess it" not in page(client, person, TODAY)


def test_what_is_assured_waits_for_the_chair(
    client: Client, assured: Opinion, vera: Person, ivo: Person, cass: Person
) -> None:
    assert "Assured, and not closed" in page(client, cass, TODAY)
    for person in (vera, ivo):
        assert "Assess it" not in page(client, person, TODAY)
    sign(ivo, assured.undertaking, judgement="partly")
    assert "Assured, and not closed" not in page(client, cass, TODAY)


def test_a_second_verifier_is_asked_where_the_settings_say_so(
    client: Client, assured: Opinion, vera: Person, ivo: Person, settings: object
) -> None:
    settings.VERIFIERS_NEEDED = 2  # type: ignore[attr-defined]
    assert "Assess it" in page(client, ivo, TODAY)
    assert "Assess it" not in page(client, vera, TODAY)


def test_a_void_opinion_waits_to_be_renewed_also_under_a_closure(
    client: Client, closure: Closure, vera: Person, omar: Person
) -> None:
    a_file(omar, closure.undertaking, content=b"November: 40.\n")
    shown = page(client, vera, TODAY)
    assert "Opinions to renew" in shown
    assert "It was closed on it." in shown
    assert "Look again at" not in shown


def test_a_recheck_that_is_due_is_told_of(client: Client, closure: Closure, vera: Person) -> None:
    sign(vera, closure.undertaking, recheck_on=in_days(20))
    assert "Look again at R-0001, Northmoor Police" in page(client, vera, TODAY)


@pytest.mark.parametrize("who", ["vera", "cass"])
def test_it_costs_few_queries(
    who: str, client: Client, assured: Opinion, owed: list[Undertaking],
    request: pytest.FixtureRequest, django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    client.force_login(request.getfixturevalue(who))
    client.get("/desk/me/")
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        client.get(TODAY)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(TODAY)  # nothing has happened since
