"""Documents: kept byte for byte, or refused with a sentence and nothing left behind."""

import errno
import hashlib
import io
import os
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from answerable.accounts.models import Body, Person
from answerable.audit import actions as audit_actions
from answerable.audit import queries as audit
from answerable.audit.rules import Refused
from answerable.reports.actions import files
from answerable.reports.actions.documents import (
    clean_name,
    close_document,
    open_document,
    read_again,
    receive_document,
)
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Document, Report
from answerable.reports.queries import documents
from tests import papers


@pytest.fixture
def report(rosa: Person, inspectorate: Body) -> Report:
    return log_report(by=rosa, title="Review of Northmoor", kind="review", author=inspectorate)


def receive(by: Person, report: Report, content: bytes, name: str = "review.pdf") -> Document:
    return receive_document(by=by, report=report, upload=io.BytesIO(content), name=name)


def kept(settings: object) -> list[Path]:
    """Every file under the folder for documents."""
    root = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]
    return [p for p in root.rglob("*") if p.is_file()]


# --- Kept ---------------------------------------------------------------------------------------------


def test_a_file_is_kept_byte_for_byte_under_its_digest(report: Report, rosa: Person) -> None:
    document = receive(rosa, report, papers.pdf())
    digest = hashlib.sha256(papers.pdf()).hexdigest()
    assert document.file.name == f"{digest[:2]}/{digest}"
    assert document.file.read() == papers.pdf()
    assert (document.size, document.media_type) == (len(papers.pdf()), "application/pdf")
    assert document.state == Document.State.WAITING
    assert not document.is_public, "receiving is not publishing"


def test_its_name_is_not_in_the_chain_in_the_clear(report: Report, rosa: Person) -> None:
    document = receive(rosa, report, papers.pdf(), "Jane Doe's complaint.pdf")
    event = audit.history(document)[0]
    assert event.said["name"] == "Jane Doe's complaint.pdf"
    assert "Jane" not in str(event.facts)
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("C:\\fakepath\\review.pdf", "review.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_never_a_place(given: str, kept_as: str) -> None:
    assert clean_name(given) == kept_as


def test_the_same_file_twice_says_when_and_by_whom_it_came_first(
    report: Report, rosa: Person, settings: object
) -> None:
    receive(rosa, report, papers.pdf(), "first.pdf")
    with pytest.raises(
        Refused, match="which Rosa Adeyemi added to “Review of Northmoor” on"
    ) as twice:
        receive(rosa, report, papers.pdf(), "second.pdf")
    assert "“first.pdf”" in twice.value.sentence
    assert len(kept(settings)) == 1


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ada", "omar", "ravi"])
def test_only_a_governance_officer_adds_documents(
    who: str, report: Report, request: pytest.FixtureRequest, settings: object
) -> None:
    with pytest.raises(Refused, match="Only a governance officer may add documents"):
        receive(request.getfixturevalue(who), report, papers.pdf())
    assert not kept(settings)


# --- Refused, with a sentence and nothing left ----------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (papers.EMPTY, "empty.pdf", "empty"),
        (papers.PROGRAM, "report.pdf", "not_allowed"),
        (papers.JUNK, "report.txt", "not_allowed"),
        (b"PK\x03\x04" + papers.JUNK, "report.docx", None),
        (papers.pdf()[:3000], "report.pdf", None),
        (papers.encrypted(), "report.pdf", "encrypted"),
        (papers.with_macros(), "report.docx", "macros"),
    ],
    ids=["empty", "program", "junk", "zip", "truncated", "encrypted", "macros"],
)
def test_a_file_that_is_not_a_document_is_refused(
    report: Report, rosa: Person, content: bytes, name: str, code: str | None, settings: object
) -> None:
    with pytest.raises(Refused) as refused:
        receive(rosa, report, content, name)
    assert code in (None, refused.value.code)
    assert refused.value.sentence.endswith("."), "a sentence for a person"
    assert not Document.objects.exists()
    assert not kept(settings)


def test_a_file_that_is_too_large_is_refused_before_all_of_it_has_come(
    report: Report, rosa: Person, settings: object
) -> None:
    settings.DOCUMENT_BYTES = 10 * 1024  # type: ignore[attr-defined]
    with pytest.raises(Refused, match=r"larger than 0\.00976562 MB|larger than"):
        receive(rosa, report, papers.pdf() * 20)
    assert not kept(settings)


def test_a_scan_is_kept_and_put_aside_with_what_to_do(report: Report, rosa: Person) -> None:
    document = receive(rosa, report, papers.scan(), "scan.pdf")
    run_waiting()
    document.refresh_from_db()
    assert document.state == Document.State.PARKED
    assert "text" in document.state_reason
    assert document.file.read() == papers.scan()


def _full(*args: object, **kwargs: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", ["os.fsync", "django.core.files.move.os.rename", "mkdir"])
def test_a_full_disk_is_told_in_words_and_nothing_is_left(
    where: str,
    report: Report,
    rosa: Person,
    settings: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if where == "mkdir":
        monkeypatch.setattr(Path, "mkdir", _full)
    elif where.startswith("django"):
        monkeypatch.setattr(default_storage._wrapped, "_save", _full)  # type: ignore[attr-defined]
    else:
        monkeypatch.setattr(where, _full)
    with pytest.raises(Refused, match="no room left on the disk"):
        receive(rosa, report, papers.pdf())
    monkeypatch.undo()
    assert not kept(settings)
    assert not Document.objects.exists()
    assert receive(rosa, report, papers.pdf()).pk, "once there is room, it is taken"


def test_a_full_database_is_told_in_words_and_nothing_is_left(
    report: Report, rosa: Person, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(audit_actions, "record", full)
    with pytest.raises(Refused, match="no room left on the disk"):
        receive(rosa, report, papers.pdf())
    assert not kept(settings)
    assert not Document.objects.exists()


def test_when_the_event_cannot_be_written_the_document_is_not_there_either(
    report: Report, rosa: Person, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr(audit_actions, "record", broken)
    with pytest.raises(RuntimeError, match="no event"):
        receive(rosa, report, papers.pdf())
    assert not kept(settings)
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_file_at_once_one_is_told(
    report: Report, rosa: Person, settings: object
) -> None:
    both, told = Barrier(2), []

    def send() -> None:
        try:
            both.wait()
            receive(rosa, report, papers.pdf())
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document = Document.objects.get()
    assert told == ["duplicate"]
    assert [p.name for p in kept(settings)] == [document.sha256]
    assert document.file.read() == papers.pdf()
    assert audit.verify().holds


# --- What killed processes leave ----------------------------------------------------------------------


def test_a_file_left_by_a_killed_act_is_replaced_by_the_next_try(
    report: Report, rosa: Person
) -> None:
    digest = hashlib.sha256(papers.pdf()).hexdigest()
    default_storage.save(f"{digest[:2]}/{digest}", io.BytesIO(b"half of"))  # type: ignore[arg-type]
    assert receive(rosa, report, papers.pdf()).file.read() == papers.pdf()


def test_the_sweep_takes_what_nobody_has_and_nothing_else(
    report: Report, rosa: Person, settings: object
) -> None:
    document = receive(rosa, report, papers.pdf())
    orphan, arriving = "ab" + "c" * 62, Path(settings.MEDIA_ROOT) / "arriving"  # type: ignore[attr-defined]
    default_storage.save(f"ab/{orphan}", io.BytesIO(b"orphan"))  # type: ignore[arg-type]
    (arriving / "left").write_bytes(b"left")
    (arriving / "now").write_bytes(b"on its way")
    long_ago = time.time() - files.LEFT_FOR - 60
    os.utime(arriving / "left", (long_ago, long_ago))
    assert files.sweep() == 2
    assert {p.name for p in kept(settings)} == {document.sha256, "now"}
    assert files.sweep() == 0


# --- The virus scanner --------------------------------------------------------------------------------


def _clamd(server: socket.socket, answer: bytes, seen: list[bytes]) -> None:
    """The other side of clamd's protocol, for one file."""
    connected, _ = server.accept()
    with connected, connected.makefile("rb") as incoming:
        assert incoming.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", incoming.read(4))[0]:
            content += incoming.read(length)
        seen.append(content)
        connected.sendall(answer)


@pytest.fixture
def clamd(tmp_path: Path, settings: object) -> Iterator[object]:
    """Start a scanner that gives ``answer`` once; what it was sent is in the list."""
    threads: list[Thread] = []
    server = socket.socket(socket.AF_UNIX)
    address = str(tmp_path / "clamd.sock")
    server.bind(address)
    server.listen()
    settings.CLAMD_SOCKET = address  # type: ignore[attr-defined]

    def start(answer: bytes) -> list[bytes]:
        seen: list[bytes] = []
        threads.append(Thread(target=_clamd, args=(server, answer, seen), daemon=True))
        threads[-1].start()
        return seen

    yield start
    server.close()


def test_what_the_scanner_passes_is_taken(report: Report, rosa: Person, clamd: object) -> None:
    seen = clamd(b"stream: OK\0")  # type: ignore[operator]
    assert receive(rosa, report, papers.pdf()).pk
    assert seen == [papers.pdf()]


def test_what_the_scanner_finds_something_in_is_refused(
    report: Report, rosa: Person, clamd: object, settings: object
) -> None:
    clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")  # type: ignore[operator]
    with pytest.raises(Refused, match=r"found “Win\.Test\.EICAR_HDB-1”"):
        receive(rosa, report, papers.pdf())
    assert not kept(settings)


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_nothing_is_taken_unscanned(
    report: Report, rosa: Person, clamd: object, answer: bytes, settings: object
) -> None:
    clamd(answer)  # type: ignore[operator]
    with pytest.raises(Refused, match="scanner does not answer"):
        receive(rosa, report, papers.pdf())
    assert not kept(settings)


def test_a_scanner_that_is_not_there_stops_what_comes(
    report: Report, rosa: Person, settings: object, tmp_path: Path
) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="scanner does not answer"):
        receive(rosa, report, papers.pdf())


# --- Read again, made public, taken back --------------------------------------------------------------


def test_what_was_put_aside_can_be_tried_again(report: Report, rosa: Person, vera: Person) -> None:
    document = receive(rosa, report, papers.scan(), "scan.pdf")
    run_waiting()
    with pytest.raises(Refused, match="Only a governance officer"):
        read_again(by=vera, document=document)
    assert read_again(by=rosa, document=document).state == Document.State.WAITING
    with pytest.raises(Refused, match="waiting to be read"):
        read_again(by=rosa, document=document)
    assert next(e.verb for e in audit.history(document)) == "document.retried"
    assert audit.verify().holds


def test_a_publisher_makes_a_document_public_and_takes_it_back_with_a_reason(
    report: Report, rosa: Person, petra: Person
) -> None:
    document = receive(rosa, report, papers.pdf())
    with pytest.raises(Refused, match="Only a publisher may"):
        open_document(by=rosa, document=document, because="It is published.")
    with pytest.raises(Refused, match="Say why"):
        open_document(by=petra, document=document, because="  ")
    assert open_document(by=petra, document=document, because="It is published.").is_public
    with pytest.raises(Refused, match="public already"):
        open_document(by=petra, document=document, because="Again.")
    assert not close_document(by=petra, document=document, because="It names a child.").is_public
    with pytest.raises(Refused, match="is not public"):
        close_document(by=petra, document=document, because="Again.")
    said = [e.said.get("because") for e in audit.history(document)]
    assert said == ["It names a child.", "It is published.", None]
    assert audit.verify().holds


def test_a_document_of_a_report_that_asks_nothing_of_her_body_is_not_there_for_a_lead(
    report: Report, rosa: Person, omar: Person
) -> None:
    receive(rosa, report, papers.pdf())
    assert documents.seen_by(rosa).count() == 1
    assert not documents.seen_by(omar).exists()
