"""Reading order: printed words to lines, columns and table cells.

A page is cut into bands at whatever crosses a gutter, and each band is read column by column. A
gutter is believed only where several lines share a left edge to the right of it and running text
stands on both sides, so that hanging numbers and short tables are not mistaken for columns.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import median

from answerable.engine.documents import bullets, columns, grids, gutters, labels, margins, mending
from answerable.engine.documents.grids import Grid
from answerable.engine.documents.pieces import Printed, Sheet, Style, TextLine
from answerable.engine.documents.rows import by_line
from answerable.engine.documents.shapes import Box

# In type sizes. Narrower than a gutter; what is parted inside a column is put together again.
_GAP = 0.9
# In points: smaller type counts as this.
_SMALLEST = 5.0
_LEAST = 4
_MARGIN = 0.1
_TITLE_ENDS = frozenset(("improvement", "action", "actions", "points", "concern", "change"))
_Item = TextLine | Grid


def lines(sheet: Sheet, before: Sequence[TextLine] = ()) -> list[TextLine]:
    """All lines of the page in reading order, with their columns and cells.

    ``before`` are the lines of the page before, whose last table may go on here.
    """
    sheet = replace(sheet, words=(*mending.mended(sheet.words), *bullets.drawn(sheet)))
    tables = grids.grids(sheet.rules)
    rows = [] if tables else by_line(sheet.words)
    tables += _carried(sheet, tables, before, rows) + _titled(sheet, tables, rows)
    loose: list[Printed] = []
    inside: dict[int, list[Printed]] = {}
    for word in sheet.words if tables else ():
        home = next((i for i, grid in enumerate(tables) if grid.holds(word)), None)
        loose.append(word) if home is None else inside.setdefault(home, []).append(word)
    # Most pages have no table: their words are put into rows once.
    fragments: list[_Item] = list(_fragments(sheet.number, by_line(loose) if tables else rows))
    ordered, _ = _in_columns([*fragments, *(tables[i] for i in inside)], sheet.width, 0)
    result: list[TextLine] = []
    for item in ordered:
        if isinstance(item, Grid):
            number = tables.index(item)
            result += _cells(sheet.number, number, item, inside[number])
        else:
            result.append(item)
    return _framed(margins.turned(_rejoined(result)), sheet.frames) + _crosswise(sheet)


def _crosswise(sheet: Sheet) -> list[TextLine]:
    """What runs up the margin or across the page: a line of its own, beside the text."""
    if not sheet.crosswise:
        return []
    line = make_line(sheet.number, sheet.crosswise)
    return [replace(line, row=line.bottom, role="furniture")]


def _framed(found: list[TextLine], frames: Sequence[Box]) -> list[TextLine]:
    """The lines, those inside a drawn box known as such."""
    if not frames:
        return found
    return [
        replace(line, framed=True)
        if line.cell is None and any(_inside(line, frame) for frame in frames)
        else line
        for line in found
    ]


def _inside(line: TextLine, frame: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    across = frame.left - 2 <= line.left and line.right <= frame.right + 2
    return across and frame.top <= middle <= frame.bottom


def _titled(sheet: Sheet, known: list[Grid], found: list[list[Printed]]) -> list[Grid]:
    """Tables without upright lines. Most pages have none, and are not looked at twice."""
    if not any(map(_in_title, {word.text for word in sheet.words})):
        return []
    if known:
        found = by_line(w for w in sheet.words if not any(grid.holds(w) for grid in known))
    rows = [_parts(row) for row in found]
    return grids.titled(rows, sheet.rules, sheet.height)


@lru_cache(maxsize=65_536)
def _in_title(word: str) -> bool:
    return columns.holds_entries(word) or word.lower() in _TITLE_ENDS


def _carried(
    sheet: Sheet, known: list[Grid], before: Sequence[TextLine], found: list[list[Printed]]
) -> list[Grid]:
    """The table that the page before ends with, where it goes on without lines and titles."""
    edges = _last_edges(before, sheet.height * (1 - _MARGIN))
    if len(edges) < 2 or known:
        return []
    rows = [_parts(row) for row in found]
    return grids.carried(rows, edges, sheet.rules, sheet.height * _MARGIN)


def _last_edges(before: Sequence[TextLine], foot: float) -> list[float]:
    """Where the columns begin of a table with nothing but the page's foot below it."""
    cells = [line for line in before if line.cell is not None]
    if not cells or cells[-1].cell is None:
        return []
    own = [line for line in cells if line.cell is not None and line.cell[0] == cells[-1].cell[0]]
    end = max(line.bottom for line in own)
    if any(end < line.top < foot for line in before):
        return []
    lefts: dict[int, float] = {}
    for line in own:
        column = line.cell[2] if line.cell is not None else 0
        lefts[column] = min(lefts.get(column, line.left), line.left)
    return sorted(lefts.values())


def _parts(row: list[Printed]) -> list[list[Printed]]:
    parts: list[list[Printed]] = [[]]
    for word in row:
        gap = word.left - parts[-1][-1].right if parts[-1] else 0.0
        if gap > 1.2 * _SMALLEST and gap > 1.2 * word.style.size:
            parts.append([])
        parts[-1].append(word)
    return parts


def _fragments(page: int, rows: list[list[Printed]]) -> list[TextLine]:
    """Pieces of lines: words on one baseline without a wide gap. A label keeps its words."""
    found = []
    for row in rows:
        middle = max([w.top + w.bottom for w in row]) / 2
        part: list[Printed] = []
        for word in row:
            if part and word.left - part[-1].right > _GAP * _SMALLEST and _apart(part, word):
                found.append(make_line(page, part, middle))
                part = []
            part.append(word)
        found.append(make_line(page, part, middle))
    return found


def _apart(part: list[Printed], word: Printed) -> bool:
    gap = word.left - part[-1].right
    size = max(word.style.size, part[-1].style.size, _SMALLEST)
    if gap <= _GAP * size:
        return False
    text = " ".join(w.text for w in part) if len(part) < 3 else ""
    label = labels.parse(text + " X") if text else None
    is_label = label is not None and label.length >= len(text)
    return not (is_label and gap < 6 * size)


def make_line(
    page: int,
    words: Sequence[Printed],
    row: float = 0.0,
    *,
    column: int = 0,
    cell: tuple[int, int, int] | None = None,
) -> TextLine:
    """One line from its words, left to right; ``row`` orders lines down the page."""
    return TextLine(
        row=row,
        column=column,
        cell=cell,
        page=page,
        text=_joined(words),
        left=min([w.left for w in words]),
        top=min([w.top for w in words]),
        right=max([w.right for w in words]),
        bottom=max([w.bottom for w in words]),
        style=main_style(words),
        words=tuple(words),
    )


def _joined(words: Sequence[Printed]) -> str:
    return " ".join(w.text for w in words)


def main_style(words: Sequence[Printed]) -> Style:
    """The style that most letters have; a label's own style does not decide."""
    first = words[0].style
    if all(w.style is first for w in words):
        return first
    weights: Counter[Style] = Counter()
    for word in words:
        weights[word.style] += sum(c.isalpha() for c in word.text)
    return weights.most_common(1)[0][0]


def _in_columns(items: list[_Item], width: float, column: int) -> tuple[list[_Item], int]:
    """The items in reading order, and the next free column number."""
    if len(items) < 2 * _LEAST:
        return _top_down(items, column)
    found: list[tuple[int, float, list[tuple[list[_Item], _Item | None]]]] = []
    for edge in sorted({gutters.hanging(items, e) for e in _shared_edges(items)}):
        items = _parted(items, edge)
        crossing = [i for i in items if gutters.crosses(i, edge)]
        crossing += gutters.titles(items, edge)
        bands = _bands(crossing, [i for i in items if i not in crossing])
        if any(_two_columns(band, edge, width) for band, _ in bands):
            found.append((len(crossing), edge, bands))
    if found:
        _, edge, bands = min(found, key=lambda f: f[:2])
        return _by_band(bands, edge, width, column)
    return _top_down(items, column)


def _parted(items: list[_Item], edge: float) -> list[_Item]:
    """The items, those cut in two that only stand close to the column beside them."""
    close = [i for i in items if isinstance(i, TextLine) and gutters.joined(i, items, edge)]
    if not close:
        return items
    parts: list[_Item] = [i for i in items if i not in close]
    for line in close:
        at = next(n for n, w in enumerate(line.words) if w.left > edge - gutters.NEAR)
        parts += [make_line(line.page, ws, line.row) for ws in (line.words[:at], line.words[at:])]
    return parts


def _top_down(items: list[_Item], column: int) -> tuple[list[_Item], int]:
    placed = [
        replace(item, column=column)
        if isinstance(item, TextLine) and item.column != column
        else item
        for item in items
    ]
    return sorted(placed, key=_height_and_left), column + 1


def _height_and_left(item: _Item) -> tuple[float, float]:
    return (item.row if isinstance(item, TextLine) else item.top), item.left


def _shared_edges(items: list[_Item]) -> list[float]:
    """Left edges that several lines share and that have text to the left, likeliest first."""
    left = min(i.left for i in items)
    right = max(i.right for i in items)
    counts: Counter[int] = Counter(
        round(i.left) for i in items if i.left > left + 0.25 * (right - left)
    )
    merged = {edge: counts[edge - 1] + n + counts[edge + 1] for edge, n in counts.items()}
    likely = sorted(merged, key=lambda e: (-merged[e], e))
    return [float(e) for e in likely[:6] if merged[e] >= _LEAST]


def _bands(crossing: list[_Item], beside: list[_Item]) -> list[tuple[list[_Item], _Item | None]]:
    """Stretches between items that cross the gutter; each with the crossing item below it."""
    bands: list[tuple[list[_Item], _Item | None]] = []
    rest = sorted(beside, key=lambda i: i.top)
    for bar in sorted(crossing, key=lambda i: i.top):
        middle = (bar.top + bar.bottom) / 2
        above = [i for i in rest if (i.top + i.bottom) / 2 < middle]
        rest = [i for i in rest if (i.top + i.bottom) / 2 >= middle]
        bands.append((above, bar))
    bands.append((rest, None))
    return bands


def _two_columns(band: list[_Item], edge: float, width: float, *, believed: bool = False) -> bool:
    """Whether text runs on both sides; where another band says so, short lines may be many."""
    left = [i for i in band if i.right <= edge - 3]
    right = [i for i in band if i.left >= edge - 2]
    if len(left) < _LEAST or len(right) < _LEAST:
        return False
    top = max(min(i.top for i in left), min(i.top for i in right))
    bottom = min(max(i.bottom for i in left), max(i.bottom for i in right))
    shorter = min(_height(left), _height(right))
    if bottom - top < 0.4 * shorter:
        return False
    usual = max if believed else median
    return all(usual(gutters.widths(side)) > 0.2 * width for side in (left, right))


def _height(items: list[_Item]) -> float:
    return max(i.bottom for i in items) - min(i.top for i in items)


def _by_band(
    bands: list[tuple[list[_Item], _Item | None]], edge: float, width: float, column: int
) -> tuple[list[_Item], int]:
    result: list[_Item] = []
    pending: list[_Item] = []
    for band, bar in bands:
        if _two_columns(band, edge, width, believed=True):
            done, column = _top_down(pending, column) if pending else ([], column)
            result += done
            pending = []
            for side in (
                [i for i in band if i.right <= edge - 3],
                [i for i in band if i.left >= edge - 2],
            ):
                done, column = _in_columns(side, width, column)
                result += done
        else:
            pending += band
        if bar is not None:
            pending.append(bar)
    done, column = _top_down(pending, column) if pending else ([], column)
    return result + done, column


def _cells(page: int, table: int, grid: Grid, words: list[Printed]) -> list[TextLine]:
    """A table's lines, row by row and cell by cell."""
    cells: dict[tuple[int, int], list[Printed]] = {}
    for word in words:
        cells.setdefault(grid.cell(word), []).append(word)
    found = []
    for (row, column), inside in sorted(cells.items()):
        for line_words in by_line(inside):
            place = (table, row, column)
            found.append(make_line(page, line_words, column=-1 - table, cell=place))
    return found


def _rejoined(ordered: list[TextLine]) -> list[TextLine]:
    """Put pieces of one line that ended up in the same column together again."""
    result: list[TextLine] = []
    for line in ordered:
        last = result[-1] if result else None
        if last is not None and _same_line(last, line):
            result[-1] = _union(last, line)
        else:
            result.append(line)
    return result


def _same_line(a: TextLine, b: TextLine) -> bool:
    if a.cell != b.cell or a.column != b.column or b.left < a.right - 1:
        return False
    middle = abs((a.top + a.bottom) - (b.top + b.bottom)) / 2
    return middle <= 0.4 * min(a.bottom - a.top, b.bottom - b.top)


def _union(a: TextLine, b: TextLine) -> TextLine:
    return make_line(a.page, a.words + b.words, a.row, column=a.column, cell=a.cell)
