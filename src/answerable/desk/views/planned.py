"""Actions of a plan: one with all its parts, added, changed, dated, done, taken up, abandoned."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.desk import history
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.plan import (
    ActionForm,
    DayForm,
    DetailsForm,
    FirstDateForm,
    ReasonForm,
)
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.plan import ActionShown
from answerable.html import Form
from answerable.plan.actions.planned import (
    abandon_action,
    add_action,
    change_action,
    complete_action,
    date_action,
    resume_action,
)
from answerable.plan.models import Action
from answerable.plan.queries.listing import find_plan
from answerable.plan.queries.planned import find
from answerable.plan.queries.whole import find_action, parts_of
from answerable.plan.rules import planned as rules
from answerable.register.models import Undertaking
from answerable.register.queries import undertakings

DETAILS = ("title", "words", "cost", "funding", "funding_ends_on")


def href_of_action(action: Action) -> str:
    """The page of an action."""
    return reverse("desk:action", args=[action.body.slug, action.reference])


@require_safe
def action(request: Request, slug: str, reference: str) -> HttpResponse:
    """One action: where it stands, its dates and who moved them, what it serves and waits for."""
    found = find_action(request.user, slug, reference)
    context = {
        "action": found,
        "shown": ActionShown(found, request.user, timezone.localdate()),
        "lines": history.lines_of(*parts_of(found)),
    }
    return render(request, "desk/plan/action.html", context)


def act_page(
    request: Request, about: Action, form: Form, words: tuple[str, str, str], **more: Any
) -> HttpResponse:
    """A form about an action, with ``words``: its heading, what it does and does not, its button."""
    heading, lead, press = words
    context = {
        "action": about,
        "form": form,
        "heading": heading,
        "lead": lead,
        "press": press,
        "back_href": href_of_action(about),
        **more,
    }
    return render(request, "desk/plan/act.html", context)


Act = Callable[..., object]


def do_act(
    request: Request, about: Action, form: Form, act: Act, words: tuple[str, str, str], said: str
) -> HttpResponse:
    """Do ``act`` with what was typed, say ``said`` and go back; or show the form."""
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(form, act, by=request.user, **form.cleaned_data) is not None:
        messages.success(request, said)
        return redirect(href_of_action(about))
    return act_page(request, about, form, words)


# --- Added, changed -------------------------------------------------------------------------------


def _asked_for(request: Request, body: Body) -> Undertaking | None:
    """What the new action is meant to serve, where the address says so."""
    reference = request.GET.get("for", "")
    theirs = undertakings.seen_by(request.user).filter(body=body)
    return theirs.filter(recommendation__reference=reference).first() if reference else None


@require_http_methods(["GET", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    """The form for an action; from the plan of an answer it leads on to what the action serves."""
    body = find_plan(request.user, slug)
    rules.check_may_keep(request.user, body)
    form = ActionForm(posted(request), body=body, person=request.user, now="")
    asked = _asked_for(request, body)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "body": body, **form.cleaned_data}
        if made := attempt(form, add_action, **given):
            messages.success(request, _added_words(made))
            return redirect(_after(made, request.GET.get("for", "") if asked else ""))
    back = reverse("desk:plan", args=[slug])
    context = {"form": form, "body": body, "back_href": back, "asked": asked}
    return render(request, "desk/plan/new.html", context)


def _added_words(made: Action) -> str:
    dated = "" if made.due_on else " It has no date yet, and the list says so."
    return f"{made.reference} is in the plan.{dated}"


def _after(made: Action, reference: str) -> str:
    if not reference:
        return href_of_action(made)
    href = reverse("desk:serve", args=[reference, made.body.slug])
    return f"{href}?action={made.reference}"


@require_http_methods(["GET", "POST"])
def change(request: Request, slug: str, reference: str) -> HttpResponse:
    """Its words, cost and funding; never its dates or its owner, which the ledger moves."""
    found = _found(request, slug, reference)
    rules.check_may_change(request.user, found)
    now = {name: getattr(found, name) for name in DETAILS}
    form = DetailsForm(posted(request), initial=now, now=mark_of(*now.values()))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "action": found, **form.cleaned_data}
        if attempt(form, change_action, **given):
            said = f"{found.reference} is changed. What it said before stays on record."
            messages.success(request, said)
            return redirect(href_of_action(found))
    lead = "What it said before stays on record. Dates and owners are moved in the ledger instead."
    return act_page(request, found, form, ("Change the action", lead, "Change it"))


def _found(request: Request, slug: str, reference: str) -> Action:
    body = find_plan(request.user, slug)
    found = find(request.user, reference)
    if found.body_id != body.pk:
        find_action(request.user, slug, reference)  # says that there is no such action here
    return found


@require_http_methods(["GET", "POST"])
def first_date(request: Request, slug: str, reference: str) -> HttpResponse:
    """The first date of an action that has none."""
    found = _found(request, slug, reference)
    rules.check_under_way(request.user, found)
    rules.check_undated(found)
    words = ("Give it a date", "It has no date yet. The one you give is its first.", "Set the date")
    said = "The date is set. If it moves, this first date stays beside it."
    form = FirstDateForm(posted(request))
    return do_act(request, found, form, _on(date_action, found), words, said)


def _on(act: Act, action: Action) -> Act:
    def do(**given: object) -> object:
        return act(action=action, **given)

    return do


# --- Done, taken up again, abandoned --------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def complete(request: Request, slug: str, reference: str) -> HttpResponse:
    """The day on which it was done."""
    found = _found(request, slug, reference)
    rules.check_under_way(request.user, found)
    rules.check_milestones_settled(found)
    lead = "This says that the action was done. It does not say that what was asked has come about."
    words = ("Say that it is done", lead, "It is done")
    said = (
        f"{found.reference} is done. Nothing is claimed by that: a claim is made for each answer."
    )
    form = DayForm(posted(request), label="On which day was it done?")
    return do_act(request, found, form, _on(complete_action, found), words, said)


@require_http_methods(["GET", "POST"])
def resume(request: Request, slug: str, reference: str) -> HttpResponse:
    """Taken up again, with the reason."""
    found = _found(request, slug, reference)
    rules.check_may_change(request.user, found)
    words = ("Take it up again", "It counts as under way from now on.", "Take it up again")
    said = f"{found.reference} is under way again."
    form = ReasonForm(posted(request), hint="Kept on record.")
    return do_act(request, found, form, _on(resume_action, found), words, said)


@require_http_methods(["GET", "POST"])
def abandon(request: Request, slug: str, reference: str) -> HttpResponse:
    """Abandoned, with a reason that is published."""
    found = _found(request, slug, reference)
    rules.check_under_way(request.user, found)
    lead = (
        "It stays on every list, marked as abandoned, with your reason. The words that it served "
        "then show as served by no action, unless another one serves them."
    )
    words = ("Abandon this action", lead, "Abandon it")
    said = f"{found.reference} is abandoned. It stays in the plan, with the reason."
    form = ReasonForm(posted(request), hint="Published.")
    return do_act(request, found, form, _on(abandon_action, found), words, said)
