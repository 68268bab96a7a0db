"""Fills in the dates of Northmoor, which are all reckoned from today so that it stays alive."""

import re
from datetime import date, timedelta

# Not strftime's names: those follow the machine's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FRIDAY = 4
_PLACE = re.compile(r"\{(d|w|m|y|iso)([+-]\d+)\}")


def day_of(offset: int, today: date) -> date:
    """The day ``offset`` days after today, or before it where the offset is negative."""
    return today + timedelta(days=offset)


def month(day: date) -> str:
    """A month as a British report prints it: November 2021."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def long(day: date) -> str:
    """A date as a British report prints it: 23 November 2021."""
    return f"{day.day} {month(day)}"


def filled(text: str, today: date) -> str:
    """``text`` with every place such as ``{d-49}``, ``{m-49}``, ``{y-49}``, ``{iso+70}`` filled.

    ``{w-49}`` is a day on which offices work: the Friday before, where it falls on a weekend.
    """

    def one(match: re.Match[str]) -> str:
        day = day_of(int(match[2]), today)
        forms = {"d": long(day), "m": month(day), "y": str(day.year), "iso": day.isoformat()}
        forms["w"] = long(day - timedelta(days=max(0, day.weekday() - _FRIDAY)))
        return forms[match[1]]

    return _PLACE.sub(one, text)
