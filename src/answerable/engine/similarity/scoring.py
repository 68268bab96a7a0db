"""How alike two texts are: parts that are each between 0 and 1, joined by learnt weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from answerable.engine.similarity.analysis import Analysed
from answerable.engine.similarity.explaining import Why, explained
from answerable.engine.similarity.statistics import Statistics
from answerable.engine.similarity.weighing import Vector, Weighed, product, total, weighed

DIGITS = 6
"""To which a score is rounded, so that two machines agree."""


UNRELATED = 0.35
"""Up to this a model finds texts alike that have nothing to do with each other."""


@dataclass
class Compared:
    """What each term adds to each part."""

    query: Weighed
    candidate: Weighed

    @cached_property
    def same(self) -> bool:
        """Whether both say the same in the same order."""
        return self.query.text.told == self.candidate.text.told

    @cached_property
    def shares(self) -> Mapping[str, Mapping[str, float]]:
        """For each part that is made of words, what each shared term adds to it."""
        return {
            "passage": self._passage(),
            "words": product(self.query.asked, self.candidate.answered),
        }

    def _passage(self) -> dict[str, float]:
        most, best = 0.0, dict[str, float]()
        for vector, counts in self.candidate.parts:
            shared = product(self.query.vector, vector)
            if (reached := total(shared.values()) * counts) > most:
                most, best = reached, {t: w * counts for t, w in shared.items()}
        return best


@dataclass
class Likeness:
    """How alike: ``score`` from 0 to 1, the weighted ``parts`` that sum to it, and ``why``."""

    score: float
    parts: Mapping[str, float]
    compared: Compared

    @cached_property
    def why(self) -> Why:
        """What both have and what only one of them has, with its share of the score."""
        used = self.compared.query.by.of(meaning="meaning" in self.parts)
        by_term: dict[str, float] = {}
        for part, shares in self.compared.shares.items():
            for term, share in shares.items():
                by_term[term] = by_term.get(term, 0.0) + share * used[part]
        meaning = self.parts.get("meaning", 0.0)
        return explained(
            self.compared.query.text,
            self.compared.candidate.text,
            by_term,
            meaning=meaning,
            meant=meaning > UNRELATED * used.get("meaning", 0.0),
        )


def likeness(query: Weighed, candidate: Weighed, meaning: float | None) -> Likeness:
    """The likeness of two weighed texts."""
    compared = Compared(query, candidate)
    used = query.by.of(meaning=meaning is not None)
    if compared.same:
        values = dict.fromkeys(used, 1.0)
    else:
        values = {name: total(shares.values()) for name, shares in compared.shares.items()}
        if meaning is not None:
            values["meaning"] = min(1.0, max(0.0, meaning))
    parts = {name: used[name] * values[name] for name in used}
    return Likeness(round(total(parts.values()), DIGITS), parts, compared)


def score(
    query: Analysed, candidate: Analysed, statistics: Statistics, meaning: float | None = None
) -> Likeness:
    """How alike ``candidate`` is to ``query`` in a collection with these ``statistics``.

    It depends on nothing else. ``meaning`` is how alike a model finds them, from 0 to 1. Texts that
    say the same words in the same order have 1, and nothing has more. Turned round, two texts may
    have another score: the first is what is looked for.
    """
    return score_all(query, [candidate], statistics, None if meaning is None else [meaning])[0]


def score_all(
    query: Analysed,
    candidates: Sequence[Analysed],
    statistics: Statistics,
    meanings: Sequence[float] | None = None,
) -> list[Likeness]:
    """The likeness of each candidate, in their order; the statistics are asked once."""
    first, *others = weighed([query, *candidates], statistics)
    means: Sequence[float | None] = meanings if meanings is not None else [None] * len(others)
    return [likeness(first, one, meaning) for one, meaning in zip(others, means, strict=True)]


def retrieval_terms(query: Analysed, statistics: Statistics) -> list[tuple[str, float]]:
    """What a first look sums up to find candidates: terms and weights, the weightiest first."""
    return by_weight(weighed([query], statistics)[0].vector)


def by_weight(vector: Vector) -> list[tuple[str, float]]:
    """Terms, the weightiest first, then by letter."""
    return sorted(vector.items(), key=lambda item: (-round(item[1], DIGITS), item[0]))
