"""A text weighed for comparison: what each of its terms says in this collection."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from answerable.engine.similarity.analysis import Analysed
from answerable.engine.similarity.statistics import Statistics, rarity

Vector = Mapping[str, float]

SATURATION = 1.2
LENGTH = 0.75
"""How soon a repeated word says no more, and how much a long text must have more of it (BM25)."""


@dataclass(frozen=True)
class Weighed:
    """An analysed text with the weight of each of its terms."""

    text: Analysed
    idf: Mapping[str, float]
    mean_length: float

    @cached_property
    def asked(self) -> Vector:
        """As a question: each stem's share of what a perfect answer would have; they sum to 1."""
        own = {t: n * self.idf[t] for t, n in self.text.terms.items() if " " not in t}
        whole = sum(own.values()) or 1.0
        return {t: w / whole for t, w in own.items()}

    @cached_property
    def answered(self) -> Vector:
        """As an answer: how far each stem is there, from 0 to 1 (BM25's saturation)."""
        norm = SATURATION * (1 - LENGTH + LENGTH * self.text.length / (self.mean_length or 1.0))
        return {
            t: min(1.0, n * (SATURATION + 1) / (n + norm))
            for t, n in self.text.terms.items()
            if " " not in t
        }

    @cached_property
    def vector(self) -> Vector:
        """Stems and phrases by rarity, of length 1 (TF-IDF)."""
        return self._unit(self.text.terms)

    @cached_property
    def passages(self) -> Sequence[Vector]:
        """The same for each passage."""
        return [self._unit(terms) for terms in self.text.passages]

    def _unit(self, terms: Mapping[str, int]) -> Vector:
        weights = {t: (1 + math.log(n)) * self.idf[t] for t, n in terms.items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {t: w / length for t, w in weights.items()}


def weighed(texts: Sequence[Analysed], statistics: Statistics) -> list[Weighed]:
    """Each text weighed, with one question to the statistics."""
    df = statistics.df({term for text in texts for term in text.terms})
    count = statistics.count
    known = {term: rarity(n, count) for term, n in df.items()}
    unseen = rarity(0, count)
    return [
        Weighed(text, {t: known.get(t, unseen) for t in text.terms}, statistics.mean_length)
        for text in texts
    ]


def product(one: Vector, other: Vector) -> dict[str, float]:
    """What each term adds to the product of two vectors."""
    return {t: w * other[t] for t, w in one.items() if t in other}


def total(shares: Iterable[float]) -> float:
    """Their sum, not above 1 by the last digit."""
    return min(1.0, math.fsum(shares))
