"""Samples: bound before the list arrives, drawn once, recorded in counts."""

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Sample
from answerable.assurance.queries import samples as queries
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.engine import sampling
from answerable.register.models import Undertaking

RECORDS = [f"NM-{number:05}" for number in range(1, 401)]
CRITERIA = ("The crime was recorded within 24 hours.", "A supervisor read it.")


@pytest.fixture
def committed(accepted: Undertaking, vera: Person) -> Sample:
    return commit_sample(
        by=vera, undertaking=accepted, size=20, why="It takes a day to read.", criteria=CRITERIA
    )


def test_the_digest_of_the_seed_is_in_the_chain_before_the_list(
    committed: Sample, vera: Person
) -> None:
    event = audit.history(committed)[0]
    assert (event.verb, event.facts["seed_digest"]) == ("sample.committed", committed.seed_digest)
    assert committed.seed == ""
    assert committed.secret not in "".join(Event.objects.values_list("content", flat=True))
    drawn = draw_sample(by=vera, sample=committed, records=RECORDS)
    assert sampling.digest_of_seed(drawn.sample.seed) == committed.seed_digest
    assert audit.history(committed)[0].facts["seed"] == drawn.sample.seed
    assert audit.verify().holds


def test_what_is_drawn_follows_from_the_seed_and_the_list(committed: Sample, vera: Person) -> None:
    drawn = draw_sample(by=vera, sample=committed, records=[f" {r} " for r in RECORDS] + [""])
    assert len(drawn.records) == 20
    assert [RECORDS[place - 1] for place in drawn.sample.drawn] == list(drawn.records)
    found = Sample.objects.get()
    assert queries.is_true(found, RECORDS)
    assert not queries.is_true(found, RECORDS[:-1])
    assert not queries.is_true(found, RECORDS[::-1])


def test_no_record_number_is_kept(committed: Sample, vera: Person) -> None:
    draw_sample(by=vera, sample=committed, records=RECORDS)
    found = Sample.objects.get()
    kept = str([getattr(found, field.attname) for field in Sample._meta.concrete_fields])
    said = "".join(Event.objects.values_list("content", flat=True))
    assert "NM-00" not in kept + said
    assert found.population_size == 400


def test_it_is_drawn_once_and_the_database_keeps_it(committed: Sample, vera: Person) -> None:
    draw_sample(by=vera, sample=committed, records=RECORDS)
    with pytest.raises(Refused, match="never drawn again"):
        draw_sample(by=vera, sample=committed, records=RECORDS[:30])
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.update(seed_digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.update(drawn=[1])


def test_what_was_seen_is_counts_with_the_interval_that_the_size_allows(
    committed: Sample, vera: Person, accepted: Undertaking
) -> None:
    with pytest.raises(Refused, match="Draw the sample first"):
        record_sample(by=vera, sample=committed, counts=[(19, 20), (10, 20)])
    draw_sample(by=vera, sample=committed, records=RECORDS)
    for wrong in ([(19, 20)], [(21, 20), (1, 20)], [(1, 21), (1, 20)], [(-1, 20), (1, 20)]):
        with pytest.raises(Refused):
            record_sample(by=vera, sample=committed, counts=wrong)
    seen = record_sample(by=vera, sample=committed, counts=[(19, 20), (0, 0)])
    first, second = queries.results_of(seen)
    assert first.sentence == (
        "Met in 19 of 20. Of all records in the list, between 76% and 99% (95 % confidence)."
    )
    assert second.sentence == "It could not be looked for in any of the records."
    with pytest.raises(Refused, match="has been recorded"):
        record_sample(by=vera, sample=committed, counts=[(20, 20), (20, 20)])
    assert queries.samples_of(accepted) == [seen]
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"size": 0}, "from 1 to 1000"),
        ({"why": " "}, "why this many"),
        ({"criteria": [" "]}, "what is looked for"),
        ({"criteria": ["Same", "Same"]}, "twice"),
        ({"criteria": ["Mrs Ackroyd was called back"]}, "may not identify"),
    ],
)
def test_a_sample_says_how_many_why_and_of_what(
    given: dict[str, object], says: str, accepted: Undertaking, vera: Person
) -> None:
    whole = {"size": 5, "why": "A day.", "criteria": CRITERIA, **given}
    with pytest.raises(Refused, match=says):
        commit_sample(by=vera, undertaking=accepted, **whole)


@pytest.mark.parametrize(
    ("records", "says"), [([], "empty"), (["a", "b", "a"], "1 of the records stand")]
)
def test_a_list_is_no_list_where_it_is_empty_or_counts_twice(
    records: list[str], says: str, committed: Sample, vera: Person
) -> None:
    with pytest.raises(Refused, match=says):
        draw_sample(by=vera, sample=committed, records=records)


@pytest.mark.parametrize("who", ["rosa", "cass", "omar", "ravi", "ada"])
def test_only_an_independent_verifier_draws(
    who: str, accepted: Undertaking, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        commit_sample(by=person, undertaking=accepted, size=5, why="A day.", criteria=CRITERIA)
