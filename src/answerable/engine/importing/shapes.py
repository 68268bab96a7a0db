"""What a spreadsheet is once it was read: sheets, lines and cells, small enough to be kept."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TEXT, NUMBER, DATE, WRONG = "t", "n", "d", "x"
"""What a cell can be. One that is wrong says why instead of what it holds."""

MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_SHEETS = 40
MOST_BYTES = 20 * 1024 * 1024
MOST_CELL = 32_767
"""A cell of a workbook holds no more."""
MOST_CARRIED = 400_000
"""So many cells at most are filled from merged ones."""
CSV_NAME = "The file"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row with anything in it, under its number in the sheet; cells by column, from 1.

    ``across``: the cells that are merged over several columns, as (first, last).
    """

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False
    across: tuple[tuple[int, int], ...] = ()

    def text(self, column: int) -> str:
        """What stands in ``column``; nothing where nothing does."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False

    @property
    def columns(self) -> list[int]:
        """The columns with anything in them."""
        return sorted({column for line in self.lines for column in line.cells})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with a row: where, what stands there, and why not."""

    sheet: str
    row: int
    column: str
    heading: str
    sentence: str

    @property
    def where(self) -> str:
        """The sheet, the row, the column and what it is called."""
        sheet = "" if self.sheet == CSV_NAME else f"Sheet “{self.sheet}”, "
        said = f" “{self.heading}”" if self.heading else ""
        column = f", column {self.column}{said}" if self.column else ""
        where = f"{sheet}row {self.row}{column}"
        return where[0].upper() + where[1:]


@dataclass(frozen=True, slots=True)
class Told:
    """A row of which something is said that refuses nothing."""

    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How a sheet is read, as a person decided.

    ``columns`` says what each column means; ``carry`` takes an empty report, maker or day from the
    row above; ``leave_hidden`` leaves hidden rows out; ``exact`` says that the words stand exactly
    as in the reports; ``fixed`` is what every row says where no column does (the one report).
    """

    sheet: int = 0
    header: int = 1
    columns: Mapping[int, str] = field(default_factory=dict)
    carry: bool = False
    leave_hidden: bool = False
    exact: bool | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)


def letter(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    rest, name = column, ""
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(65 + last) + name
    return name


def packed(tables: Sequence[Table]) -> bytes:
    """``tables`` as they are kept."""
    plain = [
        [
            table.name,
            table.hidden,
            [
                [
                    line.number,
                    line.hidden,
                    line.across,
                    [[n, c.kind, c.text] for n, c in line.cells.items()],
                ]
                for line in table.lines
            ],
        ]
        for table in tables
    ]
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace"), 6)


def unpacked(kept: bytes) -> list[Table]:
    """What :func:`packed` kept."""
    return [
        Table(
            name,
            tuple(
                Line(
                    number,
                    {n: Cell(kind, text) for n, kind, text in cells},
                    hidden,
                    tuple((first, last) for first, last in across),
                )
                for number, hidden, across, cells in lines
            ),
            concealed,
        )
        for name, concealed, lines in json.loads(zlib.decompress(kept))
    ]
