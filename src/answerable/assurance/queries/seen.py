"""What a verifier has before her, exactly: the record to which the digest of an opinion is bound.

Only what was seen is in it. Dates and words of other undertakings, who may see a file, plans and
replies are not: a change of those leaves an opinion as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from answerable.assurance.models import Sample, Use
from answerable.assurance.queries import evidence as evidence_queries
from answerable.audit.queries import plain
from answerable.engine import chain
from answerable.plan.models import Claim, ClosingTest
from answerable.plan.queries import claims, closing_tests
from answerable.register.models import Correction, Recommendation, Undertaking
from answerable.register.queries.undertakings import Lines, along, in_lines, lines_of

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


def _wording(recommendation: Recommendation, corrections: list[str]) -> dict[str, object]:
    return {
        "reference": recommendation.reference,
        "words": recommendation.words,
        "corrections": corrections,
    }


def _corrections(undertakings: Iterable[Undertaking]) -> dict[int, list[str]]:
    """For each recommendation the words of its corrections: always read anew, never remembered."""
    asked = {one.recommendation_id for one in undertakings}
    rows = Correction.objects.filter(recommendation__in=asked).order_by("at", "pk")
    found: dict[int, list[str]] = {pk: [] for pk in asked}
    for pk, words in rows.values_list("recommendation_id", "words"):
        found[pk].append(words)
    return found


def _evidence(use: Use) -> dict[str, object]:
    grade, is_set = evidence_queries.grade_of(use.evidence)
    return {
        "id": use.evidence_id,
        "use": use.pk,
        **_fields(use.evidence, EVIDENCE),
        "grade": str(grade),
        "grade_set": is_set,
    }


def samples_along(lines: Lines) -> dict[int, list[Sample]]:
    """For each line the samples of which it was recorded what was seen, oldest first. One query."""
    rows = Sample.objects.filter(undertaking__in=in_lines(lines), seen_at__isnull=False)
    return along(lines, rows.order_by("committed_at", "pk"))


def seen_now(undertaking: Undertaking) -> Seen:
    """What there is to see now, as canonical JSON can hold it. At most eight queries."""
    return seen_of([undertaking])[undertaking.pk]


def seen_of(undertakings: Iterable[Undertaking]) -> dict[int, Seen]:
    """What there is to see now of each, by its key: the same few queries however many."""
    every = list(undertakings)
    prefetch_related_objects(every, "recommendation")
    lines, corrected = lines_of(every), _corrections(every)
    tests, said = closing_tests.standing_along(lines), claims.claims_along(lines)
    uses, samples = evidence_queries.uses_along(lines), samples_along(lines)
    return {
        one.pk: put_together(
            one,
            corrected[one.recommendation_id],
            tests[one.pk],
            said[one.pk],
            uses[one.pk],
            samples[one.pk],
        )
        for one in every
    }


def put_together(
    undertaking: Undertaking,
    corrections: list[str],
    test: ClosingTest | None,
    said: Sequence[Claim],
    uses: Iterable[Use],
    samples: Iterable[Sample],
) -> Seen:
    """What there is to see, from what was read of it, each oldest first.

    ``corrections`` are their words, ``test`` is the one that stands, ``uses`` are what is offered
    now, and ``samples`` those of which it was recorded what was seen.
    """
    return {
        "undertaking": undertaking.pk,
        "wording": _wording(undertaking.recommendation, corrections),
        "closing_test": closing_tests.seen_in(test) if test else None,
        "claim": claims.seen_in(said[-1]) if said else None,
        "evidence": [_evidence(use) for use in uses],
        "samples": [{"id": s.pk, **_fields(s, SAMPLE)} for s in samples],
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
