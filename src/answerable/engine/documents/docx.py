"""DOCX: paragraphs, counted lists and tables from the XML inside.

Read straight from the XML: what Word counts for itself ("1.", "(a)") is nowhere in the text, and
asking for each row's cells through a document model takes time that grows with the square.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from answerable.engine.documents import markup, numbering
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.markup import Element
from answerable.engine.documents.numbering import Lists
from answerable.engine.documents.pieces import Style
from answerable.engine.documents.scroll import Scroll

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"^heading (\d)$", re.I)
_MAX_DEPTH = 40


def read(path: Path) -> Flow:
    """Read a Word document. Raises KeyError, markup.Malformed or BadZipFile where it is damaged."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        body = markup.parse(package.read("word/document.xml")).find(f"{W}body")
        styles = _Styles(_part(package, names, "word/styles.xml"))
        lists = Lists(_part(package, names, "word/numbering.xml"), styles.numbered)
        title = _core_title(_part(package, names, "docProps/core.xml"))
    writer = _Writer(styles, lists)
    if body is not None:
        writer.blocks(body, None, 0)
    found = writer.scroll.blocks()
    title = title or next((b.text for b in found if b.heading is not None), None)
    return Flow((writer.scroll.page(),), found, paged=False, title=title)


def _part(package: zipfile.ZipFile, names: set[str], name: str) -> Element | None:
    return markup.parse(package.read(name)) if name in names else None


def _core_title(part: Element | None) -> str | None:
    if part is None:
        return None
    text = part.findtext("{http://purl.org/dc/elements/1.1/}title")
    return text.strip()[:200] if text and text.strip() else None


class _Styles:
    """What the named styles say: outline level, bold, italic, size, list."""

    def __init__(self, part: Element | None) -> None:
        self.known: dict[str, Element] = {}
        self.numbered: dict[str, tuple[str, int]] = {}
        self.default_size = 11.0
        for style in part.iter(f"{W}style") if part is not None else ():
            identity = style.get(f"{W}styleId")
            if identity:
                self.known[identity] = style
        if part is not None:
            size = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
            self.default_size = _half_points(size, 11.0)
        for identity in self.known:
            listed = next((found for s in self.chain(identity) if (found := numbering.of(s))), None)
            if listed:
                self.numbered[identity] = listed

    def chain(self, identity: str | None) -> Iterator[Element]:
        """The style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while identity and identity in self.known and identity not in seen:
            seen.add(identity)
            style = self.known[identity]
            yield style
            based = style.find(f"{W}basedOn")
            identity = based.get(f"{W}val") if based is not None else None

    def heading(self, identity: str | None) -> float | None:
        """The weight of a heading style, or None."""
        for style in self.chain(identity):
            name = style.find(f"{W}name")
            called = (name.get(f"{W}val") or "") if name is not None else ""
            matched = _HEADING.match(called)
            if matched:
                return 100.0 - 5 * int(matched.group(1))
            if called.lower() == "title":
                return 100.0
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None and (level.get(f"{W}val") or "9").isdigit():
                depth = int(level.get(f"{W}val") or "9")
                return 95.0 - 5 * depth if depth < 9 else None
        return None

    def letters(self, identity: str | None) -> tuple[bool, bool, float]:
        """Bold, italic and size of the style."""
        bold = italic = size = None
        for style in self.chain(identity):
            run = style.find(f"{W}rPr")
            if run is None:
                continue
            bold = _on(run, "b") if bold is None else bold
            italic = _on(run, "i") if italic is None else italic
            size = _half_points(run.find(f"{W}sz"), None) if size is None else size
        return bool(bold), bool(italic), size or self.default_size


def _on(run: Element, name: str) -> bool | None:
    found = run.find(W + name)
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off")


def _half_points(element: Element | None, default: float | None) -> float:
    value = element.get(f"{W}val") if element is not None else None
    return int(value) / 2 if value and value.isdigit() else default  # type: ignore[return-value]


class _Writer:
    """Walks the body and puts the paragraphs down."""

    def __init__(self, styles: _Styles, lists: Lists) -> None:
        self.styles = styles
        self.lists = lists
        self.scroll = Scroll()
        self.tables = 0

    def blocks(self, holder: Element, cell: tuple[int, int, int] | None, depth: int) -> None:
        """Paragraphs and tables inside the element, in order."""
        if depth > _MAX_DEPTH:
            return
        for child in holder:
            if child.tag == f"{W}p":
                self.paragraph(child, cell, depth)
            elif child.tag == f"{W}tbl":
                self.table(child, cell, depth)
            elif child.tag in (
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}ins",
                f"{W}customXml",
                f"{W}smartTag",
            ):
                self.blocks(child, cell, depth + 1)

    def table(self, table: Element, outer: tuple[int, int, int] | None, depth: int) -> None:
        """Row by row; a table inside a cell is read as part of that cell."""
        number = self.tables
        self.tables += 1
        for row_number, row in enumerate(table.iter(f"{W}tr") if outer is None else ()):
            column = 0
            for cell in row.findall(f"{W}tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc"):
                if not _merged_upwards(cell):
                    self.blocks(cell, (number, row_number, column), depth + 1)
                column += _columns(cell)
        if outer is not None:
            for cell in table.iter(f"{W}tc"):
                self.blocks(cell, outer, depth + 1)

    def paragraph(self, paragraph: Element, cell: tuple[int, int, int] | None, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        identity = _style_of(properties)
        label, level = self.lists.next(properties, identity)
        text, style = self._runs(paragraph, identity)
        heading = self.styles.heading(identity) if cell is None else None
        for part in text.split("\n"):
            self.scroll.add(part, label=label, level=level, heading=heading, style=style, cell=cell)
            label = None if part.strip() else label
        for box in _text_boxes(paragraph):
            self.blocks(box, cell, depth + 1)

    def _runs(self, paragraph: Element, identity: str | None) -> tuple[str, Style]:
        bold, italic, size = self.styles.letters(identity)
        parts: list[str] = []
        settings: list[tuple[int, bool, bool, float]] = []
        for run in _walk_runs(paragraph):
            text = _run_text(run)
            parts.append(text)
            own = run.find(f"{W}rPr")
            b, i = (_on(own, "b"), _on(own, "i")) if own is not None else (None, None)
            s = _half_points(own.find(f"{W}sz") if own is not None else None, size)
            if text.strip():
                settings.append(
                    (len(text), bold if b is None else b, italic if i is None else i, s)
                )
        all_bold = bool(settings) and all(b for _, b, _, _ in settings)
        all_italic = bool(settings) and all(i for _, _, i, _ in settings)
        largest = max(settings)[3] if settings else size
        return "".join(parts), Style("", largest, all_bold, all_italic)


def _walk_runs(holder: Element, depth: int = 0) -> Iterator[Element]:
    """Runs of the paragraph itself, links and insertions included, text boxes and deletions not."""
    for child in holder:
        if child.tag == f"{W}r":
            yield child
        elif depth < _MAX_DEPTH and child.tag in (
            f"{W}hyperlink",
            f"{W}ins",
            f"{W}smartTag",
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}fldSimple",
        ):
            yield from _walk_runs(child, depth + 1)


def _run_text(run: Element) -> str:
    parts = []
    for child in run:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}noBreakHyphen"):
            parts.append("-" if child.tag.endswith("Hyphen") else " ")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
    return "".join(parts)


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of text boxes; of the two copies that Word writes, the first."""
    for run in paragraph.iter(f"{W}r"):
        chosen = run.find(f"{_MC}AlternateContent/{_MC}Choice")
        yield from (chosen if chosen is not None else run).iter(f"{W}txbxContent")
        if chosen is not None:
            break


def _style_of(properties: Element | None) -> str | None:
    style = properties.find(f"{W}pStyle") if properties is not None else None
    return style.get(f"{W}val") if style is not None else None


def _merged_upwards(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _columns(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = (span.get(f"{W}val") or "1") if span is not None else "1"
    return int(value) if value.isdigit() and len(value) < 4 else 1
