"""What the paper of a gap analysis is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap: where, what was asked there, why it is one, what shows it, and since when."""

    where: str
    body: str
    words: str
    because: str
    evidence: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class GapKind:
    """All gaps of one kind, with the rule that makes them one. ``left_out`` counts what is not shown."""

    name: str
    rule: str
    count: int
    lines: tuple[GapLine, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of a matrix: its numbers, how it is shaded, and whether it was asked again."""

    asked: str
    gaps: str
    shade: str
    again: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a matrix."""

    name: str
    cells: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix, or so much of one as fits across a page."""

    heading: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class GapPaper:
    """A gap analysis for people. ``day`` is ISO text, ``dated`` its words; the rest is sentences."""

    office: str
    reference: str
    heading: str
    day: str
    dated: str
    lead: tuple[str, ...]
    changed: tuple[str, ...]
    kinds: tuple[GapKind, ...]
    grids: tuple[Grid, ...]
    key: tuple[tuple[str, str], ...]
    made: tuple[str, ...]
