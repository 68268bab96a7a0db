"""The ledger as a page shows it: the first date beside the present one, each move with who and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import TypeVar

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.desk.records.offers import name_of, why_not
from answerable.html.times import length_words
from answerable.plan.models import Action, DateMove, OwnerChange
from answerable.plan.queries.moves import Ledger
from answerable.plan.rules import moves as rules

Asked = TypeVar("Asked", DateMove, OwnerChange)
ONCE = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times"}


def times_words(times: int) -> str:
    """How often: "once", "twice", "7 times"."""
    return ONCE.get(times, f"{times} times")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the ledger. ``stood``: a date that stands or once stood, not only asked for."""

    on: date | None
    since: date | datetime | None
    why: str
    asked_by: str
    decided: str
    decided_at: datetime | None
    struck: bool = False
    now: bool = False
    stood: bool = True
    href: str = ""


def _decided(move: DateMove | OwnerChange) -> tuple[str, datetime | None]:
    if move.approved_at:
        return f"Approved by {name_of(move.approved_by)}", move.approved_at
    if move.refused_at:
        took_back = move.refused_by_id == move.asked_by_id
        word = "Taken back" if took_back else f"Refused by {name_of(move.refused_by)}"
        return f"{word}: {move.refused_reason}", move.refused_at
    return "Waits for someone else to decide", None


def _way(
    name: str, asked: Asked, person: Person | None, rule: Callable[[Person, Asked], object]
) -> str:
    """Where it is decided, for whoever may decide it or take it back; nothing for anyone else."""
    if (
        person is None
        or asked.approved_at
        or asked.refused_at
        or why_not(partial(rule, person, asked))
    ):
        return ""
    return reverse(name, args=[asked.pk])


@dataclass(frozen=True)
class LedgerShown:
    """The line of one date, with its moves. ``set_at``: when the first date was given.

    Only to a ``person`` who may decide it, or take it back, is the way to a move that waits shown.
    """

    ledger: Ledger
    today: date
    set_at: datetime | None = None
    person: Person | None = None

    @cached_property
    def steps(self) -> list[Step]:
        """The first date, then everything that was asked, oldest first."""
        if self.ledger.first_on is None:
            return []
        moved = [m for m in self.ledger.moves if m.approved_at]
        last = moved[-1] if moved else None
        first = Step(
            self.ledger.first_on,
            self.set_at,
            "First date",
            "",
            "",
            None,
            struck=bool(last),
            now=not last,
        )
        return [first, *(self._step(m, last) for m in self.ledger.moves)]

    def _step(self, move: DateMove, last: DateMove | None) -> Step:
        words, at = _decided(move)
        return Step(
            move.after,
            move.asked_at,
            move.reason,
            name_of(move.asked_by),
            words,
            at,
            struck=bool(move.approved_at) and move is not last,
            now=move is last,
            stood=bool(move.approved_at),
            href=_way("desk:date_move", move, self.person, rules.check_may_refuse),
        )

    @property
    def sentence(self) -> str:
        """How often it was moved, and how far from the first date."""
        if not self.ledger.times:
            return "Never moved."
        said = f"Moved {times_words(self.ledger.times)}."
        days = self.ledger.days
        if days:
            said += f" {length_words(abs(days)).capitalize()} {'later' if days > 0 else 'earlier'}"
            said += " than first promised."
        return said


@dataclass(frozen=True, slots=True)
class OwnerStep:
    """One change of owner: from whom, to whom, who asked, why, who decided."""

    before: str
    after: str
    asked_at: datetime
    asked_by: str
    why: str
    decided: str
    decided_at: datetime | None
    href: str = ""


def owner_words(role: str, person: Person | None, name: str) -> str:
    """A post with whoever holds it: "Head of Public Protection (Dana Holt)"."""
    holder = name_of(person) if person else name
    return f"{role} ({holder})" if holder else role


def owner_steps(changes: list[OwnerChange], person: Person | None = None) -> list[OwnerStep]:
    """Changes of owner as the page shows them to ``person``, oldest first."""
    found = []
    for change in changes:
        words, at = _decided(change)
        found.append(
            OwnerStep(
                owner_words(change.role_before, change.owner_before, change.name_before),
                owner_words(change.role_after, change.owner_after, change.name_after),
                change.asked_at,
                name_of(change.asked_by),
                change.reason,
                words,
                at,
                _way("desk:owner_change", change, person, rules.check_may_refuse_owner),
            )
        )
    return found


def serving_now(action: Action) -> str:
    """The references that it serves, for a sentence; uses what the list prefetched."""
    services = getattr(action, "standing_services", [])
    return ", ".join(s.undertaking.recommendation.reference for s in services)
