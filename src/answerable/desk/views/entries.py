"""Changes to a recommendation: entered by hand, corrected, withdrawn, addressed to one more body."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.desk.answers import attempt
from answerable.desk.forms.register import AddressForm, CorrectForm, EnterForm, WithdrawForm
from answerable.html import Form
from answerable.html.times import plural
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.undertakings import (
    add_undertaking,
    pass_all_to_successor,
    pass_to_successor,
)
from answerable.register.models import Recommendation
from answerable.register.queries import answers, recommendations
from answerable.register.queries.undertakings import left_behind, living_successor
from answerable.register.rules import recommendations as rules
from answerable.register.rules import undertakings as undertaking_rules
from answerable.reports.queries.reports import find_report


@require_http_methods(["GET", "POST"])
def enter(request: Request, pk: int) -> HttpResponse:
    """A recommendation typed in by hand."""
    rules.check_may_enter(request.user)
    report = find_report(request.user, pk)
    form = EnterForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        because = given.pop("because")
        given["bodies"] = [(body, because) for body in given.pop("bodies")]
        made = attempt(form, enter_recommendation, by=request.user, report=report, **given)
        if made:
            said = f"{made.reference} is in the register. Nothing about it is public yet."
            messages.success(request, said)
            return redirect("desk:recommendation", reference=made.reference)
    context = {"form": form, "report": report}
    return render(request, "desk/register/enter.html", context)


def _context(recommendation: Recommendation) -> dict[str, object]:
    return {
        "recommendation": recommendation,
        "words": recommendations.words_of(recommendation),
        "back_href": reverse("desk:recommendation", args=[recommendation.reference]),
    }


@require_http_methods(["GET", "POST"])
def correct(request: Request, reference: str) -> HttpResponse:
    """A transcription error, mended beside the first words."""
    recommendation = recommendations.find(request.user, reference)
    rules.check_may_correct(request.user, recommendation)
    words = recommendations.words_of(recommendation)
    form = CorrectForm(request.POST or None, initial={"words": words})
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "recommendation": recommendation, **form.cleaned_data}
        if attempt(form, correct_recommendation, **given):
            said = "The words are corrected. The first ones stay beside them, with the reason."
            messages.success(request, said)
            return redirect("desk:recommendation", reference=reference)
    context = {"form": form, **_context(recommendation)}
    return render(request, "desk/register/correct.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, reference: str) -> HttpResponse:
    """What was entered in error."""
    recommendation = recommendations.find(request.user, reference)
    rules.check_may_withdraw(request.user, recommendation)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "recommendation": recommendation, **form.cleaned_data}
        if attempt(form, withdraw_recommendation, **given):
            said = f"{reference} is withdrawn. It stays in the register, marked, with the reason."
            messages.success(request, said)
            return redirect("desk:recommendation", reference=reference)
    context = {"form": form, **_context(recommendation)}
    return render(request, "desk/register/withdraw.html", context)


@require_http_methods(["GET", "POST"])
def address(request: Request, reference: str) -> HttpResponse:
    """One more body that a recommendation is addressed to."""
    recommendation = recommendations.find(request.user, reference)
    undertaking_rules.check_may_add(request.user, recommendation)
    form = AddressForm(request.POST or None, recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "recommendation": recommendation, **form.cleaned_data}
        made = attempt(form, add_undertaking, **given)
        if made:
            said = f"{reference} is addressed to {made.body.name} too. Nobody has been told yet."
            messages.success(request, said)
            return redirect("desk:recommendation", reference=reference)
    context = {"form": form, **_context(recommendation)}
    return render(request, "desk/register/address.html", context)


@require_http_methods(["GET", "POST"])
def pass_on(request: Request, reference: str, slug: str) -> HttpResponse:
    """What a body owes, passed to its successor."""
    undertaking = answers.find_answer(request.user, reference, slug)
    undertaking_rules.check_may_pass(request.user, undertaking)
    if request.method == "POST":
        passed = pass_to_successor(by=request.user, undertaking=undertaking)
        said = f"{reference} is passed to {passed.body.name}, with its clock and its answer."
        messages.success(request, said)
        return redirect("desk:undertaking", reference=reference, slug=passed.body.slug)
    heir = living_successor(undertaking.body, timezone.localdate())
    context = {"form": Form(), "undertaking": undertaking, "heir": heir}
    context |= _context(undertaking.recommendation)
    return render(request, "desk/register/pass.html", context)


@require_http_methods(["GET", "POST"])
def pass_all(request: Request, slug: str) -> HttpResponse:
    """All that a body owed, passed to its successor."""
    undertaking_rules.check_may_pass_all(request.user)
    body = get_object_or_404(Body, slug=slug)
    if request.method == "POST":
        passed = pass_all_to_successor(by=request.user, body=body)
        many = plural(len(passed), "recommendation")
        said = f"{many} passed to {passed[0].body.name}, with their clocks and their answers."
        messages.success(request, said)
        return redirect("desk:today")
    heir = living_successor(body, timezone.localdate())
    context = {"form": Form(), "body": body, "heir": heir, "left": left_behind(body, heir)}
    return render(request, "desk/register/pass_all.html", context)
