"""The rows of the register's list as they are drawn: everything worked out, nothing left to a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from answerable.assurance.queries.told import Told, told_of
from answerable.desk.records.four import four_shown
from answerable.html.times import day_words, due_words
from answerable.register.queries import undertakings
from answerable.register.queries.remembered import Memory
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
    """One body on a row: its name, its four answers in words, facts, and its clock while it runs."""

    body: str
    four: dict[str, dict[str, Any]]
    facts: tuple[str, ...]
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


def told_in(rows: Sequence[Row], memory: Memory) -> dict[int, Told]:
    """What is told of the undertakings that these rows name. Three queries, once an event."""
    keys = tuple(answer.pk for row in rows for answer in row.answers[:SOME])
    return memory.of(("told", keys), lambda: told_of(undertakings.with_keys(keys)))


def _answer(answer: Answer, told: Told, today: date) -> AnswerLine:
    runs = answer.clock == "running" and answer.due_on is not None
    due = due_words(answer.due_on, today) if runs and answer.due_on else ""
    late = bool(runs and answer.due_on and answer.due_on < today)
    return AnswerLine(answer.body, four_shown(told.four), told.course.facts, due, late)


def shown_rows(rows: Sequence[Row], today: date, memory: Memory) -> list[RowShown]:
    """``rows`` as the list draws them on ``today``."""
    told = told_in(rows, memory)
    return [
        RowShown(
            row.reference,
            label_of(row.kind_words, row.number),
            shortened(row.words),
            source_of(row.report, row.published_on, row.published_words),
            row.corrected,
            row.withdrawn_at,
            [_answer(a, told[a.pk], today) for a in row.answers[:SOME]],
            max(0, len(row.answers) - SOME),
        )
        for row in rows
    ]
