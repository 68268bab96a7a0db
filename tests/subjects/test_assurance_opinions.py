"""Opinions: who may sign, what they are bound to, what voids them, and who takes them back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.accounts.rules import GRANTS, NotTheirs, Permission, Refused, reason_against
from answerable.assurance.actions.evidence import (
    About,
    add_statement,
    grade_evidence,
    take_out_evidence,
)
from answerable.assurance.actions.interests import declare_interest, end_interest
from answerable.assurance.actions.opinions import withdraw_opinion
from answerable.assurance.models import Evidence, Opinion
from answerable.assurance.queries import opinions as queries
from answerable.assurance.queries.opinions import State, weighed_opinions
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.assurance.rules import opinions as rules
from answerable.assurance.rules.independence import BARS, bars_against
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.moves import approve_owner, ask_owner
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking, take_out_service
from answerable.plan.models import ClosingTest
from answerable.register.actions.responses import log_response
from answerable.register.models import Undertaking
from tests.assured import ABOUT, a_file, claim_ready, in_days, sign
from tests.universe import a_test_proposed

TODAY = timezone.localdate()


# --- Signing ---


def test_a_verifier_signs_what_she_saw(assured: Opinion, vera: Person) -> None:
    assert (assured.judgement, assured.signed_by) == ("assured", vera)
    assert assured.digest == digest_of(assured.seen)
    assert assured.seen["wording"]["reference"] == "R-0001"
    assert [one["grade"] for one in assured.seen["evidence"]] == ["use"]
    assert queries.standing_opinion(assured.undertaking) == assured
    event = audit.history(assured)[0]
    assert (event.verb, event.facts["digest"]) == ("opinion.signed", assured.digest)
    assert "Twenty records" not in Event.objects.get(seq=event.seq).content
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"proved_at": None}, "Confirm that it is you"),
        ({"proved_at": timezone.now() - timedelta(hours=1)}, "Confirm that it is you"),
        ({"proved_at": timezone.now() + timedelta(hours=1)}, "Confirm that it is you"),
        ({"digest": "0" * 64}, "Something has changed"),
        ({"judgement": "green"}, "Choose what you have seen"),
        ({"looked_at": " "}, "what you looked at"),
        ({"judgement": "partly", "missing": ""}, "what was missing"),
        ({"recheck_on": TODAY}, "in the future"),
        ({"recheck_on": TODAY + timedelta(days=366 * 6)}, "within 5 years"),
    ],
)
def test_a_signature_that_lacks_something_is_refused(
    given: dict[str, object], says: str, ready: Undertaking, vera: Person
) -> None:
    with pytest.raises(Refused, match=says):
        sign(vera, ready, **given)
    assert not Opinion.objects.exists()


def test_nothing_is_judged_without_a_test_and_a_claim(
    accepted: Undertaking, vera: Person, omar: Person
) -> None:
    with pytest.raises(Refused, match="no agreed closing test"):
        sign(vera, accepted, judgement="not_assured")


def test_nothing_is_judged_before_it_is_claimed(
    agreed_test: ClosingTest, accepted: Undertaking, vera: Person
) -> None:
    with pytest.raises(Refused, match="claimed nothing"):
        sign(vera, accepted, judgement="not_assured")


def test_assured_needs_a_claim_evidence_and_grades(
    agreed_test: ClosingTest, accepted: Undertaking, vera: Person, omar: Person
) -> None:
    make_claim(by=omar, undertaking=accepted, rung="in_progress", words="Half done.")
    with pytest.raises(Refused, match="does not claim that this is done"):
        sign(vera, accepted)
    claim_ready(omar, accepted)
    with pytest.raises(Refused, match="Nothing has been seen"):
        sign(vera, accepted)
    evidence = a_file(omar, accepted)
    with pytest.raises(Refused, match="Set the grade"):
        sign(vera, accepted)
    grade_evidence(by=vera, evidence=evidence, grade="use", reason="I read ten.")
    assert sign(vera, accepted).judgement == "assured"


def test_evidence_that_is_too_old_carries_no_assurance(
    ready: Undertaking, vera: Person, omar: Person
) -> None:
    about = About("A.", "B.", "use", expires_on=in_days(3), expires_because="It is a snapshot.")
    evidence = a_file(omar, ready, about=about, content=b"Counts of October: 12.\n")
    grade_evidence(by=vera, evidence=evidence, grade="use", reason="Read.")
    seen = seen_now(ready)
    rules.check_can_assure(seen, in_days(3))
    with pytest.raises(Refused, match="too old"):
        rules.check_can_assure(seen, in_days(4))


# --- Independence: one table ---


def of_the_body(person: Person, undertaking: Undertaking) -> None:
    # No act of the product leads here: put there below it, the bar holds all the same.
    Person.objects.filter(pk=person.pk).update(body=undertaking.body)


def an_owner(person: Person, undertaking: Undertaking) -> None:
    omar = undertaking.body.people.get()
    action = add_action(
        by=omar, body=undertaking.body, title="Read", owner_role="Head", owner_name="Dana Holt"
    )
    words = undertaking.recommendation.words
    serve_undertaking(by=omar, action=action, undertaking=undertaking, spans=[(0, len(words))])
    # No act makes someone of the office an owner: put there below it, the bar holds all the same.
    type(action).objects.filter(pk=action.pk).update(owner=person)


def an_uploader(person: Person, undertaking: Undertaking) -> None:
    evidence = a_file(undertaking.body.people.get(), undertaking, content=b"Other counts: 4.\n")
    use = evidence.uses.get()
    take_out_evidence(by=undertaking.body.people.get(), use=use, reason="Wrong month.")
    accounts.give_role(by="operator", person=person, role=Role.GOVERNANCE_OFFICER)
    a_file(person, undertaking, content=b"Third counts: 5.\n")


def a_drafter(person: Person, undertaking: Undertaking) -> None:
    accounts.give_role(by="operator", person=person, role=Role.GOVERNANCE_OFFICER)
    log_response(by=person, undertaking=undertaking, words="We agree.", dated_on=TODAY)


def a_claimant(person: Person, undertaking: Undertaking) -> None:
    accounts.give_role(by="operator", person=person, role=Role.GOVERNANCE_OFFICER)
    claim_ready(person, undertaking, "They say: all of it.")


def interested(person: Person, undertaking: Undertaking) -> None:
    declare_interest(by=person, body=undertaking.body, words="My brother works there.")


TIES: dict[str, Callable[[Person, Undertaking], None]] = {
    "of_body": of_the_body,
    "outside_office": of_the_body,
    "owned": an_owner,
    "uploaded": an_uploader,
    "answered": a_drafter,
    "claimed": a_claimant,
    "interest": interested,
}


def test_every_bar_of_the_table_is_tried() -> None:
    assert set(TIES) == {bar.code for bar in BARS}


@pytest.mark.parametrize("code", TIES)
def test_who_is_tied_to_it_gives_no_opinion(code: str, ready: Undertaking, vera: Person) -> None:
    assert list(bars_against(vera, ready)) == []
    TIES[code](vera, ready)
    person = Person.objects.get(pk=vera.pk)
    assert code in {bar.code for bar in bars_against(person, ready)}
    with pytest.raises(Refused) as refused:
        sign(person, ready)
    assert refused.value.code == "separation"
    assert reason_against(rules.check_may_sign, person, ready) == refused.value.sentence


def test_who_once_owned_an_action_is_tied_to_it_for_ever(
    ready: Undertaking, omar: Person, force: Body
) -> None:
    second = accounts.add_person(
        by="operator", name="Uma Reid", email="uma@northmoor.example", body=force,
        roles=[Role.ASSURANCE_LEAD],
    )  # fmt: skip
    action = add_action(
        by=omar, body=force, title="Read", owner_role="Head of Reading", owner=second
    )
    words = ready.recommendation.words
    service = serve_undertaking(by=omar, action=action, undertaking=ready, spans=[(0, len(words))])
    change = ask_owner(
        by=omar, action=action, role="Head of Reading", owner=omar, reason="She has left."
    )
    approve_owner(by=second, change=change)
    take_out_service(by=omar, service=service, reason="Another action does.")
    assert "owned" in {bar.code for bar in bars_against(second, ready)}
    assert "owned" in {bar.code for bar in bars_against(omar, ready)}


@pytest.mark.parametrize("who", ["rosa", "cass", "petra", "ravi", "ada", "omar", "lena"])
def test_nobody_but_a_verifier_signs(
    who: str, ready: Undertaking, request: pytest.FixtureRequest
) -> None:
    with pytest.raises((Refused, NotTheirs)):
        sign(request.getfixturevalue(who), ready)


# --- Interests ---


def test_an_interest_ends_by_another_persons_word(
    ready: Undertaking, vera: Person, cass: Person, rosa: Person
) -> None:
    interest = declare_interest(by=vera, undertaking=ready, words="I wrote its first draft.")
    with pytest.raises(Refused, match="declared this already"):
        declare_interest(by=vera, undertaking=ready, words="Again.")
    with pytest.raises(Refused, match="Only a commissioner or chair"):
        end_interest(by=vera, interest=interest, reason="Long ago.")
    with pytest.raises(Refused, match="Say why"):
        end_interest(by=cass, interest=interest, reason="")
    end_interest(by=cass, interest=interest, reason="The draft was not used.")
    assert list(bars_against(vera, ready)) == []
    with pytest.raises(Refused, match="ended already"):
        end_interest(by=cass, interest=interest, reason="Again.")
    own = declare_interest(by=cass, undertaking=ready, words="I chaired it.")
    with pytest.raises(Refused, match="declared this yourself"):
        end_interest(by=cass, interest=own, reason="It is nothing.")
    assert "brother" not in "".join(Event.objects.values_list("content", flat=True))
    assert audit.verify().holds


def test_an_interest_is_in_one_thing(ready: Undertaking, vera: Person, force: Body) -> None:
    for given in ({}, {"body": force, "undertaking": ready}):
        with pytest.raises(Refused, match="Say in what"):
            declare_interest(by=vera, words="Something.", **given)
    with pytest.raises(Refused, match="what the interest is"):
        declare_interest(by=vera, words=" ", body=force)


# --- Two verifiers ---


def test_two_verifiers_may_differ_and_both_stand(
    assured: Opinion, ready: Undertaking, ivo: Person
) -> None:
    second = sign(ivo, ready, judgement="partly")
    assert queries.standing_opinions(ready) == [assured, second]
    assert queries.standing_assured(ready) == [assured]


def test_a_later_opinion_of_the_same_verifier_takes_the_place_of_hers(
    assured: Opinion, ready: Undertaking, vera: Person
) -> None:
    later = sign(vera, ready, judgement="partly")
    assert [w.state for w in weighed_opinions(ready)] == [State.REPLACED, State.STANDS]
    assert queries.standing_opinion(ready) == later


# --- Withdrawing ---


def test_an_opinion_is_withdrawn_by_its_verifier_or_the_chair_with_a_reason(
    assured: Opinion, ready: Undertaking, vera: Person, ivo: Person, cass: Person, omar: Person
) -> None:
    for person in (ivo, omar):
        with pytest.raises(Refused, match="withdraw someone else’s opinion"):
            withdraw_opinion(by=person, opinion=assured, reason="I know better.")
    with pytest.raises(Refused, match="Say why"):
        withdraw_opinion(by=vera, opinion=assured, reason="")
    withdraw_opinion(by=vera, opinion=assured, reason="I read the wrong month.")
    assert queries.standing_opinion(ready) is None
    weighed = weighed_opinions(ready)[0]
    assert weighed.state is State.WITHDRAWN
    assert weighed.sentence == "This opinion was withdrawn: I read the wrong month."
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_opinion(by=cass, opinion=assured, reason="Again.")
    second = sign(ivo, ready)
    withdraw_opinion(by=cass, opinion=second, reason="The test was not carried out.")
    assert audit.verify().holds


# --- What the verifier is shown ---


def test_everything_new_since_the_last_opinion_is_compared(
    ready: Undertaking, vera: Person, omar: Person, evidence: Evidence
) -> None:
    first = queries.compared(ready)
    assert first.last is None
    assert len(first.new["evidence"]) == 1
    opinion = sign(vera, ready, judgement="partly")
    assert queries.compared(ready).changed == ()
    more = a_file(omar, ready, content=b"Counts of November: 40, within 24 hours: 39.\n")
    found = queries.compared(ready)
    assert (found.last, found.changed) == (opinion, ("evidence",))
    assert [one["id"] for one in found.new["evidence"]] == [more.pk]


def test_a_void_opinion_says_what_changed(
    assured: Opinion, ready: Undertaking, omar: Person, vera: Person, force: Body
) -> None:
    add_statement(
        by=omar, body=force, name="More", words="Also at night.", about=ABOUT, undertakings=[ready]
    )
    assert a_test_proposed(vera, ready, why="Twenty are too few.", how_many=40)
    weighed = weighed_opinions(ready)[0]
    assert (weighed.state, weighed.changed) == (State.VOID, ("evidence",))
    assert weighed.sentence == "This opinion is void: the evidence has changed since it was signed."
    claim_ready(omar, ready, "Also at night.")
    assert weighed_opinions(ready)[0].sentence == (
        "This opinion is void: the claim and the evidence have changed since it was signed."
    )
    assert queries.standing_opinion(ready) is None


def test_an_opinion_whose_own_record_was_altered_below_does_not_stand(assured: Opinion) -> None:
    assured.seen["wording"]["words"] = "Something easier."
    assert queries.is_void(assured, seen_now(assured.undertaking))


def test_the_permissions_of_assurance_are_apart(
    vera: Person, cass: Person, rosa: Person, omar: Person
) -> None:
    both = {Permission.OPINION_SIGN, Permission.UNDERTAKING_CLOSE}
    assert all(len(granted & both) <= 1 for granted in GRANTS.values())
    makers = {Permission.EVIDENCE_ADD, Permission.CLAIM_MAKE}
    assert all(not (Permission.OPINION_SIGN in g and g & makers) for g in GRANTS.values())
