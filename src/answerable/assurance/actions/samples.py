"""Writes of samples: the seed is committed, the list arrives, what was seen is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.models import Sample
from answerable.assurance.queries import samples as queries
from answerable.assurance.rules import samples as rules
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine import sampling
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import as_it_stands


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample and the records that it draws, to be shown once: their numbers are not kept."""

    sample: Sample
    records: tuple[str, ...]


def _facts(sample: Sample) -> dict[str, object]:
    return {"reference": sample.undertaking.recommendation.reference, "size": sample.size}


@act
def commit_sample(
    *, by: Person, undertaking: Undertaking, size: int, why: str, criteria: Sequence[str]
) -> Sample:
    """Bind oneself to a sample before the list of records arrives.

    The digest of the seed enters the chain now; the seed itself is shown with what it draws.
    """
    undertaking = as_it_stands(undertaking)
    looked_for = [criterion.strip() for criterion in criteria if criterion.strip()]
    rules.check_may_sample(by, undertaking)
    rules.check_plan(size, why, looked_for)
    seed = sampling.new_seed()
    sample = Sample.objects.create(
        undertaking=undertaking,
        size=size,
        why=why.strip(),
        criteria=looked_for,
        seed_digest=sampling.digest_of_seed(seed),
        secret=seed,
        committed_by=by,
        committed_at=timezone.now(),
    )
    facts = _facts(sample) | {"seed_digest": sample.seed_digest}
    audit.record("sample.committed", by=by, on=sample, facts=facts, said={"why": sample.why})
    return sample


@act
def draw_sample(*, by: Person, sample: Sample, records: Sequence[str]) -> Drawn:
    """Draw from the list of record numbers, which is not kept: only its length and its digest.

    The seed is revealed, so that whoever has the list can draw again.
    """
    sample = queries.as_it_stands(sample)
    given = sampling.cleaned(records)
    rules.check_may_sample(by, sample.undertaking)
    rules.check_can_draw(sample)
    rules.check_list(given)
    before = audit_queries.snapshot(sample)
    sample.population_digest = sampling.digest_of_list(given)
    sample.population_size = len(given)
    sample.seed = sample.secret
    sample.drawn = sampling.draw(sample.seed, given, sample.size)
    sample.drawn_by, sample.drawn_at = by, timezone.now()
    sample.save()
    facts = _facts(sample) | {
        "drawn": len(sample.drawn),
        "population": sample.population_size,
        "population_digest": sample.population_digest,
        "seed": sample.seed,
    }
    audit.record("sample.drawn", by=by, on=sample, before=before, facts=facts)
    return Drawn(sample, tuple(given[place - 1] for place in sample.drawn))


@act
def record_sample(*, by: Person, sample: Sample, counts: Sequence[tuple[int, int]]) -> Sample:
    """Record what was seen: for each criterion, how many records met it, of how many looked at.

    Counts only: nothing in them can identify a record or a person.
    """
    sample = queries.as_it_stands(sample)
    rules.check_may_sample(by, sample.undertaking)
    rules.check_can_record(sample)
    rules.check_counts(sample, counts)
    before = audit_queries.snapshot(sample)
    sample.seen = [[met, of] for met, of in counts]
    sample.seen_by, sample.seen_at = by, timezone.now()
    sample.save()
    facts = _facts(sample) | {"seen": sample.seen}
    audit.record("sample.seen", by=by, on=sample, before=before, facts=facts)
    return sample
