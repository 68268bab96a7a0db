"""Who may ask to move a date or change an owner, and who may decide: never the same person."""

from datetime import date

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused, check_not_same
from answerable.audit.rules import check_step
from answerable.plan.models import Action, ClosingTest, DateMove, DateOf, Milestone, OwnerChange
from answerable.plan.queries import closing_tests, planned
from answerable.plan.queries import moves as queries
from answerable.plan.queries.moves import Dated
from answerable.plan.rules import lives
from answerable.plan.rules.planned import (
    check_may_change,
    check_may_change_milestone,
    check_owner,
    check_under_way,
)
from answerable.plan.rules.who import Side, check_may_for, check_owed, check_said, side_of


def _check_test_stands(test: ClosingTest) -> None:
    check_owed(test.undertaking)
    if closing_tests.standing_test(test.undertaking) != test:
        raise Refused("This test does not stand, so its date is not moved.", code="not_standing")
    if closing_tests.open_test(test.undertaking):
        raise Refused("Another test waits for agreement. Decide that first.", code="open_test")


def check_may_ask(person: Person, thing: Dated) -> None:
    """Refuses where nothing waits for the date any more, or a move of it waits."""
    if isinstance(thing, ClosingTest):
        check_may_for(person, Permission.TEST_AGREE, thing.undertaking.body)
        _check_test_stands(thing)
    elif isinstance(thing, Milestone):
        check_may_change_milestone(person, thing)
    else:
        check_under_way(person, thing)
    if queries.open_move(thing):
        raise Refused("A move of this date waits for a decision.", code="open")


def check_asked(thing: Dated, after: date, reason: str, today: date) -> date:
    """The date that stands; refuses the same again, one in the past, and a move without a reason."""
    if thing.due_on is None:
        raise Refused("There is no date yet. Give it one.", code="undated")
    if after == thing.due_on:
        raise Refused("This is the date that already stands.", code="after")
    if after < today:
        raise Refused("The new date must be today or later.", code="after")
    check_said(reason, "Say why this date should move. The reason is published.")
    return thing.due_on


def _check_may_decide(person: Person, body: Body, asked_by: Person, thing: Dated) -> None:
    check_may_for(person, Permission.DATE_APPROVE, body)
    check_not_same(person, asked_by, "You asked for this, so someone else must decide it.")
    action = thing.action if isinstance(thing, Milestone) else thing
    if isinstance(action, Action):
        check_not_same(
            person, action.owner, "You own this action, so someone else must decide its date."
        )
    side = side_of(person, body)
    if isinstance(thing, ClosingTest):
        if side == side_of(asked_by, body):
            raise Refused(
                "Both sides agreed to this test, so the other side must decide its date.",
                code="separation",
            )
    elif thing.date_of == DateOf.OVERSEER and side != Side.OFFICE:
        raise Refused(
            "This is a date of the overseer’s: only the office moves it.", code="overseer"
        )


def check_move_open(move: DateMove | OwnerChange) -> None:
    """Refuses what was decided before."""
    life, act = (
        (lives.MOVE, "approve_date")
        if isinstance(move, DateMove)
        else (lives.OWNER, "approve_owner")
    )
    check_step(life, act, lives.of_asked(move))


def _check_still_runs(thing: Dated) -> None:
    """Refuses a new date for what was settled since it was asked."""
    if isinstance(thing, ClosingTest):
        _check_test_stands(thing)
        return
    action = thing.action if isinstance(thing, Milestone) else thing
    settled = thing.met_on if isinstance(thing, Milestone) else thing.done_on
    if action.abandoned_at or thing.abandoned_at or settled:
        raise Refused("This was settled since: its date stays as it is.", code="settled")


def check_may_approve(person: Person, move: DateMove) -> None:
    """Refuses whoever asked, owns it, or is not of the side whose word it needs."""
    thing = queries.thing_of(move)
    _check_may_decide(person, queries.body_of(thing), move.asked_by, thing)
    check_move_open(move)
    _check_still_runs(thing)


def check_may_refuse(person: Person, move: DateMove) -> None:
    """Refuses whoever could not approve it; whoever asked may take it back this way."""
    thing = queries.thing_of(move)
    body = queries.body_of(thing)
    if person.pk == move.asked_by_id:
        asking = Permission.TEST_AGREE if isinstance(thing, ClosingTest) else Permission.PLAN_KEEP
        check_may_for(person, asking, body)
    else:
        _check_may_decide(person, body, move.asked_by, thing)
    check_move_open(move)


def check_refusal(reason: str) -> None:
    """Refuses to refuse without a reason."""
    check_said(reason, "Say why you refuse this.")


# --- Owners ---------------------------------------------------------------------------------------


def check_may_ask_owner(person: Person, action: Action) -> None:
    """Refuses while another change of owner waits."""
    check_may_change(person, action)
    if queries.open_owner_change(action):
        raise Refused("A change of owner waits for a decision.", code="open")


def check_asked_owner(
    action: Action, role: str, owner: Person | None, name: str, reason: str
) -> None:
    """Refuses the owner that stands, one of another body, and a change without a reason."""
    check_owner(action.body, role, owner)
    now = (action.owner_role, action.owner_id, action.owner_name)
    if now == (role.strip(), owner.pk if owner else None, name.strip()):
        raise Refused("This is the owner that already stands.", code="owner")
    check_said(reason, "Say why the owner changes. The reason is published.")


def _check_may_decide_owner(person: Person, change: OwnerChange) -> None:
    check_may_for(person, Permission.DATE_APPROVE, change.action.body)
    check_not_same(person, change.asked_by, "You asked for this, so someone else must decide it.")


def check_may_approve_owner(person: Person, change: OwnerChange) -> None:
    """Refuses whoever asked, and a new owner for what was abandoned since."""
    _check_may_decide_owner(person, change)
    check_move_open(change)
    if planned.as_it_stands(change.action).abandoned_at:
        raise Refused("This action was abandoned since.", code="abandoned")


def check_may_refuse_owner(person: Person, change: OwnerChange) -> None:
    """Refuses whoever could not approve it; whoever asked may take it back this way."""
    if person.pk == change.asked_by_id:
        check_may_for(person, Permission.PLAN_KEEP, change.action.body)
    else:
        _check_may_decide_owner(person, change)
    check_move_open(change)
