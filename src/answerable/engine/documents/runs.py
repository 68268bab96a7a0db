"""Lists: trees of labelled blocks to items with whole numbers ("4(a)(ii)")."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from answerable.engine.documents import lexicon, weigh
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.shapes import Kind
from answerable.engine.documents.trees import SENTENCE, TITLE_WORDS
from answerable.engine.documents.trees import Node as Node
from answerable.engine.documents.trees import trees as trees
from answerable.engine.documents.weigh import Sign, Vote

_ENDS = frozenset(".)⁰¹²³⁴⁵⁶⁷⁸⁹")
_FOLLOWING = re.compile(
    r"\bfollowing\b.{0,40}\b(?:recommendations?|learning points?|areas? for improvement|actions?"
    r"|proposals?|lessons?|measures|steps)\b.{0,60}$",
    re.I,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
# A sentence with so many numbered points under it opens a list, whatever stands beside it.
_MANY = 8
_LIST = 5
_FEW = 3
_MOST = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One entry of a list: its number with those of its parents, and its blocks in order.

    ``who`` and ``when`` are what the row of a table says of who is responsible, and by when.
    """

    number: str | None
    blocks: tuple[Block, ...]
    node: Node | None = None
    title: str | None = None
    who: str | None = None
    when: str | None = None

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
    ``complete`` is set where entries were left out on purpose. ``whose`` names who made what is
    only quoted.
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
    whose: str | None = None

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
    flat = _flat(roots)
    long = {root.form for root in roots if _opens_long_list(root)}
    announced = {root.form for root in roots if len(root.children) >= _FEW and _announces(root)}
    for root in roots:
        if not root.children and root.form in announced and not lexicon.asks(root.block.text):
            continue  # it tells why the list beside it follows
        # A paragraph beside one that opens a long list is no entry of that list.
        if root.children or root.form not in long or lexicon.performs(root.block.text):
            entries = _entries(root, only=forms[root.form] == 1)
            whole = flat and len(entries) > 1 and _asks_itself(root)
            found += [_whole(root)] if whole else entries
    return _counted_through(found)


def _counted_through(entries: list[Item]) -> list[Item]:
    """The entries; one count through all titled parts of a list needs no part's letter before it."""
    parts = [e.node.part if e.node is not None else "" for e in entries]
    titles = {_title_above(e) for e in entries}
    if len(titles) < 2 or None in titles or parts != [str(n + 1) for n in range(len(parts))]:
        return entries
    return [replace(e, number=part) for e, part in zip(entries, parts, strict=True)]


def _title_above(entry: Item) -> int | None:
    """The place of the heading that opens the entry's part of the list."""
    node = entry.node
    while node is not None and (node.parent is not None or node is entry.node):
        node = node.parent
    return node.block.index if node is not None and node.block.heading is not None else None


def _flat(roots: Sequence[Node]) -> bool:
    """Whether most numbers of a list have nothing under them."""
    return len(roots) >= _LIST and sum(not r.children for r in roots) >= _MOST * len(roots)


def _asks_itself(root: Node) -> bool:
    """Whether its sentence asks for what its parts spell out: "be amended so that:"."""
    text = root.block.text
    numbered = root.form != SENTENCE and root.block.heading is None
    return numbered and lexicon.asks(text) and not lexicon.performs(text)


def asks_before(node: Node) -> bool:
    """Whether a whole sentence asks before the one that opens its list of phrases.

    "By March the home must train its staff. To do this, it must provide:" asks for one thing.
    """
    *before, last = _SENTENCES.split(node.block.text.strip())
    if node.form == SENTENCE or not before or not lexicon.opens(last) or lexicon.performs(last):
        return False
    whole = [c for c in node.children if _stands_alone(c) or lexicon.commands(c.block.text)]
    return len(whole) < 0.6 * len(node.children) and (
        lexicon.directs(before[0]) or lexicon.commands(before[0])
    )


def _entries(node: Node, *, only: bool = False) -> list[Item]:
    if (
        node.children
        and not asks_before(node)
        and (
            _opens_items(node)
            or ((only or node.form == SENTENCE) and _letters_under(node))
            or _opens_long_list(node)
        )
    ):
        result: list[Item] = []
        for child in node.children:
            result += _entries(child)
        return result
    return [_whole(node)]


def _whole(node: Node) -> Item:
    blocks = node.all_blocks()
    title = None
    if _title_only(node) and len(blocks) > 1:
        title, blocks = node.block.text, blocks[1:]
    return Item(node.number, tuple(blocks), node, title)


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
        return (_is_title(node) or _opens_sentences(node)) and not node.more
    if _is_title(node) or _announces(node):
        return True
    alone = sum(_stands_alone(child) for child in node.children)
    return lexicon.opens(node.block.text) and alone >= 0.6 * len(node.children)


def _opens_long_list(node: Node) -> bool:
    return len(node.children) >= _MANY and _letters_under(node)


def _opens_sentences(node: Node) -> bool:
    """Whether it says no more than who must act, and each bullet is a sentence of its own."""
    if node.form != SENTENCE or len(node.block.text.split()) > TITLE_WORDS:
        return False
    whole = [
        child.block.text[:1].isupper() and child.block.text.rstrip()[-1:] in _ENDS
        for child in node.children
    ]
    return len(whole) >= 2 and sum(whole) >= 0.8 * len(whole)


def promises(text: str) -> bool:
    """Whether it ends by promising "the following actions" and the like."""
    return bool(_FOLLOWING.search(text.rstrip()))


def _letters_under(node: Node) -> bool:
    """Whether a sentence that stands alone opens a list of lettered points: each is an entry."""
    under = [child.block.label for child in node.children]
    lettered = all(label is not None and not label.bullet for label in under)
    return lettered and len(under) >= 2 and lexicon.opens(node.block.text)


def _cut_short(text: str) -> bool:
    """Whether the words need what follows them: "Effective evaluation requires that:"."""
    if not lexicon.opens(text):
        return False
    return len(text.split()) > 3 or lexicon.obliges(text)


def _announces(node: Node) -> bool:
    """Whether the sentence recommends what its list says, clause by clause."""
    text = node.block.text.rstrip()
    if not lexicon.opens(text) or not (lexicon.performs(text) or _FOLLOWING.search(text)):
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
    return len(text.split()) <= TITLE_WORDS and not _cut_short(text)


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
