"""A scan in the background: recognised page by page, gone on with where a worker was killed."""

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.engine import documents as engine
from answerable.reports.actions import reading, recognising
from answerable.reports.actions.documents import read_again, receive_document
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Candidate, Document
from tests import papers, scans

State = Document.State


@pytest.fixture
def document(rosa: Person, inspectorate: Body) -> Document:
    report = log_report(by=rosa, title="Review of Northmoor", kind="review", author=inspectorate)
    content = scans.scanned(papers.pdf())
    return receive_document(by=rosa, report=report, upload=io.BytesIO(content), name="scan.pdf")


def kept(document: Document) -> list[str]:
    folder = Path(settings.RECOGNISED) / document.sha256
    return sorted(path.name for path in folder.glob("*"))


def test_a_scan_is_read_and_says_how_sure_it_is(document: Document) -> None:
    assert run_waiting() == 1
    document.refresh_from_db()
    assert (document.state, document.page_count, document.state_reason) == (State.READ, 3, "")
    found = Candidate.objects.filter(reading__document=document, taken=True)
    assert [c.words for c in found] == list(papers.ASKS)
    notice = document.reading.notices.get(code="recognised")
    assert "The text of 3 pages was recognised in pictures" in notice.sentence
    assert not kept(document), "nothing is left behind"
    assert audit.verify().holds


def test_the_page_tells_how_far_the_recognising_is(
    document: Document, client: Client, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "TELL_SECONDS", 0.0)
    seen: list[str] = []
    address = reverse("desk:document_progress", args=[document.pk])
    read_safely = engine.read_safely

    def watched(*args: object, **named: object) -> engine.Reading:
        tell = named["on_page"]

        def look(progress: engine.Progress) -> None:
            tell(progress)  # type: ignore[operator]
            if progress.recognising:
                client.force_login(rosa)
                seen.append(client.get(address).json()["words"])
                seen.append(client.get(f"/desk/documents/{document.pk}/").text)

        return read_safely(*args, **(named | {"on_page": look}))  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "read_safely", watched)
    run_waiting()
    assert seen[0::2] == [f"The text of page {n} of 3 is read" for n in (0, 1, 2)]
    assert all(recognising.SLOW in page for page in seen[1::2])


def test_a_scan_put_aside_for_want_of_the_extra_is_read_when_tried_again(
    document: Document, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bare:
        bare.setattr("answerable.engine.documents.ocr.available", lambda: False)
        run_waiting()
    document.refresh_from_db()
    assert document.state == State.PARKED
    assert "answerable[ocr]" in document.state_reason
    read_again(by=rosa, document=document)
    run_waiting()
    document.refresh_from_db()
    assert document.state == State.READ


def test_what_nobody_reads_any_more_is_swept_away(document: Document) -> None:
    recognising.Recognised(document).keep(1, b"[]")
    assert recognising.sweep() == 0, "it still waits to be read"
    Document.objects.update(state=State.PARKED)
    assert recognising.sweep() == 1
    assert not kept(document)


WORKER = """
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.MEDIA_ROOT, settings.RECOGNISED = {media!r}, {recognised!r}
from answerable.reports.actions.work import run_worker
run_worker(pause=0.05)
"""


def worker() -> subprocess.Popen[bytes]:
    """A worker in a process of its own, on the test's database and folders."""
    code = WORKER.format(
        name=str(connection.settings_dict["NAME"]),
        media=str(settings.MEDIA_ROOT),
        recognised=str(settings.RECOGNISED),
    )
    return subprocess.Popen([sys.executable, "-c", code], env=dict(os.environ))


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_one_page_of_work(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = worker()
    try:
        deadline = time.monotonic() + 60
        while not any(name.isdigit() for name in kept(document)):
            assert time.monotonic() < deadline, "no page was recognised"
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    document.refresh_from_db()
    assert document.state == State.READING
    before = {name for name in kept(document) if name.isdigit()}
    Document.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert reading.reap() == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    again: list[int] = []
    keep = recognising.Recognised.keep
    monkeypatch.setattr(
        recognising.Recognised,
        "keep",
        lambda self, page, found: (again.append(page), keep(self, page, found)),
    )
    run_waiting()
    document.refresh_from_db()
    assert document.state == State.READ
    assert not before & {str(page) for page in again}, "what was recognised is used"
    assert not kept(document)
