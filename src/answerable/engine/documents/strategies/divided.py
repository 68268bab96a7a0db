"""Lists under titles as heavy as the one that announces them, right behind it."""

from collections.abc import Sequence

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block

_ALIKE = 0.2
_LISTED = 0.6
_OPENING = 2


def scope(heading: Block, blocks: Sequence[Block]) -> list[Block]:
    """What stands under "Recommendations" where the next title follows soon and is no lighter.

    Each title after it goes in while little but a list that asks for things stands under it.
    """
    found: list[Block] = []
    at = heading.index + 1
    while at < len(blocks) and at <= heading.index + _OPENING and _tells(blocks[at]):
        at += 1
    while at < len(blocks) and _equal(blocks[at], heading):
        title, own = blocks[at], _under(blocks, at)
        if lexicon.sense(title.text) is not None or not _asks(own):
            break
        found += [title, *own]
        at += 1 + len(own)
    return found


def _tells(block: Block) -> bool:
    return block.heading is None and block.label is None and block.cell is None


def _equal(block: Block, heading: Block) -> bool:
    if block.heading is None or heading.heading is None or block.framed != heading.framed:
        return False
    return abs(block.heading - heading.heading) <= _ALIKE and block.label is None


def _under(blocks: Sequence[Block], at: int) -> list[Block]:
    own: list[Block] = []
    for block in blocks[at + 1 :]:
        if blocks[at] not in block.path:
            break
        own.append(block)
    return own


def _asks(own: list[Block]) -> bool:
    """Whether most of it is a list, and most of the list asks for something."""
    listed = [b for b in own if b.label is not None and b.cell is None]
    asking = sum(lexicon.asks(b.text) for b in listed)
    return bool(listed) and len(listed) >= _LISTED * len(own) and asking >= _LISTED * len(listed)
