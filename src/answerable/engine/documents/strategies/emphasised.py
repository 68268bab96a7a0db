"""Passages set apart by bold type inside running text, as committees print what they recommend."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from answerable.engine.documents import lexicon, surroundings
from answerable.engine.documents.pieces import Block, Piece, Printed
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_FEWEST_WORDS = 8
_MOST_OF_ALL = 0.4
_PLACE = "that stand out in bold and recommend something"


def emphasised_passages(blocks: Sequence[Block]) -> list[Run]:
    """One run of all bold passages that recommend, where bold is not the usual type."""
    running = [b for b in blocks if b.heading is None and b.cell is None and b.lines]
    letters = sum(len(b.text) for b in running)
    bold = sum(len(b.text) for b in running if b.style.bold)
    if not running or bold > _MOST_OF_ALL * letters:
        return []
    items = [item for block in running for item in _items(block)]
    if len(items) < 2:
        return []
    performing = sum(lexicon.performs(i.text) for i in items) / len(items)
    signs = (Sign("emphasised.bold"), Sign("emphasised.performing", performing))
    return [Run("emphasised", tuple(items), "recommendation", signs, _PLACE)]


def _items(block: Block) -> Iterator[Item]:
    if not _any_bold(block) or surroundings.elsewhere(block.path) is not None:
        return
    for bold, group in groupby(_words(block), key=lambda w: w[0].style.bold):
        words = list(group)
        if not bold or len(words) < _FEWEST_WORDS:
            continue
        text = " ".join(word.text for word, _, _ in words)
        if lexicon.performs(text) or (lexicon.obliges(text) and not lexicon.judges(text)):
            yield Item(_number(block), (_part(block, words, text),))


def _any_bold(block: Block) -> bool:
    return any(word.style.bold for line in block.lines for word in line.words)


def _words(block: Block) -> Iterator[tuple[Printed, int, int]]:
    """The block's words without its label, each with its page and where it starts there."""
    skip = block.label.length if block.label is not None else 0
    for line in block.lines:
        at = line.start
        for word in line.words:
            if at - line.start >= skip:
                yield word, line.page, at
            at += len(word.text) + 1
        skip = 0


def _part(block: Block, words: list[tuple[Printed, int, int]], text: str) -> Block:
    pieces = []
    for page, group in groupby(words, key=lambda w: w[1]):
        own = list(group)
        last, _, at = own[-1]
        pieces.append(Piece(page, own[0][2], at + len(last.text)))
    return Block(
        text, tuple(pieces), words[0][0].style, block.label, index=block.index, path=block.path
    )


def _number(block: Block) -> str | None:
    label = block.label
    return ".".join(label.path) if label is not None and label.path else None
