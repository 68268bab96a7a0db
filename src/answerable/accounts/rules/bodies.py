"""When a body may be added, changed or followed by another."""

from datetime import date

from django.utils.text import slugify

from answerable.accounts import queries
from answerable.accounts.models import Area, Body
from answerable.audit.rules import Refused


def check_version(current: int, seen: int | None) -> None:
    """Refuses a change by someone who has not seen the newest state; None is the operator's."""
    if seen is not None and seen != current:
        raise Refused(
            "Someone else changed this while you were writing. What you typed is still here: "
            "compare it with what is there now, then save again.",
            code="version",
        )


def check_name_free(name: str, *, besides: Body | None = None) -> None:
    """Refuses a name that another body bears."""
    holder = queries.body_named(name)
    if holder is not None and (besides is None or holder.pk != besides.pk):
        raise Refused(f"There is already a body called {holder.name}.", code="name")


def check_dates(begins_on: date | None, ends_on: date | None) -> None:
    """Refuses an end before the beginning."""
    if begins_on and ends_on and ends_on < begins_on:
        raise Refused("The last day cannot be before the first.", code="dates")


def check_area_free(body: Body, name: str, *, besides: Area | None = None) -> None:
    """Refuses a second area of the same name in a body."""
    if not slugify(name):
        raise Refused("The name of an area needs letters or numbers.", code="name")
    holder = queries.area_named(body, name)
    if holder is not None and (besides is None or holder.pk != besides.pk):
        raise Refused(f"{body.name} already has an area called {holder.name}.", code="name")


def check_can_succeed(body: Body, successor: Body, on: date) -> None:
    """Refuses a successor that would lead back to the body itself, or a day before it began."""
    if body.pk == successor.pk:
        raise Refused("A body cannot be its own successor.", code="successor")
    if successor.pk in queries.precedents_of(body):
        raise Refused(
            f"{body.name} itself took over from {successor.name}, so it cannot be followed by it.",
            code="successor",
        )
    if queries.has_succeeded(body, successor):
        raise Refused(f"{successor.name} is already recorded as its successor.", code="successor")
    if body.begins_on and on < body.begins_on:
        raise Refused(f"{body.name} did not exist yet on that day.", code="on")
