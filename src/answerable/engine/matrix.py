"""A coverage matrix as a picture: what was asked of whom, how often, and what is missing.

Plain dataclasses in, SVG out, the same text for the same matrix. A cell says what it says three
times: by its numbers, by its pattern, and in the table that stands beside every picture.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import product

CELL, HIGH = 62, 46
LEFT, TOP = 236, 216
LABEL, HEAD = 30, 32
"""How many letters fit on one line of a row's and of a column's name."""
INK, LINE, PAPER, PALE, MIDDLE, DEEP, ALARM = (
    "#14201d", "#d3d8d2", "#ffffff", "#eef1ec", "#b7c6bf", "#16302b", "#8a3b12",
)  # fmt: skip

SINGULAR = {"themes": "theme", "reports": "report", "bodies": "body", "families": "family"}
NONE, SAID, PART, SEEN = "none", "said", "part", "seen"
SHADES = {
    NONE: "not asked",
    SAID: "asked; none of it assured",
    PART: "some of it assured, or partly",
    SEEN: "all of it assured",
}
"""How a cell is drawn, in words."""
AGAIN = "asked again after it was claimed, assured or closed"
"""What the strong frame of a cell means."""


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a row or column, and what it is known by."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What was asked there: how many in all, with a gap, asked again, assured, assured in part."""

    asked: int = 0
    gaps: int = 0
    again: int = 0
    assured: int = 0
    partly: int = 0

    @property
    def shade(self) -> str:
        """How it is drawn: a key of :data:`SHADES`."""
        if not self.asked:
            return NONE
        if self.assured >= self.asked:
            return SEEN
        return PART if self.assured or self.partly else SAID

    @property
    def words(self) -> str:
        """The cell in words: "3 asked, 2 with a gap, 1 asked again"."""
        if not self.asked:
            return SHADES[NONE]
        said = [f"{self.asked:,} asked"]
        said += [f"{self.gaps:,} with a gap"] if self.gaps else ["no gap"]
        said += [f"{self.again:,} asked again"] if self.again else []
        said += [f"{self.assured:,} assured"] if self.assured else []
        said += [f"{self.partly:,} partly assured"] if self.partly else []
        return ", ".join(said)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows by columns; a cell that is not there is empty. ``down`` and ``across`` name the two."""

    down: str
    across: str
    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: str, column: str) -> Cell:
        """What stands at a crossing."""
        return self.cells.get((row, column), EMPTY)

    def part(self, *, rows: int, columns: int) -> "Matrix":
        """The first so many rows and columns of it."""
        return Matrix(self.down, self.across, self.rows[:rows], self.columns[:columns], self.cells)


def summary(matrix: Matrix) -> str:
    """What the picture shows, in sentences: for whoever cannot see it."""
    crossings = list(product(matrix.rows, matrix.columns))
    cells = [(row, column, matrix.cell(row.key, column.key)) for row, column in crossings]
    filled = sum(1 for *_, cell in cells if cell.asked)
    said = [
        f"{_number(matrix.rows, matrix.down)} by {_number(matrix.columns, matrix.across)}.",
        f"Something was asked in {filled:,} of {len(cells):,} places.",
    ]
    again = [f"{row.name}, {column.name}" for row, column, cell in cells if cell.again]
    if again:
        more = f"; and {len(again) - 5:,} more" if len(again) > 5 else ""
        said.append(f"{AGAIN.capitalize()}: {'; '.join(again[:5])}{more}.")
    most = max(cells, key=lambda found: found[2].gaps, default=None)
    if most and most[2].gaps:
        row, column, cell = most
        said.append(f"Most gaps: {row.name}, {column.name}, with {cell.gaps:,}.")
    return " ".join(said)


def _number(places: tuple[Place, ...], noun: str) -> str:
    return f"{len(places):,} {SINGULAR.get(noun, noun) if len(places) == 1 else noun}"


# --- The picture ----------------------------------------------------------------------------------


def draw(matrix: Matrix, *, name: str) -> str:
    """The matrix as SVG. ``name`` begins the identifiers in it, so that two fit on one page."""
    wide = LEFT + CELL * len(matrix.columns) + 2
    high = TOP + HIGH * len(matrix.rows) + 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="an-matrix-picture" role="img" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'aria-labelledby="{name}-title {name}-said" font-size="15" fill="{INK}">',
        f'<title id="{name}-title">{escape(matrix.down.capitalize())} by '
        f"{escape(matrix.across)}</title>",
        f'<desc id="{name}-said">{escape(summary(matrix))}</desc>',
        _patterns(name),
        *_heads(matrix),
        *_lines(matrix, name),
        "</svg>",
    ]
    return "".join(parts)


def _patterns(name: str) -> str:
    """Hatching for what was not asked, broad stripes for what is assured in part."""
    return (
        f'<defs><pattern id="{name}-none" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{PAPER}"/>'
        '<rect width="2" height="7" fill="#efe9d3"/></pattern>'
        f'<pattern id="{name}-part" width="10" height="10" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-45)"><rect width="10" height="10" fill="{MIDDLE}"/>'
        '<rect width="3" height="10" fill="#cbd7d1"/></pattern></defs>'
    )


def _fitted(text: str, letters: int) -> list[str]:
    """A name on at most two lines."""
    lines = textwrap.wrap(text, letters, break_long_words=True) or [""]
    if len(lines) > 2:
        lines[1] = lines[1][: letters - 2].rstrip() + " …"
    return lines[:2]


def _heads(matrix: Matrix) -> Iterator[str]:
    for number, column in enumerate(matrix.columns):
        middle = LEFT + CELL * number + CELL / 2
        lines = _fitted(column.name, HEAD)
        for at, line in enumerate(lines):
            x = middle + 5 + (at - (len(lines) - 1) / 2) * 18
            yield (
                f'<text transform="translate({x:g} {TOP - 8}) rotate(-90)" font-size="14">'
                f"{escape(line)}</text>"
            )


def _lines(matrix: Matrix, name: str) -> Iterator[str]:
    for number, row in enumerate(matrix.rows):
        y = TOP + HIGH * number
        lines = _fitted(row.name, LABEL)
        for at, line in enumerate(lines):
            down = y + HIGH / 2 + 5 + (at - (len(lines) - 1) / 2) * 18
            yield f'<text x="0" y="{down:g}" font-weight="600">{escape(line)}</text>'
        for column, place in enumerate(matrix.columns):
            yield _cell(matrix.cell(row.key, place.key), LEFT + CELL * column, y, name)
    yield from _frames(matrix)


def _cell(cell: Cell, x: int, y: int, name: str) -> str:
    shade = cell.shade
    fill = {NONE: f"url(#{name}-none)", SAID: PALE, PART: f"url(#{name}-part)", SEEN: DEEP}[shade]
    drawn = f'<rect x="{x}" y="{y}" width="{CELL}" height="{HIGH}" fill="{fill}" stroke="{LINE}"/>'
    if shade == NONE:
        return drawn
    ink = PAPER if shade == SEEN else INK
    middle = x + CELL / 2
    gaps = f"{cell.gaps:,} {'gap' if cell.gaps == 1 else 'gaps'}" if cell.gaps else ""
    drawn += (
        f'<text x="{middle:g}" y="{y + (20 if gaps else 29)}" text-anchor="middle" '
        f'font-weight="{700 if cell.again else 500}" fill="{ink}">{cell.asked:,}</text>'
    )
    if gaps:
        drawn += (
            f'<text x="{middle:g}" y="{y + 37}" text-anchor="middle" font-size="13" '
            f'fill="{ink}">{gaps}</text>'
        )
    return drawn


def _frames(matrix: Matrix) -> Iterator[str]:
    """The strong frames, last, so that no neighbour covers them."""
    for (down, row), (right, column) in product(enumerate(matrix.rows), enumerate(matrix.columns)):
        if matrix.cell(row.key, column.key).again:
            yield (
                f'<rect x="{LEFT + CELL * right + 1.5:g}" y="{TOP + HIGH * down + 1.5:g}" '
                f'width="{CELL - 3}" height="{HIGH - 3}" fill="none" stroke="{ALARM}" '
                'stroke-width="3"/>'
            )
