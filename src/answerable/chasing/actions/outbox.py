"""Writes of the outbox: what is queued, marked before it is sent, and told of after.

A message is marked as *sending*, in a transaction of its own, before a byte leaves. Where the
process dies after that, nobody can know whether the message went: it is never sent again by
itself, but shown as *may have gone*, and a person says. So no message goes twice unseen.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import check_version
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act, locked
from answerable.chasing.models import Chase, Delivery, Dispatch, Step
from answerable.chasing.queries import outbox as queries
from answerable.chasing.queries import owed, wording
from answerable.chasing.queries.outbox import Recipient
from answerable.chasing.rules import chases as rules

log = logging.getLogger("answerable.chasing")
State = Delivery.State
DIGEST_SUBJECT = "What needs you in Answerable"
"""Fixed: says nothing of what it is about."""
PRINTS = "django.core.mail.backends.console.EmailBackend"
"""Where no mail server is set: messages wait rather than count as sent."""


def can_send() -> bool:
    """Whether a mail server is set up."""
    return settings.EMAIL_BACKEND != PRINTS


def _facts(dispatch: Dispatch, chases: Sequence[Chase]) -> dict[str, object]:
    return {
        "step": str(Step(dispatch.step).label),
        "references": ", ".join(dict.fromkeys(c.reference for c in chases)),
        "body": dispatch.body.name,
    }


def _new(**about: object) -> Delivery:
    now = timezone.now()
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message_id = make_msgid(domain=address.rpartition("@")[2] or "localhost")
    return Delivery(message_id=message_id, queued_at=now, next_try_at=now, **about)


# --- Queued ---------------------------------------------------------------------------------------


def queue_dispatch(*, dispatch: Dispatch, recipients: Sequence[Recipient]) -> list[Delivery]:
    """One row for each address, within the act that approves; a letter by post has none."""
    rows = [_new(dispatch=dispatch, person=r.person, head=r.head) for r in recipients if r.email]
    return Delivery.objects.bulk_create(rows)


@locked
def queue_digest(*, person: Person, words: str, day: date) -> Delivery | None:
    """Queue what needs a person, once a day at most; None where that was done."""
    if queries.had_digest(person.pk, day):
        return None
    delivery = _new(person=person, digest_on=day, digest=words)
    delivery.save()
    return delivery


# --- Marked, before it goes -----------------------------------------------------------------------


def _open_chases(dispatch: Dispatch) -> list[Chase]:
    rows = dispatch.chases.select_related("body", "clock", "action", "milestone", "closing_test")
    return [c for c in rows.order_by("due_on", "pk") if not owed.why_ended(c)]


@act
def take(*, by: None, pk: int, now: datetime) -> tuple[Delivery, EmailMessage] | None:
    """Mark one delivery as being sent; None where another took it, or it was answered meanwhile."""
    delivery = queries.as_it_stands(pk)
    if delivery.state != State.WAITING or delivery.next_try_at > now:
        return None
    message = _message(delivery)
    if message is None:
        delivery.state = State.DROPPED
        delivery.save(update_fields=["state"])
        _note_dropped(delivery)
        return None
    delivery.state, delivery.taken_at, delivery.tries = State.SENDING, now, delivery.tries + 1
    delivery.save(update_fields=["state", "taken_at", "tries"])
    return delivery, message


def _note_dropped(delivery: Delivery) -> None:
    """Say on the record that what was approved is not sent, because it was answered before."""
    if delivery.dispatch is None:
        return
    chases = [c for c in delivery.dispatch.chases.all() if not c.sent_at and not c.stopped_at]
    before = audit_queries.snapshot(*chases)
    for chase in chases:
        chase.stopped_at, chase.stopped_because = timezone.now(), owed.why_ended(chase)
        chase.save(update_fields=["stopped_at", "stopped_because"])
    if chases:
        because = chases[0].stopped_because
        facts = _facts(delivery.dispatch, chases) | {"because": because}
        facts["reference"] = facts["references"]
        audit.record(
            "chase.stopped", by=None, on=chases[0], also=chases[1:], before=before, facts=facts
        )


def _message(delivery: Delivery) -> EmailMessage | None:
    """The message as it goes; None where there is nobody and nothing left to tell."""
    to = Recipient(delivery.person, delivery.head).email
    reachable = delivery.person is None or delivery.person.is_active
    if not to or not reachable:
        return None
    headers = {"Message-ID": delivery.message_id}
    if delivery.dispatch is None or delivery.dispatch.by is None:
        headers["Auto-Submitted"] = "auto-generated"  # no answer from a mail program to this
    message = EmailMessage(to=[to], headers=headers)
    if delivery.dispatch is None:
        message.subject, message.body = DIGEST_SUBJECT, delivery.digest
        return message
    chases = _open_chases(delivery.dispatch)
    if not chases:
        return None
    by = delivery.dispatch.by
    message.subject = wording.subject_of(chases)
    message.body = wording.message_about(chases, approved_by=by.name if by else "")
    if delivery.dispatch.pdf:
        name = f"letter-{chases[0].reference}.pdf"
        message.attach(name, bytes(delivery.dispatch.pdf), "application/pdf")
    return message


# --- Sent -----------------------------------------------------------------------------------------


def send_waiting(*, now: datetime | None = None) -> int:
    """Send what waits and may be tried now; returns how many went. Any number may run at once.

    For the worker, which calls it every few seconds, and for `answerable chasing run`. A server
    that does not answer ends the round: what is left waits for the next.
    """
    moment = now or timezone.now()
    _give_up_knowing(moment)
    if not can_send():
        return 0
    sent = 0
    connection = get_connection()
    try:
        for pk in list(queries.due(moment).values_list("pk", flat=True)):
            outcome = _send_one(connection, pk, moment)
            sent += outcome == State.SENT
            if outcome == State.WAITING:
                break
    finally:
        connection.close()
    return sent


def _send_one(connection: BaseEmailBackend, pk: int, now: datetime) -> str:
    """Take, send and note one delivery; its state after, or "" where there was nothing to send."""
    taken = take(by=None, pk=pk, now=now)
    if taken is None:
        return ""
    delivery, message = taken
    state, error = _hand_over(connection, message)
    note_outcome(by=None, pk=delivery.pk, state=state, error=error, now=now)
    return state


def _hand_over(connection: BaseEmailBackend, message: EmailMessage) -> tuple[State, str]:
    """Give one message to the server: what became of it, and why not."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return State.WAITING, _said(error)
    try:
        connection.send_messages([message])
    except smtplib.SMTPServerDisconnected as error:
        return State.UNSURE, _said(error)
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(max(code for code, _ in error.recipients.values())), _said(error)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code), _said(error)
    except (OSError, smtplib.SMTPException) as error:
        return State.UNSURE, _said(error)
    return State.SENT, ""


PERMANENT = 500


def _refused(code: int) -> State:
    """The server's own word that it did not take it: for now, or for good."""
    return State.FAILED if code >= PERMANENT else State.WAITING


def _said(error: Exception) -> str:
    """What went wrong, without any address that stands in the server's words."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


@act
def note_outcome(*, by: None, pk: int, state: State, error: str, now: datetime) -> Delivery:
    """Write down what became of a delivery that was being sent."""
    delivery = queries.as_it_stands(pk)
    if state == State.WAITING and delivery.tries > len(queries.WAITS):
        state = State.FAILED
    delivery.state, delivery.error = state, error
    if state == State.WAITING:
        delivery.next_try_at = now + timedelta(minutes=queries.WAITS[delivery.tries - 1])
    if state == State.SENT:
        delivery.sent_at = timezone.now()
    if state != State.WAITING:
        delivery.digest = ""  # what needed somebody that day is nobody else's business
    delivery.save(update_fields=["state", "error", "next_try_at", "sent_at", "digest"])
    if error:
        log.warning("message %s: %s (%s)", delivery.pk, State(state).label, error)
    _record(delivery)
    return delivery


VERBS = {State.SENT: "chase.sent", State.UNSURE: "chase.unsure", State.FAILED: "chase.failed"}


def _record(delivery: Delivery) -> None:
    dispatch = delivery.dispatch
    if dispatch is None or delivery.state not in VERBS:
        return
    chases = list(dispatch.chases.filter(stopped_at__isnull=True).select_related("body"))
    before = audit_queries.snapshot(*chases)
    if delivery.state == State.SENT:
        for chase in (c for c in chases if c.sent_at is None):
            chase.sent_at = delivery.sent_at
            chase.save(update_fields=["sent_at"])
    facts = _facts(dispatch, chases)
    verb = VERBS[State(delivery.state)]
    audit.record(verb, by=None, on=dispatch, also=chases, before=before, facts=facts)


def _give_up_knowing(now: datetime) -> None:
    """What was being sent when its sender died may have gone: from now on a person says."""
    for pk in list(queries.begun_long_ago(now).values_list("pk", flat=True)):
        note_outcome(by=None, pk=pk, state=State.UNSURE, error="the sender ended", now=now)


def doubt_waiting(*, by: str) -> int:
    """After a backup was put back: what waited in it may have gone since. Returns how many.

    None of it is sent by itself; a person says of each whether it went. Digests are dropped.
    """
    Delivery.objects.filter(state=State.WAITING, dispatch__isnull=True).update(state=State.DROPPED)
    waiting = Delivery.objects.filter(state__in=(State.WAITING, State.SENDING))
    return sum(_doubt(by=by, pk=pk) for pk in list(waiting.values_list("pk", flat=True)))


@act
def _doubt(*, by: str, pk: int) -> bool:
    delivery = queries.as_it_stands(pk)
    delivery.state, delivery.error = State.UNSURE, "a backup was put back"
    delivery.save(update_fields=["state", "error"])
    _record(delivery)
    return True


# --- A person's word ------------------------------------------------------------------------------


@act
def settle_delivery(*, by: Person, delivery: Delivery, went: bool, seen: int) -> Delivery:
    """Say of a message that may have gone, or failed, whether it did; if not, it is sent again.

    It keeps its Message-ID, by which a mail program knows a second copy. ``seen`` is how often it
    had been tried when the person looked.
    """
    delivery = queries.as_it_stands(delivery.pk)
    rules.check_may_settle(by, delivery)
    check_version(delivery.tries, seen)
    delivery.state = State.SENT if went else State.WAITING
    delivery.error, delivery.next_try_at = "", timezone.now()
    delivery.sent_at = timezone.now() if went else None
    delivery.tries = delivery.tries if went else 0
    delivery.save(update_fields=["state", "error", "next_try_at", "sent_at", "tries"])
    dispatch = delivery.dispatch
    assert dispatch is not None  # noqa: S101  # a page offers this for the ladder's messages only
    chases = list(dispatch.chases.select_related("body"))
    before = audit_queries.snapshot(*chases)
    for chase in (c for c in chases if went and c.sent_at is None and not c.stopped_at):
        chase.sent_at = delivery.sent_at
        chase.save(update_fields=["sent_at"])
    facts = _facts(dispatch, chases) | {"outcome": "it went" if went else "send it again"}
    audit.record("chase.settled", by=by, on=dispatch, also=chases, before=before, facts=facts)
    return delivery
