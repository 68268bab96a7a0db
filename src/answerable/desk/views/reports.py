"""Reports: the list, a report's page, logging one, changing one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.gate import Request
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.desk import history
from answerable.desk.answers import attempt
from answerable.desk.forms.reports import (
    ChangeForm,
    LogForm,
    NarrowReports,
    ReportForm,
    SearchFirst,
    initial_of,
)
from answerable.desk.tables import Table, as_csv
from answerable.html.times import day_words, plural
from answerable.register.queries.clocks import newest_bases
from answerable.reports.actions.reports import WORDS, change_report, log_report
from answerable.reports.models import Document, Report
from answerable.reports.queries import documents, reports
from answerable.reports.queries.likeness import likely_same
from answerable.reports.rules import reports as rules

A_PAGE = 25


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """All reports that this person may see, narrowed by the address."""
    form = NarrowReports(request.GET, person=request.user)
    found = reports.listed(request.user, form.narrowing(request.GET.get("sort", "")))
    if request.GET.get("format") == "csv":
        return as_csv("reports", _table(request, list(found)))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    standings = reports.standings(list(page))
    return render(
        request,
        "desk/reports/list.html",
        {
            "narrow": form,
            "page": page,
            "rows": [(report, standings[report.pk]) for report in page],
            "sort": request.GET.get("sort", ""),
            "may_log": may(request.user, Permission.REPORT_LOG),
        },
    )


HEADINGS = (
    "Title",
    "Kind",
    "Made by",
    "Published",
    "Official address",
    "Recommendations it says it makes",
    "Documents",
    "Found by the reader",
    "Still to check",
    "In the register",
    "Address here",
)


def _table(request: Request, found: list[Report]) -> Table:
    standings = reports.standings(found)
    return Table(HEADINGS, (_row(request, r, standings[r.pk]) for r in found))


def _row(request: Request, report: Report, standing: reports.Standing) -> tuple[Any, ...]:
    return (
        report.title,
        report.get_kind_display(),
        report.author.name,
        report.published_on or report.published_words,
        report.address,
        report.stated_count,
        standing.documents,
        standing.found,
        standing.to_check,
        standing.registered,
        request.build_absolute_uri(reverse("desk:report", args=[report.pk])),
    )


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """One report: what to do next, its documents, its details, its history."""
    report = reports.find_report(request.user, pk)
    received = documents.of_report(request.user, report)
    may_log = may(request.user, Permission.REPORT_LOG)
    return render(
        request,
        "desk/reports/show.html",
        {
            "report": report,
            "documents": received,
            "standing": reports.standings([report])[report.pk],
            "in_office": is_of_office(request.user),
            "areas": ", ".join(a.name for a in report.areas.all()),
            "basis_name": _basis_name(report),
            "lines": history.lines_of(report, *received),
            "may_log": may_log,
            "may_enter": may(request.user, Permission.CANDIDATE_DECIDE),
            "to_do": list(_to_do(report, received)) if may_log else [],
        },
    )


def _basis_name(report: Report) -> str:
    """The time limit for replies, by its name where it is known."""
    if not report.clock_basis:
        return ""
    names = {basis.code: basis.name for basis in newest_bases()}
    return names.get(report.clock_basis, report.clock_basis)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do next: when or how many, what, why, where, and the button's words."""

    when: str
    what: str
    why: str
    href: str
    press: str = ""


def _to_do(report: Report, received: list[Document]) -> Iterator[ToDo]:
    """What a governance officer does next about ``report``, the document at fault first."""
    for document in received:
        href = reverse("desk:document", args=[document.pk])
        if document.state == Document.State.PARKED:
            yield ToDo("put aside", document.name, document.state_reason, href, "See to it")
        elif document.state == Document.State.READ:
            yield from _to_check(document)
    if not received:
        href = reverse("desk:add_documents", args=[report.pk])
        why = "The reader finds its recommendations, and each will point at its page."
        yield ToDo("first", "Add the report itself", why, href, "Add documents")


def _to_check(document: Document) -> Iterator[ToDo]:
    found, decided, unsettled = (getattr(document, n) for n in ("found", "decided", "unsettled"))
    href = reverse("desk:check", args=[document.pk])
    if decided < found:
        left = found - decided
        why = f"{plural(found, 'candidate')} found in {document.name}; {decided} decided."
        yield ToDo(f"{left} to check", "Check what the reader found", why, href, "Check them")
    elif unsettled:
        why = f"The reader was not sure about something in {document.name}."
        words = plural(unsettled, "warning")
        yield ToDo(words, "Settle what the reader warns of", why, href, "Look")


def _posted(request: Request) -> QueryDict | None:
    """What was typed, or nothing where the page is only looked at."""
    return request.POST if request.method == "POST" else None


@require_safe
def search_first(request: Request) -> HttpResponse:
    """Before a report is logged: whether it is here already."""
    rules.check_may_log(request.user)
    form = SearchFirst(request.GET if "title" in request.GET else None)
    title = form.cleaned_data["title"] if form.is_bound and form.is_valid() else ""
    alike = likely_same(title=title) if title else []
    return render(
        request, "desk/reports/search.html", {"form": form, "title": title, "alike": alike}
    )


@require_http_methods(["GET", "POST"])
def log(request: Request) -> HttpResponse:
    """The form for a new report."""
    rules.check_may_log(request.user)
    form = LogForm(_posted(request), initial={"title": request.GET.get("title", "")[:300]})
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "another": form.cleaned_data["another"]}
        report = attempt(form, log_report, **given, **form.details())
        if report:
            messages.success(
                request,
                "The report is logged. Nothing about it is public. Now add its documents.",
            )
            return redirect("desk:add_documents", pk=report.pk)
    return render(request, "desk/reports/log.html", {"form": form, "alike": _alike(form)})


def _alike(form: ReportForm) -> list[Any]:
    """What is here and looks like what was typed."""
    if not form.is_bound or not form.cleaned_data.get("title"):
        return []
    typed = form.cleaned_data
    return likely_same(
        title=typed["title"],
        author=typed.get("author"),
        published_on=typed.get("published_on"),
        address=typed.get("address") or "",
    )


@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """The form for what is written about a report."""
    rules.check_may_log(request.user)
    report = reports.find_report(request.user, pk)
    form = ChangeForm(_posted(request), initial=initial_of(report))
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        given = {"by": request.user, "report": report, "seen_version": seen}
        if attempt(form, change_report, **given, **form.details()):
            messages.success(
                request, "The details are changed. What they were stays in the history."
            )
            return redirect("desk:report", pk=report.pk)
        report.refresh_from_db()
        if report.version != seen:
            differences = _differences(report, form)
            form.see(report.version)
    context = {"form": form, "report": report, "differences": differences}
    return render(request, "desk/reports/change.html", context)


def _differences(report: Report, form: ChangeForm) -> list[tuple[str, str, str]]:
    """Where what was typed differs from what stands now: the detail, what stands, what was typed."""
    now, typed = initial_of(report), form.details()
    rows = []
    for name in typed:
        stands, wrote = _in_words(form, name, now[name]), _in_words(form, name, typed[name])
        if stands != wrote:
            what = WORDS[name]
            rows.append((what[:1].upper() + what[1:], stands or "nothing", wrote or "nothing"))
    return rows


def _in_words(form: ChangeForm, name: str, value: Any) -> str:
    if name == "areas":
        return ", ".join(sorted(str(area) for area in value))
    if name in ("author", "commissioner"):
        known = {str(pk): str(text) for pk, text in form.fields[name].choices if pk}  # type: ignore[attr-defined]
        return known.get(str(getattr(value, "pk", value)), "")
    if name in ("kind", "clock_basis"):
        choices = dict(form.fields[name].choices)  # type: ignore[attr-defined]
        return str(choices.get(value, value) or "")
    if name in ("published_on", "period_from", "period_to"):
        return day_words(value)
    return "" if value is None else str(value)
