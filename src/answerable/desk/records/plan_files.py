"""A body's plan as a workbook: what can be brought back, and beside it what is only to be read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.desk.records.offers import name_of
from answerable.desk.records.plan import PlanRow, ServiceShown, state_words
from answerable.desk.tables import Table
from answerable.plan.models import Action, DateMove, Milestone, Service
from answerable.plan.queries import listing
from answerable.plan.queries.workbook import COLUMNS, holder

ACTIONS = "Actions"
NAMED = {key: names[0] for key, names in COLUMNS.items()}
READ_ONLY = ("First date", "Times moved", "Whose date", "State")


def sheets_of(body: Body, today: date) -> list[tuple[str, Table]]:
    """The sheets of the workbook."""
    return [
        (ACTIONS, Table((*NAMED.values(), *READ_ONLY), _actions(body, today))),
        ("Serves", Table(("Action", "Serves", "Words", "How"), _serves(body))),
        (
            "Milestones",
            Table(
                ("Action", "Milestone", "First date", "Date now", "State"), _milestones(body, today)
            ),
        ),
        (
            "Moved dates",
            Table(
                ("Action", "Milestone", "From", "To", "Why", "Asked by", "Asked on", "Decision"),
                _moves(body),
            ),
        ),
    ]


def _actions(body: Body, today: date) -> Iterator[tuple[Any, ...]]:
    rows = listing.actions_of(body, listing.Narrowing(), today).order_by("serial")
    return (line_of(action, today) for action in rows)


def line_of(action: Action, today: date) -> tuple[Any, ...]:
    """One action as a row that can be brought back."""
    return (
        action.reference,
        action.title,
        action.words,
        action.owner_role,
        holder(action),
        action.due_on,
        "",
        action.cost,
        action.funding,
        action.funding_ends_on,
        action.first_due_on,
        getattr(action, "times_moved", 0),
        action.get_date_of_display(),
        PlanRow(action, today).state,
    )


def _serves(body: Body) -> Iterator[tuple[Any, ...]]:
    rows = Service.objects.filter(action__body=body, taken_out_at__isnull=True)
    found = rows.select_related("action", "undertaking__recommendation", "undertaking__body")
    corrections = "undertaking__recommendation__corrections"
    for service in found.prefetch_related(corrections).order_by("action__serial", "pk"):
        shown = ServiceShown(service)
        words = CORRECTED if shown.corrected else " … ".join(shown.quotes)
        yield service.action.reference, shown.at.reference, words, service.note


CORRECTED = "The words were corrected since: say again which are served."


def _milestones(body: Body, today: date) -> Iterator[tuple[Any, ...]]:
    rows = Milestone.objects.filter(action__body=body).select_related("action")
    for one in rows.order_by("action__serial", "due_on", "pk"):
        state = state_words(one, today)
        yield one.action.reference, one.title, one.first_due_on, one.due_on, state


def _moves(body: Body) -> Iterator[tuple[Any, ...]]:
    of = Q(action__body=body) | Q(milestone__action__body=body)
    rows = DateMove.objects.filter(of).select_related("action", "milestone__action", "asked_by")
    for move in rows.order_by("asked_at", "pk"):
        milestone = move.milestone
        action = milestone.action if milestone else move.action
        yield (
            action.reference if action else "",
            milestone.title if milestone else "",
            move.before,
            move.after,
            move.reason,
            name_of(move.asked_by),
            timezone.localdate(move.asked_at),
            "approved" if move.approved_at else "refused" if move.refused_at else "waits",
        )
