"""Clocks: started, extended, paused, resumed, given an official date."""

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
from answerable.desk.answers import attempt
from answerable.desk.forms.register import (
    ExtendForm,
    OfficialForm,
    PauseForm,
    ResumeForm,
    StartForm,
    initial_start,
)
from answerable.desk.records.answers import clock_shown
from answerable.engine.clocks import in_words
from answerable.html import Form
from answerable.register.actions.clocks import (
    date_clock,
    extend_clock,
    pause_clock,
    resume_clock,
    start_clock,
)
from answerable.register.models import Clock, Undertaking
from answerable.register.queries import answers
from answerable.register.queries.answers import clock_in
from answerable.register.queries.clocks import basis_on, clock_of
from answerable.register.rules import clocks as rules


def _page(
    request: Request, undertaking: Undertaking, form: Form, heading: str, lead: str, press: str
) -> HttpResponse:
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "press": press,
        "undertaking": undertaking,
        "clock": clock_shown(undertaking, timezone.localdate()),
        "back_href": reverse("desk:undertaking", args=place),
    }
    return render(request, "desk/register/clock.html", context)


def _go(undertaking: Undertaking) -> HttpResponse:
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    return redirect(reverse("desk:undertaking", args=place))


def _found(request: Request, reference: str, slug: str) -> tuple[Undertaking, Clock]:
    undertaking = answers.find_answer(request.user, reference, slug)
    clock = clock_in(undertaking)
    if clock is None:
        rules.check_may_change(request.user)
        raise NotTheirs("No clock runs for this.")
    clock.undertaking = undertaking
    return undertaking, clock


@require_http_methods(["GET", "POST"])
def start(request: Request, reference: str, slug: str) -> HttpResponse:
    """A clock for an answer that has none."""
    undertaking = answers.find_answer(request.user, reference, slug)
    rules.check_may_start(request.user, undertaking)
    report = undertaking.recommendation.report
    known = basis_on(report.clock_basis, report.published_on) if report.published_on else None
    form = StartForm(request.POST or None, initial=initial_start(report, known))
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "undertaking": undertaking, **form.cleaned_data}
        clock = attempt(form, start_clock, **given)
        if clock:
            messages.success(
                request, f"The clock is started. Its last day is {in_words(clock.due_on)}."
            )
            return _go(undertaking)
    lead = "The last day is counted from the law or agreement that you choose."
    return _page(request, undertaking, form, "Start a clock", lead, "Start the clock")


Act = Callable[..., object]


def _change(
    request: Request,
    undertaking: Undertaking,
    clock: Clock,
    form: Form,
    act: Act,
    words: tuple[str, str, str],
) -> HttpResponse:
    """Do ``act`` to the clock, or show the form with ``words``: heading, lead, button."""
    if request.method != "POST" or not form.is_valid():
        return _page(request, undertaking, form, *words)
    if not attempt(form, act, by=request.user, clock=clock, **form.cleaned_data):
        return _page(request, undertaking, form, *words)
    messages.success(request, _changed_words(undertaking))
    return _go(undertaking)


def _changed_words(undertaking: Undertaking) -> str:
    clock = clock_of(undertaking)
    if clock is None or clock.state == Clock.State.PAUSED:
        return "The clock stands still. Every date before this stays visible, with the reason."
    due = in_words(clock.due_on)
    return f"The last day is now {due}. Every date before it stays visible, with the reason."


@require_http_methods(["GET", "POST"])
def extend(request: Request, reference: str, slug: str) -> HttpResponse:
    """A longer time limit, where the law lets someone give it."""
    undertaking, clock = _found(request, reference, slug)
    rules.check_may_extend(request.user, clock)
    form = ExtendForm(request.POST or None, clock=clock)
    lead = "The date before stays visible for ever, with the reason and who entered it."
    words = ("Extend the time limit", lead, "Extend it")
    return _change(request, undertaking, clock, form, extend_clock, words)


@require_http_methods(["GET", "POST"])
def pause(request: Request, reference: str, slug: str) -> HttpResponse:
    """A clock that stands still."""
    undertaking, clock = _found(request, reference, slug)
    rules.check_may_pause(request.user, clock)
    form = PauseForm(request.POST or None)
    lead = "No day counts from the day you give until the clock is let run again."
    words = ("Pause the clock", lead, "Pause it")
    return _change(request, undertaking, clock, form, pause_clock, words)


@require_http_methods(["GET", "POST"])
def resume(request: Request, reference: str, slug: str) -> HttpResponse:
    """A clock that runs again."""
    undertaking, clock = _found(request, reference, slug)
    rules.check_may_resume(request.user, clock)
    form = ResumeForm(request.POST or None)
    lead = "The last day moves by the days that did not count."
    words = ("Let the clock run again", lead, "Let it run")
    return _change(request, undertaking, clock, form, resume_clock, words)


@require_http_methods(["GET", "POST"])
def official(request: Request, reference: str, slug: str) -> HttpResponse:
    """The last day as the source gives it, beside the one that we count."""
    undertaking, clock = _found(request, reference, slug)
    rules.check_may_date(request.user, clock)
    form = OfficialForm(request.POST or None)
    lead = "The date that we count stays beside it. The official one decides what is late."
    words = ("Record the official date", lead, "Record it")
    return _change(request, undertaking, clock, form, date_clock, words)
