"""Writes of recommendations: entered, corrected, withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine import wording
from answerable.register.actions.likeness_index import index_likeness
from answerable.register.actions.references import next_serial
from answerable.register.actions.search import index_words
from answerable.register.actions.standing import moving, settle_all
from answerable.register.actions.undertakings import Addressee, Start, address
from answerable.register.models import Correction, Kind, Recommendation
from answerable.register.queries.recommendations import as_it_stands, words_of
from answerable.register.rules import recommendations as rules
from answerable.register.rules.who import By, person_of
from answerable.reports.models import Decision, Document, Report

PREFIX = "R"


def _create(*, by: By, words: str, **given: Any) -> Recommendation:
    """The row, under the next reference."""
    serial = next_serial(PREFIX)
    return Recommendation.objects.create(
        reference=f"{PREFIX}-{serial:04}",
        serial=serial,
        words=words.strip(),
        fingerprint=wording.fingerprint(words),
        accepted_at=timezone.now(),
        accepted_by=person_of(by),
        **given,
    )


@act
def enter_recommendation(
    *,
    by: By,
    report: Report,
    words: str,
    kind: str = Kind.RECOMMENDATION,
    bodies: Sequence[Addressee] = (),
    number: str = "",
    decision: Decision | None = None,
    document: Document | None = None,
    page: int | None = None,
    spans: Sequence[Mapping[str, Any]] = (),
    paraphrased: bool = False,
    source_url: str = "",
    subject: str = "",
    start_clocks: bool = True,
    starts_on: date | None = None,
    also: Sequence[Model] = (),
) -> Recommendation:
    """Enter a recommendation in the register under the next reference, never used before.

    ``words`` are exactly as they stand at ``page`` and ``spans`` of ``document``; or ours, after
    ``source_url``, where ``paraphrased``. Each of ``bodies`` comes with where it is named; one that
    has ended is followed by its successor. Clocks start where the report names a legal basis, from
    ``starts_on`` or else its publication. ``decision`` was made in the same act.
    """
    rules.check_entry(by, report, words, kind, document, page)
    recommendation = _create(
        by=by,
        report=report,
        words=words,
        kind=kind,
        number=number.strip(),
        decision=decision,
        document=document,
        page=page,
        spans=list(spans),
        paraphrased=paraphrased,
        source_url=source_url,
        subject=subject.strip(),
    )
    start = Start(report.clock_basis, starts_on or report.published_on) if start_clocks else Start()
    made = address(recommendation, bodies, by=by, now=recommendation.accepted_at, start=start)
    index_words(recommendation)
    index_likeness(recommendation)
    things = [*made, *filter(None, [decision]), *also]
    facts = {"reference": recommendation.reference}
    audit.record("recommendation.accepted", by=by, on=recommendation, also=things, facts=facts)
    return recommendation


@act
def correct_recommendation(
    *, by: Person, recommendation: Recommendation, words: str, reason: str
) -> Correction:
    """Mend a transcription error: the corrected words stand beside the first ones for ever."""
    recommendation = as_it_stands(recommendation)
    rules.check_may_correct(by, recommendation)
    rules.check_correction(recommendation, words, reason)
    correction = Correction.objects.create(
        recommendation=recommendation,
        words=words.strip(),
        reason=reason.strip(),
        at=timezone.now(),
        by=by,
    )
    recommendation = as_it_stands(recommendation)
    index_words(recommendation)
    index_likeness(recommendation)
    audit.record(
        "recommendation.corrected",
        by=by,
        on=correction,
        facts={
            "reference": recommendation.reference,
            "fingerprint": wording.fingerprint(words_of(recommendation)),
        },
        said={"reason": reason.strip()},
    )
    return correction


@act
def withdraw_recommendation(
    *,
    by: Person,
    recommendation: Recommendation,
    reason: str,
    also: Sequence[Model] = (),
    before: Mapping[audit_queries.Key, str] | None = None,
) -> Recommendation:
    """Withdraw what was entered in error. It stays visible, and its reference is never used again.

    ``also`` and ``before`` let a larger act (the undoing of a decision) be one event with this one.
    """
    recommendation = as_it_stands(recommendation)
    rules.check_may_withdraw(by, recommendation)
    rules.check_withdrawal(reason)
    undertakings = list(recommendation.undertakings.all())
    moved = [recommendation, *(thing for u in undertakings for thing in moving(u))]
    earlier = {**audit_queries.snapshot(*moved), **(before or {})}
    recommendation.withdrawn_at = timezone.now()
    recommendation.withdrawn_by = by
    recommendation.withdrawn_reason = reason.strip()
    recommendation.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    index_likeness(recommendation)
    for undertaking in undertakings:
        undertaking.recommendation = recommendation
    audit.record(
        "recommendation.withdrawn",
        by=by,
        on=recommendation,
        also=[*settle_all(undertakings), *also],
        before=earlier,
        facts={"reference": recommendation.reference},
        said={"reason": reason.strip()},
    )
    return recommendation
