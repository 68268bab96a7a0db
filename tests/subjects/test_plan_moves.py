"""The ledger: who asks never decides, first dates stay, and each move is counted."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.plan.actions.closing_tests import agree_test, refuse_test
from answerable.plan.actions.moves import (
    approve_date,
    approve_owner,
    ask_date,
    ask_owner,
    refuse_date,
    refuse_owner,
)
from answerable.plan.actions.planned import abandon_action, add_action, complete_action
from answerable.plan.actions.services import add_milestone, meet_milestone, serve_undertaking
from answerable.plan.models import Action, ClosingTest, DateMove, Milestone, OwnerChange
from answerable.plan.queries import moves, planned
from answerable.register.actions.links import sign_link
from answerable.register.models import Recommendation, Undertaking
from tests.universe import a_test_proposed

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=200)


def asked_by(by: Person, thing: moves.Dated, after: date = LATER) -> DateMove:
    return ask_date(by=by, thing=thing, after=after, reason="The system comes late.")


@pytest.fixture
def milestone(action: Action, omar: Person) -> Milestone:
    return add_milestone(
        by=omar, action=action, title="Rota agreed", due_on=TODAY + timedelta(days=20)
    )


@pytest.fixture
def overseers(rosa: Person, force: Body) -> Action:
    """An action with a date that the office set."""
    return add_action(
        by=rosa, body=force, title="Report to the board", owner_role="Chief Constable",
        due_on=TODAY + timedelta(days=30), date_of="overseer",
    )  # fmt: skip


# --- Asking, approving, refusing ---


@pytest.mark.parametrize("decider", ["otto", "rosa", "cass"])
@pytest.mark.parametrize("what", ["action", "milestone"])
def test_one_asks_another_approves_and_the_first_date_stays(
    what: str, decider: str, omar: Person, request: pytest.FixtureRequest
) -> None:
    thing = request.getfixturevalue(what)
    first = thing.due_on
    move = asked_by(omar, thing)
    thing.refresh_from_db()
    assert thing.due_on == first
    approve_date(by=request.getfixturevalue(decider), move=move)
    thing.refresh_from_db()
    assert (thing.first_due_on, thing.due_on) == (first, LATER)
    ledger = moves.ledger_of(thing)
    assert (ledger.times, ledger.first_on, ledger.now_on) == (1, first, LATER)
    assert ledger.days == (LATER - first).days
    assert [e.verb for e in audit.history(move)] == ["date.moved", "date.asked"]
    assert audit.verify().holds


def test_how_often_a_date_was_moved_is_counted(action: Action, omar: Person, otto: Person) -> None:
    first = action.due_on
    for n in range(3):
        approve_date(by=otto, move=asked_by(omar, action, LATER + timedelta(days=n)))
    refused = asked_by(otto, action, LATER + timedelta(days=90))
    refuse_date(by=omar, move=refused, reason="Enough.")
    action.refresh_from_db()
    ledger = moves.ledger_of(action)
    assert (ledger.times, len(ledger.moves), ledger.first_on) == (3, 4, first)
    assert [m.before for m in ledger.moves] == [first, LATER, LATER + timedelta(days=1), LATER + timedelta(days=2)]  # fmt: skip


def test_who_asked_does_not_approve(action: Action, omar: Person) -> None:
    move = asked_by(omar, action)
    with pytest.raises(Refused, match="You asked for this") as refused:
        approve_date(by=omar, move=move)
    assert refused.value.code == "separation"


def test_nor_does_the_database_let_them(action: Action, omar: Person) -> None:
    move = asked_by(omar, action)
    with pytest.raises(IntegrityError), transaction.atomic():
        DateMove.objects.filter(pk=move.pk).update(approved_by=omar, approved_at=timezone.now())


def test_the_owner_does_not_approve(omar: Person, otto: Person, force: Body) -> None:
    owned = add_action(
        by=omar, body=force, title="Read", owner_role="Head", owner=otto, due_on=TODAY
    )
    step = add_milestone(by=omar, action=owned, title="Rota", due_on=TODAY)
    for thing in (owned, step):
        with pytest.raises(Refused, match="You own this action"):
            approve_date(by=otto, move=asked_by(omar, thing))


def test_who_asked_may_take_it_back(action: Action, omar: Person) -> None:
    move = asked_by(omar, action)
    with pytest.raises(Refused, match="Say why"):
        refuse_date(by=omar, move=move, reason="")
    refuse_date(by=omar, move=move, reason="Not needed.")
    with pytest.raises(Refused, match="decided already"):
        refuse_date(by=omar, move=move, reason="x")
    assert asked_by(omar, action).pk != move.pk


def test_whoever_lost_the_role_no_longer_takes_back_what_they_asked(
    action: Action, omar: Person
) -> None:
    move = asked_by(omar, action)
    change = ask_owner(by=omar, action=action, role="Head", reason="Posted.")
    accounts.end_role(by="operator", held=omar.roles_held.get())
    gone = Person.objects.get(pk=omar.pk)
    with pytest.raises(Refused, match="may keep what a body plans"):
        refuse_date(by=gone, move=move, reason="x")
    with pytest.raises(Refused, match="may keep what a body plans"):
        refuse_owner(by=gone, change=change, reason="x")


def test_a_move_is_decided_once(action: Action, omar: Person, otto: Person) -> None:
    move = asked_by(omar, action)
    approve_date(by=otto, move=move)
    with pytest.raises(Refused, match="decided already"):
        approve_date(by=otto, move=move)
    with pytest.raises(Refused, match="decided already"):
        refuse_date(by=otto, move=move, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        DateMove.objects.filter(pk=move.pk).update(approved_by=None, approved_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        DateMove.objects.filter(pk=move.pk).delete()


@pytest.mark.parametrize("who", ["vera", "petra", "ada", "ravi"])
def test_others_neither_ask_nor_approve(
    who: str, action: Action, omar: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="may keep what a body plans"):
        asked_by(person, action)
    move = asked_by(omar, action)
    with pytest.raises(Refused, match="may approve a change of date"):
        approve_date(by=person, move=move)
    with pytest.raises(Refused, match="may approve a change of date"):
        refuse_date(by=person, move=move, reason="x")


def test_another_body_does_not_know_of_it(action: Action, omar: Person, lena: Person) -> None:
    with pytest.raises(NotTheirs):
        asked_by(lena, action)
    with pytest.raises(NotTheirs):
        approve_date(by=lena, move=asked_by(omar, action))


def test_a_move_needs_a_new_date_and_a_reason(action: Action, omar: Person) -> None:
    for after, reason, code in (
        (action.due_on, "x", "after"),
        (TODAY - timedelta(days=1), "x", "after"),
        (LATER, " ", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            ask_date(by=omar, thing=action, after=after, reason=reason)
        assert refused.value.code == code
    asked_by(omar, action)
    with pytest.raises(Refused, match="waits for a decision"):
        asked_by(omar, action)


def test_what_has_no_date_cannot_be_moved(omar: Person, force: Body) -> None:
    undated = add_action(by=omar, body=force, title="Read", owner_role="Head")
    with pytest.raises(Refused, match="There is no date yet"):
        asked_by(omar, undated)


@pytest.mark.parametrize("settle", ["done", "abandoned"])
def test_what_is_settled_is_not_moved(
    settle: str, action: Action, omar: Person, otto: Person
) -> None:
    move = asked_by(omar, action)
    if settle == "done":
        complete_action(by=omar, action=action, on=TODAY)
    else:
        abandon_action(by=omar, action=action, reason="No money.")
    with pytest.raises(Refused, match="settled since"):
        approve_date(by=otto, move=move)
    refuse_date(by=otto, move=move, reason="Settled.")
    with pytest.raises(Refused, match=r"is done|was abandoned"):
        asked_by(omar, action)


def test_a_milestone_that_was_met_is_not_moved(
    milestone: Milestone, omar: Person, otto: Person
) -> None:
    move = asked_by(omar, milestone)
    meet_milestone(by=omar, milestone=milestone, on=TODAY)
    with pytest.raises(Refused, match="settled since"):
        approve_date(by=otto, move=move)


# --- Dates of the overseer's ---


def test_only_the_office_moves_a_date_of_the_overseers(
    overseers: Action, omar: Person, otto: Person, rosa: Person, cass: Person
) -> None:
    move = asked_by(omar, overseers)
    with pytest.raises(Refused, match="only the office moves it") as refused:
        approve_date(by=otto, move=move)
    assert refused.value.code == "overseer"
    approve_date(by=rosa, move=move)
    again = asked_by(rosa, overseers, LATER + timedelta(days=1))
    with pytest.raises(Refused, match="You asked"):
        approve_date(by=rosa, move=again)
    approve_date(by=cass, move=again)
    assert moves.ledger_of(Action.objects.get(pk=overseers.pk)).times == 2


# --- Closing tests ---


@pytest.mark.parametrize(
    ("asker", "same", "other"), [("omar", "otto", "rosa"), ("rosa", "cass", "omar")]
)
def test_the_date_of_a_closing_test_needs_both_sides(
    asker: str, same: str, other: str, agreed_test: ClosingTest, request: pytest.FixtureRequest
) -> None:
    first = agreed_test.due_on
    move = asked_by(request.getfixturevalue(asker), agreed_test)
    with pytest.raises(Refused, match="the other side must decide"):
        approve_date(by=request.getfixturevalue(same), move=move)
    approve_date(by=request.getfixturevalue(other), move=move)
    agreed_test.refresh_from_db()
    assert (agreed_test.first_due_on, agreed_test.due_on) == (first, LATER)


def test_the_moves_of_a_test_are_counted_over_its_versions(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person, rosa: Person
) -> None:
    approve_date(by=rosa, move=asked_by(omar, agreed_test))
    new = agree_test(by=rosa, test=a_test_proposed(omar, accepted, why="Records are few."))
    with pytest.raises(Refused, match="does not stand"):
        asked_by(omar, agreed_test, LATER + timedelta(days=9))
    approve_date(by=rosa, move=asked_by(omar, new, LATER + timedelta(days=9)))
    ledger = moves.ledger_of(ClosingTest.objects.get(pk=new.pk))
    assert (ledger.times, ledger.first_on) == (2, agreed_test.first_due_on)


def test_a_test_does_not_move_while_another_is_proposed(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person, rosa: Person
) -> None:
    proposed = a_test_proposed(omar, accepted, why="Records are few.")
    for test in (agreed_test, proposed):
        with pytest.raises(Refused) as refused:
            asked_by(omar, test)
        assert refused.value.code in {"open_test", "not_standing"}
    refuse_test(by=rosa, test=proposed, reason="No.")
    assert asked_by(omar, agreed_test)


# --- Owners ---


def test_a_change_of_owner_is_asked_by_one_and_approved_by_another(
    action: Action, accepted: Undertaking, omar: Person, otto: Person, rosa: Person
) -> None:
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 5)])
    for owner, by in ((omar, otto), (otto, rosa)):
        change = ask_owner(
            by=omar if by != omar else otto, action=action, role="Head of Crime", owner=owner,
            reason="Posted elsewhere.",
        )  # fmt: skip
        with pytest.raises(Refused, match="You asked for this"):
            approve_owner(by=change.asked_by, change=change)
        approve_owner(by=by, change=change)
    action.refresh_from_db()
    assert (action.owner, action.owner_role, action.owner_name) == (otto, "Head of Crime", "")
    assert [c.role_before for c in moves.owner_changes_of(action)] == [
        "Head of Public Protection", "Head of Crime",
    ]  # fmt: skip
    assert planned.owners_ever(accepted) == {omar.pk, otto.pk}
    assert audit.verify().holds


def test_a_refused_owner_never_owned_it(
    action: Action, accepted: Undertaking, omar: Person, otto: Person
) -> None:
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 5)])
    change = ask_owner(by=omar, action=action, role="Head", owner=otto, reason="Posted.")
    with pytest.raises(Refused, match="waits for a decision"):
        ask_owner(by=omar, action=action, role="Head", reason="x")
    with pytest.raises(Refused, match="Say why"):
        refuse_owner(by=otto, change=change, reason="")
    refuse_owner(by=otto, change=change, reason="I do not know this work.")
    assert planned.owners_ever(accepted) == set()
    assert action.owner_changes.get().refused_by == otto


def test_a_change_of_owner_changes_something_and_says_why(
    action: Action, omar: Person, lena: Person
) -> None:
    for given, code in (
        ({"role": action.owner_role, "name": action.owner_name, "reason": "x"}, "owner"),
        ({"role": "", "reason": "x"}, "owner_role"),
        ({"role": "Head", "reason": ""}, "reason"),
        ({"role": "Head", "owner": lena, "reason": "x"}, "owner"),
    ):
        with pytest.raises(Refused) as refused:
            ask_owner(by=omar, action=action, **given)
        assert refused.value.code == code


def test_an_abandoned_action_gets_no_new_owner(action: Action, omar: Person, otto: Person) -> None:
    change = ask_owner(by=omar, action=action, role="Head", reason="Posted.")
    abandon_action(by=omar, action=action, reason="No money.")
    with pytest.raises(Refused, match="abandoned since"):
        approve_owner(by=otto, change=change)
    assert OwnerChange.objects.get().approved_at is None


# --- What passes on ---


def test_moved_dates_pass_on_to_what_supersedes(
    accepted: Undertaking,
    asked: list[Recommendation],
    agreed_test: ClosingTest,
    action: Action,
    milestone: Milestone,
    omar: Person,
    rosa: Person,
) -> None:
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 5)])
    for thing in (action, milestone, agreed_test):
        approve_date(by=rosa, move=asked_by(omar, thing))
    assert len(moves.moves_for(accepted)) == 3
    sign_link(
        by=rosa, earlier=asked[0], later=asked[2], relation="supersedes", reason="Asked anew."
    )
    assert [moves.times_moved(r) for r in asked] == [3, 0, 3]


def test_the_ledger_is_read_in_few_queries(
    action: Action, omar: Person, otto: Person, django_assert_max_num_queries: Callable
) -> None:
    for n in range(4):
        approve_date(by=otto, move=asked_by(omar, action, LATER + timedelta(days=n)))
    with django_assert_max_num_queries(1):
        assert [m.asked_by.name for m in moves.ledger_of(action).moves] == ["Omar Rahim"] * 4
