"""Tables with a column that is titled "Recommendation", or the like."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from answerable.engine.documents import columns, labels, lexicon, notes, surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.strategies.named import names
from answerable.engine.documents.weigh import Sign

_EARLIER = "The table’s column “{}” holds what was asked before, or by others."
_LONGEST_NUMBER = 10
_LONGEST_LABEL = 30
_FEWEST = 2
_TITLE_WORDS = 5
_BESIDE = "in a table, beside the word “Recommendation”"


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
    found = [run for table in joined if (run := _run(table.rows)) is not None]
    beside = [run for run in found if run.place == _BESIDE]
    if len(beside) < _FEWEST:
        return found
    together = replace(beside[0], items=tuple(item for run in beside for item in run.items))
    return [together, *(run for run in found if run not in beside)]


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
    if (turned := _turned(rows)) is not None:
        return turned
    head = next(
        (r for r in rows[:3] if any(columns.holds_entries(_text(c)) for c in r.values())), None
    )
    if head is None:
        return _labelled(rows)
    below = rows[rows.index(head) + 1 :]
    if len(head) == 1 and (found := _labelled(below)) is not None:
        return found
    column = next(c for c, b in head.items() if columns.holds_entries(_text(b)))
    number = next((c for c, b in head.items() if columns.numbers(_text(b))), None)
    if number is None:
        number = _untitled_numbers(below, head, column)
    who = next((c for c, b in head.items() if columns.responsible(_text(b))), None)
    when = next((c for c, b in head.items() if columns.timed(_text(b))), None)
    body = [r for r in _carried(below, who) if _holds(r, column, len(head))]
    noted = _noted([row[column] for row in body])
    items = tuple(item for row in body for item in _items(row, column, number, noted, who, when))
    if not items:
        return None
    title = _text(head[column])
    status = any(columns.tracks(_text(b)) for b in head.values())
    place = f"in a table’s column “{title}”"
    signs = (Sign("table.column"), *([Sign("table.tracks")] if status else []))
    if lexicon.of_others(title):
        return Run("table", items, "quoted", signs, place, against=_EARLIER.format(title))
    return Run("table", items, lexicon.kind(title), signs, place)


def _carried(rows: list[dict[int, list[Block]]], who: int | None) -> list[dict[int, list[Block]]]:
    """The rows; who must act is said once for those that leave the cell empty."""
    found: list[dict[int, list[Block]]] = []
    known: list[Block] | None = None
    for row in rows:
        if who is None or who in row:
            known = row[who] if who is not None else None
            found.append(row)
        else:
            found.append({**row, who: known} if known and len(row) == 1 and 0 not in row else row)
    return found


def _turned(rows: list[dict[int, list[Block]]]) -> Run | None:
    """Entries of a table on its side: titles in the first column, "Recommendation" among them."""
    pairs = [(_text(row[0]), row[1]) for row in rows if sorted(row) == [0, 1]]
    if len(pairs) < max(_FEWEST, len(rows) - 1):
        return None
    said = [cell for title, cell in pairs if columns.holds_entries(title)]
    words = [len(title.split()) for title, _ in pairs]
    if not said or len(said) == len(pairs) or max(words) > _TITLE_WORDS:
        return None
    if not all(len(_text(cell).split()) > _TITLE_WORDS for cell in said):
        return None
    items = tuple(Item(_number(cell[:1], own=True), tuple(_without_reply(cell))) for cell in said)
    return Run("table", items, "recommendation", (Sign("table.column"),), _BESIDE)


def _labelled(rows: list[dict[int, list[Block]]]) -> Run | None:
    """Entries whose label stands in a column of its own, "R1" beside what R1 says."""
    first = min((min(row) for row in rows), default=0)
    body = [row for row in rows if len(row) > 1 and first in row and _is_label(row[first])]
    if len(body) < _FEWEST or len(body) < 0.6 * len(rows):
        return None
    column = min(c for c in body[0] if c != first)
    noted = _noted([row[column] for row in body if column in row])
    items = [i for r in body if column in r for i in _items(r, column, first, noted, None, None)]
    heading = body[0][first][0].path
    named = sum(_names_itself(row[first]) for row in body) >= 0.8 * len(body)
    asking = sum(lexicon.asks(i.text) for i in items)
    announced = any(lexicon.sense(h.text) == "own" for h in heading[-1:])
    if not (named or announced) or asking < 0.6 * len(items):
        return None
    place = "in a table, each beside its number"
    against = surroundings.elsewhere(heading)
    return Run(
        "table", tuple(items), "recommendation", (Sign("table.labels"),), place, against=against
    )


def _is_label(cell: list[Block]) -> bool:
    if not cell[0].text.strip() and cell[0].label is not None and names(cell[0].label):
        return True
    return len(_whole(cell)) < _LONGEST_LABEL and labels.parse(f"{_whole(cell)} X") is not None


def _names_itself(cell: list[Block]) -> bool:
    label = cell[0].label or labels.parse(f"{_whole(cell)} X")
    return label is not None and names(label) is not None


def _untitled_numbers(
    rows: list[dict[int, list[Block]]], head: dict[int, list[Block]], column: int
) -> int | None:
    """The first column where it has no title and holds a number in almost every row."""
    first = min((min(row) for row in rows), default=column)
    if first in head or first >= column:
        return None
    counted = sum(
        first in row
        and labels.parse(f"{_whole(row[first])} X") is not None
        and len(_whole(row[first])) < _LONGEST_NUMBER
        for row in rows
    )
    return first if counted >= 0.8 * len(rows) else None


def _holds(row: dict[int, list[Block]], column: int, width: int) -> bool:
    """Whether the row has an entry: a row with a single cell is a title across the table.

    A single cell further right is an entry for the body named in a row above.
    """
    if column not in row or len(_text(row[column])) < 15:
        return False
    return len(row) > 1 or width == 1 or column > 0


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


def _whole(cell: list[Block]) -> str:
    """The words of the cell with its printed label."""
    label = cell[0].label
    return f"{label.printed if label is not None else ''} {_text(cell)}".strip()


def _items(
    row: dict[int, list[Block]],
    column: int,
    number: int | None,
    noted: set[str],
    who: int | None,
    when: int | None,
) -> list[Item]:
    """The entries of a row: one, or each that is marked where the row itself has no number."""
    cell = row[column]
    cell = _without_reply(cell)
    while len(cell) > 1 and _opening(cell[-1]) in noted:
        cell = cell[:-1]
    printed = _number(row[number]) if number is not None and number in row else None
    named = _text(row[who]) if who is not None and who in row else None
    timed = _text(row[when]) if when is not None and when in row else None
    marked = [at for at, block in enumerate(cell) if block.label is not None]
    if printed is None and len(marked) > 1 and marked[0] == 0:
        parts = [cell[a:b] for a, b in zip(marked, [*marked[1:], len(cell)], strict=True)]
    else:
        parts = [cell]
    return [
        Item(printed or _number(part[:1], own=True), tuple(part), who=named, when=timed)
        for part in parts
    ]


def _without_reply(cell: list[Block]) -> list[Block]:
    """The paragraphs of a cell before the one that begins with somebody's response."""
    ends = (at for at, block in enumerate(cell) if at and notes.replies(block.text))
    return cell[: next(ends, len(cell))]


def _number(cell: list[Block], *, own: bool = False) -> str | None:
    """The number in a cell of numbers, or the ``own`` label of an entry."""
    label = cell[0].label
    if label is not None and label.path and (own or not cell[0].text.strip()):
        return ".".join(label.path)
    return None if own else _whole(cell).rstrip(".: ") or None
