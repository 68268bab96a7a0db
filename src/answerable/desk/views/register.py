"""The register: the list with its downloads, a recommendation's page, one body's answer."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from answerable.accounts.gate import Request
from answerable.accounts.models import Person
from answerable.accounts.queries import roles_of
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.assurance.queries.history import events_of, events_of_all
from answerable.assurance.queries.narrowing import fitting
from answerable.chasing.queries.chases import told_of
from answerable.desk import history
from answerable.desk.exports import as_xlsx
from answerable.desk.forms.register import NarrowRegister
from answerable.desk.records.about import about, find
from answerable.desk.records.answers import answers_shown
from answerable.desk.records.downloads import HEADINGS, lines_of
from answerable.desk.records.likenesses import may_repeat
from answerable.desk.records.links import LinksShown
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.records.passages import page_href, place_of
from answerable.desk.records.rows import label_of, shown_rows, source_of
from answerable.desk.tables import Table, as_csv
from answerable.engine import wording
from answerable.gaps.queries.themes import themes_of
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries import answers, recommendations
from answerable.register.queries.importing.pending import came_from
from answerable.register.queries.likeness import waiting_beside
from answerable.register.queries.listing import Narrowing, count_listed, known_to, listed
from answerable.register.queries.remembered import Memory
from answerable.register.queries.rows import Row, all_rows, keys_of, rows_of
from answerable.register.rules import recommendations as rules
from answerable.register.rules import undertakings as undertaking_rules
from answerable.register.rules.listing import check_fits_workbook

Made = TypeVar("Made")
A_PAGE = 25
LONG = 300
"""A question longer than this is not remembered."""


class Pages(Paginator[Row]):
    """The register's list in pages: counted by :func:`count_listed`, fetched by key."""

    def __init__(self, person: Person, narrowing: Narrowing, today: date, memory: Memory) -> None:
        super().__init__((), A_PAGE)
        self.asked = (person, narrowing, today, memory)
        self.among = fitting(narrowing, memory)

    @cached_property
    def count(self) -> int:
        """How many there are in all."""
        return count_listed(*self.asked, among=self.among)

    def page(self, number: int | str) -> Page[Row]:
        """One page of rows."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = keys_of(listed(*self.asked, among=self.among), first, first + self.per_page)
        return Page(rows_of(self.asked[0], keys), number, self)


@require_safe
def register(request: Request) -> HttpResponseBase:
    """The list, narrowed by the address; or all of it as a file."""
    today, memory = timezone.localdate(), Memory()
    narrowing, filters = _narrowed(request, memory)
    if (wanted := request.GET.get("format")) in DOWNLOADS:
        return _download(request, narrowing, today, memory, wanted)
    make = partial(_rows, request, narrowing, today, memory)
    titles = known_to(request.user, memory).names.reports
    context = {
        "filters": filters,
        "rows": _remembered(request, memory, ("rows", today), request.GET.urlencode(), make),
        "report": titles.get(narrowing.report or 0, ""),
        "in_office": is_of_office(request.user),
        "may_import": may(request.user, Permission.RECOMMENDATION_IMPORT),
    }
    return render(request, "desk/register/list.html", context)


def _remembered(
    request: Request, memory: Memory, what: Hashable, question: str, make: Callable[[], Made]
) -> Made:
    """What ``make`` gives, made once for all who see and may the same and ask the same."""
    if len(question) > LONG:
        return make()
    reader = (request.user.body_id, roles_of(request.user))
    return memory.of((what, reader, question), make)


def _narrowed(request: Request, memory: Memory) -> tuple[Narrowing, SafeString]:
    """What the address asks for, and the form that asks it, drawn."""
    asked = request.GET.copy()
    asked.pop("page", None)
    make = partial(_filters, request, memory)
    return _remembered(request, memory, "filters", asked.urlencode(), make)


def _filters(request: Request, memory: Memory) -> tuple[Narrowing, SafeString]:
    form = NarrowRegister(request.GET, known=known_to(request.user, memory))
    narrowing = form.narrowing(request.GET.get("sort", ""))
    return narrowing, _drawn("filters", request, narrow=form)


def _rows(request: Request, narrowing: Narrowing, today: date, memory: Memory) -> SafeString:
    """The page of the list that the address asks for, drawn."""
    page = Pages(request.user, narrowing, today, memory).get_page(request.GET.get("page"))
    return _drawn(
        "rows",
        request,
        narrowed=not narrowing.is_empty,
        page=page,
        rows=shown_rows(list(page.object_list), today, memory),
        sort=narrowing.order,
        base=reverse("desk:register"),
        in_office=is_of_office(request.user),
    )


def _drawn(part: str, request: Request, **context: Any) -> SafeString:
    """A part of a page that others may be shown too: without the tokens of this reader's session."""
    context |= {"request": request, "user": request.user}
    return render_to_string(f"desk/register/parts/{part}.html", context)


DOWNLOADS = {"csv": as_csv, "xlsx": as_xlsx}


def _download(
    request: Request, narrowing: Narrowing, today: date, memory: Memory, wanted: str
) -> HttpResponseBase:
    """The whole list as it is narrowed, one line for each body that is asked."""
    asked = (request.user, narrowing, today, memory)
    among = fitting(narrowing, memory)
    if wanted == "xlsx":
        check_fits_workbook(count_listed(*asked, among=among))

    def href_of(row: Row) -> str:
        return request.build_absolute_uri(reverse("desk:recommendation", args=[row.reference]))

    rows = all_rows(request.user, listed(*asked, among=among))
    return DOWNLOADS[wanted]("register", Table(HEADINGS, lines_of(rows, href_of)))


# --- One recommendation, one answer --------------------------------------------------------------


@require_safe
def show(request: Request, reference: str) -> HttpResponse:
    """One recommendation: what was asked, where it stands, what is next, how it got here."""
    today = timezone.localdate()
    memory = Memory()
    make = partial(_record, request, reference, memory)
    crumbs, record = _remembered(request, memory, ("record", today), reference, make)
    context = {"reference": reference, "crumbs": crumbs, "record": record}
    return render(request, "desk/register/show.html", context)


def _record(request: Request, reference: str, memory: Memory) -> tuple[SafeString, SafeString]:
    """The way to the record, and the record itself, drawn for this reader."""
    person = request.user
    recommendation = recommendations.find(person, reference, waiting=waiting_beside())
    found = answers.answers_to(person, recommendation)
    lines, more = history.newest_in(events_of_all(person, recommendation, found))
    context = {
        **_asked(recommendation),
        "answers": answers_shown(found, person, timezone.localdate(), memory),
        "addressed": _addressed(found),
        "whole": len(found) <= answers.MOST_WHOLE,
        "corrections": list(_corrections(recommendation)),
        "place": place_of(recommendation),
        "entered_by": name_of(recommendation.accepted_by),
        "came": came_from(recommendation, memory) if is_of_office(person) else None,
        "withdrawn_by": name_of(recommendation.withdrawn_by),
        "lines": lines,
        "more": more,
        "offers": [o for o in _offers(person, recommendation) if o],
        "asked": LinksShown(recommendation, person, timezone.localdate()),
        "repeat": may_repeat(person, recommendation),
        "themes": themes_of(recommendation, memory) if may(person, Permission.GAPS_READ) else [],
    }
    return _drawn("crumbs", request, **context), _drawn("record", request, **context)


def _addressed(found: list[Undertaking]) -> str:
    if len(found) > answers.MOST_WHOLE:
        return f"{len(found)} bodies"
    return ", ".join(u.body.name for u in found)


def _asked(recommendation: Recommendation) -> dict[str, Any]:
    """What every page about a recommendation says of it."""
    report = recommendation.report
    fingerprint = recommendations.fingerprint_of(recommendation)
    return {
        "recommendation": recommendation,
        "report": report,
        "label": label_of(recommendation.get_kind_display(), recommendation.number),
        "source": source_of(report.title, report.published_on, report.published_words),
        "words": recommendations.words_of(recommendation),
        "fingerprint": fingerprint,
        "print": wording.grouped(fingerprint),
        "page_href": page_href(recommendation),
    }


def _corrections(recommendation: Recommendation) -> Iterator[dict[str, Any]]:
    """Each correction with how it differs from the words before it."""
    before = recommendation.words
    for correction in recommendation.corrections.all():
        pieces = wording.difference(before, correction.words)
        yield {"correction": correction, "by": name_of(correction.by), "pieces": pieces}
        before = correction.words


def _offers(person: Person, recommendation: Recommendation) -> Iterator[Offer | None]:
    """What may be done to the recommendation itself."""
    place = [recommendation.reference]
    for permission, press, name, rule in (
        (
            Permission.UNDERTAKING_ADD,
            "Add a body that it is addressed to",
            "desk:address",
            undertaking_rules.check_may_add,
        ),
        (
            Permission.RECOMMENDATION_CORRECT,
            "Correct a transcription error",
            "desk:correct",
            rules.check_may_correct,
        ),
        (
            Permission.RECOMMENDATION_WITHDRAW,
            "Withdraw it, if it was entered in error",
            "desk:withdraw",
            rules.check_may_withdraw,
        ),
    ):
        href = reverse(name, args=place)
        yield offer(person, permission, press, href, partial(rule, person, recommendation))


@require_safe
def undertaking(request: Request, reference: str, slug: str) -> HttpResponse:
    """One body's answer to one recommendation."""
    found = find(request, reference, slug)
    lines, more = history.newest_in(events_of(found))
    context = {
        **about(request, found),
        "lines": lines,
        "more": more,
        "told": told_of(found),
        "may_see_chases": may(request.user, Permission.CHASE_READ),
    }
    return render(request, "desk/register/undertaking.html", context)
