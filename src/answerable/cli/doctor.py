"""`answerable doctor`: what is set up, what is missing, and how to mend it."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.db import Error, connection

from answerable.accounts.models import Person, Role, RoleHeld
from answerable.accounts.queries import offices
from answerable.cli.running import waiting_migrations
from answerable.cli.telling import as_line, json_option, tell
from answerable.reports.models import Document

LITTLE_ROOM = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: ``state`` is ok, missing (must be mended) or optional."""

    what: str
    state: str
    sentence: str


def _python() -> Iterator[Finding]:
    yield Finding("python", "ok", f"Python {sys.version.split()[0]}.")


def _folders() -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK):
        yield Finding(
            "data",
            "missing",
            f"{data} cannot be written. Let ANSWERABLE_DATA name a folder that can.",
        )
        return
    free = shutil.disk_usage(data).free
    if free < LITTLE_ROOM:
        yield Finding(
            "data", "missing", f"Only {free // 1024**2} MB are free where {data} is. Make room."
        )
    else:
        yield Finding("data", "ok", f"{data} can be written; {free // 1024**3} GB are free.")


def _database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        behind = waiting_migrations()
    except Error as error:
        sentence = f"The database does not answer ({error}). Check ANSWERABLE_DATABASE."
        yield Finding("database", "missing", " ".join(sentence.split()))
        return
    if behind:
        yield Finding(
            "database", "missing", f"It is {behind} steps behind. Run: answerable migrate"
        )
        return
    yield Finding("database", "ok", f"{connection.display_name} answers and is up to date.")
    yield from _people()
    yield from _work()


def _people() -> Iterator[Finding]:
    if not offices().exists():
        yield Finding(
            "office", "missing", "There is no oversight office yet. Run: answerable user invite"
        )
    held = RoleHeld.objects.filter(ended_at__isnull=True, person__is_active=True)
    for role in (Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER):
        if not held.filter(role=role).exists():
            yield Finding(
                "people", "missing", f"Nobody is {role.label}. Run: answerable user invite"
            )
    publishers = held.filter(role=Role.PUBLISHER).count()
    if publishers < 2:
        yield Finding(
            "people", "missing", f"Publishing needs two publishers, and there are {publishers}."
        )
    else:
        yield Finding(
            "people", "ok", f"{Person.objects.filter(is_active=True).count()} people may sign in."
        )


def _work() -> Iterator[Finding]:
    waiting = Document.objects.filter(state__in=("waiting", "reading")).count()
    yield Finding(
        "reading",
        "ok",
        f"{waiting} documents wait to be read." if waiting else "Nothing waits to be read.",
    )


def _safety() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(
            "debug", "missing", "ANSWERABLE_DEBUG is on: errors show their insides. Turn it off."
        )
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


def _extras() -> Iterator[Finding]:
    for module, extra, purpose in (
        ("psycopg", "postgres", "PostgreSQL"),
        ("ocrmypdf", "ocr", "giving scans a text layer"),
        ("onnxruntime", "meaning", "likeness by meaning"),
        ("clamav_client", "clamd", "asking a virus scanner"),
    ):
        if importlib.util.find_spec(module):
            yield Finding(extra, "ok", f"{purpose} can be used.")
        else:
            yield Finding(extra, "optional", f"For {purpose}: pip install 'answerable[{extra}]'")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _folders,
    _database,
    _safety,
    _extras,
)
SIGNS = {"ok": "✓", "missing": "✗", "optional": "–"}


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Say what is set up, what is missing and how to mend it. Exit code 1 where something must be."""
    findings = [finding for check in CHECKS for finding in check()]
    for f in findings:
        if as_json:
            as_line({"what": f.what, "state": f.state, "sentence": f.sentence})
        else:
            tell(f"{SIGNS[f.state]} {f.what:<10} {f.sentence}")
    sys.exit(1 if any(f.state == "missing" for f in findings) else 0)
