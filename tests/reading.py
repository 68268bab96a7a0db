"""Documents read by the real reader, of which a test then changes what was found.

For what the reader finds only in papers that a test cannot hold: a quotation from another report, a
date in a period, a second printing. All of it is kept through the same act as any reading.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

from answerable.accounts.models import Person
from answerable.engine.documents import shapes
from answerable.reports.actions import reading
from answerable.reports.actions.documents import receive_document
from answerable.reports.models import Candidate, Document, Report

Change = Callable[[shapes.Candidate], shapes.Candidate]


def read_with(
    report: Report, by: Person, content: bytes, changes: Mapping[str, Change]
) -> Document:
    """A document of ``report``, read; the candidates of the numbers in ``changes`` as changed."""
    document = receive_document(
        by=by, report=report, upload=io.BytesIO(content), name="inspection.pdf"
    )
    attempt = reading._claim(document.pk)
    assert attempt is not None
    found = reading._read(document, attempt)
    candidates = tuple(changes[c.number](c) if c.number in changes else c for c in found.candidates)
    reading._keep(attempt, document, replace(found, candidates=candidates), 0.1)
    document.refresh_from_db()
    return document


def quoted(whose: str | None) -> Change:
    """As the reader has what another report asked for."""
    return lambda c: replace(c, kind="quoted", whose=whose)


def finding(c: shapes.Candidate) -> shapes.Candidate:
    """As the reader has what was found and is not asked for."""
    return replace(c, kind="finding")


def due(**period: object) -> Change:
    """With a time limit."""
    given = {"words": "within six months", "on": None, "why": "The words set a time."} | period
    return lambda c: replace(c, due=shapes.Due(**given))  # type: ignore[arg-type]


def candidate(document: Document, number: str) -> Candidate:
    """What was found under ``number``."""
    rows = Candidate.objects.select_related("reading__document__report")
    return rows.get(reading__document=document, number=number)
