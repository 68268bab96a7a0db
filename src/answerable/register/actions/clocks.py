"""Writes of clocks: started, extended, paused, resumed, given an official date."""

from datetime import date

from django.db.models import Model
from django.utils import timezone

from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine import clocks as engine
from answerable.engine.clocks import in_words
from answerable.register.actions.standing import moving, settle
from answerable.register.models import Basis, Clock, ClockChange, Undertaking
from answerable.register.queries import clocks as queries
from answerable.register.queries.undertakings import as_it_stands
from answerable.register.rules import clocks as rules
from answerable.register.rules.who import By, person_of

What = ClockChange.What


def _started(undertaking: Undertaking, basis: Basis, starts_on: date) -> Clock:
    due = engine.last_day(queries.limit_of(basis), starts_on)
    return Clock.objects.create(
        undertaking=undertaking,
        basis=basis,
        starts_on=starts_on,
        computed_on=due,
        first_computed_on=due,
    )


def new_clock(undertaking: Undertaking, code: str, starts_on: date | None) -> list[Model]:
    """The clock of a new undertaking, where its basis and first day are known, for an act to record."""
    basis = queries.basis_on(code, starts_on) if code and starts_on else None
    return [_started(undertaking, basis, starts_on)] if basis and starts_on else []


def pass_clock(old: Undertaking, new: Undertaking) -> list[Model]:
    """The same time limit, running on for a successor, for an act to record."""
    clock = queries.clock_of(old)
    if clock is None:
        return []
    passed = Clock.objects.create(
        undertaking=new,
        basis=clock.basis,
        starts_on=clock.starts_on,
        computed_on=clock.computed_on,
        first_computed_on=clock.first_computed_on,
        official_on=clock.official_on,
        official_reason=clock.official_reason,
        stopped_on=clock.stopped_on,
        state=clock.state,
    )
    return [passed, clock]


@act
def start_clock(*, by: By, undertaking: Undertaking, basis: Basis, starts_on: date) -> Clock:
    """Start the clock of an undertaking that has none."""
    undertaking = as_it_stands(undertaking)
    rules.check_may_start(by, undertaking)
    before = audit_queries.snapshot(undertaking)
    clock = _started(undertaking, rules.check_start(basis, starts_on), starts_on)
    settle(undertaking)
    audit.record(
        "clock.started",
        by=by,
        on=clock,
        also=[undertaking],
        before=before,
        facts={
            "name": basis.name,
            "body": undertaking.body.name,
            "due": in_words(clock.computed_on),
        },
    )
    return Clock.objects.get(pk=clock.pk)


def _change(
    clock: Clock, what: What, *, by: By, on: date, reason: str, days: int = 0
) -> ClockChange:
    """Write a change with the last day before and after it, and work the clock out anew."""
    before = clock.due_on
    change = ClockChange(
        clock=clock,
        what=what,
        on=on,
        days=days,
        due_before=before,
        reason=reason.strip(),
        at=timezone.now(),
        by=person_of(by),
    )
    if what == What.DATED:
        clock.official_on, clock.official_reason = on, reason.strip()
    else:
        changes = [*queries.changes_of(clock), change]
        clock.computed_on = queries.computed_last_day(clock, changes)
    clock.save(update_fields=["computed_on", "official_on", "official_reason"])
    clock.refresh_from_db(fields=["due_on"])
    change.due_after = clock.due_on
    change.save(force_insert=True)
    return change


def _changed(
    verb: str, clock: Clock, what: What, *, by: By, on: date, reason: str, days: int = 0
) -> ClockChange:
    """One change, one event."""
    undertaking = clock.undertaking
    before = audit_queries.snapshot(*moving(undertaking))
    change = _change(clock, what, by=by, on=on, reason=reason, days=days)
    facts = {"body": undertaking.body.name, "due": in_words(change.due_after)}
    facts |= {"start": in_words(on), "end": in_words(on)}
    audit.record(
        verb,
        by=by,
        on=change,
        also=settle(undertaking),
        before=before,
        facts=facts,
        said={"reason": change.reason},
    )
    return change


def _now(clock: Clock) -> Clock:
    """The clock as it stands inside the act, whatever the caller had read before it."""
    found = Clock.objects.select_related(
        "basis", "undertaking__body", "undertaking__recommendation"
    )
    return found.get(pk=clock.pk)


@act
def extend_clock(*, by: By, clock: Clock, days: int, reason: str) -> ClockChange:
    """Extend a time limit by ``days`` in the unit of its basis. The date before it stays visible."""
    clock = _now(clock)
    rules.check_may_extend(by, clock)
    rules.check_extension(days)
    rules.check_reason(reason)
    today = timezone.localdate()
    return _changed(
        "clock.extended", clock, What.EXTENDED, by=by, on=today, reason=reason, days=days
    )


@act
def pause_clock(*, by: By, clock: Clock, on: date, reason: str) -> ClockChange:
    """Let a clock stand still from ``on``, until it is resumed."""
    clock = _now(clock)
    rules.check_may_pause(by, clock)
    rules.check_pause(clock, on, timezone.localdate())
    rules.check_reason(reason)
    return _changed("clock.paused", clock, What.PAUSED, by=by, on=on, reason=reason)


@act
def resume_clock(*, by: By, clock: Clock, on: date, reason: str) -> ClockChange:
    """Let a paused clock run again from ``on``, the first day that counts again."""
    clock = _now(clock)
    rules.check_may_resume(by, clock)
    _, paused_on = queries.pauses_in(queries.changes_of(clock))
    rules.check_resumption(paused_on or on, on, timezone.localdate())
    rules.check_reason(reason)
    return _changed("clock.resumed", clock, What.RESUMED, by=by, on=on, reason=reason)


@act
def date_clock(*, by: By, clock: Clock, on: date, reason: str) -> ClockChange:
    """Record the last day as the source gives it, beside the computed one, with the reason."""
    clock = _now(clock)
    rules.check_may_date(by, clock)
    rules.check_official(clock, on)
    rules.check_reason(reason)
    return _changed("clock.dated", clock, What.DATED, by=by, on=on, reason=reason)
