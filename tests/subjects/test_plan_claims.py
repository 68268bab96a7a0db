"""Claims: the body's ladder, its sign-off, and the credit for owning up to decay."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test
from answerable.plan.models import Claim, ClosingTest, Rung
from answerable.plan.queries import claims as queries
from answerable.plan.rules import claims as rules
from answerable.register.actions.recommendations import withdraw_recommendation
from answerable.register.models import Recommendation, Undertaking
from tests.universe import a_test_proposed

TODAY = timezone.localdate()
SIGNED = {"signed_off_name": "Dana Holt", "signed_off_role": "Assistant Chief Constable"}
EVERY = tuple(product(Rung, Rung))


def claim(by: Person, undertaking: Undertaking, rung: str, **other: Any) -> Claim:
    given = {"words": f"We say {rung}.", "reason": "Because.", **SIGNED, **other}
    return make_claim(by=by, undertaking=undertaking, rung=rung, **given)


def test_a_body_says_how_far_it_has_come(accepted: Undertaking, omar: Person) -> None:
    made = make_claim(by=omar, undertaking=accepted, rung="in_progress", words=" Half done. ")
    assert (made.words, made.made_by) == ("Half done.", omar)
    assert queries.newest_claim(accepted) == made
    assert audit.history(made)[0].facts == {
        "body": "Northmoor Police", "reference": "R-0001", "rung": "in progress",
    }  # fmt: skip
    assert audit.verify().holds


def test_nothing_is_assured_by_the_body_itself() -> None:
    assert not any("assured" in word for rung in Rung for word in (rung.value, rung.label))


def test_a_rung_that_is_not_the_bodys_is_refused(accepted: Undertaking, omar: Person) -> None:
    with pytest.raises(Refused, match="how far delivery has come"):
        claim(omar, accepted, "assured")


def test_nothing_is_ready_without_a_closing_test(
    accepted: Undertaking, omar: Person, vera: Person
) -> None:
    with pytest.raises(Refused, match="agreed a closing test") as refused:
        claim(omar, accepted, "ready_for_assessment")
    assert refused.value.code == "no_test"
    test = a_test_proposed(omar, accepted)
    with pytest.raises(Refused, match="agreed a closing test"):
        claim(omar, accepted, "ready_for_assessment")
    agree_test(by=vera, test=test)
    assert claim(omar, accepted, "ready_for_assessment").closing_test == test


def test_nor_does_the_database_take_it(accepted: Undertaking, omar: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            undertaking=accepted, rung="ready_for_assessment", words="x", made_by=omar,
            made_at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("rung", sorted(rules.REASONED))
def test_what_is_not_done_as_asked_needs_a_reason(
    rung: str, accepted: Undertaking, omar: Person
) -> None:
    with pytest.raises(Refused, match="The reason is published") as refused:
        claim(omar, accepted, rung, reason=" ")
    assert refused.value.code == "reason"
    assert claim(omar, accepted, rung).reason == "Because."


@pytest.mark.parametrize("missing", ["signed_off_name", "signed_off_role"])
@pytest.mark.parametrize("rung", sorted(rules.SIGNED_OFF))
def test_what_is_put_forward_is_signed_off_inside_the_body(
    rung: str, missing: str, accepted: Undertaking, agreed_test: ClosingTest, omar: Person
) -> None:
    with pytest.raises(Refused, match="Name who in Northmoor Police signed this off") as refused:
        claim(omar, accepted, rung, **{missing: ""})
    assert refused.value.code == missing


def test_the_office_enters_a_claim_only_with_the_name_of_who_made_it(
    accepted: Undertaking, rosa: Person
) -> None:
    with pytest.raises(Refused, match="signed this off"):
        make_claim(by=rosa, undertaking=accepted, rung="in_progress", words="Half done.")
    made = claim(rosa, accepted, "in_progress")
    assert queries.entered_by_office(made)


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ada", "ravi"])
def test_others_enter_no_claims(
    who: str, accepted: Undertaking, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="may enter what a body claims"):
        claim(request.getfixturevalue(who), accepted, "in_progress")


def test_who_signed_it_off_is_bound_by_the_chain_and_can_be_forgotten_there(
    accepted: Undertaking, omar: Person
) -> None:
    entry = audit.history(claim(omar, accepted, "in_progress"))[0]
    assert entry.said == {"signed_off_name": "Dana Holt"}
    assert "Dana Holt" not in str(entry.facts)


def test_another_body_does_not_know_of_it(accepted: Undertaking, lena: Person) -> None:
    with pytest.raises(NotTheirs):
        claim(lena, accepted, "in_progress")


def test_a_claim_has_words_and_says_something_new(accepted: Undertaking, omar: Person) -> None:
    with pytest.raises(Refused, match="in a sentence"):
        claim(omar, accepted, "in_progress", words=" ")
    claim(omar, accepted, "in_progress", words="Half done.")
    with pytest.raises(Refused, match="already stands"):
        claim(omar, accepted, "in_progress", words="Half done.")
    claim(omar, accepted, "in_progress", words="Nearly done.")
    assert [c.words for c in queries.claims_of(accepted)] == ["Half done.", "Nearly done."]


def test_the_same_words_count_anew_under_a_new_test(
    accepted: Undertaking, agreed_test: ClosingTest, omar: Person, vera: Person
) -> None:
    first = claim(omar, accepted, "ready_for_assessment")
    with pytest.raises(Refused, match="already stands"):
        claim(omar, accepted, "ready_for_assessment")
    new = agree_test(by=vera, test=a_test_proposed(omar, accepted, why="Records are few."))
    assert claim(omar, accepted, "ready_for_assessment").closing_test == new
    assert first.closing_test == agreed_test


def test_a_claim_does_not_wait_for_a_reply(
    asked: list[Recommendation], lena: Person, council: Body
) -> None:
    """Response and delivery are two questions: who has not answered may still have begun."""
    silent = asked[2].undertakings.get(body=council)
    assert claim(lena, silent, "in_progress").rung == Rung.IN_PROGRESS


def test_nothing_is_claimed_of_what_was_withdrawn(
    asked: list[Recommendation], rosa: Person, lena: Person, council: Body
) -> None:
    withdraw_recommendation(by=rosa, recommendation=asked[2], reason="Entered twice.")
    with pytest.raises(Refused, match="was withdrawn"):
        claim(lena, asked[2].undertakings.get(body=council), "in_progress")


# --- Going back down ---


@pytest.mark.parametrize(("before", "after"), EVERY, ids=lambda r: str(r.value))
def test_from_every_rung_to_every_other(
    before: Rung, after: Rung, accepted: Undertaking, agreed_test: ClosingTest, omar: Person
) -> None:
    claim(omar, accepted, before, words="First.")
    if not rules.slips(before, after):
        with pytest.raises(Refused, match="Nothing slips back"):
            claim(omar, accepted, after, slipped_on=TODAY)
        assert claim(omar, accepted, after).slipped_on is None
        assert queries.owned_up(accepted) == []
        return
    with pytest.raises(Refused, match="from which day") as refused:
        claim(omar, accepted, after)
    assert "to your credit" in refused.value.sentence
    with pytest.raises(Refused, match="today or in the past"):
        claim(omar, accepted, after, slipped_on=TODAY + timedelta(days=1))
    made = claim(omar, accepted, after, slipped_on=TODAY - timedelta(days=9))
    assert queries.owned_up(accepted) == [made]
    assert audit.history(made)[0].verb == "claim.slipped"


def test_the_table_of_falls_is_the_way_down() -> None:
    assert {(str(b), str(a)) for b, a in EVERY if rules.slips(b, a)} == {
        ("in_progress", "not_started"),
        ("ready_for_assessment", "in_progress"),
        ("ready_for_assessment", "not_started"),
        ("met_by_other_means", "in_progress"),
        ("met_by_other_means", "not_started"),
    }
    assert not any(rules.slips(None, rung) for rung in Rung)


def test_a_claim_never_changes_and_never_leaves(accepted: Undertaking, omar: Person) -> None:
    made = claim(omar, accepted, "in_progress")
    for change in ({"words": "All done."}, {"rung": "not_started"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=made.pk).delete()


def test_what_an_opinion_sees_of_a_claim_changes_with_every_word(
    accepted: Undertaking, omar: Person
) -> None:
    one, two = (claim(omar, accepted, "in_progress", words=w) for w in ("Half.", "More."))
    assert queries.seen_in(one) != queries.seen_in(two)
