"""Passages: from offsets to boxes, and from spans to the words that a reader would copy."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from answerable.engine.documents.shapes import Box, Page, Span, Word

_BREAK = re.compile(r"(\w+)[-\u00ad\u2010]\n(\w+)")
# Raised digits after a word are footnote marks, but not in "40 m²" or "CO₂".
_MARKS = re.compile(
    r"(?<![\s\d][mM])(?<!cm)(?<!km)(?<=\S)\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s(?=[.,;:)])|(?=[\s.,;:)]|$))"
)
_BLANK = re.compile(r"\s+")


def passage(page: Page, start: int, end: int) -> Span:
    """The span between two offsets with one box for each line that it touches.

    Offsets are brought inside the page's text. Pages without word boxes give a span without boxes.
    """
    start = max(0, min(start, len(page.text)))
    end = max(start, min(end, len(page.text)))
    if not page.words:
        return Span(page.number, start, end)
    boxes = []
    first = bisect_right(page.lines, start, key=lambda line: line.end)
    for line in page.lines[first:]:
        if line.start >= end:
            break
        low = bisect_left(page.words, max(start, line.start), key=_start)
        if low and page.words[low - 1].end > max(start, line.start):
            low -= 1
        high = bisect_left(page.words, min(end, line.end), key=_start)
        words = page.words[low:high]
        if words:
            boxes.append(_around([w.box for w in words]))
    return Span(page.number, start, end, tuple(boxes))


def _start(word: Word) -> int:
    return word.start


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


def words_of(pages: Sequence[Page], spans: Sequence[Span]) -> str:
    """The text of the spans as a reader would copy it: on one line, with broken words mended."""
    by_number = {page.number: page for page in pages}
    parts = [by_number[s.page].text[s.start : s.end] for s in spans if s.page in by_number]
    return mended("\n".join(parts), pages)


def mended(text: str, pages: Sequence[Page]) -> str:
    """The text on one line, without footnote marks, its broken words put together.

    A hyphen at the end of a line stays where the document writes the word with one elsewhere.
    """
    text = _BREAK.sub(lambda m: _joined(m.group(1), m.group(2), pages), text)
    return _BLANK.sub(" ", _MARKS.sub("", text)).strip()


def _joined(head: str, tail: str, pages: Sequence[Page]) -> str:
    whole, hyphened = head + tail, f"{head}-{tail}"
    if tail[:1].isupper() or tail[:1].isdigit() or head[-1:].isdigit():
        return hyphened
    with_hyphen = sum(page.text.count(hyphened) for page in pages)
    without = sum(page.text.count(whole) for page in pages)
    if with_hyphen == without:
        # Neither or both are written elsewhere: two words that each stand alone keep the hyphen.
        alone = all(any(f" {part} " in page.text for page in pages) for part in (head, tail))
        return hyphened if alone else whole
    return hyphened if with_hyphen > without else whole
