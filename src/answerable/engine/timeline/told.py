"""What a timeline holds, its longest silence, and the same in sentences and in lines."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from answerable.engine.clocks import between, in_words


class Kind(StrEnum):
    """What a mark says: it was asked, one of the four questions was answered, something was decided."""

    ASKED = "asked"
    RESPONSE = "response"
    DELIVERY = "delivery"
    ASSURANCE = "assurance"
    EFFECT = "effect"
    DECISION = "decision"


NAMES = {
    Kind.ASKED: "Asked",
    Kind.RESPONSE: "Response",
    Kind.DELIVERY: "Delivery",
    Kind.ASSURANCE: "Assurance",
    Kind.EFFECT: "Effect",
    Kind.DECISION: "Decision",
}
MISSING = {
    Kind.RESPONSE: "no reply in this record",
    Kind.DELIVERY: "no claim in this record",
    Kind.ASSURANCE: "nobody independent has looked",
    Kind.EFFECT: "no measure yet",
}
"""What a lane without a mark says. A decision is only drawn where there is one."""
UNKNOWN = "what came of it is not in the sources"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was said or done on a day."""

    kind: Kind
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Asking:
    """One time that it was asked: by whom, of whom, and what was said to it since.

    ``when`` says it in words where the day is not known. ``elsewhere``: it is only known from public
    sources, and nobody here would know what came of it.
    """

    reference: str
    on: date
    by: str
    of: str = ""
    marks: tuple[Mark, ...] = ()
    elsewhere: bool = False
    when: str = ""

    @property
    def day(self) -> str:
        """When, in words: the day, or the month or year where no more is known."""
        return self.when or in_words(self.on)

    @property
    def words(self) -> str:
        """When, and who asked whom, in a sentence without its end."""
        whom = f"{self.by} asked {self.of}" if self.of else f"{self.by} asked no body by name"
        return f"{self.reference}, {self.day}: {whom}"

    @property
    def lanes(self) -> tuple[Kind, ...]:
        """What is drawn below it: the four questions always, except where nobody here could know."""
        there = {mark.kind for mark in self.marks}
        known = {} if self.elsewhere else MISSING
        return tuple(kind for kind in Kind if kind in there or kind in known)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every asking, first asked first, until a day."""

    askings: tuple[Asking, ...]
    until: date

    @property
    def first(self) -> date:
        """The day from which its age runs."""
        return min(asking.on for asking in self.askings)

    @property
    def age(self) -> int:
        """Days from the first asking."""
        return max((self.until - self.first).days, 0)


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch of time in which nothing was asked, said, seen or decided.

    ``elsewhere``: some of the askings are only known from public sources, so that nobody here knows
    whether anything happened.
    """

    start: date
    end: date
    lasts: bool
    elsewhere: bool = False

    @property
    def name(self) -> str:
        """What it is: of what is known from public sources alone, only they are silent."""
        return "Longest time without a source" if self.elsewhere else "Longest silence"

    @property
    def days(self) -> int:
        """How long."""
        return (self.end - self.start).days

    @property
    def words(self) -> str:
        """How long, from when to when."""
        lasts = self.lasts and not self.elsewhere
        end = f"{in_words(self.end)}, and it lasts" if lasts else in_words(self.end)
        return f"{between(self.start, self.end)}, from {in_words(self.start)} to {end}"


def silence(timeline: Timeline) -> Silence | None:
    """The longest silence: from one asking, reply, claim, opinion or decision to the next, or to the last day.

    Of two that are as long, the earlier one. None where everything is of one day.
    """
    days = {asking.on for asking in timeline.askings}
    days |= {mark.on for asking in timeline.askings for mark in asking.marks}
    known = sorted({min(day, timeline.until) for day in days if day >= timeline.first})
    gaps = list(pairwise([*known, timeline.until]))
    longest = max(gaps, key=lambda gap: (gap[1] - gap[0]).days, default=None)
    if longest is None or longest[0] == longest[1]:
        return None
    elsewhere = any(asking.elsewhere for asking in timeline.askings)
    return Silence(*longest, lasts=longest is gaps[-1], elsewhere=elsewhere)


def summary(timeline: Timeline) -> str:
    """What the picture shows, in sentences: for whoever cannot see it."""
    times = len(timeline.askings)
    said = [f"Asked {times:,} {'time' if times == 1 else 'times'}."]
    said += [f"{asking.words}." for asking in timeline.askings]
    quiet = silence(timeline)
    if quiet:
        said.append(f"{quiet.name}: {quiet.words}.")
    said.append("The table has everything that was said to each.")
    return " ".join(said)


# --- The same in words ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the picture, as its table has it."""

    on: date
    day: str
    asking: Asking
    kind: Kind
    words: str


def lines(timeline: Timeline) -> list[Line]:
    """Everything in the picture, the oldest first; what nobody answered is not among it."""
    found = []
    for asking in timeline.askings:
        whom = f"{asking.by} asked {asking.of or 'no body by name'}"
        found.append(Line(asking.on, asking.day, asking, Kind.ASKED, whom))
        found += [
            Line(mark.on, in_words(mark.on), asking, mark.kind, mark.words) for mark in asking.marks
        ]
    order = list(Kind)
    return sorted(found, key=lambda line: (line.on, order.index(line.kind)))
