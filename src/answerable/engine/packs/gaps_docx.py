"""A gap analysis as DOCX, for an office that makes its own paper of it."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from answerable.engine.packs.gap_shapes import GapKind, GapPaper, Grid, Square

FILLS = {"said": "EEF1EC", "part": "B7C6BF", "seen": "16302B"}
SHOWN = {"none": "White", "said": "Pale", "part": "Grey", "seen": "Dark", "again": "“Again”"}
"""How a square looks here, to begin each line of the key."""
NAME, SQUARE = Cm(4.4), Cm(1.35)
WHITE, DEEP = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0x16, 0x30, 0x2B)
LOWEST = 0x20
"""Below it only line ends and tabs may stand in a document."""


def writable(words: str) -> str:
    """``words`` without the characters that no document can hold."""
    return "".join(
        c for c in words if (ord(c) >= LOWEST and c not in "\ufffe\uffff") or c in "\n\t"
    )


def gaps_docx(paper: GapPaper) -> bytes:
    """The paper as DOCX: the same words in the same order as the PDF."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for level in (1, 2):
        document.styles[f"Heading {level}"].font.color.rgb = DEEP
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    document.core_properties.title = writable(f"{paper.reference}: {paper.heading}")
    document.core_properties.author = writable(paper.office)
    document.core_properties.language = "en-GB"
    _say(document, f"{paper.office} · {paper.reference} · {paper.dated}")
    document.add_heading(writable(paper.heading), level=1)
    for sentence in paper.lead:
        _say(document, sentence)
    document.add_heading("What is missing, by kind", level=2)
    _table(document, ("Kind of gap", "How many"), [(k.name, f"{k.count:,}") for k in paper.kinds])
    if paper.changed:
        document.add_heading("What changed since the last run", level=2)
        for sentence in paper.changed:
            _say(document, sentence)
    for grid in paper.grids:
        _grid(document, grid)
    if paper.grids:
        key = (f"{SHOWN[shade]}: {words}." for shade, words in paper.key)
        document.add_paragraph(writable(" ".join(key)))
    for kind in paper.kinds:
        _kind(document, kind)
    document.add_heading("How this was made", level=2)
    for sentence in paper.made:
        _say(document, sentence)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _say(document: Any, sentence: str) -> None:
    document.add_paragraph(writable(sentence))


def _table(document: Any, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Any:
    """A table whose first row is its heading on every page."""
    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    for number, row in enumerate([headings, *rows]):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = writable(words)
            if number == 0:
                cell.paragraphs[0].runs[0].bold = True
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _widths(table: Any, widths: tuple[Any, ...]) -> None:
    """The width of each column, told to the grid and to the cells: each program reads another."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _kind(document: Any, kind: GapKind) -> None:
    document.add_heading(writable(f"{kind.name} ({kind.count:,})"), level=2)
    _say(document, kind.rule)
    rows = [
        (
            "\n".join(filter(None, (line.where, line.body))),
            line.words,
            "\n".join((line.because, *line.evidence)),
            line.since,
        )
        for line in kind.lines
    ]
    if rows:
        table = _table(document, ("Where", "What was asked", "Why it is a gap", "Since"), rows)
        _widths(table, (Cm(3), Cm(5.8), Cm(5.8), Cm(2.4)))
    if kind.left_out:
        _say(
            document,
            f"And {kind.left_out:,} more of this kind: they are in the workbook and in the data.",
        )


def _square(cell: Square) -> str:
    return "\n".join(filter(None, (cell.asked, cell.gaps, "again" if cell.again else "")))


def _grid(document: Any, grid: Grid) -> None:
    document.add_heading(writable(grid.heading), level=2)
    _say(document, grid.summary)
    rows = [(row.name, *(_square(cell) for cell in row.cells)) for row in grid.rows]
    table = _table(document, ("Asked, and gaps", *grid.columns), rows)
    table.rows[0].height = Cm(4.4)
    _widths(table, (NAME, *(SQUARE for _ in grid.columns)))
    for cell in table.rows[0].cells[1:]:
        upwards = OxmlElement("w:textDirection")
        upwards.set(qn("w:val"), "btLr")
        cell._tc.get_or_add_tcPr().append(upwards)
    for row, drawn in zip(grid.rows, table.rows[1:], strict=True):
        for square, cell in zip(row.cells, drawn.cells[1:], strict=True):
            if fill := FILLS.get(square.shade):
                shading = OxmlElement("w:shd")
                shading.set(qn("w:val"), "clear")
                shading.set(qn("w:fill"), fill)
                cell._tc.get_or_add_tcPr().append(shading)
            for run in (run for part in cell.paragraphs for run in part.runs):
                run.bold = square.again
                if square.shade == "seen":
                    run.font.color.rgb = WHITE
