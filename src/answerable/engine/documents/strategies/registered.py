"""Entries with the number of a register: "… (018/14)", "2018/118 Require …", "[A-17-31]"."""

import re
from collections import Counter
from collections.abc import Sequence

from answerable.engine.documents import lexicon, surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_CODE = (
    r"(?:[A-Z]{1,5}[-/ ])?\d{2,4}[/-]\d{2,4}[A-Z]?|[A-Z]{1,5}[-/]\d{2,4}[-/][A-Z\d]{1,5}"
    r"(?:[-/][A-Z\d]{1,5})*|[A-Z]\d{2}-\d{2,3}"
)
_REGISTER = re.compile(rf"[(\[](?:(?:safety\s+)?recommendation\s+)?({_CODE})[)\]]\s*\.?\s*$", re.I)
_LABELLED = re.compile(r"^((?:[A-Z]{1,4}[- ])?\d{3,4}[/-]\d{2,4}[A-Z]?)[\s:–]+(?=[A-Z])")
_NAMED = re.compile(
    rf"\brecommendation\s*(?:number|no\.?|reference|ref\.?)?\s*:?\s*({_CODE})\s*[:.]?\s*$", re.I
)
_RECOMMENDS = re.compile(
    r"\brecommend(?:s|ed)\b|\b(?:made|makes|issued?s?)\b.{0,20}\brecommendation\s+to\b", re.I
)


def register_numbers(blocks: Sequence[Block]) -> list[Run]:
    """One run of what recommends and ends in a register number, one of what begins with it."""
    ended, begun = _ended(blocks), _begun(blocks)
    # What begins with the number of an entry before it is the answer to that entry.
    known = {item.number for item in ended}
    lists = (ended, tuple(item for item in begun if item.number not in known))
    return [_run(items) for items in lists if items]


def named(blocks: Sequence[Block]) -> str | None:
    """The number that a title or a line of its own gives one recommendation."""
    found = (_NAMED.search(_whole(block)) for block in blocks if len(block.text) < 90)
    return next((matched.group(1) for matched in found if matched is not None), None)


def _whole(block: Block) -> str:
    """The words with what was taken for a label: "Recommendation K-" of "K-31-014"."""
    return (block.label.printed if block.label is not None else "") + block.text.strip()


def _run(items: tuple[Item, ...]) -> Run:
    unique = Counter(i.number for i in items)
    signs = (Sign("registered.one"), *([Sign("registered.several")] if len(unique) > 1 else []))
    place = "that say what is recommended and carry the number of a register"
    return Run("registered", items, "recommendation", signs, place)


def _ended(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Sentences that end in a number; several in a list need not say that they recommend."""
    found = [(block, m) for block in blocks if (m := _REGISTER.search(block.text)) is not None]
    found = [(b, m) for b, m in found if b.cell is None and _own(b)]
    asking = {m.group(1) for b, m in found if _asks(b)}
    listed = len({m.group(1) for _, m in found}) >= 3 and 2 * len(asking) >= len(found)
    return tuple(
        Item(matched.group(1), (block.without_end(len(matched.group(0))),))
        for block, matched in found
        if _RECOMMENDS.search(block.text) or (listed and _announced(block))
    )


def _asks(block: Block) -> bool:
    return lexicon.asks(block.text) and _announced(block)


def _announced(block: Block) -> bool:
    return any(lexicon.sense(heading.text) in ("own", "mixed") for heading in block.path)


def _begun(blocks: Sequence[Block]) -> tuple[Item, ...]:
    """Entries that begin with a number, under a heading or behind a sentence that recommends."""
    found = []
    for block in blocks:
        matched = _LABELLED.match(block.text) if block.cell is None else None
        if matched is None or block.heading is not None or not _own(block):
            continue
        if _opened(block, blocks):
            limbs = _limbs(block, blocks)
            found.append(Item(matched.group(1), (block.without_start(matched.end()), *limbs)))
    return tuple(found)


def _opened(block: Block, blocks: Sequence[Block]) -> bool:
    above = blocks[block.index - 1 : block.index] if block.index else ()
    return any(lexicon.performs(b.text) for b in above) or (
        lexicon.asks(block.text)
        and any(lexicon.sense(h.text) == "own" or lexicon.performs(h.text) for h in block.path)
    )


def _limbs(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """The points that complete the sentence of an entry."""
    found: list[Block] = []
    if not lexicon.opens(block.text):
        return found
    for other in blocks[block.index + 1 :]:
        if other.label is None or _LABELLED.match(other.text):
            break
        found.append(other)
    return found


def _own(block: Block) -> bool:
    return surroundings.elsewhere(block.path) is None
