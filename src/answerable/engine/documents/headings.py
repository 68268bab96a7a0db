"""Which blocks are headings, how heavy they are, and what stands under which."""

import re

from answerable.engine.documents.blocks import Setting
from answerable.engine.documents.pieces import Block, Style

_LONGEST = 170
_NO_END = re.compile(r"[.;,]$")
_STEP = 0.2
_LEADER = re.compile(r"(?:\.{3,}|\s)\s*(?:\d{1,4}|[ivxl]{1,6})\s*$")


def mark(blocks: list[Block], usual: Setting) -> None:
    """Set the weight of every heading, judged by size, weight, typeface and colour."""
    contents = _contents_pages(blocks)
    for block in blocks:
        if block.heading is None and block.page not in contents and _is_heading(block, usual):
            block.heading = weight(block, usual.style)
    _agree(blocks, usual)


def _contents_pages(blocks: list[Block]) -> set[int]:
    """Pages on which most entries end in a page number."""
    lines: dict[int, list[bool]] = {}
    for block in blocks:
        for line in block.lines:
            lines.setdefault(line.page, []).append(bool(_LEADER.search(line.text)))
    return {n for n, marks in lines.items() if sum(marks) >= 4 and sum(marks) >= 0.4 * len(marks)}


def _agree(blocks: list[Block], usual: Setting) -> None:
    """Let numbered blocks that are set alike be headings together, or not at all.

    A bold item that happens to end without a full stop is no heading; a numbered heading that ends
    with one is.
    """
    alike: dict[tuple[str, Style, int], list[Block]] = {}
    for block in blocks:
        if block.label is not None and block.label.path and block.cell is None and block.lines:
            key = (block.label.form, block.style, round(block.left / 6))
            alike.setdefault(key, []).append(block)
    for group in alike.values():
        if len(group) < 3:
            continue
        headed = sum(b.heading is not None for b in group) / len(group)
        for block in group:
            if headed < 0.35:
                block.heading = None
            elif (
                headed > 0.65
                and block.heading is None
                and len(block.text) < _LONGEST
                and len(block.lines) < 4
            ):
                block.heading = weight(block, usual.style)


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


def set_paths(blocks: list[Block]) -> None:
    """Give every block its index and the headings that it stands under."""
    stack: list[Block] = []
    for index, block in enumerate(blocks):
        block.index = index
        if block.heading is not None:
            while stack and not _inside(stack[-1], block):
                stack.pop()
        block.path = tuple(stack)
        if block.heading is not None:
            stack.append(block)


def _inside(upper: Block, lower: Block) -> bool:
    """Whether the lower heading opens a part of the upper one's section."""
    depth = _depth_inside(upper, lower)
    if depth is not None:
        return depth
    return (lower.heading or 0.0) < (upper.heading or 0.0) - _STEP


def _depth_inside(upper: Block, lower: Block) -> bool | None:
    """What printed numbers say: 7.2 is inside 7 and beside 7.1. None where they do not say."""
    if upper.label is None or lower.label is None:
        return None
    a, b = upper.label.path, lower.label.path
    if len(a) >= len(b) or not a or not b[0].isdigit():
        return False if len(a) == len(b) and a[:-1] == b[:-1] and a and a[0].isdigit() else None
    return True if b[: len(a)] == a else None
