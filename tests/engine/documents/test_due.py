"""By when: every wording of a day or a period gives that day or that period back."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.documents import due

UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
]
UNITS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
MONTHS = list(calendar.month_name)[1:]
FROM = {
    "": "unsaid",
    " of publication": "publication",
    " from the date of publication of this report": "publication",
    " of this report": "publication",
    " after the publication of the report": "publication",
    " of this report being published": "publication",
    " of receiving this report": "receipt",
    " from receipt": "receipt",
    " of the date of receipt of this letter": "receipt",
    " following receipt of the review": "receipt",
}
OPENINGS = [
    "within {}",
    "Within a period of {}",
    "in the next {}",
    "over the next {}",
    "within a further {}",
]
SENTENCES = [
    "The force should publish its plan {}.",
    "The force should, {}, publish its plan.",
    "{} the force should publish its plan.",
    "Publish the plan ({}).",
]


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number - 1]
    tens, units = divmod(number, 10)
    return TENS[tens - 2] + (f"-{UNITS[units - 1]}" if units else "")


def many(number: int, unit: str) -> str:
    return unit if number == 1 else f"{unit}s"


@given(
    number=st.integers(1, 99),
    unit=st.sampled_from(["day", "working day", "week", "fortnight", "month", "year"]),
    figures=st.booleans(),
    start=st.sampled_from(sorted(FROM)),
    opening=st.sampled_from(OPENINGS),
    sentence=st.sampled_from(SENTENCES),
)
def test_any_wording_built_from_a_period_gives_that_period_back(
    number, unit, figures, start, opening, sentence
):
    length = f"{number if figures else in_words(number)} {many(number, unit)}"
    found = due.of(sentence.format(opening.format(length) + start))
    assert found is not None
    each = {"day": 1, "working day": 1, "week": 7, "fortnight": 14, "month": 1, "year": 12}[unit]
    months = number * each if unit in ("month", "year") else None
    days = None if months is not None else number * each
    assert (found.months, found.days) == (months, days)
    assert found.working is (unit == "working day")
    assert found.basis == FROM[start]
    assert found.on is None
    assert found.why.endswith(".")
    assert length in found.words


DAY_WORDS = [
    "{d} {m} {y}",
    "{d}{th} {m} {y}",
    "the {d}{th} of {m} {y}",
    "{m} {d}, {y}",
    "{d} {s} {y}",
]
LIMITS = ["by {}", "By {}", "before {}", "no later than {}", "not later than {}", "on or before {}"]


def ending(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    wording=st.sampled_from(DAY_WORDS),
    limit=st.sampled_from([*LIMITS, "Deadline: {}", "By when: {}", "Target date: {}"]),
)
def test_any_wording_of_a_day_gives_that_day_back(day, wording, limit):
    name = MONTHS[day.month - 1]
    said = wording.format(d=day.day, m=name, s=name[:3], y=day.year, th=ending(day.day))
    found = due.of(f"The force should publish its plan. {limit.format(said)}.")
    assert found is not None
    assert found.on == day


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_in_figures_are_read_day_first(day):
    assert due.of(f"Publish it by {day:%d/%m/%Y}.").on == day
    assert due.of(f"Publish it by {day:%d.%m.%Y}.").on == day
    assert due.of(f"Publish it by {day.isoformat()}.").on == day


@given(st.text(max_size=400))
def test_any_text_at_all_is_read_without_failing(text):
    found = due.of(text)
    assert found is None or found.words


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("Publish it by the end of March 2027.", "by the end of March 2027", date(2027, 3, 31)),
        ("Publish it by end March 2027.", "by end March 2027", date(2027, 3, 31)),
        ("Publish it by mid-June 2027.", "by mid-June 2027", date(2027, 6, 15)),
        ("Publish it by Sept 2027.", "by Sept 2027", date(2027, 9, 30)),
        ("by the end of the financial year 2026/27", None, date(2027, 3, 31)),
        ("by the end of 2026-27 it should be in place", None, date(2027, 3, 31)),
        ("by the end of Q2 2027", None, date(2027, 6, 30)),
        ("by the end of the third quarter of 2027", None, date(2027, 9, 30)),
        ("Target implementation date: end of 2026.", None, date(2026, 12, 31)),
        ("By when: March 2027", "By when: March 2027", date(2027, 3, 31)),
        ("by spring 2027", "by spring 2027", None),
        ("by 2030", "by 2030", None),
        ("by the end of the year", "by the end of the year", None),
        ("before the end of this year", "before the end of this year", None),
        ("by the end of the next financial year", None, None),
        ("by 31 March", "by 31 March", None),
        ("before its next inspection", "before its next inspection", None),
        ("should do so at the earliest opportunity", "at the earliest opportunity", None),
    ],
)
def test_days_that_are_said_another_way(text, words, on):
    found = due.of(text)
    assert found is not None
    assert found.on == on
    assert words is None or found.words == words
    assert found.why.endswith(".")


@pytest.mark.parametrize(
    ("text", "months", "days", "basis"),
    [
        ("Publish it within a year.", 12, None, "unsaid"),
        ("in the next year", 12, None, "unsaid"),
        ("Timescale: 3 months", 3, None, "unsaid"),
        ("By when: within 28 days of receipt of this report", None, 28, "receipt"),
        ("no later than six months after publication", 6, None, "publication"),
        ("within six (6) months of the date of this report", 6, None, "publication"),
        ("within twelve months of Royal Assent", 12, None, "named"),
    ],
)
def test_periods_that_are_said_another_way(text, months, days, basis):
    found = due.of(text)
    assert (found.months, found.days, found.basis) == (months, days, basis)


@pytest.mark.parametrize(
    "text",
    [
        "Children in care should be seen within 72 hours.",
        "Detained people should be seen within 28 days of arrival.",
        "Reviews should be held every six months.",
        "In the last six months the force has trained its staff.",
        "Records should be kept for six years.",
        "By 2019 the force had lost half its staff.",
        "From 2015 to 2019 there were none.",
        "people who are at least two years from release",
        "immediately after the incident, staff should write it down",
    ],
)
def test_how_fast_something_is_done_each_time_is_not_by_when(text):
    assert due.of(text) is None


def test_a_named_day_comes_before_a_period_and_a_period_before_urgency():
    assert due.of("Immediately, and within six months of publication, do it.").months == 6
    assert due.of("Within six months, and by 1 May 2027, do it.").on == date(2027, 5, 1)
