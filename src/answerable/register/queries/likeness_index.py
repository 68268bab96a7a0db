"""The index of likeness, read: which recommendations are likest to some words, out of many.

A first look sums packed postings of the words' rarest terms and takes the best hundred; the
engine then weighs each of those exactly. Both databases hold the same bytes, so they rank alike.
A place in the index is a recommendation's serial number, which is never used again.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from answerable.engine.loose_dates import latest_day
from answerable.engine.similarity import Analysed, Likeness, analyse, retrieval_terms, score_all
from answerable.engine.similarity.analysis import VERSION
from answerable.engine.similarity.meaning import Meaning
from answerable.register.models import LikenessBlock, LikenessText, Recommendation
from answerable.register.queries import meanings
from answerable.register.queries.keys import these
from answerable.register.queries.recommendations import words_compared
from answerable.reports.models import Report

BLOCK = 2_048
"""So many serial numbers share a block, so that one more recommendation rewrites little."""
MEANT = 50
"""As many of those are weighed again with what they mean, where meanings are compared."""
CANDIDATES = 100
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
IN_BLOCK = {
    "sqlite": """SELECT p.term, p.places FROM json_each(%s) AS asked
        JOIN register_likenessposting AS p ON p.term = asked.value AND p.block = %s""",
    "postgresql": """SELECT term, places FROM register_likenessposting
        WHERE term = ANY(%s) AND block = %s""",
}

Mask = NDArray[np.bool_]
Serials = NDArray[np.int64]


@dataclass(frozen=True)
class Sought:
    """What is looked for, and among which recommendations."""

    words: str
    mask: Mask

    @cached_property
    def analysed(self) -> Analysed:
        """The words, taken apart."""
        return analyse(self.words)


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


def postings_in(block: int, terms: Collection[int]) -> dict[int, bytes]:
    """The places of the terms with these keys inside one block. One query."""
    with connection.cursor() as cursor:
        cursor.execute(IN_BLOCK[connection.vendor], [_any_of(terms), block])
        return {term: bytes(places) for term, places in cursor.fetchall()}


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
        days, day = self._asked, asked.toordinal()
        mask: Mask = (days < day) | ((days == day) & (np.arange(len(days)) < serial))
        return mask & self.there

    def among(self, serials: Iterable[int]) -> Mask:
        """Only these."""
        mask = np.zeros(len(self.rows), bool)
        wanted = [serial for serial in serials if serial < len(mask)]
        mask[wanted] = True
        return mask & self.there

    @cached_property
    def _asked(self) -> NDArray[np.int64]:
        """The day on which each was asked, as :func:`answerable.register.queries.links.asked_day`."""
        asked = self.rows["accepted"].astype(np.int64)
        told = Report.objects.exclude(published_on=None, published_words="")
        sure, loose = {}, {}
        for pk, on, words in told.values_list("pk", "published_on", "published_words"):
            if on:
                sure[pk] = on.toordinal()
            elif latest := latest_day(words):
                loose[pk] = latest.toordinal()
        asked = np.minimum(asked, _looked_up(loose, self.rows["report"], asked))
        return _looked_up(sure, self.rows["report"], asked)

    def first_look(self, sought: Sequence[Sought], most: int) -> list[Serials]:
        """For each the serial numbers of the best ``most``, best first. Two queries for all."""
        self.df({term for one in sought for term in one.analysed.terms})
        wanted = [self._wanted(one) for one in sought]
        found: dict[int, list[tuple[int, bytes]]] = {}
        for term, block, places in postings({key for weights in wanted for key in weights}):
            found.setdefault(term, []).append((block, places))
        looked = []
        for one, weights in zip(sought, wanted, strict=True):
            # Terms have other keys on another machine: their order must not depend on them.
            order = sorted(weights, key=lambda key: (-weights[key], key))
            rows = [(weights[k], block, places) for k in order for block, places in found[k]]
            scores = self._summed(rows)
            scores[~one.mask] = 0.0
            looked.append(_best(scores, most))
        return looked

    def _wanted(self, sought: Sought) -> dict[int, float]:
        """The keys of the terms to look for, with the weight of each."""
        weights = {as_kept(t): w for t, w in retrieval_terms(sought.analysed, self) if w > 0}
        self.df(weights)
        return {self.known[t][0]: w for t, w in weights.items() if self.known[t][1]}

    def _summed(self, rows: Sequence[tuple[float, int, bytes]]) -> NDArray[np.float64]:
        sizes = [len(places) // PLACE.itemsize for _, _, places in rows]
        found = np.frombuffer(b"".join(places for *_, places in rows), PLACE)
        at = found["at"] + np.repeat(np.array([b * BLOCK for _, b, _ in rows], np.int64), sizes)
        weight = np.repeat([weight for weight, *_ in rows], sizes)
        count = found["count"].astype(float)
        longer = (self.rows["length"][at] - 1) / (self.mean_length or 1.0)
        held = SATURATION * (1 - PER_LENGTH + PER_LENGTH * longer)
        summed = np.bincount(at, weight * count / (count + held), len(self.rows))
        return summed.astype(np.float64)

    def likest(self, sought: Sequence[Sought], *, most: int = CANDIDATES) -> list[list[Found]]:
        """For each the candidates of the first look, weighed, likest first; ties by serial number.

        As many queries for many as for one.
        """
        looked = self.first_look(sought, most)
        model = meanings.model() if meanings.are_stored() else None
        if model is not None:
            looked = self._with_near(sought, looked, model)
        texts = analyses({int(pk) for serials in looked for pk in self.rows["pk"][serials]})
        self.df({term for text in texts.values() for term in text.terms})
        found = [
            self._weighed(one.analysed, serials, texts)
            for one, serials in zip(sought, looked, strict=True)
        ]
        return found if model is None else self._by_meaning(sought, found, texts, model)

    def _weighed(
        self, query: Analysed, serials: Serials, texts: Mapping[int, Analysed]
    ) -> list[Found]:
        keys = [int(pk) for pk in self.rows["pk"][np.sort(serials)] if int(pk) in texts]
        return self._in_order(keys, score_all(query, [texts[pk] for pk in keys], self))

    def _in_order(self, keys: Sequence[int], scored: Sequence[Likeness]) -> list[Found]:
        found = [Found(pk, one) for pk, one in zip(keys, scored, strict=True) if one.score > 0]
        return sorted(found, key=lambda one: -one.likeness.score)

    # --- Where meanings are compared too ---

    def _with_near(
        self, sought: Sequence[Sought], looked: Sequence[Serials], model: Meaning
    ) -> list[Serials]:
        """What the first look found, and what is nearest in meaning."""
        stored = meanings.vectors()
        wider = []
        for one, serials in zip(sought, looked, strict=True):
            [query] = model.vectors([one.words])
            near = stored.nearest(query, self.rows["pk"][one.mask], MEANT)
            also = np.flatnonzero(np.isin(self.rows["pk"], near) & one.mask)
            wider.append(np.union1d(serials, also).astype(np.int64))
        return wider

    def _by_meaning(
        self,
        sought: Sequence[Sought],
        found: Sequence[Sequence[Found]],
        texts: Mapping[int, Analysed],
        model: Meaning,
    ) -> list[list[Found]]:
        """The best of each weighed again with what they mean."""
        stored = meanings.vectors()
        best = []
        for one, some in zip(sought, found, strict=True):
            [query] = model.vectors([one.words])
            near = {f.pk: f.likeness.score + stored.cosine(query, f.pk) for f in some}
            best.append(sorted(sorted(near), key=lambda pk: -near[pk])[:MEANT])
        rows = Recommendation.objects.filter(pk__in=these({pk for keys in best for pk in keys}))
        words = {r.pk: words_compared(r) for r in rows.prefetch_related("corrections")}
        again = []
        for one, keys in zip(sought, best, strict=True):
            keys = sorted(keys, key=lambda pk: int(np.flatnonzero(self.rows["pk"] == pk)[0]))
            means = model.likeness(one.words, [words[pk] for pk in keys])
            scored = score_all(one.analysed, [texts[pk] for pk in keys], self, means)
            again.append(self._in_order(keys, scored))
        return again


def _looked_up(
    values: Mapping[int, int], keys: "NDArray[Any]", other: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The value of each key; that of ``other`` where it has none."""
    if not values:
        return other
    known = np.array(sorted(values), np.int64)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found = np.array([values[int(key)] for key in known], np.int64)[at]
    return np.where(known[at] == keys, found, other)


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
    stored = LikenessText.objects.filter(pk__in=these(keys))
    rows = stored.values_list("pk", "version", "content")
    found, outdated = {}, []
    for pk, version, content in rows:
        if version == VERSION:
            found[pk] = unpacked(bytes(content))
        else:
            outdated.append(pk)
    if outdated:
        again = Recommendation.objects.filter(pk__in=these(outdated))
        found |= {r.pk: analyse(words_compared(r)) for r in again.prefetch_related("corrections")}
    return found
