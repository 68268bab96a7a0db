"""Reads of signed links: families, what superseded what, and the age that passes on."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.engine.clocks import in_words
from answerable.engine.loose_dates import latest_day
from answerable.register.models import ClockChange, Link, Recommendation, Relation
from answerable.register.queries import recommendations
from answerable.register.queries.objections import prefetched

Key = TypeVar("Key", bound=Hashable)
MOVES = (ClockChange.What.EXTENDED, ClockChange.What.DATED)
"""Changes of a clock by which its last day was moved by someone's choice."""


def standing() -> QuerySet[Link]:
    """Links that nobody has taken back."""
    return Link.objects.filter(taken_back_at__isnull=True)


def as_it_stands(link: Link) -> Link:
    """The link read anew, inside the act that is about to change it."""
    return Link.objects.select_related("earlier__report", "later__report").get(pk=link.pk)


def seen_by(person: Person) -> QuerySet[Link]:
    """Links that ``person`` may know of: of a body, those of which both ends were asked of it."""
    if is_of_office(person):
        return Link.objects.all()
    theirs = recommendations.seen_by(person).values("pk")
    return Link.objects.filter(earlier__in=theirs, later__in=theirs)


def links_of(person: Person, recommendation: Recommendation) -> list[Link]:
    """Every link of ``recommendation`` that ``person`` may see, those taken back too, oldest first."""
    rows = seen_by(person).filter(Q(earlier=recommendation) | Q(later=recommendation))
    named = rows.select_related("earlier__report", "later__report", "signed_by", "taken_back_by")
    return list(named.prefetch_related(prefetched()))


def standing_between(one: Recommendation, other: Recommendation) -> Link | None:
    """The link of these two that stands, whichever came first."""
    pair = Q(earlier=one, later=other) | Q(earlier=other, later=one)
    return standing().filter(pair).select_related("earlier", "later").first()


def reached(start: Key, neighbours: Callable[[Key], Iterable[Key]]) -> set[Key]:
    """``start`` and all that is reached from it, from each to its ``neighbours``."""
    found, waiting = {start}, [start]
    while waiting:
        for one in neighbours(waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _superseded() -> dict[int, list[int]]:
    """For each recommendation, those that it superseded directly. One query."""
    before: dict[int, list[int]] = defaultdict(list)
    for later, earlier in (
        standing().filter(relation=Relation.SUPERSEDES).values_list("later_id", "earlier_id")
    ):
        before[later].append(earlier)
    return before


def line_before(recommendation: Recommendation) -> set[int]:
    """Ids of ``recommendation`` and of all it superseded, directly or through others."""
    before = _superseded()
    return reached(recommendation.pk, lambda pk: before.get(pk, ()))


def superseded_by(recommendation: Recommendation) -> list[Recommendation]:
    """What stands in the place of ``recommendation`` by a signed link, oldest link first."""
    rows = standing().filter(earlier=recommendation, relation=Relation.SUPERSEDES)
    return [link.later for link in rows.select_related("later__report")]


def asked_on(recommendation: Recommendation) -> date:
    """The day it was asked, as :func:`asked_day` says."""
    report = recommendation.report
    return asked_day(report.published_on, report.published_words, recommendation.accepted_at)


def asked_day(published_on: date | None, published_words: str, accepted_at: datetime) -> date:
    """The day something was asked: when its report was published, or else when it was entered here.

    Of a report of which only the month or the year is known: the last day that this can mean, so
    that no age is overstated.
    """
    entered = timezone.localdate(accepted_at)
    loose = latest_day(published_words)
    return published_on or (min(loose, entered) if loose else entered)


def asked_words(recommendation: Recommendation) -> str:
    """When it was asked, as exactly as is known: "23 November 2021", "September 2014", "2002"."""
    report = recommendation.report
    known = in_words(report.published_on) if report.published_on else report.published_words
    return known or in_words(asked_on(recommendation))


# --- What superseding passes on -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a recommendation carries with it from those that it superseded.

    ``asked`` names each of the line with the day it was asked, first asked first, itself included.
    """

    asked: tuple[tuple[str, date], ...]
    dates_moved: int

    @property
    def first_asked_on(self) -> date:
        """From here its age runs."""
        return self.asked[0][1]

    def age_on(self, day: date) -> int:
        """Days from the first asking to ``day``."""
        return (day - self.first_asked_on).days


def inherited(recommendation: Recommendation) -> Inherited:
    """The first asking, and how often time limits of replies were moved, over the whole line.

    Whoever supersedes an old demand by a new one makes nothing younger. Three queries.
    """
    ids = line_before(recommendation)
    line = Recommendation.objects.filter(pk__in=ids).select_related("report")
    asked = sorted((asked_on(r), r.serial, r.reference) for r in line)
    moved = ClockChange.objects.filter(
        clock__undertaking__recommendation__in=ids, what__in=MOVES
    ).count()
    return Inherited(tuple((reference, on) for on, _, reference in asked), moved)


def impossible() -> str | None:
    """A circle of superseding, in words: no act leads to one, so it was written by hand."""
    before = _superseded()
    for start in before:
        beyond = {pk for one in before[start] for pk in reached(one, lambda pk: before.get(pk, ()))}
        if start in beyond:
            return f"What superseded the recommendation {start} was itself superseded by it."
    return None
