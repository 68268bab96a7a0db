"""The ladder: what is prepared when, who lets it go, and what stops it."""

from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused, may
from answerable.audit import queries as audit
from answerable.chasing.actions.chases import (
    approve_chases,
    change_words,
    hold_chase,
    run_ladder,
    stop_answered,
)
from answerable.chasing.actions.ladder import change_step, record_head
from answerable.chasing.models import STEPS, Chase, Head, Ladder, Step
from answerable.chasing.queries import chases as queries
from answerable.chasing.queries import ladder, wording
from answerable.plan.actions.closing_tests import agree_test
from answerable.plan.models import Action, ClosingTest
from answerable.publishing.records import public_records
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation, Undertaking
from tests.assured import claim_ready
from tests.chased import approve, in_days, prepared
from tests.universe import a_test_proposed

pytestmark = pytest.mark.django_db


def of(chases: list[Chase], undertaking: Undertaking) -> Chase:
    return next(c for c in chases if c.undertaking_id == undertaking.pk)


def test_a_reminder_begins_with_the_reason_it_was_asked(silent: Undertaking, lena: Person) -> None:
    chase = of(prepared(), silent)
    text = wording.message_about([chase], approved_by="Rosa Adeyemi")
    first = text.splitlines()[0]
    assert silent.recommendation.words in first
    assert "Inspection of child protection in Northmoor" in first
    assert "Approved by Rosa Adeyemi" in text


def test_a_subject_is_fixed_words_and_a_reference(reminders: list[Chase]) -> None:
    assert wording.subject_of(reminders[:1]) == f"Reply due: {reminders[0].reference}"
    assert wording.subject_of(reminders).endswith("and 1 more")


def test_each_step_is_prepared_once_however_often_the_command_runs(silent: Undertaking) -> None:
    assert prepared()
    assert prepared() == []


def test_a_ladder_begun_late_does_not_send_all_steps_at_once(
    silent: Undertaking, lena: Person, rosa: Person
) -> None:
    chase = of(prepared(), silent)
    assert chase.step == Step.REMINDER
    approve(rosa, [chase])
    after = prepared(in_days(30))
    assert not [c for c in after if c.undertaking_id == silent.pk], "the first has not gone yet"


def test_the_next_step_follows_some_days_after_the_last_was_held_back(
    silent: Undertaking, lena: Person, rosa: Person
) -> None:
    chase = of(prepared(), silent)
    hold_chase(by=rosa, chase=chase, reason="Lena telephoned: it comes on Friday.")
    assert not [c for c in prepared(in_days(3)) if c.undertaking_id == silent.pk]
    assert of(prepared(in_days(8)), silent).step == Step.SECOND


def test_what_was_answered_is_stopped_and_says_why(
    silent: Undertaking, rosa: Person, lena: Person
) -> None:
    chase = of(prepared(), silent)
    log_response(by=rosa, undertaking=silent, words="We accept.", dated_on=timezone.localdate())
    assert [c.pk for c in stop_answered(by=None)] == [chase.pk]
    chase.refresh_from_db()
    assert chase.stopped_because == "a reply came"
    with pytest.raises(Refused, match="a reply came"):
        approve(rosa, [chase])


def test_a_reply_between_approval_and_sending_refuses_the_approval(
    silent: Undertaking, rosa: Person, lena: Person
) -> None:
    chase = of(prepared(), silent)
    log_response(by=rosa, undertaking=silent, words="Yes.", dated_on=timezone.localdate())
    with pytest.raises(Refused, match="nothing to chase any more"):
        approve(rosa, [chase])


def test_only_who_may_approves_and_only_what_they_read(
    reminders: list[Chase], rosa: Person, cass: Person, vera: Person, lena: Person
) -> None:
    chase = reminders[0]
    for person in (vera, lena):
        with pytest.raises(Refused):
            approve(person, [chase])
    change_words(by=cass, chase=chase, words="Other words.", seen=1)
    with pytest.raises(Refused, match="Someone else changed this"):
        approve_chases(by=rosa, chases=[chase], seen={chase.pk: 1})
    assert approve(rosa, [chase]).by == rosa
    with pytest.raises(Refused, match="approved already"):
        change_words(by=rosa, chase=chase, words="Too late.", seen=2)


def test_messages_to_two_bodies_do_not_go_together(
    silent: Undertaking, open_question: Recommendation, omar: Person, lena: Person, rosa: Person
) -> None:
    chases = prepared(in_days(40))
    assert len({c.body_id for c in chases}) > 1
    with pytest.raises(Refused, match="one body"):
        approve(rosa, chases)


def test_the_chair_alone_signs_a_letter_and_it_needs_a_head(
    silent: Undertaking, lena: Person, rosa: Person, cass: Person, council: Body
) -> None:
    hold_chase(by=rosa, chase=of(prepared(), silent), reason="By telephone.")
    with time_machine.travel(in_days(8)):
        hold_chase(by=rosa, chase=of(prepared(), silent), reason="By telephone.")
    with time_machine.travel(in_days(20)):
        letter = of(prepared(), silent)
        assert letter.step == Step.LETTER
        with pytest.raises(Refused, match="who heads"):
            approve(cass, [letter])
        record_head(by=rosa, body=council, name="Ruth Calloway", post="Chief", address="Civic Hall")
        with pytest.raises(Refused, match="Only a commissioner or chair"):
            approve(rosa, [letter])
        dispatch = approve(cass, [letter])
    assert bytes(dispatch.pdf)[:5] == b"%PDF-"
    assert bytes(dispatch.docx)[:2] == b"PK"
    assert not dispatch.deliveries.exists(), "it goes by post"
    assert audit.verify().holds


def test_an_automatic_reminder_goes_by_itself_but_not_after_one_was_held_back(
    silent: Undertaking, lena: Person, rosa: Person, asked: list[Recommendation], council: Body
) -> None:
    for one in STEPS[:2]:
        change_step(by=rosa, setting=replace(one, automatic=True))
    held = of(prepared(), silent)
    hold_chase(by=rosa, chase=held, reason="By telephone.")
    _, made, went = run_ladder(by=None, day=in_days(8))
    assert made == 1, "the second reminder about the one that was held back"
    assert went == 1, "the other reminder, which nobody held back"
    second = Chase.objects.get(undertaking=silent, step=Step.SECOND)
    assert second.dispatch is None


def test_a_letter_is_never_automatic_and_gaps_that_nothing_fills_are_refused(rosa: Person) -> None:
    letter = ladder.step_of(Ladder.CLOCK, Step.LETTER)
    assert letter
    with pytest.raises(Refused, match="never goes by itself"):
        change_step(by=rosa, setting=replace(letter, automatic=True))
    with pytest.raises(Refused, match="Nothing fills"):
        change_step(by=rosa, setting=replace(letter, words="Dear {name}"))


def test_who_has_not_seen_the_newest_ladder_cannot_change_it(rosa: Person) -> None:
    first = STEPS[0]
    change_step(by=rosa, setting=first)
    with pytest.raises(Refused, match="Someone else changed this"):
        change_step(by=rosa, setting=first)


def test_dates_of_the_plan_have_their_own_ladder(
    action: Action, agreed_test: ClosingTest, omar: Person
) -> None:
    chases = prepared(in_days(110))
    [about] = [c for c in chases if c.action_id == action.pk and c.ladder == Ladder.DATE]
    assert wording.subject_of([about]) == f"Date due: {action.reference}"
    assert "A supervisor reads every report within a day" in about.reason
    assert any(c.closing_test_id == agreed_test.pk for c in chases)


def test_a_claim_puts_the_closing_tests_date_to_rest(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person
) -> None:
    claim_ready(omar, accepted)
    assert not [c for c in prepared(in_days(110)) if c.closing_test_id]


def test_the_record_verifies_and_says_what_was_done(reminders: list[Chase], rosa: Person) -> None:
    approve(rosa, reminders)
    assert audit.verify().holds
    verbs = [e.verb for e in audit.history(reminders[0])]
    assert verbs == ["chase.approved", "chase.prepared"]


def test_nothing_about_who_heads_a_body_is_in_the_chain(head: Head) -> None:
    event = audit.Event.objects.filter(verb="head.recorded").get()
    assert "Calloway" not in event.content
    assert "council.northmoor" not in event.content


@pytest.mark.parametrize("permission", [Permission.LETTER_SIGN])
def test_only_the_chair_may_sign(permission: Permission, cass: Person, rosa: Person) -> None:
    assert may(cass, permission)
    assert not may(rosa, permission)


def test_two_tests_of_one_answer_are_not_chased_twice(
    agreed_test: ClosingTest, accepted: Undertaking, omar: Person, vera: Person
) -> None:
    newer = agree_test(by=vera, test=a_test_proposed(omar, accepted, why="Wider."))
    chases = [c for c in prepared(in_days(110)) if c.closing_test_id]
    assert [c.closing_test_id for c in chases] == [newer.pk]


def notice_of(silent: Undertaking, rosa: Person) -> Chase:
    """Every step before it was held back; the notice of silence waits."""
    for day in (0, 8, 16):
        chase = of(prepared(in_days(day)), silent)
        hold_chase(by=rosa, chase=chase, reason="By telephone.")
    return of(prepared(in_days(24)), silent)


def test_a_notice_of_silence_is_public_once_a_person_gave_it(
    silent: Undertaking, rosa: Person, lena: Person
) -> None:
    def said() -> list[object]:
        records = public_records(timezone.localdate())["recommendations"]
        return [
            u["notice_on"]
            for r in records
            if r["reference"] == silent.recommendation.reference
            for u in r["undertakings"]
        ]

    notice = notice_of(silent, rosa)
    assert notice.step == Step.NOTICE
    assert said() == [None]
    approve(rosa, [notice])
    assert said() == [timezone.localdate().isoformat()]
    log_response(by=rosa, undertaking=silent, words="Yes.", dated_on=timezone.localdate())
    assert said() == [timezone.localdate().isoformat()], "it was given, and stays on the record"


def test_a_notice_needs_nobody_who_reads_it(silent: Undertaking, rosa: Person) -> None:
    notice = notice_of(silent, rosa)
    approve(rosa, [notice])
    [told] = queries.told_of(silent)
    assert told.what == "Notice of silence"


def test_what_was_said_about_an_answer_can_be_told_in_one_query(
    silent: Undertaking, lena: Person, rosa: Person, django_assert_num_queries: object
) -> None:
    chase = of(prepared(), silent)
    approve(rosa, [chase])
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.told_of(silent) == []
