"""What a report quotes or finds stands apart: it waits for nobody, and a person may still take it."""

import pytest
from django.db import Error, transaction

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions import candidates as register
from answerable.register.models import Kind, Recommendation
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Report
from answerable.reports.queries import decisions, passages
from answerable.reports.queries.documents import candidates_hold, changed_proposals
from answerable.reports.queries.quality import quality_of
from answerable.reports.queries.reports import standings
from tests.reading import candidate, finding, quoted, read_with

Outcome = Decision.Outcome


@pytest.fixture
def document(inspection: Report, rosa: Person, inspection_pdf: bytes) -> Document:
    """Eight of which the second is quoted from another report and the third is a finding."""
    changes = {"2": quoted("the Northmoor Care Commission"), "3": finding}
    return read_with(inspection, rosa, inspection_pdf, changes)


def look_through(person: Person, document: Document) -> None:
    for page in document.pages.all():
        actions.see_page(by=person, page=page)


def test_whose_it_is_is_kept_and_bound_by_the_digest(document: Document) -> None:
    assert candidate(document, "2").whose == "the Northmoor Care Commission"
    assert candidates_hold(document.reading)
    assert changed_proposals() is None
    with pytest.raises(Error), transaction.atomic():
        Candidate.objects.filter(number="2").update(whose="")
    assert audit.verify().holds


def test_what_stands_apart_waits_for_nobody(document: Document, inspection: Report) -> None:
    cards = decisions.cards(document)
    assert [c.number for c in cards if c.apart] == ["2", "3"]
    assert not any(c.open or c.near for c in cards if c.apart)
    progress = decisions.progress(cards, passages.book(document))
    assert (progress.found, progress.left) == (6, 6)
    assert [(row.found, row.left) for row in decisions.to_check()] == [(6, 6)]
    assert quality_of()[inspection.pk].found == 6
    assert standings([inspection])[inspection.pk].found == 6


def test_accepting_the_whole_list_leaves_it_out(document: Document, rosa: Person) -> None:
    look_through(rosa, document)
    run = candidate(document, "1").run
    assert run is not None
    made = register.accept_run(by=rosa, document=document, run=run)
    assert [r.number for r in made] == ["1", "4", "5", "6", "7", "8"]
    assert not any(c.open for c in decisions.cards(document))


def test_it_is_taken_only_by_who_says_what_it_is(document: Document, rosa: Person) -> None:
    found = candidate(document, "2")
    with pytest.raises(Refused, match="say what kind of thing it is"):
        register.accept_candidate(by=rosa, candidate=found)
    assert not Recommendation.objects.exists()
    made = register.accept_candidate(by=rosa, candidate=found, kind=Kind.RECOMMENDATION)
    assert made.decision is not None
    assert made.decision.outcome == Outcome.ADDED  # the reader had missed that it is asked for
    assert quality_of()[document.report_id].missed == 1
    register.take_back(by=rosa, decision=made.decision)
    assert [c.number for c in decisions.cards(document) if c.apart] == ["2", "3"]
    assert audit.verify().holds


def test_a_finding_kept_as_a_finding_is_nothing_that_was_missed(
    document: Document, rosa: Person
) -> None:
    made = register.accept_candidate(by=rosa, candidate=candidate(document, "3"), kind=Kind.FINDING)
    assert made.decision is not None
    assert made.decision.outcome == Outcome.ACCEPTED
    counted = quality_of()[document.report_id]
    assert (counted.missed, counted.unchanged, counted.decided) == (0, 0, 0)


def test_it_can_be_neither_split_nor_merged_without_saying_what_it_is(
    document: Document, rosa: Person
) -> None:
    second, third = candidate(document, "2"), candidate(document, "3")
    with pytest.raises(Refused, match="what kind of thing"):
        register.merge_candidates(by=rosa, candidates=[second, third])
    with pytest.raises(Refused, match="what kind of thing"):
        register.split_candidate(by=rosa, candidate=second, parts=[("2", second.spans)] * 2)
