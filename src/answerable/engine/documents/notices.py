"""What a person should look at before trusting the list."""

from collections.abc import Sequence

from answerable.engine.documents import runs
from answerable.engine.documents.choose import Choice
from answerable.engine.documents.flow import Flow
from answerable.engine.documents.runs import Run
from answerable.engine.documents.shapes import Notice

_MOST_NAMED = 12


def of(
    opened: Flow,
    taken: Sequence[Choice],
    missed: Sequence[Choice],
    stated: int | None,
    *,
    reply: bool = False,
) -> tuple[Notice, ...]:
    """All notices for one reading."""
    found = _unread(opened)
    found += _changes(opened)
    found += _gaps(taken)
    found += _count(taken, stated)
    if not taken and stated != 0:
        found.append(Notice("none_found", _none_found(opened.paged, reply)))
    return tuple(found + _agreement(taken, missed))


def _none_found(paged: bool, reply: bool) -> str:
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


def _count(taken: Sequence[Choice], stated: int | None) -> list[Notice]:
    own = [c for c in taken if c.run.kind == "recommendation"]
    counts = {f(found) for found in (taken, own) for f in (len, _outermost)}
    if stated is None or stated in counts:
        return []
    said = "none" if stated == 0 else f"{stated:,}"
    found = "1 was" if len(taken) == 1 else f"{len(taken):,} were"
    return [Notice("count", f"The report says that it makes {said}; {found} found here.")]


def _outermost(found: Sequence[Choice]) -> int:
    """How many there are where "4(a)(ii)" counts as recommendation 4."""
    numbers = [c.item.number for c in found]
    return len({n.split("(")[0] if n else i for i, n in enumerate(numbers)})


def _agreement(taken: Sequence[Choice], missed: Sequence[Choice]) -> list[Notice]:
    """Where as much was left out as was taken, a person should look at both."""
    near = [c for c in missed if c.run.score >= 0.6]
    if not taken or len(near) < max(3, len(taken)):
        return []
    return [
        Notice(
            "low_agreement",
            f"The report can be read in more than one way: {len(near):,} other passages look "
            f"like recommendations "
            "too. They are listed as not taken.",
        )
    ]
