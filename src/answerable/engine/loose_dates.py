"""Dates that are known only to the month or the year, as reports of old give them."""

import calendar
import re
from datetime import date

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
WRITTEN = re.compile(r"(?:([A-Za-z]+)\s+)?(\d{4})")


def latest_day(words: str) -> date | None:
    """The last day that “September 2014” or “2014” can mean; None where it is neither.

    An age that runs from it is never overstated.
    """
    found = WRITTEN.fullmatch(words.strip())
    if found is None or not 1 <= int(found[2]) <= 9998:
        return None
    month = MONTHS.get(found[1].casefold()) if found[1] else 12
    if month is None:
        return None
    year = int(found[2])
    return date(year, month, calendar.monthrange(year, month)[1])
