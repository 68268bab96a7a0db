"""Receive a document, have it read again, make it public or take it back."""

from pathlib import PurePosixPath

from django.db import DatabaseError
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.audit.rules import Refused
from answerable.engine import documents as engine
from answerable.reports.actions import files, reading, scanning
from answerable.reports.actions.files import Arriving, Source
from answerable.reports.models import Document, Report
from answerable.reports.queries.files import limits
from answerable.reports.rules import documents as rules
from answerable.reports.rules import files as file_rules
from answerable.reports.rules.reports import By

LONGEST_NAME = 255


def clean_name(name: str) -> str:
    """The last part of a path, without what cannot be printed: a name, never a place."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable()).strip()[-LONGEST_NAME:] or "document"


def receive_document(
    *,
    by: By,
    report: Report,
    upload: Source,
    name: str,
    purpose: Document.Purpose = Document.Purpose.REPORT,
) -> Document:
    """Take in a file for a report, byte for byte, and have it read in the background.

    The file is on the disk and has passed the gate before the act begins, so nobody waits for it
    with the chain locked. In the act it is put in place before the row is written; where anything
    fails, it is taken away again: there is no row without a file, and no file without a row.

    Raises:
        Refused: with a sentence, where it is too large, there is no room, it is here already, the
            scanner or the gate refuse it, or this person may not. A scan without text is kept,
            and put aside with a sentence.
    """
    rules.check_may_receive(by)
    with files.arriving(upload) as arrived:
        rules.check_is_new(arrived.sha256)
        scanning.scan(arrived.path)
        checked = _examine(arrived, name)
        try:
            return _keep(
                by=by,
                report=report,
                arrived=arrived,
                name=clean_name(name),
                purpose=purpose,
                checked=checked,
            )
        except Exception as error:
            files.remove_unused(arrived.sha256)
            refusal = _refusal_of(error)
            if refusal is None:
                raise
            raise refusal from error


def _examine(arrived: Arriving, name: str) -> engine.Checked | engine.Unreadable:
    """What the gate says; a file that is only put aside comes back with its reason."""
    try:
        return engine.check_safely(arrived.path, limits=limits(), name=name)
    except engine.Unreadable as refusal:
        if refusal.parked:
            return refusal
        raise Refused(refusal.sentence, code=refusal.code) from refusal


def _refusal_of(error: Exception) -> Refused | None:
    """The sentence for a failure that is the disk's and not ours."""
    if isinstance(error, OSError):
        return file_rules.refusal_of(error)
    if isinstance(error, DatabaseError) and file_rules.is_full(error):
        return Refused(file_rules.FULL, code="disk_full")
    return None


@act
def _keep(
    *,
    by: By,
    report: Report,
    arrived: Arriving,
    name: str,
    purpose: Document.Purpose,
    checked: engine.Checked | engine.Unreadable,
) -> Document:
    rules.check_is_new(arrived.sha256)  # someone may have been quicker
    document = Document(
        report=report,
        purpose=purpose,
        sha256=arrived.sha256,
        size=arrived.size,
        name=name,
        file=files.put_in_place(arrived),
        media_type="application/pdf",
        received_at=timezone.now(),
        received_by=by if isinstance(by, Person) else None,
    )
    if isinstance(checked, engine.Checked):
        document.media_type, document.page_count = checked.media_type, checked.pages
    else:
        document.state, document.state_reason = Document.State.PARKED, checked.sentence
    document.save()
    audit.record(
        "document.received",
        by=by,
        on=document,
        facts={"sha256": document.sha256, "size": document.size},
        said={"name": name},
    )
    if document.state == Document.State.WAITING:
        reading.enqueue(document)
    return document


@act
def read_again(*, by: By, document: Document) -> Document:
    """Have a document that was put aside read once more.

    Raises:
        Refused: where it was not put aside, or this person may not.
    """
    now = Document.objects.get(pk=document.pk)
    rules.check_may_read_again(by, now)
    now.state, now.state_reason = Document.State.WAITING, ""
    now.attempts = now.pages_done = 0
    now.save(update_fields=["state", "state_reason", "attempts", "pages_done"])
    before = audit_queries.snapshot(now)
    audit.record("document.retried", by=by, on=now, before=before, said={"name": now.name})
    reading.enqueue(now)
    return now


@act
def open_document(*, by: Person, document: Document, because: str) -> Document:
    """Choose a document for the public record: the next edition may hold it.

    Raises:
        Refused: where it is public already, no reason is given, or this person may not.
    """
    now = Document.objects.get(pk=document.pk)
    rules.check_may_open(by, now)
    return _publish(by, now, because, is_public=True)


@act
def close_document(*, by: Person, document: Document, because: str) -> Document:
    """Take a document out of the public record: the next edition will not hold it.

    Raises:
        Refused: where it is not public, no reason is given, or this person may not.
    """
    now = Document.objects.get(pk=document.pk)
    rules.check_may_close(by, now)
    return _publish(by, now, because, is_public=False)


def _publish(by: Person, document: Document, because: str, *, is_public: bool) -> Document:
    rules.check_reason(because)
    before = audit_queries.snapshot(document)
    document.is_public = is_public
    document.save(update_fields=["is_public"])
    verb = "document.opened" if is_public else "document.closed"
    said = {"name": document.name, "because": because.strip()}
    audit.record(verb, by=by, on=document, before=before, said=said)
    return document
