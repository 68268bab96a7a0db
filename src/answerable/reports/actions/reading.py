"""Read a document in the background: once, whatever is killed meanwhile.

A document waits, is being read, is read, or was put aside. Whoever reads it counts ``attempts``
up, and that number is a ticket: a reader that was given up for dead, because its heartbeat
stopped, holds an old ticket, and nothing that it does afterwards counts.
"""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import MACHINE, act, locked
from answerable.engine import documents as engine
from answerable.reports.actions.recognising import SLOW, Recognised
from answerable.reports.models import Candidate, Document, Notice, Page, Reading
from answerable.reports.queries import files
from answerable.reports.queries.documents import digest_of
from answerable.reports.rules.documents import ATTEMPTS

BEAT_SECONDS = 5.0
TELL_SECONDS = 0.5
STALE_SECONDS = 60.0
"""A reader whose heart has not beaten for so long is dead."""
WAIT_SECONDS = 10
"""Before a second try; twice as long before a third."""
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""PostgreSQL keeps no NUL, and half a surrogate pair is not text."""
TIRED = (
    f"It could not be read in {ATTEMPTS} tries, and we do not know why. "
    "Try again, or save it as a new PDF and add that."
)


class Superseded(Exception):
    """The document was given to another reader meanwhile."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reader's ticket for one document."""

    document_id: int
    number: int

    def still(self) -> Any:
        """The document, as long as this ticket is the one that counts."""
        return Document.objects.filter(
            pk=self.document_id, state=Document.State.READING, attempts=self.number
        )


# --- The queue ----------------------------------------------------------------------------------


def enqueue(document: Document, *, wait: int = 0) -> None:
    """Put the reading of ``document`` into the queue, in the transaction of the act.

    The queue is a table of the same database, so the task is there exactly if the act is: no
    moment lies between the two in which a killed process could lose it.
    """
    later = read_document
    if wait:
        later = read_document.using(run_after=timezone.now() + timedelta(seconds=wait))
    later.enqueue(document_id=document.pk)


@task()
def read_document(*, document_id: int) -> str:
    """Read one document and keep what was found. Returns how it ended, for the queue's own log."""
    attempt = _claim(document_id)
    if attempt is None:
        return "nothing to do"
    document = Document.objects.get(pk=document_id)
    try:
        with _beating(attempt):
            began = time.monotonic()
            found = _read(document, attempt)
        _keep(attempt, document, found, time.monotonic() - began)
        Recognised(document).forget()
    except engine.Unreadable as refusal:
        _park(by=MACHINE, attempt=attempt, because=refusal.sentence)
        Recognised(document).forget()
        return f"put aside: {refusal.code}"
    except Superseded:
        return "given to another reader"
    except Exception:
        give_back(attempt)
        raise
    return "read"


def _claim(document_id: int) -> Attempt | None:
    """Take the document if it waits. One statement, so only one reader can."""
    waiting = Document.objects.filter(pk=document_id, state=Document.State.WAITING)
    taken = waiting.update(
        state=Document.State.READING,
        attempts=F("attempts") + 1,
        pages_done=0,
        heartbeat_at=timezone.now(),
    )
    if not taken:
        return None
    return Attempt(
        document_id, Document.objects.values_list("attempts", flat=True).get(pk=document_id)
    )


@contextmanager
def _beating(attempt: Attempt) -> Iterator[None]:
    """Let it be known that the reader lives, also while one page takes long."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(attempt, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(attempt: Attempt, ended: threading.Event) -> None:
    try:
        while not ended.wait(BEAT_SECONDS):
            try:
                attempt.still().update(heartbeat_at=timezone.now())
            except DatabaseError:
                continue  # one beat missed is not death
    finally:
        connection.close()  # this thread's own


def _read(document: Document, attempt: Attempt) -> engine.Reading:
    told = [time.monotonic()]

    def tell(progress: engine.Progress) -> None:
        if time.monotonic() - told[0] < TELL_SECONDS:
            return
        told[0] = time.monotonic()
        if not attempt.still().update(
            pages_done=progress.page,
            page_count=progress.pages,
            state_reason=SLOW if progress.recognising else "",
            heartbeat_at=timezone.now(),
        ):
            raise Superseded

    with files.local(document) as path:
        return engine.read_safely(
            path,
            limits=files.limits(),
            name=document.name,
            on_page=tell,
            memory=Recognised(document),
        )


# --- What comes of it ---------------------------------------------------------------------------


def _keep(attempt: Attempt, document: Document, found: engine.Reading, seconds: float) -> None:
    """Keep what was read. Candidates are wanted of a report, not of a reply to it."""
    proposed = found.candidates if document.purpose == Document.Purpose.REPORT else ()
    candidates = [_candidate(n, c) for n, c in enumerate(proposed, start=1)]
    pages = [_page(document, p) for p in found.pages]
    _store(
        by=MACHINE,
        attempt=attempt,
        document=document,
        found=found,
        seconds=seconds,
        pages=pages,
        candidates=candidates,
    )


@act
def _store(
    *,
    by: str,
    attempt: Attempt,
    document: Document,
    found: engine.Reading,
    seconds: float,
    pages: list[Page],
    candidates: list[dict[str, Any]],
) -> None:
    """All of it in one act, prepared before, so that others wait for the lock as short as can be."""
    if not attempt.still().exists():
        raise Superseded
    reading = Reading.objects.create(
        document=document,
        engine=found.version,
        at=timezone.now(),
        seconds=round(seconds, 3),
        stated_count=found.stated_count,
        candidates_digest=digest_of(candidates),
    )
    Page.objects.bulk_create(pages, batch_size=200)
    Candidate.objects.bulk_create(Candidate(reading=reading, **c) for c in candidates)
    notices = [Notice.objects.create(reading=reading, **n) for n in _notices(document, found)]
    attempt.still().update(
        state=Document.State.READ,
        page_count=len(pages) if found.paged else None,
        pages_done=len(pages),
        state_reason="",
    )
    audit.record(
        "document.read",
        by=by,
        on=document,
        also=[reading, *notices],
        before=audit_queries.snapshot(document),
        facts={"what": _what(document, found)},
        said={"name": document.name},
    )


def _what(document: Document, found: engine.Reading) -> str:
    """What was read, in words: "31 candidates on 44 pages"."""
    pages = f"{len(found.pages):,} page{'' if len(found.pages) == 1 else 's'}"
    if document.purpose != Document.Purpose.REPORT:
        return pages if found.paged else "its text"
    taken = _asked(found)
    return f"{taken:,} candidate{'' if taken == 1 else 's'}" + (
        f" on {pages}" if found.paged else ""
    )


def _asked(found: engine.Reading) -> int:
    """How many things the document itself asks for, as the reader has it."""
    return sum(c.taken and c.kind not in Candidate.APART for c in found.candidates)


def _clean(text: str) -> str:
    """``text`` as both databases can hold it, of the same length: offsets must stay right."""
    return _UNKEEPABLE.sub("\ufffd", text)


def _clean_all(value: Any) -> Any:
    """Every text in a value of JSON, cleaned; dates as ISO text."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Mapping):
        return {str(k): _clean_all(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _span(span: engine.Span) -> dict[str, object]:
    boxes = [[b.left, b.top, b.right, b.bottom] for b in span.boxes]
    return {"page": span.page, "start": span.start, "end": span.end, "boxes": boxes}


def _candidate(ordinal: int, found: engine.Candidate) -> dict[str, Any]:
    """A candidate as it is stored, and as the reading's digest binds it."""
    due = found.due and asdict(found.due)
    stored: dict[str, Any] = _clean_all(
        {
            "number": (found.number or "")[:60],
            "words": found.text,
            "kind": found.kind,
            "page": found.page,
            "spans": [_span(s) for s in found.spans],
            "also": [_span(s) for s in found.also],
            "addressees": [asdict(a) for a in found.addressees],
            "due": due,
            "why": found.why,
            "whose": (found.whose or "")[:300],
        }
    )
    return stored | {
        "ordinal": ordinal,
        "run": found.run,
        "confidence": found.confidence,
        "taken": found.taken,
    }


def _page(document: Document, page: engine.Page) -> Page:
    lines = [_placed(line) for line in page.lines]
    words = [_placed(word) for word in page.words]
    return Page(
        document=document,
        number=page.number,
        width=page.width,
        height=page.height,
        text=_clean(page.text),
        lines=lines,
        words=words,
    )


def _placed(piece: engine.Word | engine.Line) -> list[float]:
    box = piece.box  # in tenths of a point already
    return [piece.start, piece.end, box.left, box.top, box.right, box.bottom]


def _notices(document: Document, found: engine.Reading) -> Iterator[dict[str, Any]]:
    """What a person must look at: the reader's own notices, and the count that Rosa wrote down."""
    if document.purpose != Document.Purpose.REPORT:
        return
    for notice in found.notices:
        yield {"code": notice.code[:30], "sentence": _clean(notice.sentence), "page": notice.page}
    written = document.report.stated_count
    taken = _asked(found)
    if written not in (None, taken) and all(n.code != "count" for n in found.notices):
        yield {
            "code": "count",
            "sentence": f"The report was logged as having {written} recommendations; "
            f"{taken} were found in this document.",
        }


@act
def _park(*, by: str, attempt: Attempt, because: str) -> None:
    """Put the document aside with a sentence, if the ticket still counts."""
    parked = attempt.still().update(state=Document.State.PARKED, state_reason=because)
    if parked:
        document = Document.objects.get(pk=attempt.document_id)
        audit.record(
            "document.parked",
            by=by,
            on=document,
            before=audit_queries.snapshot(document),
            facts={"because": because},
            said={"name": document.name},
        )


@locked
def give_back(attempt: Attempt) -> None:
    """Let the document be tried again a little later; after the last try, put it aside."""
    if attempt.number >= ATTEMPTS:
        _park(by=MACHINE, attempt=attempt, because=TIRED)
    elif attempt.still().update(state=Document.State.WAITING):
        document = Document.objects.get(pk=attempt.document_id)
        enqueue(document, wait=WAIT_SECONDS * attempt.number)


# --- What killed processes left -----------------------------------------------------------------


def _tasks(status: str) -> Iterator[tuple[Any, int]]:
    """(id, document) of every reading in the queue with ``status``."""
    rows = DBTaskResult.objects.filter(task_path=read_document.module_path, status=status)
    for pk, arguments in rows.values_list("pk", "args_kwargs"):
        yield pk, arguments["kwargs"]["document_id"]


def reap(*, stale_after: float = STALE_SECONDS) -> int:
    """Give back what dead readers held, and queue what waits but is in no queue.

    A worker killed in the middle leaves its document "being read" and its task "running" for
    ever. Returns how many documents were given back or queued again.
    """
    long_ago = timezone.now() - timedelta(seconds=stale_after)
    dead = Document.objects.filter(state=Document.State.READING, heartbeat_at__lt=long_ago)
    held = [Attempt(pk, n) for pk, n in dead.values_list("pk", "attempts")]
    for attempt in held:
        give_back(attempt)
    _close_tasks({a.document_id for a in held}, long_ago)
    return len(held) + _queue_forgotten()


def _close_tasks(documents: set[int], before: Any) -> None:
    """The tasks of dead readers are over: the queue would call them running for ever."""
    over = [pk for pk, document in _tasks(TaskResultStatus.RUNNING) if document in documents]
    DBTaskResult.objects.filter(pk__in=over, started_at__lt=before).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )


@locked
def _queue_forgotten() -> int:
    """Documents that wait and that no task will read, for instance after a restored backup."""
    waiting = Document.objects.filter(state=Document.State.WAITING)
    if not waiting.exists():
        return 0
    queued = {document for _, document in _tasks(TaskResultStatus.READY)}
    forgotten = [d for d in waiting if d.pk not in queued]
    for document in forgotten:
        enqueue(document)
    return len(forgotten)
