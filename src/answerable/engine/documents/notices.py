"""What a person should look at before trusting the list, the weightiest first."""

import re
from collections.abc import Sequence

from answerable.engine.documents import confidence, runs, second_look, stated
from answerable.engine.documents.choose import Choice
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Run
from answerable.engine.documents.shapes import Notice

_MOST_NAMED = 12
_FIRST = (
    "none_found",
    "unread_pages",
    "count",
    "gap",
    "table",
    "low_agreement",
    "low_confidence",
    "tracked_changes",
)
"""The order in which to look: what may hide whole recommendations before what may be cut wrong."""

_TITLES = re.compile(
    r"\b(?:no\.?|number|ref(?:erence)?|recommendations?|actions?|responsible|responsibility|owner"
    r"|lead|time(?:scale|frame)|deadline|by when|due date|target date|priority|status|response)\b",
    re.I,
)
_WHAT = re.compile(r"\b(?:recommendations?|actions?)\b", re.I)
_ROW_OF_TITLES = 12
_APART = ("finding", "quoted")


def of(
    opened: Flow,
    taken: Sequence[Choice],
    missed: Sequence[Choice],
    said: int | None,
    *,
    reply: bool = False,
    sure: Sequence[float] = (),
) -> tuple[Notice, ...]:
    """All notices for one reading. ``sure`` is how sure the reader is of each entry taken."""
    found = _unread(opened)
    found += _changes(opened)
    found += _gaps(taken)
    found += _count(opened, taken, said)
    if not taken:
        found.append(Notice("none_found", _none_found(opened.paged, reply, said)))
    found += _tables(opened, taken)
    found += _agreement(taken, missed)
    found += _second_look(taken)
    found += _sureness(taken, sure)
    return tuple(sorted(found, key=lambda notice: _FIRST.index(notice.code)))


def _none_found(paged: bool, reply: bool, said: int | None) -> str:
    if said == 0:
        return "The report says that it makes no recommendations, and none was found."
    if reply:
        return "This looks like a reply to recommendations, so none in it was taken for its own."
    where = "choose them on the page" if paged else "add them by hand"
    return f"No recommendations were found. If the report makes some, {where}."


def _unread(opened: Flow) -> list[Notice]:
    if not opened.unread:
        return []
    shown = ", ".join(map(str, opened.unread[:_MOST_NAMED]))
    more = " and others" if len(opened.unread) > _MOST_NAMED else ""
    if len(opened.unread) == 1:
        sentence = (
            f"Page {shown} has no text that can be read. Look at it: it may be blank or a picture."
        )
    else:
        sentence = (
            f"Pages {shown}{more} have no text that can be read. "
            "Look at them: they may be blank or pictures."
        )
    return [Notice("unread_pages", sentence, opened.unread[0])]


def _changes(opened: Flow) -> list[Notice]:
    if not opened.changes:
        return []
    what = "1 tracked change" if opened.changes == 1 else f"{opened.changes:,} tracked changes"
    sentence = f"This Word file holds {what}. It was read as if every change had been accepted."
    return [Notice("tracked_changes", sentence)]


def _gaps(taken: Sequence[Choice]) -> list[Notice]:
    found = []
    for run in _runs(taken):
        entries = [c for c in taken if c.run is run]
        missing = runs.gaps([c.item.number for c in entries]) if run.complete is not True else []
        if missing:
            named = ", ".join(missing[:_MOST_NAMED])
            word = "Number" if len(missing) == 1 else "Numbers"
            verb = "is" if len(missing) == 1 else "are"
            found.append(
                Notice(
                    "gap",
                    f"{word} {named} {verb} missing from the run that begins with "
                    f"{entries[0].item.number}.",
                    entries[0].item.blocks[0].page,
                )
            )
    return found


def _runs(taken: Sequence[Choice]) -> list[Run]:
    seen: dict[int, Run] = {}
    for choice in taken:
        seen.setdefault(id(choice.run), choice.run)
    return list(seen.values())


def _count(opened: Flow, taken: Sequence[Choice], said: int | None) -> list[Notice]:
    own = [c for c in taken if c.run.kind == "recommendation"]
    counts = {f(found) for found in (taken, own) for f in (len, _outermost)}
    if said is None or said in counts:
        return []
    makes = "none" if said == 0 else f"{said:,}"
    found = "1 was" if len(taken) == 1 else f"{len(taken):,} were"
    sentence = f"The report says that it makes {makes}; {found} found here."
    return [Notice("count", sentence, _says(opened, said))]


def _says(opened: Flow, said: int) -> int | None:
    """The page on which the report says how many it makes."""
    telling = (b for b in opened.blocks if stated.count([b]) == said)
    first = next(telling, None)
    return first.page if first is not None and opened.paged else None


def _outermost(found: Sequence[Choice]) -> int:
    """How many there are where "4(a)(ii)" counts as recommendation 4."""
    numbers = [c.item.number for c in found]
    return len({n.split("(")[0] if n else i for i, n in enumerate(numbers)})


def _tables(opened: Flow, taken: Sequence[Choice]) -> list[Notice]:
    """Where a row of titles stands as plain text, the table's columns could not be told apart."""
    if not opened.paged:
        return []
    found = {c.item.blocks[0].page for c in taken}
    pages = [
        b.page for b in opened.blocks if _row_of_titles(b) and not {b.page, b.page + 1} & found
    ]
    if not pages:
        return []
    sentence = (
        f"Page {pages[0]} seems to have a table of recommendations whose columns could not be told "
        "apart. Look for recommendations in it."
    )
    return [Notice("table", sentence, pages[0])]


def _row_of_titles(block: Block) -> bool:
    words = block.text.split()
    if block.cell is not None or not 3 <= len(words) <= _ROW_OF_TITLES:
        return False
    titles = _TITLES.findall(block.text)
    return (
        len({t.lower() for t in titles}) >= 3
        and len(" ".join(titles).split()) >= 0.6 * len(words)
        and _WHAT.search(block.text) is not None
    )


def _agreement(taken: Sequence[Choice], missed: Sequence[Choice]) -> list[Notice]:
    """Where as much was left out as was taken, a person should look at both."""
    near = [c for c in missed if c.run.score >= 0.6]
    if not taken or len(near) < max(3, len(taken)):
        return []
    return [
        Notice(
            "low_agreement",
            f"The report can be read in more than one way: {len(near):,} other passages look "
            f"like recommendations too. They are listed as not taken.",
            near[0].item.blocks[0].page,
        )
    ]


def _second_look(taken: Sequence[Choice]) -> list[Notice]:
    """Where entries were found by weaker signs only, a person should look at each."""
    weaker = [c for c in taken if c.run.strategy == second_look.STRATEGY]
    if not weaker:
        return []
    sentence = (
        f"Too little was plainly announced, so {len(weaker):,} of the {len(taken):,} found here "
        "rest on weaker signs. Check each of them."
    )
    return [Notice("low_agreement", sentence, weaker[0].item.blocks[0].page)]


def _sureness(taken: Sequence[Choice], sure: Sequence[float]) -> list[Notice]:
    """How many entries the reader is less sure of, and where the first of them stands."""
    asked = [(c, s) for c, s in zip(taken, sure, strict=False) if c.run.kind not in _APART]
    low = [choice for choice, share in asked if share < confidence.LOW]
    if not low:
        return []
    number = "1 is" if len(low) == 1 else f"{len(low):,} are"
    sentence = (
        f"Of the {len(taken):,} found here, {number} less than {confidence.LOW:.0%} sure. "
        "Look at these first."
    )
    if len(taken) == 1:
        sentence = f"The only one found here is less than {confidence.LOW:.0%} sure."
    return [Notice("low_confidence", sentence, low[0].item.blocks[0].page)]
