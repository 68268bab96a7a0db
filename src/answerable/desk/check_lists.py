"""Whole lists on the checking page: which leaves are still to be looked at, and which numbers miss."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.reports.queries.decisions import Card
from answerable.reports.queries.passages import Book

MOST_MISSING = 12
"""More numbers than these between two neighbours are two lists, not a gap."""
_LAST = re.compile(r"(.*?)([0-9]{1,6})(\D*)")


@dataclass(frozen=True, slots=True)
class Walk:
    """Looking through what waits in one list, leaf by leaf, before it is accepted together."""

    run: int
    waiting: int
    leaves: Sequence[int]
    unseen: Sequence[int]
    leaf: int
    noun: str

    @property
    def following(self) -> int | None:
        """The leaf to look at next, going round from this one; None when all have been seen."""
        later = [leaf for leaf in self.unseen if leaf > self.leaf]
        return next(iter(later or self.unseen), None)

    @property
    def place(self) -> str:
        """How far one has come: "3 of 7 pages looked at"."""
        one = len(self.leaves) == 1
        seen = len(self.leaves) - len(self.unseen)
        return f"{seen} of {len(self.leaves)} {self.noun}{'' if one else 's'} looked at"


def walk_of(run: int, cards: Iterable[Card], book: Book, seen: frozenset[int], leaf: int) -> Walk:
    """How far the looking through ``cards``, which wait in ``run``, has come on ``leaf``."""
    left = list(cards)
    leaves = sorted({n for card in left for n in book.leaves_of(card.spans)})
    unseen = [n for n in leaves if n not in seen and n != leaf]
    return Walk(run, len(left), leaves, unseen, leaf, book.noun)


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers that are missing just before a card; ``card`` where one was read and not taken."""

    words: str
    card: Card | None = None


def gaps(cards: Iterable[Card], now: Card | None = None) -> dict[str, Gap]:
    """By the key of a card: which numbers are missing just before it in its list.

    A number that stands anywhere else among the cards, as one that a person added, is not missing,
    nor is that of the one being decided ``now``.
    """
    listed = list(cards)
    rows = [card for card in listed if card.open or card.decision]
    there = {card.number for card in rows} | ({now.number} if now else set())
    aside = {card.number: card for card in listed if card.near or card.apart}
    found: dict[str, Gap] = {}
    for before, after in pairwise(rows):
        missing = [n for n in _between(before, after) if n not in there]
        if missing:
            found[after.key] = _gap(missing, aside.get(missing[0]))
    return found


def _gap(missing: Sequence[str], aside: Card | None) -> Gap:
    if len(missing) > 1:
        return Gap(f"Numbers {', '.join(missing[:-1])} and {missing[-1]} are missing here.")
    if aside is not None:
        return Gap(f"Number {missing[0]} was read and not taken.", aside)
    return Gap(f"Number {missing[0]} is missing here.")


def _between(before: Card, after: Card) -> Iterator[str]:
    if before.candidate is None or after.candidate is None:
        return
    if before.candidate.run != after.candidate.run:
        return
    one, two = _LAST.fullmatch(before.number), _LAST.fullmatch(after.number)
    if one is None or two is None or (one[1], one[3]) != (two[1], two[3]):
        return
    first, last = int(one[2]), int(two[2])
    if last - first - 1 <= MOST_MISSING:
        yield from (f"{one[1]}{n}{one[3]}" for n in range(first + 1, last))
