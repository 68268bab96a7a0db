"""Draft plans: drafted from chosen gaps, owned, changed line by line, taken into bodies' plans."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.desk.answers import attempt, posted
from answerable.desk.exports import as_xlsx
from answerable.desk.forms.drafts import ChooseGaps, LeaveOutForm, LineForm, TakeForm
from answerable.desk.records.drafts import DraftShown, LineShown, by_kind, table_of
from answerable.desk.tables import as_csv
from answerable.engine.gap_analysis import Gap
from answerable.engine.gap_analysis.rules import KINDS
from answerable.gaps.actions import drafts as acts
from answerable.gaps.models import DraftLine, DraftPlan
from answerable.gaps.queries import drafts as queries
from answerable.gaps.queries import runs
from answerable.gaps.rules import drafts as rules
from answerable.html import Form
from answerable.html.times import plural

A_PAGE = 25
ONE_BY_ONE = 200
"""So many gaps can be chosen one by one on a page; of more, a body or a kind is chosen first."""
DOWNLOADS = {"csv": as_csv, "xlsx": as_xlsx}
NAMES = {key: kind.name for key, kind in KINDS.items()}


@require_safe
def drafts(request: Request) -> HttpResponse:
    """Every draft plan, newest first."""
    page = Paginator(queries.drafts_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/drafts/list.html", {"page": page})


# --- Choosing ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def choose(request: Request, reference: str) -> HttpResponse:
    """Choose gaps of an analysis, and get a draft plan of them."""
    run = runs.find(request.user, reference)
    rules.check_may_draft(request.user)
    analysis = runs.analysis_of(run)
    found = [gap for gap in analysis.gaps if _is_wanted(request, gap)]
    form = ChooseGaps(posted(request), found=found, names=NAMES)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "run": run, "gaps": form.chosen()}
        if draft := attempt(form, acts.draft_plan, **given):
            messages.success(request, _drafted_words(draft))
            return redirect("desk:draft_plan", draft.reference)
    context = {
        "run": run,
        "form": form,
        "found": found,
        "total": len(analysis.gaps),
        "groups": _groups(form, found, analysis.body_names),
        "body": analysis.body_names.get(request.GET.get("body", ""), ""),
    }
    return render(request, "desk/drafts/choose.html", context)


def _is_wanted(request: Request, gap: Gap) -> bool:
    """Whether the address leaves the gap to be chosen from: ``?body=`` and ``?kind=`` narrow it."""
    asked = request.GET
    return asked.get("body") in (None, "", gap.body) and asked.get("kind") in (None, "", gap.kind)


def _groups(form: ChooseGaps, found: list[Gap], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The kinds in their order, each with its gaps where they are few enough to be read."""
    kinds = set(form["kinds"].value() or ())
    gaps = set(form["gaps"].value() or ())
    return [
        {
            "kind": KINDS[key],
            "key": key,
            "count": len(some),
            "checked": key in kinds,
            "gaps": [(gap, names.get(gap.body, ""), gap.key in gaps) for gap in some]
            if len(found) <= ONE_BY_ONE
            else [],
            "open": any(gap.key in gaps for gap in some),
        }
        for key, some in form.by_kind.items()
    ]


def _drafted_words(draft: DraftPlan) -> str:
    lines = draft.lines.count()
    return (
        f"{draft.reference} is drafted: {plural(lines, 'line')} for "
        f"{plural(len(draft.chosen), 'gap')}. Nobody has promised anything yet."
    )


# --- A draft ----------------------------------------------------------------------------------------


@require_safe
def draft(request: Request, reference: str) -> HttpResponseBase:
    """A draft: its lines, and at its end all that it does not cover; or all of it as a file."""
    found = queries.find(request.user, reference)
    shown = DraftShown(found, runs.analysis_of(found.run), request.user)
    left = queries.uncovered(found, shown.analysis)
    lines = queries.lines_of(found)
    if (wanted := request.GET.get("format")) in DOWNLOADS:
        every = shown.lines(list(lines), queries.addressees(lines))
        return DOWNLOADS[wanted](f"draft-plan-{found.reference}", table_of(shown, every, left))
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "draft": found,
        "shown": shown,
        "page": page,
        "lines": shown.lines(list(page), queries.addressees(page)),
        "uncovered": left,
        "kinds": by_kind(left),
    }
    return render(request, "desk/drafts/show.html", context)


@require_POST
def own(request: Request, reference: str) -> HttpResponse:
    """Own a draft."""
    found = queries.find(request.user, reference)
    acts.own_draft(by=request.user, draft=found)
    said = f"You own {reference}. Its lines can now be taken into the plans of the bodies."
    messages.success(request, said)
    return redirect("desk:draft_plan", reference)


# --- A line -----------------------------------------------------------------------------------------


def _line(request: Request, reference: str, place: int) -> tuple[DraftLine, dict[str, Any]]:
    found = queries.find(request.user, reference)
    line = queries.find_line(found, place)
    shown = DraftShown(found, runs.analysis_of(found.run), request.user)
    bodies = queries.addressees([line])
    context = {
        "draft": found,
        "line": line,
        "shown": LineShown(line, request.user, bodies, shown.titles),
        "back_href": f"{reverse('desk:draft_plan', args=[reference])}#line-{place}",
    }
    return line, context


def _do(request: Request, form: Form, act: Callable[..., DraftLine], line: DraftLine) -> bool:
    return attempt(form, act, by=request.user, line=line, **form.cleaned_data) is not None


@require_http_methods(["GET", "POST"])
def change(request: Request, reference: str, place: int) -> HttpResponse:
    """Say in better words what a line will do."""
    line, context = _line(request, reference, place)
    rules.check_may_change_line(request.user, line)
    form = LineForm(posted(request), initial={"title": line.title, "words": line.words})
    if form.is_valid() and _do(request, form, acts.change_line, line):
        messages.success(request, "Changed. What it must satisfy stays as it was asked.")
        return redirect(context["back_href"])
    return render(request, "desk/drafts/change.html", {**context, "form": form})


@require_http_methods(["GET", "POST"])
def leave_out(request: Request, reference: str, place: int) -> HttpResponse:
    """Leave a line out, with the reason."""
    line, context = _line(request, reference, place)
    rules.check_may_change_line(request.user, line)
    form = LeaveOutForm(posted(request))
    if form.is_valid() and _do(request, form, acts.leave_out_line, line):
        said = "Left out. Its gaps stand among what this draft does not cover."
        messages.success(request, said)
        return redirect(context["back_href"])
    return render(request, "desk/drafts/leave_out.html", {**context, "form": form})


@require_http_methods(["GET", "POST"])
def take(request: Request, reference: str, place: int, slug: str) -> HttpResponse:
    """Take a line into the plan of a body, with who answers for it there."""
    line, context = _line(request, reference, place)
    body = get_object_or_404(Body, slug=slug)
    owed = rules.check_may_take(request.user, line, body)
    form = TakeForm(posted(request), body=body)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "line": line, "body": body, **form.cleaned_data}
        if taken := attempt(form, acts.take_line, **given):
            action = taken.action.reference
            said = f"{action} is in the plan of {body.name}. That is planned, not yet done."
            messages.success(request, said)
            return redirect("desk:action", body.slug, action)
    context |= {"form": form, "body": body, "owed": owed}
    return render(request, "desk/drafts/take.html", context)
