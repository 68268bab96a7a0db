"""What follows from replies, positions and clock changes: kept in step inside the act that made it."""

from collections.abc import Sequence

from django.db.models import Model

from answerable.register.models import Clock, Recommendation, Stands, Undertaking
from answerable.register.queries import clocks as clock_queries
from answerable.register.queries import undertakings as queries

RUNNING = Clock.State.RUNNING


def moving(undertaking: Undertaking) -> list[Model]:
    """What an act on ``undertaking`` may move: take a snapshot of these first."""
    clock = clock_queries.clock_of(undertaking)
    return [undertaking, clock] if clock else [undertaking]


def _clock_state(clock: Clock) -> str:
    if clock.undertaking.recommendation.withdrawn_at:
        return Clock.State.WITHDRAWN
    if clock.undertaking.stands == Stands.PASSED:
        return Clock.State.PASSED
    if clock.stopped_on:
        return Clock.State.STOPPED
    _, paused_on = clock_queries.pauses_in(clock_queries.changes_of(clock))
    return Clock.State.PAUSED if paused_on else Clock.State.RUNNING


def _settle_clock(clock: Clock, undertaking: Undertaking) -> None:
    clock.undertaking = undertaking
    clock.stopped_on = clock_queries.stopped_on(queries.replies_to(undertaking))
    clock.state = _clock_state(clock)
    clock.save(update_fields=["stopped_on", "state"])


def settle(undertaking: Undertaking) -> list[Model]:
    """Work out anew where an answer and its clock stand. Returns what may have changed."""
    if undertaking.stands != Stands.PASSED:
        undertaking.stands = queries.standing(queries.replies_to(undertaking))
        undertaking.save(update_fields=["stands"])
    clock = clock_queries.clock_of(undertaking)
    if clock:
        _settle_clock(clock, undertaking)
    settle_next(undertaking.recommendation)
    return [undertaking, clock] if clock else [undertaking]


def settle_all(undertakings: Sequence[Undertaking]) -> list[Model]:
    """As :func:`settle`, for every undertaking of one recommendation."""
    return [thing for undertaking in undertakings for thing in settle(undertaking)]


def settle_next(recommendation: Recommendation) -> None:
    """Keep the soonest last day among its running clocks, for sorting."""
    # Chosen by state here, not there: SQLite would walk every running clock to find these few.
    clocks = Clock.objects.filter(undertaking__recommendation=recommendation)
    dates = [due for state, due in clocks.values_list("state", "due_on") if state == RUNNING]
    recommendation.next_due_on = min(dates, default=None)
    recommendation.save(update_fields=["next_due_on"])
