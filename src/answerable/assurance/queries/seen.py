"""What a verifier has before her, exactly: the record to which the digest of an opinion is bound.

Only what was seen is in it. Dates and words of other undertakings, who may see a file, plans and
replies are not: a change of those leaves an opinion as it is.
"""

from collections.abc import Mapping
from typing import Any

from answerable.assurance.models import Sample, Use
from answerable.assurance.queries import evidence as evidence_queries
from answerable.audit.queries import plain
from answerable.engine import chain
from answerable.plan.queries import claims, closing_tests
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries.undertakings import line_of

Seen = dict[str, Any]

PARTS = {
    "wording": "the wording",
    "closing_test": "the closing test",
    "claim": "the claim",
    "evidence": "the evidence",
    "samples": "the samples",
}
"""The parts of what is seen, in words."""

EVIDENCE = (
    "kind", "name", "sha256", "size", "media_type", "address", "taken_at", "words", "shows",
    "does_not_show", "covers_from", "covers_to", "expires_on", "expires_because",
)  # fmt: skip
SAMPLE = (
    "size", "why", "criteria", "seed_digest", "population_digest", "population_size", "seed",
    "drawn", "seen",
)  # fmt: skip


def _fields(thing: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: plain(getattr(thing, name)) for name in names}


def _wording(recommendation: Recommendation) -> dict[str, object]:
    corrections = sorted(recommendation.corrections.all(), key=lambda c: (c.at, c.pk))
    return {
        "reference": recommendation.reference,
        "words": recommendation.words,
        "corrections": [c.words for c in corrections],
    }


def _evidence(use: Use) -> dict[str, object]:
    grade, is_set = evidence_queries.grade_of(use.evidence)
    return {
        "id": use.evidence_id,
        "use": use.pk,
        **_fields(use.evidence, EVIDENCE),
        "grade": str(grade),
        "grade_set": is_set,
    }


def samples_seen(undertaking: Undertaking) -> list[Sample]:
    """Samples of which the office has recorded what it saw, oldest first."""
    rows = Sample.objects.filter(undertaking__in=line_of(undertaking), seen_at__isnull=False)
    return list(rows.select_related("seen_by").order_by("committed_at", "pk"))


def seen_now(undertaking: Undertaking) -> Seen:
    """What there is to see now, as canonical JSON can hold it. At most seven queries."""
    test = closing_tests.standing_test(undertaking)
    claim = claims.newest_claim(undertaking)
    return {
        "undertaking": undertaking.pk,
        "wording": _wording(undertaking.recommendation),
        "closing_test": closing_tests.seen_in(test) if test else None,
        "claim": claims.seen_in(claim) if claim else None,
        "evidence": [_evidence(use) for use in evidence_queries.uses_of(undertaking)],
        "samples": [{"id": s.pk, **_fields(s, SAMPLE)} for s in samples_seen(undertaking)],
    }


def digest_of(seen: Mapping[str, Any]) -> str:
    """SHA-256 of what was seen, as canonical JSON."""
    return chain.digest_of(dict(seen))


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Which parts of what was seen are no longer as they were: keys of :data:`PARTS`."""
    return [part for part in PARTS if before.get(part) != now.get(part)]


def new_since(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Evidence and samples that were not there, or not as they are, when ``before`` was seen."""
    return {
        part: [one for one in now[part] if one not in before.get(part, [])]
        for part in ("evidence", "samples")
    }
