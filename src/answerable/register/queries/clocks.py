"""Reads of clocks and of the legal bases on which they run."""

from datetime import date

from django.db.models import Q

from answerable.engine import clocks as engine
from answerable.register.models import Basis, Clock, ClockChange, Response, Undertaking
from answerable.register.queries.undertakings import line_of, position_in


def basis_on(code: str, day: date) -> Basis | None:
    """The newest version of the basis ``code`` that is in force on ``day``."""
    in_force = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return Basis.objects.filter(in_force, code=code).order_by("-version").first()


def newest_bases() -> list[Basis]:
    """The newest version of every basis, by name."""
    newest: dict[str, Basis] = {}
    for basis in Basis.objects.order_by("code", "version"):
        newest[basis.code] = basis
    return sorted(newest.values(), key=lambda b: b.name)


def limit_of(basis: Basis) -> engine.Limit:
    """A basis as the engine counts it."""
    return engine.Limit(basis.length, engine.Unit(basis.unit), basis.first_day_counts)


def clock_of(undertaking: Undertaking) -> Clock | None:
    """The clock of an undertaking, or None."""
    return Clock.objects.filter(undertaking=undertaking).select_related("basis").first()


def changes_of(clock: Clock) -> list[ClockChange]:
    """Everything that moved this clock, or the one it took over from, oldest first."""
    line = line_of(clock.undertaking)
    return list(ClockChange.objects.filter(clock__undertaking__in=line).order_by("at", "pk"))


def pauses_in(changes: list[ClockChange]) -> tuple[list[engine.Pause], date | None]:
    """The pauses that ended, and the first day of one that still lasts."""
    ended: list[engine.Pause] = []
    begun: date | None = None
    for change in changes:
        if change.what == ClockChange.What.PAUSED:
            begun = change.on
        elif change.what == ClockChange.What.RESUMED and begun is not None:
            ended.append(engine.Pause(begun, change.on))
            begun = None
    return ended, begun


def computed_last_day(clock: Clock, changes: list[ClockChange]) -> date:
    """The last day by the basis of ``clock``, with the extensions and pauses in ``changes``."""
    return engine.last_day(
        limit_of(clock.basis),
        clock.starts_on,
        extensions=[c.days for c in changes if c.what == ClockChange.What.EXTENDED],
        pauses=pauses_in(changes)[0],
    )


def came_on(reply: Response) -> date:
    """The day a reply came: when it was received, or else the day it is dated."""
    return reply.received_on or reply.dated_on


def stopped_on(replies: list[Response]) -> date | None:
    """The day the first reply came that is a response at all; None while there is none."""
    counted = [
        came_on(r)
        for r in replies
        if (read := position_in(r)) is None or read.position != "no_response"
    ]
    return min(counted, default=None)
