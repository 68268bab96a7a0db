"""The page of a closing test: proposed, agreed by the other side, refused, its date moved."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.plan.actions.closing_tests import refuse_test
from answerable.plan.actions.moves import ask_date
from answerable.plan.models import ClosingTest, DateMove
from answerable.register.models import Undertaking
from tests.universe import a_test_proposed

PAGE = "/desk/register/R-0001/by/northmoor-police/test/"
Open = Callable[..., str]


def typed(name: str, value: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def seen(client: Client) -> Open:
    """What a person reads at an address, or after a form was sent there."""

    def look(person: Person, path: str = PAGE, *, status: int = 200, **sent: object) -> str:
        client.force_login(person)
        answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return " ".join(answer.content.decode().split())

    return look


GIVEN = {
    "look_at": "Records of reports, chosen by the office.",
    "how_many": "20",
    "counts_as_seen": "In at least 19 of 20 the crime was recorded within 24 hours.",
}


def test_a_pattern_fills_in_the_words_to_begin_with(
    seen: Open, omar: Person, accepted: Undertaking
) -> None:
    assert "How would a sceptic look?" in seen(omar, f"{PAGE}propose/")
    page = seen(omar, f"{PAGE}propose/?pattern=records")
    assert "The office chooses which." in page
    assert 'value="20"' in page
    assert "a problem" in seen(omar, f"{PAGE}propose/?pattern=nonsense")


def test_a_test_is_proposed_and_agreed_by_the_other_side(
    seen: Open, omar: Person, vera: Person, accepted: Undertaking
) -> None:
    path = f"{PAGE}propose/?pattern=records"
    page = seen(omar, path, **GIVEN, **typed("due_on", in_days(90)))
    assert "does not stand until someone of the office agrees" in page
    assert "Your side has agreed already" in page
    test = ClosingTest.objects.get()
    page = seen(vera)
    assert "Agree to this test" in page
    page = seen(vera, f"{PAGE}agree/", test=test.pk)
    assert "this is now the test that stands" in page
    assert "Agreed by Omar Rahim" in page
    assert "Agreed by Vera Lindqvist" in page


def test_a_wrong_proposal_keeps_what_was_typed(
    seen: Open, omar: Person, accepted: Undertaking
) -> None:
    path = f"{PAGE}propose/?pattern=records"
    page = seen(omar, path, **{**GIVEN, "how_many": ""}, **typed("due_on", in_days(90)))
    assert 'href="#id_how_many"' in page
    assert GIVEN["look_at"] in page
    assert not ClosingTest.objects.exists()


def test_words_to_begin_with_are_filled_in_first(
    seen: Open, omar: Person, accepted: Undertaking
) -> None:
    sent = {**GIVEN, "look_at": "Records of …, chosen by the office."}
    page = seen(omar, f"{PAGE}propose/?pattern=records", **sent, **typed("due_on", in_days(90)))
    assert "Say what stands for “…”, or take it out." in page
    assert not ClosingTest.objects.exists()


def test_a_new_test_says_what_it_voids_and_keeps_the_date(
    seen: Open, omar: Person, agreed_test: ClosingTest
) -> None:
    page = seen(omar, f"{PAGE}propose/?pattern=records")
    assert "every opinion that was given on it is void" in page
    assert "at least 19 of 20" in page  # it begins with the words of the test that stands
    assert "due_on" not in page
    page = seen(omar, f"{PAGE}propose/?pattern=records", **GIVEN, why="More records now.")
    assert "Until then the earlier one stands." in page
    assert "every opinion given on the earlier test is void" not in page  # she may not agree


def test_what_is_refused_stays_with_the_reason(
    seen: Open, omar: Person, vera: Person, accepted: Undertaking
) -> None:
    a_test_proposed(omar, accepted)
    assert "a problem" in seen(vera, f"{PAGE}refuse/", reason=" ")
    page = seen(vera, f"{PAGE}refuse/", reason="Twenty are too few.")
    assert "It is refused." in page
    assert "Twenty are too few." in page
    assert "Refused by Vera Lindqvist" in page


def test_agreeing_to_what_was_refused_since_is_refused_in_words(
    seen: Open, omar: Person, vera: Person, accepted: Undertaking
) -> None:
    test = a_test_proposed(omar, accepted)
    refuse_test(by=omar, test=test, reason="Wrong one.")
    a_test_proposed(omar, accepted, look_at="Something else altogether")
    page = seen(vera, f"{PAGE}agree/", status=403, test=test.pk)
    assert "This proposal was refused." in page
    assert "Someone else changed this" in seen(vera, f"{PAGE}agree/", test="999999")


def test_the_date_is_moved_by_the_other_side_and_the_first_stays(
    seen: Open, omar: Person, vera: Person, cass: Person, agreed_test: ClosingTest
) -> None:
    sent = {"reason": "The new system comes later.", **typed("after", in_days(200))}
    page = seen(omar, f"{PAGE}date/", **sent)
    assert "The date stays as it is until someone else has approved it." in page
    assert "Waits for someone else to decide" in page
    move = DateMove.objects.get()
    page = seen(cass, f"/desk/moves/{move.pk}/", decision="approve")
    assert "The first date stays beside it." in page
    assert "Moved once." in page
    assert "The new system comes later." in page


def test_a_stale_form_is_refused_once(
    seen: Open, omar: Person, cass: Person, agreed_test: ClosingTest
) -> None:
    sent = {"reason": "Late.", "seen": "0123456789abcdef", **typed("after", in_days(200))}
    page = seen(omar, f"{PAGE}date/", **sent)
    assert "Someone else changed this since you opened it." in page
    assert "Late.</textarea>" in page
    assert not DateMove.objects.exists()


def test_who_may_do_nothing_here_reads_and_is_offered_nothing(
    seen: Open, ravi: Person, omar: Person, accepted: Undertaking
) -> None:
    a_test_proposed(omar, accepted)
    page = seen(ravi)
    assert "It waits for someone of the office." in page
    assert "Agree to this test" not in page
    assert "Only a" in seen(ravi, f"{PAGE}propose/", status=403)


def test_people_of_another_body_find_nothing(
    seen: Open, lena: Person, accepted: Undertaking
) -> None:
    for path in (PAGE, f"{PAGE}propose/", f"{PAGE}refuse/", f"{PAGE}date/"):
        seen(lena, path, status=404)


def test_strangers_and_wrong_methods(client: Client, omar: Person, accepted: Undertaking) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(omar)
    assert client.post(PAGE).status_code == 405
    assert client.get(f"{PAGE}agree/").status_code == 405


def test_many_versions_cost_no_more_queries(
    client: Client,
    omar: Person,
    cass: Person,
    agreed_test: ClosingTest,
    django_assert_max_num_queries: Any,
) -> None:
    undertaking = agreed_test.undertaking
    for n in range(6):
        test = a_test_proposed(omar, undertaking, why=f"Again {n}.", look_at=f"Other records {n}")
        refuse_test(by=cass, test=test, reason="No.")
    ask_date(by=omar, thing=agreed_test, after=in_days(200), reason="Late.")
    client.force_login(cass)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200
