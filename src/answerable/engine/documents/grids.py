"""Ruled tables: from drawn lines to cells."""

from bisect import bisect_right
from dataclasses import dataclass

from answerable.engine.documents.pieces import Printed, Rule

_NEAR = 3.0
_MAX_RULES = 4_000


@dataclass(slots=True)
class Grid:
    """One ruled table on one page: its outer edges, its upright and level lines."""

    left: float
    top: float
    right: float
    bottom: float
    uprights: list[Rule]
    levels: list[Rule]

    def holds(self, word: Printed) -> bool:
        """Whether the middle of the word lies inside."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left - 1 <= x <= self.right + 1 and self.top - _NEAR <= y <= self.bottom + _NEAR

    def cell(self, word: Printed) -> tuple[int, int]:
        """(row, column) of the word, counted by the lines that really pass above and left of it."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        row = _last_before(y, [(r.top, r.left, r.right) for r in self.levels], x)
        column = _last_before(x, [(r.left, r.top, r.bottom) for r in self.uprights], y)
        return row, column


def _last_before(at: float, lines: list[tuple[float, float, float]], across: float) -> int:
    places = [place for place, _, _ in lines]
    index = bisect_right(places, at) - 1
    while index > 0 and not lines[index][1] - _NEAR <= across <= lines[index][2] + _NEAR:
        index -= 1
    return max(index, 0)


def grids(rules: list[Rule]) -> list[Grid]:
    """Tables drawn with at least two upright and two level lines, more than one cell."""
    if len(rules) > _MAX_RULES:
        return []
    uprights = _joined([r for r in rules if r.left == r.right], upright=True)
    levels = _joined([r for r in rules if r.top == r.bottom], upright=False)
    found = []
    for group_u, group_l in _touching(uprights, levels):
        xs, ys = len({round(r.left / _NEAR) for r in group_u}), len(group_l)
        if xs >= 2 and ys >= 2 and (xs - 1) * (ys - 1) >= 2:
            found.append(_grid(group_u, group_l))
    return [g for g in found if g.bottom - g.top > 20 and g.right - g.left > 100]


def _grid(uprights: list[Rule], levels: list[Rule]) -> Grid:
    return Grid(
        min(r.left for r in uprights),
        min(r.top for r in levels),
        max(r.left for r in uprights),
        max(r.top for r in levels),
        sorted(uprights, key=lambda r: r.left),
        sorted(levels, key=lambda r: r.top),
    )


def _joined(rules: list[Rule], *, upright: bool) -> list[Rule]:
    """Lines in one direction with the pieces of each put together."""

    def place(rule: Rule) -> tuple[float, float, float]:
        if upright:
            return rule.left, rule.top, rule.bottom
        return rule.top, rule.left, rule.right

    merged: list[list[float]] = []
    for at, start, end in sorted(map(place, rules)):
        for known in reversed(merged[-60:]):
            if at - known[0] <= 1.5 and start <= known[2] + _NEAR and end >= known[1] - _NEAR:
                known[1], known[2] = min(known[1], start), max(known[2], end)
                break
        else:
            merged.append([at, start, end])
    if upright:
        return [Rule(at, start, at, end) for at, start, end in merged]
    return [Rule(start, at, end, at) for at, start, end in merged]


def _touching(uprights: list[Rule], levels: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet."""
    left_over = list(uprights)
    groups: list[tuple[list[Rule], list[Rule]]] = []
    free = list(levels)
    while left_over:
        group_u, group_l = [left_over.pop()], []
        grown = True
        while grown:
            new_l = [h for h in free if any(_meet(v, h) for v in group_u)]
            free = [h for h in free if h not in new_l]
            group_l += new_l
            new_u = [v for v in left_over if any(_meet(v, h) for h in group_l)]
            left_over = [v for v in left_over if v not in new_u]
            group_u += new_u
            grown = bool(new_l or new_u)
        groups.append((group_u, group_l))
    return groups


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.left - _NEAR <= upright.left <= level.right + _NEAR
        and upright.top - _NEAR <= level.top <= upright.bottom + _NEAR
    )
