"""Two texts side by side: in each, what the other has nowhere.

A repeat is reworded and turned round, so a difference in reading order marks nearly all of it. Here
a word counts as being in both wherever it stands and however it ends. Small words are not marked,
save those that turn a sentence round or say how much it binds: "not", "must", "may".
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from answerable.engine.similarity.words import stem
from answerable.engine.wording import normalised, tokens

TELLING = frozenset(
    {"not", "no", "nor", "never", "without", "unless", "must", "shall", "should", "may", "might"}
)
"""Small words that change what is asked."""
_PARTS = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")


class Stretch(NamedTuple):
    """A stretch of one text. ``alone``: the other text has it nowhere."""

    text: str
    alone: bool


def _keys(token: str) -> frozenset[str]:
    """What a token is compared by; nothing where it says nothing."""
    parts = (part.casefold() for part in _PARTS.findall(token))
    return frozenset(part if part in TELLING else stem(part) for part in parts) - {""}


def _stretches(words: Iterable[str], known: frozenset[str]) -> list[Stretch]:
    """Runs of what stands alone, and what is between them; white space alone belongs to no run."""
    found: list[Stretch] = []
    for token in words:
        alone = bool(token.strip()) and not _keys(token) <= known
        if alone and len(found) > 1 and found[-2].alone and not found[-1].text.strip():
            gap = found.pop().text
            token = found.pop().text + gap + token
        elif found and found[-1].alone == alone:
            token = found.pop().text + token
        found.append(Stretch(token, alone))
    return found


def beside(one: str, other: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts, each cut where it has something that the other has nowhere.

    The stretches of a text, joined, are the text with its white space as single spaces.
    """
    first, second = tokens(normalised(one)), tokens(normalised(other))
    known = [frozenset(key for token in text for key in _keys(token)) for text in (first, second)]
    return _stretches(first, known[1]), _stretches(second, known[0])
