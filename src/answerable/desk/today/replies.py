"""Replies that wait to be read, by this person or by others."""

from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.desk.today.lines import Line, Section
from answerable.html.times import day_words
from answerable.register.queries import today as register
from answerable.register.queries.today import Unread


def _unread_line(unread: Unread, *, mine: bool) -> Line:
    what = unread.reference if unread.count == 1 else f"{unread.count} recommendations"
    href = (
        reverse("desk:register")
        + f"?report={unread.report_id}&body={unread.body_id}&position=unread"
    )
    read = reverse("desk:read_position", args=[unread.reply_id])
    one = unread.count == 1
    return Line(
        when="1 reply" if one else f"{unread.count:,} replies",
        what=f"{unread.body} has replied to {what}",
        href=reverse("desk:recommendation", args=[unread.reference]) if one else href,
        why=f"{unread.report}. The oldest reply is dated {day_words(unread.since)}.",
        press=("Read it" if one else "Read the first") if mine else "",
        press_href=read if mine else "",
    )


def replies(person: Person, today: date) -> Section:
    """Replies whose position nobody has read yet."""
    found = register.replies_to_read(person)
    return Section("Replies to read", [_unread_line(u, mine=True) for u in found])


def waiting(person: Person, today: date) -> Section:
    """What someone else must do."""
    lines = [_unread_line(u, mine=False) for u in register.replies_waiting(person)]
    return Section("Waiting for others", lines, mine=False)
