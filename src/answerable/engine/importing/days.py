"""Days as people write them in cells, the day before the month."""

import re
from datetime import date, timedelta

from answerable.engine.importing.shapes import DATE, NUMBER, Cell

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
_WAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}",
        rf"(?P<d>\d{{1,2}})\s*[-/. ]\s*(?P<m>\d{{1,2}})\s*[-/. ]\s*(?P<year>\d{{4}}|\d{{2}}){_TIME}",
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ]*{_MONTH},?[-/. ]*(?P<year>\d{{4}}|\d{{2}})",
        rf"{_WEEKDAY}{_MONTH}[-/. ]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[-/. ]+(?P<year>\d{{4}})",
    )
)
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[-/.](?P<year>\d{4})",
        rf"{_MONTH},?[-/. ]*(?P<year>\d{{4}}|\d{{2}})",
    )
)
_ABOUT = re.compile(
    r"(?:spring|summer|autumn|winter|early|mid|late|about|circa) .{0,12}\d{4}", re.I
)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
"""Numbers between these are days as Excel counts them: 1954 to 2064."""
_EXCEL_BEGINS = date(1899, 12, 30)


class NoDay(ValueError):
    """What stands there is no day."""


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 70 else 1900)


def _month(found: re.Match[str]) -> int:
    named = found.groupdict()
    return int(named["m"]) if named.get("m") else _MONTHS.index(named["month"][:3].lower()) + 1


def day_of(cell: Cell) -> date:
    """The day that a cell names.

    Raises:
        NoDay: where it names none.
    """
    text = " ".join(cell.text.split())
    if cell.kind == DATE:
        return date.fromisoformat(text)
    if cell.kind == NUMBER and text.isdigit() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _EXCEL_BEGINS + timedelta(days=int(text))
    for way in _WAYS:
        if found := way.fullmatch(text):
            try:
                return date(_year(found["year"]), _month(found), int(found["d"]))
            except ValueError:
                break
    raise NoDay(text)


def part_of(cell: Cell) -> str:
    """A year or a month, where no day is known: ``2014``, ``2014-03``, ``spring 2014``; else nothing."""
    text = " ".join(cell.text.split())
    if _ABOUT.fullmatch(text):
        return text
    for way in _PARTS:
        if found := way.fullmatch(text):
            named = found.groupdict()
            if not (named.get("m") or named.get("month")):
                return named["year"] if 1900 <= int(named["year"]) <= 2100 else ""
            month = _month(found)
            return f"{_year(named['year'])}-{month:02}" if 1 <= month <= 12 else ""
    return ""
