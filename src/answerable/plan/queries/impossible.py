"""States of a plan that no act leads to: whoever finds one knows that the database was written by hand.

The chain says whether a record is as its last event left it. These say whether what it tells could
have come about at all, even where whoever wrote it by hand also wrote an event.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.db.models import F, Q

from answerable.plan.models import Action, ClosingTest, DateMove, DateOf, Milestone, OwnerChange

Dates = Sequence[tuple[date, date]]
"""The approved moves of one thing, oldest first: from which date, to which."""


def _moves(of: str) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = DateMove.objects.filter(approved_at__isnull=False, **{f"{of}__isnull": False})
    for pk, before, after in rows.order_by("approved_at", "pk").values_list(of, "before", "after"):
        found[pk].append((before, after))
    return found


def _broken(first: date | None, due: date | None, moves: Dates) -> bool:
    """Whether the present date is not the first one after the moves that were approved."""
    steps = [first, *(step for move in moves for step in move), due]
    return any(a != b for a, b in list(pairwise(steps))[::2])


def _moved_outside_the_ledger() -> Iterator[str]:
    """Dates that are not where the ledger leads; what a successor took over begins in the middle."""
    actions = Action.objects.filter(taken_over_from__isnull=True)
    steps = Milestone.objects.filter(action__taken_over_from__isnull=True)
    moves = _moves("action")
    for pk, name, first, due in actions.values_list("pk", "reference", "first_due_on", "due_on"):
        # The first move of what had no date at the beginning starts from the date it was given.
        if _broken(first, due, moves[pk]):
            yield f"The first date of {name} and the moves in the ledger do not lead to its date."
    moves = _moves("milestone")
    for pk, name, first, due in steps.values_list(
        "pk", "action__reference", "first_due_on", "due_on"
    ):
        if _broken(first, due, moves[pk]):
            yield f"The first date of a milestone of {name} and its moves do not lead to its date."


def _first_date_of_tests() -> Iterator[str]:
    """Every version of a test keeps the first date of the first that both sides agreed to."""
    first: dict[int, date] = {}
    agreed = ClosingTest.objects.filter(
        agreed_for_body_at__isnull=False, agreed_for_office_at__isnull=False
    ).select_related("undertaking__recommendation")
    for test in agreed.order_by("undertaking", "version"):
        kept = first.setdefault(test.undertaking_id, test.first_due_on)
        if test.first_due_on != kept:
            reference = test.undertaking.recommendation.reference
            yield f"The first date of the closing test for {reference} was lost."


def _wrong_sides() -> Iterator[str]:
    """A test agreed for the body by another body, for the office by whoever is none of it."""
    wrong = (
        Q(agreed_for_body_by__isnull=False) & ~Q(agreed_for_body_by__body=F("undertaking__body"))
        | Q(agreed_for_office_by__isnull=False) & Q(agreed_for_office_by__body__is_office=False)
        | Q(agreed_for_office_by=F("agreed_for_body_by"))
    )
    for test in ClosingTest.objects.filter(wrong).select_related("undertaking__recommendation"):
        reference = test.undertaking.recommendation.reference
        yield f"A closing test for {reference} was not agreed by both sides."


def _own_requests() -> Iterator[str]:
    """Moves and changes of owner that whoever asked for them approved."""
    own = Q(approved_by=F("asked_by"))
    for move in DateMove.objects.filter(own):
        yield f"The move of a date from {move.before} to {move.after} was approved by who asked."
    for change in OwnerChange.objects.filter(own).select_related("action"):
        yield f"The change of owner of {change.action.reference} was approved by who asked."
    overseer = Q(action__date_of=DateOf.OVERSEER) | Q(milestone__date_of=DateOf.OVERSEER)
    for move in DateMove.objects.filter(overseer, approved_by__body__is_office=False):
        yield f"The body moved a date of the overseer’s from {move.before} to {move.after}."


def _owners() -> Iterator[str]:
    """Owners that are not those of the last change approved."""
    last = {
        change.action_id: change
        for change in OwnerChange.objects.filter(approved_at__isnull=False)
        .select_related("action")
        .order_by("approved_at", "pk")
    }
    for change in last.values():
        if change.action.owner_id != change.owner_after_id:
            yield f"The owner of {change.action.reference} was changed outside the ledger."


CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    _moved_outside_the_ledger,
    _first_date_of_tests,
    _wrong_sides,
    _own_requests,
    _owners,
)


def impossible() -> str | None:
    """The first state of a plan that no act leads to, in words, or None."""
    return next((sentence for check in CHECKS for sentence in check()), None)
