"""Lists as workbooks that Excel and LibreOffice open, beside the CSV of :mod:`answerable.desk.tables`."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from answerable.desk.tables import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""What a cell of a workbook can hold."""

WIDE = 60
LONG = ("Words", "Reply", "Action", "More about it", "Milestone", "Why")


def _cell(sheet: Any, value: Any) -> Any:
    """A cell that is never a formula: a text stays a text, whatever it begins with."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDE)
    return cell


def _heading(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _add_sheet(book: Workbook, name: str, table: Table) -> None:
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(table.headings, start=1):
        wide = WIDE if heading in LONG else max(12, min(len(heading) + 4, 30))
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def workbook_of_all(sheets: Sequence[tuple[str, Table]]) -> bytes:
    """The bytes of a workbook with these sheets, their headings kept in sight."""
    book = Workbook(write_only=True)
    for name, table in sheets:
        _add_sheet(book, name, table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook_of(name: str, table: Table) -> bytes:
    """The bytes of a workbook with one sheet."""
    return workbook_of_all([(name.capitalize(), table)])


def as_xlsx(name: str, table: Table) -> HttpResponse:
    """``table`` as a workbook to be saved, named after the list and the day."""
    return saved(name, workbook_of(name, table))


def saved(name: str, content: bytes) -> HttpResponse:
    """A workbook to be saved, named after the list and the day."""
    filename = f"{name}-{timezone.localdate().isoformat()}.xlsx"
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
        },
    )
