"""A body's plan as a workbook: taken away, and brought back after everything in it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.assurance.actions import aside
from answerable.assurance.actions.aside import Aside
from answerable.desk.answers import attempt
from answerable.desk.exports import saved, workbook_of_all
from answerable.desk.forms.plan_files import BringForm, MappingForm
from answerable.desk.forms.seen import CHANGED, mark_of
from answerable.desk.records.plan_files import ACTIONS, sheets_of
from answerable.engine.documents.shapes import Unreadable
from answerable.engine.workbooks import Sheet, read_tables_safely
from answerable.html.times import plural
from answerable.plan.actions.workbook import bring_plan, rehearse_plan
from answerable.plan.queries import listing, workbook
from answerable.plan.queries.workbook import Compared
from answerable.plan.rules import planned as rules
from answerable.reports.queries.files import limits

KINDS = {
    workbook.ADD: "Added",
    workbook.CHANGE: "Changed",
    workbook.FIRST_DATE: "Given its first date",
    workbook.ASK_DATE: "Asked: another date. Someone else decides; until then the date stands",
    workbook.ASK_OWNER: "Asked: another owner. Someone else decides; until then the owner stands",
}
MOST_SHOWN = 200


@require_safe
def workbook_file(request: Request, slug: str) -> HttpResponse:
    """The plan as a workbook that can be brought back."""
    body = listing.find_plan(request.user, slug)
    return saved(f"plan-{body.slug}", workbook_of_all(sheets_of(body, timezone.localdate())))


@require_http_methods(["GET", "POST"])
def bring(request: Request, slug: str) -> HttpResponse:
    """A plan comes in: the file, which column says what, what it would do; then it is done."""
    body = listing.find_plan(request.user, slug)
    rules.check_may_keep(request.user, body)
    form = BringForm()
    kept = aside.find_aside(by=request.user, word=request.POST.get("aside", ""))
    if request.method == "POST" and "upload" in request.FILES:
        form = BringForm(request.POST, request.FILES)
        kept = _put_aside(request, form) if form.is_valid() else None
    elif request.method == "POST" and kept is None:
        form = BringForm(request.POST, request.FILES)
        if "aside" in request.POST:
            form.add_error("upload", aside.GONE)
    if kept and not form.is_bound:  # the file came before, so the form itself was not sent
        form = BringForm({}, {"upload": None})
        form.errors.clear()
    sheets = _read(form, kept) if kept else []
    if kept is None or not sheets:
        return _unkept(render(request, "desk/plan_files/bring.html", {"body": body, "form": form}))
    return _shown(request, body, kept, sheets)


def _put_aside(request: Request, form: BringForm) -> Aside | None:
    upload = form.cleaned_data["upload"]
    given = {"by": request.user, "upload": upload, "name": upload.name or "plan"}
    return attempt(form, aside.put_aside, **given)


def _read(form: BringForm, kept: Aside) -> list[Sheet]:
    """The sheets with anything in them; where the file cannot be read, the form says so."""
    try:
        sheets = [sheet for sheet in read_tables_safely(kept.path, limits()) if sheet.rows]
    except Unreadable as refusal:
        aside.drop(kept)
        form.add_error("upload", refusal.sentence)
        return []
    if not sheets:
        form.add_error("upload", "This file is empty.")
    return sheets


@dataclass(frozen=True)
class Preview:
    """What the file would do: the form of its columns, each step, and what is wrong."""

    form: MappingForm
    sheet: Sheet
    compared: Compared = field(default_factory=Compared)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The steps, kind by kind."""
        found = []
        for kind, words in KINDS.items():
            steps = [step for step in self.compared.steps if step.kind == kind]
            if steps:
                more = max(0, len(steps) - MOST_SHOWN)
                found.append(
                    {"words": words, "steps": steps[:MOST_SHOWN], "all": len(steps), "more": more}
                )
        return found

    @property
    def mark(self) -> str:
        """A mark of what it would do now."""
        return mark_of(*map(repr, self.compared.steps))


def _preview(request: Request, body: Body, sheets: Sequence[Sheet]) -> Preview:
    first = next((n for n, sheet in enumerate(sheets) if sheet.name == ACTIONS), 0)
    asked = request.POST.get("sheet", "")
    chosen = int(asked) if asked.isdigit() and int(asked) < len(sheets) else first
    same = request.POST.get("mapped") == str(chosen)
    form = MappingForm(request.POST if same else None, sheets=sheets, chosen=chosen)
    sheet = sheets[chosen]
    if same and not form.is_valid():
        return Preview(form, sheet)
    guess = workbook.guessed(sheet)
    mapping = form.mapping if same else guess
    if not all(key in mapping for key in workbook.NEEDED):
        return Preview(form, sheet)
    compared = workbook.compare(sheet, mapping, workbook.plan_of(body))
    if not compared.faults:
        steps = compared.steps
        compared.faults.extend(
            rehearse_plan(by=request.user, body=body, sheet=sheet.name, steps=steps)
        )
    return Preview(form, sheet, compared)


def _shown(request: Request, body: Body, kept: Aside, sheets: Sequence[Sheet]) -> HttpResponse:
    preview = _preview(request, body, sheets)
    compared = preview.compared
    wants = "bring" in request.POST and compared.steps and not compared.faults
    changed = bool(wants and request.POST.get("seen") != preview.mark)
    if wants and not changed:
        bring_plan(by=request.user, body=body, steps=compared.steps)
        aside.drop(kept)
        messages.success(request, f"Your plan is brought in: {_done(preview)}.")
        return redirect("desk:plan", body.slug)
    chosen = sheets.index(preview.sheet)
    context = {
        "body": body,
        "form": preview.form,
        "preview": preview,
        "kept": kept,
        "chosen": chosen,
        "several": len(sheets) > 1,
        "changed": CHANGED if changed else "",
        "faults": compared.faults[:MOST_SHOWN],
        "more_faults": max(0, len(compared.faults) - MOST_SHOWN),
        "back_href": reverse("desk:plan", args=[body.slug]),
    }
    return _unkept(render(request, "desk/plan_files/preview.html", context))


def _done(preview: Preview) -> str:
    words = {
        workbook.ADD: "added",
        workbook.CHANGE: "changed",
        workbook.FIRST_DATE: "dated",
        workbook.ASK_DATE: "asked to move",
        workbook.ASK_OWNER: "asked to change owner",
    }
    steps = preview.compared.steps
    counted = ((sum(step.kind == kind for step in steps), said) for kind, said in words.items())
    return ", ".join(f"{plural(number, 'action')} {said}" for number, said in counted if number)


def _unkept(response: HttpResponse) -> HttpResponse:
    """A page that no browser and no proxy keeps."""
    response["Cache-Control"] = "private, no-store"
    return response
