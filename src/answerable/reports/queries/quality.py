"""How well the reader reads in real use: what people made of what it proposed, by report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from answerable.reports.models import Candidate, Decision, Document, Report
from answerable.reports.queries.decisions import Outcome


@dataclass(frozen=True, slots=True)
class Quality:
    """What became of the candidates of one report, or of all.

    ``unchanged`` were accepted as they were; ``relabelled`` with another number or kind;
    ``rebound`` with other bounds, which merging is too; ``missed`` were found by people only.
    """

    found: int = 0
    unchanged: int = 0
    relabelled: int = 0
    rebound: int = 0
    split: int = 0
    joined: int = 0
    dismissed: int = 0
    missed: int = 0

    @property
    def decided(self) -> int:
        """How many of those found a person has decided on."""
        return (
            self.unchanged
            + self.relabelled
            + self.rebound
            + self.split
            + self.joined
            + self.dismissed
        )

    @property
    def left(self) -> int:
        """How many still wait."""
        return self.found - self.decided

    @property
    def right(self) -> float | None:
        """The share of those decided that were recommendations."""
        return (self.decided - self.dismissed) / self.decided if self.decided else None

    @property
    def whole(self) -> float | None:
        """The share of the recommendations there were that the reader had just right."""
        there = self.decided - self.dismissed + self.missed
        return (self.unchanged + self.relabelled) / there if there else None


COUNTED = ("unchanged", "relabelled", "rebound", "split", "joined", "dismissed", "missed")


def reports_read() -> QuerySet[Report]:
    """Reports of which a document has been read, newest reading first."""
    read = Document.objects.filter(
        report=OuterRef("pk"), purpose=Document.Purpose.REPORT, reading__isnull=False
    )
    return Report.objects.filter(Exists(read)).select_related("author").order_by("-pk")


def quality_of(reports: Sequence[Report] | None = None) -> dict[int, Quality]:
    """What became of the candidates of each report. Two queries, however many reports."""
    decisions = Decision.objects.filter(taken_back_at__isnull=True)
    candidates = Candidate.objects.filter(taken=True)
    if reports is not None:
        decisions = decisions.filter(document__report__in=reports)
        candidates = candidates.filter(reading__document__report__in=reports)
    found = _by_report(candidates, "reading__document__report")
    counts = {row.pop("document__report"): row for row in _outcomes(decisions)}
    return {pk: Quality(found=found.get(pk, 0), **counts.get(pk, {})) for pk in {*found, *counts}}


def _by_report(rows: QuerySet[Candidate], report: str) -> dict[int, int]:
    return dict(rows.order_by().values(report).annotate(n=Count("pk")).values_list(report, "n"))


def _outcomes(decisions: QuerySet[Decision]) -> list[dict[str, int]]:
    same = Q(number=F("candidate__number"), kind=F("candidate__kind"))
    accepted = Q(outcome=Outcome.ACCEPTED)
    rows = (
        decisions.order_by()
        .values("document__report")
        .annotate(
            unchanged=Count("pk", filter=accepted & same),
            relabelled=Count("pk", filter=accepted & ~same),
            rebound=Count("pk", filter=Q(outcome=Outcome.CORRECTED)),
            split=Count("candidate", filter=Q(outcome=Outcome.SPLIT), distinct=True),
            joined=Count("pk", filter=Q(outcome=Outcome.MERGED)),
            dismissed=Count("pk", filter=Q(outcome=Outcome.DISMISSED, candidate__taken=True)),
            missed=Count("pk", filter=Q(outcome=Outcome.ADDED)),
        )
    )
    return [{name: int(n) for name, n in row.items()} for row in rows]  # type: ignore[call-overload]


def total(all_of: Iterable[Quality]) -> Quality:
    """The sum over reports."""
    rows = list(all_of)
    names = ("found", *COUNTED)
    return Quality(**{name: sum(getattr(row, name) for row in rows) for name in names})
