"""By when: proposed from the words of the entry."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from answerable.engine.documents import periods
from answerable.engine.documents.periods import Period
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
_MONTH = (
    r"(?P<month>" + "|".join(_MONTHS) + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LABEL = (
    r"(?:time\s?(?:scale|frame|line|limit)|deadline|due(?:\s+(?:date|by))?|by\s+when|when"
    r"|(?:target|completion|implementation)(?:\s+(?:implementation|completion))?"
    r"(?:\s+date)?)\s*(?:[:–—-]\s*)(?:by\s+)?(?:the\s+)?"
)
_OPEN = (
    r"(?:(?:\b(?:by|before|(?:by\s+)?(?:no|not)\s+later\s+than|until|in\s+or\s+before"
    r"|on\s+or\s+before|at\s+the\s+latest\s+by|with\s+effect\s+from|after\s+midnight\s+on"
    r"|after\s+midnight|after|from)\s+(?:at\s+the\s+latest\s+)?)|\b" + _LABEL + r")"
)
_DAY = re.compile(
    rf"{_OPEN}(?:the\s+|midnight\s+(?:on\s+)?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
    re.I,
)
_DAY_AMERICAN = re.compile(
    rf"{_OPEN}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s+{_YEAR}\b", re.I
)
_DAY_FIGURES = re.compile(
    rf"{_OPEN}(?:(?P<day>\d{{1,2}})[/.](?P<figure>\d{{1,2}})[/.]{_YEAR}\b"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b)",
    re.I,
)
_MONTH_OF = re.compile(
    rf"{_OPEN}(?P<end>(?:the\s+)?(?:end|close|beginning|start|middle|mid)"
    rf"(?:[\s-]+of)?[\s-]+)?{_MONTH},?\s+{_YEAR}\b",
    re.I,
)
_FINANCIAL = re.compile(
    rf"{_OPEN}(?:the\s+)?end\s+of\s+(?:the\s+)?(?:financial\s+year\s+)?{_YEAR}\s?[/–-]\s?"
    r"(?P<second>\d\d(?:\d\d)?)(?:\s+financial\s+year)?\b",
    re.I,
)
_QUARTER = re.compile(
    rf"{_OPEN}(?P<end>(?:the\s+)?(?:end\s+of\s+)?)(?:the\s+)?(?:Q(?P<quarter>[1-4])"
    r"|(?P<ordinal>first|second|third|fourth|last|final)\s+quarter(?:\s+of)?)\s+"
    rf"(?:of\s+)?{_YEAR}(?!\s?[/–-]\s?\d)\b",
    re.I,
)
_END_OF_YEAR = re.compile(
    rf"{_OPEN}(?:(?:the\s+)?(?:end|close)\s+of|year[\s-]end)\s+(?:calendar\s+(?:year\s+)?)?{_YEAR}\b(?!\s?[/–-]\s?\d)",
    re.I,
)
_SEASON = re.compile(
    rf"{_OPEN}(?:(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?)?(?:early\s+|late\s+)?"
    rf"(?:spring|summer|autumn|winter|michaelmas|easter)(?:\s+term)?(?:\s+of)?\s+{_YEAR}\b"
    rf"|\bin\s+(?:spring|summer|autumn|winter)\s+{_YEAR.replace('year', 'later')}\b",
    re.I,
)
_PLAIN_YEAR = re.compile(
    rf"{_OPEN}(?:early|mid|late|the\s+middle\s+of)?[\s-]*{_YEAR}\b(?!\s?[/–-]\s?\d)", re.I
)
_NO_YEAR = re.compile(
    rf"\b(?:by|before|no\s+later\s+than)\s+(?:the\s+)?(?:end\s+of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?"
    rf"(?:of\s+)?{_MONTH}(?:\s+(?:this|next)\s+year)?(?=[\s.,;:)]|$)",
    re.I,
)
_THIS_YEAR = re.compile(
    r"\b(?:by|before|no\s+later\s+than|within|in)\s+(?:the\s+)?(?:end\s+of\s+)?(?:this|the|next"
    r"|the\s+(?:current|next|coming|present))\s+(?:calendar\s+|financial\s+|academic\s+|school\s+)?"
    r"(?:year|parliament(?:ary\s+session)?|session|term|quarter)\b",
    re.I,
)
_VAGUE = re.compile(
    r"\bas\s+soon\s+as\s+(?:(?:is|are)\s+)?(?:reasonably\s+)?(?:practicable|possible)"
    r"|\b(?:immediately(?!\s+(?:after|before|following|prior|adjacent|available))|without\s+"
    r"(?:further\s+|undue\s+)?delay|with\s+immediate\s+effect"
    r"|as\s+a\s+matter\s+of\s+(?:urgency|priority)|at\s+the\s+earliest\s+opportunity"
    r"|in\s+the\s+(?:short|medium|long)(?:er)?[\s-]term)\b"
    r"|\b(?:before|by|in\s+time\s+for)\s+(?:the|its|our)\s+next\s+(?:\w+\s+){0,2}?"
    r"(?:inspection|report|meeting|review|session|election|academic\s+year|reporting\s+cycle)\b",
    re.I,
)
# "By 2019 the force had …" tells what was, not what is to be.
_TOLD = re.compile(r"^\W*(?:[\w’'-]+\W+){0,6}?(?:had|was|were|has been)\b", re.I)
_RANGE = re.compile(r"^\s*(?:to|until|and|[–-])\s+(?:\d{1,2}\s+)?\w*\s?\d", re.I)

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


# What every dated pattern needs, and few passages have.
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")


def of(text: str, when: str | None = None) -> Due | None:
    """The time limit that the words set, with its date or its period where they allow one.

    What is precise comes before what is not: a day, a month, a period, a year, "immediately".
    ``when`` is what the row of a table says of it, which comes before the words.
    """
    in_row = _in_row(when) if when else None
    if in_row is not None:
        return in_row
    for pattern, reckoned in _DATED if _ANY_YEAR.search(text) else ():
        for found in _told_of_later(pattern, text):
            return reckoned(found)
    period = periods.find(text)
    if period is not None:
        return _lasting(period)
    for pattern, why in _UNDATED:
        for found in _told_of_later(pattern, text):
            return Due(found.group(0).strip(), None, why)
    return None


def _in_row(when: str) -> Due | None:
    """The limit in a cell of its own, which may say "April 2027" without "by"."""
    found = of(when) or of(f"by {when}") or of(f"within {when}")
    return replace(found, words=when.strip()) if found is not None else None


def _told_of_later(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What the pattern finds, without what tells of the past or of a stretch between two days."""
    for found in pattern.finditer(text):
        after = text[found.end() : found.end() + 90]
        opening = found.group(0)[:5].lower()
        if opening.startswith(("from", "after")) and (_RANGE.match(after)):
            continue
        if not _TOLD.match(re.split(r"[.;]", after)[0]):
            yield found


def _lasting(period: Period) -> Due:
    whys = {
        "publication": "The words set a period that runs from publication.",
        "receipt": "The words set a period that runs from the day the report is received.",
        "named": "The words set a period that runs from a day that the report does not fix.",
        "unsaid": "The words set a period and do not say from when it runs.",
    }
    return Due(
        period.words,
        None,
        whys[period.basis],
        period.months,
        period.days,
        period.working,
        period.basis,
    )


def _on(found: re.Match[str], year: int, month: int, day: int) -> Due:
    words = found.group(0).strip()
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return Due(words, None, "The words name a day that the calendar does not have.")
    return Due(words, date(year, month, day), "The words name the day.")


def _day(found: re.Match[str]) -> Due:
    return _on(found, int(found.group("year")), _number(found), int(found.group("day")))


def _figures(found: re.Match[str]) -> Due:
    if iso := found.group("iso"):
        year, month, day = (int(part) for part in iso.split("-"))
        return _on(found, year, month, day)
    month, day = int(found.group("figure")), int(found.group("day"))
    return _on(found, int(found.group("year")), month, day)


def _month(found: re.Match[str]) -> Due:
    month, year = _number(found), int(found.group("year"))
    words, part = found.group(0).strip(), (found.group("end") or "").lower()
    if "beginning" in part or "start" in part:
        return Due(words, date(year, month, 1), "The start of a month is read as its first day.")
    if "mid" in part:
        return Due(words, date(year, month, 15), "The middle of a month is read as its 15th day.")
    last = date(year, month, monthrange(year, month)[1])
    return Due(words, last, "A month is read as its last day.")


def _financial(found: re.Match[str]) -> Due:
    year = int(found.group("year"))
    words = found.group(0).strip()
    if int(found.group("second")[-2:]) != (year + 1) % 100:
        return Due(words, None, "The words name years and no day.")
    return Due(words, date(year + 1, 3, 31), "A year written over two is read to end on 31 March.")


def _quarter(found: re.Match[str]) -> Due:
    ordinal = found.group("ordinal")
    quarter = _ORDINALS[ordinal.lower()] if ordinal else int(found.group("quarter"))
    year, month = int(found.group("year")), 3 * quarter
    return Due(
        found.group(0).strip(),
        date(year, month, monthrange(year, month)[1]),
        "A quarter is read as one of the calendar year, by its last day.",
    )


def _end_of_year(found: re.Match[str]) -> Due:
    last = date(int(found.group("year")), 12, 31)
    return Due(found.group(0).strip(), last, "The end of a year is read as its last day.")


def _number(found: re.Match[str]) -> int:
    short = found.group("month").lower()[:3]
    return next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(short))


_DATED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Due]], ...] = (
    (_DAY, _day),
    (_DAY_AMERICAN, _day),
    (_DAY_FIGURES, _figures),
    (_MONTH_OF, _month),
    (_FINANCIAL, _financial),
    (_QUARTER, _quarter),
    (_END_OF_YEAR, _end_of_year),
)
_UNDATED: tuple[tuple[re.Pattern[str], str], ...] = (
    (_SEASON, "The words name a season, which has no last day that all agree on."),
    (_PLAIN_YEAR, "The words name a year and no day."),
    (_THIS_YEAR, "The words count from a year or term that they do not name."),
    (_NO_YEAR, "The words name a day or month without its year."),
    (_VAGUE, "The words set a time without naming a day."),
)
