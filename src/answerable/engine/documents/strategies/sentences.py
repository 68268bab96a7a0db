"""Paragraphs that recommend in so many words, for documents without any list."""

from collections.abc import Sequence

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_LONGEST = 1_600


def recommending_paragraphs(blocks: Sequence[Block]) -> list[Run]:
    """One weak run of all paragraphs that recommend."""
    items = tuple(_item(b) for b in blocks if _recommends(b))
    if not items:
        return []
    place = "among the paragraphs that recommend something in so many words"
    return [Run("sentence", items, "recommendation", (Sign("sentence.performing"),), place)]


def _recommends(block: Block) -> bool:
    return (
        block.heading is None
        and 40 < len(block.text) < _LONGEST
        and lexicon.performs(block.text)
        and not block.text.rstrip().endswith(":")
    )


def _item(block: Block) -> Item:
    label = block.label
    number = ".".join(label.path) if label is not None and label.path else None
    return Item(number, (block,))
