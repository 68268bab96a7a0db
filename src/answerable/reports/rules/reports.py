"""Who may log and change reports, and when."""

from collections.abc import Sequence
from datetime import date

from answerable.accounts import rules as accounts
from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.reports.models import Report
from answerable.reports.queries.likeness import Alike

By = Person | str
"""A person, or OPERATOR where a command acts."""


def check_may_log(by: By) -> None:
    """Only a governance officer, or the operator's command."""
    if isinstance(by, Person):
        accounts.check_may(by, Permission.REPORT_LOG)


def check_is_another(alike: Sequence[Alike]) -> None:
    """Refuses a report that is almost certainly here already, naming the likeliest."""
    strong = [a for a in alike if a.strong]
    if strong:
        raise Refused(
            f"This may be “{strong[0].report.title}”, which is here already. {strong[0].why} "
            "If it is another report, say so.",
            code="alike",
        )


def check_period(begins: date | None, ends: date | None) -> None:
    """Refuses a period that ends before it begins."""
    if begins and ends and ends < begins:
        raise Refused("The period examined ends before it begins.", code="period")


def check_unchanged(report: Report, seen_version: int) -> None:
    """Refuses an edit that was made on an older version than the one that stands now."""
    if report.version != seen_version:
        raise Refused(
            "Someone has changed this report since you opened the page. What you typed is still "
            "below; compare it with what stands now, then save again.",
            code="stale",
        )
