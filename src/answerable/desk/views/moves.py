"""Moved dates and changed owners: asked by one person, decided by another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.plan import APPROVE, DecideForm, MoveForm, OwnerForm, TakeBackForm
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.about import about, find
from answerable.desk.records.ledger import LedgerShown, owner_steps, owner_words
from answerable.desk.records.offers import name_of, why_not
from answerable.desk.views.planned import act_page, href_of_action
from answerable.engine.clocks import in_words
from answerable.html import Form
from answerable.plan.actions import moves as actions
from answerable.plan.models import Action, ClosingTest, DateMove, Milestone, OwnerChange
from answerable.plan.queries import moves as queries
from answerable.plan.queries.closing_tests import read_once, standing_test
from answerable.plan.queries.moves import Dated
from answerable.plan.queries.whole import (
    find_action,
    find_milestone,
    find_move,
    find_owner_change,
)
from answerable.plan.rules import moves as rules

ASKED = "It is asked. The date stays as it is until someone else has approved it."
LEAD = "Nothing moves yet: someone else decides. The first date stays beside the new one for ever."


def href_of(thing: Dated) -> str:
    """The page of what has a date."""
    if isinstance(thing, Action):
        return href_of_action(thing)
    if isinstance(thing, Milestone):
        place = [thing.action.body.slug, thing.action.reference, thing.pk]
        return reverse("desk:milestone", args=place)
    undertaking = thing.undertaking
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    return reverse("desk:closing_test", args=place)


def _asked(request: Request, thing: Dated) -> tuple[MoveForm, bool]:
    """The form, and whether the move is asked."""
    rules.check_may_ask(request.user, thing)
    form = MoveForm(posted(request), now=mark_of(thing.due_on))
    if request.method != "POST" or not form.is_valid():
        return form, False
    given = {"by": request.user, "thing": thing, **form.cleaned_data}
    made = attempt(form, actions.ask_date, **given)
    if made:
        messages.success(request, ASKED)
    return form, bool(made)


def _ask(request: Request, thing: Action | Milestone, action: Action) -> HttpResponse:
    form, done = _asked(request, thing)
    if done:
        return redirect(href_of(thing))
    named = f"“{thing.title}”" if isinstance(thing, Milestone) else "the date"
    words = (f"Ask to move {named}", LEAD, "Ask to move it")
    ledger = LedgerShown(queries.ledger_of(thing), timezone.localdate(), thing.added_at)
    return act_page(request, action, form, words, back_href=href_of(thing), ledger=ledger)


@require_http_methods(["GET", "POST"])
def move_action(request: Request, slug: str, reference: str) -> HttpResponse:
    """Ask to move the date of an action."""
    action = find_action(request.user, slug, reference)
    return _ask(request, action, action)


@require_http_methods(["GET", "POST"])
def move_milestone(request: Request, slug: str, reference: str, pk: int) -> HttpResponse:
    """Ask to move the date of a milestone."""
    milestone = find_milestone(request.user, slug, reference, pk)
    return _ask(request, milestone, milestone.action)


@require_http_methods(["GET", "POST"])
def move_test(request: Request, reference: str, slug: str) -> HttpResponse:
    """Ask to move the date of the closing test that stands."""
    undertaking = find(request, reference, slug)
    read_once(undertaking)
    test = standing_test(undertaking)
    if test is None:
        raise NotTheirs("No closing test stands here.")
    queries.read_once(test)
    form, done = _asked(request, test)
    if done:
        return redirect(href_of(test))
    context = {
        **about(request, undertaking, "test", slim=True),
        "form": form,
        "test": test,
        "lead": LEAD,
        "ledger": LedgerShown(queries.ledger_of(test), timezone.localdate(), test.proposed_at),
        "back_href": href_of(test),
    }
    return render(request, "desk/closing_tests/move.html", context)


@require_http_methods(["GET", "POST"])
def move_owner(request: Request, slug: str, reference: str) -> HttpResponse:
    """Ask that another post or person answer for an action."""
    action = find_action(request.user, slug, reference)
    rules.check_may_ask_owner(request.user, action)
    now = (action.owner_role, action.owner_id, action.owner_name)
    initial = {"owner_role": now[0], "owner": now[1], "owner_name": now[2]}
    form = OwnerForm(posted(request), action=action, initial=initial, now=mark_of(*now))
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        asked["role"], asked["name"] = asked.pop("owner_role"), asked.pop("owner_name")
        if attempt(form, actions.ask_owner, by=request.user, action=action, **asked):
            said = "It is asked. The owner stays as it is until someone else has approved it."
            messages.success(request, said)
            return redirect(href_of_action(action))
    lead = "Nothing changes yet: someone else decides. Who owned it before stays on record."
    return act_page(request, action, form, ("Ask for another owner", lead, "Ask for it"))


# --- Decided --------------------------------------------------------------------------------------

Decides = Callable[..., object]


def _form(request: Request, may_not_approve: str, *, mine: bool) -> Form:
    """What may be decided: both, or only to take back what one asked for oneself."""
    if mine and may_not_approve:
        return TakeBackForm(posted(request))
    return DecideForm(posted(request))


def _decided(request: Request, form: Form, approve: Decides, refuse: Decides) -> str:
    """What was done, in words; nothing where the form must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return ""
    given = form.cleaned_data
    if given.get("decision") == APPROVE:
        return "approved" if attempt(form, approve, by=request.user) else ""
    return "refused" if attempt(form, refuse, by=request.user, reason=given["reason"]) else ""


@require_http_methods(["GET", "POST"])
def date_move(request: Request, pk: int) -> HttpResponse:
    """Decide a move: approve it, or refuse it with a reason; whoever asked may take it back."""
    move = find_move(request.user, pk)
    rules.check_may_refuse(request.user, move)
    thing, mine = queries.thing_of(move), move.asked_by_id == request.user.pk
    may_not = why_not(lambda: rules.check_may_approve(request.user, move))
    form = _form(request, may_not, mine=mine)
    done = _decided(
        request,
        form,
        lambda by: actions.approve_date(by=by, move=move),
        lambda by, reason: actions.refuse_date(by=by, move=move, reason=reason),
    )
    if done:
        messages.success(request, _moved_words(move, done))
        return redirect(href_of(thing))
    context = _decision(thing, form, mine=mine) | {"move": move, "asked_by": name_of(move.asked_by)}
    return render(request, "desk/plan/decide.html", context)


def _moved_words(move: DateMove, done: str) -> str:
    if done == "approved":
        return f"The date is now {in_words(move.after)}. The first date stays beside it."
    return f"The date stays {in_words(move.before)}. That it was asked, and your reason, stay too."


def _decision(thing: Dated, form: Form, *, mine: bool) -> dict[str, Any]:
    given_at = thing.proposed_at if isinstance(thing, ClosingTest) else thing.added_at
    ledger = LedgerShown(queries.ledger_of(thing), timezone.localdate(), given_at)
    return {
        "form": form,
        "mine": mine,
        "what": _what(thing),
        "body": queries.body_of(thing),
        "ledger": ledger,
        "back_href": href_of(thing),
    }


def _what(thing: Dated) -> str:
    if isinstance(thing, ClosingTest):
        return f"The closing test for {thing.undertaking.recommendation.reference}"
    if isinstance(thing, Milestone):
        return f"{thing.action.reference}, milestone “{thing.title}”"
    return f"{thing.reference}: {thing.title}"


@require_http_methods(["GET", "POST"])
def owner_change(request: Request, pk: int) -> HttpResponse:
    """Decide a change of owner in the same way."""
    change = find_owner_change(request.user, pk)
    rules.check_may_refuse_owner(request.user, change)
    mine = change.asked_by_id == request.user.pk
    may_not = why_not(lambda: rules.check_may_approve_owner(request.user, change))
    form = _form(request, may_not, mine=mine)
    done = _decided(
        request,
        form,
        lambda by: actions.approve_owner(by=by, change=change),
        lambda by, reason: actions.refuse_owner(by=by, change=change, reason=reason),
    )
    if done:
        messages.success(request, _owner_words(change, done))
        return redirect(href_of_action(change.action))
    context = {
        "form": form,
        "mine": mine,
        "body": change.action.body,
        "what": f"{change.action.reference}: {change.action.title}",
        "change": owner_steps([change])[0],
        "asked_by": name_of(change.asked_by),
        "back_href": href_of_action(change.action),
    }
    return render(request, "desk/plan/decide.html", context)


def _owner_words(change: OwnerChange, done: str) -> str:
    if done == "approved":
        owner = owner_words(change.role_after, change.owner_after, change.name_after)
        return f"{owner} answers for it from now on. Who did before stays on record."
    return "The owner stays. That another was asked for, and your reason, stay on record."
