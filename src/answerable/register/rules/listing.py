"""How much of the register fits into a file."""

from answerable.accounts.rules import Refused

MOST_IN_WORKBOOK = 20_000
"""Recommendations; a workbook of more takes minutes to make and to open."""


def check_fits_workbook(count: int) -> None:
    """Refuses a workbook that nobody could open."""
    if count > MOST_IN_WORKBOOK:
        raise Refused(
            f"A workbook holds at most {MOST_IN_WORKBOOK:,} recommendations, and this list has "
            f"{count:,}. Narrow it, or download it as CSV, which has no end.",
            code="too_many",
        )
