"""A text weighed for comparison: what each of its terms says in this collection."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from answerable.engine.similarity.analysis import Analysed
from answerable.engine.similarity.statistics import Statistics, rarity
from answerable.engine.similarity.weights import LEARNT, Weights

Vector = Mapping[str, float]

SATURATION = 1.2
LENGTH = 0.3
"""How soon a repeated word says no more, and how much a long text must have more of it (BM25)."""
_MOST_LACKING = 3
"""As many words that tell of a lack are counted."""


class Part(NamedTuple):
    """A passage as a vector of length 1, and what it counts for by telling of a lack (to 1)."""

    vector: Vector
    counts: float


@dataclass(frozen=True)
class Weighed:
    """An analysed text with the weight of each of its terms."""

    text: Analysed
    idf: Mapping[str, float]
    mean_length: float
    by: Weights = LEARNT

    @cached_property
    def asked(self) -> Vector:
        """As a question: each stem's share of what a perfect answer would have; they sum to 1."""
        own = {t: n * self.idf[t] for t, n in self.text.terms.items() if is_stem(t)}
        whole = math.fsum(own.values()) or 1.0
        return {t: w / whole for t, w in own.items()}

    @cached_property
    def answered(self) -> Vector:
        """As an answer: how far each stem is there, from 0 to 1 (BM25's saturation)."""
        norm = SATURATION * (1 - LENGTH + LENGTH * self.text.length / (self.mean_length or 1.0))
        return {t: n / (n + norm) for t, n in self.text.terms.items() if is_stem(t)}

    @cached_property
    def vector(self) -> Vector:
        """Stems, phrases and groups of near words by rarity, of length 1 (TF-IDF)."""
        return self._unit(self.text.terms)

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Its passages."""
        lack = self.by.lacking
        return [
            Part(
                self._unit(passage.terms),
                (1 + lack * min(passage.lacking, _MOST_LACKING) / _MOST_LACKING) / (1 + lack),
            )
            for passage in self.text.passages(self.by.sentences)
        ]

    def _unit(self, terms: Mapping[str, int]) -> Vector:
        idf, near = self.idf, self.by.near
        weights = {
            t: (1 + math.log(n)) * idf[t] * (near if t[0] == "#" else 1.0) for t, n in terms.items()
        }
        length = math.sqrt(math.fsum(w * w for w in weights.values())) or 1.0
        return {t: w / length for t, w in weights.items()}


def is_stem(term: str) -> bool:
    """Whether a term is one word, neither a phrase nor a group of near words."""
    return " " not in term and term[0] != "#"


def weighed(
    texts: Sequence[Analysed], statistics: Statistics, by: Weights = LEARNT
) -> list[Weighed]:
    """Each text weighed, with one question to the statistics."""
    df = statistics.df({term for text in texts for term in text.terms})
    count = statistics.count
    known = {term: rarity(n, count) for term, n in df.items()}
    unseen = rarity(0, count)
    return [
        Weighed(text, {t: known.get(t, unseen) for t in text.terms}, statistics.mean_length, by)
        for text in texts
    ]


def product(one: Vector, other: Vector) -> dict[str, float]:
    """What each term adds to the product of two vectors."""
    return {t: w * other[t] for t, w in one.items() if t in other}


def total(shares: Iterable[float]) -> float:
    """Their sum, not above 1 by the last digit."""
    return min(1.0, math.fsum(shares))
