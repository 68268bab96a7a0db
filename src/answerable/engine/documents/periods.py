"""Periods in words: "within six months of publication", "28 days from receipt of this report"."""

import re
from dataclasses import dataclass

from answerable.engine.documents import stated
from answerable.engine.documents.shapes import Basis

_NUMBER = (
    r"(?:\d{1,3}|an?|one|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen)"
)
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|years?)[’']?"
_LENGTH = (
    rf"(?P<number>{_NUMBER})(?:\s*\(\d{{1,3}}\))?[\s-]+"
    rf"(?P<working>(?:working|business)[\s-]+)?(?:calendar[\s-]+)?{_UNIT}(?:\s+time)?"
)
_REPORT = (
    r"(?:th(?:e|is|ese|at)|its|my|our)\s+(?:\w+\s+){0,2}?(?:reports?|reviews?|recommendations?"
    r"|letter|notice|document)"
)
_PUBLISHED = (
    rf"(?:the\s+)?(?:date\s+of\s+)?(?:its\s+|the\s+|this\s+)?publication(?:\s+date)?"
    rf"(?:\s+of\s+{_REPORT})?"
    rf"|(?:the\s+)?(?:date|issue|release)\s+of\s+{_REPORT}"
    rf"|{_REPORT}(?:[’']s)?(?:\s+(?:being\s+published|publication|is\s+published|date))?"
    rf"|publishing\s+{_REPORT}|today|now"
)
_RECEIVED = (
    rf"(?:the\s+)?(?:date\s+of\s+)?(?:the\s+|its\s+|their\s+)?receipt(?:\s+of\s+{_REPORT})?"
    rf"|(?:the\s+)?(?:day|date)\s+(?:on\s+which\s+)?(?:it|they)\s+receives?\s+{_REPORT}"
    rf"|receiving\s+{_REPORT}|being\s+sent\s+{_REPORT}"
    rf"|{_REPORT}\s+being\s+received"
)
_OTHER = r"(?:(?:the\s+)?(?:acceptance|royal\s+assent|commencement|the\s+government[’']s\s+response)\b[^,.;:)]{0,40})"
_FROM = (
    rf"(?:\s+(?:of|from|after|following|starting\s+from)\s+"
    rf"(?:(?P<receipt>{_RECEIVED})|(?P<published>{_PUBLISHED})|(?P<other>{_OTHER}))(?!\w))"
)
_RUN = (
    r"(?:within|inside|in|over|during)\s+(?:(?:the\s+)?(?:next|coming|following)\s+|at\s+most\s+"
    r"|a\s+(?:further\s+)?(?:period|maximum)\s+of\s+|no\s+more\s+than\s+|a\s+further\s+)?"
)
_WITHIN = re.compile(rf"\b{_RUN}{_LENGTH}{_FROM}?(?=[\s.,;:)]|$)", re.I)
_AT_MOST = re.compile(
    r"\b(?:(?:by\s+)?(?:no|not)\s+(?:later|more)\s+than\s+|at\s+the\s+latest\s+)?"
    rf"{_LENGTH}{_FROM}(?=[\s.,;:)]|$)",
    re.I,
)
_NEXT = re.compile(
    r"\b(?:within|in|over|during)\s+the\s+(?:next|coming)\s+(?P<unit>week|fortnight|month|year)\b",
    re.I,
)
_TITLED = re.compile(
    r"\b(?:time\s?(?:scale|frame|line|limit)|deadline|by\s+when|due(?:\s+date)?|target(?:\s+date)?"
    rf"|when)\s*[:–—]\s*(?:within\s+)?{_LENGTH}{_FROM}?(?=[\s.,;:)]|$)",
    re.I,
)
# "within 28 days of arrest" is how fast the work is done each time, not by when it is in place.
_OF_EACH = re.compile(
    r"^\s+(?:of|from|after|following|before|prior)\s+(?!which)\w|^\s+(?:old|per|each|a\s+year)\b",
    re.I,
)
_BEFORE = re.compile(r"\b(?:at\s+least|every|for|previous|last|past|ages?d?|than)\s+$", re.I)
_IN_PAST = re.compile(r"\b(?:in|over|during)\s+(?:the\s+)?(?:last|past|previous)\b", re.I)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, from when it runs, and the words that say so."""

    words: str
    start: int
    months: int | None
    days: int | None
    working: bool
    basis: Basis


def find(text: str) -> Period | None:
    """The first period in the words in which something is to be done."""
    for pattern in (_TITLED, _WITHIN, _AT_MOST, _NEXT):
        for found in pattern.finditer(text):
            period = _period(found, text)
            if period is not None:
                return period
    return None


def _period(found: re.Match[str], text: str) -> Period | None:
    groups = found.groupdict()
    whole = groups.get("published") or groups.get("receipt") or groups.get("other")
    if _BEFORE.search(text[: found.start()]) or _IN_PAST.match(found.group(0)):
        return None
    if not whole and _OF_EACH.match(text[found.end() :]):
        return None
    number = _value(groups.get("number") or "one")
    if number is None:
        return None
    months, days = _length(number, found.group("unit").lower())
    working = bool(groups.get("working"))
    if working and months is not None:
        return None
    return Period(found.group(0).strip(), found.start(), months, days, working, _basis(groups))


def _value(words: str) -> int | None:
    return 1 if words.lower() in ("a", "an") else stated.value_of(words)


def _length(number: int, unit: str) -> tuple[int | None, int | None]:
    """Months or days: a year is twelve months, a week seven days."""
    if unit.startswith(("month", "year")):
        return (number if unit.startswith("month") else 12 * number), None
    each = {"d": 1, "w": 7, "f": 14}[unit[0]]
    return None, each * number


def _basis(groups: dict[str, str | None]) -> Basis:
    if groups.get("receipt"):
        return "receipt"
    if groups.get("published"):
        return "publication"
    return "named" if groups.get("other") else "unsaid"
