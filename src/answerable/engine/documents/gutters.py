"""Where a page of two columns is parted: the gutter's own edge, and titles that part it in bands."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol, TypeVar

from answerable.engine.documents.pieces import TextLine

_LARGER = 1.15
_ABOUT = 4.5
_BLANK = 1.5
_WIDER_THAN_A_SPACE = 0.35
NEAR = 1.5


class Placed(Protocol):
    """What has a place on the page: a line, or a table."""

    @property
    def left(self) -> float:
        """Its left edge."""

    @property
    def top(self) -> float:
        """Its upper edge."""

    @property
    def right(self) -> float:
        """Its right edge."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""


_P = TypeVar("_P", bound=Placed)


def crosses(item: Placed, edge: float) -> bool:
    """Whether the item stands on both sides of the edge."""
    return item.left < edge - 2 and item.right > edge - 3


def hanging(items: Sequence[Placed], edge: float) -> float:
    """The edge moved left to the bullets and titles that hang out before the words of a column."""
    before = [i.right for i in items if i.right <= edge - 3]
    if not before:
        return edge
    end = max(before)
    return min((i.left for i in items if crosses(i, edge) and i.left > end), default=edge)


def joined(line: TextLine, items: Sequence[Placed], edge: float) -> bool:
    """Whether a line across the gutter is two: a word begins at the edge after a wide blank.

    The lines above or below begin there too.
    """
    if not crosses(line, edge):
        return False
    for before, word in pairwise(line.words):
        if abs(word.left - edge) <= NEAR:
            wide = word.left - before.right > _WIDER_THAN_A_SPACE * word.style.size
            return wide and any(_next_to(i, line) and abs(i.left - edge) <= NEAR for i in items)
    return False


def _next_to(item: Placed, line: TextLine) -> bool:
    high = line.bottom - line.top
    return 0 < abs((item.top + item.bottom) - (line.top + line.bottom)) / 2 < 1.8 * high


def widths(items: Sequence[Placed]) -> list[float]:
    """How wide the items are, those counted as one that only a justified line's blanks part."""
    found: list[list[float]] = []
    for item in sorted(items, key=lambda i: (round(i.bottom), i.left)):
        high = item.bottom - item.top
        last = found[-1] if found else None
        if last and abs(last[2] - item.bottom) < 2 and 0 < item.left - last[1] < _BLANK * high:
            last[1] = item.right
        else:
            found.append([item.left, item.right, item.bottom])
    return [right - left for left, right, _ in found]


def titles(items: Sequence[_P], edge: float) -> list[_P]:
    """Short titles over both columns: larger type on the left, a gap of its height on the right.

    Both columns end at about the same height above it, and start again at about the same below.
    """
    lines = [i for i in items if isinstance(i, TextLine)]
    if not lines:
        return []
    usual = median(line.style.size for line in lines)
    return [
        i
        for i in items
        if isinstance(i, TextLine)
        and i.right <= edge - 3
        and i.style.size >= _LARGER * usual
        and _parts(i, _around(i, items, edge), edge, usual)
    ]


def _around(title: TextLine, items: Sequence[Placed], edge: float) -> list[Placed]:
    """What stands between the title and whatever crosses the gutter above and below it."""
    bars = [i for i in items if crosses(i, edge)]
    top = max((b.top for b in bars if b.top < title.top), default=0.0)
    bottom = min((b.top for b in bars if b.top > title.top), default=float("inf"))
    return [i for i in items if top < i.top < bottom and i is not title and i not in bars]


def _parts(title: TextLine, items: Sequence[Placed], edge: float, usual: float) -> bool:
    margin = 0.3 * title.style.size
    above_l: list[float] = []
    above_r: list[float] = []
    below_l: list[float] = []
    below_r: list[float] = []
    for item in items:
        right = item.left >= edge - 2
        if item.bottom <= title.top - (margin if right else 0):
            (above_r if right else above_l).append(item.bottom)
        elif item.top >= title.bottom + (margin if right else 0):
            (below_r if right else below_l).append(item.top)
        elif right:
            return False
    near = _ABOUT * 1.3 * usual
    if not above_r or not above_l or abs(max(above_r) - max(above_l)) > near:
        return False
    if not below_r or not below_l:
        return not below_r and not below_l
    return bool(abs(min(below_r) - min(below_l)) <= near)
