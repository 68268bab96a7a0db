"""Bullets that are drawn, not written: small solid shapes before a line become a mark to read."""

from collections import Counter

from answerable.engine.documents.pieces import Printed, Sheet
from answerable.engine.documents.shapes import Box

_REACH = 36.0
_CLEAR = 60.0
_GUTTER = 14.0
_MOST_MARKS = 400


def drawn(sheet: Sheet) -> list[Printed]:
    """A "•" for each shape before the first word of a line that has others above or below it.

    Text of the column beside may stand to the left of some, but not of all.
    """
    if not 2 <= len(sheet.marks) <= _MOST_MARKS or not sheet.words:
        return []
    found = [(mark, *near) for mark in sheet.marks if (near := _first_word(mark, sheet))]
    columns = Counter(round(mark.left) for mark, _, _ in found)
    free = {round(mark.left) for mark, _, gap in found if gap >= _CLEAR}
    return [
        Printed("•", mark.left, word.top, mark.right, word.bottom, word.style)
        for mark, word, _ in found
        if columns[round(mark.left)] >= 2 and round(mark.left) in free
    ]


def _first_word(mark: Box, sheet: Sheet) -> tuple[Printed, float] | None:
    """The word to the right of the shape, and how far it is to what stands to its left."""
    middle = (mark.top + mark.bottom) / 2
    level = [w for w in sheet.words if w.top <= middle <= w.bottom]
    right = [w for w in level if 0 < w.left - mark.right < _REACH]
    gap = min((mark.left - w.right for w in level if w.right <= mark.left), default=_CLEAR)
    if not right or gap < _GUTTER:
        return None
    return min(right, key=lambda w: w.left), gap
