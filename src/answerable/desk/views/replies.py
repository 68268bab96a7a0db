"""Replies: entering one, and saying what position it takes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.desk.answers import attempt
from answerable.desk.forms.register import PositionForm, ReplyForm
from answerable.desk.records.replies import ReplyShown
from answerable.engine.clocks import in_words
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Response, Undertaking
from answerable.register.queries import answers
from answerable.register.queries.clocks import clock_of
from answerable.register.queries.recommendations import words_of
from answerable.register.rules import responses as rules


def _answer_href(undertaking: Undertaking) -> str:
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    return reverse("desk:undertaking", args=place)


@require_http_methods(["GET", "POST"])
def log(request: Request, reference: str, slug: str) -> HttpResponse:
    """The form for a reply."""
    undertaking = answers.find_answer(request.user, reference, slug)
    rules.check_may_log(request.user, undertaking)
    asked = undertaking.recommendation
    form = ReplyForm(request.POST or None, recommendation=asked)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "undertaking": undertaking, **form.cleaned_data}
        if attempt(form, log_response, **given):
            messages.success(request, _logged_words(undertaking))
            return redirect(_answer_href(undertaking))
    context = {
        "form": form,
        "undertaking": undertaking,
        "words": words_of(asked),
        "back_href": _answer_href(undertaking),
    }
    return render(request, "desk/register/reply.html", context)


def _logged_words(undertaking: Undertaking) -> str:
    clock = clock_of(undertaking)
    stopped = clock.stopped_on if clock else None
    said = f"The clock stopped on {in_words(stopped)}. " if stopped else ""
    return f"The reply is entered. {said}It is not yet read, and nothing about it is public."


@require_http_methods(["GET", "POST"])
def read(request: Request, pk: int) -> HttpResponse:
    """The form for the position that a reply takes."""
    reply = answers.find_reply(request.user, pk)
    rules.check_may_read(request.user, reply)
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "response": reply, **form.cleaned_data}
        if attempt(form, read_position, **given):
            messages.success(request, _read_words(reply))
            return redirect(_answer_href(reply.undertaking))
    context = {
        "form": form,
        "shown": ReplyShown(reply, words_of(reply.undertaking.recommendation), None),
        "undertaking": reply.undertaking,
        "words": words_of(reply.undertaking.recommendation),
        "back_href": _answer_href(reply.undertaking),
    }
    return render(request, "desk/register/read.html", context)


def _read_words(reply: Response) -> str:
    return (
        f"The position is recorded beside the words of {reply.undertaking.body.name}. "
        "The words themselves stay as they are, and it is public only with the next edition."
    )
