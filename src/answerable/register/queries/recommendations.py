"""Reads of recommendations: who sees which, and the words that count."""

from django.db.models import QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.engine import wording
from answerable.register.models import Correction, Recommendation, Undertaking


def seen_by(person: Person) -> QuerySet[Recommendation]:
    """Recommendations that ``person`` may know of.

    The office sees all; people of a body that answers see those addressed to their body.
    """
    if is_of_office(person):
        return Recommendation.objects.all()
    theirs = Undertaking.objects.filter(body=person.body_id).values("recommendation")
    return Recommendation.objects.filter(pk__in=theirs)


def newest_correction(recommendation: Recommendation) -> Correction | None:
    """The correction that counts, or None. Uses what was prefetched."""
    return max(recommendation.corrections.all(), key=lambda c: (c.at, c.pk), default=None)


def words_of(recommendation: Recommendation) -> str:
    """The words as they count now: as first entered, or as last corrected."""
    correction = newest_correction(recommendation)
    return correction.words if correction else recommendation.words


def fingerprint_of(recommendation: Recommendation) -> str:
    """Fingerprint of the words that count now."""
    correction = newest_correction(recommendation)
    return wording.fingerprint(correction.words) if correction else recommendation.fingerprint


def has_replies(recommendation: Recommendation) -> bool:
    """Whether any body has answered."""
    return recommendation.undertakings.filter(responses__isnull=False).exists()
