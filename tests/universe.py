"""A small world for tests, made through actions only, so no test starts where the product cannot."""

import io
from datetime import date
from pathlib import Path

import pytest
import typst

from answerable.accounts.models import Body, Person
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reading import read_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report


# --- A report whose document has been read, for the checking page ----------------------------------

INSPECTION = """
#set page(width: 210mm, height: 297mm, margin: 25mm, header: [Inspection of Northmoor])
#set text(size: 11pt)
= Inspection of Northmoor
We looked at how the police and the council of Northmoor work together. This page says how.
#pagebreak()
== Recommendations
Northmoor Police should:
+ Make sure that strategy discussions include health and education, and that what they decide is
  written down the same day.
+ Give every child who goes missing a conversation with someone independent within 72 hours.
+ Read a sample of case records each month, say in writing what was found, and follow up what was
  not right, so that decisions about children do not rest on records that nobody has tested.
+ Review the arrangements for sharing information about children who move between areas.
+ Publish the results of each review. Tell the panel what changed as a result of it.
#pagebreak()
#enum(start: 6,
  [Train every new sergeant in the supervision of investigations before they take up the post.],
  [Agree with Northmoor Council who tells a family what was decided, and when.],
  [Report progress on all of these to the board every three months.])
== Strengths
Social workers know their children well and speak of them warmly.
"""
"""Eight recommendations in one run: numbers 1 to 5 on page 2, 6 to 8 on page 3."""


def read_for(report: Report, by: Person, content: bytes, name: str) -> Document:
    """A document of ``report`` that has been received and read, by the real reader."""
    document = receive_document(by=by, report=report, upload=io.BytesIO(content), name=name)
    read_document.call(document_id=document.pk)
    document.refresh_from_db()
    return document


@pytest.fixture(scope="session")
def inspection_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pages of the inspection, typeset."""
    source: Path = tmp_path_factory.mktemp("inspection") / "inspection.typ"
    source.write_text(INSPECTION)
    return bytes(typst.compile(str(source)))


@pytest.fixture
def inspection(rosa: Person, inspectorate: Body) -> Report:
    """An inspection of Northmoor, logged as having nine recommendations. Its document has eight."""
    return log_report(
        by=rosa,
        title="Inspection of Northmoor",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=date(2026, 9, 1),
        stated_count=9,
    )


@pytest.fixture
def inspection_read(inspection: Report, rosa: Person, inspection_pdf: bytes) -> Document:
    """The document of the inspection, read: eight candidates and a notice about the count."""
    return read_for(inspection, rosa, inspection_pdf, "inspection.pdf")
