"""Documents without pages: paragraphs put down one after another on a single long page."""

from collections import Counter
from dataclasses import dataclass, field, replace

from answerable.engine.documents import blocks, labels, outline
from answerable.engine.documents.pieces import PLAIN, Block, Label, Piece, Role, Style
from answerable.engine.documents.shapes import Box, Line, Page

_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_INDENT = 20.0
_BESIDE: tuple[Role, ...] = ("footnote", "contents", "running_head")


@dataclass(slots=True)
class Scroll:
    """Collects paragraphs in reading order; :meth:`page` and :meth:`blocks` give the result."""

    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    found: list[Block] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    at: int = 0

    def add(
        self,
        text: str,
        *,
        label: Label | None = None,
        level: int = 0,
        heading: float | None = None,
        style: Style = PLAIN,
        cell: tuple[int, int, int] | None = None,
        role: Role = "paragraph",
    ) -> None:
        """Put down one paragraph.

        ``label`` is a number or bullet that the format counts for itself (a list in Word or HTML);
        without one, a label typed into the text is looked for. ``level`` is the depth in lists.
        ``role`` is given where the format says it (a block quotation), otherwise it is found later.
        """
        text = " ".join(text.split())
        if not text:
            return
        typed = labels.parse(text) if label is None else None
        printed = f"{label.printed} " if label is not None else ""
        skip = len(printed) if label is not None else (typed.length if typed else 0)
        whole = printed + text
        start, end = self.at, self.at + len(whole)
        self._put(whole)
        left = level * _INDENT
        (self.beside if role in _BESIDE else self.found).append(
            Block(
                text=whole[skip:],
                pieces=(Piece(1, min(start + skip, end), end),),
                style=style,
                label=label or typed,
                heading=heading,
                left=left,
                inner=left + (_INDENT / 2 if label or typed else 0.0),
                cell=cell,
                role=role,
            )
        )

    def again(self, cell: tuple[int, int, int], other: tuple[int, int, int]) -> None:
        """Let what stands in one cell stand in another too: a cell that goes on over rows."""
        if cell != other:
            self.found += [replace(b, cell=other) for b in self.found if b.cell == cell]

    def frame(self, first: int) -> None:
        """Let all paragraphs from this one on stand in a box."""
        self.found[first:] = [replace(block, framed=True) for block in self.found[first:]]

    def aside(self) -> tuple[Block, ...]:
        """Footnotes and contents: on the page, but never offered to a strategy."""
        return tuple(replace(block, index=-1) for block in self.beside)

    def _put(self, whole: str) -> None:
        self.parts.append(whole)
        self.lines.append(Line(self.at, self.at + len(whole), _NOWHERE))
        self.at += len(whole) + 1

    def page(self) -> Page:
        """The one page that holds it all."""
        return Page(1, 0.0, 0.0, "\n".join(self.parts), (), tuple(self.lines))

    def blocks(self) -> tuple[Block, ...]:
        """The blocks with their headings weighed and their places in the outline."""
        letters: Counter[Style] = Counter()
        for block in self.found:
            if block.heading is None:
                letters[block.style] += len(block.text)
        common = letters.most_common(1)[0][0] if letters else PLAIN
        return outline.outlined(self.found, blocks.Setting(common, {}))
