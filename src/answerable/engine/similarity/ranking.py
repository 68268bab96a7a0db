"""Everything on the left against everything on the right, fast, and equal to one by one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from answerable.engine.similarity.analysis import Item, analyse
from answerable.engine.similarity.postings import Floats, Places, Postings
from answerable.engine.similarity.scoring import DIGITS, Compared, Likeness
from answerable.engine.similarity.statistics import Statistics, statistics_of
from answerable.engine.similarity.weighing import Weighed, weighed
from answerable.engine.similarity.weights import LEARNT, Weights

Ranked = tuple[str, list[tuple[str, Likeness]]]

FEW = 400
"""Up to as many texts all are compared by meaning; of more, those that words find likest."""
_LIKEST = 200
_TIMES_TOP = 4
_TOGETHER = 128
"""Queries that are ranked in one go: more need more memory."""


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
    by: Weights = LEARNT,
) -> Iterator[Ranked]:
    """For each text on the left the ``top`` likest on the right, likest first, ties by id.

    The same as :func:`score` of every pair, in whatever order the texts come; only where there are
    more than 400 on the right are no more compared by meaning than those that words find likest.
    The statistics are those of both sides together where none are given.
    """
    candidates = sorted(right)
    analysed = [analyse(item.text) for item in candidates]
    asked = [analyse(item.text) for item in left]
    known = statistics if statistics is not None else statistics_of([*asked, *analysed])
    index = Index(weighed(analysed, known, by), by)
    queries = weighed(asked, known, by)
    for start in range(0, len(left), _TOGETHER):
        together = queries[start : start + _TOGETHER]
        items = left[start : start + _TOGETHER]
        for item, query, values in zip(items, together, index.values(together), strict=True):
            yield item.id, _likest(item, candidates, index, query, values, top, meaning)


def _likest(
    item: Item,
    candidates: Sequence[Item],
    index: "Index",
    query: Weighed,
    values: dict[str, Floats],
    top: int,
    meaning: Meant | None,
) -> list[tuple[str, Likeness]]:
    chosen: Places = np.arange(len(candidates))
    if meaning is not None:
        if len(candidates) > FEW:
            by_words = index.scores(query, values, chosen)[1]
            chosen = np.sort(best(by_words, max(_LIKEST, _TIMES_TOP * top)))
        texts = [candidates[i].text for i in chosen]
        values = {name: value[chosen] for name, value in values.items()}
        values["meaning"] = np.clip(np.asarray(meaning.likeness(item.text, texts), float), 0.0, 1.0)
    parts, scores = index.scores(query, values, chosen)
    first = best(scores, top)
    own = zip(*(part[first].tolist() for part in parts.values()), strict=True)
    told = zip(chosen[first].tolist(), scores[first].tolist(), own, strict=True)
    return [
        (
            candidates[i].id,
            Likeness(reached, dict(zip(parts, each, strict=True)), Compared(query, index.texts[i])),
        )
        for i, reached, each in told
    ]


class Index:
    """The candidates' terms, turned round: for each term, who has it."""

    def __init__(self, texts: Sequence[Weighed], by: Weights = LEARNT) -> None:
        self.texts = texts
        self._by = by
        parts = [one.parts for one in texts]
        self._words = Postings([one.answered for one in texts])
        self._passages = Postings([part.vector for own in parts for part in own])
        self._counts = np.array([part.counts for own in parts for part in own])
        self._first = np.cumsum([0, *(len(own) for own in parts[:-1])], dtype=np.int64)
        self._same: dict[object, list[int]] = {}
        for i, one in enumerate(texts):
            self._same.setdefault(one.text.told, []).append(i)

    def values(self, queries: Sequence[Weighed]) -> Iterator[dict[str, Floats]]:
        """For each query the parts that are made of words, of every candidate, from 0 to 1."""
        if not self.texts:
            yield from ({"passage": np.zeros(0), "words": np.zeros(0)} for _ in queries)
            return
        passages = self._passages.products([query.vector for query in queries])
        words = self._words.products([query.asked for query in queries])
        for in_passages, in_words in zip(passages, words, strict=True):
            likest = np.maximum.reduceat(np.minimum(in_passages, 1.0) * self._counts, self._first)
            yield {"passage": likest, "words": np.minimum(in_words, 1.0)}

    def scores(
        self, query: Weighed, values: Mapping[str, Floats], chosen: Places
    ) -> tuple[dict[str, Floats], Floats]:
        """The weighted parts of the chosen candidates, and the score that they sum to."""
        used = self._by.of(meaning="meaning" in values)
        parts = {name: values[name] * weight for name, weight in used.items()}
        if same := self._same.get(query.text.told):
            there = np.isin(chosen, same)
            parts = {name: np.where(there, used[name], part) for name, part in parts.items()}
        whole = np.minimum(sum(parts.values(), np.zeros(len(chosen))), 1.0)
        return parts, np.round(whole, DIGITS).astype(float)


def best(scores: Floats, top: int) -> Places:
    """The places of the greatest scores, greatest first, earlier places first among equals."""
    if top < len(scores):
        least = np.partition(scores, len(scores) - top)[len(scores) - top]
        kept = np.flatnonzero(scores >= least)
    else:
        kept = np.arange(len(scores))
    return kept[np.argsort(-scores[kept], kind="stable")][:top]
