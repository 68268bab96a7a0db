"""One answer's life in any order: whatever people do, what is kept in step agrees with what was done."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.engine import clocks as engine
from answerable.register.actions.clocks import date_clock, extend_clock, pause_clock, resume_clock
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Clock, ClockChange, Position, Recommendation, Response
from answerable.register.queries import clocks, undertakings
from answerable.register.queries.recommendations import words_of
from answerable.reports.models import Report

DAYS_AGO = st.integers(-3, 60)


class _Undone(Exception):
    """Leaves a savepoint, so that each run begins with the same world."""


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)


class Life(RuleBasedStateMachine):
    """Rosa, Omar and Cass act on one undertaking; a refusal changes nothing."""

    rosa: Person
    omar: Person
    cass: Person
    report: Report
    force: Body

    @initialize(ago=st.integers(0, 60))
    def enter(self, ago: int) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        made = enter_recommendation(
            by=self.rosa,
            report=self.report,
            words="Record it.",
            bodies=[(self.force, "")],
            starts_on=day(ago),
        )
        self.key = made.pk
        self.corrections = self.replies = self.readings = self.changes = 0
        self.words = "Record it."

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.atomic.__exit__(_Undone, _Undone(), None)

    # --- What is there now

    @property
    def recommendation(self) -> Recommendation:
        return Recommendation.objects.get(pk=self.key)

    @property
    def clock(self) -> Clock:
        return Clock.objects.get(undertaking__recommendation=self.key)

    def tried(self, act: Callable[..., object], **given: object) -> bool:
        """Whether it was done; a refusal must leave no trace."""
        head = audit.head()
        try:
            act(**given)
        except Refused:
            assert audit.head() == head
            return False
        assert audit.head()[0] == head[0] + 1
        return True

    # --- What people do

    @rule(ago=DAYS_AGO, who=st.sampled_from(["rosa", "omar"]))
    def reply(self, ago: int, who: str) -> None:
        undertaking = self.clock.undertaking
        given = {"undertaking": undertaking, "words": "We reply.", "dated_on": day(ago)}
        self.replies += self.tried(log_response, by=getattr(self, who), **given)

    @rule(
        position=st.sampled_from(Position),
        reason=st.sampled_from(["", "So it reads.", "Read anew."]),
        newest=st.booleans(),
        who=st.sampled_from(["rosa", "cass", "omar"]),
    )
    def read(self, position: Position, reason: str, newest: bool, who: str) -> None:
        order = "-pk" if newest else "pk"
        response = Response.objects.order_by(order).first()
        if response:
            given = {"response": response, "position": position, "reason": reason}
            done = self.tried(read_position, by=getattr(self, who), **given)
            assert not (done and who == "omar")
            self.readings += done

    @rule(days=st.integers(0, 40))
    def extend(self, days: int) -> None:
        given = {"by": self.rosa, "clock": self.clock, "days": days, "reason": "Agreed."}
        self.changes += self.tried(extend_clock, **given)

    @rule(ago=DAYS_AGO)
    def pause(self, ago: int) -> None:
        given = {"by": self.rosa, "clock": self.clock, "on": day(ago), "reason": "Review."}
        self.changes += self.tried(pause_clock, **given)

    @rule(ago=DAYS_AGO)
    def resume(self, ago: int) -> None:
        given = {"by": self.rosa, "clock": self.clock, "on": day(ago), "reason": "Over."}
        self.changes += self.tried(resume_clock, **given)

    @rule(ago=DAYS_AGO)
    def date(self, ago: int) -> None:
        given = {"by": self.rosa, "clock": self.clock, "on": day(ago), "reason": "A letter."}
        self.changes += self.tried(date_clock, **given)

    @rule(words=st.sampled_from(["Record it.", "Record all of it.", " "]))
    def correct(self, words: str) -> None:
        given = {"recommendation": self.recommendation, "words": words, "reason": "Misread."}
        if self.tried(correct_recommendation, by=self.rosa, **given):
            self.corrections += 1
            self.words = words

    @rule(reason=st.sampled_from(["", "A heading."]))
    def withdraw(self, reason: str) -> None:
        given = {"recommendation": self.recommendation, "reason": reason}
        if self.tried(withdraw_recommendation, by=self.rosa, **given):
            assert self.replies == 0

    # --- What must hold at every moment

    @invariant()
    def nothing_leaves_the_record(self) -> None:
        if not hasattr(self, "key"):
            return
        assert self.recommendation.words == "Record it."
        assert words_of(self.recommendation) == self.words
        assert self.recommendation.corrections.count() == self.corrections
        assert Response.objects.count() == self.replies
        assert sum(r.positions.count() for r in Response.objects.all()) == self.readings
        assert ClockChange.objects.count() == self.changes

    @invariant()
    def what_is_kept_agrees_with_what_was_done(self) -> None:
        if not hasattr(self, "key"):
            return
        clock, replies = self.clock, undertakings.replies_to(self.clock.undertaking)
        changes = clocks.changes_of(clock)
        assert clock.undertaking.stands == undertakings.standing(replies)
        assert clock.stopped_on == clocks.stopped_on(replies)
        assert clock.computed_on == clocks.computed_last_day(clock, changes)
        assert clock.computed_on >= clock.first_computed_on
        assert clock.due_on == (clock.official_on or clock.computed_on)
        _, paused = clocks.pauses_in(changes)
        withdrawn = self.recommendation.withdrawn_at is not None
        expected = (
            Clock.State.WITHDRAWN
            if withdrawn
            else Clock.State.STOPPED
            if clock.stopped_on
            else Clock.State.PAUSED
            if paused
            else Clock.State.RUNNING
        )
        assert clock.state == expected
        runs = clock.due_on if expected == Clock.State.RUNNING else None
        assert self.recommendation.next_due_on == runs
        assert engine.is_late(clock.due_on, clock.due_on) is False

    @invariant()
    def every_date_leads_to_the_next(self) -> None:
        if not hasattr(self, "key"):
            return
        last = self.clock.first_computed_on
        for change in clocks.changes_of(self.clock):
            assert change.due_before == last
            last = change.due_after
        assert last == self.clock.due_on

    @invariant()
    def the_chain_holds(self) -> None:
        if hasattr(self, "key"):
            verdict = audit.verify()
            assert verdict.holds, verdict.problem


def test_whatever_people_do_in_any_order(
    learning: Report, rosa: Person, omar: Person, cass: Person, force: Body
) -> None:
    Life.rosa, Life.omar, Life.cass = rosa, omar, cass
    Life.report, Life.force = learning, force
    run = Life.TestCase
    run.settings = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run("runTest").runTest()


@pytest.mark.parametrize("wrong", [0, -1])
def test_a_refusal_is_a_sentence(wrong: int, rosa: Person, open_question: Recommendation) -> None:
    with pytest.raises(Refused) as refusal:
        extend_clock(by=rosa, clock=Clock.objects.get(), days=wrong, reason="x")
    assert str(refusal.value).endswith(".")
