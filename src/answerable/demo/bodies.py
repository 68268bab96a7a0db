"""The bodies of both worlds, and the people of Northmoor."""

from collections.abc import Mapping
from datetime import date

from answerable.accounts.actions import bodies as actions
from answerable.accounts.actions.people import add_person
from answerable.accounts.models import Body, Person, Role
from answerable.audit.actions import OPERATOR, act
from answerable.world import record
from answerable.world.northmoor import story
from answerable.world.record import LooseDate

Bodies = Mapping[str, Body]
People = Mapping[str, Person]

BOARD, PARTNERSHIP = "northmoor-board", "northmoor-partnership"


def _day(loose: LooseDate) -> date | None:
    """The day, where the source gives one: a month never becomes its first day."""
    return date.fromisoformat(loose.text) if loose.precision == "day" else None


@act
def add_real_bodies() -> Bodies:
    """Every body of the public record, by its key there.

    A successor is recorded only where a source gives the day: today none does, so none is.
    """
    rows = record.bodies()
    added = {
        row.body: actions.add_body(
            by=OPERATOR,
            name=row.name,
            kind=row.kind,
            short_name=row.short_name,
            other_names=row.former_names,
            begins_on=_day(row.exists_from),
            ends_on=_day(row.exists_until),
        )
        for row in rows
    }
    for row in rows:
        ended = _day(row.exists_until)
        if row.successor and ended:
            heir = added[row.successor]
            actions.succeed_body(
                by=OPERATOR, body=added[row.body], successor=heir, on=ended, reason=row.note
            )
    return added


@act
def add_northmoor() -> Bodies:
    """Northmoor's bodies with their districts. What ended has not ended yet: see :func:`succeed`."""
    added = {}
    for row in story.BODIES:
        body = added[row.key] = actions.add_body(
            by=OPERATOR,
            name=row.name,
            kind=row.kind,
            short_name=row.short_name,
            other_names=row.other_names,
            begins_on=row.begins_on,
            ends_on=None if row.successor else row.ends_on,
            is_office=row.is_office,
            invented=True,
        )
        for area in row.areas:
            actions.add_area(by=OPERATOR, body=body, name=area)
    return added


@act
def add_people(bodies: Bodies) -> People:
    """Someone for every role. None has a password: in the demo one click signs in."""
    return {
        row.key: add_person(
            by=OPERATOR,
            name=row.name,
            email=row.email,
            body=bodies[row.body],
            roles=[Role(role) for role in row.roles],
        )
        for row in story.PEOPLE
    }


@act
def succeed(bodies: Bodies, by: Person) -> None:
    """The Partnership takes over from the Board, on the day on which it began."""
    partnership = bodies[PARTNERSHIP]
    actions.succeed_body(
        by=by,
        body=bodies[BOARD],
        successor=partnership,
        on=partnership.begins_on or date(2019, 9, 29),
        reason="Safeguarding partnerships took the place of the boards.",
    )
