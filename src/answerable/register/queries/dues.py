"""By when a candidate asks for something: its words, the day that they come to, and why.

A period that runs from publication is reckoned here, where the day of publication is known, by the
same rules as every clock (:mod:`answerable.engine.clocks`): the day itself does not count.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from answerable.engine import clocks
from answerable.engine.clocks import Limit, Unit, in_words
from answerable.reports.models import Candidate

LONGEST = {Unit.MONTHS: 1_200, Unit.CALENDAR_DAYS: 36_500, Unit.WORKING_DAYS: 5_000}
"""Beyond these no report sets a limit: what was read must be something else."""
UNIT_WORDS = {
    Unit.MONTHS: ("month", "months"),
    Unit.CALENDAR_DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
}
FROM_RECEIPT = (
    "It runs from the day on which the report is received, which is another for each body: "
    "give the day, if you know it."
)
NOT_PUBLISHED = (
    "It runs from publication, and the day of publication is not recorded: give the day, "
    "or record when the report was published."
)


class Due(NamedTuple):
    """When something must be done: the words, the day where it can be told, and how it was told."""

    words: str = ""
    on: date | None = None
    why: str = ""


def due_of(candidate: Candidate, published_on: date | None) -> Due:
    """The date that is proposed for ``candidate`` of a report published on that day. No query."""
    due: Mapping[str, Any] = candidate.due or {}
    words, why = str(due.get("words") or "")[:300], str(due.get("why") or "")
    if due.get("on"):
        return Due(words, date.fromisoformat(due["on"]), why)
    limit = _limit(due)
    if limit is None or due.get("basis", "named") == "named":
        return Due(words, None, why)
    if due["basis"] == "receipt":
        return Due(words, None, FROM_RECEIPT)
    if published_on is None:
        return Due(words, None, NOT_PUBLISHED)
    return Due(words, *_counted(limit, published_on, said=due["basis"] == "publication"))


def as_settled(given: tuple[Any, ...], proposed: Due) -> Due:
    """What a person settled; how it was told is kept where it is what was proposed."""
    due = Due(*given)
    same = (due.words, due.on) == (proposed.words, proposed.on)
    return due._replace(why=proposed.why) if same else due._replace(why="")


def _limit(due: Mapping[str, Any]) -> Limit | None:
    months, days = due.get("months"), due.get("days")
    unit = Unit.WORKING_DAYS if due.get("working") else Unit.CALENDAR_DAYS
    length, unit = (months, Unit.MONTHS) if months else (days, unit)
    if not isinstance(length, int) or not 1 <= length <= LONGEST[unit]:
        return None
    return Limit(length, unit, first_day_counts=False)


def _counted(limit: Limit, published_on: date, *, said: bool) -> tuple[date | None, str]:
    one, many = UNIT_WORDS[limit.unit]
    length = f"{limit.length:,} {one if limit.length == 1 else many}"
    try:
        last = clocks.last_day(limit, published_on)
    except (ValueError, OverflowError):  # beyond the last year that a calendar has
        return None, ""
    told = "" if said else "The words do not say from when. "
    return last, f"{told}{length} from publication on {in_words(published_on)}."
