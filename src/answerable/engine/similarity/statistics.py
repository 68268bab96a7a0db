"""How common each term is among the texts that are compared."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from answerable.engine.similarity.analysis import Analysed


class Statistics(Protocol):
    """What a likeness has to know of a collection: no text, only counts."""

    @property
    def count(self) -> int:
        """How many texts there are."""

    @property
    def mean_length(self) -> float:
        """Of how many words that are not plain they are made, on average."""

    def df(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many texts each term stands; a term that is in none may be left out."""


@dataclass(frozen=True)
class Counted:
    """Statistics held in memory."""

    count: int
    mean_length: float
    counts: Mapping[str, int]

    def df(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many texts each term stands."""
        return {term: self.counts.get(term, 0) for term in terms}


def statistics_of(texts: Iterable[Analysed]) -> Counted:
    """The statistics of some texts."""
    counts: Counter[str] = Counter()
    lengths = []
    for text in texts:
        counts.update(text.terms.keys())
        lengths.append(text.length)
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    return Counted(len(lengths), mean, counts)


def rarity(df: int, count: int) -> float:
    """What a term says by being rare: above 0, the greater the fewer texts have it."""
    return math.log(1 + (count - min(df, count) + 0.5) / (min(df, count) + 0.5))
