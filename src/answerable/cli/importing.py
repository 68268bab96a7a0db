"""`answerable register import`: an office's spreadsheet of recommendations into the register."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from answerable.accounts.models import Person
from answerable.accounts.rules import Refused
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, example, json_option, plural, refuse, tell
from answerable.engine.documents.shapes import Unreadable
from answerable.engine.importing.headings import MEANINGS
from answerable.engine.importing.shapes import Table, letter, unpacked
from answerable.engine.importing.tables import read_tables_safely
from answerable.register.actions.importing import import_register
from answerable.register.queries.importing.pending import Sheets, sheets_of
from answerable.register.queries.importing.plans import Checked
from answerable.register.queries.naming import plain_name
from answerable.register.rules.importing import check_complete
from answerable.reports.queries.files import limits

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_TOLD = 50


@click.group()
def register() -> None:
    """Bring an office's list of recommendations into the register."""


@register.command(
    name="import",
    epilog=example(
        "answerable register import old-list.xlsx --as rosa@office.example --dry-run",
        "answerable register import old-list.xlsx --as rosa@office.example --exact",
        "answerable register import recs.csv --as rosa@office.example --exact \\",
        "    --report 'Annual inspection' --maker 'Inspectorate' --published 27/3/2024",
    ),
)
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="JSON: what the columns mean, and the answers.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in, and what is refused.")
@click.option("--report", "title", default="", help="The report that every row is from.")
@click.option("--maker", default="", help="Who made that report.")
@click.option("--published", default="", help="When: 27/3/2024, March 2024 or 2024.")
@click.option("--exact/--ours", default=None, help="The words are the reports’ own, or ours.")
@click.option("--leave-out", is_flag=True, help="Go on without the refused rows.")
@click.option("--as", "email", default="", help="E-mail address of the governance officer.")
@json_option
def import_(
    file: Path,
    mapping: Path | None,
    dry_run: bool,
    title: str,
    maker: str,
    published: str,
    exact: bool | None,
    leave_out: bool,
    email: str,
    as_json: bool,
) -> None:
    """Bring the spreadsheet FILE (.xlsx or .csv) into the register: all of it, or nothing.

    Columns are guessed by their headings; --dry-run says how, and --json prints it as a mapping to
    save, put right and give with --mapping. Names that nobody here is known by, and what is no
    position, are answered there too. Exit code 1 where anything is refused or open.
    """
    refuse_if_behind()
    person = _officer(email)
    fixed = {"report": title, "maker": maker, "published": published}
    sheets = _sheets(file, _given(mapping), fixed, exact)
    checked = sheets.checked(person)
    stays = _open(sheets, checked, leave_out)
    if as_json:
        as_line(_as_json(file, sheets, checked))
    else:
        _tell(sheets, checked)
    if dry_run:
        return
    if stays:
        refuse(f"Nothing was brought in. {stays}")
    brought = import_register(
        by=person,
        checked=checked,
        name=file.name,
        sha256=_digest(file),
        columns=sheets.columns,
        leave_out=leave_out,
    )
    many = plural(len(brought.rows), "recommendation")
    aside(f"{many} came in: R-{brought.first_serial:04} to R-{brought.last_serial:04}.")


def _officer(email: str) -> Person:
    if not email:
        refuse("Say who does this: --as EMAIL of a governance officer.")
    found = Person.objects.filter(email__iexact=email, is_active=True).select_related("body")
    return found.first() or refuse(f"Nobody with the address {email} may sign in here.")


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _tables(file: Path) -> list[Table]:
    try:
        return unpacked(read_tables_safely(file, limits()))
    except Unreadable as refusal:
        refuse(f"{file.name}: {refusal.sentence}")


def _given(mapping: Path | None) -> dict[str, Any]:
    if mapping is None:
        return {}
    try:
        given = json.loads(mapping.read_text(encoding="utf-8"))
        columns = {_number(name): meaning for name, meaning in given.get("columns", {}).items()}
    except (ValueError, AttributeError):
        refuse(f"{mapping.name} is no mapping. See what --dry-run --json prints.")
    wrong = sorted(set(columns.values()) - set(MEANINGS) - {""})
    if wrong:
        known = ", ".join(key for key in MEANINGS if key)
        refuse(f"“{wrong[0]}” is nothing that a column can mean. There are: {known}.")
    return {**given, "columns": columns} if columns else given


def _number(letters: str) -> int:
    number = 0
    for one in letters.upper():
        if not "A" <= one <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(one) - 64
    return number


def _sheets(
    file: Path, given: Mapping[str, Any], fixed: Mapping[str, str], exact: bool | None
) -> Sheets:
    tables = _tables(file)
    name = given.get("sheet")
    number = next((n for n, table in enumerate(tables) if table.name == name), None)
    if name and number is None:
        refuse(f"There is no sheet “{name}”. There are: {', '.join(t.name for t in tables)}.")
    guess = sheets_of(tables, {}, number).settings
    answers = {
        what: {plain_name(key) if what == "body" else key: answer for key, answer in said.items()}
        for what, said in given.get("answers", {}).items()
    }
    columns = given.get("columns") or dict(guess.columns)
    choices = {
        "sheet": guess.sheet,
        "header": given.get("header", guess.header),
        "columns": {str(column): meaning for column, meaning in columns.items()},
        "carry": given.get("carry", False),
        "leave_hidden": given.get("leave_hidden", False),
        "exact": given.get("exact") if exact is None else exact,
        "fixed": {key: text or given.get("fixed", {}).get(key, "") for key, text in fixed.items()},
        "answers": answers,
    }
    return sheets_of(tables, choices)


def _open(sheets: Sheets, checked: Checked, leave_out: bool) -> str:
    """Why it cannot be brought in as it stands; nothing where it can."""
    if sheets.settings.exact is None:
        return "Say whether the words are the reports’ own (--exact) or the office’s (--ours)."
    try:
        check_complete(checked, leave_out=leave_out)
    except Refused as refusal:
        return f"{refusal.sentence} See --mapping and --leave-out."
    return ""


def _as_json(file: Path, sheets: Sheets, checked: Checked) -> dict[str, object]:
    settings = sheets.settings
    columns = {letter(column): meaning for column, meaning in settings.columns.items()}
    answers: dict[str, dict[str, str]] = {}
    for question in checked.questions:
        answers.setdefault(question.what, {})[question.key] = question.answer
    return {
        "file": str(file),
        "mapping": {
            "sheet": sheets.table.name,
            "header": settings.header,
            "columns": columns,
            "carry": settings.carry,
            "leave_hidden": settings.leave_hidden,
            "exact": settings.exact,
            "fixed": dict(settings.fixed),
            "answers": answers,
        },
        "recommendations": len(checked.asks),
        "reports": len(checked.reports),
        "new_reports": len(checked.new_reports),
        "replies": checked.replies,
        "new_bodies": [body.name for body in checked.bodies],
        "refused": [{"where": fault.where, "why": fault.sentence} for fault in checked.faults],
        "doubled": [told.row for told in checked.doubled],
        "standing": [told.row for told in checked.standing],
        "left": [told.row for told in checked.left],
    }


def _tell(sheets: Sheets, checked: Checked) -> None:
    tell(f"Sheet “{sheets.table.name}”, headings in row {sheets.settings.header}:")
    for column, meaning in sheets.settings.columns.items():
        heading = sheets.headings.get(column, "")
        said = MEANINGS[meaning].label if meaning else "left out"
        tell(f"  {letter(column):>2}  {heading[:40]:<40}  {said}")
    new = f"{len(checked.new_reports)} of them new"
    tell(
        f"{plural(len(checked.asks), 'recommendation')} from {plural(len(checked.reports), 'report')} "
        f"({new}), {plural(checked.replies, 'reply', 'replies')}."
    )
    for line in _lines(checked):
        tell(line)


def _lines(checked: Checked) -> Iterator[str]:
    """What is open, refused and told, each with its row."""
    for question in checked.open_questions[:MOST_TOLD]:
        yield f"  ? {question.what} “{question.words}” ({plural(len(question.rows), 'row')})"
    for fault in checked.faults[:MOST_TOLD]:
        yield f"  ! {fault.where}: {fault.sentence}"
    if len(checked.faults) > MOST_TOLD:
        yield f"  ! and {len(checked.faults) - MOST_TOLD} more"
    told = (*checked.doubled, *checked.standing, *checked.notes, *checked.left)
    for one in told[:MOST_TOLD]:
        yield f"  - Row {one.row}: {one.sentence}"
    if len(told) > MOST_TOLD:
        yield f"  - and {len(told) - MOST_TOLD} more"
