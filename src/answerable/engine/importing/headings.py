"""What the columns of a spreadsheet may mean, and what each probably means, by its heading."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.engine.importing.days import NoDay, day_of, part_of
from answerable.engine.importing.shapes import Cell, Line, Table

LEFT, PLAN = "", "plan"
"""A column that is left out, and one that a body itself must say: its plan and its claims."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column may say: in words, where it belongs, and how others head it."""

    label: str
    group: str
    names: tuple[str, ...] = ()


_REPORT, _ASKED, _REPLY = "The report", "What was asked", "What was answered"
MEANINGS: dict[str, Meaning] = {
    "report": Meaning("Title of the report", _REPORT, (
        "report", "report title", "title of report", "title of the report", "name of report",
        "report name", "review", "inquiry", "inspection", "publication", "source report",
        "report document", "source document", "title", "source")),
    "maker": Meaning("Who made the report", _REPORT, (
        "report made by", "made by", "maker", "author", "published by", "inspectorate",
        "who made it", "reviewer", "inspecting body", "report author", "issued by",
        "publishing body", "by whom")),
    "published": Meaning("Day of publication", _REPORT, (
        "published", "published on", "date published", "publication date", "date of publication",
        "report date", "date of report", "date of the report", "day of publication", "publ", "date")),
    "report_kind": Meaning("Kind of report", _REPORT, ("report type", "type of report", "kind of report")),
    "number": Meaning("Number in the report", _ASKED, (
        "number in the report", "number", "no", "rec no", "recommendation number", "rec number",
        "recommendation no", "item", "item no", "para", "rec", "num")),
    "words": Meaning("Words of the recommendation", _ASKED, (
        "words", "recommendation", "recommendations", "recommendation text", "text", "wording",
        "what was asked", "full text", "details of recommendation", "recommendation wording",
        "recommendation details", "text of recommendation", "description", "what it asks")),
    "kind": Meaning("Kind (recommendation, finding …)", _ASKED, (
        "kind", "type", "category", "recommendation type", "kind of recommendation", "rec type")),
    "page": Meaning("Page", _ASKED, ("page", "page no", "page number", "pg", "p")),
    "subject": Meaning("Theme or subject", _ASKED, (
        "theme", "subject", "topic", "strand", "themes", "work strand", "thematic area")),
    "address": Meaning("Web address", _ASKED, (
        "link", "url", "web address", "source url", "source address", "hyperlink", "weblink")),
    "to": Meaning("Addressed to", _ASKED, (
        "addressed to", "for", "addressee", "recipient", "responsible body", "lead agency", "agency",
        "agencies", "body", "bodies", "organisation", "organisations", "for whom", "asked of",
        "lead organisation", "responsible organisation", "accountable body", "to")),
    "theirs": Meaning("Your own reference", _ASKED, (
        "reference", "ref", "id", "unique id", "uid", "rec id", "our ref", "our reference", "ref no",
        "unique reference", "tracker ref", "recommendation id", "recommendation ref")),
    "withdrawn": Meaning("Withdrawn (such rows are left out)", _ASKED, ("withdrawn", "withdrawn on")),
    "reply": Meaning("Words of the reply", _REPLY, (
        "reply", "response", "response text", "reply text", "words of the reply", "force response",
        "their response", "agency response", "organisation response", "comments in reply",
        "reply words", "response words", "reply reply", "reply response", "what they said")),
    "replied": Meaning("Day of the reply", _REPLY, (
        "reply date", "date of reply", "response date", "date of response", "replied", "replied on",
        "responded", "responded on", "reply received", "reply came", "response on", "reply on",
        "response received", "day of the reply")),
    "position": Meaning("Position (accepted, rejected …)", _REPLY, (
        "position", "accepted", "response status", "decision", "accepted rejected", "response type",
        "accepted or rejected", "acceptance", "accepted y n", "agreed", "response position")),
    "position_why": Meaning("Why that position", _REPLY, (
        "reason", "rationale", "why", "reason for rejection", "reason for position", "reasons")),
    PLAN: Meaning("A body’s plan or claim (not brought in)", "Left out", (
        "action", "actions", "action taken", "action plan", "owner", "action owner", "lead", "lead officer",
        "due", "due date", "deadline", "target date", "by when", "action due", "completion date",
        "progress", "status", "update", "claim", "rag", "rag status", "delivery", "percent complete",
        "current status", "progress update", "closed", "completed")),
}  # fmt: skip
"""Everything that a column can mean, in the order in which it is offered."""

MANY = frozenset({LEFT, PLAN})
"""What several columns may mean at once."""
NEEDED = ("words",)
DAYS = frozenset({"published", "replied"})
LOOKED_AT = 30
"""The row of headings is among so many first rows."""

_OWN = ("Reference", "Number in the report", "Words were corrected", "Address here")
"""Headings by which the product's own download is known: its answers are computed, not said."""
_ANSWERS = frozenset({
    "accepted", "rejected", "partly accepted", "partially accepted", "accepted in part",
    "not accepted", "agreed", "accepted in principle", "not agreed", "partly agreed",
})  # fmt: skip
_APART = re.compile(r"[^\w]+")


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return " ".join(_APART.sub(" ", heading.casefold()).split())


_BY_NAME = {plain(name): key for key, its in reversed(MEANINGS.items()) for name in its.names}


def meaning_of(heading: str) -> str:
    """What a heading alone probably means; nothing where it says nothing."""
    said = plain(heading)
    if said in _BY_NAME:
        return _BY_NAME[said]
    found = [name for name in _BY_NAME if len(name) > 3 and f" {name} " in f" {said} "]
    return _BY_NAME[max(found, key=len)] if found and len(said) < 60 else LEFT


def _meant(heading: str) -> str:
    """As :func:`meaning_of`, of a heading that stands under the name of a group."""
    whole, alone = plain(heading), heading.rpartition(": ")[2]
    return _BY_NAME.get(whole) or _BY_NAME.get(plain(alone)) or meaning_of(heading)


def header_line(table: Table) -> int:
    """The number of the row that most looks like headings; the first where none does."""
    best, most = table.lines[0].number, 0.0
    for line in table.lines[:LOOKED_AT]:
        short = [c.text for c in line.cells.values() if len(c.text) <= 60]
        said = {meaning_of(text) for text in short} - {LEFT}
        weight = len(said) + 0.01 * min(len(short), 20)
        if len(line.cells) > 1 and weight > most:
            best, most = line.number, weight
    return best


def headings(table: Table, header: int) -> dict[int, str]:
    """What each column is called: by the row ``header``, and the row of groups above it."""
    named = next((line for line in table.lines if line.number == header), None)
    above = next((line for line in table.lines if line.number == header - 1), None)
    band = _spread(above) if above and len({c.text for c in above.cells.values()}) > 1 else {}
    found = {}
    for column in table.columns:
        head, group = named.text(column) if named else "", band.get(column, "")
        both = group and head and plain(group) != plain(head)
        found[column] = " ".join((f"{group}: {head}" if both else head or group).split())[:120]
    return found


def _spread(line: Line) -> dict[int, str]:
    """What stands above each column, with what is merged over several."""
    found = {column: cell.text for column, cell in line.cells.items()}
    for first, last in line.across:
        for column in range(first, last + 1):
            found.setdefault(column, line.text(first))
    return found


def samples(table: Table, header: int, column: int, *, most: int = 3) -> list[str]:
    """The first different values of a column."""
    rows = (line.text(column) for line in table.lines if line.number > header)
    found: dict[str, None] = {}
    for text in rows:
        if text:
            found.setdefault(" ".join(text.split()))
        if len(found) >= most:
            break
    return list(found)


def guessed(table: Table, header: int) -> dict[int, str]:
    """What each column probably means: by its heading, and by what stands in it."""
    heads = headings(table, header)
    own = {plain(h) for h in heads.values()} >= {plain(h) for h in _OWN}
    found: dict[int, str] = {}
    for column, heading in sorted(heads.items(), key=lambda item: (_loose(item[1]), item[0])):
        meaning = _meant(heading)
        if (
            meaning in MANY
            and "position" not in found.values()
            and _are_positions(table, header, column)
        ):
            meaning = "position"
        taken = meaning in found.values() and meaning not in MANY
        computed = own and plain(heading) not in _DOWNLOADED
        wrong = meaning in DAYS and not _are_days(table, header, column)
        found[column] = LEFT if taken or computed or wrong else meaning
    if "words" not in found.values() and (longest := _longest(table, header, found)):
        found[longest] = "words"
    return dict(sorted(found.items()))


_DOWNLOADED = {
    plain(name)
    for name in (
        "Reference", "Number in the report", "Kind", "Words", "Withdrawn", "Report", "Report made by", "Published",
        "Page", "Addressed to",
    )
}  # fmt: skip


def _loose(heading: str) -> bool:
    """Whether a heading is known only by a part of it: those that are known whole come first."""
    return not {plain(heading), plain(heading.rpartition(": ")[2])} & set(_BY_NAME)


def _are_days(table: Table, header: int, column: int) -> bool:
    rows = [line for line in table.lines if line.number > header and column in line.cells]
    return not rows or any(_is_day(line.cells[column]) for line in rows[:40])


def _are_positions(table: Table, header: int, column: int) -> bool:
    said = [plain(line.text(column)) for line in table.lines if line.number > header]
    some = [text for text in said if text][:40]
    return bool(some) and 2 * sum(1 for t in some if t in _ANSWERS) >= len(some)


def _is_day(cell: Cell) -> bool:
    try:
        return bool(day_of(cell))
    except NoDay:
        return bool(part_of(cell))


def _longest(table: Table, header: int, found: Mapping[int, str]) -> int | None:
    """The column with the longest texts among those that mean nothing yet."""
    rows: Sequence[Line] = [line for line in table.lines if line.number > header][:60]
    means = {
        column: sum(len(line.text(column)) for line in rows) / max(1, len(rows))
        for column, meaning in found.items()
        if not meaning
    }
    best = max(means, key=lambda column: means[column], default=None)
    return best if best is not None and means[best] >= 30 else None
