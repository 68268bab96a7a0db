"""Printed words to the lines that they stand on, raised marks among them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, zip_longest

from answerable.engine.documents.pieces import Printed

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(word: Printed, top: float, bottom: float) -> Printed:
    """A mark in raised digits, as high as the line that it belongs to, so that it stays there."""
    return replace(word, text=word.text.translate(RAISED), top=top, bottom=bottom)


def by_line(words: Iterable[Printed]) -> list[list[Printed]]:
    """Group words that stand on one baseline, top to bottom, each group left to right."""
    ordered = sorted(words, key=lambda w: w.top + w.bottom)
    anchor: Printed | None = None
    number = 0
    keyed: list[tuple[int, Printed]] = []
    for word in ordered:
        middle = (word.top + word.bottom) / 2
        if anchor is None or not _level(anchor, word, middle):
            anchor, number = word, number + 1
        keyed.append((number, word))
    found = [[w for _, w in group] for _, group in groupby(keyed, key=lambda k: k[0])]
    return [sorted(row, key=lambda w: w.left) for row in _with_marks(found)]


def _with_marks(rows: list[list[Printed]]) -> list[list[Printed]]:
    """Rows of raised numbers alone, put into the row that they stand in."""
    found: list[list[Printed]] = []
    for row, below in zip_longest(rows, rows[1:]):
        if below is None or not all(w.text.isdecimal() and len(w.text) < 4 for w in row):
            found.append(row)
            continue
        marks = [(w, _beside(w, below)) for w in row]
        below += [raised(w, b.top, b.bottom) for w, b in marks if b is not None]
        if alone := [w for w, b in marks if b is None]:
            found.append(alone)
    return found


def _beside(mark: Printed, row: list[Printed]) -> Printed | None:
    """The larger word of the row that the mark stands against, higher than its foot."""
    for word in row:
        high = word.bottom - word.top
        near = (
            -1 <= mark.left - word.right < 0.6 * high or -1 <= word.left - mark.right < 0.6 * high
        )
        stands_high = (
            word.bottom - mark.bottom > 0.15 * high and mark.bottom - word.top > 0.3 * high
        )
        if near and stands_high and mark.bottom - mark.top < 0.8 * high:
            return word
    return None


def _level(anchor: Printed, word: Printed, middle: float) -> bool:
    shorter = min(anchor.bottom - anchor.top, word.bottom - word.top)
    return middle - (anchor.top + anchor.bottom) / 2 <= 0.4 * max(shorter, 4.0)
