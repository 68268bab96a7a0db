"""The plan of one answer: which of its words are served, and which no action serves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from answerable.accounts.models import Person
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action, Service
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.models import Undertaking

PAGE = "/desk/register/R-0001/by/northmoor-police/plan/"
Open = Callable[..., str]


@pytest.fixture
def seen(client: Client) -> Open:
    """What a person reads at an address, or after a form was sent there."""

    def look(person: Person, path: str = PAGE, *, status: int = 200, **sent: object) -> str:
        client.force_login(person)
        answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return " ".join(answer.content.decode().split())

    return look


def test_words_that_no_action_serves_are_listed(
    seen: Open, omar: Person, full_plan: Action
) -> None:
    page = seen(omar)
    assert "<mark>Northmoor Police should record every report about a child at risk" in page
    assert "No action serves these words" in page
    assert "“within 24 hours.”" in page
    assert "moved twice" in page


def test_clauses_are_ticked_and_kept_exactly(
    seen: Open, omar: Person, accepted: Undertaking, action: Action
) -> None:
    page = seen(omar, f"{PAGE}serve/", action="A-0001", clauses="0", note="By reading.")
    assert "A-0001 serves these words. That is planned, not yet done." in page
    assert "Every word of it is served by an action." in page


def test_a_quotation_serves_less_than_a_clause(
    seen: Open, omar: Person, accepted: Undertaking, action: Action
) -> None:
    page = seen(omar, f"{PAGE}serve/", action="A-0001", quote="not its words")
    assert "These words do not stand in what was asked." in page
    page = seen(omar, f"{PAGE}serve/", action="A-0001", quote="within\n24  hours")
    assert "<mark>within 24 hours</mark>" in page
    assert Service.objects.get().spans == [[77, 92]]


def test_nothing_marked_is_refused_in_words(
    seen: Open, omar: Person, accepted: Undertaking, action: Action
) -> None:
    page = seen(omar, f"{PAGE}serve/", action="A-0001", note="Somehow.")
    assert "Mark the words that this action serves." in page
    assert "Somehow.</textarea>" in page


def test_a_service_is_taken_out_with_a_reason(seen: Open, omar: Person, full_plan: Action) -> None:
    assert "a problem" in seen(omar, f"{PAGE}A-0001/take-out/", reason="")
    page = seen(omar, f"{PAGE}A-0001/take-out/", reason="It never did.")
    assert "That it did stays on record." in page
    assert "It never did." in page
    seen(omar, f"{PAGE}A-0002/take-out/", status=404)


def test_words_that_were_corrected_are_served_by_nobody_until_someone_says_so(
    seen: Open, omar: Person, rosa: Person, accepted: Undertaking, full_plan: Action
) -> None:
    correct_recommendation(
        by=rosa,
        recommendation=accepted.recommendation,
        words="Northmoor Police must record every report within 24 hours.",
        reason="A line was misread.",
    )
    assert "The words were corrected since" in seen(omar)
    assert "The words were corrected since." in seen(omar, "/desk/plan/northmoor-police/A-0001/")


def test_doors(client: Client, seen: Open, ravi: Person, lena: Person, full_plan: Action) -> None:
    assert client.get(PAGE).status_code == 302
    assert "It no longer serves this" not in seen(ravi)
    seen(ravi, f"{PAGE}serve/", status=403)
    assert client.post(PAGE).status_code == 405
    for path in (PAGE, f"{PAGE}serve/", f"{PAGE}A-0001/take-out/"):
        seen(lena, path, status=404)


def test_many_actions_cost_no_more_queries(
    client: Client,
    omar: Person,
    accepted: Undertaking,
    full_plan: Action,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(8):
        made = add_action(by=omar, body=accepted.body, title=f"Step {n}", owner_role="Head")
        serve_undertaking(by=omar, action=made, undertaking=accepted, spans=[[n, n + 20]])
    client.force_login(omar)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200
