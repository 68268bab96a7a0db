"""Lines to paragraphs, items and headings."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from answerable.engine.documents import labels
from answerable.engine.documents.pieces import Block, Label, Piece, Style, TextLine

_TERMINAL = re.compile(r"[.;:!?…][\"'”’)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BARE = re.compile(r"^(?:[a-z]|\d{1,3})$")
_SHORT = 45
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|of|the|to|in|for|a|an|by|with|that|on|from))$", re.I)

# So many lines of a page that begin alike, or that follow one another, have an edge of their own;
# fewer share that of their column.
_SHARED = 4
_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What is usual in a document: the style of its running text and its line spacing."""

    style: Style
    pitches: dict[tuple[float, bool], float]

    def pitch(self, line: TextLine) -> float:
        """The usual distance between lines set like this one."""
        usual = self.pitches.get((line.style.size, line.style.bold))
        return usual or 1.25 * line.style.size


def setting(pages: Sequence[Sequence[TextLine]]) -> Setting:
    """Measure the document."""
    letters: Counter[Style] = Counter()
    steps: dict[tuple[float, bool], list[float]] = {}
    for lines in pages:
        last: TextLine | None = None
        for line in lines:
            if line.role != "body":
                continue
            letters[line.style] += len(line.text)
            if last is not None and last.style == line.style and last.column == line.column:
                step = line.bottom - last.bottom
                if 0.8 * line.style.size < step < 3 * line.style.size:
                    steps.setdefault((line.style.size, line.style.bold), []).append(step)
            last = line
    common = letters.most_common(1)[0][0] if letters else Style()
    return Setting(common, {k: _closest(v) for k, v in steps.items() if len(v) >= 3})


def _closest(steps: list[float]) -> float:
    """The spacing inside paragraphs: the smallest common step."""
    counts = Counter(round(s * 2) / 2 for s in steps)
    common = [s for s, n in counts.items() if n >= 0.12 * len(steps)]
    return min(common) if common else median(steps)


@dataclass(slots=True)
class _Draft:
    """A block while its lines are gathered."""

    lines: list[TextLine]
    label: Label | None
    style: Style
    left: float
    inner: float

    def block(self) -> Block:
        first = self.lines[0]
        return Block(
            _text(self),
            tuple(_pieces(self)),
            self.style,
            self.label,
            left=self.left,
            inner=self.inner,
            cell=first.cell,
            lines=tuple(self.lines),
            framed=first.framed,
        )


def build(pages: Sequence[Sequence[TextLine]], usual: Setting, which: str = "body") -> list[Block]:
    """All blocks of the document in reading order, of lines with this role only."""
    drafts: list[_Draft] = []
    for lines in pages:
        own = [line for line in lines if line.role == which and line.text.strip()]
        if not own:
            continue
        edges = _Edges(lines)
        for line in own:
            label = _label(line)
            if drafts and _continues(drafts[-1], line, label, usual, edges):
                _extend(drafts[-1], line)
            else:
                drafts.append(_opened(line, label))
    return [draft.block() for draft in drafts]


class _Edges:
    """Where lines end on the right: by column, and by indent where enough lines share one.

    Larger type does not count: a title may run on where the text is broken.
    """

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.columns: dict[object, dict[int, float]] = {}
        self.indents: dict[object, list[float]] = {}
        for line in lines:
            place = (line.column, line.cell)
            size = _points(line)
            sizes = self.columns.setdefault(place, {})
            sizes[size] = max(sizes.get(size, 0.0), line.right)
            self.indents.setdefault((place, size, round(line.left / 3)), []).append(line.right)

    def of(self, line: TextLine) -> float:
        """The right edge that applies to the line."""
        place, size = (line.column, line.cell), _points(line)
        own = self.indents.get((place, size, round(line.left / 3)), [])
        if len(own) >= 4:
            return max(own)
        sizes = self.columns.get(place, {})
        return max((right for s, right in sizes.items() if s <= size), default=line.right)


def _points(line: TextLine) -> int:
    return round(line.style.size)


def _label(line: TextLine) -> Label | None:
    """The printed label; a bare letter or number is one where it hangs before the words."""
    found = labels.parse(line.text)
    if found is not None or len(line.words) < 2:
        return found
    first, second = line.words[:2]
    if not _BARE.match(first.text) or second.left - first.right < 0.9 * line.style.size:
        return None
    return Label(
        first.text, "#" if first.text.isdigit() else "a", (first.text,), len(first.text) + 1
    )


def _opened(line: TextLine, label: Label | None) -> _Draft:
    if label is None:
        return _Draft([line], None, line.style, line.left, line.left)
    style = _style_after(line, label.length)
    return _Draft([line], label, style, line.left, _inner(line, label.length))


def _pieces(draft: _Draft) -> list[Piece]:
    """One piece a page, the first without its label."""
    first = draft.lines[0]
    skip = draft.label.length if draft.label is not None else 0
    pieces = [Piece(first.page, min(first.start + skip, first.end), first.end)]
    for line in draft.lines[1:]:
        last = pieces[-1]
        if last.page == line.page:
            pieces[-1] = Piece(last.page, last.start, line.end)
        else:
            pieces.append(Piece(line.page, line.start, line.end))
    return pieces


def _inner(line: TextLine, length: int) -> float:
    at = 0
    for word in line.words:
        if at >= length:
            return word.left
        at += len(word.text) + 1
    return line.left + 14


def _style_after(line: TextLine, length: int) -> Style:
    at = 0
    weights: Counter[Style] = Counter()
    for word in line.words:
        if at >= length:
            weights[word.style] += len(word.text)
        at += len(word.text) + 1
    return weights.most_common(1)[0][0] if weights else line.style


def _extend(block: _Draft, line: TextLine) -> None:
    if len(block.lines) == 1 and block.label is not None and line.left > block.left - 3:
        # The second line shows whether the label hangs or the paragraph is set flush.
        block.inner = line.left
    block.lines.append(line)


def _continues(
    block: _Draft, line: TextLine, label: Label | None, usual: Setting, edges: _Edges
) -> bool:
    last = block.lines[-1]
    if line.cell != last.cell or line.framed != last.framed:
        return False
    if last.page != line.page or last.column != line.column:
        return label is None and _runs_over(last, line)
    step = line.bottom - last.bottom
    if step < -2 or step > 1.18 * usual.pitch(line) + 1:
        return False
    if block.label is not None and len(block.lines) > 1 and line.left < block.inner - 8:
        return False
    full = _full(last, line, edges.of(last))
    if label is not None and not _wrapped_label(block, line, last, full, label):
        return False
    if _restyled(last, line, full):
        return False
    return full or _heading_like(block, usual) or (label is None and _goes_on(last, line))


def _goes_on(last: TextLine, line: TextLine) -> bool:
    """Whether a sentence is broken off in a short line, as in a narrow cell beside wide text."""
    same = abs(line.left - last.left) < 2 or abs(line.left - _inner_of(last)) < 2
    return same and len(last.text) > _SHORT and last.text[-1:].isalpha() and line.text[:1].islower()


def _inner_of(line: TextLine) -> float:
    """Where the line's words start after its label."""
    label = _label(line)
    return line.left if label is None else _inner(line, label.length)


def _full(last: TextLine, line: TextLine, edge: float) -> bool:
    """Whether the first word of the line would not have fitted on the one before."""
    first = line.words[0] if line.words else None
    if first is None:
        return True
    return last.right + (first.right - first.left) > edge - 0.6 * line.style.size


def _wrapped_label(block: _Draft, line: TextLine, last: TextLine, full: bool, label: Label) -> bool:
    """Whether what looks like a label is only where a sentence happened to wrap."""
    if not full or (label.bullet and label.printed not in "-–—o*"):
        return False
    inside = abs(line.left - block.inner) < 3 or (
        len(block.lines) > 1 and abs(line.left - block.lines[-1].left) < 1.5
    )
    return inside and not _TERMINAL.search(last.text) and not last.text.endswith(("; and", "; or"))


def _restyled(last: TextLine, line: TextLine, full: bool) -> bool:
    a, b = last.style, line.style
    if abs(a.size - b.size) > 0.12 * max(a.size, b.size):
        return True
    if a.bold == b.bold and a.italic == b.italic:
        return False
    mixed = any(w.style.bold == b.bold and w.style.italic == b.italic for w in last.words) or any(
        w.style.bold == a.bold and w.style.italic == a.italic for w in line.words
    )
    return not mixed or not full


def _heading_like(block: _Draft, usual: Setting) -> bool:
    """Headings are broken where the typesetter pleased."""
    return block.style.size > usual.style.size + 1.5 and not _TERMINAL.search(block.lines[-1].text)


def _runs_over(last: TextLine, line: TextLine) -> bool:
    """Whether the paragraph goes on in the next column or page."""
    if last.cell is not None or line.cell is not None:
        return False
    a, b = last.style, line.style
    if abs(a.size - b.size) > 0.6 or a.bold != b.bold:
        return False
    starts_small = line.text[:1].islower()
    return (
        starts_small
        or (not _TERMINAL.search(last.text) and bool(_OPEN_END.search(last.text)))
        or (not _TERMINAL.search(last.text) and len(last.text) > _SHORT)
    )


def _text(block: _Draft) -> str:
    length = block.label.length if block.label else 0
    first, *rest = block.lines
    return " ".join([first.text[length:], *(line.text for line in rest)]).strip()
