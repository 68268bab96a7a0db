"""A plan with everything that a plan can hold, made through actions only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.plan.actions.moves import approve_date, approve_owner, ask_date, ask_owner
from answerable.plan.actions.planned import abandon_action, add_action, change_action
from answerable.plan.actions.services import (
    add_dependency,
    add_milestone,
    meet_milestone,
    serve_undertaking,
)
from answerable.plan.models import Action, DateOf
from answerable.register.models import Undertaking
from tests.people import PASSWORD

SERVED = "Northmoor Police should record every report about a child at risk as a crime"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def noor(force: Body) -> Person:
    """A second assurance lead of Northmoor Police, who approves what Omar asks."""
    return accounts.add_person(
        by="operator",
        name="Noor Castell",
        email="noor@northmoor.example",
        body=force,
        roles=[Role.ASSURANCE_LEAD],
        password=PASSWORD,
    )


@pytest.fixture
def full_plan(
    accepted: Undertaking, action: Action, omar: Person, noor: Person, cass: Person, rosa: Person
) -> Action:
    """A-0001 with moved dates, an owner changed, milestones and money that ended; three others."""
    force = action.body
    serve_undertaking(
        by=omar,
        action=action,
        undertaking=accepted,
        spans=[[0, len(SERVED)]],
        note="Each report is read by someone who was not there.",
    )
    for days, reason in (
        (90, "The new records system comes later."),
        (150, "Not all are trained."),
    ):
        move = ask_date(by=omar, thing=action, after=in_days(days), reason=reason)
        approve_date(by=noor, move=move)
        action.refresh_from_db()
    change = ask_owner(
        by=omar, action=action, role="Head of Crime", name="Ivy Marsh", reason="She took over."
    )
    approve_owner(by=cass, change=change)
    change_action(
        by=omar,
        action=action,
        cost=Decimal("42000.00"),
        funding="Transformation fund",
        funding_ends_on=in_days(-20),
    )
    first = add_milestone(by=omar, action=action, title="Guidance written", due_on=in_days(10))
    meet_milestone(by=omar, milestone=first, on=in_days(-1))
    late = add_milestone(by=omar, action=action, title="All sergeants trained", due_on=in_days(30))
    ask_date(by=omar, thing=late, after=in_days(60), reason="The course is full until then.")
    system = add_action(
        by=omar, body=force, title="A records system that sends reminders", owner_role="Head of IT"
    )
    add_dependency(by=omar, action=action, on_action=system)
    add_dependency(by=omar, action=action, words="The data agreement with Northmoor Council")
    add_action(
        by=rosa,
        body=force,
        title="A supervisor reads twenty records each month",
        owner_role="Head of Crime",
        owner=omar,
        due_on=in_days(-12),
        date_of=DateOf.OVERSEER,
    )
    given_up = add_action(by=omar, body=force, title="A new form", owner_role="Head of IT")
    abandon_action(by=omar, action=given_up, reason="The records system makes it needless.")
    action.refresh_from_db()
    return action
