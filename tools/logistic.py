"""Logistic models in plain Python, the same weights from the same examples every time.

Newton's method with a ridge, over named numbers of which most are zero. A number may be held to
speak in one direction only: then it gets no weight where the examples would have it speak in the
other. Weights are rounded, so that two machines that differ in the last digit of a sum write the
same file.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STEPS = 25
_STILL = 1e-5
_DIGITS = 4
BIAS = "bias"

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen, what was true, and how much the example counts."""

    seen: Mapping[str, float]
    right: bool
    weight: float = 1.0


def fit(
    examples: Sequence[Example],
    *,
    ridge: float,
    signs: Mapping[str, int] | None = None,
    start: Weights | None = None,
) -> Weights:
    """The weights under which the examples are likeliest, held towards 0 by the ridge.

    ``signs`` says of a name whether its weight may be above (1) or below (-1) nothing, or must be
    nothing (0). ``start`` only saves time.
    """
    allowed = signs or {}
    names = {name for e in examples for name in e.seen if allowed.get(name) != 0}
    found: Weights = start or {}
    while True:
        found = _newton(examples, [BIAS, *sorted(names)], ridge, found)
        wrong = {name for name in names if allowed.get(name, 0) * found[name] < 0}
        if not wrong:
            return {n: round(w, _DIGITS) for n, w in found.items() if round(w, _DIGITS)}
        names -= wrong


def _newton(
    examples: Sequence[Example], names: Sequence[str], ridge: float, start: Weights
) -> Weights:
    place = {name: i for i, name in enumerate(names)}
    rows = [
        (
            [(0, 1.0), *((place[n], v) for n, v in sorted(e.seen.items()) if v and n in place)],
            e,
        )
        for e in examples
    ]
    found = [start.get(name, 0.0) for name in names]
    for _ in range(_STEPS):
        slope, bend = _derivatives(rows, found, ridge)
        step = solved(bend, slope)
        found = [w + s for w, s in zip(found, step, strict=True)]
        if max(abs(s) for s in step) < _STILL:
            break
    return dict(zip(names, found, strict=True))


def _derivatives(
    rows: Sequence[tuple[list[tuple[int, float]], Example]], weights: list[float], ridge: float
) -> tuple[list[float], list[list[float]]]:
    size = len(weights)
    held = [1e-3, *([ridge] * (size - 1))]
    slope = [-h * w for h, w in zip(held, weights, strict=True)]
    bend = [[held[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row, example in rows:
        chance = sigmoid(sum(weights[i] * v for i, v in row))
        miss = example.weight * (example.right - chance)
        curve = example.weight * chance * (1 - chance)
        for i, v in row:
            slope[i] += miss * v
            if curve > 1e-7:
                line, scaled = bend[i], curve * v
                for j, u in row:
                    if j > i:
                        break
                    line[j] += scaled * u
    for i in range(size):
        for j in range(i):
            bend[j][i] = bend[i][j]
    return slope, bend


def sigmoid(value: float) -> float:
    """Between 0 and 1, without overflow."""
    value = max(-30.0, min(30.0, value))
    return 1 / (1 + math.exp(-value))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a symmetric, positive system (Cholesky)."""
    size = len(right)
    low = [[0.0] * size for _ in range(size)]
    for i in range(size):
        line = low[i]
        for j in range(i + 1):
            other = low[j]
            rest = matrix[i][j] - sum(line[k] * other[k] for k in range(j))
            line[j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / other[j]
    found = [0.0] * size
    for i in range(size):
        found[i] = (right[i] - sum(low[i][k] * found[k] for k in range(i))) / low[i][i]
    for i in reversed(range(size)):
        found[i] = (found[i] - sum(low[k][i] * found[k] for k in range(i + 1, size))) / low[i][i]
    return found
