"""What stands under which heading: the place of every block, and the sections of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answerable.engine.documents.pieces import Block

_STEP = 0.2


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, sub-sections included.

    ``level`` counts from 1. ``number`` is the printed one. ``first`` and ``last`` are the indexes
    of the heading's own block and of the last block under it.
    """

    heading: Block
    level: int
    number: str | None
    parent: Block | None
    first: int
    last: int


def placed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with their index and the headings that they stand under, outermost first."""
    stack: list[Block] = []
    found: list[Block] = []
    boxed: int | None = None
    for index, block in enumerate(blocks):
        if boxed is not None and not block.framed:
            del stack[boxed:]
            boxed = None
        if block.heading is not None:
            while stack and not _inside(stack[-1], block):
                stack.pop()
        own = replace(block, index=index, path=tuple(stack))
        found.append(own)
        if own.heading is not None:
            if boxed is None and _opens_box(own, blocks[index + 1 : index + 2]):
                boxed = len(stack)
            stack.append(own)
        boxed = None if boxed is not None and boxed > len(stack) else boxed
    return tuple(found)


def _opens_box(heading: Block, following: Sequence[Block]) -> bool:
    """Whether it is the title inside a box, which ends with it; a title on a tint is not."""
    return heading.framed and any(block.framed for block in following)


def of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections of a document whose blocks are placed, in the order of their headings."""
    last: dict[int, int] = {}
    for block in blocks:
        for heading in (*block.path, block):
            last[heading.index] = block.index
    return tuple(
        Section(
            block,
            len(block.path) + 1,
            block.label.printed if block.label is not None and block.label.path else None,
            block.path[-1] if block.path else None,
            block.index,
            last[block.index],
        )
        for block in blocks
        if block.heading is not None
    )


def _inside(upper: Block, lower: Block) -> bool:
    """Whether the lower heading opens a part of the upper one's section."""
    depth = _depth_inside(upper, lower)
    if depth is not None:
        return depth
    return (lower.heading or 0.0) < (upper.heading or 0.0) - _STEP


def _named(heading: Block) -> bool:
    """Whether its number counts what it names ("Recommendation 1"), not chapters."""
    return heading.label is not None and heading.label.form[:1].isalpha()


def _depth_inside(upper: Block, lower: Block) -> bool | None:
    """What printed numbers say: 7.2 is inside 7 and beside 7.1. None where they do not say."""
    if upper.label is None or lower.label is None or _named(upper) is not _named(lower):
        return None
    a, b = upper.label.path, lower.label.path
    if len(a) >= len(b) or not a or not b[0].isdigit():
        return False if len(a) == len(b) and a[:-1] == b[:-1] and a and a[0].isdigit() else None
    return True if b[: len(a)] == a else None
