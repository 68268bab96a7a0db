"""Checking what was found: one leaf of a document beside its candidates, and every decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.actions.people import change_own_details
from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, check_may
from answerable.desk import checked
from answerable.desk import checking as desk
from answerable.desk.answers import attempt
from answerable.desk.checking import Checking
from answerable.desk.forms.check import (
    BodiesForm,
    DismissForm,
    KeysForm,
    NoticeForm,
    SettleForm,
    TakeBackForm,
)
from answerable.desk.records.report_likenesses import waiting_in
from answerable.desk.tables import Table, as_csv
from answerable.register.actions import candidates as register
from answerable.register.queries.dues import due_of
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Notice, Page
from answerable.reports.queries import decisions, documents, passages
from answerable.reports.queries import quality as reading
from answerable.reports.queries.review import Review, review
from answerable.reports.rules import decisions as rules

QUALITY_A_PAGE = 25


def number_in(given: Any, name: str) -> int | None:
    """A number in the address, or None where there is none that could be one."""
    asked = given.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def sent_by(request: Request) -> QueryDict | None:
    """What a form was sent with, even where that is nothing; None where it was only asked for."""
    return request.POST if request.method == "POST" else None


def unsure_first(request: Request) -> bool:
    """Whether that comes first of which the reader is least sure."""
    return request.GET.get("first") == "unsure"


def find(request: Request, pk: int) -> Document:
    """The document, if this person may decide on what was found in it."""
    document = documents.find_document(request.user, pk)
    rules.check_may_decide(request.user, document)
    return document


def find_candidate(document: Document, pk: int) -> Candidate:
    """A candidate of ``document``."""
    rows = Candidate.objects.filter(reading__document=document)
    candidate = get_object_or_404(rows.select_related("reading"), pk=pk)
    candidate.reading.document = document
    return candidate


def view_of(
    request: Request,
    document: Document,
    candidate: Candidate | None = None,
    leaf: int | None = None,
) -> Checking:
    """The page at a candidate or a leaf, in the order and the list that the address names."""
    try:
        return desk.checking(
            request.user,
            document,
            candidate=candidate,
            leaf=leaf,
            unsure_first=unsure_first(request),
            walking=number_in(request.GET, "run"),
        )
    except Page.DoesNotExist as missing:
        raise Http404(str(missing)) from missing


# --- The page -------------------------------------------------------------------------------------


@require_safe
def check(request: Request, pk: int) -> HttpResponse:
    """One leaf, with the candidate to decide next."""
    document = find(request, pk)
    asked = number_in(request.GET, "candidate")
    candidate = find_candidate(document, asked) if asked else None
    view = view_of(request, document, candidate, number_in(request.GET, "page"))
    if view.leaf not in view.seen:
        part = 1 if view.book.paged else view.leaf
        actions.see_page(by=request.user, page=view.page, part=part)
    return show(request, view, just=_just(request, document))


def _just(request: Request, document: Document) -> Decision | None:
    asked = number_in(request.GET, "done")
    rows = Decision.objects.filter(document=document).select_related("candidate", "recommendation")
    return rows.filter(pk=asked).first() if asked else None


def show(
    request: Request,
    view: Checking,
    *,
    form: SettleForm | None = None,
    dismiss: DismissForm | None = None,
    notice: tuple[Notice, NoticeForm] | None = None,
    just: Decision | None = None,
) -> HttpResponse:
    """The page, with forms as they were sent where something was wrong with them."""
    context = {
        "view": view,
        "document": view.document,
        "report": view.document.report,
        "form": form or desk.settle_form(view),
        "wrong": form is not None,
        "dismiss": dismiss or DismissForm(prefix="x"),
        "notice_forms": _notice_forms(view, notice),
        "told": checked.told(just) if just else None,
        "just": just if just and just.taken_back_at is None else None,
        "shortcuts": request.user.shortcuts,
    }
    return render(request, "desk/check/page.html", context)


def _notice_forms(
    view: Checking, sent: tuple[Notice, NoticeForm] | None
) -> list[tuple[Notice, NoticeForm]]:
    return [
        sent if sent and sent[0] == n else (n, NoticeForm(prefix=f"n{n.pk}")) for n in view.notices
    ]


def go_on(request: Request, document: Document, decided: Decision) -> HttpResponse:
    """To the next that waits, telling what was just done; to the last page when nothing waits."""
    cards = decisions.cards(document)
    place = next((c for c in cards if c.decision and c.decision.pk == decided.pk), None)
    unsure = unsure_first(request)
    following = decisions.least_sure(cards) if unsure else decisions.next_open(cards, place)
    if following is None or following.candidate is None:
        address = reverse("desk:check_done", args=[document.pk])
        return redirect(f"{address}?done={decided.pk}")
    first = "unsure" if unsure else ""
    address = desk.href_of(
        document, candidate=following.candidate.pk, done=decided.pk, first=first, anchor="now"
    )
    return redirect(address)


# --- Decisions ------------------------------------------------------------------------------------


@require_POST
def accept(request: Request, pk: int, candidate: int) -> HttpResponse:
    """Accept a candidate, with what was settled about it."""
    document = find(request, pk)
    found = find_candidate(document, candidate)
    view = view_of(request, document, found)
    form: SettleForm = desk.settle_form(view, request.POST)
    if form.is_valid():
        made = attempt(
            form,
            register.accept_candidate,
            by=request.user,
            candidate=found,
            **form.settled(),
        )
        if made is not None and made.decision is not None:
            return go_on(request, document, made.decision)
    return show(request, view, form=form)


@require_POST
def dismiss(request: Request, pk: int, candidate: int) -> HttpResponse:
    """Decide that a candidate is not a recommendation."""
    document = find(request, pk)
    found = find_candidate(document, candidate)
    form = DismissForm(request.POST, prefix="x")
    if form.is_valid():
        made = attempt(
            form,
            actions.dismiss_candidate,
            by=request.user,
            candidate=found,
            reason=form.reason(),
        )
        if made is not None:
            return go_on(request, document, made)
    return show(request, view_of(request, document, found), dismiss=form)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, pk: int, decision: int) -> HttpResponse:
    """Take a decision back; what it decided waits again."""
    document = find(request, pk)
    found = get_object_or_404(Decision.objects.select_related("by"), document=document, pk=decision)
    form = TakeBackForm(sent_by(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, register.take_back, by=request.user, decision=found, reason=reason)
        if done is not None:
            return redirect(_reopened(document, found))
    context = {
        "document": document,
        "report": document.report,
        "decision": found,
        "form": form,
        "reference": decisions.reference_of(found),
        "who": decisions.who_decided(found, request.user),
        "others": len(decisions.together(found)) - 1,
        "back_href": desk.href_of(document, candidate=found.candidate_id),
    }
    return render(request, "desk/check/take_back.html", context)


def _reopened(document: Document, decision: Decision) -> str:
    """Where to go after ``decision`` was taken back: to what waits again."""
    if decision.candidate_id:
        address = desk.href_of(document, candidate=decision.candidate_id, done=decision.pk)
    else:
        leaf = passages.book(document).leaf_of(decision.spans[0])
        address = desk.href_of(document, leaf=leaf, done=decision.pk)
    return f"{address}#now"


@require_http_methods(["GET", "POST"])
def accept_run(request: Request, pk: int, run: int) -> HttpResponse:
    """Accept what still waits in a list, once its pages have been seen."""
    document = find(request, pk)
    view = view_of(request, document)
    form = BodiesForm(sent_by(request), known=view.known, others=view.others)
    if request.method == "POST" and form.is_valid():
        otherwise = form.chosen()
        made = attempt(
            form,
            register.accept_run,
            by=request.user,
            document=document,
            run=run,
            otherwise=otherwise,
        )
        if made is not None:
            messages.success(request, checked.run_told(made))
            going_on = decisions.next_open(decisions.cards(document))
            if going_on is None:
                return redirect("desk:check_done", pk=document.pk)
            return redirect(desk.href_of(document, anchor="look"))
    return render(request, "desk/check/run.html", _run_page(request, view, run, form))


def _run_page(request: Request, view: Checking, run: int, form: BodiesForm) -> dict[str, Any]:
    left = decisions.run_of(view.cards, run)
    unseen = decisions.unseen(left, view.book, request.user)
    rows = [
        (
            c,
            view.book.leaf_of(c.spans[0]),
            view.proposed_for(c.candidate),
            due_of(c.candidate, view.document.report.published_on),
        )
        for c in left
        if c.candidate
    ]
    return {
        "document": view.document,
        "report": view.document.report,
        "form": form,
        "noun": view.book.noun,
        "back_href": desk.href_of(view.document),
        "rows": rows,
        "nobody": sum(not given.sure for _, _, given, _ in rows),
        "unseen": [
            (n, desk.href_of(view.document, leaf=n, run=run, anchor="look")) for n in unseen
        ],
        "shortcuts": request.user.shortcuts,
        "refused": rules.unseen_words(unseen, view.book) if unseen else "",
    }


@require_POST
def settle(request: Request, pk: int, notice: int) -> HttpResponse:
    """Say what was found about a warning."""
    document = find(request, pk)
    rows = Notice.objects.filter(reading__document=document)
    found = get_object_or_404(rows, pk=notice)
    form = NoticeForm(request.POST, prefix=f"n{found.pk}")
    if form.is_valid():
        how = form.cleaned_data["how"]
        if attempt(form, actions.settle_notice, by=request.user, notice=found, how=how):
            messages.success(request, "The warning is settled. What you found stays beside it.")
            return redirect("desk:check", pk=document.pk)
    return show(request, view_of(request, document), notice=(found, form))


@require_POST
def keys(request: Request, pk: int) -> HttpResponse:
    """Turn the single keys of this page on or off, for this person."""
    document = find(request, pk)
    form = KeysForm(request.POST)
    on = form.is_valid() and form.cleaned_data["on"]
    change_own_details(by=request.user, name=request.user.name, shortcuts=bool(on))
    back = desk.href_of(
        document,
        candidate=number_in(request.POST, "candidate"),
        leaf=number_in(request.POST, "page"),
        anchor="keys",
    )
    return redirect(back)


@require_safe
def done(request: Request, pk: int) -> HttpResponse:
    """What came of the checking, what it did not do, and what is next."""
    document = find(request, pk)
    just = _just(request, document)
    return render(
        request,
        "desk/check/done.html",
        {
            "document": document,
            "report": document.report,
            "came": checked.came_of(document),
            "told": checked.told(just) if just else None,
            "just": just,
            "others": [row for row in decisions.to_check() if row.document != document][:3],
            "repeat": waiting_in(request.user, document.report),
        },
    )


@require_safe
def quality(request: Request) -> HttpResponseBase:
    """How well the reader reads, from what people made of it, by report."""
    check_may(request.user, Permission.CANDIDATE_DECIDE)
    reports = reading.reports_read()
    page = Paginator(reports, QUALITY_A_PAGE).get_page(request.GET.get("page"))
    shown = list(reports) if request.GET.get("format") == "csv" else list(page)
    by_report = reading.quality_of(shown)
    rows = [(r, checked.quality_cells(by_report.get(r.pk, reading.Quality()))) for r in shown]
    if request.GET.get("format") == "csv":
        lines = [(r.title, r.author.name, *cells) for r, cells in rows]
        return as_csv("reading-quality", Table(("Report", "Made by", *checked.QUALITY), lines))
    found = review()
    everything = found.everything.all
    context = {
        "page": page,
        "rows": rows,
        "headings": checked.QUALITY,
        "all": everything,
        "sums": checked.quality_cells(everything),
        "sentence": checked.quality_words(everything),
        **_reviewed(found),
    }
    return render(request, "desk/check/quality.html", context)


def _reviewed(found: Review) -> dict[str, Any]:
    return {
        "review": found,
        "row_headings": checked.REVIEWED,
        "makers": [(row.name, checked.reviewed_cells(row)) for row in found.makers],
        "versions": [(row.name, checked.reviewed_cells(row)) for row in found.versions],
        "everything": checked.reviewed_cells(found.everything),
        "bands": [(band, checked.percent(band.share)) for band in found.bands],
        "away": checked.percent(found.away),
    }
