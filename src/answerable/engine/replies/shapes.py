"""What the reading of a reply hands on: frozen shapes, no behaviour."""

from dataclasses import dataclass
from typing import Literal

from answerable.engine.documents.shapes import Span

Method = Literal["number", "quoted words", "order", "likeness"]
"""What joined an answer to its recommendation; the strongest is named where several did."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation of the report: whoever asks chooses ``key``; ``number`` is as printed."""

    key: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one recommendation, or to several that a reply takes together.

    ``text`` is ``words_of(pages, spans)``; the recommendation that the reply quotes is left out of
    it and stands in ``restates``, key by key, where the reply words it. ``confidence`` is between
    0 and 1; ``why`` says in sentences what speaks for the joining.
    """

    keys: tuple[str, ...]
    spans: tuple[Span, ...]
    text: str
    how: Method
    confidence: float
    why: tuple[str, ...]
    restates: tuple[tuple[str, tuple[Span, ...], str], ...] = ()

    def restated(self, key: str) -> str:
        """The recommendation as the reply words it, or nothing."""
        return next((words for of, _, words in self.restates if of == key), "")


@dataclass(frozen=True, slots=True)
class Theme:
    """A part of a reply under one heading, and which unanswered recommendations it may be about.

    ``likely`` are (key, likeness), the likest first.
    """

    heading: str
    spans: tuple[Span, ...]
    likely: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was read in one reply. ``unanswered`` got no line of their own."""

    answers: tuple[Answer, ...]
    unanswered: tuple[str, ...]
    themes: tuple[Theme, ...] = ()
