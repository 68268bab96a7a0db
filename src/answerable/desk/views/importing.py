"""A spreadsheet comes into the register: the file, what its columns say, what it would do, done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Body
from answerable.desk.answers import attempt
from answerable.desk.forms.importing import AnswersForm, ColumnsForm, SheetForm, UploadForm
from answerable.desk.forms.seen import CHANGED
from answerable.desk.records import importing as records
from answerable.desk.tables import as_csv
from answerable.html.times import plural
from answerable.register.actions import importing as actions
from answerable.register.models import Import, PendingImport
from answerable.register.queries.importing import pending as queries
from answerable.register.queries.importing.pending import Sheets
from answerable.register.queries.importing.plans import Checked
from answerable.register.rules import importing as rules

GIVEN_UP = timedelta(minutes=30)
"""Whoever waits longer than this for the worker may press again."""
MOST_PAST = 20


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """The file comes in; what was sent before and waits; what was brought in before."""
    rules.check_may_import(request.user)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    if sent and form.is_valid():
        upload = form.cleaned_data["upload"]
        given = {"by": request.user, "source": upload, "name": upload.name or "spreadsheet"}
        if kept := attempt(form, actions.keep_pending, **given):
            return redirect("desk:import_columns", kept.pk)
    context = {
        "form": form,
        "waiting": queries.pending_of(request.user),
        "kept_days": actions.KEPT_DAYS,
        "past": Import.objects.select_related("by")[:MOST_PAST],
    }
    return _unkept(render(request, "desk/importing/start.html", context))


@require_http_methods(["GET", "POST"])
def columns(request: Request, pk: int) -> HttpResponse:
    """What each column says; the first rows as they would be."""
    pending = _mine(request, pk)
    sheets = _sheets(request, pending)
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheets=sheets)
    if request.method == "POST":
        good = form.is_valid()
        at = {"sheet": sheets.settings.sheet, "header": sheets.settings.header}
        actions.choose(by=request.user, pending=pending, choices={**at, **form.choices})
        if good and "look" not in request.POST:
            return redirect("desk:import_check", pk)
        sheets = queries.sheets_of(sheets.tables, pending.choices)
        if good:
            form = ColumnsForm(sheets=sheets)
    checked = sheets.checked(request.user) if "words" in sheets.settings.columns.values() else None
    context = {
        "pending": pending,
        "form": form,
        "sheet_form": SheetForm(initial=_at(sheets), tables=sheets.tables),
        "several": len(sheets.tables) > 1,
        "at": _at(sheets),
        "table": sheets.table,
        "columns": records.columns_of(sheets, form),
        "preview": records.shown(checked, records.names_of(checked)) if checked else [],
        "checked": checked,
    }
    return _unkept(render(request, "desk/importing/columns.html", context))


def _at(sheets: Sheets) -> dict[str, int]:
    return {"sheet": sheets.settings.sheet, "header": sheets.settings.header}


def _sheets(request: Request, pending: PendingImport) -> Sheets:
    """The sheets as they were chosen; another sheet or row of headings where the address asks."""
    tables = queries.tables_of(pending)
    given = request.POST if request.method == "POST" else request.GET
    asked = SheetForm(given, tables=tables)
    if not ("sheet" in given and asked.is_valid()):
        return queries.sheets_of(tables, pending.choices)
    number, header = asked.cleaned_data["sheet"], asked.cleaned_data["header"]
    sheets = queries.sheets_of(tables, pending.choices, number)
    if request.method == "GET" and number != pending.choices.get(
        "sheet", queries.likeliest(tables)
    ):
        return sheets  # another sheet has its headings elsewhere
    return queries.with_header(sheets, header)


@require_http_methods(["GET", "POST"])
def check(request: Request, pk: int) -> HttpResponse:
    """What it would do, what is refused, and what a person must say; then it is brought in."""
    pending = _mine(request, pk)
    if pending.waits_since and timezone.now() - pending.waits_since < GIVEN_UP:
        return _unkept(render(request, "desk/importing/wait.html", {"pending": pending}))
    sheets = queries.sheets_of(queries.tables_of(pending), pending.choices)
    if not sheets.mapped or sheets.settings.exact is None:
        return redirect("desk:import_columns", pk)
    checked = sheets.checked(request.user)
    bodies = list(Body.objects.order_by("name"))
    form = AnswersForm(request.POST or None, questions=checked.questions, bodies=bodies)
    changed = False
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen") == records.mark(checked)
        answers = _merged(sheets, form)
        actions.choose(by=request.user, pending=pending, choices={"answers": answers})
        if "bring" not in request.POST:
            return redirect("desk:import_check", pk)
        sheets = replace(sheets, answers=answers)
        before, checked = records.mark(checked), sheets.checked(request.user)
        changed = not seen or before != records.mark(checked)
        if not changed and (done := _bring(request, form, pending, sheets, checked)):
            return done
    return _unkept(
        render(request, "desk/importing/check.html", _told(pending, sheets, checked, form, changed))
    )


def _merged(sheets: Sheets, form: AnswersForm) -> dict[str, dict[str, str]]:
    """What was said before, and what is said now."""
    answers = {what: dict(said) for what, said in sheets.answers.items()}
    for what, said in form.answers.items():
        answers.setdefault(what, {}).update(said)
    return answers


def _bring(
    request: Request, form: AnswersForm, pending: PendingImport, sheets: Sheets, checked: Checked
) -> HttpResponse | None:
    leave_out = form.cleaned_data["leave_out"]
    given: dict[str, Any] = {"by": request.user, "checked": checked, "leave_out": leave_out}
    if len(checked.asks) > actions.MANY:
        attempt(form, actions.import_later, pending=pending, **given)
        return None if form.errors else redirect("desk:import_check", pending.pk)
    about = {"name": pending.name, "sha256": pending.sha256, "columns": sheets.columns}
    brought = attempt(form, actions.import_register, pending=pending, **about, **given)
    if brought is None:
        return None
    count = plural(len(brought.rows), "recommendation")
    messages.success(request, f"{count} came into the register. Nothing was published.")
    return redirect("desk:imported", brought.pk)


def _told(
    pending: PendingImport, sheets: Sheets, checked: Checked, form: AnswersForm, changed: bool
) -> dict[str, Any]:
    names = records.names_of(checked)
    return {
        "pending": pending,
        "sheets": sheets,
        "checked": checked,
        "form": form,
        "changed": CHANGED if changed else "",
        "groups": records.asked_of(form, checked.questions) if not changed else [],
        "faults": checked.faults[: records.MOST_SHOWN],
        "more_faults": max(0, len(checked.faults) - records.MOST_SHOWN),
        "told": records.told_of(checked),
        "preview": records.shown(checked, names),
        "unread": records.unread_columns(sheets),
        "mark": records.mark(checked),
        "open_count": len(checked.open_questions),
    }


@require_safe
def refused(request: Request, pk: int) -> HttpResponseBase:
    """The refused rows with their reasons, to be mended and brought again."""
    pending = _mine(request, pk)
    sheets = queries.sheets_of(queries.tables_of(pending), pending.choices)
    checked = sheets.checked(request.user)
    return as_csv("refused-rows", records.refused_rows(sheets, checked.faults))


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Throw a spreadsheet away that was not brought in."""
    pending = _mine(request, pk)
    actions.drop_pending(by=request.user, pending=pending)
    messages.success(request, f"{pending.name} was thrown away. Nothing of it was brought in.")
    return redirect("desk:import_register")


@require_safe
def imported(request: Request, pk: int) -> HttpResponse:
    """What came in from one spreadsheet, and what to do next."""
    brought = queries.find_import(request.user, pk)
    context = {
        "brought": brought,
        "first": f"R-{brought.first_serial:04}",
        "last": f"R-{brought.last_serial:04}",
        "meanings": records.meanings_of(brought.columns),
        "left_out": records.rows_words(brought.left_out, most=100) if brought.left_out else "",
    }
    return render(request, "desk/importing/done.html", context)


def _mine(request: Request, pk: int) -> PendingImport:
    rules.check_may_import(request.user)
    return queries.find_pending(request.user, pk)


def _unkept(response: HttpResponse) -> HttpResponse:
    """A page that no browser and no proxy keeps."""
    response["Cache-Control"] = "private, no-store"
    return response
