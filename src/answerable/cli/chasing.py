"""`answerable chasing run`: the day's work of the ladder, and digests of what needs each person."""

from collections.abc import Iterator
from datetime import date

import click
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.audit.actions import OPERATOR
from answerable.chasing.actions.chases import run_ladder
from answerable.chasing.actions.outbox import can_send, queue_digest, send_waiting
from answerable.chasing.queries.subscriptions import wanting_digest
from answerable.cli.running import refuse_unready
from answerable.cli.telling import example, plural, tell
from answerable.desk.today.lines import Section
from answerable.desk.today.sections import sections_for


@click.group()
def chasing() -> None:
    """Remind bodies of what they owe, and people of what needs them."""


@chasing.command(epilog=example("answerable chasing run"))
def run() -> None:
    """Prepare what is due today, send what is approved, and send digests. Safe to repeat.

    Run it once a day, early, from cron or a systemd timer. Each step is prepared once and each
    digest made once a day, however often it runs. What waits is also sent by the worker.
    """
    refuse_unready()
    day = localdate()
    stopped, prepared, automatic = run_ladder(by=OPERATOR, day=day)
    digests = sum(_queue(person, day) for person in wanting_digest(day))
    sent = send_waiting()
    tell(f"{plural(prepared, 'message')} prepared, {stopped} stopped because nothing is owed now.")
    if automatic:
        tell(f"{plural(automatic, 'message')} approved by the ladder itself.")
    tell(f"{plural(digests, 'digest')} made. {plural(sent, 'message')} sent.")
    if not can_send():
        tell("No mail server is set, so nothing is sent. Set ANSWERABLE_MAIL.")


def _queue(person: Person, day: date) -> bool:
    """Queue the digest of one person; tell whether there was something to say, and it is new."""
    words = digest_words(person, day)
    return bool(words) and queue_digest(person=person, words=words, day=day) is not None


def digest_words(person: Person, day: date) -> str:
    """What needs a person, as plain text: when, what and where. Empty where nothing does."""
    sections = [s for s in sections_for(person, day) if s.mine and s.lines]
    if not sections:
        return ""
    parts = [f"{s.title}\n" + "\n".join(_lines(s)) for s in sections]
    mine = f"{settings.SITE_URL}{reverse('desk:today')}"
    stop = f"{settings.SITE_URL}{reverse('desk:reminders')}"
    return "\n\n".join([*parts, f"All of it: {mine}\nHow often you hear this: {stop}"])


def _lines(section: Section) -> Iterator[str]:
    for line in section.lines:
        yield f"- {line.when}: {line.what}\n  {settings.SITE_URL}{line.href}"
