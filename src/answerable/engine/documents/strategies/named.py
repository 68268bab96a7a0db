"""Entries that name themselves: "Recommendation 5", "R5", "Area for improvement 2:"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from answerable.engine.documents import counted, labels, lexicon, notes
from answerable.engine.documents.pieces import Block, Label
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.weigh import Sign

_NAMES = re.compile(
    r"recommendation|^rec$|area(?:s)? for improvement|^afi$|cause(?:s)? of concern|^coc$"
    r"|priority action|learning point|"
    r"required action|matter of concern|requirement|area for development|^proposal$|^lesson$"
    r"|^(?:agreed |statutory )?action(?: point)?$|^(?:key |priority )?concern$"
)
_BARE = re.compile(
    r"^((?:safety |key |further )?recommendation|area for improvement|cause of concern"
    r"|learning point)"
    r"\s*[:–—]\s+(?=[A-Z“‘])",
    re.I,
)
_TITLE = re.compile(
    r"^\W*(recommendation|area for improvement|cause of concern|learning point"
    r"|priority action)\W*$",
    re.I,
)
_LEAST_TEXT = 25
_LARGER = 0.6
_LINE = 120
_SET_OUT = 8.0
_BACK = 60
_TITLE_PAGE = 3


def named_entries(blocks: Sequence[Block]) -> list[Run]:
    """Runs of entries that carry their own name: one for each name, and each time it starts again.

    A name without a number ("Recommendation: The Department should …") makes a run of its own.
    """
    by_name: dict[str, list[Item]] = {}
    found: list[Run] = []
    for block in blocks:
        name = _name(block)
        if name is None or _of_others(block) or _behind_others(block, blocks):
            continue
        item = _entry(block, blocks)
        if item is None:
            continue
        items = by_name.setdefault(name, [])
        if items and _restarts(items, item):
            found.append(_run(name, items))
            items = by_name[name] = []
        items.append(item)
    found += [_run(name, items) for name, items in by_name.items()]
    return found + _bare(blocks)


def _of_others(block: Block) -> bool:
    """Whether a heading above, the report's title apart, speaks of earlier ones or of others'."""
    return any(lexicon.of_others(h.text) for h in block.path if h.index > _TITLE_PAGE)


def _behind_others(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether the line before it, though not set as a heading, speaks of earlier ones."""
    before = blocks[block.index - 1] if block.index > _TITLE_PAGE else None
    return (
        before is not None
        and before.cell is None
        and len(before.text) < _LINE
        and before.text[-1:].isalpha()
        and lexicon.of_others(before.text)
    )


def _bare(blocks: Sequence[Block]) -> list[Run]:
    by_name = _titles(blocks)
    for block in blocks:
        own = block.label is None or _letter(block)
        matched = _BARE.match(block.text) if block.cell is None and own else None
        if matched is not None and len(block.text) - matched.end() >= _LEAST_TEXT:
            rest = block.without_start(matched.end())
            items = by_name.setdefault(matched.group(1).lower(), [])
            items.append(Item(_with_letter(block, blocks), (rest, *_following(rest, blocks))))
    for name, items in _lines(blocks).items():
        by_name.setdefault(name, []).extend(items)
    return [_run(name, items, numbered=False) for name, items in by_name.items()]


def _restarts(items: list[Item], item: Item) -> bool:
    """Whether the numbers begin again: another printing, or another chapter's own list."""
    return any(known.number == item.number for known in items)


def names(label: Label) -> str | None:
    """The name that the label gives its entry: "recommendation", "R", or None."""
    if not label.path:
        return None
    if re.match(r"^R#", label.form):
        return "R"
    return label.form if _NAMES.search(label.form) else None


def _name(block: Block) -> str | None:
    if block.label is None or block.cell is not None:
        return None
    if block.label.form == counted.CODE and _announced(block):
        return "recommendation"
    return names(block.label)


def _announced(block: Block) -> bool:
    return any(lexicon.sense(heading.text) == "own" for heading in block.path)


def _entry(block: Block, blocks: Sequence[Block]) -> Item | None:
    number = ".".join(block.label.path) if block.label is not None else None
    following = _following(block, blocks)
    title = block.heading is not None or not block.text.strip()
    if title and following:
        return Item(number, tuple(following), None, block.text or None)
    if len(block.text) < _LEAST_TEXT and not following:
        return None
    return Item(number, (block, *following))


def _following(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """What belongs to the entry: a heading's section, or the list that its sentence opens."""
    found: list[Block] = []
    for other in blocks[block.index + 1 :]:
        if _name(other) is not None or _closes(block, other, found):
            break
        if _resumes(block, other, blocks, found):
            break
        found.append(other)
    return found


def _closes(block: Block, other: Block, found: list[Block]) -> bool:
    if block.framed and not other.framed:
        return True
    if other.heading is not None:
        return block.heading is None or other.heading >= block.heading - 0.2 or bool(found)
    if block.heading is not None or not block.text.strip():
        return bool(found) and _unlike(found[0], other)
    last = found[-1] if found else block
    opened = last.text.rstrip().endswith((":", ";", ",", "; and", "; or")) or bool(
        found and last.label
    )
    nested = other.label is not None and (other.label.bullet or other.label.form[:1] in "(ai")
    return not (opened and nested)


def _unlike(first: Block, other: Block) -> bool:
    """Whether the text around goes on after an entry that is set in another way than it."""
    if not other.lines or (other.label is not None and not _counts(other.label)):
        return False
    a, b = first.style, other.style
    if a.colour != b.colour or abs(a.size - b.size) > _LARGER:
        return True
    return other.label is None and other.left < first.left - _SET_OUT


def _counts(label: Label) -> bool:
    """Whether it is a number, not a bullet or a letter of a list under something."""
    return bool(label.path) and label.path[-1].isdigit() and not label.form.startswith("(")


def _resumes(block: Block, other: Block, blocks: Sequence[Block], found: list[Block]) -> bool:
    """Whether a number goes on with the series that the entry interrupted: 2.5 after 2.4."""
    label = other.label
    if label is None or not label.path or not found or any(_same_form(b, label) for b in found):
        return False
    for before in reversed(blocks[max(0, block.index - _BACK) : block.index]):
        known = before.label
        if known is not None and known.form == label.form and before.heading is None:
            own, last = labels.ordinal(label.path[-1]), labels.ordinal(known.path[-1])
            return own is not None and last is not None and own == last + 1
    return False


def _same_form(block: Block, label: Label) -> bool:
    return block.label is not None and block.label.form == label.form


def _titles(blocks: Sequence[Block]) -> dict[str, list[Item]]:
    """What stands under each "Area for improvement" that is a heading by itself, over and over."""
    found: dict[str, list[Item]] = {}
    for block in blocks:
        if block.heading is None or block.label is not None:
            continue
        matched = _TITLE.match(block.text)
        following = _following(block, blocks) if matched is not None else []
        if matched is not None and following:
            items = found.setdefault(matched.group(1).lower(), [])
            number = _with_letter(following[0], blocks)
            items.append(Item(number, tuple(_statement(following))))
    return {name: items for name, items in found.items() if len(items) >= 2}


def _lines(blocks: Sequence[Block]) -> dict[str, list[Item]]:
    """What comes after each line "Recommendation" that stands alone under a numbered conclusion."""
    found: dict[str, list[Item]] = {}
    for block, said in pairwise(blocks):
        plain = block.heading is None and block.label is None and block.cell is None
        matched = _TITLE.match(block.text) if plain else None
        if matched is None or said.cell is not None or said.heading is not None:
            continue
        if len(said.text) >= _LEAST_TEXT and (said.label is None or _letter(said)):
            items = found.setdefault(matched.group(1).lower(), [])
            number = _with_letter(said, blocks)
            items.append(Item(number, (said, *_following(said, blocks))))
    return {name: items for name, items in found.items() if len(items) >= 2}


def _letter(block: Block) -> bool:
    """Whether its label is a single letter or a bullet: it stands under something numbered."""
    label = block.label
    return label is not None and (label.bullet or label.path[-1].isalpha())


def _with_letter(block: Block, blocks: Sequence[Block]) -> str | None:
    """Its letter behind the number of the paragraph that it stands under."""
    label = block.label
    if label is None or label.bullet or not _letter(block):
        return None
    for above in reversed(blocks[max(0, block.index - _BACK) : block.index]):
        if above.heading is not None and _TITLE.match(above.text) is None:
            break
        if above.label is not None and _counts(above.label):
            return f"{'.'.join(above.label.path)}({label.path[-1]})"
    return f"({label.path[-1]})"


def _statement(following: list[Block]) -> list[Block]:
    """The bold sentence that states it, where plainer text explains it; otherwise all of it."""
    first, *rest = following
    if first.style.bold and rest and not any(b.style.bold for b in rest):
        return [first]
    return following


def _run(name: str, items: list[Item], *, numbered: bool = True) -> Run:
    items = notes.without(items)
    kind = lexicon.kind("recommendation" if name in {"R", "rec"} else name)
    shown = "R" if name == "R" else name.capitalize()
    place = f"headed “{shown}” and a number" if numbered else f"that begin with “{shown}:”"
    return Run("named", tuple(items), kind, _signs(name, items, numbered), place)


def _signs(name: str, items: list[Item], numbered: bool) -> tuple[Sign, ...]:
    asking = sum(lexicon.asks(i.text) for i in items) / len(items)
    if lexicon.kind(name) == "cause_of_concern":
        asking = 1.0  # a concern says what is wrong, not what to do
    if asking <= 0.3:
        return (Sign("named.silent"),)
    signs = [Sign("named.name"), Sign("named.asking", asking)]
    if len(items) >= 2:
        signs.append(Sign("named.several"))
    if numbered and not _from_the_start(items):
        signs.append(Sign("named.not_from_start"))
    return tuple(signs)


def _from_the_start(items: list[Item]) -> bool:
    """Whether the numbers begin at the beginning: a lone "Recommendation 7" is somebody else's."""
    if all(re.search(r"\d[-/]\d", i.number or "") for i in items):
        return True  # the numbers of a register begin elsewhere
    counted = {labels.ordinal(i.number or "") for i in items} - {None}
    largest = max((n for n in counted if n is not None), default=1)
    return 1 in counted or len(counted) >= 0.5 * min(largest, 200)
