"""Choosing lines on the page: other bounds, a passage that was missed, splitting and merging."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from answerable.accounts.gate import Request
from answerable.desk import checking as desk
from answerable.desk import choosing
from answerable.desk.answers import attempt
from answerable.desk.checking import Checking
from answerable.desk.forms.check import LinesForm, MergeForm, SplitForm
from answerable.desk.views.check import find, find_candidate, go_on, number_in, sent_by, view_of
from answerable.register.actions import candidates as register
from answerable.register.models import Recommendation
from answerable.reports.models import Candidate, Document
from answerable.reports.queries import passages
from answerable.reports.rules.passages import parts_of, spans_of


def _page(request: Request, view: Checking, template: str, **more: Any) -> HttpResponse:
    candidate = view.now.candidate if view.now and "candidate" in more else None
    context = {
        "view": view,
        "document": view.document,
        "report": view.document.report,
        "back_href": desk.href_of(
            view.document,
            candidate=candidate.pk if candidate else None,
            leaf=None if candidate else view.leaf,
            anchor="now",
        ),
        **more,
    }
    return render(request, f"desk/check/{template}.html", context)


@require_http_methods(["GET", "POST"])
def bounds(request: Request, pk: int, candidate: int) -> HttpResponse:
    """Choose the lines that a candidate covers, and accept it so."""
    document = find(request, pk)
    found = find_candidate(document, candidate)
    view = view_of(request, document, found)
    leaves = choosing.leaves_shown(view.book, found.spans, request.GET)
    pages = passages.pages_at(view.book, leaves)
    form = choosing.lines_form(view, pages, sent_by(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, _accept_lines, request=request, found=found, pages=pages, form=form)
        if made is not None and made.decision is not None:
            return go_on(request, document, made.decision)
    sheets = choosing.sheets(view, leaves, pages, form.ticked())
    wider = choosing.wider(view, leaves)
    return _page(request, view, "bounds", form=form, sheets=sheets, wider=wider, candidate=found)


def _accept_lines(
    *, request: Request, found: Candidate, pages: Sequence[Any], form: LinesForm
) -> Recommendation:
    return register.accept_candidate(
        by=request.user,
        candidate=found,
        spans=spans_of(pages, form.choice()),
        **form.settled(),
    )


@require_http_methods(["GET", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """Add a passage that the reader missed, by choosing its lines."""
    document = find(request, pk)
    view = view_of(request, document, leaf=number_in(request.GET, "page") or 1)
    leaves = choosing.leaves_shown(view.book, (), request.GET, at=view.leaf)
    pages = passages.pages_at(view.book, leaves)
    form = choosing.missed_form(view, sent_by(request))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, _add_lines, request=request, document=document, pages=pages, form=form)
        if made is not None and made.decision is not None:
            return go_on(request, document, made.decision)
    sheets = choosing.sheets(view, leaves, pages, form.ticked())
    wider = choosing.wider(view, leaves)
    return _page(request, view, "add", form=form, sheets=sheets, wider=wider)


def _add_lines(
    *, request: Request, document: Document, pages: Sequence[Any], form: LinesForm
) -> Recommendation:
    settled = form.settled()
    choice = form.choice()
    spans = spans_of(pages, choice)
    if not settled["number"]:
        settled["number"] = choosing.number_before(pages, choice)
    return register.add_missed(by=request.user, document=document, spans=spans, **settled)


@require_http_methods(["GET", "POST"])
def split(request: Request, pk: int, candidate: int) -> HttpResponse:
    """Choose where new parts start, see them, and enter each."""
    document = find(request, pk)
    found = find_candidate(document, candidate)
    view = view_of(request, document, found)
    pages = passages.pages_at(view.book, view.book.leaves_of(found.spans))
    sent = request.POST if request.method == "POST" else request.GET
    form = SplitForm(sent if "at" in sent or "show" in sent else None)
    parts = None
    if form.is_valid():
        parts = attempt(form, parts_of, pages=pages, spans=found.spans, at=form.cleaned_data["at"])
    if parts and request.method == "POST":
        numbers = [*form.numbers(), *[""] * len(parts)]
        given = [(numbers[at], part.spans) for at, part in enumerate(parts)]
        made = attempt(
            form,
            register.split_candidate,
            by=request.user,
            candidate=found,
            parts=given,
            bodies=view.proposed.sure,
        )
        if made and made[-1].decision is not None:
            return go_on(request, document, made[-1].decision)
    return _page(
        request,
        view,
        "split",
        form=form,
        candidate=found,
        pieces=choosing.pieces(pages, found, form),
        parts=choosing.parts_shown(pages, found, parts or (), form.numbers() if parts else ()),
    )


@require_http_methods(["GET", "POST"])
def merge(request: Request, pk: int, candidate: int) -> HttpResponse:
    """Put a candidate together with its neighbours."""
    document = find(request, pk)
    found = find_candidate(document, candidate)
    view = view_of(request, document, found)
    near = choosing.neighbours(view, found)
    form = MergeForm(
        sent_by(request),
        neighbours=[(str(c.pk), choosing.neighbour_words(c)) for c in near],
        initial={"number": found.number},
    )
    if request.method == "POST" and form.is_valid():
        others = [c for c in near if str(c.pk) in form.cleaned_data["others"]]
        made = attempt(
            form,
            register.merge_candidates,
            by=request.user,
            candidates=[found, *others],
            bodies=choosing.bodies_for(view, [found, *others]),
            number=form.cleaned_data["number"],
        )
        if made is not None and made.decision is not None:
            return go_on(request, document, made.decision)
    return _page(request, view, "merge", form=form, candidate=found, near=near)
