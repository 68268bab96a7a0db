"""Today: what of the plans waits for whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.plan.actions.closing_tests import agree_test
from answerable.plan.actions.moves import ask_date, ask_owner
from answerable.plan.actions.planned import add_action
from answerable.plan.models import Action, DateMove, OwnerChange
from answerable.plan.queries import waiting
from answerable.plan.rules import moves as rules
from answerable.register.models import Undertaking
from tests.universe import a_test_proposed


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def page_of(client: Client, person: Person) -> str:
    client.force_login(person)
    return " ".join(client.get("/desk/").content.decode().split())


def test_a_closing_test_waits_for_the_other_side(
    client: Client, omar: Person, vera: Person, ravi: Person, accepted: Undertaking
) -> None:
    test = a_test_proposed(omar, accepted)
    page = page_of(client, vera)
    assert "Closing tests to agree" in page
    assert "A closing test for R-0001, Northmoor Police" in page
    page = page_of(client, omar)
    assert "Closing tests to agree" not in page
    assert "it waits for the office" in page
    assert "closing test" not in page_of(client, ravi)
    agree_test(by=vera, test=test)
    assert "Closing tests to agree" not in page_of(client, vera)


def test_what_is_late_or_due_soon_waits_for_the_lead_and_its_owner(
    client: Client, omar: Person, noor: Person, rosa: Person, full_plan: Action
) -> None:
    page = page_of(client, omar)
    assert "Planned, and due" in page
    assert "A-0003: A supervisor reads twenty records each month" in page
    assert "12 days late" in page
    assert "A-0002" not in page  # it has no date
    assert "A-0003" in page_of(client, noor)
    assert "A-0003:" not in page_of(client, rosa)


def test_money_that_ends_is_said_to_the_body_and_the_office(
    client: Client, omar: Person, rosa: Person, full_plan: Action
) -> None:
    assert "The money for this ended on" in page_of(client, omar)
    page = page_of(client, rosa)
    assert "Northmoor Police has money that ends" in page
    assert "/desk/plan/northmoor-police/?only=funding" in page


def test_what_waits_for_a_decision_is_what_the_rules_allow(
    omar: Person,
    noor: Person,
    rosa: Person,
    cass: Person,
    vera: Person,
    ravi: Person,
    lena: Person,
    agreed_of_plan: Action,
) -> None:
    everyone = (omar, noor, rosa, cass, vera, ravi, lena)
    assert DateMove.objects.filter(waiting.UNDECIDED).count() == 4
    for person in everyone:
        listed = {move.pk for move in waiting.moves_to_decide(person)}
        moves = DateMove.objects.filter(waiting.UNDECIDED)
        assert listed == {move.pk for move in moves if may_approve(person, move)}, person.name
        changes = {change.pk for change in waiting.owners_to_decide(person)}
        expected = {c.pk for c in OwnerChange.objects.all() if may_approve_owner(person, c)}
        assert changes == expected, person.name


def may_approve(person: Person, move: DateMove) -> bool:
    try:
        rules.check_may_approve(person, move)
    except Refused:
        return False
    return True


def may_approve_owner(person: Person, change: OwnerChange) -> bool:
    try:
        rules.check_may_approve_owner(person, change)
    except Refused:
        return False
    return True


@pytest.fixture
def agreed_of_plan(agreed_test: Any, full_plan: Action, omar: Person, rosa: Person) -> Action:
    """Four moves that wait: of a milestone, a test, the overseer's date, and Omar's own action."""
    ask_date(by=omar, thing=agreed_test, after=in_days(200), reason="Later.")
    overseers = Action.objects.get(reference="A-0003")
    ask_date(by=rosa, thing=overseers, after=in_days(90), reason="Later.")
    own = add_action(
        by=rosa,
        body=full_plan.body,
        title="Omar’s own",
        owner_role="Head of Assurance",
        owner=omar,
        due_on=in_days(5),
    )
    ask_date(by=rosa, thing=own, after=in_days(90), reason="Later.")
    ask_owner(by=omar, action=full_plan, role="Head of IT", reason="It moved.")
    return full_plan
