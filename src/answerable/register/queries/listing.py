"""The register as a list: what narrows it, how it is ordered and counted."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from answerable.accounts.models import Area, Body, Person
from answerable.accounts.rules import is_of_office
from answerable.register.models import Clock, Recommendation, Reference, Undertaking
from answerable.register.queries import recommendations, search, undertakings
from answerable.register.queries.remembered import until_next_event
from answerable.reports.models import Report

SOON = 14
"""A clock that ends within this many days is running out."""

CLOCKS: dict[str, str] = {
    "late": "late",
    "soon": f"due in {SOON} days",
    "running": "running",
    "paused": "paused",
    "answered": "stopped by a reply",
    "none": "no clock",
}
"""What a list can ask of clocks, in words."""

ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "": ("-serial",),
    "oldest": ("serial",),
    "due": (F("next_due_on").asc(nulls_last=True), "serial"),
}
"""The orders of the list: newest first, oldest first, soonest last day first."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows the list. Bodies, reports and areas by their keys."""

    words: str = ""
    body: int | None = None
    report: int | None = None
    author: int | None = None
    area: int | None = None
    kind: str = ""
    position: str = ""
    clock: str = ""
    order: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is listed."""
        return not any(getattr(self, f.name) for f in fields(self) if f.name != "order")


def clock_is(what: str, today: date) -> Q:
    """Undertakings whose clock is as one of :data:`CLOCKS` says, on ``today``."""
    running = Q(clock__state=Clock.State.RUNNING)
    soon = today + timedelta(days=SOON)
    return {
        "late": running & Q(clock__due_on__lt=today),
        "soon": running & Q(clock__due_on__gte=today, clock__due_on__lte=soon),
        "running": running & Q(clock__due_on__gte=today),
        "paused": Q(clock__state=Clock.State.PAUSED),
        "answered": Q(clock__state=Clock.State.STOPPED),
        "none": Q(clock__isnull=True),
    }[what]


def _of_reports(found: QuerySet[Recommendation], n: Narrowing) -> QuerySet[Recommendation]:
    if n.kind:
        found = found.filter(kind=n.kind)
    if n.report:
        found = found.filter(report=n.report)
    if n.author:
        found = found.filter(report__in=Report.objects.filter(author=n.author).values("pk"))
    if n.area:
        found = found.filter(report__in=Report.objects.filter(areas=n.area).values("pk"))
    return found


def _of_undertakings(
    found: QuerySet[Recommendation], n: Narrowing, theirs: QuerySet[Undertaking], today: date
) -> QuerySet[Recommendation]:
    """Body, position and clock must hold of one and the same undertaking."""
    if not (n.body or n.position or n.clock):
        return found
    if n.body:
        theirs = theirs.filter(body=n.body)
    if n.position:
        theirs = theirs.filter(stands=n.position)
    if n.clock:
        theirs = theirs.filter(clock_is(n.clock, today))
    # Not EXISTS: SQLite would walk every clock of that state once for each row of the list.
    return found.filter(pk__in=theirs.values("recommendation"))


def _searchable(person: Person) -> QuerySet[Body]:
    if is_of_office(person):
        return Body.objects.filter(Exists(Undertaking.objects.filter(body=OuterRef("pk"))))
    return Body.objects.filter(pk=person.body_id)


def listed(person: Person, narrowing: Narrowing, today: date) -> QuerySet[Recommendation]:
    """The recommendations that ``person`` may know of, narrowed and in order."""
    found = recommendations.seen_by(person)
    if narrowing.words.strip():
        found = search.matching(found, narrowing.words, _searchable(person))
    found = _of_reports(found, narrowing)
    found = _of_undertakings(found, narrowing, undertakings.seen_by(person), today)
    return found.order_by(*ORDERS.get(narrowing.order, ORDERS[""]))


def count_listed(person: Person, narrowing: Narrowing, today: date) -> int:
    """How many the whole list has, exactly.

    References are never removed, so the counter knows the length of the whole register. Any other
    count holds until the next event of the audit chain, and is remembered until then.
    """
    if narrowing.is_empty and is_of_office(person):
        return Reference.objects.filter(pk="R").values_list("last", flat=True).first() or 0
    scope = None if is_of_office(person) else person.body_id
    asked = replace(narrowing, order="")
    return until_next_event(
        ("count", scope, asked, today),
        lambda: listed(person, asked, today).order_by().count(),
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to: (key, name) of each."""

    bodies: list[tuple[int, str]]
    authors: list[tuple[int, str]]
    areas: list[tuple[int, str]]


def choices_for(person: Person) -> Choices:
    """The addressees, makers and areas that there are for ``person``."""
    scope = None if is_of_office(person) else person.body_id
    return until_next_event(("choices", scope), lambda: _choices(person))


def _choices(person: Person) -> Choices:
    seen = Report.objects.filter(Exists(_in_report(person)))
    bodies = _searchable(person).order_by("name").values_list("pk", "name")
    authors = Body.objects.filter(reports_made__in=seen).distinct().order_by("name")
    areas = Area.objects.filter(reports__in=seen).distinct().order_by("body__name", "name")
    return Choices(
        list(bodies),
        list(authors.values_list("pk", "name")),
        [
            (a.pk, f"{a.name} ({a.body.short_name or a.body.name})")
            for a in areas.select_related("body")
        ],
    )


def _in_report(person: Person) -> QuerySet[Recommendation]:
    return recommendations.seen_by(person).filter(report=OuterRef("pk"))
