"""A spreadsheet on its way into the register, as pages show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.forms.boundfield import BoundField

from answerable.accounts.models import Body
from answerable.desk.forms.importing import AnswersForm, ColumnsForm, field_of
from answerable.desk.forms.seen import mark_of
from answerable.desk.tables import Table as Download
from answerable.engine.importing.headings import MEANINGS, PLAN, samples
from answerable.engine.importing.shapes import Fault, Told, letter
from answerable.html.times import plural
from answerable.register.models import Position
from answerable.register.queries.importing.pending import Sheets
from answerable.register.queries.importing.plans import Ask, Checked, Named, Question

MOST_SHOWN = 200
PREVIEWED = 3
ASKED = {
    "report": ("Reports that may be here already", "Is it here?"),
    "maker": ("Reports without a maker", "Who made it?"),
    "body": ("Names that the register does not know", "Who is it?"),
    "kind": ("Kinds that the register does not know", "What is it?"),
    "position": ("Words that are no position", "What position is it?"),
}


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column of the file."""

    letter: str
    heading: str
    values: list[str]
    field: BoundField


def columns_of(sheets: Sheets, form: ColumnsForm) -> list[ColumnShown]:
    """Every column with anything in it."""
    header = sheets.settings.header
    return [
        ColumnShown(
            letter(column),
            sheets.headings.get(column, ""),
            [value[:90] for value in samples(sheets.table, header, column)],
            form[f"c{column}"],
        )
        for column in form.columns
    ]


@dataclass(frozen=True, slots=True)
class AskShown:
    """One recommendation as it would be."""

    ask: Ask
    maker: str
    to: list[str]
    replies: list[str]


def shown(checked: Checked, names: dict[str, str]) -> list[AskShown]:
    """The first recommendations as they would be."""
    return [_shown(ask, names) for ask in checked.asks[:PREVIEWED]]


def _shown(ask: Ask, names: dict[str, str]) -> AskShown:
    replies = [
        f"{_name(reply.to, names)}, {reply.dated_on.day} {reply.dated_on:%B %Y}: “{reply.words[:120]}”"
        + (f" Position: {Position(reply.position).label}." if reply.position else "")
        for reply in ask.replies
    ]
    report = ask.report
    maker = report.here.author.name if report.here else ""
    maker = maker or (_name(report.maker, names) if report.maker else report.maker_words)
    waits = [f"{name} (to be said)" for name in ask.waits]
    return AskShown(ask, maker, [_name(to, names) for to in ask.to] + waits, replies)


def _name(named: Named, names: dict[str, str]) -> str:
    return named.name if isinstance(named, Body) else names.get(named, named)


def names_of(checked: Checked) -> dict[str, str]:
    """The names of the bodies that would be added, by their keys."""
    return {new.key: new.name for new in checked.bodies}


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question with its field, and the rows in which the words stand."""

    question: Question
    rows: str
    field: BoundField


def asked_of(form: AnswersForm, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The questions by their kind; those that are open first."""
    groups = []
    for what, (heading, head) in ASKED.items():
        of = sorted((q for q in questions if q.what == what), key=lambda q: bool(q.answer))
        lines = [QuestionShown(q, rows_words(q.rows), form[field_of(q)]) for q in of]
        if lines:
            groups.append({"heading": heading, "head": head, "lines": lines, "what": what})
    return groups


def rows_words(rows: Sequence[int], *, most: int = 3) -> str:
    """``row 4``, ``rows 4, 9 and 31``, ``rows 4, 9, 12 and 40 more``."""
    first = [str(row) for row in rows[:most]]
    if len(rows) == 1:
        return f"row {first[0]}"
    if len(rows) <= most:
        return f"rows {', '.join(first[:-1])} and {first[-1]}"
    return f"rows {', '.join(first)} and {len(rows) - most:,} more"


@dataclass(frozen=True, slots=True)
class RowsTold:
    """A list of rows of which something is said."""

    heading: str
    lines: Sequence[Told]
    more: int


def told_of(checked: Checked) -> list[RowsTold]:
    """What is said of rows that are not refused."""
    groups = (
        ("said twice in the file", checked.doubled),
        ("in the register already", checked.standing),
        ("read in part", checked.notes),
        ("left alone: no recommendation, or withdrawn", checked.left),
    )
    return [
        RowsTold(
            f"{plural(len(lines), 'row')} {words}", lines[:MOST_SHOWN], len(lines) - MOST_SHOWN
        )
        for words, lines in groups
        if lines
    ]


def unread_columns(sheets: Sheets) -> list[str]:
    """The headings of columns that only a body itself may say."""
    columns = sheets.settings.columns
    return [sheets.headings.get(column, "") for column, m in columns.items() if m == PLAN]


def mark(checked: Checked) -> str:
    """A mark of what would be done."""
    asks = (repr(replace(ask, report=None)) + ask.report.key for ask in checked.asks)  # type: ignore[arg-type]
    return mark_of(*asks, *checked.refused, *map(repr, checked.bodies))


def refused_rows(sheets: Sheets, faults: Sequence[Fault]) -> Download:
    """The refused rows as they stand in the file, each with why, to be mended and brought again."""
    columns = sheets.table.columns
    heads = [sheets.headings.get(column, "") for column in columns]
    return Download(["Row", "Why it was refused", *heads], _refused(sheets, faults, columns))


def _refused(
    sheets: Sheets, faults: Sequence[Fault], columns: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    why: dict[int, list[str]] = {}
    for fault in faults:
        at = f"{fault.column} “{fault.heading}”: " if fault.column else ""
        why.setdefault(fault.row, []).append(f"{at}{fault.sentence}")
    for line in sheets.table.lines:
        if line.number in why:
            yield line.number, " ".join(why[line.number]), *(line.text(c) for c in columns)


def meanings_of(columns: dict[str, str]) -> list[tuple[str, str]]:
    """What each heading was taken to mean, in words."""
    return [(name, MEANINGS[key].label) for name, key in columns.items() if key in MEANINGS]
