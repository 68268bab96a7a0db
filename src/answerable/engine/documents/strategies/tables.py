"""Tables with a column that is titled "Recommendation", or the like."""

import re
from itertools import groupby

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run

_COLUMN = re.compile(
    r"^\W*(?:(?:the|our|key|safety|agreed|proposed|summary of|text of)\s+)*(?:recommendations?|recommended actions?|areas? for improvement|"
    r"areas? for priority action|areas? for development|priority actions?|learning points?|causes? of concern|"
    r"(?:required|improvement) actions?|what needs to (?:improve|change))\b[\w ]{0,20}$",
    re.I,
)
_NUMBERS = re.compile(
    r"^\W*(?:no\.?|nr\.?|ref(?:erence)?\.?|number|#|rec(?:ommendation)?\.? (?:no\.?|number|ref\.?))\W*$",
    re.I,
)
_STATUS = re.compile(r"\b(?:status|progress|update|implemented|completed|rag)\b", re.I)


def tables(blocks: list[Block]) -> list[Run]:
    """One run for each table with a telling column."""
    cells = [b for b in blocks if b.cell is not None]
    found: list[Run] = []
    last: tuple[int, list[tuple[int, Block]]] | None = None
    for _, group in groupby(cells, key=lambda b: (b.page, b.cell[0] if b.cell else 0)):
        run = _table(list(group))
        if run is not None:
            found.append(run)
    return found


def _table(cells: list[Block]) -> Run | None:
    rows = _rows(cells)
    if not rows:
        return None
    head = next((r for r in rows[:2] if any(_COLUMN.match(_text(c)) for c in r.values())), None)
    if head is None:
        return None
    column = next(c for c, b in head.items() if _COLUMN.match(_text(b)))
    number = next((c for c, b in head.items() if _NUMBERS.match(_text(b))), None)
    items = []
    for row in rows[rows.index(head) + 1 :]:
        if column in row and len(_text(row[column])) > 15:
            items.append(_item(row, column, number))
    if not items:
        return None
    title = _text(head[column])
    score = 0.85
    if any(_STATUS.search(_text(b)) for b in head.values()):
        score = 0.5
    why = [f"It is in a table, in the column “{title}”."]
    return Run("table", items, lexicon.kind(title), score, why)


def _rows(cells: list[Block]) -> list[dict[int, list[Block]]]:
    rows: dict[int, dict[int, list[Block]]] = {}
    for block in cells:
        assert block.cell is not None
        rows.setdefault(block.cell[1], {}).setdefault(block.cell[2], []).append(block)
    return [rows[r] for r in sorted(rows)]


def _text(cell: list[Block]) -> str:
    return " ".join(b.text for b in cell).strip()


def _item(row: dict[int, list[Block]], column: int, number: int | None) -> Item:
    cell = row[column]
    printed = _text(row[number]) if number is not None and number in row else None
    if printed is None and cell[0].label is not None and cell[0].label.path:
        printed = ".".join(cell[0].label.path)
    return Item(printed or None, cell)
