"""Printed words to the lines that they stand on, raised marks among them."""

from collections.abc import Iterable
from itertools import zip_longest
from operator import attrgetter

from answerable.engine.documents.pieces import Printed

_LONGEST_MARK = 4
_LOWEST = 4.0
_LEFT = attrgetter("left")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(word: Printed, top: float, bottom: float) -> Printed:
    """A mark in raised digits, as high as the line that it belongs to, so that it stays there."""
    return word._replace(text=word.text.translate(RAISED), top=top, bottom=bottom)


def by_line(words: Iterable[Printed]) -> list[list[Printed]]:
    """Group words that stand on one baseline, top to bottom, each group left to right."""
    found: list[list[Printed]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        own, high = (word.top + word.bottom) / 2, word.bottom - word.top
        shorter = high if high < height else height
        if found and own - middle <= 0.4 * (shorter if shorter > _LOWEST else _LOWEST):
            found[-1].append(word)
        else:
            found.append([word])
            middle, height = own, high
    return [sorted(row, key=_LEFT) for row in _with_marks(found)]


def _with_marks(rows: list[list[Printed]]) -> list[list[Printed]]:
    """Raised numbers known as such, and put into the row that they stand in."""
    found: list[list[Printed]] = []
    for row, below in zip_longest(rows, rows[1:]):
        small = [w for w in row if w.text.isdecimal() and len(w.text) < _LONGEST_MARK]
        if not small:
            found.append(row)
            continue
        home = row if len(small) < len(row) else below or row
        marks = {id(w): raised(w, b.top, b.bottom) for w in small if (b := _beside(w, home))}
        if home is row:
            found.append([marks.get(id(w), w) for w in row])
            continue
        home.extend(marks.values())
        if alone := [w for w in row if id(w) not in marks]:
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
