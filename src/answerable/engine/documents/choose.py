"""Which runs are the document's own recommendations, and which are near misses.

A run is kept or dropped whole. The best ones come first; a run that prints again what is already
there gives its places to it; weaker ways of finding are heard only where no list speaks for itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from answerable.engine.documents import dedupe, lexicon, weigh
from answerable.engine.documents.pieces import Piece
from answerable.engine.documents.runs import Item, Run

_SAME = 0.72
_SHORTEST = 12
_FAR = 20
_NAMED = ("named", "registered")


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One entry taken or missed, with its run and the other places where it is printed."""

    item: Item
    run: Run
    number: int
    also: tuple[Item, ...] = ()


@dataclass(slots=True, eq=False)
class _Entry:
    """An entry taken, while other places of it are still being found."""

    item: Item
    run: Run
    number: int
    also: list[Item] = field(default_factory=list)

    def choice(self) -> Choice:
        return Choice(self.item, self.run, self.number, tuple(self.also))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries taken, the near misses, and every run in the order in which it was judged.

    Each run has its ``against`` set where it was not taken; a choice's number counts these runs.
    """

    taken: tuple[Choice, ...]
    missed: tuple[Choice, ...]
    runs: tuple[Run, ...]


class _Taken:
    """What has been taken so far, found again by its words and by its blocks."""

    def __init__(self) -> None:
        self.choices: list[_Entry] = []
        self.words: dict[str, list[int]] = defaultdict(list)
        self.tokens: list[frozenset[str]] = []
        self.blocks: dict[int, _Entry] = {}

    def add(self, choice: _Entry) -> None:
        number = len(self.choices)
        self.choices.append(choice)
        self.tokens.append(dedupe.tokens(choice.item.text))
        for word in self.tokens[-1]:
            self.words[word].append(number)
        for block in choice.item.blocks:
            self.blocks[block.index] = choice

    def beside(self, item: Item) -> _Entry | None:
        """The entry that already has one of the item's blocks."""
        return next((self.blocks[b.index] for b in item.blocks if b.index in self.blocks), None)

    def same(self, item: Item) -> _Entry | None:
        """The entry with almost the same words."""
        words = dedupe.tokens(item.text)
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for number in self.words.get(word, ()):
                shared[number] += 1
        best, found = 0.0, None
        for number, count in shared.items():
            score = count / (len(words) + len(self.tokens[number]) - count)
            printed = self.choices[number].item.number
            if printed is not None and printed == item.number:
                score += 0.15
            if score > best:
                best, found = score, self.choices[number]
        return found if best >= _SAME else None


def choose(proposed: Sequence[Run], stated: int | None = None) -> Chosen:
    """Entries taken, and near misses, both in the order of the document.

    ``stated`` is how many recommendations the document says that it makes.
    """
    ordered = sorted(proposed, key=_rank)
    spoken = any(_speaks(run) for run in ordered)
    good = any(r.score >= weigh.TAKE and r.against is None for r in ordered)
    plain = good or stated == 0 or _far_off(stated, ordered)
    threshold = weigh.TAKE if plain else weigh.TAKE_IF_NOTHING_BETTER
    taken = _Taken()
    missed: list[Choice] = []
    judged: list[Run] = []
    for number, proposal in enumerate(ordered, start=1):
        fresh = _fresh(proposal, taken)
        against = _against(proposal, fresh, taken, threshold, spoken or stated == 0)
        run = replace(proposal, against=against)
        judged.append(run)
        if against is None:
            _take(run, number, fresh, taken)
        else:
            missed += [Choice(item, run, number) for item in fresh]
    missed = [m for m in missed if taken.beside(m.item) is None]
    found = [entry.choice() for entry in taken.choices]
    return Chosen(
        tuple(sorted(found, key=_place)), tuple(sorted(_once(missed), key=_place)), tuple(judged)
    )


def _far_off(stated: int | None, proposed: Sequence[Run]) -> bool:
    """Whether so many are spoken of that these can only be told again, as in a yearly report."""
    found = sum(len(run.items) for run in proposed if run.against is None)
    return stated is not None and stated > _FAR * max(1, found)


def _rank(run: Run) -> tuple[float, int]:
    """The surest runs first; of entries that name themselves the printing that holds most."""
    size = len(run.items) if run.strategy in _NAMED else 0
    return -round(run.score + weigh.PRECEDENCE.get(run.strategy, 0.0), 6), -size


def _take(run: Run, number: int, fresh: list[Item], taken: _Taken) -> None:
    for item in fresh:
        again = taken.same(item)
        if again is not None and (again.run is not run or _printed_twice(again.item, item)):
            again.also.append(item)
        else:
            taken.add(_Entry(item, run, number))


def _speaks(run: Run) -> bool:
    """Whether it is a list that nobody would doubt: numbered without gaps, or a titled table."""
    if run.score < weigh.STRONG or run.against is not None:
        return False
    return run.strategy in ("table", "registered") or (run.whole and len(run.items) >= 3)


def _fresh(run: Run, taken: _Taken) -> list[Item]:
    """The entries that are not there yet; other places of what is there are noted beside it."""
    fresh = []
    for item in run.items:
        if len(item.text) < _SHORTEST or taken.beside(item) is not None:
            continue
        same = taken.same(item)
        if same is None:
            fresh.append(item)
        else:
            same.also.append(item)
    return fresh


def _against(
    run: Run, fresh: list[Item], taken: _Taken, threshold: float, spoken: bool
) -> str | None:
    if run.against is not None:
        return run.against
    if run.score < threshold:
        return "The signs for it are weak."
    if len(fresh) < 0.75 * len(run.items) and taken.choices and not _goes_on(run, fresh, taken):
        return "It stands beside another printing of the list, but not in the list itself."
    if spoken and run.score < weigh.STRONG and not _in_same_section(run, taken):
        return "The report has a list of recommendations that is clearer than this."
    return None


def _in_same_section(run: Run, taken: _Taken) -> bool:
    """Whether a section of recommendations has two lists, of which the clearer one is taken."""
    above = run.heading.path[-1:] if run.heading is not None else ()
    return run.score >= weigh.TAKE + 0.1 and any(
        lexicon.sense(heading.text) == "own"
        and any(heading in c.item.blocks[0].path for c in taken.choices)
        for heading in above
    )


def _goes_on(run: Run, fresh: list[Item], taken: _Taken) -> bool:
    """Whether what is new are further numbers of entries that name themselves."""
    known = {c.item.number for c in taken.choices if c.run.strategy == run.strategy}
    own = run.strategy in _NAMED and run.score >= weigh.STRONG
    return own and all(item.number is not None and item.number not in known for item in fresh)


def _once(missed: list[Choice]) -> list[Choice]:
    seen: set[tuple[Piece, ...]] = set()
    kept = []
    for choice in missed:
        first = choice.item.blocks[0].pieces[:1]
        if first not in seen:
            seen.add(first)
            kept.append(choice)
    return kept


def _printed_twice(a: Item, b: Item) -> bool:
    """Within a run entries may be alike and still be two: "The X Board reports …" for each."""
    if a.number is not None or b.number is not None:
        return a.number == b.number
    return dedupe.tokens(a.text) == dedupe.tokens(b.text)


def _place(choice: Choice) -> int:
    return choice.item.blocks[0].index
