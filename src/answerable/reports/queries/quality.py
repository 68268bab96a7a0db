"""How well the reader reads in real use: what people made of what it proposed, by report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from answerable.reports.models import Candidate, Decision, Document, Report
from answerable.reports.queries.decisions import Outcome
from answerable.reports.queries.reports import OWN

PROPOSED = Q(candidate__taken=True) & ~Q(candidate__kind__in=Candidate.APART)
"""Decisions on what the reader proposed as asked for by the document itself."""


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
    def recall(self) -> float | None:
        """The share of the recommendations there were of which the reader found something."""
        there = self.decided - self.dismissed + self.missed
        return (self.decided - self.dismissed) / there if there else None

    @property
    def exact(self) -> float | None:
        """The share of what it found rightly that had just the right words."""
        right = self.decided - self.dismissed
        return (self.unchanged + self.relabelled) / right if right else None

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
    only = Q(report__in=reports) if reports is not None else Q()
    return {pk: row for (pk,), row in grouped("report", only=only).items()}


def grouped(*by: str, only: Q | None = None) -> dict[tuple[Any, ...], Quality]:
    """What became of the candidates, by the values of fields of their documents. Two queries.

    ``only`` narrows the documents that are counted.
    """
    documents = Document.objects.filter(only or Q(), purpose=Document.Purpose.REPORT)
    candidates = Candidate.objects.filter(OWN, reading__document__in=documents)
    decisions = Decision.objects.filter(taken_back_at__isnull=True, document__in=documents)
    found = _counted(candidates, [f"reading__document__{field}" for field in by])
    names = [f"document__{field}" for field in by]
    counts = {tuple(row.pop(n) for n in names): row for row in _outcomes(decisions, names)}
    keys = {*found, *counts}
    return {key: Quality(found=found.get(key, 0), **counts.get(key, {})) for key in keys}


def finished() -> Q:
    """Documents of which everything proposed has been decided: only there is what was missed known."""
    decided = Decision.objects.filter(candidate=OuterRef("pk"), taken_back_at__isnull=True)
    waiting = Candidate.objects.filter(OWN, ~Exists(decided), reading__document=OuterRef("pk"))
    return Q(~Exists(waiting), reading__isnull=False)


def _counted(rows: QuerySet[Candidate], by: Sequence[str]) -> dict[tuple[Any, ...], int]:
    counts = rows.order_by().values(*by).annotate(n=Count("pk")).values_list(*by, "n")
    return {tuple(key): n for *key, n in counts}


def _outcomes(decisions: QuerySet[Decision], by: Sequence[str]) -> list[dict[str, Any]]:
    same = Q(number=F("candidate__number"), kind=F("candidate__kind"))
    accepted = PROPOSED & Q(outcome=Outcome.ACCEPTED)
    # A passage that the reader did not propose may also enter by being split or merged.
    otherwise = ~PROPOSED & Q(outcome__in=(Outcome.SPLIT, Outcome.CORRECTED))
    rows = (
        decisions.order_by()
        .values(*by)
        .annotate(
            unchanged=Count("pk", filter=accepted & same),
            relabelled=Count("pk", filter=accepted & ~same),
            rebound=Count("pk", filter=PROPOSED & Q(outcome=Outcome.CORRECTED)),
            split=Count("candidate", filter=PROPOSED & Q(outcome=Outcome.SPLIT), distinct=True),
            joined=Count("pk", filter=PROPOSED & Q(outcome=Outcome.MERGED)),
            dismissed=Count("pk", filter=PROPOSED & Q(outcome=Outcome.DISMISSED)),
            missed=Count("pk", filter=Q(outcome=Outcome.ADDED) | otherwise),
        )
    )
    return list(rows)


def total(all_of: Iterable[Quality]) -> Quality:
    """The sum over reports."""
    rows = list(all_of)
    names = ("found", *COUNTED)
    return Quality(**{name: sum(getattr(row, name) for row in rows) for name in names})
