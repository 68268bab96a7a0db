"""Two people on one report, what may be taken back, and any order of decisions."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import actions as audit_actions
from answerable.audit import queries as audit
from answerable.register.actions import candidates as register
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation
from answerable.reports.actions import decisions as actions
from answerable.reports.models import Candidate, Decision, Document, Report
from answerable.reports.queries import decisions

# --- Two people at the same moment ------------------------------------------------------------------


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What came of acts that were begun in the same moment, each in a thread of its own."""
    ready = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(at: int) -> None:
        try:
            ready.wait(timeout=20)
            outcomes[at] = acts[at]()
        except Exception as wrong:
            outcomes[at] = wrong
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    first = Candidate.objects.select_related("reading__document").get(number="1")
    outcomes = at_once(
        lambda: register.accept_candidate(by=rosa, candidate=first, bodies=[]),
        lambda: register.accept_candidate(by=second_officer, candidate=first, bodies=[]),
        lambda: actions.dismiss_candidate(by=second_officer, candidate=first, reason="A heading."),
    )
    refused = [o for o in outcomes if isinstance(o, Refused)]
    assert len(refused) == 2, outcomes
    assert all(" already " in r.sentence for r in refused)
    assert Decision.objects.count() == 1
    assert Recommendation.objects.count() <= 1
    assert audit.verify().holds


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing(
    inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    rows = Candidate.objects.filter(taken=True).select_related("reading__document")
    outcomes = at_once(
        *(
            lambda c=c, by=by: register.accept_candidate(by=by, candidate=c, bodies=[])
            for c in rows
            for by in (rosa, second_officer)
        )
    )
    made = [o for o in outcomes if isinstance(o, Recommendation)]
    assert len(made) == 8, outcomes
    assert sorted(r.reference for r in made) == [f"R-{n:04}" for n in range(1, 9)]
    assert all(isinstance(o, Recommendation | Refused) for o in outcomes)
    assert audit.verify().holds


@pytest.mark.django_db(transaction=True)
def test_taking_back_at_once_happens_once(
    inspection_read: Document, rosa: Person, second_officer: Person
) -> None:
    first = Candidate.objects.select_related("reading__document").get(number="1")
    made = register.accept_candidate(by=rosa, candidate=first, bodies=[])
    decision = made.decision
    assert decision is not None
    outcomes = at_once(
        lambda: register.take_back(by=rosa, decision=decision),
        lambda: register.take_back(by=second_officer, decision=decision),
    )
    assert sum(isinstance(o, Refused) for o in outcomes) == 1, outcomes
    assert audit.verify().holds


# --- What can no longer be taken back ---------------------------------------------------------------


def accepted(document: Document, by: Person, body: Body) -> Recommendation:
    first = Candidate.objects.select_related("reading__document").get(
        reading__document=document, number="1"
    )
    return register.accept_candidate(by=by, candidate=first, bodies=[(body, "")])


def test_what_a_body_has_answered_is_not_taken_back(
    inspection_read: Document, rosa: Person, force: Body
) -> None:
    made = accepted(inspection_read, rosa, force)
    log_response(
        by=rosa,
        undertaking=made.undertakings.get(),
        words="We accept this.",
        dated_on=date(2026, 9, 20),
    )
    assert made.decision is not None
    with pytest.raises(Refused, match="Northmoor Police has already replied to R-0001"):
        register.take_back(by=rosa, decision=made.decision)
    made.decision.refresh_from_db()
    assert made.decision.taken_back_at is None
    assert audit.verify().holds


def test_what_is_in_a_published_edition_is_not_taken_back(
    inspection_read: Document, rosa: Person, force: Body
) -> None:
    made = accepted(inspection_read, rosa, force)
    # That an edition was published is known to the register from the chain alone.
    audit_actions.record(
        "edition.published",
        by="operator",
        on=inspection_read.report,
        before=(audit.snapshot(inspection_read.report)),
        facts={"number": 1},
    )
    assert made.decision is not None
    with pytest.raises(Refused, match="R-0001 is in a published edition"):
        register.take_back(by=rosa, decision=made.decision)
    later = Candidate.objects.select_related("reading__document").get(number="2")
    after = register.accept_candidate(by=rosa, candidate=later, bodies=[])
    assert after.decision is not None
    register.take_back(by=rosa, decision=after.decision)  # entered after it, so in none


# --- Any order of decisions -------------------------------------------------------------------------


class Checking(RuleBasedStateMachine):
    """Two people decide and take back as they please; what stands is always what was decided."""

    fixtures: tuple[Document, list[Person]]

    @initialize()
    def begin(self) -> None:
        self.document, self.people = self.fixtures
        self.mark = transaction.atomic()
        self.mark.__enter__()
        rows = Candidate.objects.filter(reading__document=self.document, taken=True)
        self.candidates = list(rows.select_related("reading__document__report"))
        self.decided: dict[int, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "mark"):
            transaction.set_rollback(True)
            self.mark.__exit__(None, None, None)

    def _try(self, candidate: Candidate, act: Callable[[], object], word: str) -> None:
        if candidate.pk in self.decided:
            with pytest.raises(Refused, match="already"):
                act()
            return
        act()
        self.decided[candidate.pk] = word

    @rule(at=st.integers(0, 7), who=st.integers(0, 1))
    def accept(self, at: int, who: int) -> None:
        one = self.candidates[at]
        by = self.people[who]
        self._try(
            one, lambda: register.accept_candidate(by=by, candidate=one, bodies=[]), "accepted"
        )

    @rule(at=st.integers(0, 7), who=st.integers(0, 1))
    def dismiss(self, at: int, who: int) -> None:
        one = self.candidates[at]
        by = self.people[who]
        self._try(
            one,
            lambda: actions.dismiss_candidate(by=by, candidate=one, reason="A heading."),
            "dismissed",
        )

    @rule(at=st.integers(0, 6), who=st.integers(0, 1))
    def merge(self, at: int, who: int) -> None:
        pair = self.candidates[at : at + 2]
        free = all(c.pk not in self.decided for c in pair)
        if not free:
            with pytest.raises(Refused, match="already"):
                register.merge_candidates(by=self.people[who], candidates=pair, bodies=[])
            return
        register.merge_candidates(by=self.people[who], candidates=pair, bodies=[])
        self.decided |= {pair[0].pk: "corrected", pair[1].pk: "merged"}

    @rule(at=st.integers(0, 7), who=st.integers(0, 1))
    def take_back(self, at: int, who: int) -> None:
        found = decisions.decisions_on(self.candidates[at]).first()
        if found is None:
            assert self.candidates[at].pk not in self.decided
            return
        for decision in register.take_back(by=self.people[who], decision=found):
            assert decision.candidate_id is not None
            del self.decided[decision.candidate_id]

    @invariant()
    def what_stands_is_what_was_decided(self) -> None:
        if not hasattr(self, "candidates"):
            return
        standing = decisions.standing(self.document)
        assert {d.candidate_id: d.outcome for d in standing} == self.decided
        entered = sum(word in ("accepted", "corrected") for word in self.decided.values())
        assert Recommendation.objects.filter(withdrawn_at__isnull=True).count() == entered
        references = list(Recommendation.objects.values_list("reference", flat=True))
        assert len(references) == len(set(references))
        verdict = audit.verify()
        assert verdict.holds, verdict.problem


def test_any_order_of_decisions_keeps_the_record_true(
    inspection_read: Document, rosa: Person, second_officer: Person, inspection: Report
) -> None:
    Checking.fixtures = (inspection_read, [rosa, second_officer])
    machine = Checking.TestCase
    machine.settings = settings(
        max_examples=12,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine("runTest").runTest()
