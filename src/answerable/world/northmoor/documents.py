"""Northmoor's documents: who made each, when, and how it is set. Their words are in ``texts/``."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from . import days
from .scan import scanned
from .text import Block, Item, items, parse, plain
from .typeset import HERE, pictures, typeset
from .web import page
from .word import word

Form = Literal["pdf", "docx", "html", "scan"]

_SCAN_PPI = 110
_MEDIA_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "scan": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be made. ``published`` is a day, or days from today where it is a number."""

    id: str
    title: str
    author: str
    form: Form
    layout: str
    file_name: str
    published: int | date

    def day(self, today: date) -> date:
        """The day that is printed on it."""
        if isinstance(self.published, date):
            return self.published
        return days.day_of(self.published, today)


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A document that was made, and beside it what is truly in it, for measuring the reader."""

    id: str
    title: str
    path: Path
    media_type: str
    published: date
    truth: Path


DOCUMENTS = (
    Document(
        "inspection",
        "Northmoor Police: an inspection of how the force protects children",
        "Inspectorate of Policing and Rescue",
        "pdf",
        "inspection",
        "northmoor-police-child-protection-inspection.pdf",
        -49,
    ),
    Document(
        "review",
        "Heard and Followed Up: an independent review of how Northmoor Police has responded to "
        "the sexual exploitation of children",
        "Dame Miriam Harlow",
        "pdf",
        "review",
        "harlow-review.pdf",
        -420,
    ),
    Document(
        "learning",
        "Operation Larkspur: what we learned, and what we recommend",
        "Office for Police Standards",
        "pdf",
        "learning",
        "operation-larkspur-learning.pdf",
        -65,
    ),
    Document(
        "scrutiny",
        "Children missing from care",
        "Northmoor Council Overview and Scrutiny Committee",
        "docx",
        "",
        "children-missing-from-care.docx",
        -30,
    ),
    Document(
        "letter",
        "Joint targeted visit to children's services in Northmoor",
        "Children's Services Inspectorate",
        "pdf",
        "letter",
        "joint-targeted-visit-northmoor.pdf",
        -8,
    ),
    Document(
        "prevention",
        "Report to prevent future deaths: Sam",
        "Northmoor Coroner",
        "html",
        "",
        "prevent-future-deaths-sam.html",
        -20,
    ),
    Document(
        "peers",
        "Peer review of public protection, Northmoor Police",
        "Peer review team",
        "scan",
        "peers",
        "peer-review-2009-scan.pdf",
        date(2009, 7, 24),
    ),
    Document(
        "inquiry",
        "Report of the Inquiry into the Care and Protection of Children in Northmoor, 2004 to 2013",
        "Sir Anselm Tressell",
        "pdf",
        "inquiry",
        "tressell-inquiry-report.pdf",
        date(2015, 3, 12),
    ),
    Document(
        "force-reply",
        "Operation Larkspur: reply to learning recommendations",
        "Northmoor Police",
        "pdf",
        "reply",
        "northmoor-police-reply-larkspur.pdf",
        -14,
    ),
    Document(
        "council-reply",
        "Children missing from care: reply of the Cabinet Member",
        "Northmoor Council",
        "docx",
        "",
        "northmoor-council-reply-missing-from-care.docx",
        -6,
    ),
)


def build(folder: Path, *, today: date | None = None) -> list[BuiltDocument]:
    """Makes every document of Northmoor in ``folder``, dated from ``today``, each with its truth.

    The same day gives the same bytes. Raises :class:`.typeset.WouldLookWrong` where a page could
    not be printed as it should be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_build(document, folder, today or date.today()) for document in DOCUMENTS]


def _build(document: Document, folder: Path, today: date) -> BuiltDocument:
    source = (HERE / "texts" / f"{document.id}.txt").read_text(encoding="utf-8")
    blocks = parse(days.filled(source, today))
    made, pages = _made(document, blocks, document.day(today))
    path = folder / document.file_name
    path.write_bytes(made)
    truth = folder / f"{document.id}.truth.json"
    truth.write_text(json.dumps(_truth(items(blocks), pages), ensure_ascii=False, indent=1))
    media_type = _MEDIA_TYPES[document.form]
    return BuiltDocument(document.id, document.title, path, media_type, document.day(today), truth)


def _made(
    document: Document, blocks: list[Block], published: date
) -> tuple[bytes, dict[str, list[int]]]:
    about = {"title": document.title, "author": document.author, "published": published}
    if document.form == "docx":
        return word(document.title, document.author, published, blocks), {}
    if document.form == "html":
        return page(document.title, document.author, blocks), {}
    set_ = typeset(document.layout, about, blocks)
    if document.form == "scan":
        pngs = pictures(document.layout, about, blocks, _SCAN_PPI)
        return scanned(pngs, published, _SCAN_PPI), set_.pages
    return set_.pdf, set_.pages


def _truth(found: list[Item], pages: dict[str, list[int]]) -> list[dict[str, Any]]:
    """One row for each item. A kind that is not the reader's is there to be left alone."""
    return [_row(position, item, pages) for position, item in enumerate(found, 1)]


def _row(position: int, item: Item, pages: dict[str, list[int]]) -> dict[str, Any]:
    on = sorted(set(pages.get(item.key, [])))
    return {
        "position": position,
        "key": item.key,
        "number": item.number or None,
        "text": item.text,
        "also_text": plain(item.again) if item.again else None,
        "kind": item.kind,
        "page": on[0] if on else None,
        "also_pages": on[1:],
        "addressees": list(item.to),
        "due": item.due or None,
        "due_on": item.due_on.isoformat() if item.due_on else None,
    }
