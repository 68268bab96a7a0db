"""The rows of a spreadsheet, read by what its columns mean: what each says, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from answerable.engine.importing.days import NoDay, day_of, part_of
from answerable.engine.importing.headings import MEANINGS, PLAN, headings, plain
from answerable.engine.importing.shapes import (
    TEXT,
    WRONG,
    Cell,
    Fault,
    Line,
    Settings,
    Table,
    Told,
    letter,
)

LENGTHS = {
    "report": 300,
    "maker": 200,
    "number": 60,
    "subject": 120,
    "address": 500,
    "theirs": 60,
    "to": 2_000,
    "kind": 100,
    "report_kind": 100,
    "position": 100,
}
CARRIED = ("report", "maker", "published", "report_kind")
DITTO = frozenset({'"', "''", "”", "〃", "ditto", "do.", "as above", "same as above"})
_TOTAL = re.compile(r"(sub-?|grand )?totals?\b|sum\b|count\b|number of recommendations\b", re.I)
_NUMBERED = re.compile(r"(?:r(?:ec(?:ommendation)?)?s?\.?|no\.?|#)\s*(?=\d)", re.I)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HOLES = re.compile(r"[ \t\u00a0]+")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says: texts by meaning, and the days that it names."""

    number: int
    texts: Mapping[str, str]
    published: date | None = None
    published_words: str = ""
    replied: date | None = None
    page: int | None = None

    def says(self, meaning: str) -> str:
        """What it says of ``meaning``; nothing where it says nothing."""
        return self.texts.get(meaning, "")


@dataclass(slots=True)
class Read:
    """All rows of a sheet: those that say something, what is wrong, and what was left alone."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)
    hidden: int = 0


class Reader:
    """Reads the rows of ``table`` as ``settings`` say."""

    def __init__(self, table: Table, settings: Settings, today: date) -> None:
        self.table, self.settings, self.today = table, settings, today
        self.heads = headings(table, settings.header)
        chosen = {meaning: column for column, meaning in settings.columns.items()}
        self.at = {m: chosen[m] for m in MEANINGS if m in chosen and m != PLAN}
        self.fixed = {m: t for m, t in settings.fixed.items() if t and m not in self.at}
        self.found = Read()
        self._above: dict[str, Cell] = {}

    def fault(self, line: int, meaning: str, sentence: str) -> Fault:
        """What is wrong with the cell that says ``meaning`` in row ``line``."""
        heading = self.heads.get(self.at.get(meaning, 0), "")
        return Fault(self.table.name, line, self._column(meaning), heading, sentence)

    def _column(self, meaning: str) -> str:
        return letter(self.at[meaning]) if meaning in self.at else ""

    def read(self) -> Read:
        """Every row below the headings."""
        for line in self.table.lines:
            if line.number <= self.settings.header:
                continue
            self.found.hidden += line.hidden
            why = self._why_left(line)
            if why:
                self.found.left.append(Told(line.number, why))
            elif why is None:
                self._read(line)
        return self.found

    def _why_left(self, line: Line) -> str | None:
        """Why a row is no recommendation; None where it is one, nothing where it is empty."""
        if not any(column in line.cells for column in self.at.values()):
            return ""
        if line.hidden and self.settings.leave_hidden:
            return "It is hidden in the file."
        texts = [cell.text.strip() for cell in line.cells.values()]
        same = [plain(text) for text in texts]
        heads = {plain(head.rpartition(": ")[2]) for head in self.heads.values() if head}
        if len(same) > 1 and all(text in heads for text in same):
            return "The headings stand here once more."
        words = line.text(self.at.get("words", 0)).strip()
        if not words and _TOTAL.match(texts[0]):
            return f"It is a total: “{texts[0][:60]}”."
        wide = any(last - first >= 2 for first, last in line.across)
        if len(set(texts)) == 1 and (wide or (not words and len(line.cells) == 1)):
            return f"It is a heading or a note: “{texts[0][:60]}”."
        if line.cells.get(self.at.get("withdrawn", 0)):
            return "It says that it was withdrawn."
        return None

    def _read(self, line: Line) -> None:
        before = len(self.found.faults)
        said = [*self.at, *self.fixed]
        texts = {meaning: text for meaning in said if (text := self._text(line, meaning))}
        published, part = self._day(line, "published", texts)
        replied, _ = self._day(line, "replied", texts)
        page = self._page(line, texts)
        for meaning in MISSING:
            told = (fault.column for fault in self.found.faults[before:])
            if meaning not in texts and self._column(meaning) not in told:
                self._wrong(line, meaning, MISSING[meaning])
        if "number" in texts:
            texts["number"] = _NUMBERED.sub("", texts["number"], count=1)
        if texts.get("address") and not re.match(r"https?://\S+$", texts["address"]):
            self._wrong(line, "address", f"“{texts['address'][:60]}” is no web address.")
        if len(self.found.faults) == before:
            self.found.rows.append(Row(line.number, texts, published, part, replied, page))

    def _cell(self, line: Line, meaning: str) -> Cell | None:
        if meaning in self.fixed:
            return Cell(TEXT, self.fixed[meaning])
        cell = line.cells.get(self.at[meaning])
        if meaning not in CARRIED:
            return cell
        ditto = cell is not None and cell.text.strip().casefold() in DITTO
        if ditto or (cell is None and self.settings.carry):
            return self._above.get(meaning)
        if cell is not None:
            above = self._above.get("report")
            if meaning == "report" and above and above.text != cell.text:
                self._above.clear()  # another report: nothing of the one above is meant any more
            self._above[meaning] = cell
        return cell

    def _text(self, line: Line, meaning: str) -> str:
        cell = self._cell(line, meaning)
        if cell is None:
            return ""
        if cell.kind == WRONG:
            self._wrong(line, meaning, f"{cell.text}.")
            return ""
        text = _UNSEEN.sub("", cell.text).strip()
        if meaning not in ("words", "reply", "to"):
            text = " ".join(text.split())
        text = "\n".join(_HOLES.sub(" ", part).strip() for part in text.split("\n"))
        if len(text) > LENGTHS.get(meaning, len(text)):
            self._wrong(line, meaning, f"This is longer than {LENGTHS[meaning]:,} characters.")
            return ""
        return text

    def _day(self, line: Line, meaning: str, texts: dict[str, str]) -> tuple[date | None, str]:
        said = texts.pop(meaning, "")
        if not said:
            return None, ""
        cell = self._cell(line, meaning) or Cell(TEXT, said)
        try:
            day = day_of(cell)
        except NoDay:
            if meaning == "published" and (part := part_of(cell)):
                return None, part
            self._wrong(line, meaning, f"“{said[:60]}” is no day. Write it as 27/3/2024.")
            return None, ""
        if day > self.today:
            self._wrong(line, meaning, f"“{said[:60]}” is in the future.")
        elif day.year < 1800:
            self._wrong(line, meaning, f"“{said[:60]}” is too long ago.")
        return day, ""

    def _page(self, line: Line, texts: dict[str, str]) -> int | None:
        said = texts.pop("page", "")
        if not said:
            return None
        found = re.fullmatch(r"(?:p(?:age|g|p)?\.?\s*)?(\d{1,5})", said, re.I)
        if not found or found[1] == "0":
            self._wrong(line, "page", f"“{said[:60]}” is no page. Write its number alone.")
            return None
        return int(found[1])

    def _wrong(self, line: Line, meaning: str, sentence: str) -> None:
        self.found.faults.append(self.fault(line.number, meaning, sentence))


MISSING = {
    "words": "There are no words of a recommendation.",
    "report": "It does not say which report this is from.",
}


def names_in(cell: str) -> Iterator[str]:
    """The names in a cell that lists them line by line, or with semicolons."""
    for part in re.split(r"[;\n|•]+", cell):
        if name := " ".join(part.split()).strip(" ,-–"):
            yield name
