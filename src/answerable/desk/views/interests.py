"""Declared interests: one's own, and those that the chair says are over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs, Permission, check_may, may
from answerable.assurance.actions.interests import declare_interest, end_interest
from answerable.assurance.models import Interest
from answerable.assurance.queries import independence as queries
from answerable.assurance.rules import independence as rules
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.interests import DeclareForm, EndForm
from answerable.desk.records.offers import name_of
from answerable.html.times import day_words
from answerable.register.queries import answers


@require_http_methods(["GET", "POST"])
def interests(request: Request) -> HttpResponse:
    """What I have declared, the form for more, and for the chair what others have declared."""
    person = request.user
    rules.check_may_declare(person)
    form = DeclareForm(posted(request))
    if request.method == "POST" and form.is_valid() and _declared(request, form):
        messages.success(request, DECLARED)
        return redirect("desk:interests")
    ends = may(person, Permission.INTEREST_END)
    others = queries.interests_of_others(person) if ends else []
    context = {
        "form": form,
        "mine": [_shown(one) for one in queries.interests_of(person)],
        "others": [(name_of(one.person), _shown(one)) for one in others],
        "ends": ends,
    }
    return render(request, "desk/interests/list.html", context)


DECLARED = "Your interest is declared. From now on someone else judges what it touches."


def _declared(request: Request, form: DeclareForm) -> Interest | None:
    given: dict[str, Any] = {"by": request.user, "words": form.cleaned_data["words"]}
    body, reference = form.cleaned_data["body"], form.cleaned_data["reference"]
    if not reference:
        return attempt(form, declare_interest, body=body, **given)
    try:
        found = answers.find_undertaking(request.user, reference, body.slug)
    except NotTheirs:
        form.add_error("reference", f"{body.name} was not asked any {reference}.")
        return None
    return attempt(form, declare_interest, undertaking=found, **given)


def _shown(interest: Interest) -> dict[str, Any]:
    """One interest, as the page shows it."""
    one = interest.undertaking
    what = (
        f"{one.recommendation.reference}, {one.body.name}"
        if one
        else str(interest.body.name if interest.body else "")
    )
    ended = ""
    if interest.ended_at:
        day = day_words(timezone.localdate(interest.ended_at))
        ended = f"Over since {day}, by {name_of(interest.ended_by)}"
    return {"interest": interest, "what": what, "ended": ended}


@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Record that someone's interest no longer holds."""
    check_may(request.user, Permission.INTEREST_END)
    found = queries.find_interest(pk)
    if found is None:
        raise Http404
    rules.check_may_end(request.user, found, "as asked below")
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "interest": found, **form.cleaned_data}
        if attempt(form, end_interest, **given):
            messages.success(request, f"The interest of {name_of(found.person)} is over.")
            return redirect("desk:interests")
    context = {
        "form": form,
        "shown": _shown(found),
        "who": name_of(found.person),
        "back_href": reverse("desk:interests"),
    }
    return render(request, "desk/interests/end.html", context)
