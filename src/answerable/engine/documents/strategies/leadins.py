"""Lists opened by a sentence: "We recommend that the Department:" and its points."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents import cutting, lexicon, runs, surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_LEAD = re.compile(r"\brecommend(?:s|ed|ations?|ing)?\b.{0,220}$", re.I | re.S)
_OF_OTHERS = re.compile(
    r"\b(?:previous|earlier|interim|made several|had recommended|were made|accepted|in response"
    r"|to me|asked me|"
    r"made (?:\w+ ){0,3}recommendations? to|recommendations? (?:made|included|were))\b",
    re.I,
)
_FOLLOWS = re.compile(
    r"\b(?:matters? of concern|concerns|recommendations|areas for improvement"
    r"|required actions)\b\s+"
    r"(?:is|are)\s+(?:set out\s+)?as follows\W*$",
    re.I,
)
# What a local area must write a plan for.
_WEAK = re.compile(
    r"\b(?:required|must|should)\b.*\b(?:areas? of (?:significant |serious )?weakness(?:es)?"
    r"|(?:significant|serious) (?:weakness(?:es)?|failings)|areas? for priority action)\W*$",
    re.I | re.S,
)
_FOLLOW = 600
_SURE = 0.6
_FROM_OTHERS = "The sentence before it speaks of recommendations that others made, or earlier ones."


def lead_ins(blocks: Sequence[Block]) -> list[Run]:
    """One run for each lead-in that is followed by a list."""
    found = []
    for block in blocks:
        if not is_lead_in(block):
            continue
        items = _list_after(block, blocks)
        if items:
            found.append(_run(block, items))
    return _lifted(found)


def _lifted(found: list[Run]) -> list[Run]:
    """A report that recommends in one way throughout means its single points too."""
    own = [
        r for r in found if r.against is None and lexicon.performs(r.lead.text if r.lead else "")
    ]
    best = max((r.score for r in own), default=0.0)
    if len(own) < 3 or best < _SURE:
        return found
    throughout = Sign("lead-in.throughout")
    return [replace(r, signs=(*r.signs, throughout)) if r in own else r for r in found]


def is_lead_in(block: Block) -> bool:
    """Whether the block opens a list of recommendations."""
    if block.cell is not None or not lexicon.opens(block.text):
        return False
    text = cutting.lead(block.text)
    return (
        lexicon.opens(text)
        and len(text) < 700
        and (_LEAD.search(text) is not None or _WEAK.search(text) is not None)
    )


def _list_after(lead: Block, blocks: Sequence[Block]) -> list[Item]:
    scope: list[Block] = []
    for block in blocks[lead.index + 1 : lead.index + 1 + _FOLLOW]:
        if (
            block.heading is not None
            and (block.heading >= (lead.heading or 0))
            and _leaves(lead, block)
        ):
            break
        scope.append(block)
    lists = runs.trees(scope)
    if not lists or lists[0].block.index > lead.index + 2:
        return []
    form = lists[0].form
    same: list[runs.Node] = []
    for node in lists:
        if node.form != form or (same and node.block.index > same[-1].all_blocks()[-1].index + 3):
            break
        same.append(node)
    return [replace(e, number=_under(lead, e.number)) for e in runs.items(same)]


def _under(lead: Block, number: str | None) -> str | None:
    """The number with that of the paragraph that opens the list: "(a)" alone says nothing."""
    label = lead.label
    if number is None or label is None or not label.path or not number.startswith("("):
        return number
    return ".".join(label.path) + number


def _leaves(lead: Block, block: Block) -> bool:
    """Whether a heading ends the lead-in's section rather than dividing its list."""
    if block.label is not None and block.label.path:
        return lead.label is not None and len(block.label.path) <= len(lead.label.path)
    above = lead.path[-1].heading if lead.path else None
    return above is not None and block.heading is not None and block.heading >= above - 0.2


def _run(lead: Block, items: list[Item]) -> Run:
    text = cutting.lead(lead.text)
    asking = sum(lexicon.asks(i.text) for i in items) / len(items)
    plain = _FOLLOWS.search(text) is not None or _WEAK.search(text) is not None
    signs = [
        Sign("lead-in.recommends" if lexicon.performs(text) or plain else "lead-in.mentions"),
        Sign("lead-in.asking", max(asking, float(plain))),
    ]
    if runs.consecutive(items):
        signs.append(Sign("lead-in.whole"))
    against = surroundings.elsewhere(lead.path)
    if against is None and _OF_OTHERS.search(text):
        against = _FROM_OTHERS
    kind = lexicon.kind(text)
    return Run("lead-in", tuple(items), kind, tuple(signs), lead=lead, against=against)
