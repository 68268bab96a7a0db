"""A text taken apart once, so that it can be compared many times."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from answerable.engine.similarity.making import NOTHING, Made, made_of
from answerable.engine.similarity.words import cleaned, sentences, stem

VERSION = 1
"""Of what :meth:`Analysed.to_json` writes; another version is analysed again from the words."""


class Item(NamedTuple):
    """A text with the name by which it is known."""

    id: str
    text: str


class OtherVersion(ValueError):
    """An analysis that another version of the engine wrote: analyse the words again."""


@dataclass(frozen=True)
class Analysed:
    """The words of a text by sentence, as they stand, and what it is made of."""

    words: tuple[tuple[str, ...], ...]
    made: Made = NOTHING

    @cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """For each word its stem; nothing for a plain word."""
        return tuple(tuple(stem(word) for word in sentence) for sentence in self.words)

    @cached_property
    def told(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each sentence, without the plain words."""
        found = (tuple(s for s in sentence if s) for sentence in self.stems)
        return tuple(s for s in found if s)

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """How often each stem, and each two in a row ("crime record"), stands in the text."""
        return Counter(terms_in(self.told))

    @cached_property
    def length(self) -> int:
        """Of how many words that are not plain the text is made."""
        return sum(map(len, self.told))

    @cached_property
    def passages(self) -> tuple[Mapping[str, int], ...]:
        """The terms of each two sentences that follow each other; of the whole where it has two."""
        told = self.told
        if len(told) <= _PASSAGE:
            return (self.terms,)
        starts = range(len(told) - _PASSAGE + 1)
        return tuple(Counter(terms_in(told[i : i + _PASSAGE])) for i in starts)

    def to_json(self) -> str:
        """Compact and versioned: the words and what it is made of; stems are found again."""
        told = "\n".join(" ".join(sentence) for sentence in self.words)
        return json.dumps([VERSION, told, list(self.made)], ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "Analysed":
        """What :meth:`to_json` wrote; raises :class:`OtherVersion` for another version's."""
        version, told, made = json.loads(written)
        if version != VERSION:
            raise OtherVersion(str(version))
        words = tuple(tuple(line.split(" ")) for line in told.split("\n") if line)
        return cls(words, Made(*made))


_PASSAGE = 2
"""As many sentences make a passage."""


def analyse(text: str) -> Analysed:
    """Take ``text`` apart. The same text gives the same analysis on any machine."""
    clean = cleaned(text)
    return Analysed(tuple(map(tuple, sentences(clean))), made_of(clean))


def terms_in(told: Iterable[tuple[str, ...]]) -> Iterable[str]:
    """Every stem, and every two stems in a row of one sentence."""
    for sentence in told:
        yield from sentence
        for one, next_one in pairwise(sentence):
            yield f"{one} {next_one}"
