"""Words compared: the fingerprint of a text, and the difference of two texts word by word."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

SOFT_HYPHEN = "\u00ad"
_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]|\s+")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+$")
MOST_WORK = 4_000_000
"""Above this many pairs of tokens, whole sentences are compared instead."""

Side = Literal["same", "removed", "added"]


def normalised(words: str) -> str:
    """``words`` as they are fingerprinted.

    Unicode NFKC; soft hyphens are left out; every run of white space, line ends among them, is one
    space, and there is none at either end. Capitals, punctuation and the order of words stay, so
    whatever a reader could see changed changes the fingerprint, and how the lines fell does not.
    """
    return " ".join(unicodedata.normalize("NFKC", words).replace(SOFT_HYPHEN, "").split())


def fingerprint(words: str) -> str:
    """SHA-256, as 64 hexadecimal digits, of the UTF-8 bytes of the :func:`normalised` words."""
    return hashlib.sha256(normalised(words).encode()).hexdigest()


class Piece(NamedTuple):
    """A stretch that stands in both texts, in the first alone (removed), or the second (added)."""

    side: Side
    text: str


def tokens(words: str) -> list[str]:
    """Words, single marks and runs of white space; joined, they are ``words`` again."""
    return _TOKEN.findall(words)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))


def _flushed(gone: list[str], new: list[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("removed", "".join(gone))
    if new:
        yield Piece("added", "".join(new))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Changes that only white space separates become one, so that a reader sees phrases."""
    gone: list[str] = []
    new: list[str] = []
    for piece in pieces:
        if piece.side == "same" and (piece.text.strip() or not (gone or new)):
            yield from _flushed(gone, new)
            gone, new = [], []
            yield piece
            continue
        if piece.side != "added":
            gone.append(piece.text)
        if piece.side != "removed":
            new.append(piece.text)
    yield from _flushed(gone, new)


def _cut(old: str, new: str) -> tuple[list[str], list[str]]:
    first, second = tokens(old), tokens(new)
    if len(first) * len(second) <= MOST_WORK:
        return first, second
    return _SENTENCE.findall(old), _SENTENCE.findall(new)


def difference(old: str, new: str) -> list[Piece]:
    """How ``new`` differs from ``old``, word by word, in reading order.

    What is *same* and *removed*, joined, is ``old``; what is *same* and *added* is ``new``, save that
    white space which only separates two changes is shown with both. How the lines fell is not a
    difference: both are compared with white space as in :func:`normalised`.
    """
    return list(_joined(_pieces(*_cut(normalised(old), normalised(new)))))


def differs(old: str, new: str) -> bool:
    """Whether a reader could see a difference."""
    return normalised(old) != normalised(new)


def grouped(digest: str, size: int = 4, groups: int = 4) -> str:
    """The beginning of a digest in groups, for people to compare: ``9f2c 41d0 6be8 77a1``."""
    return " ".join(digest[i : i + size] for i in range(0, size * groups, size))
