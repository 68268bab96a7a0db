"""What passed from one office to another, line by line, with what was open then and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, check_may_see
from answerable.desk.history import lines_of
from answerable.desk.records.handovers import LineShown
from answerable.handover.models import Handover
from answerable.handover.queries.known import references_of


@require_GET
def show(request: Request, slug: str, pk: int) -> HttpResponse:
    """One handover: each thing that was asked of the body, as it stood when it was handed over."""
    check_may_see(request.user, Permission.RECOMMENDATION_READ)
    found = get_object_or_404(Handover.objects.select_related("body"), pk=pk, body__slug=slug)
    received = found.way == Handover.Way.RECEIVED
    here = references_of(found) if received else {}
    lines = [LineShown(line, here.get(line["reference"], "")) for line in found.lines]
    context = {
        "handover": found,
        "received": received,
        "lines": lines,
        "still_open": sum(not line["closed"] for line in found.lines),
        "history": lines_of(found),
    }
    return render(request, "desk/bodies/handover.html", context)
