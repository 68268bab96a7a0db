"""What was done to a record, in words, for the foot of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from answerable.accounts.queries import names_of
from answerable.audit import queries, rules
from answerable.audit.models import Event

FORGOTTEN = "(since erased)"
REASONS = ("reason", "because")
"""What a person said that stands after the sentence, where the sentence has no place for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history, as ``{% history %}`` draws it."""

    when: datetime
    text: str
    by: str = ""


def _line(entry: queries.Entry, names: dict[str, str]) -> Line:
    name = names.get(entry.actor, "Someone")
    said = {key: FORGOTTEN if words is None else words for key, words in entry.said.items()}
    reason = next((said[key] for key in REASONS if said.get(key)), "")
    if "{because}" in rules.VERBS.get(entry.verb, ""):
        reason = ""  # it stands in the sentence already
    sentence = f"{name} {rules.sentence(entry.verb, {**entry.facts, **said})}"
    return Line(entry.at, f"{sentence}." if reason else sentence, reason)


def lines_of(*things: Model) -> list[Line]:
    """Every act on any of ``things``, newest first: who did what, and the reason that was given."""
    return _lines(queries.history(*things))


NEWEST = 40
"""So many stand at the foot of a page; all of them have a page of their own."""


def newest_in(events: QuerySet[Event]) -> tuple[list[Line], bool]:
    """The newest of ``events``, and whether there are more."""
    found = list(events[: NEWEST + 1])
    return lines_in(found[:NEWEST]), len(found) > NEWEST


def lines_in(events: Sequence[Event]) -> list[Line]:
    """The same of events that were chosen already, in the order given."""
    return _lines(queries.entries(events))


def _lines(entries: list[queries.Entry]) -> list[Line]:
    names = names_of({entry.actor for entry in entries})
    return [_line(entry, names) for entry in entries]
