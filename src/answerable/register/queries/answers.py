"""Whole answers: undertakings with their replies, positions, clocks and changes, in few queries."""

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.register.models import (
    Clock,
    ClockChange,
    Correction,
    PositionRead,
    Recommendation,
    Response,
    Undertaking,
)
from answerable.register.queries import recommendations, undertakings

MOST_WHOLE = 4
"""A recommendation to more bodies than this shows a line for each, not every reply."""


def whole(rows: QuerySet[Undertaking]) -> QuerySet[Undertaking]:
    """``rows`` with everything that a page about an answer shows, in four queries."""
    positions = PositionRead.objects.select_related("by")
    replies = Response.objects.select_related("entered_by", "document").prefetch_related(
        Prefetch("positions", positions)
    )
    changes = ClockChange.objects.select_related("by")
    return (
        rows.select_related("body", "clock__basis")
        .prefetch_related(Prefetch("responses", replies), Prefetch("clock__changes", changes))
        .order_by("pk")
    )


def answers_to(person: Person, recommendation: Recommendation) -> list[Undertaking]:
    """The answers to ``recommendation`` that ``person`` may see, in the order they were entered."""
    if is_of_office(person):
        every = Prefetch("undertakings", whole(Undertaking.objects.all()))
        prefetch_related_objects([recommendation], every)
        return _tied(list(recommendation.undertakings.all()), recommendation)
    mine = undertakings.seen_by(person).filter(recommendation=recommendation)
    line = Undertaking.objects.filter(Q(pk__in=mine) | Q(passed_to__in=mine))
    found = _tied(list(whole(line)), recommendation)
    return [undertaking for undertaking in found if undertaking.body_id == person.body_id]


def _tied(found: list[Undertaking], recommendation: Recommendation) -> list[Undertaking]:
    """``found``, each tied to its recommendation and to the one it was passed on from."""
    known = {undertaking.pk: undertaking for undertaking in found}
    for undertaking in found:
        undertaking.recommendation = recommendation
        if earlier := known.get(undertaking.passed_from_id or 0):
            undertaking.passed_from = earlier
    return found


def find_answer(person: Person, reference: str, slug: str) -> Undertaking:
    """One body's answer to one recommendation, if it is the person's to know of.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    recommendation = recommendations.find(person, reference)
    found = answers_to(person, recommendation)
    undertaking = next((u for u in found if u.body.slug == slug), None)
    if undertaking is None:
        raise NotTheirs("There is no such answer for you.")
    return undertaking


def find_undertaking(person: Person, reference: str, slug: str) -> Undertaking:
    """As :func:`find_answer`, read straight: six queries, however many bodies were asked.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    check_may(person, Permission.RECOMMENDATION_READ)
    corrections = Correction.objects.select_related("by")
    found = (
        whole(undertakings.seen_by(person))
        .select_related("body", "clock__basis", "recommendation__report")
        .select_related("recommendation__decision", "passed_from")
        .prefetch_related(Prefetch("recommendation__corrections", corrections))
        .filter(recommendation__reference=reference, body__slug=slug)
        .first()
    )
    if found is None:
        raise NotTheirs("There is no such answer for you.")
    if found.passed_from:
        earlier = Undertaking.objects.filter(pk=found.passed_from.pk)
        [found.passed_from] = _tied(list(whole(earlier)), found.recommendation)
    return found


def find_reply(person: Person, pk: int) -> Response:
    """A reply, if it is the person's to know of.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    theirs = undertakings.seen_by(person)
    rows = Response.objects.filter(undertaking__in=theirs).select_related(
        "undertaking__body", "undertaking__recommendation__report", "document", "entered_by"
    )
    reply = rows.filter(pk=pk).first()
    if reply is None:
        raise NotTheirs("There is no such reply for you.")
    return reply


def clock_in(undertaking: Undertaking) -> Clock | None:
    """The prefetched clock of an undertaking, or None."""
    return getattr(undertaking, "clock", None)
