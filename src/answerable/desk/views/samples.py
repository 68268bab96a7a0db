"""Samples: bound before the list arrives, drawn once, counted, and checked by whoever has the list."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import NotTheirs, Permission, check_may, may
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Sample
from answerable.assurance.queries import samples as queries
from answerable.assurance.rules import samples as rules
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.samples import CommitForm, CountsForm, DrawForm, ListForm
from answerable.desk.records.about import about, find
from answerable.desk.records.evidence import evidence_href
from answerable.desk.records.offers import why_not
from answerable.desk.records.samples import SampleShown
from answerable.engine import sampling
from answerable.engine.documents import Unreadable
from answerable.engine.record_lists import lines_of, read_list_safely
from answerable.register.models import Undertaking
from answerable.reports.actions.files import arriving
from answerable.reports.queries.files import limits


def _context(request: Request, undertaking: Undertaking, **more: Any) -> dict[str, Any]:
    context = about(request, undertaking, "evidence", slim=True)
    return context | {"back_href": evidence_href(undertaking), **more}


def _sample(request: Request, undertaking: Undertaking, pk: int) -> Sample:
    """A sample of an undertaking, for whoever may see evidence of it.

    Raises:
        NotTheirs: where it is not there.
    """
    check_may(request.user, Permission.EVIDENCE_READ)
    found = next((s for s in queries.samples_of(undertaking) if s.pk == pk), None)
    if found is None:
        raise NotTheirs("There is no such sample for you.")
    return found


@require_http_methods(["GET", "POST"])
def new(request: Request, reference: str, slug: str) -> HttpResponse:
    """Bind the office to a sample: how many, why, and what is looked for."""
    undertaking = find(request, reference, slug)
    rules.check_may_sample(request.user, undertaking)
    form = CommitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {
            "by": request.user,
            "undertaking": undertaking,
            "size": form.cleaned_data["size"],
            "why": form.cleaned_data["why"],
            "criteria": form.lines,
        }
        sample = attempt(form, commit_sample, **given)
        if sample:
            messages.success(
                request,
                "You are bound to this sample. Its seed is sealed and its digest is in the "
                "history. Now ask the body for the list of record numbers.",
            )
            return redirect(SampleShown(sample, undertaking).href)
    return render(request, "desk/samples/new.html", _context(request, undertaking, form=form))


@require_safe
def show(request: Request, reference: str, slug: str, pk: int) -> HttpResponse:
    """A sample: how far it is, what was counted, and what that allows one to say."""
    undertaking = find(request, reference, slug)
    sample = _sample(request, undertaking, pk)
    can_act = may(request.user, Permission.SAMPLE_DRAW)
    refused = why_not(partial(rules.check_may_sample, request.user, undertaking)) if can_act else ""
    context = _context(
        request,
        undertaking,
        sample=sample,
        shown=SampleShown(sample, undertaking),
        can_act=can_act,
        refused=refused,
    )
    return render(request, "desk/samples/show.html", context)


# --- The list ---------------------------------------------------------------------------------------


def _read(form: ListForm, request: Request) -> list[str] | None:
    """The record numbers that came; where they cannot be read, the form says so."""
    upload = request.FILES.get("upload")
    if upload is None:
        return form.without_heading(sampling.cleaned(lines_of(form.cleaned_data["records"])))
    found = attempt(form, partial(_read_upload, form), upload=upload)
    return None if found is None else form.without_heading(found)


def _read_upload(form: ListForm, upload: Any) -> list[str] | None:
    with arriving(upload) as arrived:
        try:
            return read_list_safely(arrived.path, limits())
        except Unreadable as refusal:
            form.add_error("upload", refusal.sentence)
            return None


@require_http_methods(["GET", "POST"])
def draw(request: Request, reference: str, slug: str, pk: int) -> HttpResponse:
    """The list arrives, and what is drawn is shown once: it is kept nowhere."""
    undertaking = find(request, reference, slug)
    sample = _sample(request, undertaking, pk)
    rules.check_may_sample(request.user, undertaking)
    rules.check_can_draw(sample)
    form = DrawForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        drawn = _drawn(request, form, sample)
        if drawn is not None:
            shown = SampleShown(drawn.sample, undertaking)
            context = _context(
                request, undertaking, shown=shown, sample=drawn.sample, records=drawn.records
            )
            return _unkept(render(request, "desk/samples/drawn.html", context))
    context = _context(
        request, undertaking, form=form, sample=sample, shown=SampleShown(sample, undertaking)
    )
    return _unkept(render(request, "desk/samples/draw.html", context))


def _drawn(request: Request, form: DrawForm, sample: Sample) -> Any:
    records = _read(form, request)
    if records is None or not form.is_whole(records):
        return None
    return attempt(form, draw_sample, by=request.user, sample=sample, records=records)


def _unkept(response: HttpResponse) -> HttpResponse:
    """A page that no browser and no proxy keeps."""
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def check(request: Request, reference: str, slug: str, pk: int) -> HttpResponse:
    """How to check that nobody chose; whoever has the list can do it here. The list is not kept."""
    undertaking = find(request, reference, slug)
    sample = _sample(request, undertaking, pk)
    form = ListForm(posted(request), request.FILES or None)
    outcome = ""
    if request.method == "POST" and form.is_valid() and sample.drawn_at:
        records = _read(form, request)
        if records is not None:
            outcome = _outcome(sample, records)
    context = _context(
        request,
        undertaking,
        form=form,
        sample=sample,
        shown=SampleShown(sample, undertaking),
        outcome=outcome,
        is_true=outcome == TRUE,
    )
    return _unkept(render(request, "desk/samples/check.html", context))


TRUE = (
    "This is the list that was drawn from, and the seed draws exactly the places that were "
    "recorded. Nobody chose."
)
OTHER_LIST = (
    "This is another list than the one that was drawn from, or its order is another. Compare the "
    "number of records, and whether a heading is among them."
)
WRONG = (
    "The list is the same, but the seed does not draw what was recorded, or is not the one that "
    "was bound. Tell the chair."
)


def _outcome(sample: Sample, records: Sequence[str]) -> str:
    if queries.is_true(sample, records):
        return TRUE
    same = sampling.digest_of_list(sampling.cleaned(records)) == sample.population_digest
    return WRONG if same else OTHER_LIST


# --- What was seen ----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def record(request: Request, reference: str, slug: str, pk: int) -> HttpResponse:
    """What was seen: counts only, which identify no record and nobody."""
    undertaking = find(request, reference, slug)
    sample = _sample(request, undertaking, pk)
    rules.check_may_sample(request.user, undertaking)
    rules.check_can_record(sample)
    form = CountsForm(posted(request), criteria=sample.criteria, most=len(sample.drawn or []))
    recorded = None
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "sample": sample, "counts": form.counts}
        recorded = attempt(form, record_sample, **given)
    if recorded:
        messages.success(
            request,
            "What was seen is recorded, and cannot be changed. An opinion that was signed before "
            "no longer stands: it did not see this.",
        )
        return redirect(SampleShown(sample, undertaking).href)
    context = _context(
        request, undertaking, form=form, sample=sample, shown=SampleShown(sample, undertaking)
    )
    return render(request, "desk/samples/record.html", context)
