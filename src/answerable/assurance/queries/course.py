"""Where each undertaking is on its way, and the facts that stand beside its four answers.

That something is closed, came back, was superseded or had its dates moved is no fifth answer: each
is a sentence of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from answerable.assurance.models import Closure, Judgement, Opinion, Reopening
from answerable.engine.clocks import in_words
from answerable.plan.models import Action, ClosingTest
from answerable.plan.queries.closing_tests import is_agreed, is_open
from answerable.register.models import Undertaking

TIMES = ("never", "once", "twice", "three times", "four times", "five times", "six times")


def times_words(number: int) -> str:
    """How often, in words while they are short."""
    return TIMES[number] if number < len(TIMES) else f"{number:,} times"


@dataclass(frozen=True, slots=True)
class Closed:
    """That it is closed: since when, on what, and the reason that was given."""

    on: date
    how: str
    by: str
    reason: str
    recheck_on: date | None = None

    @property
    def how_words(self) -> str:
        """On what."""
        return str(Closure.How(self.how).label)

    @property
    def sentence(self) -> str:
        """When, and on what."""
        return f"Closed on {in_words(self.on)} as {self.how_words}."


@dataclass(frozen=True, slots=True)
class Course:
    """What was agreed, planned, handed in and closed for one undertaking, and how often it moved.

    ``waits_for`` is the side whose word a proposed closing test waits for; ``next_due`` the
    reference and the day of the action that is due soonest; ``looked_since`` whether anyone looked
    since it last came back.
    """

    has_test: bool = False
    waits_for: str = ""
    actions: int = 0
    next_due: tuple[str, date] | None = None
    evidence: int = 0
    closed: Closed | None = None
    reopened: int = 0
    looked_since: bool = True
    moved: int = 0
    superseded_by: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """What must stand beside the four answers, a sentence each."""
        said = []
        if self.closed:
            said.append(self.closed.sentence)
        if self.reopened:
            said.append(f"Closed and opened again {times_words(self.reopened)}.")
        if self.superseded_by:
            said.append(f"Superseded by {' and '.join(self.superseded_by)}.")
        if self.supersedes:
            said.append(f"It supersedes {' and '.join(self.supersedes)}, and is no younger for it.")
        if self.moved:
            said.append(f"Dates moved {times_words(self.moved)}.")
        return tuple(said)


def put_together(
    undertaking: Undertaking,
    *,
    tests: Sequence[ClosingTest],
    actions: Sequence[Action],
    evidence: int,
    opinions: Sequence[Opinion],
    closures: Sequence[Closure],
    reopened: Mapping[int, Reopening],
    moved: int,
    superseded_by: tuple[str, ...],
    supersedes: tuple[str, ...],
) -> Course:
    """The course, from what was read of its whole line, each oldest first.

    ``actions`` are those that serve it now and were not abandoned, ``evidence`` how much is offered,
    ``reopened`` the reopenings by what they undid, ``moved`` how often a date was moved.
    """
    return Course(
        has_test=any(is_agreed(test) for test in tests),
        waits_for=_waits_for(tests),
        actions=len(actions),
        next_due=_next_due(actions),
        evidence=evidence,
        closed=_closed(undertaking, opinions, closures, reopened),
        reopened=sum(closure.pk in reopened for closure in closures),
        looked_since=_looked_since(opinions, closures, reopened),
        moved=moved,
        superseded_by=superseded_by,
        supersedes=supersedes,
    )


def _waits_for(tests: Sequence[ClosingTest]) -> str:
    waiting = [test for test in tests if is_open(test)]
    if not waiting:
        return ""
    return "office" if waiting[-1].agreed_for_office_at is None else "body"


def _looked_since(
    opinions: Sequence[Opinion], closures: Sequence[Closure], reopened: Mapping[int, Reopening]
) -> bool:
    """Whether an opinion was signed since it last came back, if it did."""
    back = [reopened[closure.pk].at for closure in closures if closure.pk in reopened]
    return not back or any(o.signed_at > max(back) and not o.withdrawn_at for o in opinions)


def _next_due(actions: Sequence[Action]) -> tuple[str, date] | None:
    due = [(a.due_on, a.serial, a.reference) for a in actions if a.due_on and not a.done_on]
    soonest = min(due, default=None)
    return (soonest[2], soonest[0]) if soonest else None


def _closed(
    undertaking: Undertaking,
    opinions: Sequence[Opinion],
    closures: Sequence[Closure],
    reopened: Mapping[int, Reopening],
) -> Closed | None:
    """The closure of its own that nobody has reopened."""
    own = [c for c in closures if c.undertaking_id == undertaking.pk and c.pk not in reopened]
    if not own:
        return None
    [closure] = own
    on, by = timezone.localdate(closure.at), closure.by.name
    return Closed(on, closure.how, by, closure.reason, _recheck_on(closure, opinions))


def _recheck_on(closure: Closure, opinions: Sequence[Opinion]) -> date | None:
    """As :func:`closing.recheck_dates` has it: by the newest opinion, where it says *assured*."""
    if closure.opinion_id is None:
        return None
    own = next(o for o in opinions if o.pk == closure.opinion_id)
    kept = [o for o in opinions if o.undertaking_id == own.undertaking_id and not o.withdrawn_at]
    newest = kept[-1] if kept else own
    return (newest if newest.judgement == Judgement.ASSURED else own).recheck_on
