"""A whole report beside everything asked before it: for each recommendation, what it likeliest repeats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from django.urls import reverse

from answerable.accounts.models import Person
from answerable.desk.records.likenesses import ProposalShown
from answerable.desk.records.rows import label_of, shortened
from answerable.register.models import Recommendation
from answerable.register.queries import recommendations
from answerable.register.queries.likeness import CHANCE, best_for, waiting_beside
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory
from answerable.reports.models import Report

A_FEW = 20
"""So many recommendations are compared with the whole register at once."""
BEST = 3
"""So many earlier ones of each are looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """One recommendation of the report, with what was decided of it and the likeliest that waits."""

    recommendation: Recommendation
    decided: Sequence[ProposalShown]
    open: ProposalShown | None

    @property
    def label(self) -> str:
        """What the report calls it."""
        return label_of(self.recommendation.get_kind_display(), self.recommendation.number)

    @property
    def words(self) -> str:
        """How it begins."""
        return shortened(words_of(self.recommendation))

    @property
    def href(self) -> str:
        """All that it may repeat."""
        return reverse("desk:likenesses", args=[self.recommendation.reference])

    @property
    def open_href(self) -> str:
        """Beside the likeliest that waits, on the way through the report."""
        return f"{self.open.href}?report=1" if self.open else ""

    @property
    def waits(self) -> bool:
        """Whether a relation is likelier than none, and nobody has said anything of it."""
        return self.open is not None and not self.decided and self.open.proposal.related >= CHANCE


@dataclass(frozen=True)
class ReportLikenesses:
    """What the recommendations of ``report`` may repeat, as ``person`` may know it."""

    person: Person
    report: Report
    memory: Memory

    @cached_property
    def keys(self) -> list[int]:
        """Its recommendations that ``person`` may know of, in order; what was withdrawn is left out."""
        rows = recommendations.seen_by(self.person).filter(
            report=self.report, withdrawn_at__isnull=True
        )
        return list(rows.order_by("serial").values_list("pk", flat=True))

    def rows(self, keys: Sequence[int]) -> list[Row]:
        """The recommendations with these keys. A constant number of queries."""
        those = Recommendation.objects.filter(pk__in=keys).order_by("serial")
        found = list(those.select_related("report").prefetch_related("corrections"))
        best = best_for(self.person, found, top=BEST, memory=self.memory)
        return [self._row(one, [ProposalShown(p, one) for p in best[one.pk]]) for one in found]

    def _row(self, here: Recommendation, shown: Sequence[ProposalShown]) -> Row:
        others = [one for one in shown if not one.proposal.same_report]
        decided = [one for one in others if not one.is_open]
        return Row(here, decided, next((one for one in others if one.is_open), None))

    def after(self, here: Recommendation) -> str:
        """Where the next one waits: after ``here``, else from the top; nothing where none does."""
        return next((row.open_href for row in self._onward(here) if row.waits), "")

    def _onward(self, here: Recommendation) -> Iterator[Row]:
        at = self.keys.index(here.pk) if here.pk in self.keys else 0
        pages = [self.keys[n : n + A_FEW] for n in range(0, len(self.keys), A_FEW)]
        own = at // A_FEW
        for number in (*range(own, len(pages)), *range(own + 1)):
            for row in self.rows(pages[number]):
                if row.recommendation.pk != here.pk:
                    yield row


@dataclass(frozen=True, slots=True)
class OfReport:
    """The way to compare a report with everything before it, and how many seem to need it."""

    href: str
    waiting: int


def waiting_in(person: Person, report: Report) -> OfReport | None:
    """How many of its recommendations wait; None where none is in the register yet. One query.

    Counted is what the background worker has found: just after entry it may not have looked yet.
    """
    rows = recommendations.seen_by(person).filter(report=report, withdrawn_at__isnull=True)
    counted = rows.annotate(beside=waiting_beside()).aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(beside__gt=0))
    )
    if not counted["all"]:
        return None
    return OfReport(reverse("desk:report_likenesses", args=[report.pk]), counted["waiting"])
