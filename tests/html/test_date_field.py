"""A date is typed in three parts, and the answer says which part to mend."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from answerable.html import DateField, Form


class Published(Form):
    on = DateField(label="Date of publication", past=True, earliest=date(1990, 1, 1))


def typed(day: str, month: str, year: str) -> Published:
    return Published({"on-day": day, "on-month": month, "on-year": year})


def said(form: Published) -> list[str]:
    return [str(error) for error in form.errors.get("on", [])]


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", " March "])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = typed("27", month, "2024")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2024, 3, 27)


@pytest.mark.parametrize(
    ("parts", "sentence", "wrong"),
    [
        (("", "", ""), "Enter the date of publication", ["day", "month", "year"]),
        (("", "3", "2024"), "Date of publication must include a day", ["day"]),
        (("", "", "2024"), "Date of publication must include a day and month", ["day", "month"]),
        (("31", "2", "2024"), "Date of publication must be a real date, like 27 3 2024", None),
        (("32", "2", "2024"), "Date of publication must be a real date, like 27 3 2024", ["day"]),
        (("1", "13", "2024"), "Date of publication must be a real date, like 27 3 2024", ["month"]),
        (
            ("1", "3", "24"),
            "Date of publication must include a year of 4 numbers, like 2024",
            ["year"],
        ),
        (("x", "y", "z"), "Date of publication must be a real date, like 27 3 2024", None),
        (("1", "1", "1989"), "Date of publication must be on or after 1 January 1990", None),
    ],
)
def test_what_is_wrong_is_said_and_only_that_is_marked(
    parts: tuple[str, str, str], sentence: str, wrong: list[str] | None
) -> None:
    form = typed(*parts)
    assert said(form) == [sentence]
    error = form.errors.as_data()["on"][0]
    assert (error.params or {}).get("parts", ["day", "month", "year"]) == (
        wrong or ["day", "month", "year"]
    )


def test_a_day_that_has_not_come_cannot_be_past() -> None:
    later = timezone.localdate() + timedelta(days=1)
    form = typed(str(later.day), str(later.month), str(later.year))
    assert said(form) == ["Date of publication must be today or in the past"]


def test_a_date_that_nobody_asks_for_may_be_left_out() -> None:
    class Since(Form):
        since = DateField(required=False)

    empty = Since({"since-day": "", "since-month": " ", "since-year": ""})
    assert Since({}).is_valid()
    assert empty.is_valid()
    assert empty.cleaned_data["since"] is None


def test_a_form_knows_whether_the_date_was_changed() -> None:
    same = Published(
        {"on-day": "1", "on-month": "3", "on-year": "2024"}, initial={"on": date(2024, 3, 1)}
    )
    other = Published(
        {"on-day": "2", "on-month": "3", "on-year": "2024"}, initial={"on": date(2024, 3, 1)}
    )
    assert (same.has_changed(), other.has_changed()) == (False, True)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2024, 1, 1)))
def test_every_real_date_comes_back_as_it_was_typed(day: date) -> None:
    form = typed(str(day.day), str(day.month), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data["on"] == day


@given(st.tuples(*[st.text(max_size=8)] * 3))
def test_whatever_is_typed_there_is_a_date_or_a_sentence(parts: Any) -> None:
    form = typed(*parts)
    assert form.is_valid() or all(error.strip() for error in said(form))
