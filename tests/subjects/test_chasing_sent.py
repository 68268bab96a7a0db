"""Messages go by real SMTP: once each, tried again when refused, never twice after kill -9."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.conf import settings as product
from django.db import connection
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.chasing.actions.chases import hold_chase
from answerable.chasing.actions.outbox import (
    doubt_waiting,
    queue_digest,
    send_waiting,
    settle_delivery,
)
from answerable.chasing.models import Chase, Delivery, Head, Step
from answerable.chasing.queries import chases as queries
from answerable.chasing.queries.outbox import WAITS
from answerable.register.actions.responses import log_response
from answerable.register.models import Undertaking
from tests.chased import approve, in_days, prepared
from tests.mail import Post

pytestmark = pytest.mark.django_db


def later(minutes: int) -> object:
    return timezone.now() + timedelta(minutes=minutes)


def test_an_approved_reminder_arrives_once_with_its_reason_first(
    post: Post, reminders: list[Chase], rosa: Person, lena: Person
) -> None:
    approve(rosa, reminders)
    assert send_waiting() == 1, "two reminders to one lead are one message"
    assert send_waiting() == 0
    [message] = post.arrived
    assert message["To"] == lena.email
    assert message["Subject"] == f"Reply due: {reminders[0].reference} and 1 more"
    assert message["Message-ID"] == Delivery.objects.get().message_id
    text = message.get_body().get_content()  # type: ignore[union-attr]
    assert text.splitlines()[0].startswith(f"“{reminders[0].undertaking.recommendation.words[:40]}")  # type: ignore[union-attr]
    reminders[0].refresh_from_db()
    assert reminders[0].sent_at
    assert audit.verify().holds


def test_a_letter_arrives_at_the_head_with_its_pdf(
    post: Post, silent: Undertaking, head: Head, lena: Person, rosa: Person, cass: Person
) -> None:
    for day in (0, 8):
        with time_machine.travel(in_days(day)):
            chase = next(c for c in prepared() if c.undertaking_id == silent.pk)
            hold_chase(by=rosa, chase=chase, reason="By telephone.")
    with time_machine.travel(in_days(20)):
        letter = next(c for c in prepared() if c.undertaking_id == silent.pk)
        approve(cass, [letter])
        send_waiting()
    [message] = post.arrived
    assert letter.step == Step.LETTER
    assert message["To"] == head.email
    assert message["Subject"] == f"A letter about {letter.reference}"
    [pdf] = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    assert pdf.get_content()[:5] == b"%PDF-"


def test_what_the_server_refuses_for_now_is_tried_again_with_growing_waits(
    post: Post, reminders: list[Chase], rosa: Person
) -> None:
    approve(rosa, reminders)
    post.answer = "451 Try again later"
    now = timezone.now()
    waits = []
    for _ in range(len(WAITS) + 1):
        send_waiting(now=now)
        delivery = Delivery.objects.get()
        waits.append(round((delivery.next_try_at - now).total_seconds() / 60))
        now = max(delivery.next_try_at, now)
    assert waits[: len(WAITS)] == list(WAITS)
    assert delivery.state == Delivery.State.FAILED
    assert post.arrived == []
    post.answer = "250 OK"
    settle_delivery(by=rosa, delivery=delivery, went=False, seen=delivery.tries)
    assert send_waiting() == 1


def test_what_the_server_refuses_for_good_has_failed_at_once(
    post: Post, reminders: list[Chase], rosa: Person
) -> None:
    approve(rosa, reminders)
    post.answer = "554 No"
    send_waiting()
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.FAILED
    assert "@" not in delivery.error, "no address in what is logged"


def test_a_server_that_is_away_is_tried_again(
    post: Post, reminders: list[Chase], rosa: Person, settings: object
) -> None:
    approve(rosa, reminders)
    there, settings.EMAIL_PORT = product.EMAIL_PORT, 1  # type: ignore[attr-defined]
    assert send_waiting() == 0
    settings.EMAIL_PORT = there  # type: ignore[attr-defined]
    assert send_waiting() == 0, "it waits"
    assert send_waiting(now=later(2)) == 1  # type: ignore[arg-type]


def test_without_a_mail_server_messages_wait(
    reminders: list[Chase], rosa: Person, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # type: ignore[attr-defined]
    approve(rosa, reminders)
    assert send_waiting() == 0
    assert Delivery.objects.get().state == Delivery.State.WAITING


def test_what_is_answered_after_approval_is_not_sent(
    post: Post, reminders: list[Chase], silent: Undertaking, rosa: Person
) -> None:
    approve(rosa, [c for c in reminders if c.undertaking_id == silent.pk])
    log_response(by=rosa, undertaking=silent, words="We accept.", dated_on=timezone.localdate())
    assert send_waiting() == 0
    assert Delivery.objects.get().state == Delivery.State.DROPPED
    assert queries.told_of(silent) == []
    assert audit.verify().holds


def test_a_digest_goes_once_a_day_and_its_subject_says_nothing(post: Post, rosa: Person) -> None:
    today = timezone.localdate()
    assert queue_digest(person=rosa, words="R-0003: 12 days late", day=today)
    assert queue_digest(person=rosa, words="again", day=today) is None
    assert send_waiting() == 1
    assert post.arrived[0]["Subject"] == "What needs you in Answerable"


def test_what_waited_in_a_backup_is_not_sent_by_itself(
    post: Post, reminders: list[Chase], rosa: Person
) -> None:
    approve(rosa, reminders)
    queue_digest(person=rosa, words="R-0003", day=timezone.localdate())
    assert doubt_waiting(by="operator") == 1
    assert send_waiting() == 0
    assert {d.state for d in Delivery.objects.all()} == {"unsure", "dropped"}
    assert audit.verify().holds


SENDER = """
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from answerable.chasing.actions.outbox import send_waiting
send_waiting()
"""


@pytest.mark.django_db(transaction=True)
def test_nothing_goes_twice_after_kill_9(post: Post, reminders: list[Chase], rosa: Person) -> None:
    approve(rosa, reminders)
    post.go_on.clear()
    code = SENDER.format(name=str(connection.settings_dict["NAME"]), port=product.EMAIL_PORT)
    child = subprocess.Popen([sys.executable, "-c", code], env=dict(os.environ))
    assert post.hears.wait(60), "the server has the whole message, and has not answered"
    child.send_signal(signal.SIGKILL)
    assert child.wait(10) == -signal.SIGKILL
    post.go_on.set()
    assert Delivery.objects.get().state == Delivery.State.SENDING
    assert send_waiting() == 0
    assert send_waiting(now=later(60)) == 0  # type: ignore[arg-type]
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.UNSURE
    assert len(post.arrived) == 1
    settle_delivery(by=rosa, delivery=delivery, went=True, seen=delivery.tries)
    with pytest.raises(Refused, match="is known"):
        settle_delivery(by=rosa, delivery=delivery, went=False, seen=delivery.tries)
    assert send_waiting(now=later(120)) == 0  # type: ignore[arg-type]
    assert len(post.arrived) == 1
    assert audit.verify().holds


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(
    post: Post, reminders: list[Chase], rosa: Person, otto: Person, omar: Person
) -> None:
    for chase in reminders:
        approve(rosa, [chase])
    senders = [Thread(target=_send_and_close) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert len(post.arrived) == len({m["Message-ID"] for m in post.arrived}) == len(reminders)


def _send_and_close() -> None:
    try:
        send_waiting()
    finally:
        connection.close()
