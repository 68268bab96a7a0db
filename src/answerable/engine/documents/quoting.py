"""What a document quotes of others: passages set in, older lists, and tables of progress."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from answerable.engine.documents import leading, lexicon, runs, surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run

_STATUS = re.compile(
    r"^\W*(?:(?:current\s+)?(?:status|assessment|progress|outcome)\s*:\s*)?"
    r"(?:not (?:yet )?|partially |partly |fully |substantially |largely |no longer )?"
    r"(?:achieved|implemented|completed?|closed|met|addressed|relevant|outstanding|in progress"
    r"|ongoing|on track|superseded|satisf(?:actory|ied))\W*$",
    re.I,
)
_TALLY = re.compile(
    r"^\W*(?:\d+|none|all) (?:out )?of (?:the )?\d+ (?:\w+ ){0,3}?"
    r"(?:implemented|achieved|completed?|closed|met|addressed)\W*$",
    re.I,
)
_OF_OTHERS = "The sentence before it says whose they are, “{}”."
_PROGRESS = "It tells how far older recommendations have come."
_NEAR = 3


def without_quoted(proposed: Sequence[Run], blocks: Sequence[Block]) -> list[Run]:
    """The runs without the entries that only quote, or with what speaks against them as a whole."""
    others = leading.quoted(blocks)
    apart = [part for run in proposed for part in _apart(run, others)]
    return [_without(run, blocks) for run in apart]


def _apart(run: Run, others: Mapping[int, str]) -> list[Run]:
    """What is the run's own, and what a sentence gives to somebody else."""
    own = tuple(item for item in run.items if item.blocks[0].index not in others)
    if len(own) == len(run.items):
        return [run]
    rest = tuple(item for item in run.items if item.blocks[0].index in others)
    name = others[rest[0].blocks[0].index]
    against = run.against or _OF_OTHERS.format(name)
    quoted = replace(run, items=rest, against=against, kind="quoted", whose=name)
    return [replace(run, items=own), quoted] if own else [quoted]


def _without(run: Run, blocks: Sequence[Block]) -> Run:
    if run.kind == "quoted":
        return run
    kept = tuple(item for item in run.items if not _set_in(item))
    if kept and len(kept) < len(run.items) and not _needed(run, kept):
        run = replace(run, items=kept)
    if run.against is None and _told(run, blocks):
        return _titled(replace(run, against=_PROGRESS, kind="quoted"))
    if run.against is not None:
        return _titled(run)
    reasons = [_elsewhere(item) for item in run.items] if run.heading is None else []
    own = tuple(i for i, reason in zip(run.items, reasons, strict=False) if reason is None)
    if not reasons or len(own) == len(reasons):
        return run
    if len(own) < 0.5 * len(reasons):
        return _titled(replace(run, against=next(r for r in reasons if r is not None)))
    return replace(run, items=own)


def _titled(run: Run) -> Run:
    """A run in a section about older recommendations, with whose they are where a title says it."""
    above = [run.heading] if run.heading is not None else []
    path = (*run.items[0].blocks[0].path, *above)
    titles = [h.text for h in reversed(path) if lexicon.of_others(h.text)]
    names = (leading.whose_title(text) for text in titles)
    name = next((n for n in names if n is not None), None)
    return replace(run, kind="quoted", whose=name) if titles else run


def _set_in(item: Item) -> bool:
    """Whether it is a quotation by the format's own word for it; how it is set proves less."""
    return all(block.role == "quotation" and not block.lines for block in item.blocks)


def _needed(run: Run, kept: Sequence[Item]) -> bool:
    """Whether the numbers would have a gap without the others."""
    return bool(runs.gaps(i.number for i in kept)) and not runs.gaps(run.numbers)


def _told(run: Run, blocks: Sequence[Block]) -> bool:
    """Whether most entries have their status behind them, or the list opens with a tally."""
    if run.heading is not None:
        first = run.heading.index + 1
        if any(_TALLY.match(b.text) for b in blocks[first : first + _NEAR]):
            return True
    status = sum(_has_status(item, blocks) for item in run.items)
    return status > 0.5 * len(run.items)


def _has_status(item: Item, blocks: Sequence[Block]) -> bool:
    last = item.blocks[-1]
    if last.cell is not None:
        return False
    following = blocks[last.index + 1 : last.index + 2]
    return any(_STATUS.match(b.text) for b in (*item.blocks[1:], *following))


def _elsewhere(item: Item) -> str | None:
    """Why the entry is not the document's own, by the headings above its list's own title."""
    path = [h for h in item.blocks[0].path if not lexicon.plain_title(h.text)]
    return surroundings.elsewhere(path)
