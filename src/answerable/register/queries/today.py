"""What waits in the register: clocks that run out and replies that nobody has read, in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.register.models import Clock, Stands, Undertaking
from answerable.register.queries.listing import SOON
from answerable.register.queries.undertakings import seen_by

MOST = 25
"""Groups that a page lists; what is beyond them is counted, and is in the register's list."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What bodies owe about one report by one day: one recommendation or many, of one or many."""

    report: str
    report_id: int
    due_on: date
    starts_on: date
    basis: str
    bodies: int
    asked: int
    body: str
    body_id: int
    slug: str
    reference: str

    @property
    def is_one(self) -> bool:
        """Whether it is one reply, which can be entered."""
        return self.bodies == 1 and self.asked == 1


@dataclass(frozen=True, slots=True)
class Unread:
    """Replies of one body about one report that wait to be read."""

    body: str
    body_id: int
    report: str
    report_id: int
    reference: str
    count: int
    reply_id: int
    since: date


def _running(person: Person) -> QuerySet[Clock]:
    running = Clock.objects.filter(state=Clock.State.RUNNING)
    return running if is_of_office(person) else running.filter(undertaking__body=person.body_id)


def clocks_running_out(person: Person, today: date, within: int = SOON) -> list[Owed]:
    """What is late or due within so many days, soonest first. One query, however many clocks."""
    if not may(person, Permission.RECOMMENDATION_READ):
        return []
    rows = (
        _running(person)
        .filter(due_on__lte=today + timedelta(days=within))
        .order_by("due_on", "undertaking__recommendation__report__title")
        .values_list(
            "undertaking__recommendation__report__title",
            "undertaking__recommendation__report",
            "due_on",
            "starts_on",
            "basis__name",
        )
        .annotate(
            Count("undertaking__body", distinct=True),
            Count("undertaking__recommendation", distinct=True),
            Min("undertaking__body__name"),
            Min("undertaking__body"),
            Min("undertaking__body__slug"),
            Min("undertaking__recommendation__reference"),
        )
    )
    return [Owed(*row) for row in rows[:MOST]]


def next_last_day(person: Person, today: date) -> date | None:
    """The next day on which a clock runs out, or None."""
    if not may(person, Permission.RECOMMENDATION_READ):
        return None
    found = _running(person).filter(due_on__gte=today)
    return found.order_by("due_on").values_list("due_on", flat=True).first()


def _unread(undertakings: QuerySet[Undertaking]) -> Sequence[Unread]:
    rows = (
        undertakings.filter(stands=Stands.UNREAD, recommendation__withdrawn_at__isnull=True)
        .filter(responses__positions__isnull=True)
        .values_list(
            "body__name", "body", "recommendation__report__title", "recommendation__report"
        )
        .annotate(
            Min("recommendation__reference"),
            Count("pk", distinct=True),
            Min("responses"),
            since=Min("responses__dated_on"),
        )
        .order_by("since", "body__name")
    )
    return [
        Unread(body, pk, title, report, *rest) for body, pk, title, report, *rest in rows[:MOST]
    ]


def replies_to_read(person: Person) -> Sequence[Unread]:
    """Replies whose position ``person`` may read: never those of their own body.

    What was taken from public sources waits for nobody: its position is what a source says, if any.
    """
    if not may(person, Permission.POSITION_READ):
        return []
    asked = seen_by(person).filter(recommendation__paraphrased=False)
    return _unread(asked.exclude(body=person.body_id))


@dataclass(frozen=True, slots=True)
class Ended:
    """A body that has ended, and how much still stands under its name."""

    body: str
    slug: str
    ended_on: date
    count: int


def bodies_that_ended(person: Person, today: date) -> list[Ended]:
    """Bodies whose matters ``person`` may pass on, because they have ended. One query."""
    if not may(person, Permission.UNDERTAKING_ADD):
        return []
    left = Undertaking.objects.filter(
        body__ends_on__lt=today,
        body__successions__isnull=False,
        recommendation__withdrawn_at__isnull=True,
    ).exclude(stands=Stands.PASSED)
    rows = left.values_list("body__name", "body__slug", "body__ends_on").annotate(
        Count("pk", distinct=True)
    )
    return [Ended(*row) for row in rows.order_by("body__ends_on", "body__name")[:MOST]]


def replies_waiting(person: Person) -> Sequence[Unread]:
    """Replies of the person's own body that wait for someone else to read them."""
    if not may(person, Permission.RECOMMENDATION_READ):
        return []
    return _unread(seen_by(person).filter(body=person.body_id))
