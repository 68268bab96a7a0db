"""Documents whose candidates wait for a decision."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, may
from answerable.desk.today.lines import Line, Section
from answerable.html.times import plural
from answerable.reports.queries.decisions import to_check


def candidates(person: Person, today: date) -> Section:
    """Documents whose candidates wait for a decision."""
    if not may(person, Permission.CANDIDATE_DECIDE):
        return Section("To check")
    return Section("To check", list(_to_check()))


def _to_check() -> Iterator[Line]:
    for row in to_check():
        href = reverse("desk:check", args=[row.document.pk])
        decided = row.found - row.left
        why = f"{plural(row.found, 'candidate')} found in {row.document.name}"
        why += f"; {decided} decided." if decided else "."
        if row.notices:
            why += f" {plural(row.notices, 'warning')} to settle."
        when = f"{row.left} to check" if row.left else plural(row.notices, "warning")
        press = "Check them" if row.left else "Look"
        yield Line(when, row.document.report.title, href, why, press, href)
