"""What waits for a person in plans: tests to agree, moves to decide, dates that come near."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Q, QuerySet

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.plan.models import (
    Action,
    ClosingTest,
    DateMove,
    DateOf,
    Milestone,
    OwnerChange,
)
from answerable.plan.queries.listing import ENDING, UNDER_WAY
from answerable.register.models import Stands

NEAR = timedelta(days=14)
"""A date within this time comes near."""

UNDECIDED = Q(approved_at__isnull=True, refused_at__isnull=True)
OPEN_TEST = Q(refused_at__isnull=True) & (
    Q(agreed_for_body_at__isnull=True) | Q(agreed_for_office_at__isnull=True)
)


def open_tests(person: Person) -> QuerySet[ClosingTest]:
    """Proposals that wait for a side's word, of bodies that ``person`` may see, oldest first."""
    rows = ClosingTest.objects.filter(OPEN_TEST).exclude(undertaking__stands=Stands.PASSED)
    rows = rows.filter(undertaking__recommendation__withdrawn_at__isnull=True)
    if not is_of_office(person):
        rows = rows.filter(undertaking__body=person.body_id)
    return rows.select_related(
        "undertaking__body", "undertaking__recommendation", "proposed_by"
    ).order_by("proposed_at", "pk")


def tests_to_agree(person: Person) -> QuerySet[ClosingTest]:
    """Proposals of the other side that wait for the side of ``person``."""
    if not may(person, Permission.TEST_AGREE):
        return ClosingTest.objects.none()
    return open_tests(person).filter(**{_own_side(person): True})


def tests_out(person: Person) -> QuerySet[ClosingTest]:
    """Proposals of this person's side that wait for the other."""
    if not may(person, Permission.TEST_AGREE):
        return ClosingTest.objects.none()
    return open_tests(person).filter(**{_own_side(person): False})


def waits(person: Person, today: date) -> frozenset[str]:
    """The names of those of :data:`KINDS` of which there is anything. One query."""
    some = {f"any_{name}": Exists(find(person, today)) for name, find in KINDS.items()}
    found = Body.objects.filter(pk=person.body_id).values(**some).first() or {}
    return frozenset(name for name in KINDS if found.get(f"any_{name}"))


def _own_side(person: Person) -> str:
    side = "office" if is_of_office(person) else "body"
    return f"agreed_for_{side}_at__isnull"


def _of_theirs(person: Person, *paths: str) -> Q:
    """Only what is of this person's own body, unless they are of the office."""
    found = Q()
    if not is_of_office(person):
        for path in paths:
            found |= Q(**{path: person.body_id})
    return found


def moves_to_decide(person: Person) -> QuerySet[DateMove]:
    """Moves that someone else asked for and ``person`` may decide, oldest first.

    The same as ``rules.moves.check_may_approve`` says of each, asked of all at once.
    """
    if not may(person, Permission.DATE_APPROVE):
        return DateMove.objects.none()
    rows = DateMove.objects.filter(UNDECIDED).exclude(asked_by=person)
    rows = rows.filter(
        _of_theirs(
            person, "action__body", "milestone__action__body", "closing_test__undertaking__body"
        )
    )
    rows = rows.exclude(action__owner=person).exclude(milestone__action__owner=person)
    of_body = Q(closing_test__undertaking__body=F("asked_by__body"))
    if is_of_office(person):
        rows = rows.filter(Q(closing_test__isnull=True) | of_body)
    else:
        rows = rows.filter(Q(closing_test__isnull=True) | ~of_body)
        theirs = Q(action__date_of=DateOf.OVERSEER) | Q(milestone__date_of=DateOf.OVERSEER)
        rows = rows.exclude(pk__in=DateMove.objects.filter(UNDECIDED & theirs).values("pk"))
    return rows.select_related(
        "action__body",
        "milestone__action__body",
        "closing_test__undertaking__body",
        "closing_test__undertaking__recommendation",
        "asked_by",
    ).order_by("asked_at", "pk")


def owners_to_decide(person: Person) -> QuerySet[OwnerChange]:
    """Changes of owner that someone else asked for and ``person`` may decide, oldest first."""
    if not may(person, Permission.DATE_APPROVE):
        return OwnerChange.objects.none()
    rows = OwnerChange.objects.filter(UNDECIDED, action__abandoned_at__isnull=True)
    rows = rows.filter(_of_theirs(person, "action__body")).exclude(asked_by=person)
    return rows.select_related("action__body", "asked_by").order_by("asked_at", "pk")


def _kept_by(person: Person, path: str) -> Q:
    """Whose dates are this person's: what they own, and their own body's where they keep its plan."""
    found = Q(**{f"{path}owner": person})
    if may(person, Permission.PLAN_KEEP) and not is_of_office(person):
        found |= Q(**{f"{path}body": person.body_id})
    return found


def actions_near(person: Person, today: date) -> QuerySet[Action]:
    """Actions of theirs that are late or due within :data:`NEAR`, the latest first."""
    rows = Action.objects.filter(UNDER_WAY, _kept_by(person, ""), due_on__lte=today + NEAR)
    return rows.select_related("body", "owner").order_by("due_on", "serial")


def milestones_near(person: Person, today: date) -> QuerySet[Milestone]:
    """Milestones of their actions that are late or due within :data:`NEAR`, the latest first."""
    rows = Milestone.objects.filter(
        _kept_by(person, "action__"),
        met_on__isnull=True,
        abandoned_at__isnull=True,
        action__done_on__isnull=True,
        action__abandoned_at__isnull=True,
        action__taken_over_by__isnull=True,
        due_on__lte=today + NEAR,
    )
    return rows.select_related("action__body").order_by("due_on", "pk")


def funding_ending(person: Person, today: date) -> QuerySet[Action]:
    """Actions under way whose funding ends within :data:`ENDING`, or has ended.

    Their own body's for whoever keeps its plan or owns one; everyone's for the office that does.
    """
    keeps_all = is_of_office(person) and may(person, Permission.PLAN_KEEP)
    theirs = Q() if keeps_all else _kept_by(person, "")
    rows = Action.objects.filter(UNDER_WAY, theirs, funding_ends_on__lte=today + ENDING)
    return rows.select_related("body").order_by("funding_ends_on", "serial")


KINDS: dict[str, Callable[[Person, date], QuerySet[Any]]] = {
    "tests": lambda person, _: tests_to_agree(person),
    "tests_out": lambda person, _: tests_out(person),
    "moves": lambda person, _: moves_to_decide(person),
    "owners": lambda person, _: owners_to_decide(person),
    "actions": actions_near,
    "milestones": milestones_near,
    "funding": funding_ending,
}
"""Everything of plans that can wait for a person, by a name of its own."""
