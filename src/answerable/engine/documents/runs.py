"""Lists: labelled blocks to trees, trees to items with whole numbers ("4(a)(ii)")."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from answerable.engine.documents import labels, lexicon, weigh
from answerable.engine.documents.pieces import Block, Label
from answerable.engine.documents.shapes import Kind
from answerable.engine.documents.weigh import Sign, Vote

_TITLE_WORDS = 14
_SET_IN = 12.0
_FOLLOWING = re.compile(
    r"\bfollowing\b.{0,40}\b(?:recommendations?|learning points?|areas? for improvement|actions?"
    r"|proposals?|lessons?|measures|steps)\b.{0,60}$",
    re.I,
)
_SENTENCE = "sentence"
# A sentence with so many numbered points under it opens a list, whatever stands beside it.
_MANY = 8


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
        if own[:1].isdigit():
            return f"{above.number}.{own}"
        return above.number + (own if own.startswith("(") else f"({own})")

    def all_blocks(self) -> list[Block]:
        """Its block, what goes on from it, and everything below, in reading order."""
        found = [self.block, *self.more]
        for child in self.children:
            found += child.all_blocks()
        return sorted(found, key=lambda b: b.index)


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
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.cell is not None:
            continue
        if block.label is None:
            if _opens_list(block, following):
                _leave_all_but_titles(stack, block)
                _put(Node(block, _SENTENCE, "", len(stack)), stack, roots)
            else:
                _attach(block, stack)
            continue
        while block.heading is not None and stack and stack[-1].block.heading is None:
            stack.pop()
        form, part = _settle(block.label, stack)
        _climb(stack, form, block)
        _put(Node(block, form, part, len(stack)), stack, roots)
    return roots


def _put(node: Node, stack: list[Node], roots: list[Node]) -> None:
    node.parent = stack[-1] if stack else None
    (node.parent.children if node.parent is not None else roots).append(node)
    stack.append(node)


def _opens_list(block: Block, following: Block | None) -> bool:
    """Whether it is a sentence such as "The force should:" with its list behind it."""
    if following is None or following.label is None or block.heading is not None:
        return False
    text = block.text.rstrip()
    return text.endswith(":") and lexicon.obliges(text) and not lexicon.performs(text)


def _leave_all_but_titles(stack: list[Node], block: Block) -> None:
    while stack and stack[-1].block.heading is None and not _under(stack[-1], block):
        stack.pop()


def _under(node: Node, block: Block) -> bool:
    """Whether text without a label is indented as a part of the entry."""
    if node.form == _SENTENCE:
        return block.left > node.block.left + 5
    return block.left >= node.block.inner - 5


def _attach(block: Block, stack: list[Node]) -> None:
    """Text without a label goes on from the innermost item that it is indented under."""
    if block.heading is not None:
        return
    for node in reversed(stack):
        if node.block.heading is not None or _under(node, block):
            node.more.append(block)
            return


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
    return plain and flush and bool(block.lines) and not node.block.text.rstrip().endswith(":")


def _prefix(node: Node, label: Label) -> bool:
    path = node.block.label.path if node.block.label else ()
    return len(path) < len(label.path) and path == label.path[: len(path)] and bool(path)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One entry of a list: its number with those of its parents, and its blocks in order.

    ``who`` is what the row of a table says of who is responsible.
    """

    number: str | None
    blocks: tuple[Block, ...]
    node: Node | None = None
    title: str | None = None
    who: str | None = None

    @property
    def text(self) -> str:
        """Its words, roughly; the exact ones come from the pages."""
        return " ".join(b.text for b in self.blocks)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Entries that stand or fall together, with what speaks for them and against them.

    ``signs`` are what was seen of it; ``votes`` and ``score`` follow from them. ``place`` says
    where it stands where there is no heading or lead-in to name; ``against`` is the sentence that
    says why the run was not taken.
    ``complete`` is set where entries were left out on purpose.
    """

    strategy: str
    items: tuple[Item, ...]
    kind: Kind
    signs: tuple[Sign, ...] = ()
    place: str = ""
    heading: Block | None = None
    lead: Block | None = None
    against: str | None = None
    complete: bool | None = None

    @property
    def votes(self) -> tuple[Vote, ...]:
        """What each sign adds or takes, with its reason in words."""
        return weigh.votes(self.signs)

    @property
    def score(self) -> float:
        """Between 0 and 1: how much speaks for the run."""
        return weigh.score(self.votes)

    @property
    def whole(self) -> bool:
        """Whether every entry is numbered and no number is missing, before any were set aside."""
        if self.complete is not None:
            return self.complete
        return consecutive(self.items)

    @property
    def numbers(self) -> list[str | None]:
        """The printed numbers, in order."""
        return [item.number for item in self.items]


def items(roots: Sequence[Node]) -> list[Item]:
    """The entries of the lists: leaves, and parents whose parts only complete their sentence."""
    found: list[Item] = []
    forms = Counter(root.form for root in roots)
    long = {root.form for root in roots if _opens_long_list(root)}
    for root in roots:
        # A paragraph beside one that opens a long list is no entry of that list.
        if root.children or root.form not in long or lexicon.performs(root.block.text):
            found += _entries(root, only=forms[root.form] == 1)
    return found


def _entries(node: Node, *, only: bool = False) -> list[Item]:
    if node.children and (
        _opens_items(node) or (only and _letters_under(node)) or _opens_long_list(node)
    ):
        result: list[Item] = []
        for child in node.children:
            result += _entries(child)
        return result
    blocks = node.all_blocks()
    title = None
    if _title_only(node) and len(blocks) > 1:
        title, blocks = node.block.text, blocks[1:]
    return [Item(node.number, tuple(blocks), node, title)]


def _title_only(node: Node) -> bool:
    text = node.block.text.strip()
    if node.block.heading is not None:
        return True
    return not text


def _opens_items(node: Node) -> bool:
    """Whether the children are entries of their own.

    Under a title they are. Bullets that complete a sentence are not. Numbered clauses are where the
    sentence does no more than announce them, or where each asks for something by itself.
    """
    if all(child.block.label is not None and child.block.label.bullet for child in node.children):
        return _is_title(node) and not node.more
    if _is_title(node) or _announces(node):
        return True
    alone = sum(_stands_alone(child) for child in node.children)
    return node.block.text.rstrip().endswith(":") and alone >= 0.6 * len(node.children)


def _opens_long_list(node: Node) -> bool:
    return len(node.children) >= _MANY and _letters_under(node)


def _letters_under(node: Node) -> bool:
    """Whether a sentence that stands alone opens a list of lettered points: each is an entry."""
    under = [child.block.label for child in node.children]
    lettered = all(label is not None and not label.bullet for label in under)
    return lettered and len(under) >= 2 and node.block.text.rstrip().endswith(":")


def _cut_short(text: str) -> bool:
    """Whether the words need what follows them: "Effective evaluation requires that:"."""
    if not text.rstrip().endswith(":"):
        return False
    return len(text.split()) > 3 or lexicon.obliges(text)


def _announces(node: Node) -> bool:
    """Whether the sentence recommends what its list says, clause by clause."""
    text = node.block.text.rstrip().rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹").rstrip()
    if not text.endswith(":") or not (lexicon.performs(text) or _FOLLOWING.search(text)):
        return False
    first = node.children[0].block
    return first.text[:1].isupper() and not (first.label is not None and first.label.bullet)


def _stands_alone(child: Node) -> bool:
    text = child.block.text
    return bool(child.children) or (len(text) > 30 and lexicon.is_clause(text))


def _is_title(node: Node) -> bool:
    text = node.block.text.strip()
    if node.block.heading is not None:
        return True
    if text.endswith((".", ";", ",")) or lexicon.performs(text):
        return False
    return len(text.split()) <= _TITLE_WORDS and not _cut_short(text)


def consecutive(entries: Sequence[Item]) -> bool:
    """Whether there are at least two entries, all numbered, with no number missing."""
    numbers = [e.number for e in entries]
    return len(entries) >= 2 and None not in numbers and not gaps(numbers)


def gaps(numbers: Iterable[str | None]) -> list[str]:
    """Numbers that a run jumps over: of 1, 2, 4 it is 3. Restarts are not gaps."""
    missing: list[str] = []
    last: tuple[str, int] | None = None
    for number in numbers:
        split = _split(number)
        if split is None:
            last = None
            continue
        if last is not None and split[0] == last[0] and 1 < split[1] - last[1] <= 20:
            missing += [f"{split[0]}{n}" for n in range(last[1] + 1, split[1])]
        last = split
    return missing


def _split(number: str | None) -> tuple[str, int] | None:
    if number is None:
        return None
    head = number.rstrip("0123456789")
    digits = number[len(head) :]
    return (head, int(digits)) if digits else None
