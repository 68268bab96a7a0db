"""Time limits: from a first day, a length, extensions and pauses to the last day.

How days are counted, and where each way of counting comes from:

* **Whether the first day counts** is for the text that sets the limit. “Within 56 days *beginning
  with* the day of publication” (Police Act 1996, s.55(5A)) makes that day the first of the 56;
  “within 56 days *of* the date” leaves it out, and the count begins on the day after.
* **Days** are calendar days: Saturdays, Sundays and bank holidays count, and a limit may end on
  one of them.
* **Working days** leave out Saturdays, Sundays and the bank holidays of England and Wales (Banking
  and Financial Dealings Act 1971, with those added or moved by proclamation, such as 3 June 2022,
  19 September 2022 and 8 May 2023), as :mod:`holidays` lists them.
* **Months** are calendar months (Interpretation Act 1978, Schedule 1), by the corresponding date:
  six months from 16 January end on 16 July, and where the last month has no such date, on its last
  day (Dodds v Walker [1981] 1 WLR 1027). Beginning with a day, they end one day earlier.
* **An extension** is added to the length before anything is counted, so two extensions of 10 are
  one of 20.
* **A pause** takes out the days from its first day up to, but not including, the day on which the
  clock runs again. Days taken out do not count, whatever the unit.

The day after the last day is the first on which a reply is late.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

DAY = timedelta(days=1)
SATURDAY = 5


class Unit(StrEnum):
    """In what a time limit is counted."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as its source sets it.

    Raises:
        ValueError: where the length is less than one.
    """

    length: int
    unit: Unit
    first_day_counts: bool

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError("a time limit is at least one day or month long")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still on ``begins`` and every day after it, and runs again on ``ends``.

    Raises:
        ValueError: where it would end before it begins.
    """

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError("a clock cannot run again before it was paused")

    def __contains__(self, day: date) -> bool:
        return self.begins <= day < self.ends


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether ``day`` is neither at the weekend nor a bank holiday in England and Wales."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def _same_day_in(start: date, months: int) -> tuple[date, bool]:
    """The corresponding date, and whether the month was too short to have it."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    longest = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, longest)), start.day > longest


def _months_in_days(limit: Limit, start: date, length: int) -> int:
    """How many days a limit in months has, counted from its first day."""
    corresponding, cut_short = _same_day_in(start, length)
    if limit.first_day_counts and cut_short:
        return (corresponding - start).days + 1
    return (corresponding - start).days


def _counted(limit: Limit, start: date, pauses: Sequence[Pause]) -> Iterator[date]:
    """The days that count, from the first, without end."""
    day = start if limit.first_day_counts else start + DAY
    while True:
        counts = limit.unit != Unit.WORKING_DAYS or is_working_day(day)
        if counts and not any(day in pause for pause in pauses):
            yield day
        day += DAY


def last_day(
    limit: Limit, start: date, *, extensions: Sequence[int] = (), pauses: Sequence[Pause] = ()
) -> date:
    """The last day on which a reply is in time.

    Args:
        limit: the time limit.
        start: the day of publication, receipt or making, as the source says.
        extensions: how much longer, each in the unit of ``limit``.
        pauses: when the clock stood still; they may touch or overlap.

    Raises:
        ValueError: where an extension is less than one.
    """
    if any(extension < 1 for extension in extensions):
        raise ValueError("an extension makes a time limit longer")
    length = limit.length + sum(extensions)
    if limit.unit == Unit.MONTHS:
        length = _months_in_days(limit, start, length)
    days = _counted(limit, start, pauses)
    return next(day for place, day in enumerate(days, start=1) if place == length)


def first_day(limit: Limit, start: date) -> date:
    """The first day that counts."""
    return next(_counted(limit, start, ()))


def is_late(due: date, today: date) -> bool:
    """Whether the last day has passed."""
    return today > due


def in_words(day: date) -> str:
    """A day as people write it: 23 November 2021."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def between(start: date, end: date) -> str:
    """The time between two days as people say it: "11 years and 5 months", "12 days"."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    parts = [
        f"{number:,} {noun}{'' if number == 1 else 's'}"
        for number, noun in zip(divmod(max(months, 0), 12), ("year", "month"), strict=True)
        if number
    ]
    days = max((end - start).days, 0)
    return " and ".join(parts) or f"{days:,} {'day' if days == 1 else 'days'}"
