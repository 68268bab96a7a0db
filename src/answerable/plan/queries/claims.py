"""Reads of claims: the one that counts, and what a body owned up to."""

from answerable.plan.models import Claim
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import Lines, along, in_lines, line_of


def claims_of(undertaking: Undertaking) -> list[Claim]:
    """Every claim of this body and of those it took over from, oldest first."""
    rows = Claim.objects.filter(undertaking__in=line_of(undertaking))
    return list(rows.select_related("made_by__body", "closing_test").order_by("made_at", "pk"))


def claims_along(lines: Lines) -> dict[int, list[Claim]]:
    """For each line every claim that was made in it, oldest first. One query."""
    rows = Claim.objects.filter(undertaking__in=in_lines(lines))
    return along(lines, rows.order_by("made_at", "pk"))


def newest_claim(undertaking: Undertaking) -> Claim | None:
    """The claim that counts, or None where nothing was ever claimed."""
    claims = claims_of(undertaking)
    return claims[-1] if claims else None


def owned_up(undertaking: Undertaking) -> list[Claim]:
    """Claims by which the body itself reported that something had slipped back, oldest first."""
    return [claim for claim in claims_of(undertaking) if claim.slipped_on]


def entered_by_office(claim: Claim) -> bool:
    """Whether someone else than the body's own people entered it for the body."""
    return claim.made_by.body_id != claim.undertaking.body_id


def seen_in(claim: Claim) -> dict[str, object]:
    """All of a claim that an opinion is bound to, as canonical JSON can hold it."""
    return {
        "id": claim.pk,
        "rung": claim.rung,
        "words": claim.words,
        "reason": claim.reason,
        "signed_off_role": claim.signed_off_role,
        "slipped_on": claim.slipped_on.isoformat() if claim.slipped_on else None,
    }
