"""A plan that someone brings as a table, compared with the plan that stands, cell by cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from answerable.accounts.models import Body
from answerable.engine.clocks import in_words
from answerable.engine.workbooks import DATE, FORMULA, LONGEST, MERGED, NUMBER, Cell, Row, Sheet
from answerable.plan.models import Action

COLUMNS: dict[str, tuple[str, ...]] = {
    "reference": ("Reference", "Ref", "Id", "Number"),
    "title": ("Action", "Title", "What will be done", "Task"),
    "words": ("More about it", "Description", "Details", "Notes"),
    "owner_role": ("Post that answers for it", "Post", "Owner", "Lead", "Responsible"),
    "owner_name": ("Who holds it", "Owner name", "Name"),
    "due_on": ("Date now", "Due", "Due date", "Deadline", "By when", "Date"),
    "reason": ("Why it changes", "Reason", "Why"),
    "cost": ("Cost", "Budget"),
    "funding": ("Funding", "Money"),
    "funding_ends_on": ("Funding ends", "End of funding"),
}
"""What is read of each row, the heading under which it is handed out, and how others call it."""
NEEDED = ("title",)
LENGTHS = {"title": 200, "owner_role": 200, "owner_name": 120, "funding": 300, "words": 10_000}
DETAILS = ("title", "words", "cost", "funding", "funding_ends_on")
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y")
"""The ways of writing a day that are understood, the day before the month."""

ADD, CHANGE, FIRST_DATE, ASK_DATE, ASK_OWNER = "add", "change", "date", "ask_date", "ask_owner"
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, in a sentence."""

    sheet: str
    row: int
    column: str
    sentence: str

    @property
    def where(self) -> str:
        """The sheet, the row and the cell."""
        cell = f", cell {self.column}{self.row}" if self.column else ""
        return f"Sheet “{self.sheet}”, row {self.row}{cell}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that will be done, from which row, in words, and what the act is given."""

    kind: str
    row: int
    column: str
    reference: str
    title: str
    words: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a table would do to a plan: each step, what is wrong, and how many rows change nothing."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def letter(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    rest, name = column, ""
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(65 + last) + name
    return name


def headings(sheet: Sheet) -> dict[int, str]:
    """What the first row calls each column."""
    first = sheet.rows[0].cells if sheet.rows else {}
    return {number: cell.text for number, cell in first.items()}


def guessed(sheet: Sheet) -> dict[str, int]:
    """Which column is probably meant by what, from its heading; each column at most once."""
    said = {text.strip().casefold(): number for number, text in reversed(headings(sheet).items())}
    found: dict[str, int] = {}
    for key, names in COLUMNS.items():
        for name in names:
            column = said.get(name.casefold())
            if column and column not in found.values():
                found[key] = column
                break
    return found


def plan_of(body: Body) -> dict[str, Action]:
    """Every action of ``body`` by its reference. One query."""
    rows = Action.objects.filter(body=body).select_related("owner", "body").order_by("serial")
    return {action.reference: action for action in rows}


def holder(action: Action) -> str:
    """Who holds the post, as the table says it."""
    return action.owner.name if action.owner else action.owner_name


def plain(text: str) -> str:
    """A text as a cell can hold it: without what no cell holds, cut where a cell ends."""
    seen = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    return seen.strip()


class _Read:
    """One row, read through the mapping; remembers what is wrong with it."""

    def __init__(self, sheet: str, row: Row, mapping: Mapping[str, int]) -> None:
        self.sheet, self.row, self.mapping = sheet, row, mapping
        self.faults: list[Fault] = []
        self.values: dict[str, Any] = {key: self._value(key) for key in mapping}

    def wrong(self, key: str, sentence: str) -> None:
        """Something is wrong with this cell."""
        self.faults.append(Fault(self.sheet, self.row.number, self.column(key), sentence))

    def column(self, key: str) -> str:
        """The letters of the column of ``key``, if it has one."""
        return letter(self.mapping[key]) if key in self.mapping else ""

    def _value(self, key: str) -> Any:
        cell = self.row.cells.get(self.mapping[key])
        if cell is not None and cell.kind == FORMULA:
            self.wrong(key, "This is a formula. Put in what it comes to.")
            return None
        if cell is not None and cell.kind == MERGED:
            self.wrong(key, f"The cells {cell.text} are merged. Give each row its own.")
            return None
        if key in ("due_on", "funding_ends_on"):
            return self._day(key, cell)
        return self._cost(cell) if key == "cost" else self._text(key, cell)

    def _text(self, key: str, cell: Cell | None) -> str:
        words = plain(cell.text) if cell else ""
        if cell and cell.kind == NUMBER and words.endswith(".0"):
            words = words[:-2]
        if len(words) > LENGTHS.get(key, LONGEST):
            self.wrong(key, f"This is longer than {LENGTHS[key]:,} characters.")
        return words

    def _day(self, key: str, cell: Cell | None) -> date | None:
        if cell is None:
            return None
        if cell.kind == DATE:
            return date.fromisoformat(cell.text)
        for way in WRITTEN:
            try:
                return datetime.strptime(" ".join(cell.text.split()), way).date()
            except ValueError:
                continue
        self.wrong(key, f"“{cell.text[:40]}” is no date. Write it as 27/3/2027.")
        return None

    def _cost(self, cell: Cell | None) -> Decimal | None:
        if cell is None:
            return None
        try:
            cost = Decimal(cell.text.replace("£", "").replace(",", "").strip())
            if not cost.is_finite() or abs(cost) >= Decimal(10) ** 12:
                raise InvalidOperation
            return cost.quantize(Decimal("0.01"))
        except InvalidOperation:
            self.wrong("cost", f"“{cell.text[:40]}” is no sum of money. Write it as 42000.")
            return None


def compare(sheet: Sheet, mapping: Mapping[str, int], plan: Mapping[str, Action]) -> Compared:
    """What the rows of ``sheet`` would add to ``plan``, change in it, and ask of it.

    A date or an owner is never changed by it: a move is asked, with the reason beside it.
    """
    found = Compared()
    rows = [_Read(sheet.name, row, mapping) for row in sheet.rows[1:]]
    rows = [row for row in rows if _says_something(row)]
    _twice(rows)
    same = 0
    for row in rows:
        reference = row.values.get("reference", "")
        known = plan.get(reference)
        if reference and known is None:
            row.wrong("reference", f"There is no action {reference} in this plan.")
        steps = list(_changed(row, known) if known else _added(row, plan))
        found.faults.extend(row.faults)
        if not row.faults:
            found.steps.extend(steps)
            same += not steps
    return Compared(found.steps, found.faults, same)


def _says_something(row: _Read) -> bool:
    return bool(row.faults) or any(value not in ("", None) for value in row.values.values())


def _twice(rows: Iterable[_Read]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        reference, title = row.values.get("reference"), row.values.get("title")
        key, said = ("reference", reference) if reference else ("title", title)
        if not said:
            continue
        seen = first.setdefault((key, str(said).casefold()), row.row.number)
        if seen != row.row.number:
            row.wrong(key, f"This stands in row {seen} already.")


def _added(row: _Read, plan: Mapping[str, Action]) -> Iterable[Step]:
    given = {k: v for k, v in row.values.items() if k not in ("reference", "reason")}
    title = given.get("title") or ""
    if not title:
        row.wrong("title", "Say what will be done.")
    if not given.get("owner_role"):
        row.wrong("owner_role", "Name the post that answers for this.")
    twin = next((a for a in plan.values() if a.title.casefold() == title.casefold()), None)
    if twin and not row.values.get("reference"):
        row.wrong("title", f"This is in the plan as {twin.reference}. Give its reference.")
    due_on = given.get("due_on")
    words = f"first date {in_words(due_on)}" if due_on else "without a date"
    yield Step(ADD, row.row.number, row.column("title"), "", title, words, given)


NAMES = {
    "title": "what will be done",
    "words": "more about it",
    "cost": "cost",
    "funding": "funding",
    "funding_ends_on": "end of the funding",
}


def _changed(row: _Read, action: Action) -> Iterable[Step]:
    number, reference, title = row.row.number, action.reference, action.title

    def step(kind: str, key: str, words: str, given: Mapping[str, Any]) -> Step:
        return Step(kind, number, row.column(key), reference, title, words, given)

    details = {
        key: row.values[key]
        for key in DETAILS
        if key in row.values and row.values[key] != _now(action, key)
    }
    if details:
        if details.get("title") == "":
            row.wrong("title", "Say what will be done.")
        words = "; ".join(f"{NAMES[key]}: {_shown(details[key])}" for key in details)
        yield step(CHANGE, next(iter(details)), words, details)
    yield from _owner(row, action, step)
    yield from _date(row, action, step)


def _shown(value: Any) -> str:
    """What a cell would put there, short."""
    if value in ("", None):
        return "emptied"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, Decimal):
        return f"£{value:,}"
    return f"“{value[:80]} …”" if len(value) > 80 else f"“{value}”"


def _now(action: Action, key: str) -> Any:
    value = getattr(action, key)
    return plain(value) if isinstance(value, str) else value


def _owner(row: _Read, action: Action, step: Any) -> Iterable[Step]:
    before = (plain(action.owner_role), plain(holder(action)))
    role, name = (
        row.values.get("owner_role", before[0]),
        row.values.get("owner_name", before[1]),
    )
    if (role, name) == before:
        return
    key = "owner_role" if role != before[0] else "owner_name"
    if not role:
        row.wrong("owner_role", "Name the post that answers for this.")
    if not row.values.get("reason"):
        row.wrong("reason" if "reason" in row.mapping else key, WHY_OWNER)
    # Whoever has access and still holds the post goes on to be named by their own account.
    owner = action.owner if name == before[1] else None
    given = {
        "role": role,
        "owner": owner,
        "name": "" if owner else name,
        "reason": row.values.get("reason") or "",
    }
    yield step(ASK_OWNER, key, f"to {', '.join(filter(None, (role, name)))}", given)


WHY_OWNER = "The owner would change. Say why, in the column for the reason."
WHY_DATE = "The date would move. Say why, in the column for the reason."


def _date(row: _Read, action: Action, step: Any) -> Iterable[Step]:
    if "due_on" not in row.values or row.values["due_on"] == action.due_on or row.faults:
        return
    after: date | None = row.values["due_on"]
    if after is None:
        row.wrong(
            "due_on", f"{action.reference} has a date, which is not taken away. Ask to move it."
        )
        return
    if action.due_on is None:
        yield step(FIRST_DATE, "due_on", f"first date {in_words(after)}", {"due_on": after})
        return
    if not row.values.get("reason"):
        row.wrong("reason" if "reason" in row.mapping else "due_on", WHY_DATE)
    words = f"from {in_words(action.due_on)} to {in_words(after)}"
    given = {"after": after, "reason": row.values.get("reason") or ""}
    yield step(ASK_DATE, "due_on", words, given)
