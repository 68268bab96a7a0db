"""Clocks that ran out or soon will."""

from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, may
from answerable.desk.today.lines import Line, Section, in_words
from answerable.html.times import day_words, due_words
from answerable.register.queries import today as register
from answerable.register.queries.today import Owed


def _owed_what(owed: Owed, person: Person) -> str:
    asked = owed.reference if owed.asked == 1 else f"{owed.asked:,} recommendations"
    if owed.bodies > 1:
        return f"{in_words(owed.bodies)} bodies have not replied to {asked}"
    who = "You have" if owed.body_id == person.body_id else f"{owed.body} has"
    return f"{who} not replied to {asked}"


def _owed_href(owed: Owed, late: bool) -> str:
    if owed.is_one:
        return reverse("desk:undertaking", args=[owed.reference, owed.slug])
    if owed.asked == 1:
        return reverse("desk:recommendation", args=[owed.reference])
    asked = f"?report={owed.report_id}&clock={'late' if late else 'soon'}&sort=due"
    return reverse("desk:register") + asked


def _owed_line(owed: Owed, person: Person, today: date) -> Line:
    late = owed.due_on < today
    ended = f"the last day {'was' if late else 'is'} {day_words(owed.due_on)}."
    href = _owed_href(owed, late)
    enters = owed.is_one and may(person, Permission.RESPONSE_LOG)
    place = [owed.reference, owed.slug]
    return Line(
        when=due_words(owed.due_on, today),
        what=_owed_what(owed, person),
        href=href,
        why=f"{owed.report}. {owed.basis}, counted from {day_words(owed.starts_on)}; {ended}",
        press="Enter the reply" if enters else "See them" if not owed.is_one else "",
        press_href=reverse("desk:log_reply", args=place) if enters else href,
        late=late,
    )


def clocks(person: Person, today: date) -> Section:
    """Clocks by urgency."""
    found = register.clocks_running_out(person, today)
    lines = [_owed_line(owed, person, today) for owed in found]
    more = reverse("desk:register") + "?sort=due&clock=late" if len(found) >= register.MOST else ""
    return Section(
        "Clocks running out", lines, more_href=more, more="All that are late, in the register"
    )
