"""The rows of the register's list as they are drawn: everything worked out, nothing left to a template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from answerable.html.times import day_words, due_words
from answerable.register.queries.rows import Answer, Row

SHORT = 320
"""How many characters of a recommendation a list shows."""
SOME = 3
"""How many bodies a row names."""


def label_of(kind: str, number: str) -> str:
    """What the report calls it: "Recommendation 7"; without a number, its kind."""
    name = kind[:1].upper() + kind[1:]
    return f"{name} {number}".strip()


def source_of(title: str, published_on: date | None, published_words: str) -> str:
    """The report with its date, as it stands after the words."""
    dated = day_words(published_on) or published_words
    return f"{title}, {dated}" if dated else title


def shortened(words: str) -> str:
    """The beginning of a long text, whole words only."""
    if len(words) <= SHORT:
        return words
    return words[:SHORT].rsplit(None, 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One body on a row: its name, where its answer stands, and its clock while it runs."""

    body: str
    words: str
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """One recommendation on the list."""

    reference: str
    label: str
    short: str
    source: str
    corrected: bool
    withdrawn_at: datetime | None
    some: list[AnswerLine]
    others: int


def _answer(answer: Answer, today: date) -> AnswerLine:
    runs = answer.clock == "running" and answer.due_on is not None
    due = due_words(answer.due_on, today) if runs and answer.due_on else ""
    late = bool(runs and answer.due_on and answer.due_on < today)
    return AnswerLine(answer.body, answer.words, due, late)


def shown_rows(rows: Iterable[Row], today: date) -> list[RowShown]:
    """``rows`` as the list draws them on ``today``."""
    return [
        RowShown(
            row.reference,
            label_of(row.kind_words, row.number),
            shortened(row.words),
            source_of(row.report, row.published_on, row.published_words),
            row.corrected,
            row.withdrawn_at,
            [_answer(a, today) for a in row.answers[:SOME]],
            max(0, len(row.answers) - SOME),
        )
        for row in rows
    ]
