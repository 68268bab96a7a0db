"""How well the reader reads in real use, by who made the report, by version, and by how sure it was.

Everything is counted from the decisions that stand, each time anew: nothing is kept beside them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Floor

from answerable.accounts.models import Body
from answerable.reports.models import Candidate, Decision, Document
from answerable.reports.queries.decisions import Outcome
from answerable.reports.queries.quality import PROPOSED, Quality, finished, grouped, total


@dataclass(frozen=True, slots=True)
class Row:
    """One maker or one version: all that was decided, and of it the documents checked to the end."""

    name: str
    all: Quality
    finished: Quality

    @property
    def precision(self) -> float | None:
        """The share of what was proposed and decided that was right."""
        return self.all.right

    @property
    def recall(self) -> float | None:
        """The share of what was there that was found, in documents checked to the end."""
        return self.finished.recall


@dataclass(frozen=True, slots=True)
class Band:
    """Those of which the reader was about equally sure: how many were decided, and were right."""

    tenths: int
    decided: int
    right: int
    expected: float

    @property
    def words(self) -> str:
        """What the checking page says of them."""
        return Candidate(confidence=self.tenths / 10).sure_words

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.decided


@dataclass(frozen=True, slots=True)
class Review:
    """What real use says of the reader."""

    everything: Row
    makers: tuple[Row, ...]
    versions: tuple[Row, ...]
    bands: tuple[Band, ...]
    documents: int
    checked: int

    @property
    def away(self) -> float | None:
        """How far what it is sure of lies from what was right, on average (expected calibration error)."""
        decided = sum(band.decided for band in self.bands)
        if not decided:
            return None
        return sum(abs(b.share - b.expected) * b.decided for b in self.bands) / decided


def review() -> Review:
    """Everything, counted now. Seven queries, however much there is."""
    ended = finished()
    every, whole = (grouped(*_BY, only=only) for only in (None, ended))
    names = dict(Body.objects.filter(pk__in={pk for pk, _ in every}).values_list("pk", "name"))
    read = Document.objects.filter(purpose=Document.Purpose.REPORT, reading__isnull=False)
    count = read.aggregate(read=Count("pk"), checked=Count("pk", filter=ended))
    return Review(
        everything=Row("Everything", total(every.values()), total(whole.values())),
        makers=_rows(every, whole, lambda key: names[key[0]]),
        versions=_rows(every, whole, lambda key: str(key[1] or "not known")),
        bands=bands(),
        documents=count["read"],
        checked=count["checked"],
    )


_BY = ("report__author", "reading__engine")
Groups = Mapping[tuple[Any, ...], Quality]


def _rows(every: Groups, whole: Groups, name: Callable[[tuple[Any, ...]], str]) -> tuple[Row, ...]:
    """The groups summed under their names, by name."""
    keys: dict[str, list[tuple[Any, ...]]] = {}
    for key in every:
        keys.setdefault(name(key), []).append(key)
    return tuple(
        Row(
            named,
            total(every[key] for key in of),
            total(whole[key] for key in of if key in whole),
        )
        for named, of in sorted(keys.items(), key=lambda pair: pair[0].casefold())
    )


def bands() -> tuple[Band, ...]:
    """What was decided, by how sure the reader had been of it, surest first. One query."""
    rows = (
        # Of a split only the first part, so that each candidate counts once.
        Decision.objects.filter(PROPOSED, taken_back_at__isnull=True, part__lt=2)
        .order_by()
        .annotate(tenths=Floor(F("candidate__confidence") * 10 + 0.5))
        .values("tenths")
        .annotate(
            decided=Count("pk"),
            wrong=Count("pk", filter=Q(outcome=Outcome.DISMISSED)),
            sure=Sum("candidate__confidence"),
        )
    )
    found = [
        Band(int(r["tenths"]), r["decided"], r["decided"] - r["wrong"], r["sure"] / r["decided"])
        for r in rows
    ]
    return tuple(sorted(found, key=lambda band: -band.tenths))
