"""Time limits, against a table of examples worked out by hand, and by what must always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine import clocks
from answerable.engine.clocks import Limit, Pause, Unit, last_day

POLICE_ACT = Limit(56, Unit.CALENDAR_DAYS, first_day_counts=True)
WATCHDOG = Limit(56, Unit.CALENDAR_DAYS, first_day_counts=True)
CORONER = Limit(56, Unit.CALENDAR_DAYS, first_day_counts=False)
INQUIRY = Limit(6, Unit.MONTHS, first_day_counts=False)
COMMITTEE = Limit(2, Unit.MONTHS, first_day_counts=False)
HALF_YEAR_FROM = Limit(6, Unit.MONTHS, first_day_counts=True)
AGREED = Limit(20, Unit.WORKING_DAYS, first_day_counts=False)


def working(days: int, *, first: bool = False) -> Limit:
    return Limit(days, Unit.WORKING_DAYS, first_day_counts=first)


def day(words: str) -> date:
    return date.fromisoformat(words)


def pause(begins: str, ends: str) -> Pause:
    return Pause(day(begins), day(ends))


# Each was counted on a calendar, not with the code under test.
BY_HAND = [
    # Police Act 1996 s.55(5A): within 56 days beginning with the day of publication
    ("the Linden report, published 23 November 2021", POLICE_ACT, "2021-11-23", "2022-01-17"),
    ("across the end of October", POLICE_ACT, "2026-09-30", "2026-11-24"),
    ("from New Year's Day of a leap year", POLICE_ACT, "2024-01-01", "2024-02-25"),
    ("over 29 February", POLICE_ACT, "2024-01-10", "2024-03-05"),
    ("over the end of an ordinary February", POLICE_ACT, "2023-01-10", "2023-03-06"),
    ("ends on Christmas Day all the same", POLICE_ACT, "2025-10-31", "2025-12-25"),
    ("ends on a Sunday all the same", POLICE_ACT, "2025-05-05", "2025-06-29"),
    # Police Reform Act 2002 Sch. 3 para 28B: 56 days
    ("a watchdog's recommendation", WATCHDOG, "2026-09-17", "2026-11-11"),
    # Coroners (Investigations) Regulations 2013 reg. 29: within 56 days of the date sent
    ("a coroner's report", CORONER, "2025-03-03", "2025-04-28"),
    ("a coroner's report over the new year", CORONER, "2023-12-15", "2024-02-09"),
    ("a coroner's report over 29 February", CORONER, "2024-01-05", "2024-03-01"),
    ("a coroner's report, an ordinary year", CORONER, "2023-01-05", "2023-03-02"),
    # Months, by the corresponding date
    ("six months", INQUIRY, "2024-07-18", "2025-01-18"),
    ("to 29 February of a leap year", INQUIRY, "2023-08-31", "2024-02-29"),
    ("to the end of an ordinary February", INQUIRY, "2024-08-31", "2025-02-28"),
    ("from 29 February", INQUIRY, "2024-02-29", "2024-08-29"),
    ("to a month of 30 days", INQUIRY, "2025-03-31", "2025-09-30"),
    ("two months over the new year", COMMITTEE, "2025-12-20", "2026-02-20"),
    ("two months to a short February", COMMITTEE, "2025-12-31", "2026-02-28"),
    ("six months beginning with New Year's Day", HALF_YEAR_FROM, "2025-01-01", "2025-06-30"),
    ("beginning with a day that February has", HALF_YEAR_FROM, "2024-08-28", "2025-02-27"),
    ("beginning with a day that February lacks", HALF_YEAR_FROM, "2024-08-31", "2025-02-28"),
    ("beginning with the last day of February", HALF_YEAR_FROM, "2025-02-28", "2025-08-27"),
    # Working days, England and Wales
    ("twenty plain working days", AGREED, "2026-03-02", "2026-03-30"),
    ("over Easter 2026", AGREED, "2026-03-23", "2026-04-22"),
    ("over Christmas 2026, Boxing Day moved to Monday", AGREED, "2026-12-14", "2027-01-14"),
    ("Christmas 2021, all three days moved", working(10), "2021-12-17", "2022-01-05"),
    ("the Platinum Jubilee, 2 and 3 June 2022", working(5), "2022-05-30", "2022-06-08"),
    ("the State Funeral, 19 September 2022", working(5), "2022-09-15", "2022-09-23"),
    ("the Coronation, 8 May 2023", working(7), "2023-04-27", "2023-05-10"),
    ("the May Day of 2020 was moved to Friday the 8th", working(5), "2020-05-01", "2020-05-11"),
    ("one working day beginning with a Saturday", working(1, first=True), "2026-01-03", "2026-01-05"),
    ("one working day beginning with a Monday", working(1, first=True), "2026-01-05", "2026-01-05"),
    ("one working day from a Friday", working(1), "2026-01-09", "2026-01-12"),
    ("a Scottish holiday is a working day here", working(1), "2026-01-01", "2026-01-02"),
]  # fmt: skip

MOVED_BY_HAND = [
    ("extended by four weeks", WATCHDOG, "2026-09-17", [28], [], "2026-12-09"),
    ("extended twice by two weeks", WATCHDOG, "2026-09-17", [14, 14], [], "2026-12-09"),
    ("paused for a judicial review", WATCHDOG, "2026-09-17", [], [("2026-10-01", "2026-10-15")], "2026-11-25"),
    ("paused and extended", WATCHDOG, "2026-09-17", [28], [("2026-10-01", "2026-10-15")], "2026-12-23"),
    ("paused after it had ended: nothing moves", WATCHDOG, "2026-09-17", [], [("2026-12-01", "2027-01-01")], "2026-11-11"),
    ("paused on its last day: that day is still to come", POLICE_ACT, "2021-11-23", [], [("2022-01-17", "2022-01-20")], "2022-01-20"),
    ("a pause that ends as it begins takes nothing out", WATCHDOG, "2026-09-17", [], [("2026-10-01", "2026-10-01")], "2026-11-11"),
    ("two pauses", WATCHDOG, "2026-09-17", [], [("2026-10-01", "2026-10-08"), ("2026-10-20", "2026-10-27")], "2026-11-25"),
    ("a second pause reached only because of the first", WATCHDOG, "2026-09-17", [], [("2026-10-01", "2026-10-15"), ("2026-11-20", "2026-11-30")], "2026-12-05"),
    ("pauses that overlap take each day out once", WATCHDOG, "2026-09-17", [], [("2026-10-01", "2026-10-10"), ("2026-10-05", "2026-10-15")], "2026-11-25"),
    ("six months, one more", INQUIRY, "2024-08-31", [1], [], "2025-03-31"),
    ("six months, paused for ten days", INQUIRY, "2025-01-16", [], [("2025-03-01", "2025-03-11")], "2025-07-26"),
    ("twenty working days, paused for a week", AGREED, "2026-03-02", [], [("2026-03-09", "2026-03-16")], "2026-04-08"),
    ("twenty working days, five more, over Easter", AGREED, "2026-03-02", [5], [], "2026-04-08"),
    ("paused over a weekend only: nothing moves", AGREED, "2026-03-02", [], [("2026-03-07", "2026-03-09")], "2026-03-30"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "limit", "start", "last"), BY_HAND, ids=lambda v: str(v)[:50])
def test_a_time_limit_ends_on_the_day_counted_by_hand(
    what: str, limit: Limit, start: str, last: str
) -> None:
    assert last_day(limit, day(start)) == day(last), what


@pytest.mark.parametrize(
    ("what", "limit", "start", "extensions", "pauses", "last"),
    MOVED_BY_HAND,
    ids=lambda v: str(v)[:50],
)
def test_a_moved_time_limit_ends_on_the_day_counted_by_hand(
    what: str,
    limit: Limit,
    start: str,
    extensions: list[int],
    pauses: list[tuple[str, str]],
    last: str,
) -> None:
    stood_still = [pause(*p) for p in pauses]
    assert last_day(limit, day(start), extensions=extensions, pauses=stood_still) == day(last), what


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
limits = st.builds(
    Limit, st.integers(1, 60), st.sampled_from(Unit), st.booleans()
) | st.builds(Limit, st.integers(1, 24), st.just(Unit.MONTHS), st.booleans())  # fmt: skip
extensions = st.lists(st.integers(1, 30), max_size=3)


@st.composite
def pause_lists(draw: st.DrawFn, near: date) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        begins = near + timedelta(days=draw(st.integers(-10, 120)))
        found.append(Pause(begins, begins + timedelta(days=draw(st.integers(0, 40)))))
    return found


@given(limits, days, extensions)
def test_an_extension_never_makes_a_limit_end_earlier(
    limit: Limit, start: date, longer: list[int]
) -> None:
    assert last_day(limit, start, extensions=longer) >= last_day(limit, start)


@given(limits, days, st.data())
def test_a_pause_never_makes_a_limit_end_earlier(
    limit: Limit, start: date, data: st.DataObject
) -> None:
    *before, last = [*data.draw(pause_lists(start)), Pause(start, start + timedelta(days=7))]
    assert last_day(limit, start, pauses=[*before, last]) >= last_day(limit, start, pauses=before)


@given(limits, days, st.integers(1, 20), st.integers(1, 20), st.data())
def test_two_extensions_are_one_of_their_sum(
    limit: Limit, start: date, one: int, two: int, data: st.DataObject
) -> None:
    pauses = data.draw(pause_lists(start))
    twice = last_day(limit, start, extensions=[one, two], pauses=pauses)
    assert twice == last_day(limit, start, extensions=[one + two], pauses=pauses)


@given(limits, days, st.integers(1, 5))
def test_an_extension_is_as_good_as_a_longer_limit(limit: Limit, start: date, more: int) -> None:
    longer = Limit(limit.length + more, limit.unit, limit.first_day_counts)
    assert last_day(limit, start, extensions=[more]) == last_day(longer, start)


@given(limits, days, st.data())
def test_it_does_not_matter_in_which_order_things_happened(
    limit: Limit, start: date, data: st.DataObject
) -> None:
    pauses = data.draw(pause_lists(start))
    longer = data.draw(extensions)
    there = last_day(limit, start, extensions=longer, pauses=pauses)
    assert last_day(limit, start, extensions=longer[::-1], pauses=pauses[::-1]) == there


@given(limits, days, days)
def test_what_starts_later_never_ends_earlier(limit: Limit, one: date, two: date) -> None:
    first, second = sorted((one, two))
    assert last_day(limit, first) <= last_day(limit, second)


@given(limits, days, st.data())
def test_the_last_day_is_a_day_that_counts(limit: Limit, start: date, data: st.DataObject) -> None:
    pauses = data.draw(pause_lists(start))
    last = last_day(limit, start, pauses=pauses)
    assert not any(last in p for p in pauses)
    assert limit.unit != Unit.WORKING_DAYS or clocks.is_working_day(last)


@given(limits, days)
def test_leaving_the_first_day_out_never_ends_earlier(limit: Limit, start: date) -> None:
    counted = Limit(limit.length, limit.unit, first_day_counts=True)
    left_out = Limit(limit.length, limit.unit, first_day_counts=False)
    assert last_day(counted, start) <= last_day(left_out, start)


@given(limits, days)
def test_the_day_after_the_last_is_the_first_late_one(limit: Limit, start: date) -> None:
    last = last_day(limit, start)
    assert not clocks.is_late(last, last)
    assert clocks.is_late(last, last + clocks.DAY)


@given(days, st.integers(1, 400), st.booleans())
def test_calendar_days_are_plain_counting(start: date, length: int, first: bool) -> None:
    last = last_day(Limit(length, Unit.CALENDAR_DAYS, first), start)
    assert (last - start).days == length - first


@given(st.integers(2012, 2035))
def test_england_and_wales_have_eight_bank_holidays_a_year_and_a_few_more(year: int) -> None:
    first = date(year, 1, 1)
    weekdays = [
        d for n in range(366) if (d := first + timedelta(days=n)).year == year and d.weekday() < 5
    ]
    off = [d for d in weekdays if not clocks.is_working_day(d)]
    assert len(off) == {2012: 9, 2022: 10, 2023: 9}.get(year, 8)


@pytest.mark.parametrize("length", [0, -1])
def test_a_time_limit_has_a_length(length: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Limit(length, Unit.CALENDAR_DAYS, first_day_counts=True)


def test_an_extension_is_never_a_cut() -> None:
    with pytest.raises(ValueError, match="longer"):
        last_day(POLICE_ACT, day("2026-01-01"), extensions=[0])


def test_a_clock_does_not_run_again_before_it_was_paused() -> None:
    with pytest.raises(ValueError, match="before it was paused"):
        pause("2026-01-02", "2026-01-01")


def test_a_day_is_written_as_people_write_it() -> None:
    assert clocks.in_words(day("2021-11-03")) == "3 November 2021"
