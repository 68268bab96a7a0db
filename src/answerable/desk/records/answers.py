"""One body's answer as a page shows it: the four questions, what is next, and what may be done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, may
from answerable.assurance.queries.course import Course
from answerable.assurance.queries.four import FourAnswers
from answerable.assurance.queries.told import told_of
from answerable.desk.records.clocks import ClockShown
from answerable.desk.records.four import four_shown, with_links
from answerable.desk.records.next import next_words
from answerable.desk.records.offers import Offer, offer, why_not
from answerable.desk.records.replies import ReplyShown
from answerable.html.times import day_words, plural
from answerable.register.models import Clock, Response, Stands, Undertaking
from answerable.register.queries.answers import clock_in
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory
from answerable.register.rules import clocks as clock_rules
from answerable.register.rules import responses as response_rules
from answerable.register.rules import undertakings as undertaking_rules


@dataclass(frozen=True)
class AnswerShown:
    """One body's answer, as the page shows it to ``person``."""

    undertaking: Undertaking
    person: Person
    today: date
    answers: FourAnswers
    course: Course

    @property
    def href(self) -> str:
        """Its own page."""
        return reverse("desk:undertaking", args=self._place)

    @property
    def _place(self) -> list[str]:
        return [self.undertaking.recommendation.reference, self.undertaking.body.slug]

    @property
    def line(self) -> list[Undertaking]:
        """This undertaking, and the one it was passed on from."""
        return _line(self.undertaking)

    @cached_property
    def replies(self) -> list[ReplyShown]:
        """Replies, newest first, those of the body before it too."""
        asked = words_of(self.undertaking.recommendation)
        found = [r for u in self.line for r in u.responses.all()]
        found.sort(key=lambda r: (r.dated_on, r.entered_at), reverse=True)
        return [ReplyShown(r, asked, self._read_offer(r)) for r in found]

    def _read_offer(self, reply: Response) -> Offer | None:
        if reply.undertaking_id == self.undertaking.pk:
            reply.undertaking = self.undertaking
        press = "Read the position again" if reply.positions.all() else "Read the position"
        href = reverse("desk:read_position", args=[reply.pk])
        check = partial(response_rules.check_may_read, self.person, reply)
        return offer(self.person, Permission.POSITION_READ, press, href, check)

    @cached_property
    def clock(self) -> ClockShown | None:
        """Its clock, with the changes made before it was passed on."""
        return clock_shown(self.undertaking, self.today)

    @cached_property
    def _heirs(self) -> list[Body]:
        if self.undertaking.stands != Stands.PASSED:
            return []
        return [u.body for u in self.undertaking.passed_to.select_related("body")]

    @property
    def heir(self) -> str:
        """The successor that it was passed to, if it was."""
        return self._heirs[0].name if self._heirs else ""

    @property
    def heir_href(self) -> str:
        """The successor's answer."""
        reference = self.undertaking.recommendation.reference
        place = [reference, self._heirs[0].slug] if self._heirs else []
        return reverse("desk:undertaking", args=place) if place else ""

    @cached_property
    def four(self) -> dict[str, Any]:
        """The four questions, each with its own answer, and where to read more of it."""
        links = {"response": ("", ""), "assurance": (self._opinion_href, "Read the opinion")}
        if self.undertaking.stands == Stands.PASSED:
            links["response"] = (self.heir_href, "See its answer")
        elif self.replies:
            links["response"] = (f"{self.href}#reply-{self.replies[0].reply.pk}", "Read the reply")
        if not self.answers.assurance.history:
            del links["assurance"]
        four = with_links(four_shown(self.answers), links)
        if self.undertaking.stands == Stands.SILENT:
            four["response"]["note"] = self._silence()
        return four

    @property
    def _opinion_href(self) -> str:
        return reverse("desk:opinion", args=self._place)

    def _silence(self) -> str:
        clock = self.clock
        if clock is None:
            return "No clock runs for it"
        if clock.clock.state == Clock.State.PAUSED:
            return "The clock is paused"
        if clock.is_late:
            return f"Due {day_words(clock.clock.due_on)}: {_late(clock)} late"
        return f"Due by {day_words(clock.clock.due_on)}"

    @property
    def next(self) -> str:
        """What happens next, in one sentence."""
        if self.undertaking.stands == Stands.PASSED:
            return f"{self.heir} answers for this now."
        if self.undertaking.stands in (Stands.SILENT, Stands.NO_RESPONSE):
            return self._next_reply(self.undertaking.body.name)
        return next_words(self.undertaking, self.answers, self.course, self.today)

    def _next_reply(self, name: str) -> str:
        clock = self.clock
        if clock is None:
            return f"{name} has not replied. Nothing says by when it must."
        if clock.clock.state == Clock.State.PAUSED:
            return f"{name} has not replied. The clock stands still until it is resumed."
        due = day_words(clock.clock.due_on)
        if clock.is_late:
            return f"{name} should have replied by {due}. It is {_late(clock)} late."
        return f"{name} must reply by {due}."

    @property
    def reply_offer(self) -> Offer | None:
        """Enter a reply."""
        press = "Enter another reply" if self.undertaking.responses.all() else "Enter the reply"
        check = partial(response_rules.check_may_log, self.person, self.undertaking)
        href = reverse("desk:log_reply", args=self._place)
        return offer(self.person, Permission.RESPONSE_LOG, press, href, check)

    @property
    def read_offer(self) -> Offer | None:
        """Read the newest reply, if nobody has."""
        if self.undertaking.stands != Stands.UNREAD:
            return None
        return self.replies[0].read

    @property
    def clock_offers(self) -> list[Offer]:
        """What can be done to the clock now."""
        return list(self._clock_offers())

    def _clock_offers(self) -> Iterator[Offer]:
        clock = clock_in(self.undertaking)
        if not may(self.person, Permission.CLOCK_CHANGE):
            return
        if clock is None:
            check = partial(clock_rules.check_may_start, self.person, self.undertaking)
            yield from self._allowed("Start a clock", "desk:start_clock", check)
            return
        clock.undertaking = self.undertaking
        for press, name, rule in CLOCK_ACTS:
            yield from self._allowed(press, name, partial(rule, self.person, clock))

    def _allowed(self, press: str, name: str, check: Callable[[], object]) -> Iterator[Offer]:
        if not why_not(check):
            yield Offer(press, reverse(name, args=self._place))

    @property
    def pass_offer(self) -> Offer | None:
        """Pass it to the successor, where the body has ended."""
        body = self.undertaking.body
        if body.ends_on is None or self.undertaking.stands == Stands.PASSED:
            return None
        href = reverse("desk:pass_on", args=self._place)
        check = partial(undertaking_rules.check_may_pass, self.person, self.undertaking)
        return offer(self.person, Permission.UNDERTAKING_ADD, "Pass to the successor", href, check)


CLOCK_ACTS: tuple[tuple[str, str, Callable[[Person, Clock], None]], ...] = (
    ("Extend it", "desk:extend_clock", clock_rules.check_may_extend),
    ("Pause it", "desk:pause_clock", clock_rules.check_may_pause),
    ("Let it run again", "desk:resume_clock", clock_rules.check_may_resume),
    ("Record the official date", "desk:date_clock", clock_rules.check_may_date),
)
"""What may be done to a clock, the page where it is done, and the rule that page asks too."""


def _late(clock: ClockShown) -> str:
    return plural((clock.today - clock.clock.due_on).days, "day")


def _line(undertaking: Undertaking) -> list[Undertaking]:
    earlier = undertaking.passed_from
    return [undertaking, earlier] if earlier else [undertaking]


def clock_shown(undertaking: Undertaking, today: date) -> ClockShown | None:
    """The clock of an undertaking, with the changes made before it was passed on."""
    clock = clock_in(undertaking)
    if clock is None:
        return None
    clock.undertaking = undertaking
    clocks = [c for u in _line(undertaking) if (c := clock_in(u))]
    changes = [change for c in clocks for change in c.changes.all()]
    return ClockShown(clock, today, sorted(changes, key=lambda c: (c.at, c.pk)))


def answers_shown(
    undertakings: Sequence[Undertaking], person: Person, today: date, memory: Memory
) -> list[AnswerShown]:
    """Each as ``person`` is shown it, in their order.

    The four answers and the course follow from the record alone, so they are worked out once for
    all readers, until the next event.
    """
    keys = tuple(one.pk for one in undertakings)
    told = memory.of(("told", keys), lambda: told_of(undertakings))
    return [
        AnswerShown(one, person, today, told[one.pk].four, told[one.pk].course)
        for one in undertakings
    ]
