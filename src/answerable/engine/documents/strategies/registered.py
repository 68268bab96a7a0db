"""Sentences with a register number: "the Commission recommended that … (018/14)"."""

import re
from collections import Counter
from collections.abc import Sequence

from answerable.engine.documents import surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_REGISTER = re.compile(r"[(\[]((?:[A-Z]{1,4}[- ]?)?\d{2,4}/\d{2,4})[)\]]\s*\.?\s*$")
_RECOMMENDS = re.compile(r"\brecommend(?:s|ed)\b", re.I)
_LABELLED = re.compile(r"^(?:[A-Z]{1,4}[- ])?(\d{3}/\d{2,4})\b[\s:–-]*")


def register_numbers(blocks: Sequence[Block]) -> list[Run]:
    """One run of the sentences that recommend and end in a register number."""
    items = tuple(item for block in blocks if (item := _item(block)) is not None)
    if not items:
        return []
    unique = Counter(i.number for i in items)
    signs = (Sign("registered.one"), *([Sign("registered.several")] if len(unique) > 1 else []))
    place = "that say what is recommended and end in the number of a register"
    return [Run("registered", items, "recommendation", signs, place)]


def _item(block: Block) -> Item | None:
    found = _REGISTER.search(block.text)
    if block.cell is not None or not found or not _RECOMMENDS.search(block.text):
        return None
    if surroundings.elsewhere(block.path) is not None:
        return None
    return Item(found.group(1), (block.without_end(len(found.group(0))),))
