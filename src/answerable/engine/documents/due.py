"""By when: proposed from the words of the entry."""

import re
from calendar import monthrange
from datetime import date

from answerable.engine.documents.shapes import Due

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + ")"
_OPEN = (
    r"(?:by|before|no later than|not later than|until|in or before|on or before|"
    r"after midnight on|after midnight|after|from)"
)
_DAY = re.compile(
    rf"\b(?:{_OPEN}\s+)(?:the\s+|midnight\s+(?:on\s+)?)?(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_MONTH_OF = re.compile(
    rf"\b(?:{_OPEN})\s+(?P<end>(?:the\s+)?(?:end|close|beginning"
    rf"|start)\s+of\s+)?{_MONTH}\s+(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
_YEAR = re.compile(
    rf"\b(?:{_OPEN})\s+(?P<end>(?:the\s+)?end\s+of\s+)?(?P<year>(?:19|20)\d\d)\b(?!/)", re.I
)
_LOOSE = re.compile(
    r"\b(?:within|in)\s+(?:the\s+next\s+|a\s+(?:further\s+)?|a period of\s+)?(?:\d{1,3}|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|"
    r"twelve|eighteen|twenty-four)\s+(?:working\s+|calendar\s+)?(?:days?|weeks?|months?|years?)"
    r"(?:\s+(?:of|from|after)\s+(?:the\s+)?(?:date\s+of\s+)?(?:publication|this report|receipt"
    r"|the publication)[\w ]{0,30}?)?(?=[\s.,;:)]|$)"
    r"|\b(?:by|before|no later than|in)\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?(?:spring|summer"
    r"|autumn|winter)\s+(?:19|20)\d\d"
    r"|\b(?:by|before)\s+the\s+end\s+of\s+(?:this|the)\s+(?:calendar\s+|financial\s+)?year"
    r"|\bas\s+soon\s+as\s+(?:(?:is|are)\s+)?(?:reasonably\s+)?(?:practicable|possible)"
    r"|\b(?:immediately|without\s+delay|with\s+immediate\s+effect"
    r"|as\s+a\s+matter\s+of\s+urgency)\b",
    re.I,
)


def of(text: str) -> Due | None:
    """The time limit that the words set, with its date where they allow one."""
    if found := _DAY.search(text):
        return _dated(found, found.group("day"))
    if found := _MONTH_OF.search(text):
        return _month(found)
    if found := _YEAR.search(text):
        year = int(found.group("year"))
        if found.group("end"):
            return Due(
                found.group(0), date(year, 12, 31), "The end of a year is read as its last day."
            )
        return Due(found.group(0), None, "The words name a year and no day.")
    if found := _LOOSE.search(text):
        return Due(found.group(0).strip(), None, "The words set a time without naming a day.")
    return None


def _dated(found: re.Match[str], day: str) -> Due | None:
    month, year = _number(found), int(found.group("year"))
    if not 1 <= int(day) <= monthrange(year, month)[1]:
        return Due(found.group(0), None, "The words name a day that the calendar does not have.")
    return Due(found.group(0), date(year, month, int(day)), "The words name the day.")


def _month(found: re.Match[str]) -> Due:
    month, year = _number(found), int(found.group("year"))
    ending = (found.group("end") or "").lower()
    if "beginning" in ending or "start" in ending:
        return Due(
            found.group(0), date(year, month, 1), "The start of a month is read as its first day."
        )
    last = monthrange(year, month)[1]
    return Due(found.group(0), date(year, month, last), "A month is read as its last day.")


def _number(found: re.Match[str]) -> int:
    return _MONTHS.index(found.group("month").lower()) + 1
