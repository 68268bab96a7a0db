"""Northmoor's documents: typeset, logged, received and read, as any office would."""

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connections

from answerable.accounts.models import Area, Body
from answerable.demo.bodies import Bodies, People
from answerable.reports.actions.documents import open_document, receive_document
from answerable.reports.actions.reports import log_report
from answerable.reports.actions.work import run_waiting
from answerable.reports.models import Document, Report
from answerable.world.northmoor import BuiltDocument, story
from answerable.world.northmoor.story import InventedReport

REPLIES_TO = {"force-reply": "learning", "council-reply": "scrutiny"}
"""Documents that are replies, each with the report that it answers."""
READERS = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it was received, with what is truly in it."""

    document: Document
    truth: Mapping[str, Mapping[str, Any]]


def day_of(given: int | date, today: date) -> date:
    """A day of the story: fixed, or so many days from today."""
    return given if isinstance(given, date) else today + timedelta(days=given)


def _areas(body: Body, names: Sequence[str]) -> list[Area]:
    return list(body.areas.filter(name__in=names))


def _log(row: InventedReport, built: BuiltDocument, bodies: Bodies, people: People) -> Report:
    return log_report(
        by=people["rosa"],
        another=True,
        title=row.title,
        kind=row.kind,
        author=bodies[row.author],
        commissioner=bodies.get(row.commissioned_by),
        terms=row.terms,
        scope=row.scope,
        areas=_areas(bodies["northmoor-police"], row.areas),
        published_on=built.published,
        stated_count=row.stated_count,
        clock_basis=row.clock_basis,
    )


def _truth(built: BuiltDocument) -> dict[str, Mapping[str, Any]]:
    return {row["key"]: row for row in json.loads(built.truth.read_text(encoding="utf-8"))}


def _receive(
    report: Report, built: BuiltDocument, people: People, purpose: Document.Purpose
) -> Paper:
    with built.path.open("rb") as upload:
        document = receive_document(
            by=people["rosa"],
            report=report,
            upload=upload,
            name=built.path.name,
            purpose=purpose,
        )
    return Paper(document, _truth(built))


def _read_some() -> None:
    try:
        run_waiting()
    finally:
        connections.close_all()


def receive(
    built: Iterable[BuiltDocument], papers: Mapping[str, Paper], bodies: Bodies, people: People
) -> dict[str, Paper]:
    """Log reports with their documents, or receive replies to reports that have come. By the id."""
    rows = {row.document: row for row in story.REPORTS}
    received = {}
    for document in built:
        if document.id in REPLIES_TO:
            report = papers[REPLIES_TO[document.id]].document.report
            purpose = Document.Purpose.REPLY
        else:
            report = _log(rows[document.id], document, bodies, people)
            purpose = Document.Purpose.REPORT
        received[document.id] = _receive(report, document, people, purpose)
    return received


def read(papers: Mapping[str, Paper]) -> None:
    """Read what was received, two documents at a time: each is read in a child process of its own."""
    with ThreadPoolExecutor(READERS) as readers:
        for done in [readers.submit(_read_some) for _ in range(READERS)]:
            done.result()
    for paper in papers.values():
        paper.document.refresh_from_db()


def open_to_all(papers: Mapping[str, Paper], people: People) -> None:
    """Petra chooses for the public record what its makers have published themselves."""
    for row in story.REPORTS:
        if row.document_is_public:
            open_document(
                by=people["petra"],
                document=papers[row.document].document,
                because="Its maker has published it.",
            )
