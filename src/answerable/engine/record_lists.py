"""The list of record numbers from which a sample is drawn, read from text, CSV or Excel.

A file comes from outside, so it is opened in a child process, under limits and without network:
``python -I -m answerable.engine.record_lists`` with one argument, a JSON object. The list goes from
there to the draw through a pipe; it is never written anywhere.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import openpyxl

from answerable.engine.asking import ask_child
from answerable.engine.disclosure import office
from answerable.engine.disclosure.files import decoded, is_workbook
from answerable.engine.documents.confine import confine
from answerable.engine.documents.shapes import STANDARD, Limits, Unreadable

_CHILD = "answerable.engine.record_lists"
_MOST_ANSWER = 128 * 1024 * 1024
DAMAGED = (
    "This list could not be read. Save it again as a text or CSV file with one record number a "
    "line, and choose that."
)


def lines_of(text: str) -> list[str]:
    """The record numbers in a text: one a line, or the first column of a table."""
    lines = text.splitlines()
    rows = office.split_rows(lines)
    return [row[0] for row in rows if row] if rows else lines


def _cell(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value) if whole else value)  # type: ignore[call-overload]


def _first_column(path: Path) -> Iterator[str]:
    with path.open("rb") as file:  # by its bytes: what arrives has no ending to its name
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_col=1, values_only=True):
            yield _cell(row[0] if row else None)


def _read(path: Path, limits: Limits) -> Iterable[str]:
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04") and is_workbook(path):
        office.check_workbook(path, limits)
        return list(_first_column(path))
    if head.startswith((b"PK", b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0")) or (
        b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise Unreadable(
            "not_allowed",
            "This is no list of record numbers. Choose a text, CSV or Excel (.xlsx) file.",
        )
    return lines_of(decoded(path))


def read_list(path: Path, limits: Limits = STANDARD) -> list[str]:
    """The record numbers of a file, in its order: the first column of its first sheet, or each line.

    Raises:
        Unreadable: with a sentence, for what is damaged or no list.
    """
    try:
        return [record for record in map(str.strip, _read(path, limits)) if record]
    except Unreadable:
        raise
    except Exception as error:  # whatever a parser makes of bytes from outside
        raise Unreadable("damaged", DAMAGED) from error


def read_list_safely(path: Path, limits: Limits = STANDARD) -> list[str]:
    """As :func:`read_list`, in a child process.

    Raises:
        Unreadable: with a sentence, where the file cannot be read, or not in time.
    """
    order = {"path": str(path.resolve()), "limits": asdict(limits)}
    answer = ask_child(_CHILD, json.dumps(order), seconds=limits.wall_seconds, most=_MOST_ANSWER)
    try:
        told = json.loads(answer)
        if "refused" in told:
            raise Unreadable(str(told["code"]), str(told["refused"]))
        return [str(record) for record in told["records"]]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("damaged", DAMAGED) from None


def main(argument: str, out: BinaryIO) -> int:
    """Read the file that the argument names. Returns the exit status."""
    order = json.loads(argument)
    limits = Limits(**order["limits"])
    confine(limits)
    answer: dict[str, object]
    try:
        answer = {"records": read_list(Path(order["path"]), limits)}
    except Unreadable as refused:
        answer = {"code": refused.code, "refused": refused.sentence}
    out.write(json.dumps(answer).encode())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
