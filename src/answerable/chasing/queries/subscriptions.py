"""Reads of what each person wants to hear, and of the days in their calendar."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.chasing.models import Rhythm, Subscription
from answerable.chasing.queries import owed

BACK, AHEAD, MOST = timedelta(days=90), timedelta(days=730), 2_000
"""How far a calendar reaches, and how many days it holds at most of each kind."""
MONDAY = 0


def subscription_of(person: Person) -> Subscription | None:
    """What a person has chosen, or None where they never chose."""
    return Subscription.objects.filter(person=person).first()


def digest_of_token(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


def whose_calendar(token: str) -> Person | None:
    """The person with access whose calendar has this secret address, or None."""
    rows = Subscription.objects.select_related("person__body")
    found = rows.filter(calendar_digest=digest_of_token(token), person__is_active=True).first()
    return found.person if found and token else None


def wanting_digest(day: date) -> list[Person]:
    """Everyone with access whose rhythm asks for a digest on ``day``."""
    rhythms = [Rhythm.DAILY, *([Rhythm.WEEKLY] if day.weekday() == MONDAY else [])]
    rows = Person.objects.filter(is_active=True, subscription__rhythm__in=rhythms)
    return list(rows.select_related("body").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Due:
    """One day of a calendar: a reference and fixed words, nothing private."""

    key: str
    on: date
    words: str


WORDS = {
    "clock": "reply due",
    "action": "action due",
    "milestone": "milestone due",
    "closing_test": "closing test due",
    "closure": "re-check due",
}


def days_of(person: Person, today: date) -> list[Due]:
    """What is owed and may be known to ``person``: the office sees all, a body its own."""
    if not may(person, Permission.RECOMMENDATION_READ):
        return []
    return sorted(_days(person, today), key=lambda d: (d.on, d.key))


PATHS: dict[str, str] = {"action": "body", "milestone": "action__body"}
"""Where the body of a thing stands, if not with its undertaking."""


def _days(person: Person, today: date) -> Iterator[Due]:
    for model, rows in owed.OPEN.items():
        name = owed.COLUMNS[model]
        found = rows()
        if not is_of_office(person):
            found = found.filter(**{PATHS.get(name, "undertaking__body"): person.body_id})
        near = (today - BACK, today + AHEAD)
        date_of = "opinion__recheck_on" if name == "closure" else "due_on"
        for thing in found.filter(**{f"{date_of}__range": near}).order_by(date_of, "pk")[:MOST]:
            due_on = owed.due_of(thing)
            if due_on:
                reference = owed.as_owed(thing, due_on).reference
                yield Due(f"{name}-{thing.pk}", due_on, f"{reference}: {WORDS[name]}")
