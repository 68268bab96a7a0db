"""Reading in the background: once, whatever is killed meanwhile."""

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from answerable.accounts.models import Body, Person
from answerable.audit import queries as audit
from answerable.engine import documents as engine
from answerable.engine.documents import shapes
from answerable.reports.actions import reading
from answerable.reports.actions.documents import read_again, receive_document
from answerable.reports.actions.reading import Attempt, Superseded, read_document, reap
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting, run_worker
from answerable.reports.models import Candidate, Document, Page, Reading, Report
from answerable.reports.queries.documents import candidates_hold
from tests import papers

State = Document.State


@pytest.fixture
def report(rosa: Person, inspectorate: Body) -> Report:
    return log_report(
        by=rosa, title="Review of Northmoor", kind="review", author=inspectorate, stated_count=4
    )


def receive(by: Person, report: Report, content: bytes, **more: object) -> Document:
    return receive_document(
        by=by,
        report=report,
        upload=io.BytesIO(content),
        name="review.pdf",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def document(report: Report, rosa: Person) -> Document:
    return receive(rosa, report, papers.pdf())


def test_a_document_is_read_with_its_pages_candidates_and_one_event(document: Document) -> None:
    assert run_waiting() == 1
    document.refresh_from_db()
    assert (document.state, document.page_count, document.pages_done) == (State.READ, 3, 3)
    assert [p.number for p in document.pages.all()] == [1, 2, 3]
    found = Candidate.objects.filter(reading__document=document, taken=True)
    assert [c.words for c in found] == list(papers.ASKS)
    assert all(c.page == 3 and c.spans[0]["boxes"] for c in found)
    assert [e.verb for e in audit.history(document)] == ["document.read", "document.received"]
    assert audit.history(document)[0].facts == {"what": "3 candidates on 3 pages"}
    assert audit.verify().holds


def test_a_span_is_where_its_words_stand_on_the_page(document: Document) -> None:
    run_waiting()
    for candidate in Candidate.objects.filter(reading__document=document, taken=True):
        for span in candidate.spans:
            page = Page.objects.get(document=document, number=span["page"])
            assert page.text[span["start"] : span["end"]].split()[0] in candidate.words


def test_the_count_that_was_written_down_is_compared_with_what_is_found(
    document: Document,
) -> None:
    run_waiting()
    notices = document.reading.notices.filter(code="count")
    assert any("4 recommendations; 3 were found" in n.sentence for n in notices)


def test_what_the_machine_proposed_is_bound_by_a_digest(document: Document) -> None:
    run_waiting()
    reading_of = Reading.objects.get(document=document)
    assert candidates_hold(reading_of)


def test_a_reply_is_read_without_looking_for_recommendations(report: Report, rosa: Person) -> None:
    document = receive(rosa, report, papers.pdf(), purpose=Document.Purpose.REPLY)
    run_waiting()
    assert document.pages.count() == 3
    assert not Candidate.objects.exists()
    assert not document.reading.notices.exists()


@pytest.mark.parametrize("content", [papers.word(), papers.HTML], ids=["docx", "html"])
def test_documents_without_pages_are_read_as_one(
    report: Report, rosa: Person, content: bytes
) -> None:
    document = receive(rosa, report, content)
    run_waiting()
    document.refresh_from_db()
    assert (document.state, document.page_count) == (State.READ, None)
    assert papers.ASKS[0] in document.pages.get().text


def test_a_second_task_for_the_same_document_finds_nothing_to_do(document: Document) -> None:
    reading.enqueue(document)
    assert run_waiting() == 2
    assert read_document.call(document_id=document.pk) == "nothing to do"
    assert Reading.objects.filter(document=document).count() == 1
    assert len(audit.history(document)) == 2


# --- What no database can keep ---------------------------------------------------------------------


def test_text_that_no_database_can_keep_is_mended_without_moving_anything(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = "before\x00after \ud800 end"
    line = shapes.Line(0, len(bad), shapes.Box(1, 2, 3, 4))
    page = shapes.Page(1, 595.0, 842.0, bad, (), (line,))
    span = shapes.Span(1, 0, len(bad))
    candidate = shapes.Candidate("1\x00", bad, "recommendation", 1, (span,), 0.5, ("\ud800",))
    made = shapes.Reading("", "application/pdf", True, (page,), (candidate,))
    monkeypatch.setattr(engine, "read_safely", lambda *a, **k: made)
    run_waiting()
    kept = document.pages.get()
    assert kept.text == "before\ufffdafter \ufffd end"
    assert len(kept.text) == len(bad)
    assert candidates_hold(document.reading)


# --- Failures, and the three tries -------------------------------------------------------------------


def _fails(*args: object, **kwargs: object) -> shapes.Reading:
    raise RuntimeError("the disk coughed")


def _now(document: Document) -> Document:
    """``document`` as it stands, with every wait over."""
    DBTaskResult.objects.update(run_after=timezone.now())
    document.refresh_from_db()
    return document


def test_after_three_failures_it_is_put_aside_with_a_sentence(
    document: Document, rosa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(engine, "read_safely", _fails)
        for tries in (1, 2):
            assert run_waiting() == 1
            assert (_now(document).state, document.attempts) == (State.WAITING, tries)
        assert run_waiting() == 1
    assert _now(document).state == State.PARKED
    assert "in 3 tries" in document.state_reason
    assert audit.history(document)[0].verb == "document.parked"
    read_again(by=rosa, document=document)
    run_waiting()
    assert _now(document).state == State.READ
    assert audit.verify().holds


def test_a_second_try_waits_a_little(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "read_safely", _fails)
    run_waiting()
    assert run_waiting() == 0
    task = DBTaskResult.objects.get(status="READY")
    assert task.run_after > timezone.now() + timedelta(seconds=5)


def test_a_dead_readers_document_is_given_back_and_its_task_closed(document: Document) -> None:
    task = DBTaskResult.objects.get()
    task.claim("killed")
    attempt = reading._claim(document.pk)
    assert attempt
    assert reap() == 0, "its heart beats"
    long_ago = timezone.now() - timedelta(minutes=5)
    Document.objects.update(heartbeat_at=long_ago)
    DBTaskResult.objects.update(started_at=long_ago)
    assert reap() == 1
    task.refresh_from_db()
    assert (task.status, _now(document).state) == ("FAILED", State.WAITING)
    assert run_waiting() == 1
    assert _now(document).state == State.READ


def test_a_reader_given_up_for_dead_can_do_nothing_more(document: Document) -> None:
    old = reading._claim(document.pk)
    assert old
    Document.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    reap()
    DBTaskResult.objects.update(run_after=timezone.now())
    run_waiting()
    found = shapes.Reading("", "application/pdf", True, (), ())
    with pytest.raises(Superseded):
        reading._keep(old, document, found, 1.0)
    reading._park(by="machine", attempt=old, because="too late")
    reading.give_back(old)
    assert _now(document).state == State.READ
    assert Reading.objects.filter(document=document).count() == 1


def test_what_waits_in_no_queue_is_queued_again(document: Document) -> None:
    DBTaskResult.objects.all().delete()
    assert reap() == 1
    assert reap() == 0
    assert run_waiting() == 1
    assert _now(document).state == State.READ


def test_a_reader_that_lost_its_ticket_stops_reading(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "TELL_SECONDS", 0.0)
    with pytest.raises(Superseded):
        reading._read(document, Attempt(document.pk, 99))


# --- Real workers ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_until_it_is_told_to_stop(report: Report, rosa: Person) -> None:
    document = receive(rosa, report, papers.pdf())
    stop = Event()

    def work() -> None:
        try:
            run_worker(stop=stop, pause=0.05)
        finally:
            connections.close_all()

    thread = Thread(target=work)
    thread.start()
    try:
        _until(lambda: _state(document) == State.READ)
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()


def _state(document: Document) -> str:
    document.refresh_from_db()
    return document.state


def _until(holds: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


WORKER = """
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.MEDIA_ROOT = {media!r}
from answerable.reports.actions import reading, work
reading.BEAT_SECONDS, reading.TELL_SECONDS, reading.WAIT_SECONDS = 0.2, 0.0, 0
work.run_worker(reap_every=0.3, stale_after={stale}, pause=0.05)
"""


def _worker(media: Path, stale: float) -> subprocess.Popen[bytes]:
    """A real worker process on the test's database and folder."""
    code = WORKER.format(name=str(connection.settings_dict["NAME"]), media=str(media), stale=stale)
    return subprocess.Popen([sys.executable, "-c", code], env=dict(os.environ))


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing(
    report: Report, rosa: Person, settings: object
) -> None:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("another process cannot open a database in memory")
    media = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]
    document = receive(rosa, report, papers.pdf(400))
    first = _worker(media, 2)
    second = None
    try:
        _until(lambda: _state(document) == State.READING)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert _state(document) == State.READING, "nobody has noticed yet"
        assert not Reading.objects.exists()
        second = _worker(media, 2)
        _until(lambda: _state(document) == State.READ)
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.wait()
    assert document.attempts == 2
    assert Reading.objects.filter(document=document).count() == 1
    assert document.pages.count() == 400
    assert audit.verify().holds
