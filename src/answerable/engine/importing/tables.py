"""Read a spreadsheet from outside: a workbook or a text with separators, as it really comes.

The file is opened in a child process, under limits and without network:
``python -I -m answerable.engine.importing.tables`` with one argument, a JSON object. Merged cells
lend their value to every row that they cover; a formula counts as the value that it last came to.
"""

import csv
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl

from answerable.engine.asking import ask_child
from answerable.engine.disclosure import office
from answerable.engine.disclosure.files import is_workbook
from answerable.engine.documents.confine import confine
from answerable.engine.documents.shapes import STANDARD, Limits, Unreadable
from answerable.engine.importing.shapes import (
    CSV_NAME,
    DATE,
    MOST_BYTES,
    MOST_CARRIED,
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NUMBER,
    TEXT,
    WRONG,
    Cell,
    Line,
    Table,
    packed,
    unpacked,
)

_CHILD = "answerable.engine.importing.tables"
_MOST_ANSWER = 64 * 1024 * 1024
_REFUSED = b"!"
"""The child's answer begins with this where it refuses; else it is what is kept."""

OLD = (
    "This is an old Excel file (.xls), or one that is locked with a password. Open it in Excel or "
    "LibreOffice, save it without a password as .xlsx, and choose that."
)
DAMAGED = "This file is damaged, so it could not be read. Save it again as .xlsx or CSV."
NO_TABLE = "This is no spreadsheet. Choose an Excel workbook (.xlsx) or a CSV file."
EMPTY = "There is nothing in this file."
LARGE = f"This file is larger than {MOST_BYTES // 1024 // 1024} MB. Bring fewer rows at a time."
LONG = f"A sheet has more than {MOST_ROWS:,} rows. Bring it in several files, each with fewer."
WIDE = f"A sheet has more than {MOST_COLUMNS} columns. Take out those that are not needed."
NO_VALUE = "This formula has no value kept in the file. Open the file, save it, and bring it again"
ERROR = "This formula went wrong in the spreadsheet ({value})"
OPEN_QUOTE = "A quotation mark opens in row {row} and never closes. Close it, and bring it again."


# --- Workbooks --------------------------------------------------------------------------------------


def _said(value: Any, kind: str) -> Cell | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if kind == "e":
        return Cell(WRONG, ERROR.format(value=value))
    if isinstance(value, datetime | date):
        return Cell(DATE, value.isoformat()[:10])
    if isinstance(value, bool):
        return Cell(TEXT, "yes" if value else "no")
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return Cell(NUMBER, str(int(value)) if whole else str(value))
    return Cell(TEXT, str(value).replace("\r\n", "\n").replace("\r", "\n")[:MOST_CELL])


def _of_workbook(path: Path) -> Iterator[Table]:
    book = _loaded(path, values=False)
    cells = (cell for sheet in book.worksheets for cell in sheet._cells.values())
    values = _loaded(path, values=True) if any(c.data_type == "f" for c in cells) else book
    for sheet, valued in zip(book.worksheets[:MOST_SHEETS], values.worksheets, strict=False):
        yield _of_sheet(sheet, valued)


def _loaded(path: Path, *, values: bool) -> Any:
    with path.open("rb") as file:  # by its bytes: what arrives has no ending to its name
        return openpyxl.load_workbook(file, data_only=values, keep_links=False)


def _of_sheet(sheet: Any, valued: Any) -> Table:
    """Only the cells that are there: a sheet may say that it is a million rows long."""
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if said := _cell(cell, valued):
            found.setdefault(row, {})[column] = said
    if len(found) > MOST_ROWS + 50:
        raise Unreadable("long", LONG)
    if any(max(cells) > MOST_COLUMNS for cells in found.values()):
        raise Unreadable("wide", WIDE)
    across = _spread(sheet, found)
    hidden = {row for row, its in sheet.row_dimensions.items() if its.hidden}
    lines = (Line(n, cells, n in hidden, tuple(across.get(n, ()))) for n, cells in found.items())
    return Table(sheet.title, tuple(lines), sheet.sheet_state != "visible")


def _cell(cell: Any, valued: Any) -> Cell | None:
    if cell.data_type != "f":
        return _said(cell.value, cell.data_type)
    value = valued._cells.get((cell.row, cell.column))
    return (value and _said(value.value, value.data_type)) or Cell(WRONG, NO_VALUE)


def _spread(sheet: Any, found: dict[int, dict[int, Cell]]) -> dict[int, list[tuple[int, int]]]:
    """Give each row under a merged cell its value; returns what is merged over columns, by row."""
    across: dict[int, list[tuple[int, int]]] = {}
    carried = 0
    for merged in sheet.merged_cells.ranges:
        first = found.get(merged.min_row, {}).get(merged.min_col)
        if first is None:
            continue
        for row in range(merged.min_row, merged.max_row + 1):
            if row in found:
                found[row].setdefault(merged.min_col, first)
                carried += 1
                if merged.max_col > merged.min_col:
                    across.setdefault(row, []).append((merged.min_col, merged.max_col))
            if row - merged.min_row > MOST_ROWS + 50 or carried > MOST_CARRIED:
                break
    return across


# --- Text with separators ---------------------------------------------------------------------------

MARKS = (",", ";", "\t", "|")


def _decoded(data: bytes) -> str:
    """The text, in whichever of the usual encodings it is."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    nulls = data[:2000].count(0)
    if nulls > len(data[:2000]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    if nulls:
        raise Unreadable("not_allowed", NO_TABLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _mark_of(text: str) -> str:
    """What stands between the columns: the mark by which most rows have the same number of them."""

    def weight(mark: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=mark)
        try:
            sizes = [len(row) for _, row in zip(range(60), reader, strict=False) if any(row)]
        except csv.Error:
            return (0, 0)
        [(columns, times)] = Counter(n for n in sizes if n > 1).most_common(1) or [(0, 0)]
        return (times / max(1, len(sizes)) * (columns > 1), columns)

    return max(MARKS, key=weight)


def _of_text(data: bytes) -> Table:
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    told = first.strip().casefold().removeprefix("sep=") if first[:4].casefold() == "sep=" else ""
    mark = told or _mark_of(text)
    source = f"\n{rest}" if told else text
    lines = tuple(_lines(source, mark[0] if mark else ","))
    return Table(CSV_NAME, lines)


def _lines(text: str, mark: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = count = 0
    try:
        for number, values in enumerate(reader, start=1):
            cells = {n: _typed(v) for n, v in enumerate(values, start=1) if v.strip()}
            if cells and max(cells) > MOST_COLUMNS:
                raise Unreadable("wide", WIDE)
            if cells:
                count += 1
                yield Line(number, cells)
            if count > MOST_ROWS + 50:
                raise Unreadable("long", LONG)
    except csv.Error:
        raise Unreadable("quotes", OPEN_QUOTE.format(row=number + 1)) from None


def _typed(value: str) -> Cell:
    if value.startswith("="):
        return Cell(WRONG, NO_VALUE)
    guarded = value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r")
    text = (value[1:] if guarded else value).replace("\r\n", "\n").replace("\r", "\n")
    return Cell(TEXT, text[:MOST_CELL])


# --- Either, in a child process ---------------------------------------------------------------------


def read_tables(path: Path, limits: Limits = STANDARD) -> list[Table]:
    """The sheets with anything in them of a workbook, or the one table of a text.

    Raises:
        Unreadable: with a sentence, for what is damaged, locked, too large, or no table.
    """
    limits = replace(limits, bytes=min(limits.bytes, MOST_BYTES))
    try:
        tables = [table for table in _of_file(path, limits) if table.lines]
    except Unreadable:
        raise
    except Exception as error:  # whatever a parser makes of bytes from outside
        raise Unreadable("damaged", DAMAGED) from error
    if not tables:
        raise Unreadable("empty", EMPTY)
    return tables


def _of_file(path: Path, limits: Limits) -> Sequence[Table]:
    with path.open("rb") as file:
        head = file.read(4096)
    if path.stat().st_size > limits.bytes:
        raise Unreadable("too_large", LARGE)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted", OLD)
    if head.startswith(b"PK"):
        if not is_workbook(path):
            raise Unreadable("damaged", DAMAGED if path.stat().st_size < 64 else NO_TABLE)
        office.check_workbook(path, limits)
        return list(_of_workbook(path))
    if head.startswith((b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html")):
        raise Unreadable("not_allowed", NO_TABLE)
    return [_of_text(path.read_bytes())] if head.strip() else []


def read_tables_safely(path: Path, limits: Limits = STANDARD) -> bytes:
    """As :func:`read_tables`, in a child process; as :func:`~.shapes.packed` keeps them.

    Raises:
        Unreadable: with a sentence, where the file cannot be read, or not in time.
    """
    order = {"path": str(path.resolve()), "limits": asdict(limits)}
    answer = ask_child(_CHILD, json.dumps(order), seconds=limits.wall_seconds, most=_MOST_ANSWER)
    if answer.startswith(_REFUSED):
        code, sentence = json.loads(answer[1:])
        raise Unreadable(str(code), str(sentence))
    try:
        unpacked(answer)
    except Exception:
        raise Unreadable("damaged", DAMAGED) from None
    return answer


def main(argument: str, out: BinaryIO) -> int:
    """Read the file that the argument names. Returns the exit status."""
    order = json.loads(argument)
    limits = Limits(**order["limits"])
    confine(limits)
    try:
        answer = packed(read_tables(Path(order["path"]), limits))
    except Unreadable as refused:
        answer = _REFUSED + json.dumps([refused.code, refused.sentence]).encode()
    out.write(answer)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
