"""Plans: whose there are, and the actions of one body, narrowed or as a file."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.accounts.rules import Permission, is_of_office
from answerable.desk.exports import as_xlsx
from answerable.desk.forms.plan import NarrowPlan
from answerable.desk.records.offers import name_of, offer
from answerable.desk.records.plan import PlanRow
from answerable.desk.tables import Table, as_csv
from answerable.plan.models import Action
from answerable.plan.queries import listing
from answerable.plan.rules import planned as rules

A_PAGE = 25
MANY_BODIES = 50
HEADINGS = (
    "Reference",
    "Action",
    "Serves",
    "Post that answers for it",
    "Who holds it",
    "First date",
    "Date now",
    "Times moved",
    "Whose date",
    "State",
    "Cost",
    "Funding",
    "Funding ends",
    "Address here",
)
DOWNLOADS = {"csv": as_csv, "xlsx": as_xlsx}


@require_safe
def plans(request: Request) -> HttpResponse:
    """Whose plans there are, each with its counts; people of a body go to their own."""
    if not is_of_office(request.user):
        return redirect("desk:plan", request.user.body.slug)
    found = listing.bodies_with_plans(request.user, timezone.localdate())
    page = Paginator(found, MANY_BODIES).get_page(request.GET.get("page"))
    return render(request, "desk/plan/bodies.html", {"page": page})


@require_safe
def plan(request: Request, slug: str) -> HttpResponseBase:
    """What one body will do: its actions, narrowed by the address; or all of them as a file."""
    body, today = listing.find_plan(request.user, slug), timezone.localdate()
    counts = listing.counts_of(body, today)
    form = NarrowPlan(request.GET, counts=counts)
    narrowing = form.narrowing()
    found = listing.actions_of(body, narrowing, today)
    if (wanted := request.GET.get("format")) in DOWNLOADS:
        lines = _lines(request, body, found, today)
        return DOWNLOADS[wanted](f"plan-{body.slug}", Table(HEADINGS, lines))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    href = reverse("desk:new_action", args=[slug])
    context = {
        "body": body,
        "form": form,
        "page": page,
        "rows": _rows(body, page, today),
        "narrowed": not narrowing.is_empty,
        "counts": counts,
        "offer": offer(
            request.user,
            Permission.PLAN_KEEP,
            "Add an action",
            href,
            lambda: rules.check_may_keep(request.user, body),
        ),
        "in_office": is_of_office(request.user),
    }
    return render(request, "desk/plan/list.html", context)


def _rows(body: Body, actions: Any, today: date) -> list[PlanRow]:
    found = []
    for action in actions:
        action.body = body
        found.append(PlanRow(action, today))
    return found


def _lines(request: Request, body: Body, actions: Any, today: date) -> Iterator[tuple[Any, ...]]:
    for row in _rows(body, actions, today):
        yield _line(request, row, row.action)


def _line(request: Request, row: PlanRow, action: Action) -> tuple[Any, ...]:
    return (
        action.reference,
        action.title,
        ", ".join(one.reference for one in row.serves),
        action.owner_role,
        name_of(action.owner) if action.owner else action.owner_name,
        action.first_due_on,
        action.due_on,
        getattr(action, "times_moved", 0),
        action.get_date_of_display(),
        row.state,
        action.cost,
        action.funding,
        action.funding_ends_on,
        request.build_absolute_uri(row.href),
    )
