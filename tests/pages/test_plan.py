"""The pages of a plan: its list, one action, its dates and owners, milestones, what it waits for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions.bodies import add_body, succeed_body
from answerable.accounts.models import Body, Person
from answerable.plan.actions.moves import ask_date
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import add_milestone
from answerable.plan.actions.succession import take_over_action
from answerable.plan.models import Action, DateMove, Dependency, Milestone, OwnerChange
from answerable.register.actions.undertakings import pass_all_to_successor

LIST = "/desk/plan/northmoor-police/"
ONE = f"{LIST}A-0001/"
Open = Callable[..., str]


def typed(name: str, value: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def seen(client: Client) -> Open:
    """What a person reads at an address, or after a form was sent there."""

    def look(person: Person, path: str, *, status: int = 200, **sent: object) -> str:
        client.force_login(person)
        answer = client.post(path, sent, follow=True) if sent else client.get(path, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return " ".join(answer.content.decode().split())

    return look


# --- Lists ----------------------------------------------------------------------------------------


def test_the_office_sees_whose_plans_there_are(seen: Open, rosa: Person, full_plan: Action) -> None:
    page = seen(rosa, "/desk/plan/")
    assert "Northmoor Police" in page
    assert f"{LIST}?only=late" in page


def test_people_of_a_body_go_straight_to_their_own(
    seen: Open, omar: Person, full_plan: Action
) -> None:
    page = seen(omar, "/desk/plan/")
    assert "Plan of Northmoor Police" in page
    assert "1 action is late." in page


@pytest.mark.parametrize(
    ("only", "found", "not_found"),
    [
        ("only=late", "A-0003", "A-0001"),
        ("only=no_owner", "A-0002", "A-0001"),
        ("only=no_date", "A-0002", "A-0003"),
        ("only=funding", "A-0001", "A-0002"),
        ("only=moved", "A-0001", "A-0003"),
        ("only=serves_nothing", "A-0003", "A-0001"),
        ("state=abandoned", "A-0004", "A-0001"),
        ("only=late&only=moved", "No action is like this", "A-0003"),
        ("q=reminders", "A-0002", "A-0001"),
    ],
)
def test_each_narrowing_is_its_own(
    only: str, found: str, not_found: str, seen: Open, omar: Person, full_plan: Action
) -> None:
    page = seen(omar, f"{LIST}?{only}")
    assert found in page
    assert f"{not_found}:" not in page


def test_what_makes_no_sense_narrows_nothing(seen: Open, omar: Person, full_plan: Action) -> None:
    assert "4 actions" in seen(omar, f"{LIST}?only=green&state=mostly&page=99")


def test_the_list_is_a_file_too(client: Client, omar: Person, full_plan: Action) -> None:
    client.force_login(omar)
    text = b"".join(client.get(f"{LIST}?format=csv")).decode()  # type: ignore[arg-type]
    assert "A-0001,A supervisor reads every report within a day,R-0001,Head of Crime" in text
    assert client.get(f"{LIST}?format=xlsx")["Content-Type"].endswith("sheet")


def test_another_body_finds_no_plan(seen: Open, lena: Person, full_plan: Action) -> None:
    move = DateMove.objects.filter(approved_at=None).get()
    milestone = Milestone.objects.first()
    wait = Dependency.objects.first()
    assert milestone
    assert wait
    for path in (
        LIST,
        ONE,
        f"{LIST}new/",
        f"{ONE}date/",
        f"{ONE}change/",
        f"{ONE}milestones/{milestone.pk}/",
        f"{ONE}waits/{wait.pk}/",
        f"/desk/moves/{move.pk}/",
    ):
        seen(lena, path, status=404)
    seen(lena, "/desk/plan/northmoor-council/A-0001/", status=404)
    seen(lena, "/desk/plan/northmoor-council/A-0001/change/", status=404)


# --- One action -----------------------------------------------------------------------------------


def test_an_action_shows_its_first_date_beside_the_present_one(
    seen: Open, omar: Person, full_plan: Action
) -> None:
    page = seen(omar, ONE)
    for words in (
        "Moved twice.",
        "later than first promised",
        "The new records system comes later.",
        "Approved by Noor Castell",
        "The money for this ended on",
        "The action is still under way.",
        "Head of Public Protection (Dana Holt)",
        "a move waits for a decision",
        "The data agreement with Northmoor Council",
        "Each report is read by someone who was not there.",
    ):
        assert words in page


def test_a_reader_of_the_office_reads_and_is_offered_nothing(
    seen: Open, ravi: Person, full_plan: Action
) -> None:
    page = seen(ravi, ONE)
    assert "What you may do" not in page
    assert "Settle it" not in page
    assert "may keep what a body plans to do" in seen(ravi, f"{ONE}change/", status=403)


def test_an_action_is_added(seen: Open, omar: Person, accepted: object) -> None:
    sent = {"title": "Train them", "owner_role": "Head of HR", **typed("due_on", in_days(40))}
    page = seen(omar, f"{LIST}new/", **sent)
    assert "A-0001 is in the plan." in page
    assert Action.objects.get().first_due_on == in_days(40)


def test_an_action_added_for_an_answer_leads_to_its_words(
    seen: Open, omar: Person, accepted: object
) -> None:
    page = seen(omar, f"{LIST}new/?for=R-0001", title="Train them", owner_role="Head of HR")
    assert "Which words does an action serve?" in page
    assert 'value="A-0001" selected' in page


def test_a_wrong_action_keeps_what_was_typed(seen: Open, omar: Person) -> None:
    page = seen(omar, f"{LIST}new/", title="Train them", owner_role="", cost="-4")
    assert 'href="#id_owner_role"' in page
    assert 'value="Train them"' in page
    assert not Action.objects.exists()


def test_only_the_office_sets_a_date_of_the_overseers(
    seen: Open, omar: Person, rosa: Person
) -> None:
    assert "Whose date is it?" not in seen(omar, f"{LIST}new/")
    assert "Whose date is it?" in seen(rosa, f"{LIST}new/")


def test_details_change_and_a_stale_form_does_not_overwrite(
    seen: Open, omar: Person, action: Action
) -> None:
    sent = {"title": "A new title", "words": "More."}
    assert "A-0001 is changed." in seen(omar, f"{ONE}change/", **sent)
    page = seen(omar, f"{ONE}change/", title="Another", seen="0123456789abcdef")
    assert "Someone else changed this since you opened it." in page
    assert 'value="Another"' in page
    action.refresh_from_db()
    assert action.title == "A new title"


def test_done_taken_up_again_abandoned(seen: Open, omar: Person, action: Action) -> None:
    assert "is done. Nothing is claimed by that" in seen(
        omar, f"{ONE}done/", **typed("on", in_days(-1))
    )
    assert "is done. Take it up again first" in seen(omar, f"{ONE}abandon/", status=403)
    assert "is under way again" in seen(omar, f"{ONE}resume/", reason="It was not.")
    assert "a problem" in seen(omar, f"{ONE}abandon/", reason="")
    page = seen(omar, f"{ONE}abandon/", reason="Another way was found.")
    assert "Another way was found." in page
    assert "What you may do" not in page


def test_an_action_without_a_date_gets_its_first(seen: Open, omar: Person, force: Body) -> None:
    add_action(by=omar, body=force, title="Later", owner_role="Head of IT")
    assert "Under way, without a date." in seen(omar, ONE)
    page = seen(omar, f"{ONE}first-date/", **typed("due_on", in_days(9)))
    assert "The date is set." in page
    assert "A-0001 has a date." in seen(omar, f"{ONE}first-date/", status=403)


# --- Moves and owners -----------------------------------------------------------------------------


def test_whoever_asks_cannot_approve(seen: Open, omar: Person, action: Action) -> None:
    page = seen(omar, f"{ONE}date/", reason="Later.", **typed("after", in_days(80)))
    assert "A move of this date waits for a decision." in page
    path = f"/desk/moves/{DateMove.objects.get().pk}/"
    page = seen(omar, path)
    assert "Take back what you asked" in page
    assert "Approve it" not in page
    assert "The date stays" in seen(omar, path, reason="I was wrong.")
    assert "Taken back: I was wrong." in seen(omar, ONE)


def test_a_move_is_refused_only_with_a_reason(
    seen: Open, omar: Person, noor: Person, action: Action
) -> None:
    move = ask_date(by=omar, thing=action, after=in_days(80), reason="Later.")
    path = f"/desk/moves/{move.pk}/"
    assert "Say why you refuse this." in seen(noor, path, decision="refuse", reason="")
    page = seen(noor, path, decision="refuse", reason="It was promised.")
    assert "Refused by Noor Castell: It was promised." in page
    assert "decided already" in seen(noor, path, status=403)


def test_only_the_office_moves_a_date_of_the_overseers(
    seen: Open, omar: Person, noor: Person, cass: Person, full_plan: Action
) -> None:
    theirs = Action.objects.get(reference="A-0003")
    move = ask_date(by=omar, thing=theirs, after=in_days(80), reason="Later.")
    path = f"/desk/moves/{move.pk}/"
    assert "only the office moves it" in seen(noor, path, status=403)
    assert "The date is now" in seen(cass, path, decision="approve")


def test_an_owner_changes_likewise(seen: Open, omar: Person, noor: Person, action: Action) -> None:
    sent = {"owner_role": "Head of Crime", "owner_name": "Ivy Marsh", "reason": "She took over."}
    assert "The owner stays as it is until" in seen(omar, f"{ONE}owner/", **sent)
    path = f"/desk/owners/{OwnerChange.objects.get().pk}/"
    page = seen(noor, path, decision="approve")
    assert "Head of Crime (Ivy Marsh) answers for it from now on." in page
    assert "Head of Public Protection (Dana Holt)" in page


# --- Milestones, what it waits for ----------------------------------------------------------------


def test_a_milestone_is_added_moved_and_met(
    seen: Open, omar: Person, noor: Person, action: Action
) -> None:
    sent = {"title": "Guidance written", **typed("due_on", in_days(10))}
    assert "Guidance written" in seen(omar, f"{ONE}milestones/new/", **sent)
    path = f"{ONE}milestones/{Milestone.objects.get().pk}/"
    seen(omar, f"{path}date/", reason="Later.", **typed("after", in_days(20)))
    assert (
        "should this date move?" in seen(noor, f"/desk/moves/{DateMove.objects.get().pk}/").lower()
    )
    seen(noor, f"/desk/moves/{DateMove.objects.get().pk}/", decision="approve")
    assert "Moved once." in seen(omar, path)
    assert "The milestone is met." in seen(omar, f"{path}met/", **typed("on", in_days(0)))
    assert "This milestone was met." in seen(omar, f"{path}abandon/", status=403)


def test_a_milestone_is_abandoned_with_a_reason(seen: Open, omar: Person, action: Action) -> None:
    one = add_milestone(by=omar, action=action, title="A form", due_on=in_days(5))
    path = f"{ONE}milestones/{one.pk}/abandon/"
    assert "a problem" in seen(omar, path, reason="")
    assert "No longer needed." in seen(omar, path, reason="No longer needed.")


def test_what_it_waits_for_is_said_and_settled(seen: Open, omar: Person, action: Action) -> None:
    assert "a problem" in seen(omar, f"{ONE}waits/new/", words="")
    page = seen(omar, f"{ONE}waits/new/", words="A data agreement")
    assert "A data agreement" in page
    path = f"{ONE}waits/{Dependency.objects.get().pk}/"
    assert "a problem" in seen(omar, path, end="out", reason="")
    page = seen(omar, path, end="came", **typed("on", in_days(0)))
    assert "came on" in page
    assert "no longer waits" in seen(omar, path, status=403)


# --- Carried on by a successor --------------------------------------------------------------------


def test_what_a_successor_carries_on_keeps_its_first_date_and_moves(
    seen: Open, omar: Person, rosa: Person, force: Body, full_plan: Action
) -> None:
    heir = add_body(by="operator", name="Northmoor and Fells Police", kind=Body.Kind.FORCE)
    succeed_body(by="operator", body=force, successor=heir, on=in_days(-1))
    pass_all_to_successor(by=rosa, body=Body.objects.get(pk=force.pk))
    take_over_action(by=rosa, action=full_plan, owner_role="Head of Crime", owner_name="Ivy Marsh")
    page = seen(rosa, ONE)
    assert "Northmoor and Fells Police carries it on as A-0005." in page
    assert "it stays as it is" in page
    assert "carried on by Northmoor and Fells Police as A-0005" in seen(rosa, LIST)
    assert "No action is like this" in seen(rosa, f"{LIST}?only=funding")
    after = "/desk/plan/northmoor-and-fells-police/"
    page = seen(rosa, f"{after}A-0005/")
    assert "with its first date and every move" in page
    assert "Moved twice." in page
    assert "A-0005:" in seen(rosa, f"{after}?only=moved")


# --- Doors, and what it costs ---------------------------------------------------------------------


def test_strangers_and_wrong_methods(client: Client, omar: Person, action: Action) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(omar)
    for path in (LIST, ONE, "/desk/plan/"):
        assert client.post(path).status_code == 405
    assert client.put(f"{ONE}done/").status_code == 405


def test_who_reads_no_register_reads_no_plans(seen: Open, ada: Person, action: Action) -> None:
    assert "Plans" not in seen(ada, "/desk/")
    seen(ada, "/desk/plan/", status=403)


@pytest.mark.parametrize("path", [LIST, ONE, "/desk/plan/"])
def test_pages_cost_no_more_however_much_there_is(
    path: str,
    client: Client,
    rosa: Person,
    omar: Person,
    force: Body,
    full_plan: Action,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(8):
        milestone = add_milestone(by=omar, action=full_plan, title=f"Step {n}", due_on=in_days(n))
        ask_date(by=omar, thing=milestone, after=in_days(50 + n), reason="Later.")
        add_action(by=omar, body=force, title=f"Action {n}", owner_role="Head of IT")
    client.force_login(rosa)
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200
