"""A successor carries on what was planned before it: first dates, moves and all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.accounts.actions.bodies import add_body, succeed_body
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.plan.actions.moves import approve_date, ask_date
from answerable.plan.actions.planned import abandon_action
from answerable.plan.actions.services import add_milestone, serve_undertaking
from answerable.plan.actions.succession import take_over_action
from answerable.plan.models import Action, Service
from answerable.plan.queries import moves, services
from answerable.plan.queries.succession import left_in_plan
from answerable.register.actions.undertakings import pass_all_to_successor
from answerable.register.models import Undertaking


@pytest.fixture(autouse=True)
def chain_holds(db: None) -> Iterator[None]:
    yield
    verdict = audit.verify()
    assert verdict.holds, verdict.problem


@pytest.fixture
def heir(force: Body, action: Action, accepted: Undertaking, omar: Person, rosa: Person) -> Body:
    """The body that took over yesterday from a force with a plan, a date moved once."""
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 20)])
    due = action.due_on
    assert due is not None
    add_milestone(by=omar, action=action, title="Shifts are changed", due_on=due - timedelta(30))
    move = ask_date(by=omar, thing=action, after=due + timedelta(30), reason="No posts filled.")
    approve_date(by=rosa, move=move)
    heir = add_body(by="operator", name="Northmoor and Fells Police", kind=Body.Kind.FORCE)
    yesterday = timezone.localdate() - timedelta(1)
    succeed_body(by="operator", body=force, successor=heir, on=yesterday)
    pass_all_to_successor(by=rosa, body=Body.objects.get(pk=force.pk))
    return heir


def carried(action: Action, rosa: Person) -> Action:
    return take_over_action(
        by=rosa, action=action, owner_role="Head of Crime", owner_name="Ines Marr"
    )


def test_an_action_goes_on_under_the_successor_with_its_first_date(
    heir: Body, action: Action, rosa: Person
) -> None:
    action.refresh_from_db()
    assert left_in_plan(heir) == [action]
    now = carried(action, rosa)
    assert (now.body, now.owner_role) == (heir, "Head of Crime")
    assert (now.first_due_on, now.due_on) == (action.first_due_on, action.due_on)
    assert now.first_due_on != now.due_on
    assert [m.title for m in now.milestones.all()] == ["Shifts are changed"]
    assert left_in_plan(heir) == []


def test_the_ledger_of_the_new_one_shows_the_moves_of_the_old(
    heir: Body, action: Action, rosa: Person
) -> None:
    now = carried(action, rosa)
    assert moves.ledger_of(now).times == 1
    assert [m.reason for m in moves.moves_of(now)] == ["No posts filled."]


def test_what_the_old_one_served_is_served_by_the_new(
    heir: Body, action: Action, accepted: Undertaking, rosa: Person
) -> None:
    now = carried(action, rosa)
    passed = Undertaking.objects.get(passed_from=accepted)
    [service] = services.standing(passed)
    assert service.action == now
    assert service.spans == Service.objects.get(action=action).spans


def test_nothing_is_taken_over_twice(heir: Body, action: Action, rosa: Person) -> None:
    now = carried(action, rosa)
    with pytest.raises(Refused, match=f"already, as {now.reference}"):
        carried(action, rosa)


def test_what_was_taken_over_is_kept_as_it_was(heir: Body, action: Action, rosa: Person) -> None:
    now = carried(action, rosa)
    with pytest.raises(Refused, match=f"taken over as {now.reference}"):
        abandon_action(by=rosa, action=action, reason="It is done there now.")


def test_nothing_is_taken_over_from_a_body_that_exists(
    action: Action, rosa: Person, vera: Person
) -> None:
    with pytest.raises(Refused, match="no successor"):
        carried(action, rosa)
    with pytest.raises(Refused, match="may keep what a body plans"):
        carried(action, vera)


def test_an_abandoned_action_is_not_taken_over(
    action: Action, heir: Body, omar: Person, rosa: Person
) -> None:
    abandon_action(by=rosa, action=action, reason="It did not help.")
    assert left_in_plan(heir) == []
    with pytest.raises(Refused, match="abandoned"):
        carried(action, rosa)
