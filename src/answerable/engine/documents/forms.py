"""Tables that only lay out a form: a coroner's report is one table with a page of text in a cell.

Their cells are read as running text. Tables with the titles of a list keep their cells.
"""

from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents import columns
from answerable.engine.documents.pieces import Block

_MUCH = 500
_PARAGRAPHS = 3


def loosened(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of tables that are forms without their cells."""
    tables: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.cell is not None:
            tables.setdefault((block.page, block.cell[0]), []).append(block)
    forms = {key for key, cells in tables.items() if _is_form(cells)}
    for key in list(forms):
        # A form goes on overleaf, where its cell may be short.
        page = key[0]
        forms |= {k for k in tables if k[0] == page + 1 and not _titled(tables[k])}
    free = {id(block) for key in forms for block in tables[key]}
    return [replace(b, cell=None) if id(b) in free else b for b in blocks]


def _is_form(cells: list[Block]) -> bool:
    if _titled(cells):
        return False
    by_cell: dict[tuple[int, int, int], list[Block]] = {}
    for block in cells:
        if block.cell is not None:
            by_cell.setdefault(block.cell, []).append(block)
    return any(
        len(inside) >= _PARAGRAPHS and sum(len(b.text) for b in inside) >= _MUCH
        for inside in by_cell.values()
    )


def _titled(cells: list[Block]) -> bool:
    return any(
        columns.holds_entries(b.text.strip())
        for b in cells
        if b.cell is not None and b.cell[1] <= 2
    )
