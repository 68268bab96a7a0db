"""The edition that waits for a second publisher."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.desk.today.lines import Line, Section
from answerable.html.times import day_words
from answerable.publishing import queries as publishing


def editions(person: Person, today: date) -> Section:
    """The edition that waits for a second publisher: this one's to review, or another's."""
    found = publishing.waiting_for(person)
    mine = any(waits.theirs for waits in found)
    lines = [_edition_line(waits) for waits in found]
    return Section("To publish" if mine else "Waiting for others", lines, mine=mine)


def _edition_line(waits: publishing.Waiting) -> Line:
    href = reverse("desk:edition", args=[waits.edition.pk])
    day = day_words(localdate(waits.edition.proposed_at))
    why = f"Proposed by {waits.edition.proposed_by} on {day}."
    number = f"Edition {waits.edition.number}"
    return Line(number, waits.sentence, href, why, waits.act, href)
