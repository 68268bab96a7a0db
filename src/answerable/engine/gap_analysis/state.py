"""The record as a gap analysis reads it: plain values, known by references and slugs only.

Withdrawn recommendations are not in it: they were entered in error and ask for nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

SILENT, UNREAD, NO_RESPONSE, PASSED = "silent", "unread", "no_response", "passed"
ACCEPTED = frozenset({"accepted", "in_part", "in_principle"})
"""Positions by which a body has taken something on."""
DONE = frozenset({"ready_for_assessment", "met_by_other_means"})
"""Rungs by which a body says that it is done."""
ASSURED, PARTLY = "assured", "partly"
STANDS, VOID = "stands", "void"
UNLIKE = "other"
"""The kind of body that says nothing of which others are like it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was asked something. ``areas`` are slugs; ``heirs`` name who followed it, and when."""

    slug: str
    name: str
    kind: str
    ends_on: date | None = None
    areas: frozenset[str] = frozenset()
    heirs: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report of which something was asked."""

    slug: str
    title: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a report asks for: its words as they count, when it was asked, its themes by slug."""

    reference: str
    serial: int
    report: str
    asked_on: date
    number: str = ""
    words: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a body said of its delivery: the rung, and the moment."""

    rung: str
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Opinion:
    """A signed judgement that was not withdrawn, and what it is worth now.

    ``changed`` says in words what made it void. ``elsewhere``: signed at another office.
    """

    judgement: str
    state: str
    at: datetime
    on: date
    changed: tuple[str, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Closure:
    """A closure: how, when, and whether it still stands."""

    how: str
    on: date
    stands: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation × one body, with everything that a rule reads of it.

    ``elsewhere``: known only from a public source. The record says nothing of what became of it, so
    nothing is missing there that could be told; it counts in families, and as asked.
    ``due_on`` is the last day for a reply where a clock was started, ``paused`` whether that waits.
    ``claims`` and ``tested`` are along its line: of this body and those before it. ``actions`` are
    references of what serves it and was not abandoned; ``left`` of what runs in the plan of the
    body before it, and nobody took over.
    """

    recommendation: str
    body: str
    stands: str
    answered_on: date | None = None
    due_on: date | None = None
    paused: bool = False
    tested: bool = False
    claims: tuple[Claim, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    closures: tuple[Closure, ...] = ()
    actions: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def is_passed(self) -> bool:
        """Whether it stands under a successor's name now."""
        return self.stands == PASSED

    @property
    def is_open(self) -> bool:
        """Whether this body still owes something here: neither passed on nor closed."""
        return self.is_ours and not any(one.stands for one in self.closures)

    @property
    def is_ours(self) -> bool:
        """Whether the record follows it under this body's name: not passed on, nor from elsewhere."""
        return not self.is_passed and not self.elsewhere

    @property
    def judgements(self) -> frozenset[str]:
        """The judgements that stand now."""
        return frozenset(one.judgement for one in self.opinions if one.state == STANDS)


@dataclass(frozen=True, slots=True)
class Action:
    """What a body does. ``runs``: neither done nor carried on by a successor.

    ``named``: someone is named who holds its post. ``owner_left``: they can no longer act for it.
    """

    reference: str
    body: str
    runs: bool
    named: bool
    due_on: date | None = None
    funding_ends_on: date | None = None
    owner_left: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A signed link that stands by which two recommendations contradict each other."""

    earlier: str
    later: str
    on: date


@dataclass(frozen=True)
class State:
    """Everything, at one head of the chain, on one day.

    ``families`` are of more than one, each first asked first. ``themes`` gives the name of each
    theme by its slug.
    """

    day: date
    bodies: Mapping[str, Body]
    reports: Mapping[str, Report]
    recommendations: Mapping[str, Recommendation]
    asked: Sequence[Asked]
    actions: Mapping[str, Action]
    contradictions: Sequence[Contradiction] = ()
    families: Sequence[tuple[str, ...]] = ()
    themes: Mapping[str, str] | None = None

    @cached_property
    def of_recommendation(self) -> Mapping[str, list[Asked]]:
        """Of whom each recommendation was asked."""
        found: dict[str, list[Asked]] = defaultdict(list)
        for one in self.asked:
            found[one.recommendation].append(one)
        return found

    @cached_property
    def family(self) -> Mapping[str, tuple[str, ...]]:
        """The family of each recommendation that is in one."""
        return {one: family for family in self.families for one in family}

    def family_reference(self, recommendation: str) -> str | None:
        """By what its family is known: the first asking; None where it stands alone."""
        family = self.family.get(recommendation)
        return family[0] if family else None

    @cached_property
    def contradicting(self) -> Mapping[str, list[tuple[str, date]]]:
        """What each recommendation contradicts, with the day on which that was signed."""
        found: dict[str, list[tuple[str, date]]] = defaultdict(list)
        for link in self.contradictions:
            found[link.earlier].append((link.later, link.on))
            found[link.later].append((link.earlier, link.on))
        return {one: sorted(others) for one, others in found.items()}

    @cached_property
    def lines(self) -> Mapping[str, frozenset[str]]:
        """For each body: itself, those it followed and those that followed it, however far."""
        after = {slug: {heir for heir, _ in body.heirs} for slug, body in self.bodies.items()}
        before: dict[str, set[str]] = defaultdict(set)
        for slug, heirs in after.items():
            for heir in heirs:
                before[heir].add(slug)
        return {slug: reached(slug, after) | reached(slug, before) for slug in self.bodies}

    def name_of(self, body: str) -> str:
        """The name of a body."""
        return self.bodies[body].name

    def has_ended(self, body: str) -> bool:
        """Whether a body no longer exists on the day."""
        ends_on = self.bodies[body].ends_on
        return ends_on is not None and ends_on < self.day


def reached(start: str, beside: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """``start`` and everything that leads on from it."""
    found, waiting = {start}, [start]
    while waiting:
        for one in beside.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return frozenset(found)
