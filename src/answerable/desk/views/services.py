"""The plan of one answer: which actions serve which of its words, and which words none does."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.plan import ReasonForm, ServeForm
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.about import about, find
from answerable.desk.records.plan import ServiceShown
from answerable.desk.records.services import AnswerPlan, served_words
from answerable.plan.actions.services import serve_undertaking, take_out_service
from answerable.plan.models import Service
from answerable.plan.queries import services as queries
from answerable.plan.rules import planned as rules
from answerable.register.models import Undertaking
from answerable.register.queries.recommendations import words_of


def _href(undertaking: Undertaking) -> str:
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    return reverse("desk:undertaking_plan", args=place)


@require_safe
def plan(request: Request, reference: str, slug: str) -> HttpResponse:
    """The wording with what is served marked, the words that no action serves, and the actions."""
    undertaking = find(request, reference, slug)
    shown = AnswerPlan(undertaking, request.user, timezone.localdate())
    context = {**about(request, undertaking, "plan"), "plan": shown}
    return render(request, "desk/plan/answer.html", context)


@require_http_methods(["GET", "POST"])
def serve(request: Request, reference: str, slug: str) -> HttpResponse:
    """Say which action serves which words."""
    undertaking = find(request, reference, slug)
    rules.check_may_plan(request.user, undertaking)
    words = words_of(undertaking.recommendation)
    form = ServeForm(
        posted(request),
        actions=queries.could_serve(undertaking),
        words=words,
        served=served_words(undertaking, words),
        now=mark_of(words),
        initial={"action": request.GET.get("action", "")},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        given = {"action": asked["action"], "note": asked["note"], "spans": form.spans()}
        if attempt(form, serve_undertaking, by=request.user, undertaking=undertaking, **given):
            said = f"{asked['action'].reference} serves these words. That is planned, not yet done."
            messages.success(request, said)
            return redirect(_href(undertaking))
    context = {
        **about(request, undertaking, "plan", slim=True),
        "form": form,
        "new_href": reverse("desk:new_action", args=[slug]) + f"?for={reference}",
        "back_href": _href(undertaking),
    }
    return render(request, "desk/plan/serve.html", context)


def _service(undertaking: Undertaking, action: str) -> Service:
    found = [s for s in queries.ever(undertaking) if not s.taken_out_at]
    service = next((s for s in found if s.action.reference == action), None)
    if service is None:
        raise NotTheirs("This action does not serve it.")
    service.undertaking = undertaking
    return service


@require_http_methods(["GET", "POST"])
def take_out(request: Request, reference: str, slug: str, action: str) -> HttpResponse:
    """Say, with a reason, that an action no longer serves this."""
    undertaking = find(request, reference, slug)
    rules.check_may_keep(request.user, undertaking.body)
    service = _service(undertaking, action)
    form = ReasonForm(posted(request), hint="Kept on record.")
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "service": service, **form.cleaned_data}
        if attempt(form, take_out_service, **given):
            messages.success(
                request, f"{action} no longer serves this. That it did stays on record."
            )
            return redirect(_href(undertaking))
    context = {
        **about(request, undertaking, "plan", slim=True),
        "form": form,
        "service": service,
        "shown": ServiceShown(service),
        "back_href": _href(undertaking),
    }
    return render(request, "desk/plan/take_out.html", context)
