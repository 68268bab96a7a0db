"""Tables with a column that is titled "Recommendation", or the like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from answerable.engine.documents import columns, labels, lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_LONGEST_NUMBER = 10


@dataclass(slots=True, eq=False)
class _Table:
    """One table, from all pages that it stands on."""

    rows: list[dict[int, list[Block]]]
    lefts: tuple[int, ...]
    end: int


def titled_columns(blocks: Sequence[Block]) -> list[Run]:
    """One run for each table with a telling column."""
    joined: list[_Table] = []
    cells = [b for b in blocks if b.cell is not None]
    for _, group in groupby(cells, key=lambda b: (b.page, b.cell[0] if b.cell else 0)):
        own = list(group)
        table = _Table(_rows(own), _lefts(own), own[-1].index)
        if joined and _goes_on(joined[-1], table, own[0], blocks):
            _join(joined[-1], table)
        else:
            joined.append(table)
    found = [_run(table.rows) for table in joined]
    return [run for run in found if run is not None]


def _lefts(cells: list[Block]) -> tuple[int, ...]:
    places: dict[int, int] = {}
    for cell in cells:
        if cell.cell is not None:
            places.setdefault(cell.cell[2], round(cell.left / 8))
    return tuple(places[c] for c in sorted(places))


def _goes_on(last: _Table, table: _Table, first: Block, blocks: Sequence[Block]) -> bool:
    """Whether it is the same table overleaf: nothing stands between, and the columns agree."""
    if first.index != last.end + 1 or not first.pieces or not blocks[last.end].lines:
        return False
    before = blocks[last.end].pieces[-1].page
    same = len(table.lefts) == len(last.lefts) and all(
        abs(a - b) <= 1 for a, b in zip(table.lefts, last.lefts, strict=True)
    )
    return first.page == before + 1 and same


def _join(last: _Table, table: _Table) -> None:
    rows = table.rows
    if rows and last.rows and _titles(rows[0]) == _titles(last.rows[0]):
        rows = rows[1:]
    if rows and last.rows and _cut_row(rows[0], last.rows):
        for column, cell in rows[0].items():
            last.rows[-1].setdefault(column, []).extend(cell)
        rows = rows[1:]
    last.rows += rows
    last.end = table.end


def _titles(row: dict[int, list[Block]]) -> list[str]:
    return [_text(row[c]) for c in sorted(row)]


def _cut_row(row: dict[int, list[Block]], above: list[dict[int, list[Block]]]) -> bool:
    """Whether the first row overleaf is the rest of the row before it.

    It goes on in small letters, or leaves a first column empty that the rows above it fill.
    """
    texts = [_text(cell) for cell in row.values()]
    if any(text[:1].islower() for text in texts):
        return True
    first = min((min(r) for r in above), default=0)
    filled = sum(first in r for r in above)
    return first not in row and filled >= 0.9 * len(above) and first in above[-1]


def _run(rows: list[dict[int, list[Block]]]) -> Run | None:
    head = next(
        (r for r in rows[:3] if any(columns.holds_entries(_text(c)) for c in r.values())), None
    )
    if head is None:
        return None
    column = next(c for c, b in head.items() if columns.holds_entries(_text(b)))
    number = next((c for c, b in head.items() if columns.numbers(_text(b))), None)
    if number is None:
        number = _untitled_numbers(rows[rows.index(head) + 1 :], head, column)
    who = next((c for c, b in head.items() if columns.responsible(_text(b))), None)
    body = [r for r in rows[rows.index(head) + 1 :] if _holds(r, column, len(head))]
    noted = _noted([row[column] for row in body])
    items = tuple(_item(row, column, number, noted, who) for row in body)
    if not items:
        return None
    title = _text(head[column])
    status = any(columns.tracks(_text(b)) for b in head.values())
    place = f"in a table’s column “{title}”"
    signs = (Sign("table.column"), *([Sign("table.tracks")] if status else []))
    return Run("table", items, lexicon.kind(title), signs, place)


def _untitled_numbers(
    rows: list[dict[int, list[Block]]], head: dict[int, list[Block]], column: int
) -> int | None:
    """The first column where it has no title and holds a number in almost every row."""
    first = min((min(row) for row in rows), default=column)
    if first in head or first >= column:
        return None
    counted = sum(
        first in row
        and labels.parse(f"{_text(row[first])} X") is not None
        and len(_text(row[first])) < _LONGEST_NUMBER
        for row in rows
    )
    return first if counted >= 0.8 * len(rows) else None


def _holds(row: dict[int, list[Block]], column: int, width: int) -> bool:
    """Whether the row has an entry: a row with a single cell is a title across the table."""
    if column not in row or len(_text(row[column])) < 15:
        return False
    return len(row) > 1 or width == 1


def _noted(cells: list[list[Block]]) -> set[str]:
    """Openings that the last paragraphs of many cells share ("Source of …"): notes, not words."""
    openings = Counter(_opening(cell[-1]) for cell in cells if len(cell) > 1)
    return {words for words, n in openings.items() if n >= 3 and n >= 0.4 * len(cells)}


def _opening(block: Block) -> str:
    return " ".join(block.text.split()[:2]).rstrip(":")


def _rows(cells: list[Block]) -> list[dict[int, list[Block]]]:
    rows: dict[int, dict[int, list[Block]]] = {}
    for block in cells:
        if block.cell is None:
            continue
        rows.setdefault(block.cell[1], {}).setdefault(block.cell[2], []).append(block)
    return [rows[r] for r in sorted(rows)]


def _text(cell: list[Block]) -> str:
    return " ".join(b.text for b in cell).strip()


def _item(
    row: dict[int, list[Block]],
    column: int,
    number: int | None,
    noted: set[str],
    who: int | None,
) -> Item:
    cell = row[column]
    while len(cell) > 1 and _opening(cell[-1]) in noted:
        cell = cell[:-1]
    printed = _text(row[number]) if number is not None and number in row else None
    if not printed and cell[0].label is not None and cell[0].label.path:
        printed = ".".join(cell[0].label.path)
    named = _text(row[who]) if who is not None and who in row else None
    return Item((printed or "").rstrip(".: ") or None, tuple(cell), who=named)
