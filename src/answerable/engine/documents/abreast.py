"""Columns side by side: the edges of their blocks as if they stood one below the other."""

from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents.pieces import Block

_SHARE = 0.25
_INDENT = 30.0


def aligned(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; those of right-hand columns with their edges moved to the first column's.

    A column that holds nothing but an indented list is known by the edge that others share.
    """
    lefts: dict[tuple[int, int], float] = {}
    rights: dict[int, float] = {}
    for block in blocks:
        for line in block.lines if block.cell is None else ():
            place = (line.page, line.column)
            lefts[place] = min(line.left, lefts.get(place, line.left))
            rights[line.page] = max(line.right, rights.get(line.page, 0.0))
    homes: dict[int, float] = {}
    for (page, _), left in lefts.items():
        homes[page] = min(left, homes.get(page, left))
    beside = {
        place: left
        for place, left in lefts.items()
        if left - homes[place[0]] > _SHARE * (rights[place[0]] - homes[place[0]])
    }
    edges = sorted(set(beside.values()))
    shifts = {
        place: min(e for e in edges if left - _INDENT <= e <= left) - homes[place[0]]
        for place, left in beside.items()
    }
    return [_moved(block, shifts) for block in blocks] if shifts else list(blocks)


def _moved(block: Block, shifts: dict[tuple[int, int], float]) -> Block:
    if block.cell is not None or not block.lines:
        return block
    shift = shifts.get((block.lines[0].page, block.lines[0].column))
    if shift is None:
        return block
    return replace(block, left=block.left - shift, inner=block.inner - shift)
