"""Reads of links to what other offices keep."""

from answerable.register.models import OutsideLink, Recommendation


def as_it_stands(link: OutsideLink) -> OutsideLink:
    """The link read anew, inside the act that is about to change it."""
    return OutsideLink.objects.select_related("recommendation__report").get(pk=link.pk)


def outside_links_of(recommendation: Recommendation) -> list[OutsideLink]:
    """Every one of ``recommendation``, those taken back too, newest first.

    Whoever may know of the recommendation may know of them: they name nothing else of this record.
    """
    rows = OutsideLink.objects.filter(recommendation=recommendation)
    return list(rows.select_related("signed_by", "taken_back_by").order_by("-at", "-pk"))


def standing_at(recommendation: Recommendation, address: str, theirs: str) -> OutsideLink | None:
    """The link to this one of theirs that nobody has taken back."""
    rows = OutsideLink.objects.filter(
        recommendation=recommendation, address=address, theirs=theirs, taken_back_at__isnull=True
    )
    return rows.first()
