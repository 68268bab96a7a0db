"""What an import would do, as plain values: shown to a person first, then done by the act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from answerable.accounts.models import Body
from answerable.engine.importing.shapes import Fault, Told
from answerable.reports.models import Report

Named = Body | str
"""A body, or the key of one that will be added."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can say, once for every row in which it stands.

    ``what`` is ``body``, ``maker``, ``position``, ``kind`` or ``report``.
    """

    what: str
    key: str
    words: str
    rows: tuple[int, ...]
    likely: tuple[Body, ...] = ()
    report: Report | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that will be added under its name, as a person chose."""

    key: str
    name: str
    kind: str


@dataclass(slots=True)
class PlannedReport:
    """A report of the file: one that is here, or one to be logged."""

    key: str
    title: str
    row: int
    published_on: date | None = None
    published_words: str = ""
    maker_words: str = ""
    kind: str = ""
    maker: Named | None = None
    here: Report | None = None

    @property
    def when(self) -> date | str:
        """Its day, or the month or year where only that is known."""
        return self.published_on or self.published_words


@dataclass(frozen=True, slots=True)
class PlannedReply:
    """A reply to be entered, and the position that stands beside it in the file."""

    to: Named
    words: str
    dated_on: date
    row: int
    position: str = ""
    why: str = ""


@dataclass(slots=True)
class Ask:
    """One recommendation to be entered, from one row or several."""

    report: PlannedReport
    row: int
    words: str
    fingerprint: str
    number: str = ""
    kind: str = ""
    page: int | None = None
    subject: str = ""
    address: str = ""
    theirs: str = ""
    to: dict[Named, str] = field(default_factory=dict)
    replies: list[PlannedReply] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    """Names to whom it is addressed, of whom a person must still say who they are."""


@dataclass(slots=True)
class Checked:
    """A whole file, checked: what it would do, what is wrong with it, and what a person must say."""

    sheet: str = ""
    exact: bool = True
    reports: list[PlannedReport] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    bodies: list[NewBody] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubled: list[Told] = field(default_factory=list)
    standing: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)
    hidden: int = 0

    @property
    def open_questions(self) -> list[Question]:
        """What a person must still say."""
        return [question for question in self.questions if not question.answer]

    @property
    def refused(self) -> list[int]:
        """The rows that something is wrong with."""
        return sorted({fault.row for fault in self.faults})

    @property
    def replies(self) -> int:
        """How many replies would be entered."""
        return sum(len(ask.replies) for ask in self.asks)

    @property
    def nobody(self) -> int:
        """How many recommendations would be addressed to nobody."""
        return sum(not ask.to and not ask.waits for ask in self.asks)

    @property
    def new_reports(self) -> Sequence[PlannedReport]:
        """The reports that would be logged."""
        return [report for report in self.reports if report.here is None]
