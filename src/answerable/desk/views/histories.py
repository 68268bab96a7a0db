"""Everything that was ever done to a recommendation, or to one body's answer to it."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from answerable.accounts.gate import Request
from answerable.assurance.queries.history import events_of, events_of_all
from answerable.audit.models import Event
from answerable.desk import history
from answerable.desk.records.about import find
from answerable.register.queries import answers, recommendations

A_PAGE = 100


@require_safe
def of_recommendation(request: Request, reference: str) -> HttpResponse:
    """Every event on a recommendation and on the answers to it that the reader may see."""
    recommendation = recommendations.find(request.user, reference)
    found = answers.answers_to(request.user, recommendation)
    events = events_of_all(request.user, recommendation, found)
    href = reverse("desk:recommendation", args=[reference])
    return _page(request, events, reference, href)


@require_safe
def of_undertaking(request: Request, reference: str, slug: str) -> HttpResponse:
    """Every event on one body's answer."""
    undertaking = find(request, reference, slug)
    href = reverse("desk:undertaking", args=[reference, slug])
    name = f"{reference}, {undertaking.body.name}"
    return _page(request, events_of(undertaking), name, href)


def _page(request: Request, events: QuerySet[Event], name: str, href: str) -> HttpResponse:
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": history.lines_in(list(page.object_list)),
        "name": name,
        "href": href,
    }
    return render(request, "desk/register/history.html", context)
