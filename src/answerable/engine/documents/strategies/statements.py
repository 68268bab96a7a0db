"""Sentences in bold that state an entry each, with plainer text that explains them."""

from collections.abc import Sequence

from answerable.engine.documents import lexicon
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item

_ASKING = 0.6
_COMMANDS = 0.8
_FEWEST = 3


def commanding(scope: Sequence[Block]) -> list[Item]:
    """The titles under one heading that each say what to do, with text that only explains them."""
    titles = [b for b in scope if b.heading is not None and b.label is None]
    told = [b for b in scope if b.heading is None and b.label is None]
    commands = sum(lexicon.commands(b.text) for b in titles)
    asking = sum(lexicon.performs(b.text) or lexicon.directs(b.text) for b in told)
    if len(titles) < _FEWEST or commands < _COMMANDS * len(titles) or len(told) < len(titles):
        return []
    return [Item(None, (title,)) for title in titles] if asking < 0.5 * len(told) else []


def bold(entries: Sequence[Item], *, concern: bool = False) -> list[Item]:
    """The entries set in bold, where the first is and most ask for something.

    Empty where all are set alike. A ``concern`` says what is wrong and asks for nothing.
    """
    if not entries or not entries[0].blocks[0].style.bold:
        return []
    found = [entry for entry in entries if entry.blocks[0].style.bold]
    boxed = all(entry.blocks[0].framed for entry in found)
    if len(found) == len(entries) and not boxed:
        return []
    asking = sum(lexicon.asks(entry.text) for entry in found)
    return found if concern or asking >= _ASKING * len(found) else []
