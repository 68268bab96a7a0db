"""Dates, moments and clocks are said as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.html.times import age_words, ago_words, day_words, due_words, moment_words
from tests.html.draw import drawn

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2021, 11, 23), "23 November 2021"),
        (datetime(2021, 11, 23, 9, 0, tzinfo=UTC), "23 November 2021"),
        ("2021-11-23", "23 November 2021"),
        ("2021-11-23T09:00:00Z", "23 November 2021"),
        ("2014-03", "March 2014"),
        ("2014", "2014"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_day_is_said_as_far_as_it_is_known(value: object, words: str) -> None:
    assert day_words(value) == words  # type: ignore[arg-type]


def test_a_moment_late_in_a_summer_evening_is_said_in_the_time_of_the_office() -> None:
    assert moment_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026 at 12:30am"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(14, 5, "2:05pm"), (9, 0, "9am"), (12, 0, "midday"), (0, 0, "midnight"), (12, 30, "12:30pm")],
)
def test_the_time_of_day_is_said_shortly(hour: int, minute: int, words: str) -> None:
    moment = datetime(2026, 11, 22, hour, minute, tzinfo=UTC)
    assert moment_words(moment) == f"22 November 2026 at {words}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (59, "in 59 days"),
        (90, "in 3 months"),
        (800, "in 2 years"),
        (-1, "1 day late"),
        (-10, "10 days late"),
        (-400, "13 months late"),
    ],
)
def test_a_clock_says_how_long_there_is(days: int, words: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


@given(st.integers(min_value=-4000, max_value=4000))
def test_whatever_is_past_is_late_and_nothing_else_is(days: int) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY).endswith("late") == (days < 0)


def test_what_is_late_stands_out_and_what_is_not_does_not() -> None:
    assert "an-due--late" in drawn('{% due "2026-11-12" %}', today=TODAY)
    assert "an-due--late" not in drawn('{% due "2026-11-22" %}', today=TODAY)


def test_a_page_of_an_edition_counts_from_its_own_day() -> None:
    page = '{% due "2026-11-24" %} {% ago "2026-11-12" %} {% age "2015-06-09" %}'
    words = drawn(page, today="2026-11-22")
    assert "in 2 days" in words
    assert "10 days ago" in words
    assert "11 years and 5 months" in words


def test_nothing_is_said_of_a_day_that_is_not_known() -> None:
    assert drawn("{% due x %}{% ago x %}{% age x %}{% date x %}{% moment x %}", x=None) == ""


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=45), "45 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=12), "12 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit_that_helps(ago: timedelta, words: str) -> None:
    assert ago_words(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (date(2015, 6, 9), "11 years and 5 months"),
        (date(2025, 11, 22), "1 year"),
        (date(2026, 9, 23), "1 month"),
        (date(2026, 11, 10), "12 days"),
    ],
)
def test_an_age_is_said_in_years_and_months(start: date, words: str) -> None:
    assert age_words(start, TODAY) == words


def test_a_number_agrees_with_its_noun() -> None:
    page = '{% count 1 "report" %}, {% count 1200 "report" %}, {% count 3 "body" "bodies" %}'
    assert drawn(page) == "1 report, 1,200 reports, 3 bodies"
