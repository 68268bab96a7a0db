"""The parts of an invented report before it is typeset, and the truth that goes with it."""

from dataclasses import dataclass, field
from typing import Literal

Face = Literal["roman", "bold", "italic", "bold-italic"]


@dataclass
class Row:
    """What a person would write down for one item. ``text`` is what is asked, without its label.

    ``wordings`` are other printings that count as the same; ``numbers`` are all the labels that a
    careful person might give it. ``optional`` rows may be found or left without reproach.
    ``instead_of`` are rows of parts, where the whole may as well be taken for one item.
    """

    text: str
    numbers: tuple[str | None, ...] = (None,)
    kind: str = "recommendation"
    addressee: str | None = None
    due: str | None = None
    wordings: tuple[str, ...] = ()
    optional: bool = False
    pages: tuple[int, ...] = ()
    instead_of: tuple[int, ...] = ()

    @property
    def own(self) -> bool:
        return self.kind in {"recommendation", "area_for_improvement", "cause_of_concern"}

    @property
    def number(self) -> str | None:
        return self.numbers[0]

    @property
    def page(self) -> int | None:
        return self.pages[0] if self.pages else None


@dataclass(frozen=True)
class Piece:
    """Words in one typeface. ``note`` is a footnote hung on their end, ``row`` as in a paragraph."""

    text: str
    face: Face = "roman"
    note: str | None = None
    row: int | None = None


@dataclass
class Para:
    """A paragraph, a numbered paragraph or an item of a list (``label``).

    ``row`` is the index of the truth row that begins here. ``indent`` counts steps.
    """

    pieces: list[Piece]
    label: str = ""
    indent: int = 0
    style: Literal["body", "quote", "small", "caption", "centre", "letter"] = "body"
    row: int | None = None
    face_of_label: Face = "roman"
    glued: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass
class Heading:
    text: str
    level: int = 1
    label: str = ""
    row: int | None = None


@dataclass
class Panel:
    """Blocks in a box: tinted, ruled, or ruled at the left only."""

    blocks: list["Block"]
    title: str = ""
    look: Literal["tint", "rule", "bar"] = "tint"


@dataclass
class Grid:
    """A table. Cells hold paragraphs; ``ruled`` false leaves only the alignment."""

    head: list[str]
    rows: list[list[list[Para]]]
    widths: list[float]
    ruled: bool = True
    repeats: bool = True
    caption: str = ""


@dataclass
class Figure:
    caption: str
    bars: list[int]


@dataclass
class Turned:
    """Blocks on pages of their own that lie on their side."""

    blocks: list["Block"]


@dataclass
class Contents:
    title: str = "Contents"


@dataclass
class Cover:
    title: str
    subtitle: str
    maker: str
    day: str


@dataclass
class NewPage:
    pass


Block = Para | Heading | Panel | Grid | Figure | Turned | Contents | Cover | NewPage


@dataclass
class Look:
    """How a document is set: chosen once a document."""

    font: str = "Libertinus Serif"
    head_font: str = ""
    size: float = 10.5
    columns: int = 1
    leading: float = 0.65
    gap: float = 1.1
    justify: bool = False
    hyphenate: bool = False
    margin: float = 2.4
    wide: bool = False
    paper: Literal["a4", "letter", "book"] = "a4"
    rotates: bool = False
    running_head: str = ""
    running_foot: str = ""
    head_look: Literal["bold", "colour", "plain", "caps", "rule"] = "bold"
    head_sizes: tuple[float, ...] = (17, 13, 11)
    bullet: str = "•"
    labels: Literal["hang", "inline", "list"] = "hang"
    colour: str = "#1d3557"
    tags: bool = False
    damage: frozenset[str] = frozenset()
    chapter_on_new_page: bool = True


@dataclass
class Draft:
    """A whole report: its parts in order, its truth, its look."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    look: Look = field(default_factory=Look)

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def row(self, row: Row) -> int:
        self.rows.append(row)
        return len(self.rows) - 1


def walk(blocks: list[Block]) -> list[Block]:
    """All blocks, also those within others, in order."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Panel | Turned):
            found.extend(walk(block.blocks))
    return found
