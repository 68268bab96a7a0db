"""When a clock may be started, extended, paused, resumed or given an official date."""

from datetime import date

from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.engine import clocks as engine
from answerable.engine.clocks import in_words
from answerable.register.models import Basis, Clock, Undertaking
from answerable.register.queries import clocks as queries
from answerable.register.rules import lives
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.undertakings import check_still_owed
from answerable.register.rules.who import By, check_may

LONGEST = 3650
"""Nobody extends a time limit by more than this, whatever the unit: it is a slip of the finger."""


def check_may_change(by: By) -> None:
    """Refuses whoever may not change a clock."""
    check_may(by, Permission.CLOCK_CHANGE)


def check_may_start(by: By, undertaking: Undertaking) -> None:
    """Refuses a second clock, and one for what is withdrawn or passed on."""
    check_may_change(by)
    check_stands(undertaking.recommendation)
    check_still_owed(undertaking)
    if queries.clock_of(undertaking):
        raise Refused("A clock runs for this already.", code="already")


def check_open(clock: Clock) -> None:
    """Refuses a change to a clock that a reply has stopped, or that is no longer this body's."""
    if clock.state == Clock.State.STOPPED and clock.stopped_on:
        raise Refused(
            f"The reply came on {in_words(clock.stopped_on)}, so this clock has stopped.",
            code="stopped",
        )
    check_still_owed(clock.undertaking)
    check_stands(clock.undertaking.recommendation)


def check_reason(reason: str) -> None:
    """Refuses a change that does not say why."""
    if not reason.strip():
        raise Refused("Say why, and who decided it.", code="reason")


def check_may_extend(by: By, clock: Clock) -> None:
    """Refuses where the legal basis knows no extension."""
    check_may_change(by)
    check_open(clock)
    if not clock.basis.extendable:
        raise Refused(
            f"Nothing in “{clock.basis.name}” lets anyone extend this time limit. If its maker "
            "gave another date, record that as the official date.",
            code="not_extendable",
        )


def check_extension(days: int) -> None:
    """Refuses an extension by nothing, or by more than ten years of days."""
    if not 1 <= days <= LONGEST:
        raise Refused(f"Extend by a whole number from 1 to {LONGEST}.", code="days")


def check_may_pause(by: By, clock: Clock) -> None:
    """Refuses where the legal basis knows no pause, or one already lasts."""
    check_may_change(by)
    check_open(clock)
    if not clock.basis.pausable:
        raise Refused(
            f"Nothing in “{clock.basis.name}” lets anyone pause this time limit.",
            code="not_pausable",
        )
    check_step(lives.CLOCK, "pause_clock", clock.state)


def check_pause(clock: Clock, on: date, today: date) -> None:
    """Refuses a pause before the count began, after it ended, in the future or in another pause."""
    first = engine.first_day(queries.limit_of(clock.basis), clock.starts_on)
    if on > today:
        raise Refused("A pause must begin today or in the past.", code="on")
    if on < first:
        raise Refused(f"The time limit was counted from {in_words(first)}.", code="on")
    if on > clock.due_on:
        raise Refused(f"The time ran out on {in_words(clock.due_on)}, before this.", code="on")
    ended, _ = queries.pauses_in(queries.changes_of(clock))
    if ended and on < ended[-1].ends:
        raise Refused(f"The last pause ended on {in_words(ended[-1].ends)}.", code="on")


def check_may_resume(by: By, clock: Clock) -> None:
    """Refuses where no pause lasts."""
    check_may_change(by)
    check_open(clock)
    check_step(lives.CLOCK, "resume_clock", clock.state)


def check_resumption(paused_on: date, on: date, today: date) -> None:
    """Refuses to run again before the pause, or in the future."""
    if on < paused_on:
        raise Refused(f"The pause began on {in_words(paused_on)}.", code="on")
    if on > today:
        raise Refused("A clock runs again today or in the past, not in the future.", code="on")


def check_may_date(by: By, clock: Clock) -> None:
    """Refuses an official date for a clock that no longer runs."""
    check_may_change(by)
    check_open(clock)


def check_official(clock: Clock, on: date) -> None:
    """Refuses an official date before the clock began, and the one that already stands."""
    if on < clock.starts_on:
        raise Refused(f"The clock began on {in_words(clock.starts_on)}.", code="on")
    if on == clock.official_on:
        raise Refused("This is the official date that already stands.", code="on")


def check_may_adopt(by: By) -> None:
    """Refuses whoever may not change clocks."""
    check_may_change(by)


def check_start(basis: Basis | None, starts_on: date | None) -> Basis:
    """The basis; refuses where it is not known, or the day it counts from is not."""
    if basis is None:
        raise Refused("Choose the time limit on which the reply is counted.", code="basis")
    if starts_on is None:
        raise Refused("Enter the day from which the time is counted.", code="starts_on")
    return basis
