"""Lists: labelled blocks to trees, trees to items with whole numbers ("4(a)(ii)")."""

from dataclasses import dataclass, field

from answerable.engine.documents import labels, lexicon
from answerable.engine.documents.pieces import Block, Label
from answerable.engine.documents.shapes import Kind


@dataclass(slots=True)
class Node:
    """One labelled block with what belongs to it."""

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
        if above is None or above.number is None:
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


def trees(blocks: list[Block]) -> list[Node]:
    """The labelled lists among the blocks, outermost nodes first; unlabelled text is attached."""
    roots: list[Node] = []
    stack: list[Node] = []
    for block in blocks:
        if block.cell is not None:
            continue
        if block.label is None:
            _attach(block, stack)
            continue
        while block.heading is not None and stack and stack[-1].block.heading is None:
            stack.pop()
        form, part = _settle(block.label, stack)
        _climb(stack, form, block)
        parent = stack[-1] if stack else None
        node = Node(block, form, part, len(stack), parent)
        (parent.children if parent else roots).append(node)
        stack.append(node)
    return roots


def _attach(block: Block, stack: list[Node]) -> None:
    """Text without a label goes on from the innermost item that it is indented under."""
    if block.heading is not None:
        return
    for node in reversed(stack):
        heading = node.block.heading is not None
        if heading or block.left >= node.block.inner - 5:
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
    for index, node in enumerate(stack):
        if node.form == form and (not label.bullet or abs(node.block.left - block.left) < 4):
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


def _prefix(node: Node, label: Label) -> bool:
    path = node.block.label.path if node.block.label else ()
    return len(path) < len(label.path) and path == label.path[: len(path)] and bool(path)


@dataclass(slots=True)
class Item:
    """One entry of a list: its number with those of its parents, and its blocks in order.

    ``who`` is what the row of a table says of who is responsible.
    """

    number: str | None
    blocks: list[Block]
    node: Node | None = None
    title: str | None = None
    who: str | None = None

    @property
    def text(self) -> str:
        """Its words, roughly; the exact ones come from the pages."""
        return " ".join(b.text for b in self.blocks)


@dataclass(slots=True)
class Run:
    """Entries that stand or fall together, with what speaks for them.

    ``score`` is between 0 and 1; ``place`` says where it stands where there is no heading or
    lead-in to name; ``against`` is the sentence that says why the run was not taken.
    ``complete`` is set where entries were left out on purpose.
    """

    strategy: str
    items: list[Item]
    kind: Kind
    score: float
    place: str = ""
    heading: Block | None = None
    lead: Block | None = None
    against: str | None = None
    complete: bool | None = None

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


def items(roots: list[Node]) -> list[Item]:
    """The entries of the lists: leaves, and parents whose parts only complete their sentence."""
    found: list[Item] = []
    for root in roots:
        found += _entries(root)
    return found


def _entries(node: Node) -> list[Item]:
    if node.children and _opens_items(node):
        result: list[Item] = []
        for child in node.children:
            result += _entries(child)
        return result
    blocks = node.all_blocks()
    title = None
    if _title_only(node) and len(blocks) > 1:
        title, blocks = node.block.text, blocks[1:]
    return [Item(node.number, blocks, node, title)]


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
        return _is_title(node) and not node.more and not _cut_short(node.block.text)
    if _is_title(node) or _announces(node):
        return True
    alone = sum(_stands_alone(child) for child in node.children)
    return node.block.text.rstrip().endswith(":") and alone >= 0.6 * len(node.children)


def _cut_short(text: str) -> bool:
    """Whether the words need what follows them: "Effective evaluation requires that:"."""
    if not text.rstrip().endswith(":"):
        return False
    return len(text.split()) > 3 or lexicon.obliges(text)


def _announces(node: Node) -> bool:
    """Whether the sentence recommends what its list says, clause by clause."""
    text = node.block.text.rstrip()
    if not text.endswith(":") or not lexicon.performs(text):
        return False
    first = node.children[0].block
    return first.text[:1].isupper() and not (first.label is not None and first.label.bullet)


def _stands_alone(child: Node) -> bool:
    text = child.block.text
    return bool(child.children) or (len(text) > 30 and lexicon.obliges(text))


def _is_title(node: Node) -> bool:
    text = node.block.text.strip()
    if node.block.heading is not None:
        return True
    return (
        len(text.split()) <= 14
        and not text.endswith((".", ";", ","))
        and not lexicon.performs(text)
    )


def consecutive(entries: list[Item]) -> bool:
    """Whether there are at least two entries, all numbered, with no number missing."""
    numbers = [e.number for e in entries]
    return len(entries) >= 2 and None not in numbers and not gaps(numbers)


def gaps(numbers: list[str | None]) -> list[str]:
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
