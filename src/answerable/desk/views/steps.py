"""Milestones of an action, and what it waits for."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk import history
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.plan import DayForm, DependencyForm, MilestoneForm, ReasonForm
from answerable.desk.records.ledger import LedgerShown
from answerable.desk.records.offers import Offer, offer, why_not
from answerable.desk.records.plan import MilestoneShown, WaitShown
from answerable.desk.views.planned import act_page, do_act
from answerable.html import Form
from answerable.plan.actions.services import (
    abandon_milestone,
    add_dependency,
    add_milestone,
    meet_dependency,
    meet_milestone,
    take_out_dependency,
)
from answerable.plan.models import Action, Dependency, Milestone
from answerable.plan.queries.moves import ledger_of
from answerable.plan.queries.whole import find_action, find_dependency, find_milestone
from answerable.plan.rules import moves as move_rules
from answerable.plan.rules import planned as rules


@require_http_methods(["GET", "POST"])
def new_milestone(request: Request, slug: str, reference: str) -> HttpResponse:
    """The form for a step on the way."""
    action = find_action(request.user, slug, reference)
    rules.check_under_way(request.user, action)
    form = MilestoneForm(posted(request), person=request.user)
    words = ("Add a milestone", "A step on the way to the action, with its own date.", "Add it")
    act = partial(add_milestone, action=action)
    return do_act(request, action, form, act, words, "The milestone is in the plan.")


def _place(milestone: Milestone) -> list[object]:
    return [milestone.action.body.slug, milestone.action.reference, milestone.pk]


def _offers(person: Person, milestone: Milestone) -> list[Offer]:
    changes = partial(rules.check_may_change_milestone, person, milestone)
    asks = partial(move_rules.check_may_ask, person, milestone)
    acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("Say that it is met", "desk:meet_milestone", changes),
        ("Ask to move the date", "desk:move_milestone", asks),
        ("Abandon it", "desk:abandon_milestone", changes),
    )
    place = _place(milestone)
    made = [offer(person, Permission.PLAN_KEEP, p, reverse(n, args=place), c) for p, n, c in acts]
    found = [one for one in made if one]
    said = {one.refused for one in found}
    return found[:1] if len(said) == 1 and "" not in said else found  # one sentence, said once


@require_safe
def milestone(request: Request, slug: str, reference: str, pk: int) -> HttpResponse:
    """One step: its first date beside the present one, who moved it and why."""
    found = find_milestone(request.user, slug, reference, pk)
    today = timezone.localdate()
    ledger = ledger_of(found)
    context = {
        "milestone": found,
        "action": found.action,
        "shown": MilestoneShown(found, "", today),
        "ledger": LedgerShown(ledger, today, found.added_at, request.user),
        "offers": _offers(request.user, found),
        "lines": history.lines_of(found, *ledger.moves),
    }
    return render(request, "desk/plan/milestone.html", context)


def _act_on(
    request: Request,
    milestone: Milestone,
    form: Form,
    act: Callable[..., object],
    words: tuple[str, str, str],
    said: str,
) -> HttpResponse:
    """Do ``act`` to the milestone and go back to it, or show the form."""
    rules.check_may_change_milestone(request.user, milestone)
    href = reverse("desk:milestone", args=_place(milestone))
    sent = request.method == "POST" and form.is_valid()
    given = {"by": request.user, "milestone": milestone, **form.cleaned_data} if sent else {}
    if sent and attempt(form, act, **given) is not None:
        messages.success(request, said)
        return redirect(href)
    return act_page(request, milestone.action, form, words, back_href=href)


@require_http_methods(["GET", "POST"])
def meet(request: Request, slug: str, reference: str, pk: int) -> HttpResponse:
    """The day on which it was met."""
    found = find_milestone(request.user, slug, reference, pk)
    words = (f"“{found.title}” is met", "It cannot be taken back.", "It is met")
    form = DayForm(posted(request), label="On which day was it met?")
    return _act_on(request, found, form, meet_milestone, words, "The milestone is met.")


@require_http_methods(["GET", "POST"])
def abandon(request: Request, slug: str, reference: str, pk: int) -> HttpResponse:
    """Abandoned, with the reason."""
    found = find_milestone(request.user, slug, reference, pk)
    words = (f"Abandon “{found.title}”", "It stays in the plan, with your reason.", "Abandon it")
    form = ReasonForm(posted(request), hint="Published.")
    said = "The milestone is abandoned. It stays, with the reason."
    return _act_on(request, found, form, abandon_milestone, words, said)


# --- What an action waits for ---------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def new_dependency(request: Request, slug: str, reference: str) -> HttpResponse:
    """What an action waits for."""
    action = find_action(request.user, slug, reference)
    rules.check_under_way(request.user, action)
    form = DependencyForm(posted(request), action=action)
    lead = "It is shown beside the action, so that a late date can be understood."
    words = ("What does it wait for?", lead, "Add it")
    act = partial(add_dependency, action=action)
    return do_act(request, action, form, act, words, "What it waits for is in the plan.")


def _dependency_forms(request: Request, found: Dependency) -> tuple[DayForm, ReasonForm, str]:
    """The two ways in which waiting ends, and which of them was sent."""
    sent = request.POST.get("end", "") if request.method == "POST" else ""
    came = DayForm(request.POST if sent == "came" else None, label="On which day did it come?")
    out = ReasonForm(request.POST if sent == "out" else None, hint="Kept on record.")
    return came, out, sent


@require_http_methods(["GET", "POST"])
def dependency(request: Request, slug: str, reference: str, pk: int) -> HttpResponse:
    """Say that what was waited for has come, or that it is not waited for after all."""
    found = find_dependency(request.user, slug, reference, pk)
    rules.check_may_change_dependency(request.user, found)
    came, out, sent = _dependency_forms(request, found)
    if _ended(request, found, came, out, sent):
        messages.success(request, "It no longer waits for this. That it did stays on record.")
        return redirect(_action_href(found.action))
    context = {
        "action": found.action,
        "wait": WaitShown(found, "", slug),
        "came": came,
        "out": out,
        "by_itself": why_not(partial(rules.check_is_outside, found)),
        "back_href": _action_href(found.action),
    }
    return render(request, "desk/plan/dependency.html", context)


def _ended(
    request: Request, found: Dependency, came: DayForm, out: ReasonForm, sent: str
) -> object:
    form, act = (came, meet_dependency) if sent == "came" else (out, take_out_dependency)
    if not form.is_valid():
        return None
    return attempt(form, act, by=request.user, dependency=found, **form.cleaned_data)


def _action_href(action: Action) -> str:
    return reverse("desk:action", args=[action.body.slug, action.reference])
