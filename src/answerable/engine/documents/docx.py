"""DOCX: paragraphs, counted lists and tables from the XML inside.

Read straight from the XML: what Word counts for itself ("1.", "(a)") is nowhere in the text, and
asking for each row's cells through a document model takes time that grows with the square.
Tracked changes are read as if all were accepted; comments, headers and hidden text are left out.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from answerable.engine.documents import columns, docx_words, markup, numbering
from answerable.engine.documents.docx_styles import Styles, outline
from answerable.engine.documents.docx_words import Fields, Words
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.markup import Element
from answerable.engine.documents.numbering import Lists, W
from answerable.engine.documents.pieces import Role, Style
from answerable.engine.documents.scroll import Scroll

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HOLDERS = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_MAX_DEPTH = 40
_SLACK = 90
_ENDS = re.compile(r"[.;:!?…”\"’)\]]$")

Cell = tuple[int, int, int]


def read(path: Path) -> Flow:
    """Read a Word document. Raises KeyError, markup.Malformed or BadZipFile where it is damaged."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        body = markup.parse(_usual(package.read("word/document.xml"))).find(f"{W}body")
        styles = Styles(_part(package, names, "word/styles.xml"))
        lists = Lists(_part(package, names, "word/numbering.xml"), styles.numbered)
        notes = [_part(package, names, f"word/{name}.xml") for name in ("footnotes", "endnotes")]
        title = _core_title(_part(package, names, "docProps/core.xml"))
    writer = _Writer(styles, lists)
    if body is not None:
        writer.blocks(body, None, 0)
        writer.end()
    for part in notes:
        writer.notes(part)
    found = writer.scroll.blocks()
    title = title or next((b.text for b in found if b.heading is not None), None)
    return Flow(
        (writer.scroll.page(),),
        found,
        paged=False,
        title=title,
        aside=writer.scroll.aside(),
        changes=docx_words.changes(body) if body is not None else 0,
    )


def _usual(data: bytes) -> bytes:
    """The part in the usual namespace; the strict form of the format has another."""
    return data.replace(_STRICT, _USUAL) if _STRICT in data[:4096] else data


def _part(package: zipfile.ZipFile, names: set[str], name: str) -> Element | None:
    return markup.parse(_usual(package.read(name))) if name in names else None


def _core_title(part: Element | None) -> str | None:
    if part is None:
        return None
    text = part.findtext("{http://purl.org/dc/elements/1.1/}title")
    return text.strip()[:200] if text and text.strip() else None


class _Writer:
    """Walks the body and puts the paragraphs down."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles = styles
        self.lists = lists
        self.scroll = Scroll()
        self.tables = 0
        self.fields = Fields([], [])
        self.contents = 0
        self.carried: list[Words] = []
        self.indents: list[int] = []

    def blocks(self, holder: Element, cell: Cell | None, depth: int) -> None:
        """Paragraphs and tables inside the element, in order."""
        if depth > _MAX_DEPTH:
            return
        for child in holder:
            if child.tag == f"{W}p":
                self.paragraph(child, cell, depth)
            elif child.tag == f"{W}tbl":
                self.table(child, cell, depth)
            elif child.tag in _HOLDERS and not docx_words.placeholder(child):
                listing = _is_contents(child)
                self.contents += listing
                self.blocks(child, cell, depth + 1)
                self.contents -= listing

    def end(self) -> None:
        """Put down what is left of a last paragraph whose end was deleted."""
        if self.carried:
            self._put(self.carried, None, None, None)
            self.carried = []

    def notes(self, part: Element | None) -> None:
        """The footnotes or endnotes: they can be read and searched, and hold no entries."""
        for note in part if part is not None else ():
            if note.get(f"{W}type") not in (None, "normal"):
                continue
            words = [
                w
                for p in note.iter(f"{W}p")
                for w in docx_words.stretches(p, self.styles, None, self.fields)
            ]
            self.scroll.add("".join(w.text for w in words), role="footnote")

    def table(self, table: Element, outer: Cell | None, depth: int) -> None:
        """Row by row; a table inside a cell is read as part of that cell."""
        rows = list(_rows(table))
        cells = [cell for row in rows for cell in _cells(row)]
        if outer is None and len(cells) == 1:
            self._box(cells[0], depth)
            return
        number = self.tables
        self.tables += 1
        heads: dict[int, str] = {}
        above: dict[int, Cell] = {}
        for row_number, row in enumerate(rows):
            column = _before(row)
            for cell in _cells(row):
                place = outer or (number, row_number, column)
                if not _merged_upwards(cell):
                    first = len(self.scroll.found)
                    self.blocks(cell, place, depth + 1)
                    self.end()
                    if row_number == 0:
                        heads[column] = " ".join(b.text for b in self.scroll.found[first:])
                    above[column] = place
                elif outer is None and columns.responsible(heads.get(column, "")):
                    self.scroll.again(above.get(column, place), place)
                column += _columns(cell)

    def _box(self, cell: Element, depth: int) -> None:
        """A table of one cell is a box round running text."""
        first = len(self.scroll.found)
        self.blocks(cell, None, depth + 1)
        self.end()
        self.scroll.frame(first)

    def paragraph(self, paragraph: Element, cell: Cell | None, depth: int) -> None:
        """One paragraph; one whose end was deleted is read with the next."""
        properties = paragraph.find(f"{W}pPr")
        identity = _style_of(properties)
        started = self.fields.contents
        words = [*docx_words.stretches(paragraph, self.styles, identity, self.fields)]
        if docx_words.mark_deleted(properties):
            self.carried += words
        else:
            listing = started or self.fields.contents or bool(self.contents)
            listing = listing or self.styles.lists_contents(identity)
            words, self.carried = [*self.carried, *words], []
            self._put(words, paragraph, identity, cell, listing=listing)
        for box in docx_words.text_boxes(paragraph):
            self.blocks(box, cell, depth + 1)

    def _put(
        self,
        words: list[Words],
        paragraph: Element | None,
        identity: str | None,
        cell: Cell | None,
        *,
        listing: bool = False,
    ) -> None:
        properties = paragraph.find(f"{W}pPr") if paragraph is not None else None
        label, level = self.lists.next(properties, identity)
        style = self._style(words, identity)
        role: Role = "quotation" if self.styles.quotes(identity) else "paragraph"
        role = "contents" if listing else role
        given, weight = outline(properties)
        heading = weight if given else self.styles.heading(identity)
        if cell is not None or listing:
            heading = None
        if cell is None:
            level = self._level(properties, identity, level)
        for part in _lines("".join(w.text for w in words)):
            self.scroll.add(
                part,
                label=label,
                level=level,
                heading=heading,
                style=style,
                cell=cell,
                role=role,
            )
            label = None if part.strip() else label

    def _level(self, properties: Element | None, identity: str | None, level: int) -> int:
        """The depth in lists; a paragraph set in below an entry is one deeper than the entry."""
        own = properties.find(f"{W}ind") if properties is not None else None
        if level:
            indent = self.lists.indent(properties, identity)
            indent = numbering.twips(own) or self.styles.indent(identity) or indent
            del self.indents[level - 1 :]
            self.indents += [indent] * (level - len(self.indents))
            return level
        indent = numbering.twips(own) if own is not None else self.styles.indent(identity)
        self.indents = [i for i in self.indents if 0 < i <= indent + _SLACK]
        return len(self.indents) + 1 if self.indents else 0

    def _style(self, words: list[Words], identity: str | None) -> Style:
        set_in = [w.letters for w in words if w.text.strip()]
        base = self.styles.letters(identity)
        sizes = [s.size for s in set_in if s.size is not None]
        return Style(
            "",
            max(sizes, default=base.size or self.styles.default_size),
            bool(set_in) and all(s.bold for s in set_in),
            bool(set_in) and all(s.italic for s in set_in),
        )


def _lines(text: str) -> list[str]:
    """The paragraph cut at its own line breaks, but not inside a sentence."""
    lines: list[str] = []
    for part in text.split("\n"):
        if lines and part.strip()[:1].islower() and not _ENDS.search(lines[-1].rstrip()):
            lines[-1] += " " + part
        else:
            lines.append(part)
    return lines


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()


def _rows(table: Element, depth: int = 0) -> Iterator[Element]:
    """The table's own rows, without those that were deleted and those of tables in its cells."""
    for child in table:
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in _HOLDERS and depth < _MAX_DEPTH:
            yield from _rows(child, depth + 1)


def _cells(row: Element, depth: int = 0) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            if child.find(f"{W}tcPr/{W}cellDel") is None:
                yield child
        elif child.tag in _HOLDERS and depth < _MAX_DEPTH:
            yield from _cells(child, depth + 1)


def _before(row: Element) -> int:
    """How many columns the row leaves empty at its start."""
    return _small(row.find(f"{W}trPr/{W}gridBefore"), 0)


def _style_of(properties: Element | None) -> str | None:
    style = properties.find(f"{W}pStyle") if properties is not None else None
    return style.get(f"{W}val") if style is not None else None


def _merged_upwards(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _columns(cell: Element) -> int:
    return max(1, _small(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _small(element: Element | None, default: int) -> int:
    value = (element.get(f"{W}val") or "") if element is not None else ""
    return int(value) if value.isdigit() and len(value) < 4 else default
