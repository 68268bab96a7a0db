"""What is owed by a date: replies, actions, milestones, closing tests and re-checks that are open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from answerable.accounts.models import Body
from answerable.assurance.models import Closure
from answerable.assurance.queries import closing
from answerable.chasing.models import Chase, Ladder
from answerable.plan.models import Action, Claim, ClosingTest, Milestone, Rung, Service
from answerable.register.models import Clock, Stands, Undertaking

Thing = Clock | Action | Milestone | ClosingTest | Closure
"""What has a date by which somebody owes something."""

COLUMNS: dict[type[Thing], str] = {
    Clock: "clock",
    Action: "action",
    Milestone: "milestone",
    ClosingTest: "closing_test",
    Closure: "closure",
}
LADDERS: dict[type[Thing], Ladder] = {
    Clock: Ladder.CLOCK,
    Action: Ladder.DATE,
    Milestone: Ladder.DATE,
    ClosingTest: Ladder.DATE,
    Closure: Ladder.RECHECK,
}
_ASKED = "undertaking__recommendation__report"


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed by a date."""

    thing: Thing
    due_on: date
    body: Body
    reference: str
    undertaking: Undertaking | None

    @property
    def ladder(self) -> Ladder:
        """Which steps are for it."""
        return LADDERS[type(self.thing)]

    @property
    def column(self) -> str:
        """Where a chase keeps what it is about."""
        return COLUMNS[type(self.thing)]


# --- What is open ---------------------------------------------------------------------------------


def _standing(prefix: str = "undertaking__") -> Q:
    """Not withdrawn, not passed on, and not words of ours about a real body's record."""
    asked = f"{prefix}recommendation__"
    return Q(**{f"{asked}withdrawn_at__isnull": True, f"{asked}paraphrased": False}) & ~Q(
        **{f"{prefix}stands": Stands.PASSED}
    )


def open_clocks() -> QuerySet[Clock]:
    """Clocks that run: nobody has replied."""
    rows = Clock.objects.filter(_standing(), state=Clock.State.RUNNING)
    return rows.select_related("undertaking__body", _ASKED)


def open_actions() -> QuerySet[Action]:
    """Actions with a date that are neither done nor abandoned."""
    rows = Action.objects.filter(
        due_on__isnull=False, done_on__isnull=True, abandoned_at__isnull=True
    )
    return rows.select_related("body")


def open_milestones() -> QuerySet[Milestone]:
    """Milestones that are neither met nor abandoned, of actions that go on."""
    rows = Milestone.objects.filter(
        met_on__isnull=True,
        abandoned_at__isnull=True,
        action__done_on__isnull=True,
        action__abandoned_at__isnull=True,
    )
    return rows.select_related("action__body")


def open_tests() -> QuerySet[ClosingTest]:
    """Standing closing tests of what is neither claimed as ready nor closed."""
    agreed = Q(agreed_for_body_at__isnull=False, agreed_for_office_at__isnull=False)
    newer = ClosingTest.objects.filter(
        agreed, undertaking=OuterRef("undertaking"), version__gt=OuterRef("version")
    )
    claim = Claim.objects.filter(undertaking=OuterRef("undertaking")).order_by("-made_at", "-pk")
    closed = closing.open_closures().filter(undertaking=OuterRef("undertaking"))
    rows = ClosingTest.objects.annotate(said=Subquery(claim.values("rung")[:1])).filter(
        agreed, _standing(), ~Exists(newer), ~Exists(closed)
    )
    put_forward = (Rung.READY, Rung.OTHER_MEANS, Rung.CANNOT)
    return rows.filter(Q(said__isnull=True) | ~Q(said__in=put_forward)).select_related(
        "undertaking__body", _ASKED
    )


def open_closures() -> QuerySet[Closure]:
    """Closures on an opinion, which is looked at again."""
    rows = closing.open_closures().filter(_standing(), opinion__isnull=False)
    return rows.select_related("undertaking__body", _ASKED, "opinion")


def due_of(thing: Thing) -> date | None:
    """By when it is owed now."""
    return closing.recheck_on(thing) if isinstance(thing, Closure) else thing.due_on


def as_owed(thing: Thing, due_on: date) -> Owed:
    """One open thing with whose it is, and the reference by which a subject line names it."""
    if isinstance(thing, Action):
        return Owed(thing, due_on, thing.body, thing.reference, None)
    if isinstance(thing, Milestone):
        return Owed(thing, due_on, thing.action.body, thing.action.reference, None)
    undertaking = thing.undertaking
    reference = undertaking.recommendation.reference
    return Owed(thing, due_on, undertaking.body, reference, undertaking)


def owed_by(day: date) -> Iterator[Owed]:
    """Everything that is open and owed by ``day``, soonest first within its kind."""
    dated: Sequence[QuerySet[Any]] = (
        open_clocks(),
        open_actions(),
        open_milestones(),
        open_tests(),
    )
    for rows in dated:
        for thing in rows.filter(due_on__lte=day).order_by("due_on", "pk"):
            yield as_owed(thing, thing.due_on)
    for closure in open_closures().filter(opinion__recheck_on__lte=day).order_by("pk"):
        due_on = closing.recheck_on(closure)
        if due_on <= day:
            yield as_owed(closure, due_on)


# --- Whether it is still owed ---------------------------------------------------------------------

ENDED: dict[str, str] = {
    "clock": "the clock no longer runs",
    "action": "the action is done or was abandoned",
    "milestone": "the milestone is met or was abandoned",
    "closing_test": "it was put forward, closed or replaced",
    "closure": "it is open again",
}
MOVED = "the date was moved"
REPLIED = "a reply came"


def thing_of(chase: Chase) -> Thing:
    """What a chase is about."""
    found = chase.clock or chase.action or chase.milestone or chase.closing_test or chase.closure
    assert found is not None  # noqa: S101  # a constraint of the table
    return found


def why_ended(chase: Chase) -> str:
    """Why there is nothing to chase any more; nothing where it is still owed by the same day."""
    about = thing_of(chase)
    rows = OPEN[type(about)]()
    now: Thing | None = rows.filter(pk=about.pk).first()
    if now is None:
        stopped = isinstance(about, Clock) and Clock.objects.filter(
            pk=about.pk, state=Clock.State.STOPPED
        )
        return REPLIED if stopped else ENDED[COLUMNS[type(about)]]
    return "" if due_of(now) == chase.due_on else MOVED


OPEN: dict[type[Thing], Callable[[], QuerySet[Any]]] = {
    Clock: open_clocks,
    Action: open_actions,
    Milestone: open_milestones,
    ClosingTest: open_tests,
    Closure: open_closures,
}


# --- Why it was asked -----------------------------------------------------------------------------


def served_by(action: Action) -> list[Undertaking]:
    """What an action serves now, oldest first."""
    rows = Service.objects.filter(action=action, taken_out_at__isnull=True).filter(_standing())
    rows = rows.select_related("undertaking__body", _ASKED).order_by("pk")
    return [service.undertaking for service in rows]


def latest(day: date, days: int) -> date:
    """The last due date that a step of ``days`` after it may concern on ``day``."""
    return day - timedelta(days=days)
