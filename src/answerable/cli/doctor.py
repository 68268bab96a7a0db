"""`answerable doctor`: what is set up, what is missing, and how to mend it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from answerable.accounts.models import Person, Role, RoleHeld
from answerable.accounts.queries import offices
from answerable.audit.queries import lifted_locks
from answerable.cli.running import waiting_migrations
from answerable.cli.telling import as_line, example, json_option, plural, tell
from answerable.engine.documents import can_recognise
from answerable.engine.similarity.meaning import default_folder, why_not
from answerable.engine.similarity.meaning_building import place
from answerable.publishing.queries import is_whole, newest, served_number
from answerable.reports.actions import scanning
from answerable.reports.actions.reading import STALE_SECONDS
from answerable.reports.models import Document

LITTLE_ROOM = 2 * 1024**3
LONG_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: ``state`` is ok, missing (must be mended) or optional."""

    what: str
    state: str
    sentence: str


def _ok(what: str, sentence: str) -> Finding:
    return Finding(what, "ok", sentence)


def _missing(what: str, sentence: str) -> Finding:
    return Finding(what, "missing", sentence)


def _python() -> Iterator[Finding]:
    yield _ok("python", f"Python {sys.version.split()[0]}.")


# --- Folders ---------------------------------------------------------------------------------------


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(p for p in (folder, *folder.parents) if p.exists())


def _folders() -> Iterator[Finding]:
    for what, folder in (("data", Path(settings.DATA)), ("editions", Path(settings.EDITIONS))):
        there = _nearest(folder)
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            yield _missing(what, f"{folder} cannot be written. Name a folder that can be.")
            continue
        free = shutil.disk_usage(there).free
        if free < LITTLE_ROOM:
            yield _missing(
                what, f"Only {free // 1024**2} MB are free where {folder} is. Make room."
            )
        elif what == "data":
            yield _ok(what, f"{folder} can be written; {free // 1024**3} GB are free.")
    yield from _secret()


def _secret() -> Iterator[Finding]:
    kept = Path(settings.DATA) / "secret-key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        yield _missing("secret", f"Others can read {kept}. Run: chmod 600 {kept}")


# --- The database ----------------------------------------------------------------------------------


def _database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        behind = waiting_migrations()
    except (Error, ImproperlyConfigured) as error:
        sentence = f"The database does not answer ({error}). Check ANSWERABLE_DATABASE."
        yield _missing("database", " ".join(sentence.split()))
        return
    if behind:
        yield _missing(
            "database", f"It is {plural(behind, 'step')} behind. Run: answerable migrate"
        )
        return
    yield _ok("database", f"{connection.display_name} answers and is up to date.")
    for check in (_locks, _people, _work, _scans, _editions):
        yield from check()


def _locks() -> Iterator[Finding]:
    lifted = lifted_locks()
    if lifted:
        yield _missing(
            "locks",
            f"Nothing keeps {', '.join(lifted)} from being changed by hand: the database has lost "
            "its triggers. Restore the newest backup into an empty database.",
        )


def _people() -> Iterator[Finding]:
    if not offices().exists():
        yield _missing("office", "There is no oversight office yet. Run: answerable user invite")
    held = RoleHeld.objects.filter(ended_at__isnull=True, person__is_active=True)
    for role in (Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER):
        if not held.filter(role=role).exists():
            yield _missing("people", f"Nobody is {role.label}. Run: answerable user invite")
    publishers = held.filter(role=Role.PUBLISHER).values("person").distinct().count()
    if publishers < 2:
        be = "is" if publishers == 1 else "are"
        yield _missing("people", f"Publishing needs two publishers, and there {be} {publishers}.")
    active = Person.objects.filter(is_active=True).count()
    if active:
        yield _ok("people", f"{plural(active, 'person', 'people')} may sign in.")


def _work() -> Iterator[Finding]:
    now = timezone.now()
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONG_WAIT).count()
    reading = Document.objects.filter(state=Document.State.READING)
    beating = reading.filter(heartbeat_at__gt=now - timedelta(seconds=STALE_SECONDS)).exists()
    if late and not beating:
        yield _missing(
            "reading",
            f"{plural(late, 'document')} waited for more than {LONG_WAIT.seconds // 60} minutes: "
            "no worker seems to run. Run: answerable worker",
        )
        return
    count = Document.objects.filter(state__in=("waiting", "reading")).count()
    waits = f"{plural(count, 'document waits', 'documents wait')} to be read."
    yield _ok("reading", waits if count else "Nothing waits to be read.")


def _editions() -> Iterator[Finding]:
    last = newest()
    if last is None:
        yield Finding("editions", "optional", "Nothing is published yet.")
    elif not is_whole(last):
        yield _missing(
            "editions",
            f"The files of {last} are missing or changed. Run: answerable edition verify",
        )
    elif served_number() != last.number:
        yield _missing(
            "editions",
            f"The public reads edition {served_number() or 'none'}, not {last.number}. "
            "Start answerable serve again.",
        )
    else:
        yield _ok("editions", f"The public reads {last}.")


# --- Settings --------------------------------------------------------------------------------------


def _safety() -> Iterator[Finding]:
    if settings.DEBUG:
        yield _missing("debug", "ANSWERABLE_DEBUG is on: errors show their insides. Turn it off.")
    if settings.DEMO:
        yield Finding("demo", "optional", "This is the demo: anyone can sign in as anyone.")
    elif not settings.SITE_URL.startswith("https://"):
        yield Finding(
            "address",
            "optional",
            "ANSWERABLE_URL is not https: fine on this machine, not for others.",
        )
    if "console" in settings.EMAIL_BACKEND:
        yield Finding(
            "mail", "optional", "No mail server: invitations are printed. Set ANSWERABLE_MAIL."
        )


def _scanner() -> Iterator[Finding]:
    if not settings.CLAMD_SOCKET:
        yield Finding("scanner", "optional", "No virus scanner. Set ANSWERABLE_CLAMD_SOCKET.")
    elif scanning.answers():
        yield _ok("scanner", "The virus scanner answers.")
    else:
        yield _missing(
            "scanner",
            f"The virus scanner at {settings.CLAMD_SOCKET} does not answer: no document is taken.",
        )


def _scans() -> Iterator[Finding]:
    aside = Document.objects.filter(
        state=Document.State.PARKED, state_reason__contains="answerable[ocr]"
    ).count()
    waits = f" {plural(aside, 'scan was', 'scans were')} put aside for it" if aside else ""
    if not can_recognise():
        sentence = "No text recognition for scans. Run: pip install 'answerable[ocr]'"
        yield Finding("scans", "optional", f"{sentence}.{waits}." if waits else sentence)
        return
    tried = f"{waits}: choose Try again on their pages." if waits else ""
    yield _ok("scans", f"The text of scans is recognised.{tried}")


def _meaning() -> Iterator[Finding]:
    reason = why_not()
    if reason is not None:
        yield Finding("meaning", "optional", reason)
    elif place(default_folder()).is_file():
        yield _ok("meaning", "Likeness compares meanings as well as words.")
    else:
        yield _ok(
            "meaning",
            "Meanings can be compared; built at first use, or now: answerable likeness meaning",
        )


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _folders,
    _database,
    _safety,
    _scanner,
    _meaning,
)
SIGNS = {"ok": "✓", "missing": "✗", "optional": "–"}


@click.command(epilog=example("answerable doctor", "answerable doctor --json"))
@json_option
def doctor(as_json: bool) -> None:
    """Say what is set up, what is missing and how to mend it.

    ✓ is well, – may be added, ✗ must be mended. Exit code 1 where something must be mended.
    """
    findings = [finding for check in CHECKS for finding in check()]
    for f in findings:
        if as_json:
            as_line({"what": f.what, "state": f.state, "sentence": f.sentence})
        else:
            tell(f"{SIGNS[f.state]} {f.what:<10} {f.sentence}")
    sys.exit(1 if any(f.state == "missing" for f in findings) else 0)
