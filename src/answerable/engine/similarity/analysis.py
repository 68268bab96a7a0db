"""A text taken apart once, so that it can be compared many times."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from answerable.engine.similarity.making import Made, made_of
from answerable.engine.similarity.words import (
    CONCEPTS,
    cleaned,
    lacking,
    sentences,
    stem,
    tokens,
    words,
)

VERSION = 3
"""Of what :meth:`Analysed.to_json` writes; another version is analysed again from the words."""

Stems = tuple[str, ...]


class Item(NamedTuple):
    """A text with the name by which it is known."""

    id: str
    text: str


class OtherVersion(ValueError):
    """An analysis that another version of the engine wrote: analyse the words again."""


class Word(NamedTuple):
    """A word of a sentence: its stem (nothing where it is plain), and where it stands."""

    stem: str
    start: int
    end: int


class Passage(NamedTuple):
    """Some sentences in a row: their terms, and how many of their words tell of a lack."""

    terms: Mapping[str, int]
    lacking: int


@dataclass(frozen=True)
class Analysed:
    """The sentences of a text as they stand; all else is found from them when it is needed."""

    sentences: tuple[str, ...]

    @cached_property
    def made(self) -> Made:
        """What the first request in it is made of."""
        return made_of(" ".join(self.sentences))

    @cached_property
    def spoken(self) -> tuple[tuple[Word, ...], ...]:
        """For each sentence its words with their places."""
        return tuple(
            tuple(Word(stem(found[0]), *found.span()) for found in words(sentence))
            for sentence in self.sentences
        )

    @cached_property
    def words(self) -> tuple[Stems, ...]:
        """For each sentence its words as they stand."""
        return tuple(
            tuple(sentence[word.start : word.end] for word in spoken)
            for sentence, spoken in zip(self.sentences, self.spoken, strict=True)
        )

    @cached_property
    def telling(self) -> tuple[tuple[Word, ...], ...]:
        """For each sentence its words with their places, without the plain ones."""
        return tuple(tuple(word for word in spoken if word.stem) for spoken in self.spoken)

    @cached_property
    def where(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where each stem stands: number of the sentence, and of the word that is not plain."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, told in enumerate(self.telling):
            for place, word in enumerate(told):
                found.setdefault(word.stem, []).append((number, place))
        return found

    @cached_property
    def groups(self) -> Mapping[str, Sequence[str]]:
        """For each group of near words the stems of it that stand in the text, in their order."""
        found: dict[str, list[str]] = {}
        for own in self.where:
            for group in CONCEPTS.get(own, ()):
                found.setdefault(group, []).append(own)
        return found

    @cached_property
    def stems(self) -> tuple[Stems, ...]:
        """For each sentence the stem of each word; nothing for a plain word."""
        return tuple(tuple(map(stem, tokens(sentence))) for sentence in self.sentences)

    @cached_property
    def told(self) -> tuple[Stems, ...]:
        """The stems of each sentence that has any, without the plain words."""
        found = (tuple(own for own in stems if own) for stems in self.stems)
        return tuple(stems for stems in found if stems)

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """How often each term stands in the text.

        A term is a stem (``crime``), two stems in a row (``crime record``) or a group of near words
        (``#staff``).
        """
        return Counter(terms_in(self.told))

    @cached_property
    def length(self) -> int:
        """Of how many words that are not plain the text is made."""
        return sum(map(len, self.told))

    def passages(self, size: int) -> Sequence[Passage]:
        """Each ``size`` sentences that follow each other; the whole where it has no more."""
        counted = (
            (tuple(filter(None, stems)), n)
            for stems, n in zip(self.stems, self._lacking, strict=True)
        )
        kept = [(stems, n) for stems, n in counted if stems]
        if len(kept) <= size:
            return [Passage(self.terms, sum(n for _, n in kept))]
        runs = (kept[i : i + size] for i in range(len(kept) - size + 1))
        return [
            Passage(Counter(terms_in(stems for stems, _ in run)), sum(n for _, n in run))
            for run in runs
        ]

    @cached_property
    def _lacking(self) -> list[int]:
        return [lacking(sentence) for sentence in self.sentences]

    def to_json(self) -> str:
        """Compact and versioned: the sentences; the rest is found again."""
        return json.dumps([VERSION, "\n".join(self.sentences)], ensure_ascii=False)

    @classmethod
    def from_json(cls, written: str) -> "Analysed":
        """What :meth:`to_json` wrote; raises :class:`OtherVersion` for another version's."""
        version, *told = json.loads(written)
        if version != VERSION:
            raise OtherVersion(str(version))
        return cls(tuple(line for line in "".join(told).split("\n") if line))


def analyse(text: str) -> Analysed:
    """Take ``text`` apart. The same text gives the same analysis on any machine."""
    return Analysed(tuple(sentences(cleaned(text))))


def terms_in(told: Iterable[Stems]) -> Iterator[str]:
    """Every stem, every two stems in a row of one sentence, and every group of near words."""
    for sentence in told:
        yield from sentence
        for one, next_one in pairwise(sentence):
            yield f"{one} {next_one}"
        for own in sentence:
            yield from CONCEPTS.get(own, ())
