"""One body's answer as a page shows it: the four questions, what is next, and what may be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, may
from answerable.desk.records.clocks import ClockShown
from answerable.desk.records.offers import Offer, offer, why_not
from answerable.desk.records.replies import ReplyShown
from answerable.html.times import day_words, plural
from answerable.register.models import Clock, Response, Stands, Undertaking
from answerable.register.queries.answers import clock_in
from answerable.register.queries.recommendations import words_of
from answerable.register.rules import clocks as clock_rules
from answerable.register.rules import responses as response_rules
from answerable.register.rules import undertakings as undertaking_rules

NOT_YET = {
    "delivery": {
        "answer": "Nothing recorded",
        "note": "No claim that it was done is recorded here yet",
        "sign": "silent",
    },
    "assurance": {
        "answer": "Nothing recorded",
        "note": "No look by anyone independent is recorded here yet",
    },
    "effect": {"answer": "Nothing recorded", "note": "No measure of it is recorded here yet"},
}
"""The three questions that this record cannot answer yet, said so."""


@dataclass(frozen=True)
class AnswerShown:
    """One body's answer, as the page shows it to ``person``."""

    undertaking: Undertaking
    person: Person
    today: date

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
        earlier = self.undertaking.passed_from
        return [self.undertaking, earlier] if earlier else [self.undertaking]

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
        clock = clock_in(self.undertaking)
        if clock is None:
            return None
        clock.undertaking = self.undertaking
        clocks = [c for u in self.line if (c := clock_in(u))]
        changes = [change for c in clocks for change in c.changes.all()]
        return ClockShown(clock, self.today, sorted(changes, key=lambda c: (c.at, c.pk)))

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

    @property
    def response(self) -> dict[str, Any]:
        """The first of the four questions, answered."""
        stands = Stands(self.undertaking.stands)
        if stands == Stands.PASSED:
            return {"answer": f"Passed to {self.heir}", "href": self.heir_href, "sign": "silent"}
        if stands == Stands.SILENT:
            return {"answer": "No reply", "sign": "silent", "note": self._silence()}
        newest = self.replies[0]
        dated = f"{newest.reply.undertaking.body.name}, {day_words(newest.reply.dated_on)}"
        label = str(stands.label)
        answer = "Replied, not yet read" if stands == Stands.UNREAD else label
        return {
            "answer": answer[:1].upper() + answer[1:],
            "by": dated,
            "href": f"{self.href}#reply-{newest.reply.pk}",
            "link": "Read the reply",
        }

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
    def four(self) -> dict[str, dict[str, Any]]:
        """All four questions: what is not recorded yet says so."""
        return {"response": self.response, **NOT_YET}

    @property
    def next(self) -> str:
        """What happens next, in one sentence."""
        name, stands = self.undertaking.body.name, self.undertaking.stands
        if stands == Stands.PASSED:
            return f"{self.heir} answers for this now."
        if stands == Stands.UNREAD:
            return f"The reply of {name} waits for the office to read what position it takes."
        if stands in (Stands.SILENT, Stands.NO_RESPONSE):
            return self._next_reply(name)
        if stands in (Stands.REJECTED, Stands.ANOTHERS):
            return "Nothing more is recorded here yet. What was asked stays on the record."
        return f"{name} says what it will do, and by when. That is not recorded here yet."

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
