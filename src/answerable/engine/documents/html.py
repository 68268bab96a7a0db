"""HTML: the text of the page's own content, without its site's navigation."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from answerable.engine.documents import columns, text
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.html_lists import OpenList, set_apart, typed_or_counted
from answerable.engine.documents.html_tables import lays_out, rows_of, span
from answerable.engine.documents.html_words import (
    BREAK,
    Parts,
    is_note,
    joined,
    paragraphs,
    styled,
    usual,
)
from answerable.engine.documents.pieces import PLAIN, Label, Role, Style
from answerable.engine.documents.scroll import Scroll
from answerable.engine.documents.site import Furniture, content, is_notes

_CONTAINERS = frozenset(
    re.split(
        r"\s+",
        "html body div section article main ul ol dl table tbody thead tfoot tr header blockquote "
        "center figure details fieldset address aside form hr menu",
    )
)
_BLOCKS = frozenset(
    re.split(
        r"\s+",
        "p li td th dt dd h1 h2 h3 h4 h5 h6 pre caption figcaption summary legend",
    )
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BARE_LABEL = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.):]?$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAX_DEPTH = 200
_SUMMARY = 68.0


def read(data: bytes) -> Flow:
    """Read a page of HTML."""
    tree = LexborHTMLParser(_decoded(data))
    if (typed := _typed(tree)) is not None:
        return text.read(typed.encode())
    furniture = Furniture(tree)
    walk = _Walk(furniture)
    root = content(tree, furniture)
    if root is not None:
        walk.into(root, 0)
        walk.flush()
        walk.settle()
    found = walk.scroll.blocks()
    return Flow(
        (walk.scroll.page(),), found, paged=False, title=_title(tree), aside=walk.scroll.aside()
    )


def _title(tree: LexborHTMLParser) -> str | None:
    """The page's title; where it is a heading and the site's name, the heading."""
    title = tree.css_first("title")
    name = " ".join(title.text().split()) if title is not None else ""
    for heading in tree.css("h1"):
        words = " ".join(heading.text().split())
        if len(words) > 8 and name.startswith(words):
            return words
    return name or None


def _typed(tree: LexborHTMLParser) -> str | None:
    """The text of a page that is one typewritten text and nothing else."""
    body = tree.body
    texts = [node.text() for node in tree.css("pre")]
    longest = max(texts, key=len, default="")
    if body is None or len(longest) < 400 or len(longest) < 0.7 * len(body.text().strip()):
        return None
    return longest


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:2048])
    names = [declared.group(1).decode("ascii", "ignore")] if declared else []
    for name in [*names, "utf-8-sig", "cp1252"]:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


class _Walk:
    """Walks the tree in reading order and puts each block down."""

    def __init__(self, furniture: Furniture) -> None:
        self.scroll = Scroll()
        self.furniture = furniture
        self.loose: Parts = []
        self.lists: list[OpenList] = []
        self.cell: tuple[int, int, int] | None = None
        self.tables = 0
        self.role: Role = "paragraph"
        self.waiting: str | None = None
        self.label: Label | None = None
        self.deeper = 0

    def into(self, node: LexborNode, depth: int, style: Style = PLAIN) -> None:
        """Everything inside the node. What is nested absurdly deep is read as plain text."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self.loose.append((child.text(deep=False), style))
            elif tag.startswith(("-", "_")) or self.furniture.leaves_out(child):
                continue
            elif depth > _MAX_DEPTH:
                self.loose.append((child.text(), style))
            elif tag in _CONTAINERS or tag in _BLOCKS:
                self.flush()
                self.block(child, tag, depth)
            elif tag == "br":
                self.loose.append((BREAK, style))
            elif tag == "sup" or tag == "a":
                self.mark(child, tag, depth, style)
            else:
                self.into(child, depth + 1, styled(child, style))

    def block(self, node: LexborNode, tag: str, depth: int) -> None:
        """One element that stands on its own."""
        if is_notes(node) and self.role != "footnote":
            self.apart(node, depth, "footnote")
        elif tag in ("ul", "ol", "menu"):
            self.lists.append(OpenList(node))
            kept, self.deeper = self.deeper, 0
            self.into(node, depth + 1)
            self.flush()
            self.lists.pop()
            self.deeper = kept
        elif tag == "table":
            self.table(node, depth)
        elif tag == "li":
            self.item(node, depth)
        elif tag == "blockquote":
            self.apart(node, depth, "quotation")
        elif (weight := _heading(node, tag)) is not None:
            self.into(node, depth + 1)
            self.flush(heading=weight)
        else:
            self.into(node, depth + 1, styled(node, PLAIN))
            self.flush()

    def apart(self, node: LexborNode, depth: int, role: Role) -> None:
        """An element whose role is known from its tag."""
        kept, self.role = self.role, role
        self.into(node, depth + 1)
        self.flush()
        self.role = kept

    def item(self, node: LexborNode, depth: int) -> None:
        """An entry of a list; what follows its first paragraph is one level deeper."""
        self.settle()
        outer = self.label, self.deeper
        self.label = self.lists[-1].next(node.attributes.get("value") or "") if self.lists else None
        self.deeper = 0
        self.into(node, depth + 1)
        self.flush()
        self.label, self.deeper = outer

    def table(self, node: LexborNode, depth: int) -> None:
        """A table of data, cell by cell; one that only lays out the page, as running text."""
        rows = [r for r in rows_of(node) if not self.furniture.leaves_out(r)]
        if self.cell is not None or depth > _MAX_DEPTH or lays_out(node, rows):
            self.into(node, depth + 1)
            self.flush()
            return
        self.settle()
        number = self.tables
        self.tables += 1
        for caption in node.css("caption")[:1]:
            self.into(caption, depth + 1)
            self.flush()
        self._rows(rows, number, depth)
        self.cell = None

    def _rows(self, rows: list[LexborNode], number: int, depth: int) -> None:
        heads: dict[int, str] = {}
        over: dict[int, tuple[int, tuple[int, int, int]]] = {}
        for row_number, row in enumerate(rows):
            column = 0
            cells = [c for c in row.iter() if c.tag in ("td", "th")]
            while cells or column in over:
                if column in over:
                    self._carry(over, column, (number, row_number, column), heads)
                    column += 1
                    continue
                cell = cells.pop(0)
                self.cell = (number, row_number, column)
                first = len(self.scroll.found)
                self.into(cell, depth + 1)
                self.flush(style=Style(bold=cell.tag == "th") if cell.tag == "th" else None)
                self.settle()
                if row_number == 0:
                    heads[column] = " ".join(b.text for b in self.scroll.found[first:])
                rows_down, wide = span(cell, "rowspan"), span(cell, "colspan")
                for covered in range(column, column + wide) if rows_down > 1 else ():
                    over[covered] = (rows_down - 1, self.cell)
                column += wide

    def _carry(
        self,
        over: dict[int, tuple[int, tuple[int, int, int]]],
        column: int,
        place: tuple[int, int, int],
        heads: dict[int, str],
    ) -> None:
        """A cell of the rows above that goes on here: who must act is read in each row."""
        left, cell = over.pop(column)
        if left > 1:
            over[column] = (left - 1, cell)
        if cell[2] == column and columns.responsible(heads.get(column, "")):
            self.scroll.again(cell, place)

    def mark(self, node: LexborNode, tag: str, depth: int, style: Style) -> None:
        """Raised letters and links: marks of footnotes are left out."""
        words = node.text().strip()
        if is_note(node, tag):
            return
        if tag == "sup" and words.isdigit():
            self.loose.append((words.translate(_RAISED), style))
        else:
            self.into(node, depth + 1, styled(node, style))

    def flush(
        self,
        *,
        heading: float | None = None,
        style: Style | None = None,
    ) -> None:
        """Put down what has been gathered: one paragraph, or more where its lines are entries."""
        gathered, self.loose = self.loose, []
        for parts in paragraphs(gathered):
            words = joined(parts)
            if not words.strip():
                continue
            if heading is None and self.cell is None and self.label is None and self._waits(words):
                continue
            self._put(words, parts, heading, style)

    def _waits(self, words: str) -> bool:
        """Whether the words are a number by itself, which belongs to the paragraph after it."""
        if not _BARE_LABEL.match(words.strip()) or self.role != "paragraph":
            return False
        self.settle()
        self.waiting = words.strip()
        return True

    def settle(self) -> None:
        """Put down a number that turned out to stand alone."""
        if self.waiting is not None:
            waiting, self.waiting = self.waiting, None
            self.scroll.add(waiting, level=len(self.lists), cell=self.cell, role=self.role)

    def _put(
        self,
        words: str,
        parts: Parts,
        heading: float | None,
        style: Style | None,
    ) -> None:
        whole = usual(parts)
        label = self._settled_label(words)
        self.scroll.add(
            words,
            label=label,
            level=len(self.lists) + self.deeper,
            heading=heading,
            style=style or whole,
            cell=self.cell,
            role=self.role,
        )
        if self.lists and heading is None:
            self.deeper = 1

    def _settled_label(self, words: str) -> Label | None:
        """The label of the paragraph; one that is typed out goes before one that is counted."""
        counted, self.label = self.label, None
        waiting, self.waiting = self.waiting, None
        return set_apart(waiting) if waiting is not None else typed_or_counted(words, counted)


def _heading(node: LexborNode, tag: str) -> float | None:
    """The weight of a heading; the title of what folds counts as a light one."""
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return 100.0 - 5 * int(tag[1])
    attributes = node.attributes
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level") or "2"
        return 100.0 - 5 * int(level) if level.isdigit() and len(level) == 1 else 90.0
    return _SUMMARY if tag == "summary" and len(node.text()) < 160 else None
