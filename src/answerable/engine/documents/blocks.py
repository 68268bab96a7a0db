"""Lines to paragraphs, items and headings."""

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from answerable.engine.documents import labels
from answerable.engine.documents.pieces import Block, Label, Piece, Style, TextLine

_TERMINAL = re.compile(r"[.;:!?…][\"'”’)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BARE = re.compile(r"^(?:[a-z]|\d{1,3})$")
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|of|the|to|in|for|a|an|by|with|that|on|from))$", re.I)


@dataclass(slots=True)
class Setting:
    """What is usual in a document: the style of its running text and its line spacing."""

    style: Style
    pitches: dict[tuple[float, bool], float]

    def pitch(self, line: TextLine) -> float:
        """The usual distance between lines set like this one."""
        usual = self.pitches.get((line.style.size, line.style.bold))
        return usual or 1.25 * line.style.size


def setting(pages: list[list[TextLine]]) -> Setting:
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


def build(pages: list[list[TextLine]], usual: Setting) -> list[Block]:
    """All blocks of the document in reading order, without furniture and notes."""
    blocks: list[Block] = []
    for lines in pages:
        edges = _Edges(lines)
        for line in lines:
            if line.role != "body" or not line.text.strip():
                continue
            label = _label(line)
            if blocks and _continues(blocks[-1], line, label, usual, edges):
                _extend(blocks[-1], line)
            else:
                blocks.append(_opened(line, label))
    for block in blocks:
        block.text = _text(block)
    return blocks


class _Edges:
    """Where lines end on the right: by column, and by indent where enough lines share one."""

    def __init__(self, lines: list[TextLine]) -> None:
        self.columns: dict[object, float] = {}
        self.indents: dict[object, list[float]] = {}
        for line in lines:
            place = (line.column, line.cell)
            self.columns[place] = max(self.columns.get(place, 0.0), line.right)
            self.indents.setdefault((place, round(line.left / 3)), []).append(line.right)

    def of(self, line: TextLine) -> float:
        """The right edge that applies to the line."""
        place = (line.column, line.cell)
        own = self.indents.get((place, round(line.left / 3)), [])
        return max(own) if len(own) >= 4 else self.columns.get(place, line.right)


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


def _opened(line: TextLine, label: Label | None) -> Block:
    block = Block("", [], style=line.style, left=line.left, inner=line.left, cell=line.cell)
    block.framed = line.framed
    start = line.start
    if label is not None:
        block.label = label
        start += label.length
        block.inner = _inner(line, label.length)
        block.style = _style_after(line, label.length)
    block.lines = [line]
    block.pieces = [Piece(line.page, min(start, line.end), line.end)]
    return block


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


def _extend(block: Block, line: TextLine) -> None:
    if len(block.lines) == 1 and block.label is not None and line.left > block.left - 3:
        # The second line shows whether the label hangs or the paragraph is set flush.
        block.inner = line.left
    block.lines.append(line)
    last = block.pieces[-1]
    if last.page == line.page:
        block.pieces[-1] = Piece(last.page, last.start, line.end)
    else:
        block.pieces.append(Piece(line.page, line.start, line.end))


def _continues(
    block: Block, line: TextLine, label: Label | None, usual: Setting, edges: _Edges
) -> bool:
    last = block.lines[-1]
    if line.cell != last.cell or line.framed != last.framed:
        return False
    if last.page != line.page or last.column != line.column:
        return label is None and _runs_over(block, last, line)
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
    return full or _heading_like(block, usual)


def _full(last: TextLine, line: TextLine, edge: float) -> bool:
    """Whether the first word of the line would not have fitted on the one before."""
    first = line.words[0] if line.words else None
    if first is None:
        return True
    return last.right + (first.right - first.left) > edge - 0.6 * line.style.size


def _wrapped_label(block: Block, line: TextLine, last: TextLine, full: bool, label: Label) -> bool:
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


def _heading_like(block: Block, usual: Setting) -> bool:
    """Headings are broken where the typesetter pleased."""
    return block.style.size > usual.style.size + 1.5 and not _TERMINAL.search(block.lines[-1].text)


def _runs_over(block: Block, last: TextLine, line: TextLine) -> bool:
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
        or (
            not _TERMINAL.search(last.text)
            and len(block.lines) + len(block.text) // 80 > 0
            and len(last.text) > 45
        )
    )


def _text(block: Block) -> str:
    length = block.label.length if block.label else 0
    first, *rest = block.lines
    return " ".join([first.text[length:], *(line.text for line in rest)]).strip()
