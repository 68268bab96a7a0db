"""A reply read against its report: what it answers, each answer beside its page, and entering it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, check_may
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.reply_reading import (
    AnswerLinesForm,
    AnswersForm,
    DismissAnswerForm,
    ReplyOfForm,
)
from answerable.desk.records import reply_reading as records
from answerable.html.times import plural
from answerable.register.actions import reply_readings as register
from answerable.register.models import ProposedAnswer, Response
from answerable.register.queries import reply_readings as queries
from answerable.register.queries.reply_readings import Proposed, ReplyRead
from answerable.register.rules import reply_readings as rules
from answerable.reports.models import Document, Page
from answerable.reports.queries import passages
from answerable.reports.rules.passages import spans_of


def _view(request: Request, pk: int, slug: str) -> ReplyRead:
    document = queries.find_reply_document(request.user, pk)
    view = queries.read_for(request.user, document, slug)
    rules.check_may_read_reply(request.user, document, view.reading.body)
    return view


@require_http_methods(["GET", "POST"])
def start(request: Request, pk: int) -> HttpResponse:
    """Whose reply it is, and when it was written; then it is read."""
    document = queries.find_reply_document(request.user, pk)
    check_may(request.user, Permission.RESPONSE_LOG)
    bodies = queries.bodies_asked(request.user, document.report)
    form = ReplyOfForm(posted(request), bodies=bodies)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "document": document, **form.cleaned_data}
        reading = attempt(form, register.read_reply, **given)
        if reading is not None:
            return redirect(records.href("proposed_answers", reading))
    context = {
        "form": form,
        "document": document,
        "bodies": bodies,
        "is_read": document.state == Document.State.READ,
        "readings": queries.readings_of(request.user, document),
    }
    return render(request, "desk/replies/start.html", context)


@require_safe
def listing(request: Request, pk: int, slug: str) -> HttpResponse:
    """Every answer that the body owes, with what the reply proposes for it."""
    view = _view(request, pk, slug)
    rows = records.rows(view)
    without = {row.undertaking.pk for row in view.without}
    context = {
        "view": view,
        "reading": view.reading,
        "document": view.reading.document,
        "rows": rows,
        "summary": records.summary(view),
        "without": [row for row in rows if row.proposed.undertaking.pk in without],
        "themes": records.themes(view, rows),
        "sure_words": "Enter it" if len(view.sure) == 1 else f"Enter all {len(view.sure)}",
    }
    return render(request, "desk/replies/list.html", context)


@require_POST
def accept_sure(request: Request, pk: int, slug: str) -> HttpResponse:
    """Enter all of which the reader is sure."""
    view = _view(request, pk, slug)
    entered = register.accept_sure(by=request.user, reading=view.reading)
    messages.success(
        request,
        f"{plural(len(entered), 'answer')} entered. What position they take is not read yet, and "
        "nothing about them is public.",
    )
    return redirect(records.href("proposed_answers", view.reading))


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int, slug: str, reference: str) -> HttpResponse:
    """One proposed answer beside its page; entering it, for this recommendation or another."""
    view = _view(request, pk, slug)
    row, proposal = view.row(reference)
    form = _answers_form(request, view, row)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            register.accept_answer,
            by=request.user,
            proposal=proposal,
            undertaking=form.undertaking(),
        )
        if made is not None:
            return _go_on(request, view, reference, made)
    return _page(request, view, reference, form=form, dismiss=DismissAnswerForm())


def _answers_form(request: Request, view: ReplyRead, row: Proposed) -> AnswersForm:
    owed = [other.undertaking for other in view.rows]
    initial = {"answers": row.undertaking.pk}
    return AnswersForm(posted(request), owed=owed, initial=initial)


def _page(request: Request, view: ReplyRead, reference: str, **more: Any) -> HttpResponse:
    row, proposal = view.row(reference)
    shown = records.shown(view, reference)
    context = {
        "view": view,
        "reading": view.reading,
        "document": view.reading.document,
        "shown": shown,
        "row": shown.row,
        "proposal": proposal,
        "asked": row.undertaking.recommendation,
        "list_href": records.href("proposed_answers", view.reading),
        **more,
    }
    return render(request, "desk/replies/answer.html", context)


def _go_on(request: Request, view: ReplyRead, reference: str, made: Response) -> HttpResponse:
    """On to the next that waits, or back to the list."""
    entered = made.undertaking.recommendation.reference
    messages.success(
        request,
        f"The answer to {entered} is entered. What position it takes is not read yet, and nothing "
        "about it is public.",
    )
    return _next(view, reference)


def _next(view: ReplyRead, reference: str) -> HttpResponse:
    following = view.after(reference)
    if following is None:
        return redirect(records.href("proposed_answers", view.reading))
    at = following.undertaking.recommendation.reference
    return redirect(records.href("proposed_answer", view.reading, at))


@require_POST
def dismiss(request: Request, pk: int, slug: str, reference: str) -> HttpResponse:
    """Say that it is no answer to this recommendation."""
    view = _view(request, pk, slug)
    row, proposal = view.row(reference)
    form = DismissAnswerForm(request.POST)
    if form.is_valid():
        given = {"by": request.user, "proposal": proposal, **form.cleaned_data}
        if attempt(form, register.dismiss_answer, **given):
            messages.success(
                request, f"Put aside: it is no answer to {reference}. You can still enter it later."
            )
            return _next(view, reference)
    unbound = _answers_form(request, view, row)
    unbound.is_bound = False
    return _page(request, view, reference, form=unbound, dismiss=form)


@require_http_methods(["GET", "POST"])
def lines(request: Request, pk: int, slug: str, reference: str) -> HttpResponse:
    """Choose the lines that an answer covers, and enter it so."""
    view = _view(request, pk, slug)
    row, proposal = view.row(reference)
    spans = proposal.spans
    book = passages.book(view.reading.document)
    numbers = records.leaves(book, spans, request.GET)
    pages = passages.pages_at(book, numbers)
    choice = passages.choice_of(pages, spans)
    initial = {
        "answers": row.undertaking.pk,
        "lines": choice.lines,
        "starts_with": choice.starts_with,
        "ends_with": choice.ends_with,
    }
    owed = [other.undertaking for other in view.rows]
    form = AnswerLinesForm(posted(request), owed=owed, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, _accept_lines, request=request, proposal=proposal, pages=pages, form=form
        )
        if made is not None:
            return _go_on(request, view, reference, made)
    context = {
        "view": records.Shelf(book),
        "document": view.reading.document,
        "row": records.AnswerRow(row, view.reading),
        "proposal": proposal,
        "form": form,
        "sheets": records.sheets(book, numbers, pages, form.ticked()),
        "wider": records.wider(book, spans),
        "back_href": records.href("proposed_answer", view.reading, reference),
    }
    return render(request, "desk/replies/lines.html", context)


def _accept_lines(
    *, request: Request, proposal: ProposedAnswer, pages: Sequence[Page], form: AnswerLinesForm
) -> Response:
    return register.accept_answer(
        by=request.user,
        proposal=proposal,
        undertaking=form.undertaking(),
        spans=spans_of(pages, form.choice()),
    )
