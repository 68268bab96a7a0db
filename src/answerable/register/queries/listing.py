"""The register as a list: what narrows it, how it is ordered and counted."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from answerable.accounts.models import Area, Body, Person
from answerable.accounts.rules import is_of_office
from answerable.register.models import Clock, Recommendation, Reference, Undertaking
from answerable.register.queries import recommendations, search, undertakings
from answerable.register.queries.remembered import Memory
from answerable.reports.models import Report

MOST_REPORTS = 5_000
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
    """What narrows the list. Bodies, reports and areas by their keys.

    What ``claim``, ``assurance`` and ``closing`` mean is known above the register: whoever asks for
    them gives :func:`listed` the undertakings that fit, as ``among``.
    """

    words: str = ""
    body: int | None = None
    report: int | None = None
    author: int | None = None
    area: int | None = None
    kind: str = ""
    position: str = ""
    clock: str = ""
    claim: str = ""
    assurance: str = ""
    closing: str = ""
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
    found: QuerySet[Recommendation],
    n: Narrowing,
    theirs: QuerySet[Undertaking],
    today: date,
    among: Q | None,
) -> QuerySet[Recommendation]:
    """Body, position, clock and what is asked above must hold of one and the same undertaking."""
    if not (n.body or n.position or n.clock or among):
        return found
    if among:
        theirs = theirs.filter(among)
    if n.body:
        theirs = theirs.filter(body=n.body)
    if n.position:
        theirs = theirs.filter(stands=n.position)
    if n.clock:
        theirs = theirs.filter(clock_is(n.clock, today))
    # Not EXISTS: SQLite would walk every clock of that state once for each row of the list.
    return found.filter(pk__in=theirs.values("recommendation"))


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a reader meets in the list: what it can be narrowed to, and searched by."""

    names: search.Names
    bodies: list[tuple[int, str]]
    authors: list[tuple[int, str]]
    areas: list[tuple[int, str]]


def scope_of(person: Person) -> int | None:
    """Whose register it is: the whole for the office, else that of one body."""
    return None if is_of_office(person) else person.body_id


def known_to(person: Person, memory: Memory) -> Known:
    """The addressees, reports, makers and areas that there are for ``person``."""
    return memory.of(("known", scope_of(person)), lambda: _known(person))


def _known(person: Person) -> Known:
    bodies = _bodies(person)
    asked = recommendations.seen_by(person).filter(report=OuterRef("pk"))
    reports = list(
        Report.objects.filter(Exists(asked)).values_list("pk", "title", "author", "author__name")
    )
    areas = Area.objects.filter(reports__in=[pk for pk, *_ in reports[:MOST_REPORTS]]).distinct()
    return Known(
        names=search.Names({pk: title for pk, title, *_ in reports}, bodies),
        bodies=sorted(((pk, names[0]) for pk, names in bodies.items()), key=_by_name),
        authors=sorted({(pk, name) for _, _, pk, name in reports}, key=_by_name),
        areas=[
            (area.pk, f"{area.name} ({area.body.short_name or area.body.name})")
            for area in areas.select_related("body").order_by("body__name", "name")
        ],
    )


def _by_name(named: tuple[int, str]) -> str:
    return named[1].casefold()


def _bodies(person: Person) -> dict[int, list[str]]:
    """Every name of each body that is addressed and that ``person`` may know to be, its own first."""
    addressed = Undertaking.objects.filter(body=OuterRef("pk"))
    bodies = Body.objects.filter(Exists(addressed))
    if not is_of_office(person):
        bodies = bodies.filter(pk=person.body_id)
    found: dict[int, list[str]] = {}
    rows = bodies.values_list("pk", "name", "short_name", "other_names__name").order_by("pk")
    for pk, *names in rows:
        found.setdefault(pk, []).extend(name for name in names if name)
    return found


def listed(
    person: Person,
    narrowing: Narrowing,
    today: date,
    memory: Memory | None = None,
    *,
    among: Q | None = None,
) -> QuerySet[Recommendation]:
    """The recommendations that ``person`` may know of, narrowed and in order."""
    found = recommendations.seen_by(person)
    if narrowing.words.strip():
        names = known_to(person, memory or Memory()).names
        found = search.matching(found, narrowing.words, names)
    found = _of_reports(found, narrowing)
    found = _of_undertakings(found, narrowing, undertakings.seen_by(person), today, among)
    return found.order_by(*ORDERS.get(narrowing.order, ORDERS[""]))


def count_listed(
    person: Person,
    narrowing: Narrowing,
    today: date,
    memory: Memory | None = None,
    *,
    among: Q | None = None,
) -> int:
    """How many the whole list has, exactly.

    References are never removed, so the counter knows the length of the whole register. Any other
    count is remembered until the next event.
    """
    if narrowing.is_empty and is_of_office(person):
        return Reference.objects.filter(pk="R").values_list("last", flat=True).first() or 0
    memory = memory or Memory()
    asked = replace(narrowing, order="")
    return memory.of(
        ("count", scope_of(person), asked, today),
        lambda: listed(person, asked, today, memory, among=among).order_by().count(),
    )
