"""Sentences that open a list of what others recommended, and whose it is."""

import re
from collections.abc import Sequence

from answerable.engine.documents import cutting
from answerable.engine.documents.pieces import Block

_WORK = r"(?:review|inquiry|report|commission|committee|panel|inspectorate|taskforce|study)"
_NAMED = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?)\s+((?:(?:[A-Z][\w’'-]+|\d{{4}}|of|and|former|previous|earlier|interim"
    rf"|second|first)\s+){{1,5}}{_WORK}|{_WORK}\s+of\s+(?:19|20)\d\d)\b"
)
_MADE = re.compile(
    r"\b(?:made|recommended|proposed|concluded|set out|included|called (?:for|on|upon)|contained"
    r"|published|were)\b",
    re.I,
)
_OLD = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:former|previous(?:ly)?|earlier|last|prior|old|interim|first)\b", re.I
)
_OWN = re.compile(
    r"\b(?:we|i|this (?:report|review|inquiry|chapter))\s+(?:\w+\s+)?(?:now\s+)?"
    r"(?:recommend|make|urge)\b",
    re.I,
)
# What a yearly report tells again of one of many: "in our report on lamps we recommended that:".
_RETOLD = re.compile(
    r"\bin (our (?:[\w-]+ ){0,3}(?:report|review|inquiry|inspection) (?:on|of|about|into)"
    r" [\w ’'-]{2,60}?),? (?:we|i|it) (?:also )?recommended\b"
)
_TITLE = re.compile(
    rf"\b(?:of|by|from|in)\s+(?:the\s+|our\s+|its\s+)?((?:[\w’'-]+\s+){{0,5}}?(?:{_WORK}|inspection|visit"
    r"|audit)s?(?:\s+report)?)\b",
    re.I,
)
_DIVIDED = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")
_NEAR = 14.0


def whose(text: str) -> str | None:
    """Whose older recommendations the sentence opens, in its own words; None where it does not."""
    older = _RETOLD.search(text)
    if older is not None:
        return older.group(1)
    found = _NAMED.search(text)
    if found is None or _OWN.search(text):
        return None
    told = _MADE.search(text[found.end() :]) is not None
    return found.group(1) if told and _OLD.search(text[: found.end() + 80]) else None


def whose_title(text: str) -> str | None:
    """Who made the recommendations that a heading speaks of: "… of the 2016 review"."""
    found = _TITLE.search(text)
    return found.group(1) if found is not None else None


def quoted(blocks: Sequence[Block]) -> dict[int, str]:
    """The indexes of the blocks in lists that such a sentence opens, with whose they are."""
    found: dict[int, str] = {}
    for block in blocks:
        if block.cell is not None or not block.text.rstrip().endswith(":"):
            continue
        text = _DIVIDED.sub("", cutting.lead(block.text))
        if "recommend" not in text.lower():
            continue
        name = whose(text)
        if name is not None:
            found |= dict.fromkeys(_list_after(block, blocks), name)
    return found


def _list_after(lead: Block, blocks: Sequence[Block]) -> list[int]:
    """The labelled blocks behind the sentence, with what is indented under them."""
    found: list[int] = []
    first: Block | None = None
    for block in blocks[lead.index + 1 :]:
        if block.label is None and (first is None or block.left < lead.left + _NEAR):
            break
        if block.label is not None and first is not None and _ends(first, block):
            break
        first = first or block
        found.append(block.index)
    return found


def _ends(first: Block, block: Block) -> bool:
    """Whether a label belongs to another list than the one that began."""
    return block.left < first.left - _NEAR or (
        block.label is not None
        and first.label is not None
        and len(block.label.path) > len(first.label.path) > 0
    )
