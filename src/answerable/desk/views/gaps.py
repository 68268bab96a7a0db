"""Gap analyses: run one, read what is missing by kind, see it as a matrix, take it away."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission
from answerable.desk.answers import attempt, posted
from answerable.desk.exports import XLSX, workbook_of_all
from answerable.desk.forms.gaps import NarrowGaps, RunForm
from answerable.desk.records.gaps import KEY, RunShown, matrices, picture_of, run_lines
from answerable.desk.records.offers import Offer, offer
from answerable.desk.tables import Table
from answerable.engine.gap_analysis import KINDS
from answerable.engine.packs import gaps_docx, gaps_pdf
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.queries import runs as queries
from answerable.gaps.queries.export import paper_of, tables_of
from answerable.gaps.queries.narrowing import Narrowing, narrowed
from answerable.gaps.rules import drafts
from answerable.gaps.rules import runs as rules

A_PAGE = 25
RUNS = 10
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def listing(request: Request) -> HttpResponse:
    """Every run, the newest first, and the button that makes one more."""
    found = queries.runs_for(request.user).defer(None)
    if request.method == "POST":
        rules.check_may_run(request.user)
    form = RunForm(posted(request))
    if request.method == "POST" and form.is_valid():
        run = attempt(form, run_analysis, by=request.user, body=form.cleaned_data["body"])
        if run is not None:
            messages.success(request, f"{run.reference} is kept, as the record stands now.")
            return redirect("desk:gap_run", reference=run.reference)
    page = Paginator(found, RUNS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "runs": run_lines(list(page.object_list)),
        "form": form,
        "kinds": KINDS.values(),
        "offer": offer(
            request.user,
            Permission.GAPS_RUN,
            "Run the analysis",
            reverse("desk:gaps"),
            lambda: rules.check_may_run(request.user),
        ),
    }
    return render(request, "desk/gaps/list.html", context)


def _found(request: Request, reference: str) -> RunShown:
    return RunShown(queries.find(request.user, reference))


@require_safe
def show(request: Request, reference: str) -> HttpResponse:
    """What is missing, by kind and narrowed by the address, with what each gap rests on."""
    shown = _found(request, reference)
    before = shown.before.reference if shown.before else ""
    form = NarrowGaps(request.GET, analysis=shown.analysis, before=before)
    asked = form.narrowing()
    gaps = narrowed(shown.analysis, asked, shown.changes)
    page = Paginator(gaps, A_PAGE).get_page(request.GET.get("page")) if asked.kind else None
    context = {
        "shown": shown,
        "run": shown.run,
        "form": form,
        "narrowed": not asked.is_empty,
        "count": len(gaps),
        "kind": KINDS.get(asked.kind),
        "page": page,
        "lines": shown.shown(list(page.object_list)) if page else [],
        "groups": [] if page else list(shown.by_kind(gaps)),
        "plan": _plan_offer(request, shown, asked),
        "picture": picture_of(shown) if asked.is_empty else None,
        "key": KEY,
    }
    return render(request, "desk/gaps/show.html", context)


def _plan_offer(request: Request, shown: RunShown, asked: Narrowing) -> Offer | None:
    """Draft a plan, of the body and the kind that the list is narrowed to."""
    href = reverse("desk:draft_gaps", args=[shown.run.reference])
    chosen = {"body": asked.body, "kind": asked.kind}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return offer(
        request.user,
        Permission.GAPS_RUN,
        "Draft a plan from these",
        f"{href}?{query}" if query else href,
        lambda: drafts.check_may_draft(request.user),
    )


@require_safe
def changed(request: Request, reference: str) -> HttpResponse:
    """What came and went since the run before."""
    shown = _found(request, reference)
    if shown.changes is None:
        raise Http404
    gone = Paginator(shown.gone, A_PAGE).get_page(request.GET.get("page"))
    new = shown.shown(shown.changes.new[:A_PAGE])
    context = {"shown": shown, "run": shown.run, "new": new, "page": gone, "kinds": KINDS}
    return render(request, "desk/gaps/changed.html", context)


@require_safe
def matrix(request: Request, reference: str) -> HttpResponse:
    """What was asked and what is missing: themes by reports, bodies by families."""
    shown = _found(request, reference)
    context = {"shown": shown, "run": shown.run, "matrices": matrices(shown), "key": KEY}
    return render(request, "desk/gaps/matrix.html", context)


# --- To take away ---------------------------------------------------------------------------------


def _pdf(shown: RunShown) -> bytes:
    return gaps_pdf(paper_of(shown.run, shown.analysis, shown.changed))


def _docx(shown: RunShown) -> bytes:
    return gaps_docx(paper_of(shown.run, shown.analysis, shown.changed))


def _xlsx(shown: RunShown) -> bytes:
    tables = tables_of(shown.run, shown.analysis, shown.changes)
    return workbook_of_all([(one.name, Table(one.headings, one.rows)) for one in tables])


def _json(shown: RunShown) -> bytes:
    """The very bytes of which the digest is."""
    return shown.run.content.encode()


PAPERS: dict[str, tuple[str, Callable[[RunShown], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (DOCX, _docx),
    "xlsx": (XLSX, _xlsx),
    "json": ("application/json", _json),
}


@require_safe
def export(request: Request, reference: str, kind: str) -> HttpResponse:
    """The whole analysis as a file."""
    shown = _found(request, reference)
    if kind not in PAPERS:
        raise Http404
    media_type, make = PAPERS[kind]
    answer = HttpResponse(make(shown), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{shown.run.reference}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
