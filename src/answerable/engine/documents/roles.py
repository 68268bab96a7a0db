"""What each block is on its page, decided in one place (a heading, an item, a cell, a quotation).

A role is for whoever looks at the page, and for strategies that ask for it; it takes nothing away.
Only running heads and footnotes are kept apart from the text before this step.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from answerable.engine.documents.blocks import Setting
from answerable.engine.documents.pieces import Block, Role

_LEADER = re.compile(r"(?:\.{3,}|\s)\s*(?:\d{1,4}|[ivxl]{1,6})\s*$")
_QUOTED = re.compile(r"^[“\"‘'].{60,}[”\"’'][\s.,;]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", re.S)
_INDENT = 12.0


def contents_pages(blocks: Sequence[Block]) -> frozenset[int]:
    """Pages on which most entries end in a page number."""
    lines: dict[int, list[bool]] = {}
    for block in blocks:
        for line in block.lines:
            lines.setdefault(line.page, []).append(bool(_LEADER.search(line.text)))
    return frozenset(
        n for n, marks in lines.items() if sum(marks) >= 4 and sum(marks) >= 0.4 * len(marks)
    )


def given(blocks: Sequence[Block], usual: Setting, contents: Collection[int]) -> list[Block]:
    """The blocks, each with its role. What a format says itself (a block quotation) stays."""
    edges = _Edges(blocks)
    found = []
    for block in blocks:
        role = block.role if block.role != "paragraph" else _role(block, usual, contents, edges)
        found.append(block if role == block.role else replace(block, role=role))
    return found


def aside(notes: Sequence[Block], furniture: Sequence[Block]) -> tuple[Block, ...]:
    """Footnotes and running heads: shown to whoever looks, never offered to a strategy."""
    return tuple(
        replace(block, role=role, index=-1)
        for blocks, role in ((notes, _NOTE), (furniture, _HEAD))
        for block in blocks
    )


_NOTE: Role = "footnote"
_HEAD: Role = "running_head"


def _role(block: Block, usual: Setting, contents: Collection[int], edges: "_Edges") -> Role:
    if block.heading is not None:
        return "heading"
    if block.cell is not None:
        return "table_cell"
    if block.page in contents and _LEADER.search(block.text):
        return "contents"
    if block.framed:
        return "boxed"
    if block.label is not None:
        return "list_item"
    if _QUOTED.match(block.text.strip()) or edges.set_in(block, usual):
        return "quotation"
    return "paragraph"


class _Edges:
    """The usual left and right edge of running text in each column of each page."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.edges: dict[tuple[int, int], tuple[float, float]] = {}
        for block in blocks:
            if block.cell is not None or block.heading is not None or len(block.lines) < 3:
                continue
            first = block.lines[0]
            left, right = _sides(block)
            known = self.edges.get((first.page, first.column))
            if known is not None:
                left, right = min(left, known[0]), max(right, known[1])
            self.edges[first.page, first.column] = left, right

    def set_in(self, block: Block, usual: Setting) -> bool:
        """Whether a paragraph is set in on both sides, as long quotations are."""
        if len(block.lines) < 3 or block.text[:1].islower():
            return False
        first = block.lines[0]
        edges = self.edges.get((first.page, first.column))
        if edges is None:
            return False
        left, right = _sides(block)
        least = max(_INDENT, usual.style.size)
        return left - edges[0] > least and edges[1] - right > least


def _sides(block: Block) -> tuple[float, float]:
    return min(line.left for line in block.lines), max(line.right for line in block.lines)
