"""Search in the newest edition: its own search.json, in memory; the database is not asked."""

import json
import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from answerable.publishing import data, folders

Entry = Mapping[str, Any]

WORD = re.compile(r"\w+")
WEIGHTS = {
    "reference": 8,
    "number": 4,
    "subject": 3,
    "title": 2,
    "bodies": 2,
    "words": 1,
    "followed": 1,
}
"""How much a word counts by where it stands."""
MOST_WORDS = 12
"""More words than this are not looked for."""
SHOWN = 320
"""How many characters of a recommendation a result shows."""


def words_of(text: str) -> list[str]:
    """Words without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


@dataclass(frozen=True)
class Index:
    """What can be searched: entries, and for each word the entries that have it, with a weight."""

    entries: list[Entry]
    found: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    frame: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[str]:
        """Every word, sorted, so that a beginning is found by halving."""
        return sorted(self.found)

    def beginning(self, start: str) -> Iterator[str]:
        """Words that begin with ``start``."""
        at = bisect_left(self.words, start)
        while at < len(self.words) and self.words[at].startswith(start):
            yield self.words[at]
            at += 1

    def search(self, query: str) -> list[Entry]:
        """Entries with every word of ``query``, the best first; those alike in the register's order."""
        scores: dict[int, float] | None = None
        for word in dict.fromkeys(words_of(query)[:MOST_WORDS]):
            here = self._score(word)
            both = here.keys() if scores is None else scores.keys() & here.keys()
            scores = {n: here[n] + (scores or {}).get(n, 0.0) for n in both}
        ranked = sorted((scores or {}).items(), key=lambda pair: (-pair[1], pair[0]))
        return [self.entries[n] for n, _ in ranked]

    def _score(self, start: str) -> dict[int, float]:
        """How well each entry has a word that begins with ``start``; the word itself counts double."""
        scores: dict[int, float] = defaultdict(float)
        for word in self.beginning(start):
            holders = self.found[word]
            rare = math.log(1 + len(self.entries) / len(holders))
            for entry, weight in holders.items():
                gain = rare * (1 + math.log(weight)) * (2 if word == start else 1)
                scores[entry] = max(scores[entry], gain)
        return scores


def index(entries: Iterable[Entry], frame: Mapping[str, Any] | None = None) -> Index:
    """An index of ``entries``, as :mod:`answerable.publishing.data` writes them.

    ``frame`` is the context of the page around the results, as the edition's own pages have it.
    """
    held = list(entries)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for n, entry in enumerate(held):
        counted: Counter[str] = Counter()
        for name, weight in WEIGHTS.items():
            value = entry.get(name, "")  # an older edition has fewer
            text = " ".join(value) if isinstance(value, list) else str(value)
            for word in words_of(text):
                counted[word] += weight
        for word, weight in counted.items():
            found[word][n] = weight
    return Index(held, found, frame or {})


class Newest:
    """The index of the edition that is served, remade when another is."""

    def __init__(self) -> None:
        self.number = 0
        self.root = Path()
        self.index = Index([])

    def of(self, root: Path) -> Index | None:
        """The index of the edition that ``root`` serves; None before the first."""
        number = folders.pointed_to(root)
        if (number, root) != (self.number, self.root):
            self.index = _of_edition(root / str(number)) if number else Index([])
            self.number, self.root = number, root
        return self.index if number else None


def _of_edition(folder: Path) -> Index:
    held = json.loads((folder / data.SEARCH).read_bytes())
    return index(held["entries"], held["frame"])


def pieces(text: str, query: str) -> list[tuple[bool, str]]:
    """``text``, cut to a readable length around the first hit, with the words of ``query`` marked."""
    starts = tuple(words_of(query)[:MOST_WORDS])
    hits = [m.span() for m in WORD.finditer(text) if _is_hit(m.group(), starts)]
    begin = _begin(text, hits[0][0]) if hits else 0
    end = min(len(text), begin + SHOWN)
    found: list[tuple[bool, str]] = [(False, "… ")] if begin else []
    at = begin
    for first, last in hits:
        if first >= at and last <= end:
            found += [(False, text[at:first]), (True, text[first:last])]
            at = last
    found.append((False, text[at:end] + (" …" if end < len(text) else "")))
    return [piece for piece in found if piece[1]]


def _is_hit(word: str, starts: tuple[str, ...]) -> bool:
    return any(part.startswith(starts) for part in words_of(word)) if starts else False


def _begin(text: str, hit: int) -> int:
    """Where to begin, so that the first hit is seen, at the beginning of a word."""
    if hit < SHOWN // 2:
        return 0
    return text.rfind(" ", 0, hit - SHOWN // 4) + 1
