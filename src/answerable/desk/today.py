"""What needs me today: short sections of lines, each with why it is there and the one next act."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.html.times import day_words, due_words, plural
from answerable.publishing import queries as publishing
from answerable.register.queries import today as register
from answerable.register.queries.today import Owed, Unread
from answerable.reports.queries.decisions import to_check

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: when or how many, what, why, and what to do next."""

    when: str
    what: str
    href: str
    why: str
    press: str = ""
    press_href: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading. ``mine``: whether they wait for this person or for others."""

    title: str
    lines: list[Line] = field(default_factory=list)
    mine: bool = True
    more_href: str = ""


def in_words(number: int) -> str:
    """A small number in words, to begin a sentence."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


# --- Clocks --------------------------------------------------------------------------------------


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
    return Section("Clocks running out", lines, more_href=more)


# --- To check, to read ---------------------------------------------------------------------------


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


def ended(person: Person, today: date) -> Section:
    """Bodies that have ended, with what still stands under their name."""
    lines = []
    for gone in register.bodies_that_ended(person, today):
        href = reverse("desk:pass_all", args=[gone.slug])
        why = f"It ended on {day_words(gone.ended_on)}. Its successor answers from then on."
        what = f"{gone.body} still stands for {plural(gone.count, 'recommendation')}"
        lines.append(Line(f"{gone.count:,} to pass on", what, href, why, "Pass them on", href))
    return Section("Bodies that have ended", lines)


def waiting(person: Person, today: date) -> Section:
    """What someone else must do."""
    lines = [_unread_line(u, mine=False) for u in register.replies_waiting(person)]
    return Section("Waiting for others", lines, mine=False)


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


SECTIONS = (clocks, candidates, replies, ended, editions, waiting)
"""What the page is made of, in its order. A subject above the register adds its own here."""


def sections_for(person: Person, today: date) -> list[Section]:
    """The sections that have something for ``person``; those of one title are one."""
    found: dict[str, Section] = {}
    for make in SECTIONS:
        section = make(person, today)
        if section.lines:
            same = found.setdefault(
                section.title, Section(section.title, [], section.mine, section.more_href)
            )
            same.lines.extend(section.lines)
    return list(found.values())


def lead(sections: list[Section]) -> str:
    """One sentence above them: how many things need this person, and how many cannot wait."""
    mine = [line for section in sections if section.mine for line in section.lines]
    if not mine:
        return ""
    late = sum(line.late for line in mine)
    said = f"{in_words(len(mine))} {'thing needs' if len(mine) == 1 else 'things need'} you."
    return f"{said} {in_words(late)} cannot wait." if late else said


def quiet_words(person: Person, today: date) -> str:
    """What to say to someone for whom there is nothing to do."""
    if not may(person, Permission.RECOMMENDATION_READ):
        return "You look after people and bodies here. What the office follows is not shown to you."
    soonest = register.next_last_day(person, today)
    if soonest:
        return f"The next clock runs out on {day_words(soonest)}."
    whose = "" if is_of_office(person) else f" for {person.body.name}"
    return f"No clock runs{whose}."
