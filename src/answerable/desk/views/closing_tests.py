"""Closing tests: what stands, proposing one, agreeing to it, refusing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.closing_tests import PatternForm, ProposeForm, RefuseForm
from answerable.desk.forms.seen import CHANGED, mark_of
from answerable.desk.records.about import about, find
from answerable.desk.records.closing_tests import TestShown, TestsShown
from answerable.plan.actions.closing_tests import agree_test, propose_test, refuse_test
from answerable.plan.models import ClosingTest, Pattern
from answerable.plan.queries import closing_tests as queries
from answerable.plan.rules import closing_tests as rules
from answerable.register.models import Undertaking


def href_of_test(undertaking: Undertaking) -> str:
    """The page of an undertaking's closing test."""
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    return reverse("desk:closing_test", args=place)


@require_safe
def closing_test(request: Request, reference: str, slug: str) -> HttpResponse:
    """What a sceptic would look at: what stands, what waits for whose word, what was before."""
    undertaking = find(request, reference, slug)
    tests = TestsShown(undertaking, request.user, timezone.localdate())
    context = {**about(request, undertaking, "test"), "tests": tests}
    return render(request, "desk/closing_tests/show.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: Request, reference: str, slug: str) -> HttpResponse:
    """First how a sceptic would look, then the form that begins with that pattern's words."""
    undertaking = find(request, reference, slug)
    queries.read_once(undertaking)
    rules.check_may_propose(request.user, undertaking)
    chosen = request.GET.get("pattern")
    if chosen not in Pattern.values:
        return _choose(request, undertaking)
    pattern, standing = Pattern(chosen), queries.standing_test(undertaking)
    now = mark_of(standing.pk if standing else None)
    form = ProposeForm(posted(request), pattern=pattern, standing=standing, now=now)
    if request.method == "POST" and form.is_valid():
        given = {"undertaking": undertaking, "pattern": pattern, **form.cleaned_data}
        if attempt(form, propose_test, by=request.user, **given):
            messages.success(request, _proposed_words(request, undertaking, standing))
            return redirect(href_of_test(undertaking))
    context = {
        **about(request, undertaking, "test", slim=True),
        "form": form,
        "pattern": pattern,
        "standing": standing,
        "back_href": reverse("desk:propose_test", args=[reference, slug]),
    }
    return render(request, "desk/closing_tests/propose.html", context)


def _choose(request: Request, undertaking: Undertaking) -> HttpResponse:
    form = PatternForm(request.GET if "pattern" in request.GET else None)
    context = {
        **about(request, undertaking, "test", slim=True),
        "form": form,
        "back_href": href_of_test(undertaking),
    }
    return render(request, "desk/closing_tests/choose.html", context)


def _proposed_words(
    request: Request, undertaking: Undertaking, standing: ClosingTest | None
) -> str:
    other = "the office" if request.user.body_id == undertaking.body_id else undertaking.body.name
    said = f"The closing test is proposed. It does not stand until someone of {other} agrees."
    return f"{said} Until then the earlier one stands." if standing else said


def _waiting(undertaking: Undertaking) -> ClosingTest:
    test = queries.open_test(undertaking)
    if test is None:
        raise NotTheirs("No closing test waits for agreement here.")
    return test


@require_POST
def agree(request: Request, reference: str, slug: str) -> HttpResponse:
    """Agree to the proposal that was on the page; not to one that has taken its place since."""
    undertaking = find(request, reference, slug)
    found = queries.tests_of(undertaking)
    asked = next((t for t in found if str(t.pk) == request.POST.get("test")), None)
    if asked is None:
        messages.error(request, CHANGED)
        return redirect(href_of_test(undertaking))
    agree_test(by=request.user, test=asked)
    said = "Both sides have agreed: this is now the test that stands. Nothing is claimed by it."
    messages.success(request, said)
    return redirect(href_of_test(undertaking))


@require_http_methods(["GET", "POST"])
def refuse(request: Request, reference: str, slug: str) -> HttpResponse:
    """Refuse a proposal with a reason, or take one's own back."""
    undertaking = find(request, reference, slug)
    test = _waiting(undertaking)
    rules.check_may_refuse(request.user, test)
    form = RefuseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "test": test, **form.cleaned_data}
        if attempt(form, refuse_test, **given):
            messages.success(request, "It is refused. It stays below, with the reason.")
            return redirect(href_of_test(undertaking))
    context = {
        **about(request, undertaking, "test", slim=True),
        "form": form,
        "shown": TestShown(test, undertaking.body.name),
        "mine": test.proposed_by_id == request.user.pk,
        "back_href": href_of_test(undertaking),
    }
    return render(request, "desk/closing_tests/refuse.html", context)
