"""The index of likeness, read: which recommendations are likest to some words, out of many.

A first look sums packed postings of the words' rarest terms and takes the best few hundred; the
engine then weighs each of those exactly. Both databases hold the same bytes, so they rank alike.
A place in the index is a recommendation's serial number, which is never used again.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from answerable.engine.similarity import Analysed, Likeness, analyse, retrieval_terms, score_all
from answerable.engine.similarity.analysis import VERSION
from answerable.register.models import LikenessBlock, LikenessText, Recommendation
from answerable.register.queries.recommendations import words_of
from answerable.reports.models import Report

BLOCK = 2_048
"""So many serial numbers share a block, so that one more recommendation rewrites little."""
CANDIDATES = 300
"""As many of the first look are weighed exactly."""
PLACE = np.dtype([("at", "<u2"), ("count", "u1")])
"""One posting: the place inside its block, and how often the term stands there."""
ROW = np.dtype([("pk", "<i8"), ("report", "<i8"), ("accepted", "<i4"), ("length", "<i4")])
"""One recommendation of a block. Its length is one more than the number of words; 0 is nobody."""
LONGEST_TERM = 200
"""Characters of a term that are kept apart: what is longer is no word of any language."""
SATURATION, PER_LENGTH = 1.2, 0.75
"""How soon a repeated term says no more in the first look, and how long texts are held back."""

TERMS = {
    "sqlite": """SELECT id, term, df FROM register_likenessterm
        WHERE term IN (SELECT value FROM json_each(%s))""",
    "postgresql": "SELECT id, term, df FROM register_likenessterm WHERE term = ANY(%s)",
}
POSTINGS = {
    "sqlite": """SELECT term, block, places FROM register_likenessposting
        WHERE term IN (SELECT value FROM json_each(%s)) ORDER BY term, block""",
    "postgresql": """SELECT term, block, places FROM register_likenessposting
        WHERE term = ANY(%s) ORDER BY term, block""",
}

Mask = NDArray[np.bool_]
Serials = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Found:
    """A recommendation that was weighed, by its key."""

    pk: int
    likeness: Likeness


def packed(analysed: Analysed) -> bytes:
    """An analysis as it is kept."""
    return zlib.compress(analysed.to_json().encode(), 1)


def unpacked(content: bytes) -> Analysed:
    """What :func:`packed` made; raises OtherVersion where another version of the engine did."""
    return Analysed.from_json(zlib.decompress(content).decode())


def as_kept(term: str) -> str:
    """A term as the index keeps it."""
    return term[:LONGEST_TERM]


def counts_of(analysed: Analysed) -> dict[str, int]:
    """How often each term as it is kept stands in a text; more than 255 times is 255 times."""
    counts: dict[str, int] = {}
    for term, count in analysed.terms.items():
        kept = as_kept(term)
        counts[kept] = min(255, counts.get(kept, 0) + count)
    return counts


def _any_of(values: Collection[Any]) -> str | list[Any]:
    """The values as the one parameter of a query, however many they are."""
    found = list(values)
    return json.dumps(found) if connection.vendor == "sqlite" else found


def term_rows(terms: Collection[str]) -> dict[str, tuple[int, int]]:
    """Key and number of texts of each of ``terms`` that the index knows. One query."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS[connection.vendor], [_any_of(terms)])
        return {term: (pk, df) for pk, term, df in cursor.fetchall()}


def postings(terms: Collection[int]) -> list[tuple[int, int, bytes]]:
    """(term, block, places) of the terms with these keys. One query."""
    with connection.cursor() as cursor:
        cursor.execute(POSTINGS[connection.vendor], [_any_of(terms)])
        return [(term, block, bytes(places)) for term, block, places in cursor.fetchall()]


@dataclass
class Index:
    """The index as it stands at one moment: statistics for the engine, and the likest of it."""

    rows: "NDArray[Any]" = field(default_factory=lambda: _rows())
    known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.there: Mask = self.rows["length"] > 0
        self.count = int(self.there.sum())
        words = int(self.rows["length"][self.there].sum()) - self.count
        self.mean_length = words / self.count if self.count else 0.0

    def df(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many texts each term stands."""
        asked = {term: as_kept(term) for term in terms}
        unknown = {kept for kept in asked.values() if kept not in self.known}
        if unknown:
            self.known |= dict.fromkeys(unknown, (0, 0)) | term_rows(unknown)
        return {term: self.known[kept][1] for term, kept in asked.items()}

    def earlier_than(self, asked: date, serial: int) -> Mask:
        """Those that were asked before that day, or on it under a lower serial number."""
        days = self._asked()
        serials = np.arange(len(days))
        day = asked.toordinal()
        mask: Mask = (days < day) | ((days == day) & (serials < serial))
        return mask & self.there

    def among(self, serials: Iterable[int]) -> Mask:
        """Only these."""
        mask = np.zeros(len(self.rows), bool)
        wanted = [serial for serial in serials if serial < len(mask)]
        mask[wanted] = True
        return mask & self.there

    def _asked(self) -> NDArray[np.int64]:
        """The day on which each was asked: when its report was published, else when it was entered."""
        published = Report.objects.exclude(published_on=None)
        days = {pk: on for pk, on in published.values_list("pk", "published_on") if on}
        asked = self.rows["accepted"].astype(np.int64)
        if not days:
            return asked
        keys = np.array(sorted(days), np.int64)
        on = np.array([days[int(key)].toordinal() for key in keys], np.int64)
        at = np.minimum(np.searchsorted(keys, self.rows["report"]), len(keys) - 1)
        return np.where(keys[at] == self.rows["report"], on[at], asked)

    def first_look(self, query: Analysed, mask: Mask, most: int) -> Serials:
        """The serial numbers of the best ``most``, best first, by the sum of what they share."""
        weights = {as_kept(t): w for t, w in reversed(retrieval_terms(query, self)) if w > 0}
        self.df(weights)
        keys = {self.known[t][0]: w for t, w in weights.items() if self.known[t][1]}
        rows = postings(sorted(keys))
        if not rows:
            return np.zeros(0, np.int64)
        # Terms have other keys on another machine; sums of floats must not depend on their order.
        rows.sort(key=lambda row: (-keys[row[0]], row[1]))
        scores = self._summed(rows, keys)
        scores[~mask] = 0.0
        return _best(scores, most)

    def _summed(
        self, rows: Sequence[tuple[int, int, bytes]], weights: Mapping[int, float]
    ) -> NDArray[np.float64]:
        sizes = [len(places) // PLACE.itemsize for _, _, places in rows]
        found = np.frombuffer(b"".join(places for *_, places in rows), PLACE)
        at = found["at"] + np.repeat([block * BLOCK for _, block, _ in rows], sizes)
        weight = np.repeat([weights[term] for term, _, _ in rows], sizes)
        count = found["count"].astype(float)
        longer = (self.rows["length"][at] - 1) / (self.mean_length or 1.0)
        held = SATURATION * (1 - PER_LENGTH + PER_LENGTH * longer)
        summed: NDArray[np.float64] = np.bincount(
            at, weight * count / (count + held), len(self.rows)
        ).astype(float)
        return summed

    def likest(
        self, query: Analysed, *, mask: Mask | None = None, most: int = CANDIDATES
    ) -> list[Found]:
        """The candidates of the first look, each weighed, likest first; ties by serial number."""
        serials = self.first_look(query, self.there if mask is None else mask, most)
        keys = [int(pk) for pk in self.rows["pk"][serials]]
        texts = analyses(keys)
        pairs = [(pk, serial) for pk, serial in zip(keys, serials, strict=True) if pk in texts]
        weighed = score_all(query, [texts[pk] for pk, _ in pairs], self)
        order = sorted(
            zip(pairs, weighed, strict=True), key=lambda each: (-each[1].score, each[0][1])
        )
        return [Found(pk, likeness) for (pk, _), likeness in order if likeness.score > 0]


def _rows() -> "NDArray[Any]":
    blocks = {b: bytes(rows) for b, rows in LikenessBlock.objects.values_list("block", "rows")}
    found = np.zeros((max(blocks, default=-1) + 1) * BLOCK, ROW)
    for block, rows in blocks.items():
        here = np.frombuffer(rows, ROW)
        found[block * BLOCK : block * BLOCK + len(here)] = here
    return found


def _best(scores: NDArray[np.float64], most: int) -> Serials:
    """The places of the greatest scores above 0, greatest first, lower places first among equals."""
    scores = np.round(scores, 9)
    kept = np.flatnonzero(scores > 0)
    if len(kept) > most:
        least = np.partition(scores[kept], len(kept) - most)[len(kept) - most]
        kept = kept[scores[kept] >= least]
    return kept[np.argsort(-scores[kept], kind="stable")][:most].astype(np.int64)


def analyses(keys: Collection[int]) -> dict[int, Analysed]:
    """The analysis of each recommendation; made anew where another version of the engine wrote it."""
    rows = LikenessText.objects.filter(pk__in=keys).values_list("pk", "version", "content")
    found, outdated = {}, []
    for pk, version, content in rows:
        if version == VERSION:
            found[pk] = unpacked(bytes(content))
        else:
            outdated.append(pk)
    again = Recommendation.objects.filter(pk__in=outdated) if outdated else ()
    found |= {one.pk: analyse(words_of(one)) for one in again}
    return found
