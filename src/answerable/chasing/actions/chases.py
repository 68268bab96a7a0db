"""Writes of messages: prepared by the ladder, changed, held back, approved, stopped."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.accounts.rules import By, Refused, check_version
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.chasing.actions.outbox import queue_dispatch
from answerable.chasing.models import Chase, Dispatch, Setting, Step
from answerable.chasing.queries import chases as queries
from answerable.chasing.queries import ladder, outbox, owed, wording
from answerable.chasing.queries.letters import letter_of
from answerable.chasing.queries.owed import Owed
from answerable.chasing.rules import chases as rules
from answerable.engine.packs import letter_docx, letter_pdf


def facts_of(chases: Sequence[Chase]) -> dict[str, object]:
    """What an event says of messages that go together: no words, no names."""
    first = chases[0]
    references = ", ".join(dict.fromkeys(c.reference for c in chases))
    return {
        "step": str(Step(first.step).label),
        "reference": first.reference,
        "references": references,
        "body": first.body.name,
    }


# --- Prepared -------------------------------------------------------------------------------------


@act
def prepare_chase(*, by: By | None, owed: Owed, setting: Setting) -> Chase:
    """Prepare one step about one thing. Nothing goes before it is approved, or is automatic."""
    made = queries.made_for(owed)
    chase = Chase.objects.create(
        ladder=setting.ladder,
        step=setting.step,
        step_version=setting.version,
        body=owed.body,
        undertaking=owed.undertaking,
        due_on=owed.due_on,
        reference=owed.reference,
        reason=wording.reason_of(owed),
        words=wording.words_for(owed, setting, made),
        prepared_at=timezone.now(),
        **{owed.column: owed.thing},
    )
    audit.record("chase.prepared", by=by, on=chase, facts=facts_of([chase]))
    return chase


def prepare_due(*, by: By | None, day: date) -> list[Chase]:
    """Prepare every step whose day has come. Safe to repeat: each is prepared once."""
    found = ladder.steps()
    latest = owed.latest(day, min((s.days for s in found if s.in_use), default=0))
    made = []
    for one in owed.owed_by(latest):
        steps = ladder.ladder_of(one.ladder, found)
        setting = ladder.next_step(steps, queries.made_for(one), one.due_on, day)
        if setting:
            made.append(prepare_chase(by=by, owed=one, setting=setting))
    return made


def send_automatic(*, by: By | None) -> list[Dispatch]:
    """Let go what the ladder sends by itself, to each body together.

    Where a person held back a message about the same thing, the next waits for a person too.
    """
    auto = {(s.ladder, s.step) for s in ladder.steps() if s.automatic and s.in_use}
    waiting = [c for c in queries.to_approve() if (c.ladder, c.step) in auto]
    free = [c for c in waiting if not queries.was_held(owed.as_owed(owed.thing_of(c), c.due_on))]
    sent = []
    for group in queries.groups(free):
        try:
            sent.append(_let_go(by=by, chases=list(group.chases)))
        except Refused:
            continue  # nobody to write to: it stays where a person sees it, with the sentence
    return sent


@act
def _let_go(*, by: By | None, chases: Sequence[Chase]) -> Dispatch:
    for chase in chases:
        rules.check_can_go(chase)
    return _dispatch(None, by, chases)


# --- Stopped --------------------------------------------------------------------------------------


def stop_answered(*, by: By | None) -> list[Chase]:
    """Stop every message about what is no longer owed by that day."""
    stopped = []
    for chase in queries.unsent():
        because = owed.why_ended(chase)
        if because:
            stopped.append(stop_chase(by=by, chase=chase, because=because))
    return stopped


@act
def stop_chase(*, by: By | None, chase: Chase, because: str) -> Chase:
    """Stop one message that has not gone."""
    before = audit_queries.snapshot(chase)
    chase.stopped_at, chase.stopped_because = timezone.now(), because
    chase.save(update_fields=["stopped_at", "stopped_because"])
    facts = facts_of([chase]) | {"because": because}
    audit.record("chase.stopped", by=by, on=chase, before=before, facts=facts)
    return chase


# --- A person's word ------------------------------------------------------------------------------


@act
def change_words(*, by: Person, chase: Chase, words: str, seen: int) -> Chase:
    """Change the words of one message before it is approved; why it was asked stays its first line."""
    chase = queries.as_it_stands(chase)
    rules.check_may_change(by, chase)
    rules.check_words(words)
    check_version(chase.version, seen)
    before = audit_queries.snapshot(chase)
    chase.words = "\n".join(line.rstrip() for line in words.strip().splitlines())
    chase.version += 1
    chase.save(update_fields=["words", "version"])
    audit.record("chase.changed", by=by, on=chase, before=before, facts=facts_of([chase]))
    return chase


@act
def hold_chase(*, by: Person, chase: Chase, reason: str) -> Chase:
    """Hold one message back, with the reason. It can still be approved later."""
    chase = queries.as_it_stands(chase)
    rules.check_may_hold(by, chase)
    rules.check_held(reason)
    before = audit_queries.snapshot(chase)
    chase.held_at, chase.held_by, chase.held_reason = timezone.now(), by, reason.strip()
    chase.save(update_fields=["held_at", "held_by", "held_reason"])
    said = {"reason": chase.held_reason}
    audit.record("chase.held", by=by, on=chase, before=before, facts=facts_of([chase]), said=said)
    return chase


@act
def approve_chases(*, by: Person, chases: Sequence[Chase], seen: Mapping[int, int]) -> Dispatch:
    """Approve messages to one body, which go as one; a letter is signed by this.

    ``seen`` gives for each the version of its words that was read.
    """
    now = [queries.as_it_stands(chase) for chase in chases]
    rules.check_together(now)
    for chase in now:
        rules.check_may_approve(by, chase)
    rules.check_seen(now, seen)
    return _dispatch(by, by, now)


def _dispatch(approver: Person | None, by: By | None, chases: Sequence[Chase]) -> Dispatch:
    first = chases[0]
    recipients = outbox.recipients_of(list(chases))
    pdf = docx = b""
    if first.step == Step.LETTER and approver is not None:
        letter = letter_of(chases, approver, localdate())
        pdf, docx = letter_pdf(letter), letter_docx(letter)
    dispatch = Dispatch.objects.create(
        body=first.body,
        ladder=first.ladder,
        step=first.step,
        by=approver,
        at=timezone.now(),
        pdf=pdf,
        docx=docx,
        pdf_digest=hashlib.sha256(pdf).hexdigest() if pdf else "",
        docx_digest=hashlib.sha256(docx).hexdigest() if docx else "",
    )
    before = audit_queries.snapshot(*chases)
    for chase in chases:
        chase.dispatch = dispatch
        chase.save(update_fields=["dispatch"])
    queued = queue_dispatch(dispatch=dispatch, recipients=recipients)
    if first.step == Step.NOTICE and not queued:
        _note_public(chases)
    verb = "letter.signed" if first.step == Step.LETTER else "chase.approved"
    audit.record(verb, by=by, on=dispatch, also=chases, before=before, facts=facts_of(chases))
    return dispatch


def _note_public(chases: Sequence[Chase]) -> None:
    """A notice that nobody can be told of by e-mail is given all the same: it is public."""
    for chase in chases:
        chase.sent_at = timezone.now()
        chase.save(update_fields=["sent_at"])


@act
def post_letter(*, by: Person, dispatch: Dispatch) -> Dispatch:
    """Say that a letter without an e-mail address was posted today."""
    dispatch = Dispatch.objects.get(pk=dispatch.pk)
    rules.check_may_post(by, dispatch)
    chases = list(dispatch.chases.select_related("body"))
    before = audit_queries.snapshot(dispatch, *chases)
    dispatch.posted_on = localdate()
    dispatch.save(update_fields=["posted_on"])
    for chase in chases:
        chase.sent_at = timezone.now()
        chase.save(update_fields=["sent_at"])
    facts = facts_of(chases)
    audit.record("letter.posted", by=by, on=dispatch, also=chases, before=before, facts=facts)
    return dispatch


def run_ladder(*, by: By | None, day: date) -> tuple[int, int, int]:
    """One day's work of the ladder: how many were stopped, prepared, and went by themselves."""
    stopped = stop_answered(by=by)
    prepared = prepare_due(by=by, day=day)
    sent = send_automatic(by=by)
    return len(stopped), len(prepared), sum(d.chases.count() for d in sent)
