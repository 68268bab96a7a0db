"""Reports: who sees which, and the list with its filters."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.reports.models import Candidate, Decision, Document, Report

OWN = Q(taken=True) & ~Q(kind__in=Candidate.APART)
"""Candidates that the reader proposes as asked for by the document itself."""


def seen_by(person: Person) -> QuerySet[Report]:
    """The reports that ``person`` may know of.

    The office's people all of them, others those that ask something of their own body.

    Raises:
        Refused: where no role of the person lets them read reports.
    """
    check_may(person, Permission.REPORT_READ)
    if is_of_office(person):
        return Report.objects.all()
    # The register stands above this subject, so its relation is named, not imported.
    asked = Report.objects.filter(
        pk=OuterRef("pk"), recommendations__undertakings__body=person.body_id
    )
    return Report.objects.filter(Exists(asked))


def find_report(person: Person, pk: int) -> Report:
    """The report, if it is the person's to know of.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    found = seen_by(person).select_related("author", "commissioner", "logged_by").filter(pk=pk)
    report = found.first()
    if report is None:
        raise NotTheirs("There is no such report for you.")
    return report


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows the list of reports: words, maker, kind, year, and what is to be done."""

    words: str = ""
    author: int | None = None
    kind: str = ""
    year: int | None = None
    to_do: str = ""
    order: str = ""


ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "": (F("published_on").desc(nulls_last=True), "title", "pk"),
    "title": ("title", "pk"),
    "logged": ("-logged_at", "-pk"),
}
"""The orders of the list: newest published first (undated ones last), by title, newest logged."""

TO_DO: dict[str, str] = {
    "check": "has candidates to check",
    "parked": "has a document that was put aside",
    "reading": "has a document that is being read",
    "empty": "has no document yet",
}
"""What can be left to do about a report, in words."""


def _to_do(reports: QuerySet[Report], what: str) -> QuerySet[Report]:
    documents = Document.objects.filter(report=OuterRef("pk"))
    if what == "empty":
        return reports.filter(~Exists(documents))
    if what == "parked":
        return reports.filter(Exists(documents.filter(state=Document.State.PARKED)))
    if what == "reading":
        states = (Document.State.WAITING, Document.State.READING)
        return reports.filter(Exists(documents.filter(state__in=states)))
    decided = Decision.objects.filter(candidate=OuterRef("pk"), taken_back_at__isnull=True)
    undecided = Candidate.objects.filter(
        OWN, ~Exists(decided), reading__document__report=OuterRef("pk")
    )
    return reports.filter(Exists(undecided)) if what == "check" else reports


def listed(person: Person, by: Narrowing) -> QuerySet[Report]:
    """The reports that ``person`` sees, narrowed and in order, with ``found`` recommendations."""
    reports = seen_by(person).select_related("author")
    for word in by.words.split()[:12]:
        known = Q(title__icontains=word) | Q(author__name__icontains=word)
        reports = reports.filter(known | Q(author__short_name__icontains=word))
    if by.author:
        reports = reports.filter(author_id=by.author)
    if by.kind:
        reports = reports.filter(kind=by.kind)
    if by.year:
        dated = Q(published_on__year=by.year)
        reports = reports.filter(dated | Q(published_words__contains=str(by.year)))
    return _to_do(reports, by.to_do).order_by(*ORDERS.get(by.order, ORDERS[""]))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one report stands: its documents by state, and what the reader found in them."""

    documents: int = 0
    waiting: int = 0
    parked: int = 0
    found: int = 0
    decided: int = 0
    registered: int = 0

    @property
    def to_check(self) -> int:
        """Candidates that nobody has decided on."""
        return self.found - self.decided

    @property
    def words(self) -> str:
        """The one thing to know first."""
        if not self.documents:
            return "no document yet" if not self.registered else ""
        if self.waiting:
            return "being read"
        if self.to_check:
            return f"{self.to_check} to check"
        return "put aside" if self.parked else "checked" if self.found else "read"


def _number_of(rows: QuerySet[Any], report: str) -> Coalesce:
    """How many of ``rows`` belong to the report of the outer query."""
    mine = rows.filter(**{report: OuterRef("pk")}).order_by().values(report)
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def standings(reports: Collection[Report]) -> dict[int, Standing]:
    """Where each of ``reports`` stands. One query, however many reports."""
    documents = Document.objects.all()
    in_work = documents.filter(state__in=(Document.State.WAITING, Document.State.READING))
    taken = Candidate.objects.filter(OWN)
    decided = Decision.objects.filter(candidate=OuterRef("pk"), taken_back_at__isnull=True)
    # The register stands above this subject, so its relation is named, not imported.
    standing = Count("recommendations", filter=Q(recommendations__withdrawn_at__isnull=True))
    entered = Report.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    rows = Report.objects.filter(pk__in=[r.pk for r in reports]).order_by()
    counts = rows.values_list(
        "pk",
        _number_of(documents, "report"),
        _number_of(in_work, "report"),
        _number_of(documents.filter(state=Document.State.PARKED), "report"),
        _number_of(taken, "reading__document__report"),
        _number_of(taken.filter(Exists(decided)), "reading__document__report"),
        Subquery(entered.annotate(n=standing).values("n")),
    )
    return {pk: Standing(*numbers) for pk, *numbers in counts}


def makers(person: Person) -> list[tuple[int, str]]:
    """The bodies that made a report that ``person`` sees: id and name, by name."""
    made = Body.objects.filter(reports_made__in=seen_by(person)).distinct()
    return list(made.order_by("name").values_list("pk", "name"))


def years(person: Person) -> list[int]:
    """The years in which reports that ``person`` sees were published, newest first."""
    days = seen_by(person).filter(published_on__isnull=False)
    return [d.year for d in days.dates("published_on", "year", order="DESC")]
