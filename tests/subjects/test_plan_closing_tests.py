"""Closing tests: proposed by one side, agreed by the other; replaced only by both again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.plan.actions.closing_tests import agree_test, propose_test, refuse_test
from answerable.plan.actions.moves import ask_date
from answerable.plan.models import ClosingTest
from answerable.plan.queries import closing_tests as queries
from answerable.register.actions.responses import log_response, read_position
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from tests.universe import a_test_proposed

WHO = {"body": "omar", "office": "vera"}


def other(side: str) -> str:
    return "office" if side == "body" else "body"


@pytest.mark.parametrize("side", WHO)
def test_one_side_proposes_and_the_other_agrees(
    side: str, accepted: Undertaking, request: pytest.FixtureRequest
) -> None:
    proposer = request.getfixturevalue(WHO[side])
    test = a_test_proposed(proposer, accepted)
    assert (test.version, test.proposed_by) == (1, proposer)
    assert queries.open_test(accepted) == test
    assert queries.standing_test(accepted) is None
    agree_test(by=request.getfixturevalue(WHO[other(side)]), test=test)
    test.refresh_from_db()
    assert (test.agreed_for_body_by.name, test.agreed_for_office_by.name) == (
        "Omar Rahim", "Vera Lindqvist",
    )  # fmt: skip
    assert queries.standing_test(accepted) == test
    assert queries.open_test(accepted) is None
    assert [e.verb for e in audit.history(test)] == ["closing_test.agreed", "closing_test.proposed"]
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("proposer", "same_side"),
    [("omar", "omar"), ("omar", "otto"), ("vera", "vera"), ("vera", "rosa")],
)
def test_nobody_agrees_for_the_other_side(
    proposer: str, same_side: str, accepted: Undertaking, request: pytest.FixtureRequest
) -> None:
    test = a_test_proposed(request.getfixturevalue(proposer), accepted)
    with pytest.raises(Refused, match="Your side has agreed already") as refused:
        agree_test(by=request.getfixturevalue(same_side), test=test)
    assert refused.value.code == "separation"
    assert queries.standing_test(accepted) is None


@pytest.mark.parametrize("who", ["petra", "ada", "ravi"])
def test_roles_without_the_right_do_not_agree_tests(
    who: str, accepted: Undertaking, omar: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="may propose a closing test"):
        a_test_proposed(person, accepted)
    test = a_test_proposed(omar, accepted)
    for act in (agree_test, lambda **k: refuse_test(**k, reason="No.")):
        with pytest.raises(Refused, match="may propose a closing test"):
            act(by=person, test=test)


def test_people_of_another_body_do_not_even_know_of_it(
    accepted: Undertaking, omar: Person, lena: Person
) -> None:
    with pytest.raises(NotTheirs):
        a_test_proposed(lena, accepted)
    with pytest.raises(NotTheirs):
        agree_test(by=lena, test=a_test_proposed(omar, accepted))


def test_the_database_too_keeps_the_two_names_apart(accepted: Undertaking, omar: Person) -> None:
    test = a_test_proposed(omar, accepted)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingTest.objects.filter(pk=test.pk).update(
            agreed_for_office_by=omar, agreed_for_office_at=now
        )


@pytest.mark.parametrize("stands", ["silent", "rejected"])
def test_a_test_is_agreed_after_acceptance_only(
    stands: str, asked: list[Recommendation], rosa: Person, lena: Person, council: Body
) -> None:
    undertaking = asked[2].undertakings.get(body=council)
    if stands == "rejected":
        today = timezone.localdate()
        reply = log_response(by=rosa, undertaking=undertaking, words="No.", dated_on=today)
        read_position(by=rosa, response=reply, position="rejected", reason="They say no.")
    with pytest.raises(Refused, match="has accepted what was asked") as refused:
        a_test_proposed(lena, undertaking)
    assert refused.value.code == "not_accepted"


def test_what_was_accepted_in_principle_can_have_a_test(
    asked: list[Recommendation], omar: Person, force: Body
) -> None:
    assert a_test_proposed(omar, asked[1].undertakings.get(body=force)).version == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"pattern": "a look"}, "pattern"),
        ({"look_at": " "}, "look_at"),
        ({"counts_as_seen": ""}, "counts_as_seen"),
        ({"how_many": 0}, "how_many"),
        ({"how_many": None}, "how_many"),
        ({"due_on": None}, "due_on"),
        ({"due_on": timezone.localdate() - timedelta(days=1)}, "due_on"),
    ],
)
def test_a_test_says_at_what_how_many_by_when_and_what_counts(
    given: dict[str, object], code: str, accepted: Undertaking, omar: Person
) -> None:
    with pytest.raises(Refused) as refused:
        a_test_proposed(omar, accepted, **given)
    assert refused.value.code == code


@pytest.mark.parametrize("pattern", ["people", "watch", "policy_and_use", "other"])
def test_other_ways_of_looking_need_no_number(
    pattern: str, accepted: Undertaking, omar: Person
) -> None:
    assert a_test_proposed(omar, accepted, pattern=pattern, how_many=None).how_many is None


# --- Refusing ---


def test_a_refused_proposal_stays_and_another_follows(
    accepted: Undertaking, omar: Person, rosa: Person
) -> None:
    test = a_test_proposed(omar, accepted)
    with pytest.raises(Refused, match="Say why"):
        refuse_test(by=rosa, test=test, reason="")
    refuse_test(by=rosa, test=test, reason="Twenty is too few.")
    for act in (agree_test, lambda **k: refuse_test(**k, reason="Again.")):
        with pytest.raises(Refused, match="was refused") as refused:
            act(by=rosa, test=test)
        assert refused.value.code == "refused"
    second = a_test_proposed(omar, accepted, how_many=60)
    assert second.version == 2
    assert [t.version for t in queries.tests_of(accepted)] == [1, 2]
    assert queries.tests_of(accepted)[0].refused_reason == "Twenty is too few."


def test_one_proposal_at_a_time(accepted: Undertaking, omar: Person, vera: Person) -> None:
    a_test_proposed(omar, accepted)
    with pytest.raises(Refused, match="waits for agreement"):
        a_test_proposed(vera, accepted)


def test_what_stands_is_not_refused(agreed_test: ClosingTest, omar: Person) -> None:
    with pytest.raises(Refused, match="have agreed to this test already"):
        refuse_test(by=omar, test=agreed_test, reason="Too hard.")


# --- Changing ---


def test_a_change_needs_both_again_and_until_then_the_old_one_stands(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person, cass: Person
) -> None:
    with pytest.raises(Refused, match="Say why the test"):
        a_test_proposed(omar, accepted, how_many=10)
    new = a_test_proposed(omar, accepted, how_many=10, why="Records are few.")
    assert queries.standing_test(accepted) == agreed_test
    agree_test(by=cass, test=new)
    assert queries.standing_test(accepted) == new
    agreed_test.refresh_from_db()
    assert agreed_test.how_many == 20


def test_a_new_version_keeps_the_date(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person
) -> None:
    with pytest.raises(Refused, match="keeps the date that stands"):
        a_test_proposed(omar, accepted, why="x", due_on=agreed_test.due_on + timedelta(days=30))
    new = a_test_proposed(omar, accepted, why="Records are few.")
    assert (new.first_due_on, new.due_on) == (agreed_test.first_due_on, agreed_test.due_on)


def test_a_change_waits_for_the_date_to_be_decided(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person
) -> None:
    after = agreed_test.due_on + timedelta(days=30)
    ask_date(by=omar, thing=agreed_test, after=after, reason="The system comes late.")
    with pytest.raises(Refused, match="Decide that first"):
        a_test_proposed(omar, accepted, why="Records are few.")


def test_what_was_agreed_never_changes_below_the_application(
    agreed_test: ClosingTest, rosa: Person
) -> None:
    rows = ClosingTest.objects.filter(pk=agreed_test.pk)
    for change in (
        {"counts_as_seen": "Anything."},
        {"how_many": 1},
        {"first_due_on": agreed_test.first_due_on + timedelta(days=9)},
        {"agreed_for_office_by": rosa},
        {"agreed_for_office_by": None, "agreed_for_office_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_what_an_opinion_sees_of_a_test_is_all_that_was_agreed(agreed_test: ClosingTest) -> None:
    seen = queries.seen_in(agreed_test)
    assert set(seen) == {"version", "pattern", "look_at", "how_many", "due_on", "counts_as_seen"}
    assert seen["how_many"] == 20


# --- A successor ---


def test_a_test_passes_to_the_successor(
    agreed_test: ClosingTest, accepted: Undertaking, rosa: Person, vera: Person, force: Body
) -> None:
    heir = accounts.add_body(
        by="operator", name="Northmoor and Fells Police", kind=Body.Kind.FORCE, invented=True
    )
    lead = accounts.add_person(
        by="operator", name="Noor", email="noor@fells.example", body=heir,
        roles=[Role.ASSURANCE_LEAD],
    )  # fmt: skip
    passed = pass_to_successor(by=rosa, undertaking=accepted, successor=heir)
    assert queries.standing_test(passed) == agreed_test
    with pytest.raises(Refused, match="was passed to"):
        a_test_proposed(vera, accepted, why="x")
    new = a_test_proposed(lead, passed, why="We keep records otherwise.")
    assert new.version == 2
    assert agree_test(by=vera, test=new).first_due_on == agreed_test.first_due_on


def test_a_proposal_is_written_by_its_whole_words(accepted: Undertaking, omar: Person) -> None:
    test = propose_test(
        by=omar, undertaking=accepted, pattern="people", look_at="  Ask ten parents ",
        counts_as_seen=" Nine say so ", due_on=timezone.localdate(),
    )  # fmt: skip
    assert (test.look_at, test.counts_as_seen) == ("Ask ten parents", "Nine say so")
