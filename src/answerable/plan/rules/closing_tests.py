"""Who may propose, agree to and refuse a closing test, and when.

A test stands once both sides have agreed; only another agreement of both puts one in its place.
"""

from datetime import date

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.plan.models import ClosingTest, Pattern
from answerable.plan.queries import closing_tests as queries
from answerable.plan.queries import moves
from answerable.plan.rules import lives
from answerable.plan.rules.who import Side, check_may_for, check_owed, check_said, side_of
from answerable.register.models import Stands, Undertaking

ACCEPTED = frozenset({Stands.ACCEPTED, Stands.IN_PART, Stands.IN_PRINCIPLE})
"""Where an answer stands for a test to be agreed: something was taken on."""

COUNTED = frozenset({Pattern.RECORDS})
"""Patterns that say how many."""


def _check_accepted(undertaking: Undertaking) -> None:
    if undertaking.stands not in ACCEPTED:
        raise Refused(
            f"A closing test is agreed once {undertaking.body.name} has accepted what was asked, "
            "in whole or in part.",
            code="not_accepted",
        )


def check_may_propose(person: Person, undertaking: Undertaking) -> None:
    """Refuses before acceptance, and while another proposal or a move of its date waits."""
    check_may_for(person, Permission.TEST_AGREE, undertaking.body)
    check_owed(undertaking)
    _check_accepted(undertaking)
    if queries.open_test(undertaking):
        raise Refused(
            "Another closing test waits for agreement. Agree to it or refuse it first.", code="open"
        )
    standing = queries.standing_test(undertaking)
    if standing and moves.open_move(standing):
        raise Refused(
            "Someone asked to move the date of the test that stands. Decide that first.",
            code="open_move",
        )


def check_test(pattern: str, look_at: str, how_many: int | None, counts_as_seen: str) -> None:
    """Refuses a test that does not say at what, how many, and what counts as seen."""
    if pattern not in Pattern.values:
        raise Refused("Choose a way of looking.", code="pattern")
    check_said(look_at, "Say what a sceptic would look at.", "look_at")
    check_said(counts_as_seen, "Say what counts as seen.", "counts_as_seen")
    if how_many is not None and how_many < 1:
        raise Refused("Say how many: 1 or more.", code="how_many")
    if how_many is None and pattern in COUNTED:
        raise Refused("Say how many records the office chooses.", code="how_many")


def check_date(standing: ClosingTest | None, due_on: date | None, today: date) -> date:
    """By when; a new version keeps the date of the one that stands, which only the ledger moves."""
    if standing is None:
        if due_on is None or due_on < today:
            raise Refused("Say by when it can be looked at: today or later.", code="due_on")
        return due_on
    if due_on is not None and due_on != standing.due_on:
        raise Refused(
            "A new version keeps the date that stands. Ask to move the date in the ledger.",
            code="due_on",
        )
    return standing.due_on


def check_why(standing: ClosingTest | None, why: str) -> None:
    """Refuses to put a test in the place of one that stands without saying why."""
    if standing is not None:
        check_said(why, "Say why the test that both sides agreed should change.", "why")


def _check_open(test: ClosingTest) -> None:
    check_step(lives.TEST, "agree_test", lives.of_test(test))


def check_may_agree(person: Person, test: ClosingTest) -> Side:
    """The side for which ``person`` agrees; refuses a side that has agreed, and whoever proposed."""
    body = test.undertaking.body
    check_may_for(person, Permission.TEST_AGREE, body)
    check_owed(test.undertaking)
    _check_open(test)
    _check_accepted(test.undertaking)
    side = side_of(person, body)
    given = test.agreed_for_body_at if side == Side.BODY else test.agreed_for_office_at
    if given:
        other = "the office" if side == Side.BODY else body.name
        raise Refused(
            f"Your side has agreed already: now it needs someone of {other}.", code="separation"
        )
    return side


def check_may_refuse(person: Person, test: ClosingTest) -> None:
    """Refuses where both have agreed: what stands is replaced, not refused."""
    check_may_for(person, Permission.TEST_AGREE, test.undertaking.body)
    _check_open(test)


def check_refusal(reason: str) -> None:
    """Refuses to refuse without a reason."""
    check_said(reason, "Say why you refuse this test.")
