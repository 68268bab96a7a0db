"""Finds words in the pages of a document, whatever the line ends, hyphens and marks between them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from answerable.engine import documents as engine
from answerable.reports.models import Document
from answerable.reports.queries import passages
from answerable.reports.queries.passages import Span


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a page in order, and where each stands in its text."""

    page: engine.Page
    text: str
    at: tuple[int, ...]


def letters(text: str) -> str:
    """Only what is spoken: no blanks, hyphens, quotation marks, note marks."""
    return "".join(c for c in text.casefold() if c.isalpha() or c.isdecimal())


def _of(page: engine.Page) -> Letters:
    kept = [(c, at) for at, c in enumerate(page.text) if c.isalpha() or c.isdecimal()]
    # One letter may fold into two, so each keeps the place of the letter that it came from.
    folded = [(f, at) for c, at in kept for f in c.casefold()]
    return Letters(page, "".join(f for f, _ in folded), tuple(at for _, at in folded))


def _span(page: Letters, start: int, end: int) -> Span:
    last = page.at[end - 1] + 1
    text = page.page.text
    while last < len(text) and text[last] in ".;:!?,’”)\"'":
        last += 1
    return passages.stored(engine.passage(page.page, page.at[start], last))


def _over_a_break(page: Letters, following: Letters, wanted: str) -> list[Span]:
    """Words that begin on ``page`` and end on the page after it; a page's foot may stand between."""
    start = page.text.find(wanted[:40])
    if start < 0:
        return []
    length = bisect_left(
        range(1, len(wanted)), True, key=lambda n: not page.text.startswith(wanted[:n], start)
    )
    rest = following.text.find(wanted[length:])
    if rest < 0:
        return []
    end = rest + len(wanted) - length
    return [_span(page, start, start + length), _span(following, rest, end)]


@lru_cache(maxsize=4)
def _pages(document: Document) -> list[Letters]:
    """The pages of a document, which never change once they have been read."""
    return [_of(passages.shape_of(page)) for page in document.pages.order_by("number")]


def find(document: Document, words: str) -> list[Span]:
    """The spans at which ``words`` stand; none where they do not."""
    pages = _pages(document)
    wanted = letters(words)
    for page in pages:
        at = page.text.find(wanted)
        if at >= 0:
            return [_span(page, at, at + len(wanted))]
    pairs = pairwise(pages)
    return next((found for a, b in pairs if (found := _over_a_break(a, b, wanted))), [])


def without(document: Document, spans: Sequence[Span], ending: str) -> list[Span]:
    """``spans`` cut off where the words ``ending`` begin."""
    cut = find(document, ending)[0]
    page, start = int(str(cut["page"])), int(str(cut["start"]))
    shape = passages.shape_of(document.pages.get(number=page))
    kept: list[Span] = []
    for span in spans:
        first = int(str(span["start"]))
        if int(str(span["page"])) == page and first < start:
            end = len(shape.text[:start].rstrip())
            kept.append(passages.stored(engine.passage(shape, first, end)))
        elif int(str(span["page"])) < page:
            kept.append(span)
    return kept
