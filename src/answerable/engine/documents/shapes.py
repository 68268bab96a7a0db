"""What the reader of documents hands on: frozen shapes, no behaviour.

Coordinates are PDF points with the origin at the *top left* of the page as a reader sees it.
Offsets count characters of :attr:`Page.text`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal[
    "recommendation",
    "area_for_improvement",
    "cause_of_concern",
    "learning_point",
    "finding",
    "quoted",
]

Basis = Literal["named", "publication", "receipt", "unsaid"]
"""From when a period runs: a day is named, publication, receipt, or the words do not say."""

MediaType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "text/plain",
]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: left, top, right, bottom, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as a reader would copy it, with its place in the page's text and on the page."""

    text: str
    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page in reading order: what a person chooses when mending bounds."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    r"""One page. Documents that have no pages (HTML, DOCX, text) are one Page without boxes.

    ``text`` is in reading order; its lines are separated by ``\n``. ``lines`` always cover the
    text; for documents without pages their boxes are all zero and ``words`` is empty.
    ``sureness`` is between 0 and 1 where the text was recognised in a picture, otherwise None.
    """

    number: int
    width: float
    height: float
    text: str
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    sureness: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one page: the passage of a candidate, or one of its pieces."""

    page: int
    start: int
    end: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who must act, in the words of the document, and where that was read."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """When it must be done: the words that say so, and the date where they allow one.

    A period ("within six months of publication") has ``months`` or ``days`` (working days where
    ``working``) and its ``basis``; whoever knows the day of publication makes a date of it.
    """

    words: str
    on: date | None
    why: str
    months: int | None = None
    days: int | None = None
    working: bool = False
    basis: Basis = "named"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that the reader thinks is a recommendation, or looked at and did not take.

    ``spans`` is one piece per page; ``also`` are other places where the same text is printed.
    ``run`` numbers the list or table it stands in, so that a whole run can be accepted.
    ``taken`` is false for near misses that a person should see; ``why`` then says why not.
    ``confidence`` is between 0 and 1. ``whose`` names who made it where the kind is ``quoted`` and
    the document says so.
    """

    number: str | None
    text: str
    kind: Kind
    page: int | None
    spans: tuple[Span, ...]
    confidence: float
    why: tuple[str, ...]
    run: int | None = None
    also: tuple[Span, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    due: Due | None = None
    taken: bool = True
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should look at first. ``code`` is stable, ``sentence`` is for the person.

    Codes: ``gap`` (numbers missing in a run), ``count`` (differs from what the report says of
    itself), ``unread_pages``, ``none_found``, ``low_agreement``, ``low_confidence``, ``table``
    (columns that could not be told apart), ``no_text``, ``tracked_changes``
    (a DOCX was read as if all were accepted), ``recognised`` (text recognised in pictures).
    """

    code: str
    sentence: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one document. ``paged`` is false for HTML, DOCX and text."""

    sha256: str
    media_type: MediaType
    paged: bool
    pages: tuple[Page, ...]
    candidates: tuple[Candidate, ...]
    notices: tuple[Notice, ...] = ()
    stated_count: int | None = None
    title: str | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may cost before it is refused. Sizes in bytes, times in seconds.

    ``page_seconds`` is for recognising the text in the picture of one page.
    """

    bytes: int = 200 * 1024 * 1024
    pages: int = 2_000
    memory: int = 2 * 1024 * 1024 * 1024
    cpu_seconds: int = 120
    wall_seconds: int = 300
    unpacked_bytes: int = 1024 * 1024 * 1024
    page_seconds: int = 60


STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of one document has come.

    ``recognising`` is true while the text in pictures of pages is recognised, which is slow.
    """

    page: int
    pages: int
    recognising: bool = False


class Unreadable(Exception):
    """A document that cannot be read, with a sentence that says what to do.

    ``code`` is stable (``encrypted``, ``damaged``, ``empty``, ``too_large``, ``too_many_pages``,
    ``not_allowed``, ``macros``, ``external``, ``bomb``, ``no_text``, ``too_slow``, ``infected``).
    ``parked`` is true where the file is worth keeping for a later try (a scan without text).
    """

    def __init__(self, code: str, sentence: str, *, parked: bool = False) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.parked = parked


@dataclass(frozen=True, slots=True)
class Checked:
    """What the gate found out before reading: the type by signature and by the real parser."""

    sha256: str
    size: int
    media_type: MediaType
    pages: int | None
    remarks: tuple[str, ...] = field(default=())
