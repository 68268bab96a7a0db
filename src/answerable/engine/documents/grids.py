"""Ruled tables: from drawn lines to cells."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from answerable.engine.documents import columns
from answerable.engine.documents.pieces import Printed, Rule

_COUNT = re.compile(r"^(?:[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,5})[.):]?$")
_NEAR = 3.0
_BESIDE = 5.0
_ALIGNED = 1.5
_WIDER_THAN_A_SPACE = 0.35
_PAUSE = 1.6
_THEME_WORDS = 10
_TITLE_WORDS = 5
_LOOK = 4
_MAX_RULES = 4_000
_MOST_CROSSINGS = 40_000


@dataclass(frozen=True, eq=False)
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
        return row, self.columns[column]

    @cached_property
    def columns(self) -> list[int]:
        """The column that each upright line opens.

        Below a row that spans the table the same columns may be drawn a hair beside.
        """
        numbers = [0]
        for before, line in pairwise(self.uprights):
            numbers.append(numbers[-1] + (line.left - before.left > _BESIDE))
        return numbers


def _last_before(at: float, lines: list[tuple[float, float, float]], across: float) -> int:
    places = [place for place, _, _ in lines]
    index = bisect_right(places, at) - 1
    while index > 0 and not lines[index][1] - _NEAR <= across <= lines[index][2] + _NEAR:
        index -= 1
    return max(index, 0)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Tables drawn with at least two upright and two level lines, more than one cell."""
    if len(rules) > _MAX_RULES:
        return []
    uprights = _joined([r for r in rules if r.left == r.right], upright=True)
    levels = _joined([r for r in rules if r.top == r.bottom], upright=False)
    if len(uprights) * len(levels) > _MOST_CROSSINGS:
        return []  # a drawing, not a table
    found = []
    for group_u, group_l in _touching(uprights, levels):
        xs, ys = len({round(r.left / _NEAR) for r in group_u}), len(group_l)
        if xs >= 2 and ys >= 2 and (xs - 1) * (ys - 1) >= 2:
            found.append(_grid(group_u, group_l))
    return [g for g in found if g.bottom - g.top > 20 and g.right - g.left > 100]


def titled(rows: list[list[list[Printed]]], rules: Sequence[Rule], bottom: float) -> list[Grid]:
    """Tables without upright lines, known by a row of column titles.

    ``rows`` are the lines of the page as fragments, top to bottom. A table ends where a line runs
    across its columns. Its rows are parted by drawn lines, or by gaps, or by the first column.
    """
    found: list[Grid] = []
    for index, row in enumerate(rows):
        titles = [" ".join(w.text for w in part) for part in row]
        if len(row) < 2 or not any(columns.holds_entries(t) for t in titles):
            continue
        beside = [t for t in titles if not columns.holds_entries(t)]
        if (
            not beside
            or not (all(columns.usual(t) for t in beside) or _heads(row, rows[index + 1 :]))
            or (found and _top(row) < found[-1].bottom)
        ):
            continue
        edges = _with_numbers([min(w.left for w in part) for part in row], rows[index + 1 :])
        body = _below(rows[index + 1 :], edges)
        if body:
            found.append(_between(row, body, edges, rules))
    return found


def _heads(row: list[list[Printed]], below: list[list[list[Printed]]]) -> bool:
    """Whether short titles in bold stand over columns that are not, whatever they say."""
    short = all(len(part) <= _TITLE_WORDS for part in row)
    bold = all(word.style.bold for part in row for word in part)
    plain = [line for line in below[:_LOOK] if not any(w.style.bold for p in line for w in p)]
    return short and bold and any(len(line) == len(row) for line in plain)


def carried(
    rows: list[list[list[Printed]]], edges: list[float], rules: Sequence[Rule], head: float
) -> list[Grid]:
    """A table without upright lines that goes on from the page before, without its titles.

    Its columns begin at the same ``edges``, in the first line that is no running ``head``.
    """
    for at, row in enumerate(rows):
        parts = [own for part in row for own in _at_edges(part, edges)]
        near = all(min(abs(part[0].left - e) for e in edges) <= _BESIDE for part in parts)
        if len(parts) > 1 and near:
            body = _below(rows[at:], edges)
            return [_between(None, body, edges, rules)] if body else []
        if _bottom(row) > head:
            break
    return []


def _with_numbers(edges: list[float], rows: list[list[list[Printed]]]) -> list[float]:
    """The edges of the columns, with that of a first one without a title that holds numbers."""
    first = rows[0][0] if rows else []
    alone = len(first) == 1 and _COUNT.match(first[0].text) is not None
    return [first[0].left, *edges] if alone and first[0].right < edges[0] else edges


def _top(row: list[list[Printed]]) -> float:
    return min(w.top for part in row for w in part)


def _bottom(row: list[list[Printed]]) -> float:
    return max(w.bottom for part in row for w in part)


def _below(rows: list[list[list[Printed]]], edges: list[float]) -> list[list[list[Printed]]]:
    """The lines that keep to the columns."""
    kept: list[list[list[Printed]]] = []
    for at, row in enumerate(rows):
        apart = kept and _top(row) - _bottom(kept[-1]) > 40
        parts = [own for part in row for own in _at_edges(part, edges)]
        crosses = any(_crosses(part, edges) for part in parts)
        if apart or (crosses and not _theme(row, rows[at + 1 :], edges)):
            break
        kept.append(parts)
    return kept


def _theme(row: list[list[Printed]], below: list[list[list[Printed]]], edges: list[float]) -> bool:
    """Whether it is a short title across the columns, which begin again right below it."""
    if len(row) > 1 or len(row[0]) > _THEME_WORDS or row[0][0].left < edges[0] + _BESIDE:
        return False
    parts = [own for part in below[0] for own in _at_edges(part, edges)] if below else []
    starts = [min(abs(part[0].left - edge) for edge in edges) for part in parts]
    near = bool(below) and _top(below[0]) - _bottom(row) < 40
    return near and len(parts) >= 2 and max(starts) <= _BESIDE


def _at_edges(part: list[Printed], edges: list[float]) -> list[list[Printed]]:
    """The part, cut where a word begins at the edge of a column close behind the one before."""
    if min(abs(part[0].left - edge) for edge in edges) > _BESIDE:
        return [part]
    cut: list[list[Printed]] = [[part[0]]]
    for before, word in pairwise(part):
        gap = word.left - before.right
        begins = any(abs(word.left - edge) <= _ALIGNED for edge in edges)
        if begins and gap > _WIDER_THAN_A_SPACE * word.style.size:
            cut.append([])
        cut[-1].append(word)
    return cut


def _crosses(part: list[Printed], edges: list[float]) -> bool:
    left, right = part[0].left, part[-1].right
    if left < edges[0] - 6:
        return True
    return any(left < edge - 4 and right > edge + 2 for edge in edges)


def _between(
    head: list[list[Printed]] | None,
    body: list[list[list[Printed]]],
    edges: list[float],
    rules: Sequence[Rule],
) -> Grid:
    every = body if head is None else [head, *body]
    top, bottom = _top(every[0]) - 2, _bottom(body[-1]) + 2
    right = max(w.right for row in every for part in row for w in part) + 2
    drawn = [
        r.top
        for r in rules
        if r.top == r.bottom
        and top < r.top < bottom
        and r.right - r.left > 0.6 * (right - edges[0])
    ]
    cuts = drawn if len(drawn) >= 2 else _cuts(body, edges)
    under = [] if head is None else [(_bottom(head) + _top(body[0])) / 2]
    levels = sorted({top, *under, *cuts, bottom})
    themes = [row for row in body if len(row) == 1 and _crosses(row[0], edges)]
    gaps = [(_top(row) - 1, _bottom(row) + 1) for row in themes]
    return Grid(
        edges[0] - 4,
        top,
        right,
        bottom,
        [
            Rule(edge - 3, start, edge - 3, end)
            for edge in edges
            for start, end in (_around(gaps, top, bottom) if edge > edges[0] else [(top, bottom)])
        ],
        [Rule(edges[0] - 4, at, right, at) for at in levels],
    )


def _around(
    gaps: list[tuple[float, float]], top: float, bottom: float
) -> list[tuple[float, float]]:
    """The stretches from top to bottom between the gaps."""
    starts = [top, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), bottom]
    return list(zip(starts, ends, strict=True))


def _cuts(body: list[list[list[Printed]]], edges: list[float]) -> list[float]:
    """Where a new row begins: after a pause, or wherever the first column speaks again."""
    steps = sorted(_top(b) - _top(a) for a, b in pairwise(body))
    usual = steps[len(steps) // 4] if steps else 12.0
    least = usual + max(_PAUSE, 0.12 * usual)
    pauses = [
        (_bottom(above) + _top(row)) / 2
        for above, row in pairwise(body)
        if _top(row) - _top(above) > least and (len(row) > 1 or _in_first(row, edges))
    ]
    first = [_in_first(row, edges) for row in body]
    if len(pauses) >= 2 or sum(first) > 0.5 * len(body):
        return pauses
    speaks = [
        (_bottom(above) + _top(row)) / 2 for above, row in pairwise(body) if _in_first(row, edges)
    ]
    return sorted({*pauses, *speaks})


def _in_first(row: list[list[Printed]], edges: list[float]) -> bool:
    return any(part[0].left < edges[1] - 4 for part in row)


def _grid(uprights: list[Rule], levels: list[Rule]) -> Grid:
    levels = [*levels, *_open_ends(uprights, levels)]
    return Grid(
        min(r.left for r in uprights),
        min(r.top for r in levels),
        max(r.left for r in uprights),
        max(r.top for r in levels),
        sorted(uprights, key=lambda r: r.left),
        sorted(levels, key=lambda r: r.top),
    )


def _open_ends(uprights: list[Rule], levels: list[Rule]) -> list[Rule]:
    """The level lines that are not drawn where a row goes on overleaf."""
    left, right = min(r.left for r in uprights), max(r.left for r in uprights)
    top, bottom = min(r.top for r in uprights), max(r.bottom for r in uprights)
    ends = []
    if min(r.top for r in levels) - top > 2 * _NEAR:
        ends.append(top)
    if bottom - max(r.top for r in levels) > 2 * _NEAR:
        ends.append(bottom)
    return [
        Rule(left, at, right, at)
        for at in ends
        if sum(abs(r.top - at) < _NEAR or abs(r.bottom - at) < _NEAR for r in uprights) >= 2
    ]


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
