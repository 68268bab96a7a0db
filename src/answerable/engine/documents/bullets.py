"""Bullets that are drawn, not written: small solid shapes before a line become a mark to read."""

from collections import Counter

from answerable.engine.documents.pieces import Printed, Sheet
from answerable.engine.documents.shapes import Box

_REACH = 36.0
_MOST_MARKS = 400


def drawn(sheet: Sheet) -> list[Printed]:
    """A "•" for each shape before the first word of a line that has others above or below it."""
    if not 2 <= len(sheet.marks) <= _MOST_MARKS or not sheet.words:
        return []
    found = [(mark, word) for mark in sheet.marks if (word := _first_word(mark, sheet)) is not None]
    columns = Counter(round(mark.left) for mark, _ in found)
    return [
        Printed("•", mark.left, word.top, mark.right, word.bottom, word.style)
        for mark, word in found
        if columns[round(mark.left)] >= 2
    ]


def _first_word(mark: Box, sheet: Sheet) -> Printed | None:
    """The word to the right of the shape, where nothing stands to its left."""
    middle = (mark.top + mark.bottom) / 2
    level = [w for w in sheet.words if w.top <= middle <= w.bottom]
    right = [w for w in level if 0 < w.left - mark.right < _REACH]
    if not right or any(w.right <= mark.left and mark.left - w.right < 60 for w in level):
        return None
    return min(right, key=lambda w: w.left)
