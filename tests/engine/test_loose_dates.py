"""What a month or a year alone may mean at the latest."""

from datetime import date

import pytest

from answerable.engine.loose_dates import latest_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2002", date(2002, 12, 31)),
        (" September 2014 ", date(2014, 9, 30)),
        ("february 2016", date(2016, 2, 29)),
        ("Winter 2014", None),
        ("early in 2014", None),
        ("0000", None),
        ("", None),
    ],
)
def test_it_is_the_last_day_that_it_can_mean(words: str, day: date | None) -> None:
    assert latest_day(words) == day
