"""Parts of a paragraph: its sentences, the ones that recommend, and points numbered inside it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents import labels, lexicon
from answerable.engine.documents.pieces import Block, Piece

_END = re.compile(r"[.!?…][\"'”’)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹\d]*\s+(?=[\"'“‘(\[]*[A-Z])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|para|paras|pp?|vol|ch|art|arts|eg|ie|cf|etc|al|Inc|Ltd"
    r"|Co|Sir|Rev|Hon|Lt|Col|Gen|Sgt|[A-Z])|\be\.g|\bi\.e|\bU\.[SKN])\.$"
)
_PART = re.compile(r"(?<![\w)])(\((?:\d{1,2}|[a-z]|[ivx]{2,5})\))\s+(?=\S)")
_JOINT = re.compile(r"[\s,;]*(?:\b(?:and|or)\b)?\s*$")
_REASONS = 90
_SHORTEST = 8


def part(block: Block, start: int, end: int) -> Block | None:
    """The block's words from one character to another; None where its places cannot be told."""
    pieces = _within(block, start, end)
    if not pieces:
        return None
    return replace(block, text=block.text[start:end], pieces=pieces, label=None, heading=None)


def _within(block: Block, start: int, end: int) -> tuple[Piece, ...]:
    """The places of a stretch of the text: pieces follow one another with one blank between."""
    lengths = [piece.end - piece.start for piece in block.pieces]
    lead = sum(lengths) + len(lengths) - 1 - len(block.text)
    if lead:
        return ()
    found, at = [], 0
    for piece, length in zip(block.pieces, lengths, strict=True):
        first, last = max(start, at), min(end, at + length)
        if first < last:
            found.append(Piece(piece.page, piece.start + first - at, piece.start + last - at))
        at += length + 1
    return tuple(found)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends."""
    found, start = [], 0
    for matched in _END.finditer(text):
        stop = matched.start() + 1
        if text[matched.start()] == "." and _ABBREVIATED.search(text[start:stop]):
            continue
        found.append((start, len(text[: matched.end()].rstrip())))
        start = matched.end()
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found


def lead(text: str) -> str:
    """The words that open a list, without a story before a sentence that says who should act."""
    text = text.strip()
    start = next((start for start, _ in sentences(text)[-1:]), 0)
    before, last = text[:start], text[start:]
    alone = lexicon.obliges(last) and "recommend" not in last.lower()
    return last if alone and not lexicon.performs(before) else text


def reasoned(text: str) -> bool:
    """Whether whole sentences of reasons come before the first that recommends."""
    first = _first(text)
    return first is not None and first >= max(_REASONS, 0.25 * len(text))


def _first(text: str) -> int | None:
    opening = (start for start, end in sentences(text) if _performs(text[start:end]))
    return next(opening, None)


def _performs(sentence: str) -> bool:
    return lexicon.performs(sentence) or lexicon.performed(sentence)


def without_reasons(block: Block) -> Block:
    """The block from the sentence that recommends on, where reasons stand before it."""
    first = _first(block.text) if reasoned(block.text) else None
    cut = part(block, first, len(block.text)) if first is not None else None
    return block if cut is None else cut


def recommending(block: Block) -> list[Block]:
    """The sentences that recommend, each with what follows it; the whole block where all does."""
    starts = [s for s, e in sentences(block.text) if _performs(block.text[s:e])]
    if not starts or starts == [0]:
        return [block]
    ends = [*(len(block.text[:s].rstrip()) for s in starts[1:]), len(block.text)]
    parts = [part(block, s, e) for s, e in zip(starts, ends, strict=True)]
    whole = [found for found in parts if found is not None]
    return whole if len(whole) == len(parts) else [block]


def points(block: Block) -> list[tuple[str, Block]]:
    """The points (1), (2), … inside a sentence that recommends, each with its number.

    They must count from the start without a gap, and stand behind the words that recommend.
    """
    marks = _counted(list(_PART.finditer(block.text)))
    if len(marks) < 2 or not _performs(block.text[: marks[0].start()]):
        return []
    if len(sentences(block.text[: marks[-1].start()])) > 2 + len(marks):
        return []
    found = []
    stops = [m.start() for m in marks[1:]] + [_stop(block.text, marks[-1].end())]
    for mark, stop in zip(marks, stops, strict=True):
        text = block.text[mark.end() : stop]
        text = text[: len(text) - len(_joint(text))]
        own = part(block, mark.end(), mark.end() + len(text))
        if own is None or len(text) < _SHORTEST:
            return []
        found.append((mark.group(1)[1:-1], own))
    return found


def _joint(text: str) -> str:
    matched = _JOINT.search(text)
    return matched.group(0) if matched is not None else ""


def _stop(text: str, start: int) -> int:
    """Where the last point ends: with its own sentence."""
    return next((end for _, end in ((s + start, e + start) for s, e in sentences(text[start:]))))


def _counted(marks: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3 (or a, b, c) from the first one on."""
    found: list[re.Match[str]] = []
    for mark in marks:
        if labels.ordinal(mark.group(1)[1:-1]) == len(found) + 1:
            found.append(mark)
    return found
