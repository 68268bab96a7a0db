"""Who may run a gap analysis, and as of which day."""

from datetime import date

from answerable.accounts.rules import By, Permission, Refused, check_may


def check_may_run(person: By) -> None:
    """Refuses whoever may not run a gap analysis; the operator may."""
    check_may(person, Permission.GAPS_RUN)


def check_day(day: date, today: date) -> None:
    """Refuses any other day than today: the record is read as it stands at the head of the chain."""
    if day != today:
        raise Refused(
            "A gap analysis is of the record as it stands today. For another day, look at the "
            "analysis that was run then.",
            code="on",
        )
