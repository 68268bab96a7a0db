"""The page of a claim, and the form in which a body makes one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.plan.actions.claims import make_claim
from answerable.plan.models import Claim, ClosingTest
from answerable.register.models import Undertaking
from tests.assured import claim_ready

PAGE = "/desk/register/R-0001/by/northmoor-police/claim/"
Open = Callable[..., str]
SIGNED = {"signed_off_name": "Dana Holt", "signed_off_role": "Head of Public Protection"}


def typed(name: str, value: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


@pytest.fixture
def seen(client: Client) -> Open:
    """What a person reads at an address, or after a form was sent there."""

    def look(person: Person, path: str = PAGE, *, status: int = 200, **sent: object) -> str:
        client.force_login(person)
        answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return " ".join(answer.content.decode().split())

    return look


def test_an_empty_page_says_what_would_be_here(
    seen: Open, omar: Person, accepted: Undertaking
) -> None:
    page = seen(omar)
    assert "Nothing is claimed yet" in page
    assert "Enter a claim" in page
    assert "Met by other means" in page


def test_a_claim_is_entered(seen: Open, omar: Person, agreed_test: ClosingTest) -> None:
    sent = {"rung": "ready_for_assessment", "words": "All are recorded in time.", **SIGNED}
    page = seen(omar, f"{PAGE}new/", **sent)
    assert "says nothing of what someone independent has seen" in page
    assert "Northmoor Police claims: ready for assessment" in page
    assert "Signed off inside Northmoor Police by Dana Holt, Head of Public Protection." in page
    assert "Under version 1 of the closing test." in page


def test_nothing_is_ready_without_a_test(seen: Open, omar: Person, accepted: Undertaking) -> None:
    assert "It cannot be claimed yet" in seen(omar, f"{PAGE}new/")
    sent = {"rung": "ready_for_assessment", "words": "All are recorded.", **SIGNED}
    page = seen(omar, f"{PAGE}new/", **sent)
    assert "Nothing is ready for assessment before" in page
    assert "All are recorded.</textarea>" in page
    assert not Claim.objects.exists()


def test_the_last_two_need_a_reason_that_will_be_published(
    seen: Open, omar: Person, accepted: Undertaking
) -> None:
    sent = {"rung": "cannot_be_done", "words": "We will not.", "reason": "", **SIGNED}
    page = seen(omar, f"{PAGE}new/", **sent)
    assert 'href="#id_reason"' in page
    assert "This will be published, word for word." in page
    page = seen(omar, f"{PAGE}new/", **{**sent, "reason": "The law forbids it."})
    assert "The law forbids it." in page


def test_what_slips_back_is_said_with_its_day_and_credited(
    seen: Open, omar: Person, agreed_test: ClosingTest
) -> None:
    assert "From which day had it slipped back?" not in seen(omar, f"{PAGE}new/")
    claim_ready(omar, agreed_test.undertaking)
    sent = {"rung": "in_progress", "words": "Two districts have stopped."}
    page = seen(omar, f"{PAGE}new/", **sent)
    assert 'href="#id_slipped_on-day"' in page
    day = timezone.localdate() - timedelta(days=5)
    page = seen(omar, f"{PAGE}new/", **sent, **typed("slipped_on", day))
    assert "Northmoor Police itself reported on" in page
    assert "to its credit" in page


def test_whoever_enters_it_for_the_body_names_who_said_so(
    seen: Open, rosa: Person, accepted: Undertaking
) -> None:
    page = seen(rosa, f"{PAGE}new/", rung="in_progress", words="They have begun.")
    assert "Enter who signed this off" in page
    page = seen(rosa, f"{PAGE}new/", rung="in_progress", words="They have begun.", **SIGNED)
    assert "for Northmoor Police" in page


def test_a_stale_form_is_refused_once(seen: Open, omar: Person, accepted: Undertaking) -> None:
    sent = {"rung": "in_progress", "words": "Begun.", "seen": "0123456789abcdef"}
    page = seen(omar, f"{PAGE}new/", **sent)
    assert "Someone else changed this since you opened it." in page
    assert not Claim.objects.exists()


def test_doors(
    client: Client, seen: Open, ravi: Person, lena: Person, accepted: Undertaking
) -> None:
    assert client.get(PAGE).status_code == 302
    assert "Enter a claim" not in seen(ravi)
    assert "may enter what a body claims" in seen(ravi, f"{PAGE}new/", status=403)
    assert client.post(PAGE).status_code == 405
    seen(lena, PAGE, status=404)
    seen(lena, f"{PAGE}new/", status=404)


def test_many_claims_cost_no_more_queries(
    client: Client,
    omar: Person,
    rosa: Person,
    accepted: Undertaking,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(8):
        make_claim(by=omar, undertaking=accepted, rung="in_progress", words=f"Step {n}.")
    client.force_login(rosa)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200
