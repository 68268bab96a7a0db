"""Which blocks are headings, and how heavy they are."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from answerable.engine.documents import tags
from answerable.engine.documents.blocks import Setting
from answerable.engine.documents.pieces import Block, Style

_LONGEST = 170
_NO_END = re.compile(r"[.;,]$")


def marked(blocks: Sequence[Block], usual: Setting, contents: Collection[int]) -> list[Block]:
    """The blocks with the weight of every heading, judged by size, weight, typeface and colour.

    On the pages of ``contents`` nothing is a heading.
    """
    weights = [
        weight(b, usual.style)
        if b.heading is None and b.page not in contents and _is_heading(b, usual)
        else b.heading
        for b in blocks
    ]
    _agree(blocks, weights, usual)
    return [
        b if b.heading == found else replace(b, heading=found)
        for b, found in zip(blocks, weights, strict=True)
    ]


def _agree(blocks: Sequence[Block], weights: list[float | None], usual: Setting) -> None:
    """Let numbered blocks that are set alike be headings together, or not at all.

    A bold item that happens to end without a full stop is no heading; a numbered heading that ends
    with one is.
    """
    alike: dict[tuple[str, Style, int], list[int]] = {}
    for index, block in enumerate(blocks):
        if block.label is not None and block.label.path and block.cell is None and block.lines:
            key = (block.label.form, block.style, round(block.left / 6))
            alike.setdefault(key, []).append(index)
    for group in alike.values():
        if len(group) < 3:
            continue
        headed = sum(weights[i] is not None for i in group) / len(group)
        for index in group:
            block = blocks[index]
            if headed < 0.35:
                weights[index] = None
            elif headed > 0.65 and weights[index] is None and _short(block):
                weights[index] = weight(block, usual.style)


def _short(block: Block) -> bool:
    return len(block.text) < _LONGEST and len(block.lines) < 4


def weight(block: Block, body: Style) -> float:
    """Twice its size in points, more for bold, capitals and colour, less for italic."""
    style = block.style
    total = style.size * 2
    total += 3.0 if style.bold else 0.0
    total += 1.0 if _capitals(block.text) else 0.0
    total += 0.5 if style.colour != body.colour else 0.0
    total -= 1.0 if style.italic else 0.0
    return total


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _is_heading(block: Block, usual: Setting) -> bool:
    text = block.text.strip() or (block.label.printed if block.label is not None else "")
    if block.cell is not None or not text or len(text) > _LONGEST or len(block.lines) > 4:
        return False
    if (
        not any(c.isalpha() for c in text)
        or (block.label and block.label.bullet)
        or text[0].islower()
    ):
        return False
    body, style = usual.style, block.style
    if block.lines and all(line.tag == tags.HEADING for line in block.lines):
        return not text.endswith((";", ","))
    if style.size > body.size + 1.2:
        return not text.endswith((";", ","))
    if _NO_END.search(text) and not text.endswith(("etc.",)):
        return False
    distinct = (
        (style.bold and not body.bold)
        or (style.italic and not body.italic)
        or (style.colour != body.colour and style.size >= body.size - 0.5)
        or _capitals(text)
        or (style.font != body.font and style.size >= body.size - 0.2)
    )
    whole = all(line.style.bold == style.bold for line in block.lines)
    return distinct and whole and style.size >= body.size - 1.6 and text[:1] not in '(“"‘'
