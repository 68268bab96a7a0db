"""Labels in the right-hand margin: read before the words that they stand beside."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from answerable.engine.documents import labels
from answerable.engine.documents.pieces import TextLine

_LABEL = re.compile(r"^[A-Z]{1,3}\d{1,3}$")
_FEWEST_LINES = 4
_CLEAR = 0.3
_NEAR = 3.0


def turned(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a page; where a label stands out on the right, it comes first."""
    marked = [line for line in lines if _ends_in_label(line)]
    if not marked:
        return list(lines)
    ids = {id(line) for line in marked}
    edges: dict[int, float] = {}
    counts: dict[int, int] = {}
    for line in lines:
        if line.cell is None:
            right = line.words[-2].right if id(line) in ids else line.right
            edges[line.column] = max(right, edges.get(line.column, 0.0))
            counts[line.column] = counts.get(line.column, 0) + 1
    counted = _counted([line for line in marked if _apart(line)])
    return [
        _turned(line)
        if id(line) in ids
        and (id(line) in counted or _stands_out(line, edges[line.column], counts[line.column]))
        else line
        for line in lines
    ]


def _counted(apart: Sequence[TextLine]) -> set[int]:
    """The lines whose labels stand one below the other and count on: R3, R4."""
    found: set[int] = set()
    for a, b in pairwise(apart):
        first, second = a.words[-1], b.words[-1]
        level = abs(first.left - second.left) < _NEAR or abs(first.right - second.right) < _NEAR
        numbers = [labels.ordinal(word.text) or 0 for word in (first, second)]
        if level and numbers[1] == numbers[0] + 1:
            found |= {id(a), id(b)}
    return found


def _stands_out(line: TextLine, edge: float, count: int) -> bool:
    return count >= _FEWEST_LINES and line.words[-1].left > edge + _CLEAR * line.style.size


def _apart(line: TextLine) -> bool:
    """Whether more than a blank parts the label from the words."""
    return line.words[-1].left - line.words[-2].right > line.style.size


def _ends_in_label(line: TextLine) -> bool:
    return (
        line.cell is None and len(line.words) > 2 and _LABEL.match(line.words[-1].text) is not None
    )


def _turned(line: TextLine) -> TextLine:
    *words, label = line.words
    own = " ".join(word.text for word in words)
    return replace(
        line,
        text=f"{label.text} {own}",
        words=(label, *words),
        right=max(word.right for word in words),
    )
