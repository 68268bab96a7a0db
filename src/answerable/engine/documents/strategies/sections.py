"""Lists under a heading that announces them: "Recommendations", "Areas for improvement"."""

from collections import Counter
from collections.abc import Sequence

from answerable.engine.documents import lexicon, runs, surroundings
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.strategies.named import names
from answerable.engine.documents.weigh import Sign

_LONGEST_SCOPE = 900
_LONG = 1_800


def section_lists(blocks: Sequence[Block]) -> list[Run]:
    """One run for each announcing heading that has entries under it."""
    found = []
    for heading in blocks:
        if heading.heading is None:
            continue
        sense = lexicon.sense(heading.text)
        if sense not in ("own", "mixed"):
            continue
        scope = _scope(heading, blocks)
        if scope:
            run = _run(heading, sense, scope)
            if run is not None:
                found.append(run)
    return found


def _scope(heading: Block, blocks: Sequence[Block]) -> list[Block]:
    """The blocks under the heading, without those of sub-headings that say otherwise."""
    found: list[Block] = []
    for block in blocks[heading.index + 1 : heading.index + 1 + _LONGEST_SCOPE]:
        if heading not in block.path:
            break
        inner = block.path[block.path.index(heading) + 1 :]
        if not any(_leads_away(h) for h in [*inner, *([block] if block.heading else [])]):
            found.append(block)
    return found


def _leads_away(heading: Block) -> bool:
    """Whether a sub-heading starts something else. A numbered title may be an entry's own."""
    sense = lexicon.sense(heading.text)
    if sense == "against" and heading.label is not None and heading.label.path:
        return lexicon.other_list(heading.text)
    return sense is not None


def _run(heading: Block, sense: str, scope: list[Block]) -> Run | None:
    if sum(b.label is not None and names(b.label) is not None for b in scope) >= 2:
        return None
    entries, how = _main_list(runs.items(runs.trees(scope))), "list"
    if not entries:
        entries, how = _paragraphs(scope), "paragraphs"
    whole = runs.consecutive(entries)
    kept, share = _asking(entries, sense)
    if not kept:
        return None
    kind = lexicon.kind(heading.text, *(h.text for h in reversed(heading.path)))
    return Run(
        "section",
        tuple(kept),
        kind,
        _signs(heading, kept, sense, share, how, whole),
        heading=heading,
        against=surroundings.elsewhere(heading.path),
        complete=whole,
    )


def _main_list(entries: list[Item]) -> list[Item]:
    """The entries of the list that the section is about.

    The numbered ones where there are any; of several ways of numbering the commonest, where the
    others number the paragraphs around it.
    """
    numbered = [e for e in entries if e.number is not None]
    if not numbered or (len(numbered) == 1 and len(entries) > 2):
        return entries
    forms = Counter(_outer_form(e) for e in numbered)
    form, most = forms.most_common(1)[0]
    if len(forms) > 1 and most >= 0.6 * len(numbered):
        return [e for e in numbered if _outer_form(e) == form]
    return numbered


def _outer_form(entry: Item) -> str:
    node = entry.node
    while node is not None and node.parent is not None:
        node = node.parent
    return node.form if node is not None else ""


def _paragraphs(scope: list[Block]) -> list[Item]:
    texts = [b for b in scope if b.heading is None and b.cell is None and len(b.text) > 20]
    return [Item(None, (b,)) for b in texts if not b.text.rstrip().endswith(":")]


def _asking(entries: list[Item], sense: str) -> tuple[list[Item], float]:
    """The entries to keep, and the share of all that ask for something.

    A list is kept or dropped whole. Where only some entries recommend in so many words and the
    rest tells the story around them, those are the recommendations.
    """
    if not entries:
        return [], 0.0
    performing = [e for e in entries if lexicon.performs(_opening(e))]
    asking = [e for e in entries if lexicon.asks(e.text)]
    share = len(asking) / len(entries)
    if sense == "mixed" and performing:
        return [e for e in entries if _recommends(e)], share
    if performing and len(performing) < 0.6 * len(entries) and _narrative(entries, performing):
        return performing, 1.0
    return entries, share


def _recommends(entry: Item) -> bool:
    return lexicon.performs(entry.text) or (
        bool(lexicon.asks(entry.text)) and not lexicon.judges(entry.text)
    )


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
