"""Why each block of a document was, or was not, taken: the steps of a reading laid open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from answerable.engine.documents import (
    confidence,
    gate,
    lexicon,
    notices,
    reader,
    reasons,
    sections,
    surroundings,
)
from answerable.engine.documents.choose import Choice, Chosen
from answerable.engine.documents.evidence import Evidence
from answerable.engine.documents.explaining.seen import (
    Explanation,
    Outcome,
    Place,
    SeenBlock,
    SeenRun,
    SeenVote,
)
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import Block, TextLine
from answerable.engine.documents.reader import Found
from answerable.engine.documents.runs import Run
from answerable.engine.documents.shapes import Box

_MOST_WORDS = 180
_SHORT = 70
_SENSES = {
    "own": "A heading that announces recommendations or the like.",
    "mixed": "A heading that announces recommendations among other things.",
    "against": "A heading that says that what is under it is something else.",
}
_APART = {
    "footnote": "A footnote is kept beside the text.",
    "running_head": "It repeats at the edge of pages, so it is no part of the text.",
    "contents": "A line of the contents.",
}


def explain(path: Path) -> Explanation:
    """Read one document in this process and say what became of every block of it.

    Use :func:`explain_safely` for files from outside. Raises :class:`Unreadable` with a sentence.
    """
    data = path.read_bytes()
    opened = reader.open_document(path, data, gate.media_type(data))
    found = reader.find(opened)
    chosen = found.chosen
    said = notices.of(
        opened, chosen.taken, chosen.missed, found.stated, reply=found.reply, sure=found.sure
    )
    return Explanation(
        title=opened.title,
        paged=opened.paged,
        sizes=tuple((page.width, page.height) for page in opened.pages),
        blocks=_blocks(opened, found),
        runs=tuple(_run(n, run) for n, run in enumerate(chosen.runs, start=1)),
        notices=tuple(notice.sentence for notice in said),
        taken=len(chosen.taken),
    )


def _run(number: int, run: Run) -> SeenRun:
    printed = [n for n in run.numbers if n]
    pages = {block.page for item in run.items for block in item.blocks}
    return SeenRun(
        number=number,
        strategy=run.strategy,
        kind=run.kind,
        place=reasons.where(run),
        entries=len(run.items),
        numbers=f"{printed[0]} to {printed[-1]}" if len(printed) > 1 else "".join(printed),
        score=run.score,
        votes=tuple(SeenVote(v.name, v.weight, v.sentence) for v in run.votes),
        against=run.against,
        pages=tuple(sorted(pages)),
    )


def _blocks(opened: Flow, found: Found) -> tuple[SeenBlock, ...]:
    """Every block in the order of the document's text, running heads and footnotes among them."""
    fates = _Fates(found)
    levels = {s.first: s.level for s in sections.of(opened.blocks)}
    ordered = sorted((*opened.blocks, *opened.aside), key=_position)
    places = _Places(opened)
    counts: Counter[int] = Counter()
    seen = []
    for block in ordered:
        counts[block.page] += 1
        seen.append(_block(counts[block.page], block, levels, fates, places))
    return tuple(seen)


def _position(block: Block) -> tuple[int, int]:
    return (block.page, block.pieces[0].start) if block.pieces else (0, 0)


def _block(
    order: int, block: Block, levels: Mapping[int, int], fates: "_Fates", places: "_Places"
) -> SeenBlock:
    outcome, why = fates.of(block)
    return SeenBlock(
        order=order,
        page=block.page,
        role=block.role,
        label=block.label.printed if block.label is not None else None,
        weight=block.heading,
        level=levels.get(block.index) if block.heading is not None else None,
        section=_shortened(block.path[-1].text, _SHORT) if block.path else None,
        words=_shortened(block.text, _MOST_WORDS),
        style=_style(block),
        places=tuple(places.of(block.lines)),
        runs=tuple(fates.runs.get(block.index, ())),
        outcome=outcome,
        why=why,
    )


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _style(block: Block) -> str:
    style = block.style
    words = [style.font, f"{style.size:g} pt", "bold" * style.bold, "italic" * style.italic]
    return ", ".join(word for word in words if word)


class _Places:
    """Where each line lies on its page as it is seen."""

    def __init__(self, opened: Flow) -> None:
        self.boxes = {
            (page.number, line.start): line.box for page in opened.pages for line in page.lines
        }

    def of(self, lines: Iterable[TextLine]) -> Iterator[Place]:
        """One rectangle for each page and column that the lines stand in."""
        found: dict[tuple[int, int], Box] = {}
        for line in lines:
            key = (line.page, line.column)
            box = self.boxes[line.page, line.start]
            known = found.get(key, box)
            found[key] = Box(
                min(known.left, box.left),
                min(known.top, box.top),
                max(known.right, box.right),
                max(known.bottom, box.bottom),
            )
        for (page, _), box in found.items():
            yield Place(page, box)


class _Fates:
    """What became of each block, found by its index."""

    def __init__(self, found: Found) -> None:
        self.chosen = chosen = found.chosen
        self.sure = {
            id(choice): _sure(share, seen)
            for choice, share, seen in zip(chosen.taken, found.sure, found.seen, strict=False)
        }
        self.taken: dict[int, Choice] = {}
        self.again: dict[int, Choice] = {}
        self.runs: dict[int, list[int]] = {}
        self.opens: dict[int, list[int]] = {}
        self.titles: dict[int, Choice] = {}
        self.rows: dict[tuple[int, int, int], Choice] = {}
        for choice in chosen.taken:
            self.taken |= dict.fromkeys((b.index for b in choice.item.blocks), choice)
            for other in choice.also:
                self.again |= dict.fromkeys((b.index for b in other.blocks), choice)
            self.rows |= dict.fromkeys((_row(b) for b in choice.item.blocks if b.cell), choice)
            for above in _above(choice):
                self.titles.setdefault(above, choice)
        for number, run in enumerate(chosen.runs, start=1):
            for index in dict.fromkeys(b.index for item in run.items for b in item.blocks):
                self.runs.setdefault(index, []).append(number)
            for opener in (run.heading, run.lead):
                if opener is not None:
                    self.opens.setdefault(opener.index, []).append(number)

    def of(self, block: Block) -> tuple[Outcome, str]:
        """The outcome, and the sentence that tells it."""
        index = block.index
        if block.role in _APART and index not in self.taken:
            return "none", _APART[block.role]
        if index in self.taken:
            choice = self.taken[index]
            return "taken", f"Taken{_as(choice)} in run {choice.number}. {self.sure[id(choice)]}"
        if index in self.again:
            first = self.again[index]
            return "again", f"Another printing of what was taken{_as(first)} in run {first.number}."
        if index in self.runs:
            return "missed", _not_taken(self.chosen, self.runs[index])
        if index in self.opens:
            opened = " and ".join(f"run {n}" for n in self.opens[index])
            return "opens", f"It opens {opened}."
        if index in self.titles:
            return "none", f"It stands over what was taken in run {self.titles[index].number}."
        return "none", self._beside(block) or _unseen(block)

    def _beside(self, block: Block) -> str | None:
        """What was taken from the same row of a table, or from the same table."""
        if block.cell is None:
            return None
        row = _row(block)
        if row in self.rows:
            return f"It stands in the row of what was taken{_as(self.rows[row])}."
        runs = {choice.number for at, choice in self.rows.items() if at[:2] == row[:2]}
        return f"It stands in the table of run {min(runs)}." if runs else None


def _sure(share: float, seen: Evidence) -> str:
    """How sure the reader is, with what lowers it and by how much."""
    lower = "; ".join(f"{v.sentence} ({v.weight:+.1f})" for v in confidence.against(seen)[:3])
    return f"{share:.0%} sure{f', although {lower}' if lower else ''}."


def _row(block: Block) -> tuple[int, int, int]:
    """The row of a table that a cell stands in, with its page."""
    table, row, _ = block.cell or (0, 0, 0)
    return (block.page, table, row)


def _above(choice: Choice) -> Iterator[int]:
    """The titles and labels that an entry stands under, where they are no part of it."""
    first = choice.item.blocks[0]
    for heading in first.path:
        if heading.index == first.index - 1 or lexicon.sense(heading.text) is not None:
            yield heading.index
    above = choice.item.node
    while above is not None:
        if above.block.heading is not None:
            yield above.block.index
        above = above.parent


def _as(choice: Choice) -> str:
    return f" as {choice.item.number}" if choice.item.number else ""


def _not_taken(chosen: Chosen, numbers: list[int]) -> str:
    told = []
    for number in numbers:
        against = chosen.runs[number - 1].against
        told.append(
            f"Run {number} was not taken: {against[0].lower()}{against[1:]}"
            if against
            else f"Run {number} was taken without it: it is too short, or part of another entry."
        )
    return " ".join(told)


def _unseen(block: Block) -> str:
    """Why no strategy proposed it."""
    sense = lexicon.sense(block.text) if block.heading is not None else None
    if sense is not None:
        return _SENSES[sense] + ("" if sense == "against" else " No list was found under it.")
    if block.heading is not None:
        return "A heading that says nothing of recommendations."
    elsewhere = surroundings.elsewhere(block.path)
    if elsewhere is not None:
        return elsewhere
    if lexicon.asks(block.text):
        return "It asks for something, but no list, name, table or heading marks it."
    return "Nothing marks it, and it asks for nothing."
