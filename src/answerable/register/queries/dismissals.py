"""Reads of dismissals: which two recommendations somebody found not to be alike."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.register.models import Dismissal, Recommendation
from answerable.register.queries import recommendations


def standing() -> QuerySet[Dismissal]:
    """Dismissals that nobody has taken back."""
    return Dismissal.objects.filter(taken_back_at__isnull=True)


def seen_by(person: Person) -> QuerySet[Dismissal]:
    """Dismissals that ``person`` may know of: of a body, those of two that were asked of it."""
    if is_of_office(person):
        return Dismissal.objects.all()
    theirs = recommendations.seen_by(person).values("pk")
    return Dismissal.objects.filter(earlier__in=theirs, later__in=theirs)


def as_it_stands(dismissal: Dismissal) -> Dismissal:
    """The dismissal read anew, inside the act that is about to change it."""
    rows = Dismissal.objects.select_related("earlier__report", "later__report", "dismissed_by")
    return rows.get(pk=dismissal.pk)


def standing_between(one: Recommendation, other: Recommendation) -> Dismissal | None:
    """The dismissal of these two that stands, whichever came first."""
    pair = Q(earlier=one, later=other) | Q(earlier=other, later=one)
    return standing().filter(pair).select_related("earlier", "later", "dismissed_by").first()


def dismissals_of(recommendation: Recommendation, others: Iterable[int]) -> list[Dismissal]:
    """Every dismissal of it and one of ``others``, those taken back too, oldest first. One query."""
    keys = list(others)
    pair = Q(earlier=recommendation, later__in=keys) | Q(later=recommendation, earlier__in=keys)
    rows = Dismissal.objects.filter(pair)
    return list(rows.select_related("dismissed_by", "taken_back_by"))
