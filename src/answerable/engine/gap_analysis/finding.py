"""What a rule gives for one gap, before it is put in order and told."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from answerable.engine.clocks import in_words
from answerable.engine.gap_analysis.content import Fact
from answerable.engine.gap_analysis.state import Asked, State


@dataclass(frozen=True, slots=True)
class Found:
    """A gap as its rule found it: of which undertaking, why, on what, and since when."""

    recommendation: str
    body: str
    because: str
    evidence: tuple[Fact, ...] = ()
    since: date | None = None
    theme: str | None = None


Why = tuple[str, tuple[Fact, ...], date | None]
"""Why one undertaking has a gap: the sentence, what it rests on, since when."""
Look = Callable[[State, Asked], Why | None]
Rule = Callable[[State], Iterable[Found]]


def each(look: Look) -> Rule:
    """A rule that looks at every undertaking that is open, one by one."""

    def found(state: State) -> Iterator[Found]:
        for asked in state.asked:
            if asked.is_open and (why := look(state, asked)) is not None:
                yield Found(asked.recommendation, asked.body, *why)

    return found


def each_ever(look: Look) -> Rule:
    """A rule that looks at every undertaking that the record follows, closed ones too."""

    def found(state: State) -> Iterator[Found]:
        for asked in state.asked:
            if asked.is_ours and (why := look(state, asked)) is not None:
                yield Found(asked.recommendation, asked.body, *why)

    return found


def on_day(day: date | None) -> str:
    """``on 3 May 2025``, or nothing where no day is known."""
    return f"on {in_words(day)}" if day else ""


def listed(things: Iterable[str]) -> str:
    """``A, B and C``."""
    every = list(things)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """``1 action``, ``2 actions``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
