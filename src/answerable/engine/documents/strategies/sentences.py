"""Paragraphs that recommend in so many words, for documents without any list."""

from collections.abc import Iterator, Sequence

from answerable.engine.documents import cutting, lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_LONGEST = 2_400


def recommending_paragraphs(blocks: Sequence[Block]) -> list[Run]:
    """One weak run of all paragraphs that recommend, from the sentence that does."""
    items = tuple(item for b in blocks if _recommends(b) for item in recommended(b))
    if not items:
        return []
    place = "among the paragraphs that recommend something in so many words"
    return [Run("sentence", items, "recommendation", (Sign("sentence.performing"),), place)]


def recommended(block: Block) -> Iterator[Item]:
    """What a paragraph recommends: its numbered points, or its sentences without the reasons."""
    label = block.label
    number = ".".join(label.path) if label is not None and label.path else None
    points = cutting.points(block) if number is None else []
    if points:
        yield from (Item(n, (own,)) for n, own in points)
    elif number is None:
        yield from (Item(None, (own,)) for own in cutting.recommending(block))
    else:
        yield Item(number, (cutting.without_reasons(block),))


def _recommends(block: Block) -> bool:
    return (
        block.heading is None
        and 40 < len(block.text) < _LONGEST
        and (lexicon.performs(block.text) or lexicon.performed(block.text))
        and not lexicon.opens(block.text)
        and not lexicon.told(block.text)
    )
