"""Closing, reopening and checking again; and the four questions beside one another."""

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Person, Role
from answerable.accounts.rules import NotTheirs, Refused
from answerable.assurance.actions.closing import close_undertaking, reopen_undertaking
from answerable.assurance.actions.evidence import About, grade_evidence
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.actions.opinions import withdraw_opinion
from answerable.assurance.models import Closure, Evidence, Opinion, Reopening
from answerable.assurance.queries import closing as queries
from answerable.assurance.queries.four import QUESTIONS, four_answers
from answerable.assurance.rules import closing as rules
from answerable.audit import queries as audit
from answerable.plan.actions.claims import make_claim
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Recommendation, Undertaking
from tests.assured import a_file, claim_ready, in_days, sign

TODAY = timezone.localdate()


def close(by: Person, undertaking: Undertaking, how: str = "assured") -> Closure:
    return close_undertaking(by=by, undertaking=undertaking, how=how, reason="As was seen.")


# --- Closing ---


def test_the_chair_closes_on_a_standing_assured_opinion(
    closure: Closure, assured: Opinion, cass: Person
) -> None:
    assert (closure.how, closure.opinion, closure.by) == ("assured", assured, cass)
    assert queries.standing_closure(assured.undertaking) == closure
    event = audit.history(closure)[0]
    assert (event.verb, event.facts["how"]) == ("undertaking.closed", "assured")
    with pytest.raises(Refused, match="closed already"):
        close(cass, assured.undertaking)
    assert audit.verify().holds


def test_nothing_closes_without_an_opinion_that_stands(
    ready: Undertaking, cass: Person, vera: Person, omar: Person
) -> None:
    with pytest.raises(Refused, match="No opinion “assured” stands"):
        close(cass, ready)
    sign(vera, ready, judgement="partly")
    with pytest.raises(Refused, match="No opinion “assured” stands"):
        close(cass, ready)
    opinion = sign(vera, ready)
    a_file(omar, ready, content=b"New counts: 3.\n")
    with pytest.raises(Refused, match="No opinion “assured” stands"):
        close(cass, ready)
    assert opinion.judgement == "assured"
    assert not Closure.objects.exists()


def test_a_withdrawn_opinion_closes_nothing(assured: Opinion, vera: Person, cass: Person) -> None:
    withdraw_opinion(by=vera, opinion=assured, reason="The wrong month.")
    with pytest.raises(Refused, match="No opinion “assured” stands"):
        close(cass, assured.undertaking)


def test_verifiers_who_differ_close_nothing(assured: Opinion, ivo: Person, cass: Person) -> None:
    sign(ivo, assured.undertaking, judgement="not_assured")
    with pytest.raises(Refused, match="The verifiers differ"):
        close(cass, assured.undertaking)


def test_a_second_verifier_is_needed_where_the_settings_say_so(
    assured: Opinion, ivo: Person, cass: Person, settings: object
) -> None:
    assert django_settings.VERIFIERS_NEEDED == 1
    settings.VERIFIERS_NEEDED = 2  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="2 verifiers must have signed"):
        close(cass, assured.undertaking)
    sign(ivo, assured.undertaking)
    assert close(cass, assured.undertaking).how == "assured"


def test_who_signed_does_not_close(assured: Opinion, vera: Person) -> None:
    accounts.give_role(by="operator", person=vera, role=Role.CHAIR)
    with pytest.raises(Refused, match="You signed the opinion"):
        close(vera, assured.undertaking)


def test_a_verifier_who_got_tied_to_it_since_carries_no_closure(
    assured: Opinion, vera: Person, cass: Person
) -> None:
    declare_interest(by=vera, undertaking=assured.undertaking, words="My sister works on it now.")
    with pytest.raises(Refused, match="no longer independent"):
        close(cass, assured.undertaking)


def test_a_chair_with_an_interest_does_not_close(assured: Opinion, cass: Person) -> None:
    declare_interest(by=cass, body=assured.undertaking.body, words="I used to work there.")
    with pytest.raises(Refused, match="declared an interest"):
        close(cass, assured.undertaking)


@pytest.mark.parametrize("who", ["rosa", "vera", "petra", "ravi", "ada", "omar", "lena"])
@pytest.mark.parametrize("how", ["assured", "not_pursued"])
def test_nobody_but_the_chair_closes(
    who: str, how: str, assured: Opinion, request: pytest.FixtureRequest
) -> None:
    with pytest.raises((Refused, NotTheirs)):
        close(request.getfixturevalue(who), assured.undertaking, how)


def test_what_is_not_pursued_has_a_reason(ready: Undertaking, cass: Person) -> None:
    with pytest.raises(Refused, match="why this is not pursued"):
        close_undertaking(by=cass, undertaking=ready, how="not_pursued", reason=" ")
    with pytest.raises(Refused, match="on what"):
        close(cass, ready, "by_date")
    assert close(cass, ready, "not_pursued").opinion is None


def test_what_is_too_old_is_checked_again_before_it_closes(assured: Opinion, cass: Person) -> None:
    undertaking = assured.undertaking
    rules.check_assured(cass, undertaking, [assured], assured.recheck_on)
    with pytest.raises(Refused, match="too old by now"):
        rules.check_assured(cass, undertaking, [assured], in_days(181))


# --- Reopening ---


def test_nothing_reopens_on_nothing(closure: Closure, rosa: Person) -> None:
    for because in Reopening.Because.values:
        with pytest.raises(Refused, match="there is none"):
            reopen_undertaking(by=rosa, closure=closure, because=because, words="I think so.")
    with pytest.raises(Refused, match="Choose why"):
        reopen_undertaking(by=rosa, closure=closure, because="whim", words="I think so.")


def test_a_failed_recheck_reopens(closure: Closure, vera: Person, rosa: Person) -> None:
    failed = sign(vera, closure.undertaking, judgement="not_assured")
    assert closure.reopening.opinion == failed
    assert queries.standing_closure(closure.undertaking) is None
    assert queries.times_reopened(closure.undertaking) == 1
    with pytest.raises(Refused, match="reopened already"):
        reopen_undertaking(by=rosa, closure=closure, because="recheck_failed", words="Again.")
    assert audit.verify().holds


def test_expired_evidence_reopens_and_the_machine_may_say_so(
    ready: Undertaking, omar: Person, vera: Person, cass: Person
) -> None:
    about = About("A course.", "Use.", "training", expires_on=in_days(5), expires_because="Yearly.")
    course = a_file(omar, ready, about=about, content=b"Trained: 388 of 412.\n")
    grade_evidence(by=vera, evidence=course, grade="training", reason="The list is signed.")
    sign(vera, ready)
    closure = close(cass, ready)
    assert queries.reasons_to_reopen(closure, in_days(5)) == []
    found = queries.reasons_to_reopen(closure, in_days(6))
    assert [(r.because, r.ground) for r in found] == [("evidence_expired", course)]
    with pytest.raises(Refused, match="there is none"):
        reopen_undertaking(by=None, closure=closure, because="evidence_expired", words="Expired.")
    ground = rules.check_ground(closure, Reopening.Because.EVIDENCE_EXPIRED, None, in_days(6))
    assert ground == course


def test_a_later_report_that_repeats_it_reopens(
    closure: Closure, rosa: Person, asked: list[Recommendation]
) -> None:
    earlier = closure.undertaking.recommendation
    later = enter_recommendation(
        by=rosa, report=earlier.report, words="Record each report within a day.", number="9",
        bodies=[(closure.undertaking.body, "")],
    )  # fmt: skip
    link = sign_link(by=rosa, earlier=earlier, later=later, relation="same", reason="The same.")
    with pytest.raises(Refused, match="Say why"):
        reopen_undertaking(by=rosa, closure=closure, because="asked_again", words="")
    reopening = reopen_undertaking(
        by=rosa, closure=closure, because="asked_again", words="It was found again.", ground=link
    )
    assert reopening.link == link


def test_the_bodys_own_word_reopens_and_nothing_else_of_theirs(
    closure: Closure, omar: Person, vera: Person, lena: Person
) -> None:
    with pytest.raises(Refused, match="by its own word"):
        reopen_undertaking(by=omar, closure=closure, because="recheck_failed", words="Ours.")
    claim_ready(omar, closure.undertaking, "Also at night.")
    with pytest.raises(Refused, match="there is none"):
        reopen_undertaking(by=omar, closure=closure, because="own_word", words="It slipped.")
    slipped = make_claim(
        by=omar, undertaking=closure.undertaking, rung="in_progress",
        words="Two teams no longer do it.", slipped_on=TODAY,
    )  # fmt: skip
    with pytest.raises(NotTheirs):
        reopen_undertaking(by=lena, closure=closure, because="own_word", words="It slipped.")
    reopening = reopen_undertaking(
        by=omar, closure=closure, because="own_word", words="It slipped."
    )
    assert reopening.claim == slipped


def test_a_ground_of_another_matter_is_none(
    closure: Closure, evidence: Evidence, rosa: Person
) -> None:
    with pytest.raises(Refused, match="there is none"):
        reopen_undertaking(
            by=rosa, closure=closure, because="evidence_expired", words="Old.", ground=evidence
        )


# --- Checked again ---


def test_what_is_closed_is_checked_again_on_its_date(closure: Closure, vera: Person) -> None:
    assert queries.rechecks_due(in_days(179)) == []
    assert queries.rechecks_due(in_days(180)) == [closure]
    assert queries.rechecks_due(in_days(150), within_days=30) == [closure]
    sign(vera, closure.undertaking, recheck_on=in_days(400))
    assert queries.rechecks_due(in_days(180)) == []
    assert queries.recheck_on(closure) == in_days(400)


# --- The four questions ---


def test_the_four_answers_stand_apart_and_in_order(accepted: Undertaking) -> None:
    four = four_answers(accepted)
    assert [answer.key for answer in four] == list(QUESTIONS)
    assert [answer.words for answer in four] == [
        "Accepted.", "Nothing claimed.", "Nobody independent has looked yet.", "No measure yet.",
    ]  # fmt: skip
    assert four.response.speaker == "Northmoor Police"
    assert four.response.history[0].note.startswith("Read so by the office on")
    assert four.disagreement == ""


def test_a_claim_that_nobody_has_checked_is_said_to_be_one(ready: Undertaking) -> None:
    four = four_answers(ready)
    assert four.delivery.words == "Ready for assessment."
    assert four.delivery.speaker == "Northmoor Police (Head of Public Protection)"
    assert four.disagreement == (
        "The body claims “ready for assessment”; no independent opinion stands that it is so."
    )


def test_an_assured_opinion_is_dated_and_signed(assured: Opinion) -> None:
    four = four_answers(assured.undertaking)
    assert (four.assurance.words, four.assurance.on) == ("Assured.", TODAY)
    assert (four.assurance.speaker, four.disagreement) == ("Vera Lindqvist", "")


def test_opinions_that_differ_are_both_said(assured: Opinion, ivo: Person) -> None:
    sign(ivo, assured.undertaking, judgement="partly")
    four = four_answers(assured.undertaking)
    assert four.assurance.words == "Partly assured. Assured."
    assert four.assurance.speaker == "Ivo Sandberg and Vera Lindqvist"
    assert "says less" in four.disagreement


def test_a_void_opinion_stays_in_the_history(assured: Opinion, omar: Person) -> None:
    make_claim(
        by=omar, undertaking=assured.undertaking, rung="in_progress", words="It slipped.",
        slipped_on=TODAY,
    )  # fmt: skip
    four = four_answers(assured.undertaking)
    assert four.assurance.words == "No opinion stands."
    assert "void: the claim has changed" in four.assurance.history[0].note
    assert "slipped back" in four.delivery.history[0].note
    assert [said.words for said in four.delivery.history] == [
        "In progress.", "Ready for assessment.",
    ]  # fmt: skip


def test_four_answers_cost_few_queries(
    assured: Opinion, omar: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        a_file(omar, assured.undertaking, content=f"Counts: {number}.\n".encode())
    undertaking = Undertaking.objects.select_related("body", "recommendation").get(
        pk=assured.undertaking_id
    )
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        four_answers(undertaking)


def test_what_was_passed_on_is_closed_at_its_successor(
    assured: Opinion, cass: Person, rosa: Person, council: object
) -> None:
    pass_to_successor(by=rosa, undertaking=assured.undertaking, successor=council)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="This was passed to Northmoor Council"):
        close(cass, assured.undertaking)
