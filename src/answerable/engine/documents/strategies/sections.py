"""Lists under a heading that announces them: "Recommendations", "Areas for improvement"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from answerable.engine.documents import cutting, labels, lexicon, notes, runs, surroundings, trees
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Node, Run
from answerable.engine.documents.strategies import divided, registered, sentences, statements
from answerable.engine.documents.strategies.named import names
from answerable.engine.documents.weigh import Sign

_PLURAL = re.compile(
    r"\b(?:recommendations|actions|areas|requirements|concerns|steps|improvements|changes)\b", re.I
)
_LONGEST_SCOPE = 900
_LONG = 1_800
_FEWEST = 3
_TITLE_WORDS = 6
_TITLE_PAGE = 12
_STORY = 4
_BACK = 40
_MOSTLY_REASONED = 0.6


def section_lists(blocks: Sequence[Block]) -> list[Run]:
    """One run for each announcing heading that has entries under it."""
    found = []
    for heading in blocks:
        if heading.heading is None:
            continue
        sense = lexicon.sense(heading.text)
        if sense not in ("own", "mixed") or _is_lead(heading) or _before_contents(heading, blocks):
            continue
        scope = _scope(heading, blocks)
        if not any(block.label for block in scope):
            scope = divided.scope(heading, blocks) or scope
        if scope:
            run = _run(heading, sense, scope, blocks)
            if run is not None:
                found.append(run)
    return _judged_alike(found)


def _judged_alike(found: list[Run]) -> list[Run]:
    """Lists under one title that comes again and again: where most only tell, none of them asks."""
    entries: dict[str, list[Item]] = {}
    for run in found:
        entries.setdefault(_title(run), []).extend(run.items)
    again = Counter(_title(run) for run in found)
    telling = {
        title: sum(lexicon.tells(_opening(e)) for e in own) > 0.5 * len(own)
        for title, own in entries.items()
    }
    return [
        replace(run, signs=(*run.signs, Sign("section.telling")))
        if again[_title(run)] >= _FEWEST and telling[_title(run)] and not _tells(run)
        else run
        for run in found
    ]


def _title(run: Run) -> str:
    return run.heading.text.strip().lower() if run.heading is not None else ""


def _tells(run: Run) -> bool:
    return any(sign.name.startswith("section.telling") for sign in run.signs)


def _is_lead(heading: Block) -> bool:
    """Whether it is a sentence that opens a list, set like a heading."""
    return lexicon.opens(heading.text) and lexicon.performs(heading.text)


def _before_contents(heading: Block, blocks: Sequence[Block]) -> bool:
    """Whether it stands on the title page: it speaks of the whole document."""
    following = blocks[heading.index + 1 : heading.index + 1 + _TITLE_PAGE]
    return any(block.role == "contents" for block in following)


def _scope(heading: Block, blocks: Sequence[Block]) -> list[Block]:
    """The blocks under the heading, without those of sub-headings that say otherwise."""
    found: list[Block] = []
    away = False
    for block in blocks[heading.index + 1 : heading.index + 1 + _LONGEST_SCOPE]:
        if heading not in block.path or (heading.framed and not block.framed):
            break
        inner = block.path[block.path.index(heading) + 1 :]
        if block.heading is not None:
            away = False
        elif _is_title(block):
            away = lexicon.other_list(block.text)
        if away or any(_leads_away(h) for h in [*inner, *([block] if block.heading else [])]):
            continue
        found.append(block)
    return found


def _is_title(block: Block) -> bool:
    """Whether a line of running text is the title of the list behind it: "comments"."""
    text = block.text.strip()
    short = len(text.split()) <= _TITLE_WORDS and text[-1:].isalpha()
    return (
        short
        and block.label is None
        and block.cell is None
        and (lexicon.plain_title(text) or lexicon.other_list(text))
    )


def _leads_away(heading: Block) -> bool:
    """Whether a sub-heading starts something else. A numbered title may be an entry's own."""
    sense = lexicon.sense(heading.text)
    if _is_lead(heading):
        return False
    if sense == "against" and heading.label is not None and heading.label.path:
        return lexicon.other_list(heading.text)
    return sense is not None


def _run(heading: Block, sense: str, scope: list[Block], blocks: Sequence[Block]) -> Run | None:
    if sum(b.label is not None and names(b.label) is not None for b in scope) >= 2:
        return None
    scope = _without_named(scope)
    roots = runs.trees(scope)
    found = _points(roots, heading, blocks) or _main_list(runs.items(roots))
    entries, how = notes.without(_opened(found, heading)), "list"
    if not entries:
        entries, how = statements.commanding(scope), "list"
    if not entries:
        entries, how = _paragraphs(scope), "paragraphs"
        stated = statements.bold(entries, concern=sense == "own" and _of_concern(heading))
        if stated:
            entries, how = stated, "statements"
    whole = runs.consecutive(entries)
    kept, share = _asking(_without_opening(entries), sense)
    if not kept or (how == "paragraphs" and _opens_others(heading, scope, blocks)):
        return None
    if len(kept) == 1 and kept[0].number is None:
        kept = [replace(kept[0], number=registered.named([heading, *scope]))]
    kind = lexicon.kind(heading.text, *(h.text for h in reversed(heading.path)))
    if kind == "cause_of_concern":
        share = 1.0  # a concern says what is wrong, not what to do
    return Run(
        "section",
        tuple(kept),
        kind,
        _signs(heading, kept, sense, share, how, whole),
        heading=heading,
        against=surroundings.elsewhere(heading.path),
        complete=whole,
    )


def _without_named(scope: list[Block]) -> list[Block]:
    """The scope up to a heading that names an entry of its own, where a list stands before it."""
    for at, block in enumerate(scope):
        if block.heading is not None and block.label is not None and names(block.label):
            return scope[:at] if any(b.label for b in scope[:at]) else scope
    return scope


def _opens_others(heading: Block, scope: list[Block], blocks: Sequence[Block]) -> bool:
    """Whether its text only stands before lists that have announcing headings of their own."""
    last = scope[-1].index + 1 if scope else heading.index + 1
    following = blocks[last] if last < len(blocks) else None
    return (
        following is not None
        and following.heading is not None
        and heading in following.path
        and lexicon.sense(following.text) in ("own", "mixed")
    )


def _of_concern(heading: Block) -> bool:
    """Whether the entries say what is wrong, not what to do."""
    return lexicon.kind(heading.text) == "cause_of_concern"


def _without_opening(entries: list[Item]) -> list[Item]:
    """The entries without a first one that only speaks of the recommendations behind it."""
    entries = [e for e in entries if not lexicon.standard(e.text)]
    if len(entries) == 1 and entries[0].node is None and lexicon.announces(_opening(entries[0])):
        return []
    if len(entries) < 3 or not lexicon.announces(_opening(entries[0])):
        return entries
    return entries[1:]


def _points(roots: list[Node], heading: Block, blocks: Sequence[Block]) -> list[Item]:
    """The lettered points of sentences whose numbers only count the paragraphs of the document.

    Letters that go on from one sentence to the next are numbers by themselves.
    """
    leads = [node for node in roots if _opens_points(node)]
    if not leads or len(leads) < 0.6 * len(roots) or not _counts_on(roots[0], heading, blocks):
        return []
    found = [
        Item(child.number, tuple(child.all_blocks()), child) for n in leads for child in n.children
    ]
    letters = [labels.ordinal(child.part) for node in leads for child in node.children]
    if len(leads) > 1 and letters == list(range(1, len(letters) + 1)):
        return [replace(item, number=item.node.part if item.node else None) for item in found]
    return found


def _opened(entries: list[Item], heading: Block) -> list[Item]:
    """The points of the only entry, where the heading promises several and it opens their list."""
    node = entries[0].node if len(entries) == 1 else None
    if node is None or len(node.children) < 2 or entries[0].number is not None or node.more:
        return entries
    if not _PLURAL.search(heading.text) or not _opens_points(node):
        return entries
    return [Item(child.number, tuple(child.all_blocks()), child) for child in node.children]


def _opens_points(node: Node) -> bool:
    opens = len(node.children) > 0 and lexicon.opens(node.block.text)
    return opens and not runs.asks_before(node)


def _counts_on(first: Node, heading: Block, blocks: Sequence[Block]) -> bool:
    """Whether the paragraph before the heading has the number before the first one under it."""
    label = first.block.label
    if label is None or not label.path or not label.path[-1].isdigit():
        return False
    for block in reversed(blocks[max(0, heading.index - _BACK) : heading.index]):
        if block.label is not None and len(block.label.path) == len(label.path):
            before = (*block.label.path[:-1], labels.ordinal(block.label.path[-1]))
            return before == (*label.path[:-1], int(label.path[-1]) - 1)
    return False


def _main_list(entries: list[Item]) -> list[Item]:
    """The entries of the list that the section is about.

    The numbered ones where there are any; of several ways of numbering the commonest, where the
    others number the paragraphs around it.
    """
    numbered = [e for e in entries if e.number is not None]
    if not numbered or (len(numbered) == 1 and len(entries) > 2):
        alone = bool(numbered) and numbered[0] is entries[0]
        return entries[1:] if alone and runs.promises(_opening(entries[0])) else entries
    if all(_outer_form(e) == trees.SENTENCE for e in entries):
        return entries
    forms = Counter(_outer_form(e) for e in numbered)
    form, most = forms.most_common(1)[0]
    if len(forms) > 1 and most < 0.6 * len(numbered):
        form = _asking_form(numbered, forms) or ""
    kept = [e for e in numbered if _outer_form(e) == form]
    return kept if len(forms) > 1 and kept else numbered


def _asking_form(numbered: list[Item], forms: Counter[str]) -> str | None:
    """Of two series side by side the one that counts from 1 and asks, where the other tells."""
    for form in forms:
        own = [e for e in numbered if _outer_form(e) == form]
        rest = [e for e in numbered if _outer_form(e) != form]
        asking = sum(lexicon.asks(e.text) for e in own) / len(own)
        if (
            len(own) >= _FEWEST
            and own[0].number is not None
            and labels.ordinal(own[0].number) == 1
            and runs.consecutive(own)
            and asking >= 0.8 > sum(lexicon.asks(_opening(e)) for e in rest) / len(rest) + 0.3
        ):
            return form
    return None


def _outer_form(entry: Item) -> str:
    node = entry.node
    while node is not None and node.parent is not None:
        node = node.parent
    return node.form if node is not None else ""


def _paragraphs(scope: list[Block]) -> list[Item]:
    texts = [b for b in scope if b.heading is None and b.cell is None and len(b.text) > 20]
    texts = [b for b in texts if not lexicon.opens(b.text)]
    return [item for b in texts for item in _said(b)]


def _said(block: Block) -> list[Item]:
    """A paragraph, or each thing that it recommends in so many words."""
    found = list(sentences.recommended(block)) if block.label is None else []
    return found if len(found) > 1 else [Item(None, (block,))]


def _asking(entries: list[Item], sense: str) -> tuple[list[Item], float]:
    """The entries to keep, and the share of all that ask for something.

    A list is kept or dropped whole. Where only some entries recommend in so many words and the
    rest tells the story around them, those are the recommendations; where nearly all do, the ones
    that ask for nothing open or close the list.
    """
    if not entries:
        return [], 0.0
    performing = [e for e in entries if lexicon.performs(_opening(e)) or _announced(e)]
    asking = [e for e in entries if lexicon.asks(e.text)]
    share = len(asking) / len(entries)
    if sense == "mixed":
        return _without_reasons(_among_conclusions(entries)), share
    if performing and len(performing) < 0.6 * len(entries) and _narrative(entries, performing):
        return _without_reasons(performing), 1.0
    if len(performing) >= 0.6 * len(entries):
        return _without_reasons(_without_story(entries, performing)), share
    return entries, share


def _without_story(entries: list[Item], performing: list[Item]) -> list[Item]:
    """The entries without those that ask for nothing, where nearly all recommend in so many words.

    Where most of the others tell a story, what one of them happens to ask for is a part of it.
    """
    rest = [e for e in entries if e not in performing]
    asking = [e for e in rest if lexicon.directs(e.text) or lexicon.commands(_opening(e))]
    telling = len(rest) >= _STORY and len(asking) < 0.5 * len(rest)
    return [e for e in entries if e in performing or (e in asking and not telling)]


def _without_reasons(entries: list[Item]) -> list[Item]:
    """The entries from the sentence that recommends on, where most give their reasons first."""
    reasoned = sum(cutting.reasoned(_opening(e)) for e in entries)
    if reasoned < _MOSTLY_REASONED * len(entries):
        return entries
    return [
        replace(e, blocks=(cutting.without_reasons(e.blocks[0]), *e.blocks[1:])) for e in entries
    ]


def _among_conclusions(entries: list[Item]) -> list[Item]:
    """The entries that recommend in so many words, or say what should be done.

    A list of commands and phrases has no conclusions in it but those that are told.
    """
    if sum(lexicon.commands(e.text) for e in entries) >= 0.5 * len(entries):
        return [e for e in entries if not lexicon.judges(e.text) and not lexicon.tells(e.text)]
    return [e for e in entries if _recommends(e.text)]


def _recommends(text: str) -> bool:
    return lexicon.performs(text) or (
        lexicon.believes(text)
        or ((lexicon.directs(text) or lexicon.commands(text)) and not lexicon.judges(text))
    )


def _announced(entry: Item) -> bool:
    """Whether it is a point of a sentence that recommends: "I therefore recommend: a. that …"."""
    above = entry.node.parent if entry.node is not None else None
    return above is not None and lexicon.performs(above.block.text)


def _opening(entry: Item) -> str:
    return entry.blocks[0].text if entry.blocks else ""


def _narrative(entries: list[Item], performing: list[Item]) -> bool:
    rest = [e for e in entries if e not in performing]
    plain = sum(not lexicon.commands(e.text) for e in rest)
    return plain >= 0.7 * len(rest)


def _signs(
    heading: Block, kept: list[Item], sense: str, share: float, how: str, whole: bool
) -> tuple[Sign, ...]:
    plain = lexicon.plain_title(heading.text)
    telling = sum(lexicon.tells(_opening(e)) for e in kept) / len(kept)
    long = sum(len(e.text) > _LONG for e in kept) / len(kept)
    seen = {
        "section.own" if sense == "own" else "section.mixed": 1.0,
        "section.plain_title": float(plain),
        "section.asking": share,
        "section.whole": float(whole),
        "section.lessons": float(lexicon.kind(heading.text) == "learning_point"),
        "section.paragraphs": float(how == "paragraphs"),
        "section.telling_in_list" if plain else "section.telling": float(telling > 0.5),
        "section.long": long,
    }
    return tuple(Sign(n, a) for n, a in seen.items() if a or n == "section.asking")
