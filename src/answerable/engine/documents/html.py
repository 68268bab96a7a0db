"""HTML: the text of the page's own content, without its site's navigation."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import PLAIN, Label, Style
from answerable.engine.documents.scroll import Scroll

_SKIP = frozenset(
    [
        "script",
        "style",
        "nav",
        "footer",
        "aside",
        "form",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "head",
        "button",
        "select",
        "dialog",
    ]
)
_CONTAINERS = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "header",
        "blockquote",
        "center",
        "figure",
        "details",
        "fieldset",
        "address",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "caption",
        "figcaption",
        "summary",
    ]
)
_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em"])
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_MAX_DEPTH = 200


def read(data: bytes) -> Flow:
    """Read a page of HTML."""
    tree = LexborHTMLParser(_decoded(data))
    walk = _Walk()
    root = _content(tree)
    if root is not None:
        walk.into(root, 0)
        walk.flush()
    title = tree.css_first("title")
    name = " ".join(title.text().split()) if title is not None else None
    return Flow((walk.scroll.page(),), walk.scroll.blocks(), paged=False, title=name or None)


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    names = [declared.group(1).decode("ascii", "ignore")] if declared else []
    for name in [*names, "utf-8-sig", "cp1252"]:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def _content(tree: LexborHTMLParser) -> LexborNode | None:
    """The main part where it holds most of the text, otherwise the whole body."""
    body = tree.body
    if body is None:
        return None
    whole = len(body.text())
    for selector in ("main", "article", "[role=main]", "#content"):
        node = tree.css_first(selector)
        if node is not None and len(node.text()) > 0.4 * whole:
            return node
    return body


class _Walk:
    """Walks the tree in reading order and puts each block down."""

    def __init__(self) -> None:
        self.scroll = Scroll()
        self.loose: list[tuple[str, Style]] = []
        self.lists: list[tuple[str, int]] = []
        self.cell: tuple[int, int, int] | None = None
        self.tables = 0

    def into(self, node: LexborNode, depth: int) -> None:
        """Everything inside the node. What is nested absurdly deep is read as plain text."""
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self.loose.append((child.text(deep=False), PLAIN))
            elif tag in _SKIP or _hidden(child):
                continue
            elif depth > _MAX_DEPTH:
                self.loose.append((child.text(), PLAIN))
            elif tag in _CONTAINERS or tag in _BLOCKS:
                self.flush()
                self.block(child, tag or "", depth)
            elif tag == "br":
                self.loose.append(("\n", PLAIN))
            else:
                self.inline(child, depth, PLAIN)

    def block(self, node: LexborNode, tag: str, depth: int) -> None:
        """One element that stands on its own."""
        if tag in ("ul", "ol"):
            start = node.attributes.get("start") or "1"
            kind = "" if tag == "ul" else (node.attributes.get("type") or "1")
            self.lists.append((kind, int(start) - 1 if start.isdigit() else 0))
            self.into(node, depth + 1)
            self.flush()
            self.lists.pop()
        elif tag == "table":
            self.table(node, depth)
        elif tag == "li":
            self.item(node, depth)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.into(node, depth + 1)
            self.flush(heading=100.0 - 5 * int(tag[1]))
        else:
            self.into(node, depth + 1)
            self.flush()

    def item(self, node: LexborNode, depth: int) -> None:
        label = None
        if self.lists:
            kind, count = self.lists[-1]
            self.lists[-1] = kind, count + 1
            label = _counted(kind, count + 1)
        before = len(self.scroll.found)
        self.into(node, depth + 1)
        self.flush(label=label)
        if len(self.scroll.found) > before and label and self.scroll.found[before].label is None:
            self.scroll.relabel(before, label)

    def table(self, node: LexborNode, depth: int) -> None:
        if self.cell is not None or depth > _MAX_DEPTH:
            self.into(node, depth + 1)
            return
        number = self.tables
        self.tables += 1
        for row_number, row in enumerate(node.css("tr")):
            column = 0
            for cell in row.iter():
                if cell.tag not in ("td", "th"):
                    continue
                self.cell = (number, row_number, column)
                self.into(cell, depth + 1)
                self.flush(style=Style(bold=cell.tag == "th"))
                span = cell.attributes.get("colspan") or "1"
                column += int(span) if span.isdigit() and len(span) < 4 else 1
        self.cell = None

    def inline(self, node: LexborNode, depth: int, style: Style) -> None:
        """Text inside a line: what is bold or slanting is remembered."""
        tag = node.tag
        bold, italic = style.bold or tag in _BOLD, style.italic or tag in _ITALIC
        style = Style(bold=bold, italic=italic)
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                self.loose.append((child.text(deep=False), style))
            elif child.tag == "br":
                self.loose.append(("\n", style))
            elif child.tag in _SKIP or _hidden(child):
                continue
            elif child.tag in _CONTAINERS or child.tag in _BLOCKS:
                self.flush()
                self.block(child, child.tag or "", depth + 1)
            elif depth > _MAX_DEPTH:
                self.loose.append((child.text(), style))
            else:
                self.inline(child, depth + 1, style)

    def flush(
        self,
        *,
        label: Label | None = None,
        heading: float | None = None,
        style: Style | None = None,
    ) -> None:
        """Put down what has been gathered as one paragraph."""
        text = "".join(part for part, _ in self.loose)
        letters = [(len(part.strip()), s) for part, s in self.loose if part.strip()]
        self.loose = []
        if not text.strip():
            return
        whole = letters[0][1] if len({(s.bold, s.italic) for _, s in letters}) == 1 else PLAIN
        self.scroll.add(
            text,
            label=label,
            level=len(self.lists),
            heading=heading,
            style=style or whole,
            cell=self.cell,
        )


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or attributes.get("role") == "navigation"


def _counted(kind: str, count: int) -> Label:
    if not kind:
        return Label("•", "•", (), 2)
    if kind in "aA" and count <= 26:
        letter = chr((96 if kind == "a" else 64) + count)
        return Label(f"{letter}.", f"{kind}.", (letter,), 3)
    return Label(f"{count}.", "#.", (str(count),), len(str(count)) + 2)
