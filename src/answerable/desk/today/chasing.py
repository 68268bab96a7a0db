"""Messages that wait for a person's word before they go."""

from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, may
from answerable.chasing.models import Step
from answerable.chasing.queries import outbox
from answerable.desk.records.chasing import GroupShown, group_lines
from answerable.desk.today.lines import Line, Section
from answerable.html.times import day_words, plural

TITLE = "To send"


def to_send(person: Person, today: date) -> Section:
    """What may go once this person has read it, and what may have gone already."""
    if not may(person, Permission.CHASE_APPROVE):
        return Section(TITLE)
    theirs = [shown for shown in group_lines(person) if shown.is_theirs]
    signs = may(person, Permission.LETTER_SIGN)  # the chair is asked for her signature only
    mine = [shown for shown in theirs if not signs or shown.group.step == Step.LETTER]
    return Section(TITLE, [*_trouble(), *(_line(shown) for shown in mine)])


def _line(shown: GroupShown) -> Line:
    first = day_words(shown.group.chases[0].due_on)
    why = f"{shown.references}. The first date is {first}."
    since = f"since {day_words(shown.group.oldest)}"
    return Line(since, shown.what, shown.href, why, shown.press, shown.href)


def _trouble() -> list[Line]:
    unsure = outbox.unsure()
    if not unsure:
        return []
    href = reverse("desk:chasing")
    what = f"{plural(len(unsure), 'message')} may have gone, or may not"
    why = "Only a person can find out whether it arrived."
    return [Line("to settle", what, href, why, "Say what became of it", href)]
