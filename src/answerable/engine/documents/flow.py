"""A document ready for the strategies: its pages for the reader, its blocks for the engine."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from answerable.engine.documents import blocks, forms, furniture, headings, layout, passages, pdf
from answerable.engine.documents.pieces import Block, Sheet, TextLine
from answerable.engine.documents.shapes import Box, Line, Page, Progress, Word

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(slots=True)
class Flow:
    """Pages as a person sees them and blocks as the engine reads them.

    ``unread`` are pages on which nothing could be read.
    """

    pages: tuple[Page, ...]
    blocks: list[Block]
    paged: bool
    title: str | None = None
    unread: list[int] = field(default_factory=list)


def from_pdf(path: Path, on_page: Callable[[Progress], None] | None = None) -> Flow:
    """Read a PDF. Raises what PDFium raises where the file cannot be opened."""
    document = pdf.open_pdf(path)
    try:
        count = len(document)
        sheets: list[Sheet] = []
        lines: list[list[TextLine]] = []
        for sheet in pdf.sheets(document):
            sheets.append(sheet)
            lines.append(layout.lines(sheet))
            if on_page is not None:
                on_page(Progress(sheet.number, count))
    finally:
        document.close()
    return _assembled(sheets, lines)


def _assembled(sheets: list[Sheet], lines: list[list[TextLine]]) -> Flow:
    furniture.mark(lines, sheets)
    usual = blocks.setting(lines)
    furniture.mark_notes(lines, usual.style.size)
    pages = tuple(_page(s, own) for s, own in zip(sheets, lines, strict=True))
    found = blocks.build(lines, usual)
    forms.loosen(found)
    headings.mark(found, usual)
    headings.set_paths(found)
    unread = [s.number for s in sheets if not s.words]
    return Flow(pages, found, paged=True, title=_title(found, pages), unread=unread)


def _page(sheet: Sheet, lines: list[TextLine]) -> Page:
    """Heads first, then the body, then notes and feet, so that a passage is in one piece."""
    middle = sheet.height / 2
    heads = [ln for ln in lines if ln.role == "furniture" and ln.row < middle]
    feet = [ln for ln in lines if ln.role == "furniture" and ln.row >= middle]
    notes = sorted((ln for ln in lines if ln.role == "note"), key=lambda ln: (ln.row, ln.left))
    body = [ln for ln in lines if ln.role == "body"]
    parts: list[str] = []
    words: list[Word] = []
    placed: list[Line] = []
    at = 0
    for line in [*heads, *body, *notes, *feet]:
        line.start, line.end = at, at + len(line.text)
        words += _placed_words(line, at)
        placed.append(Line(at, line.end, _box(line.left, line.top, line.right, line.bottom)))
        parts.append(line.text)
        at = line.end + 1
    return Page(
        sheet.number,
        round(sheet.width, 1),
        round(sheet.height, 1),
        "\n".join(parts),
        tuple(words),
        tuple(placed),
    )


def _placed_words(line: TextLine, at: int) -> list[Word]:
    found = []
    for word in line.words:
        end = at + len(word.text)
        box = _box(word.left, word.top, word.right, word.bottom)
        found.append(Word(word.text, at, end, box))
        at = end + 1
    return found


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    """A box to the tenth of a point, which is what is kept of it."""
    return Box(int(left * 10) / 10, int(top * 10) / 10, int(right * 10) / 10, int(bottom * 10) / 10)


def _title(found: list[Block], pages: tuple[Page, ...]) -> str | None:
    """The largest heading of the first pages."""
    early = [b for b in found if b.page <= 2 and b.heading is not None and len(b.text) > 8]
    if not early:
        return None
    largest = max(early, key=lambda b: b.heading or 0.0)
    return passages.mended("\n".join(line.text for line in largest.lines), pages)[:200]
