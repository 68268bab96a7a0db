"""Reads of recommendations: who sees which, and the words that count."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.engine import wording
from answerable.register.models import Correction, Link, Recommendation, Stands, Undertaking
from answerable.reports.models import Page


def seen_by(person: Person) -> QuerySet[Recommendation]:
    """Recommendations that ``person`` may know of.

    The office sees all; people of a body that answers see those addressed to their body.

    Raises:
        Refused: where no role of the person lets them read the register.
    """
    check_may(person, Permission.RECOMMENDATION_READ)
    if is_of_office(person):
        return Recommendation.objects.all()
    theirs = Undertaking.objects.filter(body=person.body_id).values("recommendation")
    return Recommendation.objects.filter(pk__in=theirs)


def find(person: Person, reference: str, **also: Combinable) -> Recommendation:
    """The recommendation with its report and the size of its page, if the person may know of it.

    ``is_linked`` on it says whether any link was ever signed. ``also`` is what else is put on it.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    corrections = Correction.objects.select_related("by")
    page = Page.objects.filter(document=OuterRef("document"), number=OuterRef("page"))
    links = Link.objects.filter(Q(earlier=OuterRef("pk")) | Q(later=OuterRef("pk")))
    found = (
        seen_by(person)
        .annotate(
            page_width=Subquery(page.values("width")),
            page_height=Subquery(page.values("height")),
            is_linked=Exists(links),
            **also,
        )
        .select_related("report", "decision", "accepted_by", "withdrawn_by")
        .prefetch_related(Prefetch("corrections", corrections))
    )
    recommendation = found.filter(reference=reference).first()
    if recommendation is None:
        raise NotTheirs("There is no such recommendation for you.")
    return recommendation


def as_it_stands(recommendation: Recommendation) -> Recommendation:
    """The recommendation read anew, inside the act that is about to change it."""
    return Recommendation.objects.select_related("report").get(pk=recommendation.pk)


def newest_correction(recommendation: Recommendation) -> Correction | None:
    """The correction that counts, or None. Uses what was prefetched."""
    return max(recommendation.corrections.all(), key=lambda c: (c.at, c.pk), default=None)


def words_of(recommendation: Recommendation) -> str:
    """The words as they count now: as first entered, or as last corrected."""
    correction = newest_correction(recommendation)
    return correction.words if correction else recommendation.words


def words_compared(recommendation: Recommendation) -> str:
    """The words by which it is compared with others: those that count, then its subject, twice.

    Whoever kept the list gave it a subject because words alone did not say it. Twice was found to
    be enough on the repeats of the public record (docs/explanation/how-likeness-works.md).
    """
    words, subject = words_of(recommendation), recommendation.subject.strip(" .")
    return f"{words}\n{subject}.\n{subject}." if subject else words


def fingerprint_of(recommendation: Recommendation) -> str:
    """Fingerprint of the words that count now."""
    correction = newest_correction(recommendation)
    return wording.fingerprint(correction.words) if correction else recommendation.fingerprint


def has_replies(recommendation: Recommendation) -> bool:
    """Whether any body has answered."""
    silent = (Stands.SILENT, Stands.PASSED)  # what was answered and passed on, the heir answered
    return any(
        undertaking.stands not in silent for undertaking in recommendation.undertakings.all()
    )
