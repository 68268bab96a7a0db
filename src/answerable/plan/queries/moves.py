"""Reads of the ledger: first dates, moves and how often, and the same over a line of superseding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from answerable.accounts.models import Body
from answerable.plan.models import (
    Action,
    ClosingTest,
    DateMove,
    DateOf,
    Milestone,
    OwnerChange,
)
from answerable.plan.queries.closing_tests import tests_of
from answerable.plan.queries.succession import line_of_action
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries import links
from answerable.register.queries.undertakings import line_of

Dated = Action | Milestone | ClosingTest
"""What has a date that can be moved."""

FIELDS: dict[type[Dated], str] = {
    Action: "action",
    Milestone: "milestone",
    ClosingTest: "closing_test",
}


def field_of(thing: Dated) -> str:
    """The column of the ledger that names things of this kind."""
    return FIELDS[type(thing)]


def as_it_stands(move: DateMove) -> DateMove:
    """The move read anew, inside the act that is about to change it."""
    rows = DateMove.objects.select_related(
        "asked_by__body",
        "action__body",
        "milestone__action__body",
        "closing_test__undertaking__body",
        "closing_test__undertaking__recommendation",
    )
    return rows.get(pk=move.pk)


def change_as_it_stands(change: OwnerChange) -> OwnerChange:
    """The change of owner read anew, with its action."""
    return OwnerChange.objects.select_related("action__body", "asked_by").get(pk=change.pk)


def thing_of(move: DateMove) -> Dated:
    """What a move moves."""
    found = move.action or move.milestone or move.closing_test
    assert found is not None  # noqa: S101  # a constraint of the table
    return found


def body_of(thing: Dated) -> Body:
    """The body that answers for it."""
    if isinstance(thing, Action):
        return thing.body
    return thing.action.body if isinstance(thing, Milestone) else thing.undertaking.body


def date_of(thing: Dated) -> str:
    """Whose date it is; that of a closing test belongs to both sides."""
    return DateOf.BODY if isinstance(thing, ClosingTest) else thing.date_of


def name_of(thing: Dated) -> str:
    """How a sentence names it, without words that anyone wrote."""
    if isinstance(thing, Action):
        return thing.reference
    if isinstance(thing, Milestone):
        return f"a milestone of {thing.action.reference}"
    reference = thing.undertaking.recommendation.reference
    return f"the closing test for {reference}"


def moves_of(thing: Dated) -> list[DateMove]:
    """Everything that was asked for its date, oldest first.

    Of a test, for its older versions too; of an action, for those that it carries on.
    Uses what :func:`read_once` read, where a page did so.
    """
    known: list[DateMove] | None = getattr(thing, "moves_read", None)
    if known is not None:
        return known
    things: Q = Q(**{field_of(thing): thing})
    if isinstance(thing, ClosingTest):
        things = Q(closing_test__in=tests_of(thing.undertaking))
    elif isinstance(thing, Action) and thing.taken_over_from_id:
        things = Q(action__in=line_of_action(thing))
    rows = DateMove.objects.filter(things).select_related("asked_by", "approved_by", "refused_by")
    return list(rows)


def read_once(thing: Dated) -> list[DateMove]:
    """All of its moves, read once for a page that asks many rules. Acts read everything anew."""
    return read_already(thing, moves_of(thing))


def read_already(thing: Dated, moves: list[DateMove]) -> list[DateMove]:
    """Let :func:`moves_of` give these, which a page has read together with others."""
    thing.moves_read = moves  # type: ignore[union-attr]
    return moves


def open_move(thing: Dated) -> DateMove | None:
    """What was asked for its date and nobody has decided, or None."""
    waiting = (m for m in moves_of(thing) if m.approved_at is None and m.refused_at is None)
    if isinstance(thing, Action):  # what was asked of the body before it waits there
        waiting = (m for m in waiting if m.action_id == thing.pk)
    return next(waiting, None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One line of the ledger: the first date always beside the present one."""

    what: str
    title: str
    first_on: date | None
    now_on: date | None
    moves: tuple[DateMove, ...]

    @property
    def times(self) -> int:
        """How often the date was moved."""
        return sum(1 for move in self.moves if move.approved_at)

    @property
    def days(self) -> int:
        """How far it has moved from the first date, in days; less than nothing where it is earlier."""
        return (self.now_on - self.first_on).days if self.first_on and self.now_on else 0


def ledger_of(thing: Dated) -> Ledger:
    """The line of one action, milestone or closing test."""
    title = "" if isinstance(thing, ClosingTest) else thing.title
    return Ledger(name_of(thing), title, thing.first_due_on, thing.due_on, tuple(moves_of(thing)))


def open_owner_change(action: Action) -> OwnerChange | None:
    """The change of owner that was asked for and nobody has decided, or None."""
    found = action.owner_changes.all()  # what was prefetched, where a page did so
    return next((c for c in found if c.approved_at is None and c.refused_at is None), None)


def owner_changes_of(action: Action) -> list[OwnerChange]:
    """Everything that was asked for its owner, oldest first."""
    rows = OwnerChange.objects.filter(action=action)
    return list(rows.select_related("owner_before", "owner_after", "asked_by", "approved_by"))


def _moved(undertakings: QuerySet[Undertaking]) -> QuerySet[DateMove]:
    """Approved moves of closing tests, and of actions that served and their milestones."""
    serving = Action.objects.filter(services__undertaking__in=undertakings).values("pk")
    return DateMove.objects.filter(
        Q(action__in=serving)
        | Q(milestone__action__in=serving)
        | Q(closing_test__undertaking__in=undertakings),
        approved_at__isnull=False,
    )


def moves_for(undertaking: Undertaking) -> list[DateMove]:
    """Every approved move of a date on which this answer hangs, oldest first."""
    line = [one.pk for one in line_of(undertaking)]
    rows = _moved(Undertaking.objects.filter(pk__in=line))
    return list(rows.select_related("action", "milestone__action", "closing_test").distinct())


def times_moved(recommendation: Recommendation) -> int:
    """How often dates were moved for it and for all that it superseded: of replies and of plans."""
    line: Sequence[int] = list(links.line_before(recommendation))
    planned = _moved(Undertaking.objects.filter(recommendation__in=line)).distinct().count()
    return links.inherited(recommendation).dates_moved + planned
