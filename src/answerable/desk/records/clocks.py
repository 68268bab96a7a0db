"""A clock as a page shows it: every date that was ever promised, and why it moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answerable.desk.records.offers import name_of
from answerable.engine import clocks as engine
from answerable.html.times import day_words, due_words, plural
from answerable.register.models import Basis, Clock, ClockChange
from answerable.register.queries.clocks import limit_of

UNIT_NOUNS = {"calendar_days": "day", "working_days": "working day", "months": "month"}


@dataclass(frozen=True, slots=True)
class Moved:
    """One date that was promised, and how it came to be; none while the clock stands still."""

    on: date | None
    set_on: date
    why: str
    by: str
    stands: bool


def basis_words(basis: Basis) -> str:
    """The time limit in words: "56 days beginning with the day of publication"."""
    first = "beginning with" if basis.first_day_counts else "from"
    day = {"publication": "the day of publication", "receipt": "the day of receipt"}
    from_ = day.get(basis.starts_from, "the day it was made")
    return f"{plural(basis.length, UNIT_NOUNS[basis.unit])} {first} {from_}"


def _change_words(change: ClockChange, basis: Basis) -> str:
    return {
        "extended": f"Extended by {plural(change.days, UNIT_NOUNS[basis.unit])}",
        "paused": f"Paused from {day_words(change.on)}",
        "resumed": f"Runs again from {day_words(change.on)}",
        "dated": "Official date, as the source gives it",
    }[change.what]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock with every date that it ever had."""

    clock: Clock
    today: date
    changes: Sequence[ClockChange]

    @property
    def basis_words(self) -> str:
        """On what it runs, in words, with the day it is counted from."""
        return f"{basis_words(self.clock.basis)}, {day_words(self.clock.starts_on)}"

    @property
    def is_late(self) -> bool:
        """Whether it still runs and its last day has passed."""
        return self.clock.state == Clock.State.RUNNING and engine.is_late(
            self.clock.due_on, self.today
        )

    @property
    def due_words(self) -> str:
        """How long is left, or how late it is."""
        return due_words(self.clock.due_on, self.today)

    @property
    def runs(self) -> bool:
        """Whether it runs."""
        return self.clock.state == Clock.State.RUNNING

    @property
    def stopped_late(self) -> int:
        """How many days after the last one the reply came; nothing if it was in time."""
        stopped = self.clock.stopped_on
        return max(0, (stopped - self.clock.due_on).days) if stopped else 0

    @property
    def differs(self) -> bool:
        """Whether the source gives another day than the law does by our count."""
        official = self.clock.official_on
        return official is not None and official != self.clock.computed_on

    @property
    def first_counted(self) -> date:
        """The first day that counts."""
        return engine.first_day(limit_of(self.clock.basis), self.clock.starts_on)

    @property
    def dates(self) -> list[Moved]:
        """Every last day there ever was, oldest first; the newest stands."""
        clock = self.clock
        rows: list[tuple[date | None, date, str, str]] = [
            (clock.first_computed_on, clock.starts_on, "As first counted", ""),
            *(self._row(change) for change in self.changes),
        ]
        newest = len(rows) - 1
        return [Moved(*row, stands=at == newest) for at, row in enumerate(rows)]

    def _row(self, change: ClockChange) -> tuple[date | None, date, str, str]:
        why = f"{_change_words(change, self.clock.basis)}: {change.reason}"
        last = None if change.what == ClockChange.What.PAUSED else change.due_after
        return (last, change.at.date(), why, name_of(change.by))

    @property
    def moved_words(self) -> str:
        """How far the last day has moved in all."""
        days = (self.clock.due_on - self.clock.first_computed_on).days
        moved = sum(change.due_after != change.due_before for change in self.changes)
        if not moved:
            return ""
        times = {1: "once", 2: "twice"}.get(moved, f"{moved} times")
        way = "later" if days > 0 else "earlier"
        return f"Moved {times}. {plural(abs(days), 'day')} {way} than first counted."
