"""A second look, where the first took nothing or far too little: weaker signs, shown as such.

Many reports make recommendations under another name: opinions, requirements, ways forward, a table
whose titles are new. The strategies ask for plain signs and stay silent there. Here a list is
believed where nearly all of it asks for something and one more sign speaks for it. Nothing is
looked for in replies, in reports on progress, or where the document says that it makes none.
"""

import re
from collections.abc import Iterator, Sequence

from answerable.engine.documents import leading, lexicon, notes, runs, surroundings, weigh
from answerable.engine.documents.choose import Chosen
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Item, Run
from answerable.engine.documents.second_signs import (
    asking,
    counted_words,
    leads,
    names_no_report,
    refers,
    telling_title,
    to_the_reader,
    trailing,
)
from answerable.engine.documents.strategies import statements
from answerable.engine.documents.strategies.named import names
from answerable.engine.documents.weigh import Sign

STRATEGY = "second"
SURE = 0.5
"""No entry that only the second look finds is surer than this."""

_PLACES = {
    "listed": "in a list that asks for things nearly throughout",
    "named": "among entries that count with the same word",
    "column": "in a table’s column that asks for things nearly throughout",
    "bold": "among passages in bold that ask for something",
}
_BARE = re.compile(r"^[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*\W*$")
_UNLISTED = ("sentence", "emphasised")
_MOSTLY = 0.6
_NEARLY = 0.8
_FEWEST = 3
_LEAST_TEXT = 20
_LONGEST_TEXT = 2_400
_TITLE_WORDS = 14
_FIRST = 3
_LATE = 0.6
_NEAR = 0.12
_HALF = 0.5
_SCOPE = 300


def needed(chosen: Chosen, said: int | None, title: str | None, blocks: Sequence[Block]) -> bool:
    """Whether so little was taken that weaker signs should be heard."""
    if said == 0 or names_no_report(title, blocks):
        return False
    if said is not None and len(chosen.taken) <= _HALF * said:
        return True
    listed = [c for c in chosen.taken if c.run.strategy not in _UNLISTED]
    return len(listed) < _FEWEST and all(c.run.score < weigh.TAKE for c in chosen.taken)


def proposals(blocks: Sequence[Block], first: Sequence[Run], chosen: Chosen) -> list[Run]:
    """The best runs of one kind that weaker signs show, if they hold more than was taken."""
    spoilt = {
        b.index
        for run in first
        if run.against is not None
        for item in run.items
        for b in item.blocks
    }
    spoilt.update(leading.quoted(blocks))
    found = [
        run
        for find in (_headed, _opened, _named, _columns, _listed, _bold)
        for run in find(blocks)
        if run.score >= weigh.TAKE and not _spoilt(run, spoilt)
    ]
    if not found:
        return []
    best = max(found, key=lambda run: (run.score, len(run.items)))
    kind = best.signs[0].name
    alike = [r for r in found if r.signs[0].name == kind and r.score >= best.score - _NEAR]
    own = alike if sum(len(r.items) for r in alike) > len(best.items) else [best]
    return own if sum(len(r.items) for r in own) > max(1, len(chosen.taken)) else []


def _spoilt(run: Run, spoilt: set[int]) -> bool:
    """Whether something speaks against it: who made it, or whom it addresses."""
    first = [item.blocks[0] for item in run.items]
    if sum(b.index in spoilt for b in first) > _HALF * len(first):
        return True
    if sum(surroundings.elsewhere(b.path) is not None for b in first) > _HALF * len(first):
        return True
    return sum(to_the_reader(item.text) for item in run.items) > (1 - _MOSTLY) * len(run.items)


def _run(
    sign: str,
    items: Sequence[Item],
    blocks: Sequence[Block],
    *,
    heading: Block | None = None,
    lead: Block | None = None,
) -> Run:
    share = sum(asking(item.text) for item in items) / len(items)
    late = items[0].blocks[0].index >= _LATE * len(blocks)
    seen = {
        f"second.{sign}": 1.0,
        "second.asking": share,
        "second.whole": float(runs.consecutive(items)),
        "second.several": float(len(items) >= _FEWEST),
        "second.late": float(late),
    }
    signs = tuple(Sign(n, a) for n, a in seen.items() if a)
    kind = lexicon.kind(*(b.text for b in (heading, lead) if b is not None))
    return Run(STRATEGY, tuple(items), kind, signs, _PLACES.get(sign, ""), heading, lead)


def _is_title(block: Block) -> bool:
    """Whether it is a heading, or a short line that stands like one."""
    if block.heading is not None:
        return True
    text = block.text.strip()
    return (
        block.cell is None
        and block.label is None
        and 0 < len(text.split()) <= _TITLE_WORDS
        and text[:1].isupper()
        and text[-1:] not in ".;,!"
        and (block.style.bold or block.style.italic or not lexicon.opens(text))
    )


def _under(title: Block, blocks: Sequence[Block]) -> list[Block]:
    """What stands under a title; under a line that is none by its type, until the next alike."""
    found: list[Block] = []
    for block in blocks[title.index + 1 : title.index + 1 + _SCOPE]:
        if title.heading is not None and title not in block.path:
            break
        if title.heading is None and (
            block.heading is not None or (_is_title(block) and block.style == title.style)
        ):
            break
        found.append(block)
    return found


def _headed(blocks: Sequence[Block]) -> Iterator[Run]:
    """Lists, bold statements or paragraphs under a title that speaks of what should happen."""
    for title in blocks:
        if not _is_title(title) or not telling_title(title.text):
            continue
        scope = _under(title, blocks)
        items = _entries(scope)
        if items:
            yield _run("title", items, blocks, heading=title)


def _entries(scope: Sequence[Block]) -> list[Item]:
    """What asks under a title: a list that mostly does, or the paragraphs that do."""
    listed = [e for e in runs.items(runs.trees(scope)) if len(e.text) >= _LEAST_TEXT]
    if len(listed) > 1 and sum(asking(e.text) for e in listed) >= _MOSTLY * len(listed):
        return listed
    texts = [b for b in scope if b.heading is None and b.cell is None and _readable(b)]
    texts = [b for b in texts if not lexicon.opens(b.text) and not _is_title(b)]
    items = [Item(_number(b), (b,)) for b in texts]
    if bold := statements.bold(items):
        return bold
    if asked := _bold_titles(scope):
        return asked
    own = [item for item in items if asking(item.text) and not lexicon.judges(item.text)]
    return own if own and len(own) >= _MOSTLY * len(items) else []


def _bold_titles(scope: Sequence[Block]) -> list[Item]:
    """Titles that are commands themselves, each with plain text that explains it."""
    titles = [b for b in scope if b.cell is None and _is_title(b) and len(b.text) >= _LEAST_TEXT]
    own = [b for b in titles if lexicon.commands(b.text) or lexicon.directs(b.text)]
    if len(own) < _FEWEST or len(own) < _NEARLY * len(titles):
        return []
    return [Item(_number(b), (b,)) for b in own]


def _readable(block: Block) -> bool:
    return _LEAST_TEXT <= len(block.text) <= _LONGEST_TEXT


def _number(block: Block) -> str | None:
    label = block.label
    return ".".join(label.path) if label is not None and label.path else None


def _opened(blocks: Sequence[Block]) -> Iterator[Run]:
    """Lists behind a sentence that says what somebody should, must or is asked to do."""
    for lead in blocks:
        if lead.cell is not None or lead.heading is not None or not leads(lead.text):
            continue
        scope = _until_title(lead, blocks)
        entries = [e for e in runs.items(runs.trees(scope)) if len(e.text) >= _LEAST_TEXT]
        near = bool(entries) and entries[0].blocks[0].index <= lead.index + 2
        asked = sum(asking(e.text) for e in entries)
        if near and len(entries) > 1 and asked >= _MOSTLY * len(entries):
            yield _run("lead", entries, blocks, lead=lead)


def _until_title(lead: Block, blocks: Sequence[Block]) -> list[Block]:
    """The list behind a sentence; lines that end in a colon divide it, anything else ends it."""
    found: list[Block] = []
    for block in blocks[lead.index + 1 : lead.index + 1 + _SCOPE]:
        if block.heading is not None and not lexicon.opens(block.text):
            break
        if block.label is None and not lexicon.opens(block.text):
            if found and block.left >= found[-1].inner - 5:
                found.append(block)
                continue
            break
        found.append(block)
    return found


def _named(blocks: Sequence[Block]) -> Iterator[Run]:
    """Entries that count with one word ("Opinion 3"), whatever the word is."""
    for found in counted_words(blocks):
        items = [
            Item(number, _said(block, rest, {b.index for _, b, _ in found}, blocks))
            for number, block, rest in found
        ]
        items = [item for item in items if item.blocks]
        asked = sum(asking(item.text) for item in items)
        if len(items) > 1 and asked >= _MOSTLY * len(items):
            yield _run("named", items, blocks)


def _said(
    block: Block, length: int, others: set[int], blocks: Sequence[Block]
) -> tuple[Block, ...]:
    """The entry's words: behind its label, or what follows a label that stands alone."""
    rest = block.text[length:].strip()
    title = block.heading is not None or len(rest) < _LEAST_TEXT
    own = () if title else (block.without_start(length),)
    following: list[Block] = []
    for other in blocks[block.index + 1 : block.index + 12]:
        if other.index in others or other.heading is not None or other.cell != block.cell:
            break
        listed = other.label is not None and lexicon.opens(blocks[other.index - 1].text)
        if not listed and (not title or (following and not _goes_on(following, other))):
            break
        following.append(other)
    return (*own, *following)


def _goes_on(found: Sequence[Block], block: Block) -> bool:
    """Whether a paragraph belongs to the one before: in the same box, type or list."""
    first = found[0]
    if first.framed or block.framed:
        return first.framed == block.framed
    special = first.style.bold or first.style.italic
    return block.label is not None or (special and block.style == first.style)


def _columns(blocks: Sequence[Block]) -> Iterator[Run]:
    """A column of which nearly all cells ask for something, in tables of two columns or more."""
    rows = _rows(blocks)
    for column in sorted({c for row in rows for c in row}):
        said = [(row, _without_notes(row[column])) for row in rows if column in row]
        long = [(r, c) for r, c in said if sum(len(b.text) for b in c) >= 2 * _LEAST_TEXT]
        items = [Item(_beside(row, column), tuple(cell)) for row, cell in long]
        asked = sum(asking(item.text) for item in items)
        if len(items) >= _FEWEST and asked >= _NEARLY * len(items):
            yield _run("column", items, blocks)


def _rows(blocks: Sequence[Block]) -> list[dict[int, list[Block]]]:
    """The rows of all tables; the first row overleaf without a first cell goes on from the last."""
    found: list[dict[int, list[Block]]] = []
    last: tuple[int, int, int] | None = None
    for block in blocks:
        if block.cell is None:
            continue
        table, row, column = block.cell
        place = (block.page, table, row)
        if place != last and not (found and last and _overleaf(found[-1], last, block)):
            found.append({})
        found[-1].setdefault(column, []).append(block)
        last = place
    return [row for row in found if len(row) > 1]


def _overleaf(row: dict[int, list[Block]], last: tuple[int, int, int], block: Block) -> bool:
    """Whether the row goes on overleaf: without its first cell, or without the name it counts by."""
    if block.cell is None or block.cell[1] != 0 or block.page != last[0] + 1:
        return False
    first = row[min(row)][0].label
    named = first is not None and names(first) is not None and block.label is None
    return block.cell[2] in row and (block.cell[2] > 0 or named)


def _without_notes(cell: Sequence[Block]) -> list[Block]:
    """The paragraphs of a cell before a reference or somebody's response to it."""
    ends = (n for n, b in enumerate(cell) if n and (notes.replies(b.text) or refers(b.text)))
    kept = list(cell[: next(ends, len(cell))])
    return [*kept[:-1], kept[-1].without_end(trailing(kept[-1].text))]


def _beside(row: dict[int, list[Block]], column: int) -> str | None:
    """The number in the first cell of the row, where that is all it holds or names it."""
    first = row[min(row)][0]
    label = first.label
    if label is not None and names(label) is not None:
        return ".".join(label.path)
    if min(row) >= column:
        return _number(row[column][0])
    if label is not None and label.path and not first.text.strip():
        return ".".join(label.path)
    return first.text.rstrip(". :") if _BARE.match(first.text) else None


def _listed(blocks: Sequence[Block]) -> Iterator[Run]:
    """Lists of which nearly every entry asks, without a title that says so."""
    scope: list[Block] = []
    for block in (*blocks, None):
        if block is not None and block.label is not None and block.cell is None:
            scope.append(block)
            continue
        entries = runs.items(runs.trees(scope)) if len(scope) >= _FEWEST else []
        scope = []
        asked = [e for e in entries if asking(e.text) and len(e.text) >= 2 * _LEAST_TEXT]
        if len(entries) >= _FEWEST and len(asked) >= _NEARLY * len(entries):
            yield _run("listed", entries, blocks)


def _bold(blocks: Sequence[Block]) -> Iterator[Run]:
    """Paragraphs in bold that nearly all ask, where bold is not the usual type."""
    running = [b for b in blocks if b.cell is None and b.lines and len(b.text.split()) >= 8]
    bold = [b for b in running if b.style.bold]
    if len(bold) < _FEWEST or len(bold) > 0.4 * len(running):
        return
    own = [b for b in bold if asking(b.text) and not lexicon.opens(b.text)]
    if len(own) >= _NEARLY * len(bold):
        yield _run("bold", [Item(_number(b), (b,)) for b in own], blocks)


def lowered(run: Run, sure: float) -> float:
    """How sure the reader is of an entry, at most so much where only weaker signs found it."""
    return min(sure, SURE) if run.strategy == STRATEGY else sure
