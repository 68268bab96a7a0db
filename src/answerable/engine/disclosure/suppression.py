"""Small numbers are not shown, and cannot be worked out from the totals that are.

Every number of a table, and every total, is an edge of a network in which what flows in flows out:
a row's cells add up to its total, a column's likewise. What a stranger can work out about a number
that is not shown is then how far the flow through its edge can rise and fall while everything that
is shown stays. Numbers are hidden, one by one, until each small one keeps at least half of the
values that "fewer than ten" leaves open.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

UNLIMITED = 1 << 40
"""More than any count: where nothing that is shown sets an end."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown: itself where both ends are one, else between which it lies.

    ``high`` is None where nothing that is shown sets an upper end.
    """

    low: int
    high: int | None

    @property
    def number(self) -> int | None:
        """The number, or None where it is not shown."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it may be shown, with its totals."""

    cells: list[list[Shown]]
    rows: list[Shown]
    columns: list[Shown]
    total: Shown


def suppressed(counts: Sequence[int], *, threshold: int) -> list[Shown] | None:
    """``counts`` that add up to a total which everybody knows, as they may be shown.

    None where even that is too much: then nothing but the total may be said.
    """
    names = [("in", "out")] * len(counts)
    network = _Network([*names, ("out", "in")], [*counts, sum(counts)], threshold)
    network.fixed = frozenset({len(counts)})
    return network.shown()[:-1] if network.protect() else None


def suppressed_table(rows: Sequence[Sequence[int]], *, threshold: int) -> Table | None:
    """``rows`` of counts with the totals of rows, of columns and of all, as they may be shown.

    None where nothing of it may be.
    """
    wide, names, values = len(rows[0]), [], []
    for r, row in enumerate(rows):
        names += [(f"row {r}", f"column {c}") for c in range(wide)]
        values += list(row)
    names += [("in", f"row {r}") for r in range(len(rows))]
    values += [sum(row) for row in rows]
    names += [(f"column {c}", "out") for c in range(wide)]
    values += [sum(column) for column in zip(*rows, strict=True)]
    network = _Network([*names, ("out", "in")], [*values, sum(map(sum, rows))], threshold)
    if not network.protect():
        return None
    found, held = network.shown(), len(rows) * wide
    return Table(
        [found[r * wide : (r + 1) * wide] for r in range(len(rows))],
        found[held : held + len(rows)],
        found[held + len(rows) : -1],
        found[-1],
    )


class _Network:
    """Counts as flows: which are hidden, and what can be worked out about them."""

    fixed: frozenset[int] = frozenset()

    def __init__(
        self, edges: Sequence[tuple[str, str]], values: Sequence[int], threshold: int
    ) -> None:
        self.edges, self.values, self.threshold = list(edges), list(values), threshold
        self.small = {n for n, value in enumerate(values) if 0 < value < threshold}
        self.hidden: set[int] = set()

    @cached_property
    def open_values(self) -> int:
        """How many values a small number must keep."""
        return max(2, self.threshold // 2)

    def bounds(self, n: int) -> tuple[int, int]:
        """What is known of a hidden number from its mark alone: small, or hidden beside a small one."""
        small = n in self.small
        return (1, self.threshold - 1) if small else (self.threshold, UNLIMITED)

    def protect(self) -> bool:
        """Hide the small numbers, and others until none can be worked out; whether that is enough."""
        self.hidden = self.small - self.fixed
        while (exposed := self._exposed()) is not None:
            other = self._beside(exposed)
            if other is None:
                return False
            self.hidden.add(other)
        return True

    def _exposed(self) -> int | None:
        """A small number of which too much can be worked out."""
        for n in sorted(self.small - self.fixed):
            low, high = self._range(n)
            if high - low + 1 < self.open_values:
                return n
        return None

    def _beside(self, exposed: int) -> int | None:
        """What is hidden next: the smallest number beside the exposed one, cells before totals."""
        nodes = set(self.edges[exposed])
        left = [
            n
            for n, value in enumerate(self.values)
            if value and n not in self.hidden and n not in self.fixed
        ]
        return min(
            left,
            key=lambda n: (not nodes & set(self.edges[n]), self._is_total(n), self.values[n], n),
            default=None,
        )

    def _is_total(self, n: int) -> bool:
        start, end = self.edges[n]
        return (start, end) != ("in", "out") and ("in" in (start, end) or "out" in (start, end))

    def shown(self) -> list[Shown]:
        """Every number, as it may be shown."""
        return [
            self._bounded(n) if n in self.hidden else Shown(value, value)
            for n, value in enumerate(self.values)
        ]

    def _bounded(self, n: int) -> Shown:
        low, high = self._range(n)
        return Shown(low, high if high < UNLIMITED // 2 else None)

    def _range(self, n: int) -> tuple[int, int]:
        """The least and the most that the hidden number can be, given all that is shown."""
        (start, end), (least, most) = self.edges[n], self.bounds(n)
        others = [m for m in self.hidden if m != n]
        value = self.values[n]
        down = _flow(self._room(others), start, end, value - least)
        up = _flow(self._room(others), end, start, most - value)
        return value - down, value + up

    def _room(self, others: Iterable[int]) -> dict[str, dict[str, int]]:
        """How far the other hidden numbers can rise (along their edges) and fall (against them)."""
        room: dict[str, dict[str, int]] = {}
        for m in others:
            (start, end), (least, most) = self.edges[m], self.bounds(m)
            for a, b, more in (
                (start, end, most - self.values[m]),
                (end, start, self.values[m] - least),
            ):
                room.setdefault(a, {}).setdefault(b, 0)
                room[a][b] += more
                room.setdefault(b, {}).setdefault(a, 0)
        return room


def _flow(room: dict[str, dict[str, int]], start: str, end: str, most: int) -> int:
    """The largest flow from ``start`` to ``end``, up to ``most``: shortest ways first."""
    total = 0
    while total < most:
        way = _way(room, start, end)
        if not way:
            break
        more = min(most - total, *(room[a][b] for a, b in way))
        for a, b in way:
            room[a][b] -= more
            room[b][a] += more
        total += more
    return total


def _way(room: dict[str, dict[str, int]], start: str, end: str) -> list[tuple[str, str]]:
    """The shortest way along which something can still flow; nothing where there is none."""
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, left in room.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                waiting.append(there)
    if end not in came:
        return []
    way = []
    while end != start:
        way.append((came[end], end))
        end = came[end]
    return way
