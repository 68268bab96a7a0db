"""A document ready for the strategies: its pages for the reader, its blocks for the engine."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from answerable.engine.documents import (
    blocks,
    furniture,
    layout,
    outline,
    passages,
    pdf,
    pictured,
    recognised,
    roles,
)
from answerable.engine.documents.pieces import Block, Printed, Sheet, TextLine
from answerable.engine.documents.recognised import Recognised
from answerable.engine.documents.scans import Pictured
from answerable.engine.documents.shapes import Box, Line, Page, Progress, Word

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

# A book has a million words: each number of their places is kept once, which saves it a third.
_OFFSETS = tuple(range(16_384))
_TENTHS = tuple(n / 10 for n in range(16_384))


@dataclass(frozen=True, slots=True)
class Flow:
    """Pages as a person sees them and blocks as the engine reads them.

    ``unread`` are pages on which nothing could be read; ``aside`` are footnotes and running heads.
    ``pictures`` are pages of pictures whose text nobody was asked to recognise. ``changes`` are
    those that a Word file still tracks.
    """

    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool
    title: str | None = None
    unread: tuple[int, ...] = ()
    aside: tuple[Block, ...] = ()
    pictures: tuple[int, ...] = ()
    changes: int = 0


def from_pdf(
    path: Path,
    on_page: Callable[[Progress], None] | None = None,
    seen: Mapping[int, Recognised] | None = None,
) -> Flow:
    """Read a PDF, with the text that was ``seen`` in pictures of pages.

    Raises what PDFium raises where the file cannot be opened, and :class:`Pictured` where pages
    are pictures that are not among the seen; with None, such pages stay unread.
    """
    document = pdf.open_pdf(path)
    try:
        count = len(document)
        sheets: list[Sheet] = []
        lines: list[list[TextLine]] = []
        written: list[int] = []
        sizes = recognised.sizes((seen or {}).values())
        for printed in pdf.sheets(document):
            found = (seen or {}).get(printed.number)
            sheet = printed if found is None else recognised.sheet(found, printed, sizes)
            written.append(len(printed.words))
            sheets.append(sheet)
            lines.append(layout.lines(sheet, lines[-1] if lines else ()))
            if on_page is not None:
                on_page(Progress(sheet.number, count))
        pictures = tuple(n for n in pictured.pages(document, written) if n not in (seen or {}))
    finally:
        document.close()
    if pictures and seen is not None:
        raise Pictured(pictures, count)
    return _with_pictures(_assembled(sheets, lines), pictures, seen or {})


def _with_pictures(flow: Flow, pictures: tuple[int, ...], seen: Mapping[int, Recognised]) -> Flow:
    """What is known of the pages that are pictures."""
    failed = {n for n, found in seen.items() if found.trouble}
    return replace(
        flow,
        pages=tuple(
            recognised.placed(page, seen[page.number]) if page.number in seen else page
            for page in flow.pages
        ),
        unread=tuple(n for n in flow.unread if n not in failed and n not in pictures),
        pictures=pictures,
    )


def _assembled(sheets: Sequence[Sheet], lines: Sequence[Sequence[TextLine]]) -> Flow:
    """From the lines of all pages to pages and blocks."""
    lines = furniture.marked(lines, sheets)
    usual = blocks.setting(lines)
    lines = furniture.notes_marked(lines, usual.style.size)
    written = [_page(s, own) for s, own in zip(sheets, lines, strict=True)]
    pages = tuple(page for page, _ in written)
    lines = [placed for _, placed in written]
    found = outline.outlined(blocks.build(lines, usual), usual)
    notes, heads = (
        [block for own in lines for block in blocks.build([own], usual, role)]
        for role in ("note", "furniture")
    )
    unread = tuple(s.number for s in sheets if not s.words and not s.crosswise)
    return Flow(
        pages,
        found,
        paged=True,
        title=_title(found, pages),
        unread=unread,
        aside=roles.aside(notes, heads),
    )


def _page(sheet: Sheet, lines: Sequence[TextLine]) -> tuple[Page, list[TextLine]]:
    """The page, and its lines in the order of the page with their places in its text.

    Heads come first, then the body, then notes and feet, so that a passage is in one piece.
    """
    middle = sheet.height / 2
    heads = [ln for ln in lines if ln.role == "furniture" and ln.row < middle]
    feet = [ln for ln in lines if ln.role == "furniture" and ln.row >= middle]
    notes = sorted((ln for ln in lines if ln.role == "note"), key=lambda ln: (ln.row, ln.left))
    body = [ln for ln in lines if ln.role == "body"]
    parts: list[str] = []
    words: list[Word] = []
    placed: list[Line] = []
    at = 0
    ordered: list[TextLine] = []
    for loose in [*heads, *body, *notes, *feet]:
        line = loose.starting(at)
        ordered.append(line)
        words += _placed_words(line, at, sheet)
        placed.append(Line(at, line.end, _place(line, sheet)))
        parts.append(line.text)
        at = line.end + 1
    size = sheet.seen(Box(0, 0, sheet.width, sheet.height))
    page = Page(
        sheet.number,
        round(size.right, 1),
        round(size.bottom, 1),
        "\n".join(parts),
        tuple(words),
        tuple(placed),
    )
    return page, ordered


def _placed_words(line: TextLine, at: int, sheet: Sheet) -> list[Word]:
    found = []
    for word in line.words:
        end = at + len(word.text)
        found.append(Word(word.text, _same(at), _same(end), _place(word, sheet)))
        at = end + 1
    return found


def _same(offset: int) -> int:
    return _OFFSETS[offset] if offset < len(_OFFSETS) else offset


def _place(printed: Printed | TextLine, sheet: Sheet) -> Box:
    """Where it is on the page as seen, to the tenth of a point, which is what is kept of it."""
    box = Box(
        _tenth(printed.left), _tenth(printed.top), _tenth(printed.right), _tenth(printed.bottom)
    )
    return sheet.seen(box) if sheet.turn else box


def _tenth(points: float) -> float:
    tenths = int(points * 10)
    return _TENTHS[tenths] if 0 <= tenths < len(_TENTHS) else tenths / 10


def _title(found: Sequence[Block], pages: tuple[Page, ...]) -> str | None:
    """The largest heading of the first pages."""
    early = [b for b in found if b.page <= 2 and b.heading is not None and len(b.text) > 8]
    if not early:
        return None
    largest = max(early, key=lambda b: b.heading or 0.0)
    return passages.mended("\n".join(line.text for line in largest.lines), pages)[:200]
