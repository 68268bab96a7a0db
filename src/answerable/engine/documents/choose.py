"""Which runs are the document's own recommendations, and which are near misses."""

from collections import defaultdict
from dataclasses import dataclass, field

from answerable.engine.documents import dedupe, runs
from answerable.engine.documents.runs import Item, Run

_TAKE = 0.55
_SAME = 0.72
_ORDER = {"named": 0.04, "table": 0.03, "section": 0.02, "registered": 0.03, "lead-in": 0.0}


@dataclass(slots=True)
class Choice:
    """One entry chosen, with its run and the other places where it is printed."""

    item: Item
    run: Run
    number: int
    also: list[Item] = field(default_factory=list)


def choose(proposed: list[Run]) -> tuple[list[Choice], list[Choice]]:
    """Entries taken, and near misses, both in the order of the document."""
    ordered = sorted(proposed, key=lambda r: -(r.score + _ORDER.get(r.strategy, 0.0)))
    taken: list[Choice] = []
    missed: list[Choice] = []
    index: dict[str, list[Choice]] = defaultdict(list)
    claimed: set[int] = set()
    best = ordered[0].score if ordered else 0.0
    complete = any(_complete(r) for r in ordered if r.score >= best - 0.1)
    for number, run in enumerate(ordered, start=1):
        keep = _keeps(run, complete, best)
        for item in run.items:
            same = _same(item, index)
            if same is not None:
                if not _overlaps(item, same.item):
                    same.also.append(item)
                continue
            if any(b.index in claimed for b in item.blocks):
                continue
            choice = Choice(item, run, number)
            if keep:
                taken.append(choice)
                claimed.update(b.index for b in item.blocks)
                for word in dedupe.tokens(item.text):
                    index[word].append(choice)
            else:
                missed.append(choice)
    return sorted(taken, key=_place), sorted(missed, key=_place)


def _complete(run: Run) -> bool:
    numbers = [n for n in run.numbers if n]
    return len(numbers) >= 3 and len(numbers) == len(run.items) and not runs.gaps(run.numbers)


def _keeps(run: Run, complete: bool, best: float) -> bool:
    if run.score < (0.4 if best < _TAKE else _TAKE):
        run.against = run.against or "The signs for it are weak."
        return False
    if complete and run.strategy in ("lead-in", "sentence") and run.score < best:
        run.against = "The report has a numbered list of its own elsewhere."
        return False
    return True


def _same(item: Item, index: dict[str, list[Choice]]) -> Choice | None:
    words = dedupe.tokens(item.text)
    counts: dict[int, int] = defaultdict(int)
    by_id: dict[int, Choice] = {}
    for word in words:
        for choice in index.get(word, ()):
            counts[id(choice)] += 1
            by_id[id(choice)] = choice
    best: tuple[float, Choice] | None = None
    for key, shared in counts.items():
        choice = by_id[key]
        other = dedupe.tokens(choice.item.text)
        score = shared / (len(words) + len(other) - shared)
        if choice.item.number and choice.item.number == item.number:
            score += 0.15
        if best is None or score > best[0]:
            best = score, choice
    return best[1] if best is not None and best[0] >= _SAME else None


def _overlaps(a: Item, b: Item) -> bool:
    return bool({x.index for x in a.blocks} & {x.index for x in b.blocks})


def _place(choice: Choice) -> int:
    return choice.item.blocks[0].index
