"""Tables that people bring, cell by cell: the sheets of a workbook, or a CSV file.

A file comes from outside, so it is opened in a child process, under limits and without network:
``python -I -m answerable.engine.workbooks`` with one argument, a JSON object. What a cell *is* comes
along with what it says: a formula is never worked out, and a date is a date only where the file says so.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl

from answerable.engine.asking import ask_child
from answerable.engine.disclosure import office
from answerable.engine.disclosure.files import decoded, is_workbook
from answerable.engine.documents.confine import confine
from answerable.engine.documents.shapes import STANDARD, Limits, Unreadable

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_SHEETS = 12
LONGEST = 32_767
TEXT, NUMBER, DATE, FORMULA, MERGED, OTHER = "text", "number", "date", "formula", "merged", "other"
"""What a cell can be."""

_CHILD = "answerable.engine.workbooks"
_MOST_ANSWER = 64 * 1024 * 1024
DAMAGED = "This file could not be read. Save it again as Excel (.xlsx) or CSV, and choose that."
TOO_LONG = (
    f"This file has more than {MOST_ROWS:,} rows. Bring the plan in several files, each with fewer."
)
TOO_WIDE = f"This file has more than {MOST_COLUMNS} columns. Take out those that are not needed."
NO_TABLE = "This is no table. Choose an Excel (.xlsx) or CSV file."


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty: what it is, and what it says."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row with anything in it: its number in the sheet, and its cells by column, from 1."""

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its first row names the columns."""

    name: str
    rows: tuple[Row, ...]


def _said(cell: Any) -> Cell | None:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "f":
        return Cell(FORMULA, "")
    if isinstance(value, datetime | date):
        return Cell(DATE, value.isoformat()[:10])
    if isinstance(value, bool):
        return Cell(OTHER, str(value))
    if isinstance(value, int | float):
        return Cell(NUMBER, repr(value))
    return Cell(TEXT if isinstance(value, str) else OTHER, str(value)[:LONGEST])


def _of_workbook(path: Path) -> Iterator[Sheet]:
    with path.open("rb") as file:  # by its bytes: what arrives has no ending to its name
        book = openpyxl.load_workbook(file, keep_links=False)
    for sheet in book.worksheets[:MOST_SHEETS]:
        yield _of_sheet(sheet)


def _of_sheet(sheet: Any) -> Sheet:
    """Only the cells that are there: a sheet may say that it is a million rows long."""
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if said := _said(cell):
            found.setdefault(row, {})[column] = said
    if len(found) > MOST_ROWS + 1:
        raise Unreadable("long", TOO_LONG)
    if any(max(cells) > MOST_COLUMNS for cells in found.values()):
        raise Unreadable("wide", TOO_WIDE)
    for merged in sheet.merged_cells.ranges:
        for number in set(found) & set(range(merged.min_row, merged.max_row + 1)):
            for column in range(merged.min_col, min(merged.max_col, MOST_COLUMNS) + 1):
                found[number][column] = Cell(MERGED, merged.coord)
    return Sheet(sheet.title, tuple(Row(number, cells) for number, cells in found.items()))


def _of_text(path: Path) -> Sheet:
    """A CSV file: all of it is text; what begins like a formula is one, unless it is quoted."""
    # What stands in quotes may hold line ends, so the mark between columns is found first.
    words = decoded(path)
    lines = words.splitlines(keepends=True)
    if not office.split_rows([line.rstrip("\r\n") for line in lines[:1]]):
        raise Unreadable("not_allowed", NO_TABLE)
    mark = max((",", ";", "\t"), key=lines[0].count)
    rows = []
    for number, values in enumerate(csv.reader(lines, delimiter=mark), start=1):
        cells = {n: _typed(v) for n, v in enumerate(values, start=1) if v.strip()}
        if cells:
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS + 1:
            raise Unreadable("long", TOO_LONG)
        if cells and max(cells) > MOST_COLUMNS:
            raise Unreadable("wide", TOO_WIDE)
    return Sheet("The file", tuple(rows))


def _typed(value: str) -> Cell:
    if value.startswith("="):
        return Cell(FORMULA, "")
    kept = (
        value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r") else value
    )
    return Cell(TEXT, kept[:LONGEST])


def read_tables(path: Path, limits: Limits = STANDARD) -> list[Sheet]:
    """The sheets of a workbook, or the one table of a CSV file.

    Raises:
        Unreadable: with a sentence, for what is damaged, too long, or no table.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PK\x03\x04") and is_workbook(path):
            office.check_workbook(path, limits)
            return list(_of_workbook(path))
        if b"\0" in head or head.startswith((b"PK", b"%PDF")) or not head:
            raise Unreadable("not_allowed", NO_TABLE)
        return [_of_text(path)]
    except Unreadable:
        raise
    except Exception as error:  # whatever a parser makes of bytes from outside
        raise Unreadable("damaged", DAMAGED) from error


def read_tables_safely(path: Path, limits: Limits = STANDARD) -> list[Sheet]:
    """As :func:`read_tables`, in a child process.

    Raises:
        Unreadable: with a sentence, where the file cannot be read, or not in time.
    """
    order = {"path": str(path.resolve()), "limits": asdict(limits)}
    answer = ask_child(_CHILD, json.dumps(order), seconds=limits.wall_seconds, most=_MOST_ANSWER)
    try:
        told = json.loads(answer)
        if "refused" in told:
            raise Unreadable(str(told["code"]), str(told["refused"]))
        return [_sheet(sheet) for sheet in told["sheets"]]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("damaged", DAMAGED) from None


def _sheet(told: Mapping[str, Any]) -> Sheet:
    rows = (
        Row(
            int(row["number"]),
            {int(n): Cell(c["kind"], c["text"]) for n, c in row["cells"].items()},
        )
        for row in told["rows"]
    )
    return Sheet(str(told["name"]), tuple(rows))


def main(argument: str, out: BinaryIO) -> int:
    """Read the file that the argument names. Returns the exit status."""
    order = json.loads(argument)
    limits = Limits(**order["limits"])
    confine(limits)
    answer: dict[str, object]
    try:
        answer = {"sheets": [asdict(s) for s in read_tables(Path(order["path"]), limits)]}
    except Unreadable as refused:
        answer = {"code": refused.code, "refused": refused.sentence}
    out.write(json.dumps(answer).encode())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
