"""The register as a table to download: one line for each body asked, the four answers apart.

Each of the four has three columns of its own, what, when and who; no column says more than one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils.timezone import localdate

from answerable.assurance.queries.four import QUESTIONS
from answerable.assurance.queries.four import Answer as AnswerTo
from answerable.assurance.queries.told import Told, told_of
from answerable.register.queries.rows import Answer, Row
from answerable.register.queries.undertakings import with_keys

ASKED = (
    "Reference",
    "Number in the report",
    "Kind",
    "Words",
    "Words were corrected",
    "Withdrawn",
    "Report",
    "Report made by",
    "Published",
    "Page",
    "Addressed to",
)
NAMES = tuple(key.capitalize() for key in QUESTIONS)
BESIDE = (
    "Claim and assurance differ",
    "Closed",
    "Closed on",
    "Closed as",
    "Times opened again",
    "Times dates were moved",
    "Superseded by",
    "Clock",
    "Last day",
    "Reply came",
    "Address here",
)
HEADINGS = (
    *ASKED,
    *(f"{name}{part}" for name in NAMES for part in ("", " on", " by")),
    *BESIDE,
)
A_BATCH = 250


def lines_of(rows: Iterable[Row], href_of: Callable[[Row], str]) -> Iterator[tuple[Any, ...]]:
    """A line for each body of each row; one without answers where nobody was asked."""
    waiting = iter(rows)
    while batch := list(islice(waiting, A_BATCH)):
        told = told_of(with_keys(a.pk for row in batch for a in row.answers))
        for row in batch:
            yield from _of_row(row, told, href_of(row))


def _of_row(row: Row, told: Mapping[int, Told], href: str) -> Iterator[tuple[Any, ...]]:
    asked = (
        row.reference,
        row.number,
        row.kind_words,
        row.words,
        "yes" if row.corrected else "",
        localdate(row.withdrawn_at) if row.withdrawn_at else "",
        row.report,
        row.maker,
        row.published_on or row.published_words,
        row.page,
    )
    if not row.answers:
        yield (*asked, *[""] * (len(HEADINGS) - len(asked) - 1), href)
    for answer in row.answers:
        four = told[answer.pk].four
        said = (cell for one in four for cell in _cells(one))
        yield (*asked, answer.body, *said, *_beside(answer, told[answer.pk]), href)


def _cells(answer: AnswerTo) -> tuple[Any, ...]:
    return (answer.words.removesuffix("."), answer.on or "", answer.speaker if answer.on else "")


def _beside(answer: Answer, told: Told) -> tuple[Any, ...]:
    course, closed = told.course, told.course.closed
    return (
        told.four.disagreement,
        "yes" if closed else "no",
        closed.on if closed else "",
        closed.how_words if closed else "",
        course.reopened,
        course.moved,
        " and ".join(course.superseded_by),
        answer.clock or "none",
        answer.due_on,
        answer.stopped_on,
    )
