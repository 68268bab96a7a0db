"""What the page is made of: every subject's sections in their order, and the sentence above them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.desk.today import (
    assurance,
    bodies,
    candidates,
    chasing,
    clocks,
    editions,
    evidence,
    likenesses,
    plan,
    replies,
)
from answerable.desk.today.lines import Section, in_words
from answerable.html.times import day_words
from answerable.register.queries import today as register

SECTIONS: tuple[Callable[[Person, date], Section | Iterable[Section]], ...] = (
    clocks.clocks,
    chasing.to_send,
    plan.sections,
    candidates.candidates,
    likenesses.waiting,
    replies.replies,
    assurance.sections,
    evidence.to_grade,
    evidence.too_old,
    bodies.ended,
    editions.editions,
    replies.waiting,
)
"""What the page is made of, in its order. A noun of its own adds its module and a line here.

What waits for others stands last, wherever its line is.
"""


def sections_for(person: Person, today: date) -> list[Section]:
    """The sections that have something for ``person``; those of one title are one."""
    found: dict[str, Section] = {}
    for section in _made(person, today):
        if section.lines:
            same = found.setdefault(section.title, replace(section, lines=[]))
            same.lines.extend(section.lines)
    return sorted(found.values(), key=lambda section: not section.mine)


def _made(person: Person, today: date) -> Iterator[Section]:
    for make in SECTIONS:
        made = make(person, today)
        yield from (made,) if isinstance(made, Section) else made


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
