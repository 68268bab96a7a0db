"""Claims: how far a body says that delivery has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.assurance.actions.undoing import make_claim
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.claims import ClaimForm
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.about import about, find
from answerable.desk.records.claims import (
    claim_offer,
    claimed_words,
    claims_tied,
    ladder,
    shown_claims,
)
from answerable.plan.models import Rung
from answerable.plan.queries.claims import newest_claim
from answerable.plan.queries.closing_tests import standing_test
from answerable.plan.rules import claims as rules


@require_safe
def claim(request: Request, reference: str, slug: str) -> HttpResponse:
    """What the body claims now, what each rung needs, and everything that it claimed before."""
    undertaking = find(request, reference, slug)
    found = claims_tied(undertaking)
    shown = shown_claims(found)
    context = {
        **about(request, undertaking, "claim"),
        "now": shown[0] if shown else None,
        "earlier": shown[1:],
        "ladder": ladder(found[-1] if found else None),
        "offer": claim_offer(request.user, undertaking, found),
    }
    return render(request, "desk/claims/show.html", context)


@require_http_methods(["GET", "POST"])
def make(request: Request, reference: str, slug: str) -> HttpResponse:
    """The form for a claim."""
    undertaking = find(request, reference, slug)
    rules.check_may_claim(request.user, undertaking)
    before, test = newest_claim(undertaking), standing_test(undertaking)
    form = ClaimForm(
        posted(request),
        person=request.user,
        undertaking=undertaking,
        before=Rung(before.rung) if before else None,
        test=test,
        now=mark_of(before.pk if before else None, test.pk if test else None),
    )
    place = [reference, slug]
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "undertaking": undertaking, **form.cleaned_data}
        if made := attempt(form, make_claim, **given):
            messages.success(request, claimed_words(made.claim, reopened=bool(made.reopened)))
            return redirect(reverse("desk:claim", args=place))
    context = {
        **about(request, undertaking, "claim", slim=True),
        "form": form,
        "before": before,
        "test": test,
        "test_href": reverse("desk:closing_test", args=place),
        "back_href": reverse("desk:claim", args=place),
    }
    return render(request, "desk/claims/make.html", context)
