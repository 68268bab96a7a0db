"""Everything on the left against everything on the right, fast, and equal to one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from answerable.engine.similarity.analysis import Item, analyse
from answerable.engine.similarity.scoring import DIGITS, Compared, Likeness, weights
from answerable.engine.similarity.statistics import Statistics, statistics_of
from answerable.engine.similarity.weighing import Vector, Weighed, weighed

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

Ranked = tuple[str, list[tuple[str, Likeness]]]


class Meant(Protocol):
    """A model of meaning, as far as ranking needs one."""

    def likeness(self, query: str, candidates: Sequence[str]) -> Sequence[float]:
        """How alike in meaning each candidate is to the query, from 0 to 1."""


def rank(
    left: Sequence[Item],
    right: Sequence[Item],
    *,
    top: int,
    meaning: Meant | None = None,
    statistics: Statistics | None = None,
) -> Iterator[Ranked]:
    """For each text on the left the ``top`` likest on the right, likest first, ties by id.

    The same as :func:`score` of every pair, in whatever order the texts come. The statistics are
    those of the texts on the right where none are given.
    """
    candidates = sorted(right)
    analysed = [analyse(item.text) for item in candidates]
    known = statistics if statistics is not None else statistics_of(analysed)
    index = _Index(weighed(analysed, known))
    queries = weighed([analyse(item.text) for item in left], known)
    texts = [item.text for item in candidates]
    for item, query in zip(left, queries, strict=True):
        means = None if meaning is None else np.asarray(meaning.likeness(item.text, texts), float)
        yield item.id, [(candidates[i].id, one) for i, one in index.likest(query, top, means)]


@dataclass(frozen=True)
class _Postings:
    """For each term where it stands and with what weight."""

    starts: Mapping[str, tuple[int, int]]
    places: Places
    values: Floats

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> "_Postings":
        found: dict[str, list[tuple[int, float]]] = {}
        for place, vector in enumerate(vectors):
            for term, value in vector.items():
                found.setdefault(term, []).append((place, value))
        starts: dict[str, tuple[int, int]] = {}
        places: list[int] = []
        values: list[float] = []
        for term, posted in found.items():
            starts[term] = (len(places), len(places) + len(posted))
            places += [p for p, _ in posted]
            values += [v for _, v in posted]
        return cls(starts, np.array(places, np.int64), np.array(values, float))

    def product(self, query: Vector, size: int) -> Floats:
        """The product of the query with each of the ``size`` vectors."""
        own = [(self.starts[t], w) for t, w in query.items() if t in self.starts]
        if not own:
            return np.zeros(size)
        places = np.concatenate([self.places[a:b] for (a, b), _ in own])
        values = np.concatenate([self.values[a:b] * w for (a, b), w in own])
        return np.bincount(places, values, size).astype(float)


class _Index:
    """The candidates' terms, turned round: for each term, who has it."""

    def __init__(self, candidates: Sequence[Weighed]) -> None:
        self._all = candidates
        self._same: dict[object, list[int]] = {}
        for i, one in enumerate(candidates):
            self._same.setdefault(one.text.told, []).append(i)
        self._words = _Postings.of([one.answered for one in candidates])
        self._phrases = _Postings.of([one.vector for one in candidates])
        self._passages = _Postings.of([p for one in candidates for p in one.passages])
        counts = [len(one.passages) for one in candidates]
        self._first: Places = np.cumsum([0, *counts[:-1]], dtype=np.int64)
        self._rows = sum(counts)

    def likest(self, query: Weighed, top: int, means: Floats | None) -> list[tuple[int, Likeness]]:
        size = len(self._all)
        if not size:
            return []
        passages = self._passages.product(query.vector, self._rows)
        values = {
            "words": self._words.product(query.asked, size),
            "phrases": self._phrases.product(query.vector, size),
            "passage": np.maximum.reduceat(passages, self._first),
        }
        if means is not None:
            values["meaning"] = np.clip(means, 0.0, 1.0)
        used = weights(meaning=means is not None)
        same = self._same.get(query.text.told, [])
        parts = {}
        for name, weight in used.items():
            values[name][same] = 1.0
            parts[name] = np.minimum(values[name], 1.0) * weight
        scores = np.round(np.minimum(sum(parts.values()), 1.0), DIGITS)
        return [
            (
                int(i),
                Likeness(
                    float(scores[i]),
                    {name: float(part[i]) for name, part in parts.items()},
                    Compared(query, self._all[i]),
                ),
            )
            for i in _best(scores, top)
        ]


def _best(scores: Floats, top: int) -> Places:
    """The places of the greatest scores, greatest first, earlier places first among equals."""
    if top < len(scores):
        least = np.partition(scores, len(scores) - top)[len(scores) - top]
        kept = np.flatnonzero(scores >= least)
    else:
        kept = np.arange(len(scores))
    return kept[np.argsort(-scores[kept], kind="stable")][:top]
