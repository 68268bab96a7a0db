"""Closing: one undertaking at a time, on what was read; opening again; what is due to be looked at."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, check_may, is_of_office
from answerable.assurance.actions.closing import close_undertaking, reopen_undertaking
from answerable.assurance.rules import closing as rules
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.closing import CloseForm, ReopenForm
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.about import about, find
from answerable.desk.records.closing import (
    ClosingPage,
    material_of,
    reason_key,
    reason_words,
    rechecks,
)
from answerable.desk.tables import Table, as_csv
from answerable.html.times import due_words
from answerable.register.models import Undertaking
from answerable.register.queries.remembered import Memory

AHEAD = 60
"""So many days ahead the list of what is to be looked at again reaches."""
A_PAGE = 50


def _page(request: Request, undertaking: Undertaking) -> ClosingPage:
    memory, today = Memory(), timezone.localdate()
    key = ("closing", undertaking.pk, today)
    material = memory.of(key, partial(material_of, undertaking, today))
    return ClosingPage(material, request.user, today, memory)


@require_http_methods(["GET", "POST"])
def closing(request: Request, reference: str, slug: str) -> HttpResponse:
    """What carries a closure, the form to close, and every time it came back."""
    undertaking = find(request, reference, slug)
    if request.method == "POST":
        rules.check_may_close(request.user, undertaking)
    page = _page(request, undertaking)
    form = _close_form(request, page) if page.close and not page.close.refused else None
    if form is not None and request.method == "POST" and form.is_valid():
        given = {"by": request.user, "undertaking": undertaking, **form.cleaned_data}
        if attempt(form, close_undertaking, **given):
            messages.success(request, CLOSED)
            return redirect("desk:closing", reference=reference, slug=slug)
    context = {**about(request, undertaking, "closing"), "page": page, "form": form}
    return render(request, "desk/closing/show.html", context)


CLOSED = (
    "It is closed, with your reason. It stays on every list that asks for it, and opens again when "
    "the record says that it is not so."
)


def _close_form(request: Request, page: ClosingPage) -> CloseForm:
    standing = [one.opinion.pk for one in page.opinions]
    return CloseForm(
        posted(request),
        can_assure=not page.not_assured,
        now=mark_of(*standing, len(page.closures), page.not_assured),
    )


@require_http_methods(["GET", "POST"])
def reopen(request: Request, reference: str, slug: str) -> HttpResponse:
    """Open again what was closed, on something that the record shows."""
    undertaking = find(request, reference, slug)
    page = _page(request, undertaking)
    if page.standing is None:
        return redirect("desk:closing", reference=reference, slug=slug)
    closure = page.standing.closure
    reasons = {reason_key(reason): reason for reason in page.reasons}
    first = next(iter(reasons.values()), None)
    because = first.because if first else rules.check_because("own_word")
    rules.check_may_reopen(request.user, closure, because, "as asked below")
    grounds = [(key, reason_words(reason)) for key, reason in reasons.items()]
    form = ReopenForm(posted(request), grounds=grounds, now=mark_of(*reasons))
    if request.method == "POST" and form.is_valid():
        chosen = reasons[form.cleaned_data["ground"]]
        done = attempt(
            form,
            reopen_undertaking,
            by=request.user,
            closure=closure,
            because=chosen.because,
            words=form.cleaned_data["words"],
            ground=chosen.ground,
        )
        if done:
            messages.success(request, REOPENED)
            return redirect("desk:closing", reference=reference, slug=slug)
    context = {
        **about(request, undertaking, "closing", slim=True),
        "page": page,
        "form": form,
        "back_href": reverse("desk:closing", args=[reference, slug]),
    }
    return render(request, "desk/closing/reopen.html", context)


REOPENED = "It is open again, with your reason. The closure stays to be read, and this one counts."


# --- What is due ---------------------------------------------------------------------------------

HEADINGS = ("Reference", "Body", "To be looked at again by", "Closed on")


@require_safe
def rechecks_due(request: Request) -> HttpResponseBase:
    """What was closed and must be looked at again, soonest first; or all of it as a file."""
    check_may(request.user, Permission.RECOMMENDATION_READ)
    today = timezone.localdate()
    found = list(rechecks(today, within_days=AHEAD))
    if not is_of_office(request.user):
        mine = request.user.body_id
        found = [one for one in found if one.closure.undertaking.body_id == mine]
    if request.GET.get("format") == "csv":
        lines = (
            (one.reference, one.body, one.due_on, timezone.localdate(one.closure.at))
            for one in found
        )
        return as_csv("re-checks", Table(HEADINGS, lines))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, due_words(one.due_on, today), one.due_on < today) for one in page]
    context = {"page": page, "rows": rows, "ahead": AHEAD}
    return render(request, "desk/closing/rechecks.html", context)
