"""The ladder as an office sets it, and who heads each body."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.accounts.rules import Permission
from answerable.chasing.actions.ladder import change_step, record_head
from answerable.chasing.models import Ladder, Setting
from answerable.chasing.queries import ladder as queries
from answerable.chasing.queries.outbox import asked_bodies, head_of
from answerable.chasing.rules import ladder as rules
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.chasing import HeadForm, StepForm, initial_head, initial_step
from answerable.desk.records.offers import offer
from answerable.html.times import plural


def when_words(setting: Setting) -> str:
    """When a step is taken: "14 days before the date"."""
    if setting.days == 0:
        return "on the day itself"
    side = "before" if setting.days < 0 else "after"
    return f"{plural(abs(setting.days), 'day')} {side} the date"


@require_safe
def show(request: Request) -> HttpResponse:
    """Every step of every ladder: when, and who lets it go."""
    rules.check_may_see(request.user)
    steps = queries.steps()
    ladders = [
        (ladder, [(s, when_words(s)) for s in steps if s.ladder == ladder]) for ladder in Ladder
    ]
    may_change = offer(
        request.user,
        Permission.LADDER_CHANGE,
        "Change",
        "",
        lambda: rules.check_may_change(request.user),
    )
    context = {"ladders": ladders, "may_change": may_change and not may_change.refused}
    return render(request, "desk/chasing/ladder.html", context)


@require_http_methods(["GET", "POST"])
def change(request: Request, ladder: str, step: str) -> HttpResponse:
    """One step: when it is taken, by whom it is let go, and what it says."""
    rules.check_may_change(request.user)
    setting = queries.step_of(ladder, step)
    if setting is None:
        raise Http404
    form = StepForm(posted(request), initial=initial_step(setting), setting=setting)
    if form.is_valid():
        changed = attempt(form, change_step, by=request.user, setting=form.as_set(setting))
        if changed:
            messages.success(request, "It was changed. What was prepared before keeps its words.")
            return redirect("desk:ladder")
    context = {"form": form, "setting": setting, "versions": queries.versions_of(setting)}
    return render(request, "desk/chasing/step.html", context, status=400 if form.errors else 200)


@require_safe
def heads(request: Request) -> HttpResponse:
    """Every body that was asked something, and who heads it."""
    rules.check_may_see(request.user)
    return render(request, "desk/chasing/heads.html", {"bodies": asked_bodies()})


@require_http_methods(["GET", "POST"])
def head(request: Request, slug: str) -> HttpResponse:
    """Who heads one body, and how a letter reaches them."""
    rules.check_may_see(request.user)
    body = get_object_or_404(Body, slug=slug)
    rules.check_may_record_head(request.user, body)
    form = HeadForm(posted(request), initial=initial_head(head_of(body)))
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if attempt(form, record_head, by=request.user, body=body, **given):
            messages.success(request, f"Letters to {body.name} now go to {given['name']}.")
            return redirect("desk:heads")
    context = {"form": form, "body": body}
    return render(request, "desk/chasing/head.html", context, status=400 if form.errors else 200)
