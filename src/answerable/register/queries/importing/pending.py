"""Spreadsheets that wait to be brought in, and those that were."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.engine.importing import headings
from answerable.engine.importing.shapes import Settings, Table, letter, unpacked
from answerable.register.models import Import, PendingImport, Recommendation
from answerable.register.queries.importing.check import check
from answerable.register.queries.importing.plans import Checked
from answerable.register.queries.remembered import Memory


def pending_of(person: Person) -> QuerySet[PendingImport]:
    """What ``person`` has sent and not brought in yet, the newest first."""
    return PendingImport.objects.filter(owner=person).defer("content")


def find_pending(person: Person, pk: int) -> PendingImport:
    """One of them; refuses what is not hers, or is gone."""
    found = PendingImport.objects.filter(owner=person, pk=pk).first()
    if found is None:
        raise NotTheirs("This spreadsheet is not yours, or is no longer here.")
    return found


def find_import(person: Person, pk: int) -> Import:
    """One that was brought in: only people of the office see what else was in it."""
    found = Import.objects.select_related("by").filter(pk=pk).first()
    if found is None or not is_of_office(person):
        raise NotTheirs("This is not yours to see.")
    check_may(person, Permission.RECOMMENDATION_READ)
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """Where a recommendation came from, when it came by a spreadsheet."""

    brought: Import
    row: int
    theirs: str


def came_from(recommendation: Recommendation, memory: Memory | None = None) -> Came | None:
    """The spreadsheet and the row that a recommendation came from, if it did.

    One query, and none while no spreadsheet is known to have brought it.
    """
    serial = recommendation.serial
    known = (memory or Memory()).of("imports", _brought)
    pk = next((pk for pk, first, last in known if first <= serial <= last), None)
    if pk is None:
        return None
    found = Import.objects.get(pk=pk)
    row, theirs = found.rows[serial - found.first_serial]
    return Came(found, row, theirs)


def _brought() -> list[tuple[int, int, int]]:
    """Which recommendations each spreadsheet brought: its key, the first and the last."""
    return list(Import.objects.values_list("pk", "first_serial", "last_serial"))


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a file, with what was chosen for one of them."""

    tables: list[Table]
    settings: Settings
    mapped: bool = False
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """The sheet that is read."""
        return self.tables[self.settings.sheet]

    @property
    def headings(self) -> dict[int, str]:
        """What each of its columns is called."""
        return headings.headings(self.table, self.settings.header)

    @property
    def columns(self) -> dict[str, str]:
        """What each heading was taken to mean, to be kept, and to be offered for the next file."""
        return {
            f"{letter(column)} {self.headings.get(column, '')}".strip(): meaning
            for column, meaning in self.settings.columns.items()
            if meaning
        }

    def checked(self, person: Person) -> Checked:
        """What it would do."""
        return check(
            person=person,
            table=self.table,
            settings=self.settings,
            answers=self.answers,
            today=timezone.localdate(),
        )


def tables_of(pending: PendingImport) -> list[Table]:
    """The sheets of a spreadsheet that waits."""
    return unpacked(base64.b85decode(pending.content))


def likeliest(tables: list[Table]) -> int:
    """The sheet that most looks like a list of recommendations; hidden ones only if there is no other."""

    def weight(number: int) -> tuple[bool, int, int]:
        table = tables[number]
        means = headings.guessed(table, headings.header_line(table))
        known = len({meaning for meaning in means.values() if meaning})
        return (not table.hidden, known, len(table.lines))

    return max(range(len(tables)), key=weight)


def sheets_of(tables: list[Table], choices: Mapping[str, Any], sheet: int | None = None) -> Sheets:
    """The sheets as ``choices`` read them; guessed where nothing was chosen. Another ``sheet`` anew."""
    chosen = choices.get("sheet") if sheet is None else sheet
    number = chosen if isinstance(chosen, int) and 0 <= chosen < len(tables) else likeliest(tables)
    if "columns" not in choices or choices.get("sheet") != number:
        header = headings.header_line(tables[number])
        guess = headings.guessed(tables[number], header)
        return Sheets(tables, Settings(number, header, guess))
    settings = Settings(
        sheet=number,
        header=choices["header"],
        columns={int(column): meaning for column, meaning in choices["columns"].items()},
        carry=choices.get("carry", False),
        leave_hidden=choices.get("leave_hidden", False),
        exact=choices.get("exact"),
        fixed=choices.get("fixed", {}),
    )
    return Sheets(tables, settings, True, choices.get("answers", {}))


def with_header(sheets: Sheets, header: int) -> Sheets:
    """The same sheet, with its headings in the row ``header``: guessed anew where it is another."""
    settings = sheets.settings
    if header == settings.header:
        return sheets
    guess = headings.guessed(sheets.table, header)
    return replace(sheets, settings=replace(settings, header=header, columns=guess), mapped=False)
