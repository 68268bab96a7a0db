"""Word and Excel files: their words, and what travels with them unseen.

Properties, comments, tracked changes with what was deleted, hidden text, sheets, rows and columns.
"""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from answerable.engine.disclosure.parts import Part, properties
from answerable.engine.disclosure.shapes import Found, Kind
from answerable.engine.documents import markup
from answerable.engine.documents.shapes import Limits, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHO = ("creator", "lastModifiedBy", "Manager")
CHANGED = ("ins", "del", "moveFrom", "moveTo")
ROWS_A_PART = 200
MOST_ROWS = 200_000


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _parsed(package: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return markup.parse(package.read(name))
    except (KeyError, ParseError, ValueError):
        return None


def _core(package: zipfile.ZipFile) -> Iterator[Part]:
    who: list[str] = []
    told: list[str] = []
    for name in package.namelist():
        if not name.startswith("docProps/") or not name.endswith(".xml"):
            continue
        root = _parsed(package, name)
        for element in root.iter() if root is not None else ():
            words = (element.text or "").strip()
            if words:
                (who if _local(element) in WHO else told).append(words)
    yield from properties(who)
    yield Part("\n".join(told), "in the properties of the file")


# --- Word -------------------------------------------------------------------------------------------

PLACES = {
    "word/document.xml": "in the text",
    "word/footnotes.xml": "in a footnote",
    "word/endnotes.xml": "in an endnote",
    "word/comments.xml": "in a comment",
}


def document(path: Path) -> Iterator[Part]:
    """Everything in a Word file that may tell of people."""
    with zipfile.ZipFile(path) as package:
        yield from _core(package)
        for name in package.namelist():
            where = PLACES.get(name)
            if name.startswith(("word/header", "word/footer")):
                where = "in a header or footer"
            root = _parsed(package, name) if where else None
            if root is not None and where:
                yield from _story(root, where)


def _story(root: Element, where: str) -> Iterator[Part]:
    yield Part("\n".join(_paragraphs(root)), where)
    comments = list(root.iter(f"{W}comment"))
    if comments:
        found = (Found(Kind.COMMENT, "in the margin", len(comments)),)
        yield Part(where="in a comment", found=found)
        yield from properties((c.get(f"{W}author", "") for c in comments), "in a comment")
    changes = [e for kind in CHANGED for e in root.iter(f"{W}{kind}")]
    if changes:
        yield Part(found=(Found(Kind.TRACKED, where, len(changes)),))
        yield from properties((c.get(f"{W}author", "") for c in changes), "in a tracked change")
        gone = "".join(e.text or "" for e in root.iter(f"{W}delText"))
        yield Part(gone, "in what a tracked change deleted")
    hidden = sum(1 for run in root.iter(f"{W}r") if _is_hidden(run))
    if hidden:
        yield Part(found=(Found(Kind.HIDDEN, where, hidden),))


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    if mark is None or mark.get(f"{W}val", "true") in ("0", "false"):
        return False
    return any((text.text or "").strip() for text in run.iter(f"{W}t"))


def _paragraphs(root: Element) -> Iterator[str]:
    """The words of each paragraph; those of a table row with the words that label its columns."""
    for paragraph in root.iter(f"{W}p"):
        pieces = []
        for element in paragraph.iter():
            kind = _local(element)
            if kind == "t":
                pieces.append(element.text or "")
            elif kind in ("tab", "br", "cr"):
                pieces.append(" " if kind == "tab" else "\n")
        yield "".join(pieces)
    for table in root.iter(f"{W}tbl"):
        rows = [["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
                for row in table.iter(f"{W}tr")]  # fmt: skip
        yield from _by_the_side(rows)
        yield from labelled_rows(rows) or ()


def _by_the_side(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of two cells, where the first may be the label of the second."""
    return (f"{row[0].strip().rstrip(':')}: {row[1]}" for row in rows if len(row) == 2 and row[1])


# --- Excel and CSV ----------------------------------------------------------------------------------


def check_workbook(path: Path, limits: Limits) -> None:
    """Refuses a workbook that is too large, locked, or that holds programs."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError):
        raise _damaged() from None
    if (
        path.stat().st_size > limits.bytes
        or sum(p.file_size for p in parts) > limits.unpacked_bytes
    ):
        raise Unreadable(
            "bomb",
            "This workbook holds more than is read here. Hand in only the sheets that matter.",
        )
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise Unreadable(
            "macros",
            "This workbook holds macros, which can run programs. Save it without them, as .xlsx, "
            "and hand that in.",
        )


def _damaged() -> Unreadable:
    return Unreadable(
        "damaged",
        "This workbook is damaged or locked. Open it, save it again without a password, and hand "
        "in the new copy.",
    )


def workbook(path: Path) -> Iterator[Part]:
    """Everything in a workbook that may tell of people."""
    with zipfile.ZipFile(path) as package:
        yield from _core(package)
        names = package.namelist()
        for name in names:
            if name.startswith(("xl/comments", "xl/threadedComments", "xl/persons")):
                yield from _remarks(_parsed(package, name), name)
    try:
        with path.open("rb") as file:  # by its bytes: what arrives has no ending to its name
            book = openpyxl.load_workbook(file, read_only=False, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, ParseError, TypeError):
        raise _damaged() from None
    for number, sheet in enumerate(book.worksheets, start=1):
        yield from _sheet(sheet, f"on the sheet {number}")


def _remarks(root: Element | None, name: str) -> Iterator[Part]:
    if root is None:
        return
    remarks = [e for e in root.iter() if _local(e) in ("comment", "threadedComment")]
    where = "in a comment on a cell"
    if remarks:
        yield Part("\n".join("".join(r.itertext()) for r in remarks), where)
        yield Part(found=(Found(Kind.COMMENT, "on cells", len(remarks)),))
    authors = [e.text or e.get("displayName") or "" for e in root.iter()
               if _local(e) in ("author", "person")]  # fmt: skip
    yield from properties(authors, where)


def _sheet(sheet: Worksheet, where: str) -> Iterator[Part]:
    hidden = [sheet.sheet_state != "visible"]
    hidden += [row.hidden for row in sheet.row_dimensions.values()]
    hidden += [column.hidden for column in sheet.column_dimensions.values()]
    if count := sum(map(bool, hidden)):
        yield Part(found=(Found(Kind.HIDDEN, where, count),))
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            "bomb", "This workbook holds more than is read here. Hand in only the rows that matter."
        )
    lines = list(_by_the_side(rows)) + (labelled_rows(rows) or ["\t".join(row) for row in rows])
    for first in range(0, len(lines), ROWS_A_PART):
        yield Part("\n".join(lines[first : first + ROWS_A_PART]), where)


def _cell(value: object) -> str:
    if value is None:
        return ""
    moment = getattr(value, "strftime", None)
    return moment("%d/%m/%Y") if moment and hasattr(value, "year") else str(value)


def split_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a file that is separated by commas, semicolons or tabs; empty where it is not."""
    for mark in (",", ";", "\t"):
        counts = {line.count(mark) for line in lines[:5] if line.strip()}
        if len(counts) == 1 and counts != {0}:
            return list(csv.reader(lines, delimiter=mark))
    return []


def labelled_rows(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Each cell with the heading of its column before it: only so is a date a date of birth.

    None where the first row is no row of headings.
    """
    if len(rows) < 2 or sum(1 for cell in rows[0] if cell.strip()) < 2:
        return None
    heads = [head.strip().rstrip(":") for head in rows[0]]
    return [" ; ".join(heads)] + [
        "\n".join(
            f"{heads[place]}: {cell}" if place < len(heads) and heads[place] else cell
            for place, cell in enumerate(row)
            if cell.strip()
        )
        for row in rows[1:]
    ]
