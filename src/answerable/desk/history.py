"""What was done to a record, in words, for the foot of its page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from answerable.accounts.queries import names_of
from answerable.audit import queries, rules

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
    entries = queries.history(*things)
    names = names_of({entry.actor for entry in entries})
    return [_line(entry, names) for entry in entries]
