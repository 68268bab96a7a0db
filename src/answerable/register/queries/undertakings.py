"""Reads of undertakings: who sees which, and which body owes the answer now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import QuerySet, prefetch_related_objects

from answerable.accounts.models import Body, Person
from answerable.accounts.queries import successor_of
from answerable.accounts.rules import is_of_office
from answerable.register.models import PositionRead, Response, Stands, Undertaking
from answerable.register.queries.keys import these

MOST_SUCCESSIONS = 20
"""Nobody follows more than this; a circle of successions ends here too."""
A_BATCH = 2_000
"""So many undertakings are read together where a whole register is."""

Lines = Mapping[int, Sequence[Undertaking]]
"""For each undertaking by its key: itself and those it was passed on from, newest first."""


class OfUndertaking(Protocol):
    """Anything that hangs on one undertaking."""

    undertaking_id: int


Row = TypeVar("Row", bound=OfUndertaking)


def seen_by(person: Person) -> QuerySet[Undertaking]:
    """Undertakings that ``person`` may know of: all for the office, else those of their own body."""
    if is_of_office(person):
        return Undertaking.objects.all()
    return Undertaking.objects.filter(body=person.body_id)


def as_it_stands(undertaking: Undertaking) -> Undertaking:
    """The undertaking read anew, inside the act that is about to change it."""
    found = Undertaking.objects.select_related("body", "recommendation__report", "passed_from")
    return found.get(pk=undertaking.pk)


def with_keys(keys: Iterable[int]) -> QuerySet[Undertaking]:
    """The undertakings with these keys, however many, with what they are of."""
    return Undertaking.objects.filter(pk__in=these(keys)).select_related("body", "recommendation")


def left_behind(body: Body, heir: Body | None) -> list[Undertaking]:
    """What still stands under the name of ``body`` and can pass to ``heir`` now.

    Not a reply that nobody has read yet, and not what the heir was asked for itself.
    """
    rows = Undertaking.objects.filter(body=body, recommendation__withdrawn_at__isnull=True)
    rows = rows.exclude(stands__in=(Stands.PASSED, Stands.UNREAD)).select_related(
        "body", "recommendation__report", "passed_from"
    )
    if heir:
        its_own = Undertaking.objects.filter(body=heir).values("recommendation")
        rows = rows.exclude(recommendation__in=its_own)
    return list(rows.order_by("pk"))


def has_ended(body: Body, day: date) -> bool:
    """Whether ``body`` no longer exists on ``day``."""
    return body.ends_on is not None and body.ends_on < day


def living_successor(body: Body, day: date) -> Body | None:
    """Who answers for ``body`` on ``day``: the last in its line, or None where nobody took over."""
    heir: Body | None = None
    for _ in range(MOST_SUCCESSIONS):
        follower = successor_of(heir or body)
        if follower is None:
            break
        heir = follower
        if not has_ended(heir, day):
            break
    return heir


def line_of(undertaking: Undertaking) -> list[Undertaking]:
    """This undertaking and those it was passed on from, newest first."""
    line = [undertaking]
    while (earlier := line[-1].passed_from) is not None:
        line.append(earlier)
    return line


def lines_of(undertakings: Iterable[Undertaking]) -> Lines:
    """:func:`line_of` each of them: two queries a succession, however many were passed on."""
    every = list(undertakings)
    later = [one for one in every if one.passed_from_id]
    for _ in range(MOST_SUCCESSIONS):
        if not later:
            break
        prefetch_related_objects(later, "passed_from__body")
        before = [one.passed_from for one in later if one.passed_from]
        later = [one for one in before if one.passed_from_id]
    return {one.pk: line_of(one) for one in every}


def in_lines(lines: Lines) -> set[int]:
    """The keys of all undertakings of these lines."""
    return {one.pk for line in lines.values() for one in line}


def owners_of(lines: Lines) -> Mapping[int, list[int]]:
    """For each undertaking of these lines, the keys of those in whose line it is."""
    owners: dict[int, list[int]] = defaultdict(list)
    for pk, line in lines.items():
        for one in line:
            owners[one.pk].append(pk)
    return owners


def along(lines: Lines, rows: Iterable[Row]) -> dict[int, list[Row]]:
    """For each line the rows that hang on any undertaking of it, in the order given."""
    owners = owners_of(lines)
    found: dict[int, list[Row]] = {pk: [] for pk in lines}
    for row in rows:
        for pk in owners[row.undertaking_id]:
            found[pk].append(row)
    return found


def replies_along(lines: Lines) -> dict[int, list[Response]]:
    """For each line its replies with the positions read in them, oldest first. Two queries."""
    rows = Response.objects.filter(undertaking__in=in_lines(lines))
    return along(lines, rows.prefetch_related("positions"))


def heirs_of(undertakings: Iterable[Undertaking]) -> dict[int, Body]:
    """For each that was passed to a successor, the successor. One query, or none."""
    passed = [one.pk for one in undertakings if one.stands == Stands.PASSED]
    if not passed:
        return {}
    rows = Undertaking.objects.filter(passed_from__in=passed).select_related("body")
    return {row.passed_from_id or 0: row.body for row in rows}


def replies_to(undertaking: Undertaking) -> list[Response]:
    """Replies of this body and of those it took over from, oldest first."""
    return replies_along(lines_of([undertaking]))[undertaking.pk]


def position_in(response: Response) -> PositionRead | None:
    """The position read in a reply that counts, or None where nobody has read it yet."""
    return max(response.positions.all(), key=lambda p: (p.at, p.pk), default=None)


def standing(replies: list[Response]) -> Stands:
    """Where an answer stands, from its replies, oldest first.

    The newest reply counts, unless the overseer reads in it that it is no response: then the one
    before it does.
    """
    read = (position_in(reply) for reply in replies)
    return standing_of([one.position if one else None for one in read])


def standing_of(positions: Sequence[str | None]) -> Stands:
    """As :func:`standing`, from the position read in each reply; None where nobody has read it."""
    found = Stands.SILENT
    for position in reversed(positions):
        if position is None:
            return Stands.UNREAD
        found = Stands(position)
        if found != Stands.NO_RESPONSE:
            return found
    return found
