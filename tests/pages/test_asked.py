"""What was asked of one body, and one claim written for several of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.assurance.actions.undoing import make_claims
from answerable.assurance.models import Closure
from answerable.audit import queries as audit
from answerable.plan.actions.closing_tests import agree_test
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action, Claim
from answerable.register.actions.links import sign_link
from answerable.register.models import Recommendation, Undertaking
from tests.assured import a_file, claim_ready
from tests.browser import Window, accessible
from tests.universe import a_test_proposed

PAGE = "/desk/plan/northmoor-police/asked/"
BOTH = f"{PAGE}claim/?for=R-0001/northmoor-police&for=R-0002/northmoor-police"
SIGNED = {"signed_off_name": "Dana Holt", "signed_off_role": "Head of Public Protection"}
COMMON = {"rung": "in_progress", "words": "All sergeants have begun the course."}
LINES = {
    "lines": "read",
    "R-0001-words": "Recording has begun in all districts.",
    "R-0001-right": "on",
    "R-0002-words": "The protocol is drafted.",
    "R-0002-right": "on",
}
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


@pytest.fixture
def other(asked: list[Recommendation]) -> Undertaking:
    """The second thing that Northmoor Police was asked."""
    return asked[1].undertakings.get(body__slug="northmoor-police")


@pytest.fixture
def together(
    accepted: Undertaking, other: Undertaking, action: Action, omar: Person, rosa: Person
) -> Action:
    """An action and a file that serve both, and a signed link between them."""
    for one in (accepted, other):
        serve_undertaking(by=omar, action=action, undertaking=one, spans=[(0, 16)])
    a_file(omar, accepted, other)
    sign_link(
        by=rosa,
        earlier=accepted.recommendation,
        later=other.recommendation,
        relation="partly",
        reason="Both ask who records.",
    )
    return action


def test_everything_asked_stands_with_where_it_overlaps(
    seen: Open, omar: Person, together: Action
) -> None:
    page = seen(omar)
    assert "2 recommendations</b>, asked by 1 body" in page
    assert "A-0001 also serves" in page
    assert "“october-return.txt” is also handed in for" in page
    assert "It repeats a part of" in page
    assert "Claimed" in page or "Delivery" in page
    assert "R-0003" not in page  # asked of the council alone


def test_it_is_narrowed_and_grouped_by_its_address(
    seen: Open, omar: Person, accepted: Undertaking, other: Undertaking, action: Action
) -> None:
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 16)])
    page = seen(omar, f"{PAGE}?by=action")
    assert page.index("A-0001: A supervisor") < page.index("Served by no action yet")
    assert "Open R-0002" not in seen(omar, f"{PAGE}?action=A-0001")
    page = seen(omar, f"{PAGE}?only=no_action")
    assert "Open R-0002" in page
    assert "Open R-0001" not in page
    assert "Nothing is like this" in seen(omar, f"{PAGE}?q=unheard-of")
    assert "Open R-0001" in seen(omar, f"{PAGE}?overseer=x&only=nonsense&page=99")


def test_one_claim_becomes_a_line_for_each(seen: Open, omar: Person, together: Action) -> None:
    assert "R-0001: Northmoor Police should" in seen(omar, BOTH)
    page = seen(omar, BOTH, **COMMON)
    assert page.count("All sergeants have begun the course.</textarea>") == 2
    assert not Claim.objects.exists()
    page = seen(omar, BOTH, **COMMON, **LINES)
    assert "2 claims entered: R-0001, R-0002." in page
    assert [claim.words for claim in Claim.objects.order_by("pk")] == [
        LINES["R-0001-words"],
        LINES["R-0002-words"],
    ]


def test_no_line_goes_unread_and_nothing_typed_is_lost(
    seen: Open, omar: Person, together: Action
) -> None:
    sent = {k: v for k, v in LINES.items() if k != "R-0002-right"}
    page = seen(omar, BOTH, **COMMON, **sent)
    assert 'href="#id_R-0002-right"' in page
    assert "Recording has begun in all districts.</textarea>" in page
    assert not Claim.objects.exists()
    page = seen(omar, BOTH, **COMMON, **LINES, again="yes")
    assert "Read the lines" in page
    assert "All sergeants have begun the course.</textarea>" in page


def test_what_cannot_be_claimed_so_says_why(
    seen: Open, omar: Person, vera: Person, accepted: Undertaking, other: Undertaking
) -> None:
    agree_test(by=vera, test=a_test_proposed(omar, accepted))
    sent = {**COMMON, "rung": "ready_for_assessment"}
    assert "Enter who signed this off" in seen(omar, BOTH, **sent)
    page = seen(omar, BOTH, **sent, **SIGNED)
    assert "Not entered with the others" in page
    assert "Nothing is ready for assessment before" in page
    assert "The crime was recorded within 24 hours" in page
    seen(omar, BOTH, **sent, **SIGNED, **LINES)
    assert [claim.undertaking for claim in Claim.objects.all()] == [accepted]


def test_what_slips_back_needs_its_day_and_only_there(
    seen: Open, omar: Person, agreed_test: object, accepted: Undertaking, other: Undertaking
) -> None:
    claim_ready(omar, accepted)
    assert "R-0001 would slip back. Say from which day." in seen(omar, BOTH, **COMMON)
    day = timezone.localdate() - timedelta(days=3)
    parts = {f"slipped_on-{p}": str(getattr(day, p)) for p in ("day", "month", "year")}
    assert "2 claims entered" in seen(omar, BOTH, **COMMON, **parts, **LINES)
    by_pk = {claim.undertaking_id: claim.slipped_on for claim in Claim.objects.order_by("pk")}
    assert by_pk == {accepted.pk: day, other.pk: None}


def test_the_last_two_have_a_reason_of_their_own(
    seen: Open, omar: Person, accepted: Undertaking, other: Undertaking
) -> None:
    sent = {**COMMON, **SIGNED, "rung": "cannot_be_done", "reason": "The law forbids it."}
    assert "Why is R-0002 claimed as cannot be done?" in seen(omar, BOTH, **sent)
    reasons = {"R-0001-reason": "No power.", "R-0002-reason": "No money."}
    seen(omar, BOTH, **sent, **LINES, **reasons)
    assert [c.reason for c in Claim.objects.order_by("pk")] == ["No power.", "No money."]


def test_what_was_closed_opens_again_at_once_and_the_page_says_so(
    seen: Open, omar: Person, closure: Closure, other: Undertaking
) -> None:
    day = timezone.localdate() - timedelta(days=3)
    parts = {f"slipped_on-{p}": str(getattr(day, p)) for p in ("day", "month", "year")}
    page = seen(omar, BOTH, **COMMON, **parts, **LINES)
    assert "R-0001 was closed. It is open again" in page
    assert closure.reopening.because


def test_evidence_is_handed_in_for_those_that_were_chosen(
    seen: Open, omar: Person, accepted: Undertaking, other: Undertaking
) -> None:
    page = seen(omar, f"/desk/evidence/add/?{BOTH.partition('?')[2]}")
    assert page.count(" checked") >= 2


def test_all_or_nothing(omar: Person, accepted: Undertaking, other: Undertaking) -> None:
    head = audit.head()
    said = {"rung": "in_progress", "words": "Begun."}
    for wrong in (
        [(accepted, said), (other, {**said, "rung": "ready_for_assessment"})],
        [(accepted, said), (accepted, said)],
        [],
    ):
        with pytest.raises(Refused):
            make_claims(by=omar, claims=wrong)
    assert not Claim.objects.exists()
    assert audit.head() == head
    assert len(make_claims(by=omar, claims=[(accepted, said), (other, said)])) == 2


def test_doors(
    client: Client, seen: Open, ravi: Person, lena: Person, omar: Person, other: Undertaking
) -> None:
    assert client.get(PAGE).status_code == 302
    assert "Write one claim" not in seen(ravi)
    assert "may enter what a body claims" in seen(ravi, BOTH, status=403)
    seen(lena, status=404)
    seen(lena, BOTH, status=404)
    assert "Choose at least one recommendation" in seen(omar, f"{PAGE}claim/")
    seen(omar, f"{PAGE}claim/?for=R-0003/northmoor-police", status=404)
    client.force_login(omar)
    assert client.post(PAGE).status_code == 405


def test_more_of_it_costs_no_more_queries(
    client: Client,
    omar: Person,
    owed: list[Undertaking],
    action: Action,
    django_assert_max_num_queries: Any,
) -> None:
    for one in owed:
        serve_undertaking(by=omar, action=action, undertaking=one, spans=[(0, 5)])
    client.force_login(omar)
    several = "&".join(f"for={one.recommendation.reference}" for one in owed)
    for path in (PAGE, f"{PAGE}?by=action", f"{PAGE}claim/?{several}"):
        client.get(path)
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_both_pages_as_people_see_them(
    window: Window, shot: Callable[[Page, str], None], omar: Person, together: Action
) -> None:
    for narrow, width in ((False, 1280), (True, 320)):
        page = window(omar, narrow=narrow)
        page.goto(PAGE)
        accessible(page)
        shot(page, f"asked-{width}")
        page.get_by_label("Choose R-0001").check(force=True)
        page.get_by_label("Choose R-0002").check(force=True)
        page.get_by_role("button", name="Write one claim for them").click()
        accessible(page)
        shot(page, f"claim-many-{width}")
        page.get_by_label("In progress").check()
        page.get_by_label("What has been done?").fill("All sergeants have begun the course.")
        page.get_by_role("button", name="Read the lines").click()
        accessible(page)
        shot(page, f"claim-lines-{width}")
