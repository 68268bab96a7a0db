"""Recommendations that may have been asked before, of which nobody has said so or denied it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.desk.today.lines import Line, Section
from answerable.html.times import length_words
from answerable.register.queries.likeness import Waiting, waiting_likenesses
from answerable.register.queries.links import asked_on

MOST = 5
"""So many lines; whoever decides one sees the next."""


def waiting(person: Person, today: date) -> Section:
    """What may repeat an earlier one, newest first, for whoever may sign that it does."""
    return Section("May have been asked before", list(_lines(waiting_likenesses(person, MOST))))


def _lines(found: list[Waiting]) -> Iterator[Line]:
    for one in found:
        place = [one.later.reference, one.earlier.reference]
        href = reverse("desk:likeness", args=place)
        apart = length_words((asked_on(one.later) - asked_on(one.earlier)).days)
        why = (
            f"{one.later.report.title}. It may repeat {one.earlier.reference} of "
            f"{one.earlier.report.title}, asked {apart} before. That is a suggestion."
        )
        yield Line("to compare", one.later.reference, href, why, "Compare", href)
