"""Labelled blocks to trees: which list each belongs to, and what goes on from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from answerable.engine.documents import labels, lexicon
from answerable.engine.documents.pieces import Block, Label

TITLE_WORDS = 14
SENTENCE = "sentence"
_SET_IN = 12.0
_FEWEST_PAIRS = 3


@dataclass(slots=True, eq=False)
class Node:
    """One labelled block with what belongs to it. Built in :func:`trees`, then left alone."""

    block: Block
    form: str
    part: str
    depth: int
    parent: "Node | None" = None
    more: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def number(self) -> str | None:
        """The number with those of its parents, or None for bullets."""
        label = self.block.label
        if label is None or label.bullet:
            return None
        own = _printed(label)
        if len(label.path) > 1 or (label.form[:1].isalpha() and label.form[0].isupper()):
            return own
        above = self.parent
        while above is not None and above.number is None:
            above = above.parent
        if above is None or above.number is None or above.form == self.form:
            return own
        if (own[:1].isdigit() or own[1:2].isdigit()) and _counts_paragraphs(above.block.label):
            return own
        if own[:1].isdigit():
            return f"{above.number}.{own}"
        return above.number + (own if own.startswith("(") else f"({own})")

    def all_blocks(self) -> list[Block]:
        """Its block, what goes on from it, and everything below, in reading order."""
        found = [self.block, *self.more]
        for child in self.children:
            found += child.all_blocks()
        return sorted(found, key=lambda b: b.index)


def _counts_paragraphs(label: Label | None) -> bool:
    """Whether it is a paragraph's number in its chapter (6.2): (1) under it counts for itself."""
    return label is not None and len(label.path) > 1


def _printed(label: Label) -> str:
    """The number as printed without its full stop or colon."""
    if len(label.path) > 1:
        return ".".join(label.path)
    if label.printed.startswith("("):
        return label.printed.rstrip(".")
    return label.path[0]


def trees(blocks: Sequence[Block]) -> list[Node]:
    """The labelled lists among the blocks, outermost nodes first; unlabelled text is attached."""
    roots: list[Node] = []
    stack: list[Node] = []
    between = _asked_between(blocks)
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.cell is not None:
            continue
        if block.label is None:
            if block.index in between and stack:
                stack[-1].more.append(block)
            elif _titles_list(block, following):
                while stack and stack[-1].block.heading is None:
                    stack.pop()
                _put(Node(block, SENTENCE, "", len(stack)), stack, roots)
            elif _opens_list(block, following):
                _leave_all_but_titles(stack, block)
                _put(Node(block, SENTENCE, "", len(stack)), stack, roots)
            else:
                _attach(block, stack)
            continue
        while block.heading is not None and stack and stack[-1].block.heading is None:
            stack.pop()
        form, part = _settle(block.label, stack)
        if _resumes(form, part, stack, roots):
            stack.clear()
        _climb(stack, form, block)
        _put(Node(block, form, part, len(stack)), stack, roots)
    return roots


def _asked_between(blocks: Sequence[Block]) -> set[int]:
    """Paragraphs that ask what the numbered lines above them only introduce, where nothing is set in.

    "1 The intent of this is …", then what should be done, then 2: in a text file only the order
    says that both are one entry.
    """
    pairs = [
        (line, text)
        for line, text in pairwise(blocks)
        if not line.lines
        and line.label is not None
        and line.label.form[:1] == "#"
        and line.heading is None
        and text.label is None
        and text.heading is None
        and text.cell is None
    ]
    asking = sum(lexicon.asks(text.text) for _, text in pairs)
    silent = sum(not lexicon.asks(line.text) for line, _ in pairs)
    if len(pairs) < _FEWEST_PAIRS or min(asking, silent) < 0.8 * len(pairs):
        return set()
    return {text.index for _, text in pairs}


def _resumes(form: str, part: str, stack: list[Node], roots: list[Node]) -> bool:
    """Whether it goes on with a number that a sentence without one had interrupted."""
    if not stack or stack[0].form != SENTENCE or any(node.form == form for node in stack):
        return False
    before = next((node for node in reversed(roots) if node.form == form), None)
    own = labels.ordinal(part)
    if before is None or own is None or not part.isdigit():
        return False
    return labels.ordinal(before.part) == own - 1


def _put(node: Node, stack: list[Node], roots: list[Node]) -> None:
    node.parent = stack[-1] if stack else None
    (node.parent.children if node.parent is not None else roots).append(node)
    stack.append(node)


def _titles_list(block: Block, following: Block | None) -> bool:
    """Whether it is a title such as "Within three months:" with its bullets behind it."""
    if following is None or following.label is None or block.heading is None:
        return False
    return following.label.bullet and lexicon.opens(block.text)


def _opens_list(block: Block, following: Block | None) -> bool:
    """Whether it is a sentence such as "The force should:" with its list behind it."""
    if following is None or following.label is None or block.heading is not None:
        return False
    text = block.text.rstrip()
    return lexicon.opens(text) and lexicon.obliges(text) and not lexicon.performs(text)


def _leave_all_but_titles(stack: list[Node], block: Block) -> None:
    while stack and stack[-1].block.heading is None and not _under(stack[-1], block):
        stack.pop()


def _under(node: Node, block: Block) -> bool:
    """Whether text without a label is indented as a part of the entry."""
    if node.form == SENTENCE:
        return block.left > node.block.left + 5
    return block.left >= node.block.inner - 5


def _attach(block: Block, stack: list[Node]) -> None:
    """Text without a label goes on from the innermost item that it is indented under."""
    if block.heading is not None:
        return
    for node in reversed(stack):
        if node.block.heading is None and _titles_next(node.block, block):
            continue
        if node.block.heading is not None or _under(node, block):
            node.more.append(block)
            return


def _titles_next(before: Block, block: Block) -> bool:
    """Whether a short line in larger or heavier type is the title of what comes after the entry."""
    text = block.text.strip()
    if not block.lines or len(block.lines) > 2 or len(text.split()) > TITLE_WORDS:
        return False
    larger = block.style.size > before.style.size + 0.6
    heavier = block.style.bold and not before.style.bold
    return (larger or heavier) and text[:1].isupper() and text[-1:] not in ".;,"


def _settle(label: Label, stack: list[Node]) -> tuple[str, str]:
    """The form and part, with "(i)" read as a letter or a numeral by what came before."""
    part = label.path[-1] if label.path else ""
    if (
        label.form[:1].isdigit()
        or len(part) != 1
        or part.lower() not in "ivx"
        or len(label.path) != 1
    ):
        return label.form, part
    letter_form = label.form
    roman_form = letter_form.replace("a", "i").replace("A", "I")
    for node in reversed(stack):
        if (
            node.form == letter_form
            and labels.ordinal(node.part) == (labels.ordinal(part) or 0) - 1
        ):
            return letter_form, part
        if node.form == roman_form:
            return roman_form, part
    return roman_form, part


def _climb(stack: list[Node], form: str, block: Block) -> None:
    """Leave the lists that this label does not belong to."""
    label = block.label
    if label is None:
        return
    while stack and _beside(stack[-1], block, label):
        stack.pop()
    for index, node in enumerate(stack):
        if node.form == form and _level(node, stack[index + 1 :], block, label):
            del stack[index:]
            return
    if label.path and len(label.path) > 1:
        while stack and not _prefix(stack[-1], label):
            stack.pop()
        return
    while stack and (
        block.left < stack[-1].block.left - 6
        and stack[-1].block.page == block.page
        and stack[-1].block.heading is None
    ):
        stack.pop()


def _level(node: Node, below: Sequence[Node], block: Block, label: Label) -> bool:
    """Whether the label goes on in the node's list. A count that begins again, set in, does not.

    Nor does one that goes on in a list under it.
    """
    if label.bullet:
        return abs(node.block.left - block.left) < 4
    own = labels.ordinal(label.path[-1])
    last = labels.ordinal(node.part)
    if len(label.path) > 1 or own is None or last is None or own == last + 1:
        return True
    if any(n.form == node.form and labels.ordinal(n.part) == own - 1 for n in below):
        return False
    return own != 1 or last == 1 or block.left < node.block.left + _SET_IN


def _beside(node: Node, block: Block, label: Label) -> bool:
    """Whether two series run side by side: 1 and 2 stand between paragraphs 25.2 and 25.3."""
    above = node.block.label
    if above is None or len(above.path) < 2 or len(label.path) != 1 or node.block.heading:
        return False
    plain = label.form[:1] in "#R" and not label.form.startswith("R#.#")
    flush = abs(node.block.left - block.left) < 4
    return plain and flush and bool(block.lines) and not lexicon.opens(node.block.text)


def _prefix(node: Node, label: Label) -> bool:
    path = node.block.label.path if node.block.label else ()
    return len(path) < len(label.path) and path == label.path[: len(path)] and bool(path)
