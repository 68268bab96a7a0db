"""A closing test and the claims under it in any order, by people who mean well and who do not."""

from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, refuse_test
from answerable.plan.actions.moves import approve_date, ask_date, refuse_date
from answerable.plan.models import Claim, ClosingTest, DateMove, Rung
from answerable.plan.queries import claims, closing_tests, moves
from answerable.plan.rules import claims as claim_rules
from answerable.plan.rules import closing_tests as test_rules
from answerable.plan.rules import moves as move_rules
from answerable.plan.rules.claims import FALLS
from answerable.register.actions.responses import read_position
from answerable.register.models import Undertaking
from tests.universe import a_test_proposed

BODY, OFFICE = ("omar", "otto"), ("vera", "rosa", "cass")
ANYONE = st.sampled_from((*BODY, *OFFICE, *BODY, *OFFICE, "lena", "petra"))
AGREES = frozenset((*BODY, *OFFICE))
CLAIMS = frozenset((*BODY, "rosa"))
DECIDES_DATES = frozenset((*BODY, "rosa", "cass"))
SIGNED = {"signed_off_name": "Dana Holt", "signed_off_role": "Assistant Chief Constable"}


STARTS = ("nothing", "proposed", "refused", "rejected", "agreed", "claimed", "asked", "moved")
"""Where a run may begin, so that few steps reach far."""


class _Undone(Exception):
    """Leaves a savepoint, so that each run begins with the same world."""


class Life(RuleBasedStateMachine):
    """Everyone tries everything on one undertaking; a plain account of it runs beside."""

    people: dict[str, Person]
    undertaking: Undertaking

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: str) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.accepted = True
        self.open: tuple[int, str] | None = None  # version, and the side that has agreed
        self.standing: int | None = None
        self.versions = 0
        self.due: date | None = None
        self.first: date | None = None
        self.asked: tuple[date, str] | None = None
        self.moved = self.said = self.slipped = 0
        self.rung: Rung | None = None
        self.go_on(start)

    def go_on(self, start: str) -> None:
        """The acts that lead to where the run begins."""
        if start != "nothing":
            self.propose("omar", 30)
        if start == "refused":
            self.refuse("rosa")
        if start == "rejected":
            self.read("rejected", "rosa")
        if start in STARTS[STARTS.index("agreed") :]:
            self.agree("vera")
        if start == "claimed":
            self.say("omar", Rung.READY, False, False)
        if start in {"asked", "moved"}:
            self.ask("omar", 60)
        if start == "moved":
            self.decide("rosa", True)

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            try:
                assert audit.verify().holds
            finally:
                self.atomic.__exit__(_Undone, _Undone(), None)

    def tried(self, act: Callable[..., object], **given: object) -> bool:
        """Whether it was done; a refusal must leave no trace, and an act one event."""
        head = audit.head()
        try:
            act(**given)
        except Refused:
            assert audit.head() == head
            return False
        assert audit.head()[0] == head[0] + 1
        return True

    def test_of(self, version: int) -> ClosingTest:
        return ClosingTest.objects.get(undertaking=self.undertaking, version=version)

    # --- What people try

    @rule(
        position=st.sampled_from(["accepted", "in_part", "accepted", "rejected", "no_response"]),
        who=st.sampled_from(["rosa", "cass", "omar"]),
    )
    def read(self, position: str, who: str) -> None:
        response = self.undertaking.responses.get()
        reason = f"Read anew {self.versions} {self.said}."
        given = {"response": response, "position": position, "reason": reason}
        if self.tried(read_position, by=self.people[who], **given):
            assert who != "omar"
            self.accepted = position in {"accepted", "in_part"}

    @rule(who=ANYONE, days=st.integers(-1, 90))
    def propose(self, who: str, days: int) -> None:
        due = timezone.localdate() + timedelta(days=days)
        given = {"why": "Better so."} if self.standing else {"due_on": due}
        done = self.tried(
            a_test_proposed, by=self.people[who], undertaking=self.undertaking, **given
        )
        free = self.accepted and not self.open and not self.asked
        assert done == (who in AGREES and free and (self.standing is not None or days >= 0))
        if done:
            self.versions += 1
            self.open = (self.versions, "body" if who in BODY else "office")
            if self.standing is None:
                self.first = self.due = due

    @rule(who=ANYONE)
    def agree(self, who: str) -> None:
        if not self.versions:
            return
        done = self.tried(agree_test, by=self.people[who], test=self.test_of(self.versions))
        side = "body" if who in BODY else "office"
        waits = self.open is not None and self.open[1] != side
        assert done == (who in AGREES and waits and self.accepted)
        if done:
            self.standing, self.open = self.versions, None

    @rule(who=ANYONE)
    def refuse(self, who: str) -> None:
        if not self.versions:
            return
        test = self.test_of(self.versions)
        done = self.tried(refuse_test, by=self.people[who], test=test, reason="Too few.")
        assert done == (who in AGREES and self.open is not None)
        if done:
            self.open = None

    @rule(who=ANYONE, days=st.integers(-1, 300))
    def ask(self, who: str, days: int) -> None:
        if not self.versions:
            return
        after = timezone.localdate() + timedelta(days=days)
        given = {"thing": self.test_of(self.standing or 1), "after": after, "reason": "Late."}
        done = self.tried(ask_date, by=self.people[who], **given)
        stands = self.standing is not None and not self.open and not self.asked
        assert done == (who in AGREES and stands and after != self.due and days >= 0)
        if done:
            self.asked = (after, who)

    @rule(who=ANYONE, approve=st.booleans())
    def decide(self, who: str, approve: bool) -> None:
        move = DateMove.objects.order_by("-pk").first()
        if move is None:
            return
        person = self.people[who]
        if approve:
            done = self.tried(approve_date, by=person, move=move)
        else:
            done = self.tried(refuse_date, by=person, move=move, reason="No.")
        other = self.asked is not None and (who in BODY) != (self.asked[1] in BODY)
        own = self.asked is not None and who == self.asked[1] and not approve
        assert done == ((who in DECIDES_DATES and other) or own)
        if done and approve and self.asked:
            self.due, self.moved = self.asked[0], self.moved + 1
        if done:
            self.asked = None

    @rule(who=ANYONE, rung=st.sampled_from(Rung), slips=st.booleans(), anew=st.booleans())
    def say(self, who: str, rung: Rung, slips: bool, anew: bool) -> None:
        given = {
            "undertaking": self.undertaking,
            "rung": rung,
            "words": f"We say so, {self.said}." if anew else "We say so.",
            "reason": "Because.",
            "slipped_on": timezone.localdate() if slips else None,
        }
        last = claims.newest_claim(self.undertaking)
        falls = self.rung is not None and rung in FALLS.get(self.rung, ())
        new = last is None or (last.rung, last.words, last.closing_test) != (
            rung,
            given["words"],
            closing_tests.standing_test(self.undertaking),
        )
        done = self.tried(make_claim, by=self.people[who], **given, **SIGNED)
        tested = rung != Rung.READY or self.standing is not None
        assert done == (who in CLAIMS and slips == falls and tested and new)
        if done:
            self.rung, self.said, self.slipped = rung, self.said + 1, self.slipped + slips

    # --- What always holds

    @invariant()
    def the_test_that_stands_was_agreed_by_two_people_of_two_sides(self) -> None:
        test = closing_tests.standing_test(self.undertaking) if hasattr(self, "atomic") else None
        assert (test.version if test else None) == getattr(self, "standing", None)
        if test:
            assert test.agreed_for_body_by.body == self.undertaking.body
            assert test.agreed_for_office_by.body != self.undertaking.body
            assert (test.first_due_on, test.due_on) == (self.first, self.due)
            assert moves.ledger_of(test).times == self.moved

    @invariant()
    def no_version_and_no_claim_is_lost(self) -> None:
        if hasattr(self, "atomic"):
            found = closing_tests.tests_of(self.undertaking)
            assert [t.version for t in found] == list(range(1, self.versions + 1))
            assert len(claims.claims_of(self.undertaking)) == self.said
            assert len(claims.owned_up(self.undertaking)) == self.slipped

    @invariant()
    def whatever_is_ready_has_an_agreed_test(self) -> None:
        for claim in Claim.objects.filter(rung=Rung.READY).select_related("closing_test"):
            assert claim.closing_test
            assert closing_tests.is_agreed(claim.closing_test)

    @invariant()
    def whoever_asked_never_approved(self) -> None:
        for move in DateMove.objects.filter(approved_at__isnull=False):
            assert move.approved_by_id != move.asked_by_id


@pytest.fixture
def machine(accepted: Undertaking, request: pytest.FixtureRequest) -> type[Life]:
    """The machine with its people, on the undertaking that Northmoor Police accepted."""
    names = (*BODY, *OFFICE, "lena", "petra")
    people = {name: request.getfixturevalue(name) for name in names}
    return type("Now", (Life,), {"people": people, "undertaking": accepted})


def run(machine: type[Life], examples: int, *, same: bool = False) -> None:
    """Let the machine run; ``same`` for the same runs each time, without making a find smaller."""
    machine.TestCase.settings = settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        phases=(Phase.generate,) if same else tuple(Phase),
        derandomize=same,
        suppress_health_check=list(HealthCheck),
    )
    machine.TestCase().runTest()


def test_no_order_of_acts_gets_round_the_other_side(machine: type[Life]) -> None:
    run(machine, 12)


SWITCHED_OFF = [
    (test_rules, "_check_accepted"),
    (test_rules, "_check_open"),
    (move_rules, "_check_may_decide"),
    (move_rules, "check_move_open"),
    (move_rules, "_check_test_stands"),
    (claim_rules, "check_slip"),
    (claim_rules, "check_may_claim"),
]


@pytest.mark.parametrize(
    ("module", "rule"), SWITCHED_OFF, ids=[name.strip("_") for _, name in SWITCHED_OFF]
)
def test_each_rule_is_needed(
    module: ModuleType, rule: str, machine: type[Life], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rule switched off, the machine finds the hole."""
    monkeypatch.setattr(module, rule, lambda *given: None)
    with pytest.raises((AssertionError, IntegrityError)):
        run(machine, 60, same=True)
