"""What the steps of the reader hand to one another: words, lines, blocks."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from answerable.engine.documents.shapes import Box

Role = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table_cell",
    "boxed",
    "footnote",
    "running_head",
    "contents",
    "quotation",
]
"""What a block is on its page."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set. ``size`` is in points as printed, ``colour`` is 0xRRGGBB."""

    font: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    colour: int = 0


PLAIN = Style()


class Printed(NamedTuple):
    """One word as printed: its letters, its edges from the top left of the page, its style.

    ``tag`` is what the file itself says of it: ``heading``, ``note``, ``artifact`` or nothing. A
    named tuple because a book has a million, and a frozen dataclass takes three times as long.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    style: Style
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: upright where left equals right, level where top equals bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as printed: words in no particular order, drawn lines, small solid shapes.

    ``frames`` are the larger rectangles that set text apart. Text that runs up or down the page is
    laid level: then ``turn`` says by how many degrees, clockwise, all of this must be turned to
    lie as the page is seen. ``crosswise`` are the words that run another way than most.
    """

    number: int
    width: float
    height: float
    words: tuple[Printed, ...] = ()
    rules: tuple[Rule, ...] = ()
    marks: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    turn: int = 0
    crosswise: tuple[Printed, ...] = ()

    def seen(self, box: Box) -> Box:
        """The rectangle as it lies on the page that a reader sees."""
        wide, high = self.width, self.height
        if self.turn == 90:
            return Box(high - box.bottom, box.left, high - box.top, box.right)
        if self.turn == 180:
            return Box(wide - box.right, high - box.bottom, wide - box.left, high - box.top)
        if self.turn == 270:
            return Box(box.top, wide - box.right, box.bottom, wide - box.left)
        return box


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One line in reading order: its place in the page's text and how it is set.

    ``column`` tells apart regions of a page; ``cell`` is (table, row, column) inside a table.
    ``framed`` is true inside a drawn box. ``role`` is ``body``, ``furniture`` (running heads and
    page numbers) or ``note`` (footnotes).
    """

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    style: Style
    words: tuple[Printed, ...] = ()
    column: int = 0
    cell: tuple[int, int, int] | None = None
    role: str = "body"
    start: int = 0
    end: int = 0
    row: float = 0.0
    framed: bool = False

    @property
    def tag(self) -> str:
        """What the file itself says of all its words; nothing where they differ."""
        tag = self.words[0].tag if self.words else ""
        return tag if tag and all(word.tag == tag for word in self.words) else ""

    def starting(self, start: int) -> "TextLine":
        """The line at its place in the page's text. Spelt out: ``replace`` takes three times it."""
        return TextLine(
            self.page,
            self.text,
            self.left,
            self.top,
            self.right,
            self.bottom,
            self.style,
            self.words,
            self.column,
            self.cell,
            self.role,
            start,
            start + len(self.text),
            self.row,
            self.framed,
        )

    @property
    def box(self) -> Box:
        """The line's rectangle."""
        return Box(self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number or bullet at the start of a block.

    ``path`` is its parts, outermost first: ``8.5`` is ("8", "5"), ``(a)`` is ("a",).
    ``form`` is what a whole run shares, such as ``#.``, ``(a)``, ``#.#`` or a bullet's own glyph.
    ``length`` is how many characters of the block's first line it takes, blanks after it included.
    """

    printed: str
    form: str
    path: tuple[str, ...]
    length: int

    @property
    def bullet(self) -> bool:
        """True for a mark that does not count."""
        return not self.path


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A paragraph, a list item, a heading or a table's cell, in reading order.

    ``text`` leaves the printed label out. ``heading`` is None for running text, otherwise its
    weight: a heading closes what a lighter or equal one opened. ``path`` is the headings above,
    outermost first. ``left`` is where the label starts, ``inner`` where the words do; for
    documents without pages they are list levels times 20. ``cell`` is (table, row, column);
    ``framed`` is true inside a drawn box; ``role`` says what it is on its page. ``index`` counts
    the document's blocks in reading order. Two blocks are equal only where they are the same one.
    """

    text: str
    pieces: tuple[Piece, ...]
    style: Style = PLAIN
    label: Label | None = None
    heading: float | None = None
    left: float = 0.0
    inner: float = 0.0
    cell: tuple[int, int, int] | None = None
    lines: tuple[TextLine, ...] = ()
    index: int = 0
    path: tuple["Block", ...] = ()
    framed: bool = False
    role: Role = "paragraph"

    def without_start(self, length: int) -> "Block":
        """The same block without its first characters, which must be on its first line."""
        first, *rest = self.pieces
        cut = Piece(first.page, min(first.start + length, first.end), first.end)
        return replace(self, text=self.text[length:], pieces=(cut, *rest))

    def without_end(self, length: int) -> "Block":
        """The same block without its last characters."""
        *rest, last = self.pieces
        cut = Piece(last.page, last.start, max(last.start, last.end - length))
        text = self.text[: len(self.text) - length].rstrip()
        return replace(self, text=text, pieces=(*rest, cut))

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return self.pieces[0].page if self.pieces else 1
