"""What is said about entries under each of them: why it was made, what it is meant to do."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item

_REPLY = re.compile(r"^\W*(?:[\w’']+\s+){0,3}(?:response|reply)\b[^.:]{0,60}:", re.I)
_WORDS = 3
_FEWEST = 3
_SHARE = 0.4
_WHOLE = re.compile(r"[.;!?…)\]”’\"'⁰¹²³⁴⁵⁶⁷⁸⁹]\s*$")


def without(items: Sequence[Item]) -> list[Item]:
    """The entries without the paragraphs after their own words that only speak of them.

    Under most entries those open with the same words, or are in italics below upright words.
    """
    openings = Counter(words for item in items for words in {_opening(b) for b in _after(item)})
    shared = {words for words, n in openings.items() if _usual(n, items)}
    italic = _usual(sum(any(_aside(item, b) for b in _after(item)) for item in items), items)
    return [_cut(item, shared, italic=italic) for item in items]


def replies(text: str) -> bool:
    """Whether it begins by saying that it is somebody's response: "Management response: …"."""
    return _REPLY.match(text) is not None


def _usual(count: int, items: Sequence[Item]) -> bool:
    return count >= _FEWEST and count >= _SHARE * len(items)


def _after(item: Item) -> Iterator[Block]:
    """Paragraphs without a label after the first."""
    return (b for b in item.blocks[1:] if b.label is None)


def _opening(block: Block) -> str:
    return " ".join(block.text.split()[:_WORDS]).lower()


def _aside(item: Item, block: Block) -> bool:
    upright = not item.blocks[0].style.italic
    return block.style.italic and upright and not lexicon.asks(block.text)


def _cut(item: Item, shared: set[str], *, italic: bool) -> Item:
    for at, block in enumerate(item.blocks[1:], start=1):
        if block.label is not None or not _WHOLE.search(item.blocks[at - 1].text):
            continue
        asked = lexicon.asks(block.text) and not lexicon.asks(item.blocks[0].text)
        told = _opening(block) in shared and not lexicon.performs(block.text) and not asked
        if told or replies(block.text) or (italic and _aside(item, block)):
            return replace(item, blocks=item.blocks[:at])
    return item
