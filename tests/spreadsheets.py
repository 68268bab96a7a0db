"""Spreadsheets as offices keep them, built cell by cell for the tests."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

HEADS = (
    "Report",
    "Report made by",
    "Published",
    "No",
    "Recommendation",
    "Addressed to",
    "Reply",
    "Reply date",
    "Position",
)
MAKER, FORCE, COUNCIL = (
    "Inspectorate of Policing and Rescue",
    "Northmoor Police",
    "Northmoor Council",
)
FIRST = 4
"""The first row of the messy workbook that holds a recommendation."""


def row(number: int = 1, **said: object) -> list[object]:
    """One good row, with what is ``said`` in place of what it says."""
    good: dict[str, object] = {
        "Report": "Inspection of custody",
        "Report made by": MAKER,
        "Published": "1 March 2019",
        "No": number,
        "Recommendation": f"Make sure that matter {number} is put right, and say when it was.",
        "Addressed to": FORCE,
        "Reply": "",
        "Reply date": "",
        "Position": "",
    }
    return list((good | {key.replace("_", " "): value for key, value in said.items()}).values())


def csv_of(*rows: Sequence[object], heads: Sequence[object] = HEADS, mark: str = ",") -> bytes:
    """A CSV file, every cell in quotes."""
    lines = [mark.join(f'"{cell}"' for cell in one) for one in (heads, *rows)]
    return "\r\n".join(lines).encode()


def book_of(*rows: Sequence[object], heads: Sequence[object] = HEADS, merged: str = "") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Recs"
    for one in (heads, *rows):
        sheet.append(list(one))
    if merged:
        sheet.merge_cells(merged)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def messy(count: int = 300) -> tuple[bytes, dict[str, str]]:
    """A tracker of ``count`` rows as offices have them, and what must be refused, by its place.

    Two lines of headings under a title, reports merged over ten rows, days as dates and as words,
    names that nobody is known by, rows said twice, a hidden row, and a total at the end.
    """
    book = openpyxl.Workbook()
    notes: Any = book.active
    notes.title = "Read me"
    notes.append(["Our tracker. Ask the office before you change it."])
    sheet: Any = book.create_sheet("Recs")
    sheet.append(["Recommendations, the office’s copy"])
    sheet.append(
        ["Report", None, None, "Recommendation", None, None, "Reply", None, None, "Delivery"]
    )
    sheet.append(
        ["Title", "By whom", "Date", "No", "Text", "For", "Words", "Date", "Position", "Owner"]
    )
    for merged in ("A2:C2", "D2:F2", "G2:I2"):
        sheet.merge_cells(merged)
    wrong = {}
    for n in range(count):
        sheet.append(_messy_row(n))
        place = FIRST + n
        if n % 60 == 30:
            sheet.cell(place, 8).value = "31/02/2019"
            sheet.cell(place, 7).value = "We will."
            wrong[f"row {place}, column H “Reply: Date”"] = "“31/02/2019” is no day"
        if n % 90 == 45:
            sheet.cell(place, 5).value = None
            wrong[f"row {place}, column E “Recommendation: Text”"] = "There are no words"
    for first in range(FIRST, FIRST + count, 10):
        for column in "ABC":
            sheet.merge_cells(f"{column}{first}:{column}{first + 9}")
    for again in (1, 2):  # said twice
        sheet.append([*_about(0), *_messy_row(again)[3:6]])
    sheet.append(["Total", None, None, count])
    sheet.row_dimensions[FIRST + 3].hidden = True
    return saved(book), wrong


FOR = (FORCE, f"{FORCE}; {COUNCIL}", "N’moor Safeguarding Partnership", "Nothmoor Police", COUNCIL)


def _about(group: int) -> tuple[object, ...]:
    year = 2012 + group % 9
    days = (date(year, 3, 1 + group % 20), f"{1 + group % 20}/3/{year}", f"2nd March {year}", year)
    return f"Inspection {group}", ("HM Inspectors" if group % 3 == 2 else MAKER), days[group % 4]


def _messy_row(n: int) -> list[object]:
    about = _about(n // 10) if n % 10 == 0 else (None, None, None)
    words = f"Make sure that matter {n} is put right by all who work on it, and say when it was."
    reply: tuple[object, ...] = (None, None, None)
    if n % 5 == 0:
        reply = (
            "We will do this.",
            "3rd May 2021",
            ("Accepted", "Noted", "Partly accepted")[n % 3],
        )
    return [*about, n % 10 + 1, words, FOR[n % 5], *reply, "Ch Supt Ash"]
