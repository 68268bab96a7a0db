"""The only writes to the audit chain, and the frame in which every act of the product runs."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from answerable.audit import queries, rules
from answerable.audit.models import Change, Commitment, Event
from answerable.engine import chain

P = ParamSpec("P")
R = TypeVar("R")

CHAIN_LOCK = 0x416E7377  # "Answ": the advisory lock under which the chain grows on PostgreSQL
MANY = 500
"""So many events are written at once."""
OPERATOR = "operator"
MACHINE = "machine"


class Actor(Protocol):
    """Who acts: a person, known to the chain only by a random id."""

    pk: UUID


def _take_chain_lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Run an action in one transaction, one at a time.

    The chain's lock is taken first (SQLite: by BEGIN IMMEDIATE), so what a rule has read cannot
    change before the act is written, and two acts can never wait for each other in a circle.
    """

    @functools.wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            _take_chain_lock()
            return function(*args, **kwargs)

    return acting


locked = act
"""The same frame, for housekeeping that changes nothing of which the chain tells."""


def _name_of(by: Actor | str | None) -> str:
    if by is None:
        return MACHINE
    return by if isinstance(by, str) else str(by.pk)


def _changes(
    things: Sequence[Model], before: Mapping[queries.Key, str] | None
) -> list[dict[str, str]]:
    earlier = before or {}
    after = queries.snapshot(*things)
    keys = dict.fromkeys([queries.key_of(t) for t in things] + list(earlier))
    return [
        {"kind": k[0], "id": k[1], "before": earlier.get(k, ""), "after": after.get(k, "")}
        for k in keys
    ]


def _event(link: chain.Link, previous: str, moment: datetime, verb: str, actor: str) -> Event:
    return Event(
        seq=link.seq,
        at=moment,
        verb=verb,
        actor=actor,
        content=link.content,
        previous=previous,
        digest=link.digest,
    )


def _change(seq: int, change: Mapping[str, str]) -> Change:
    return Change(
        event_seq=seq,
        kind=change["kind"],
        object_id=change["id"],
        before=change["before"],
        after=change["after"],
    )


def _keep(
    link: chain.Link,
    previous: str,
    moment: datetime,
    verb: str,
    actor: str,
    changes: Sequence[Mapping[str, str]],
    spoken: Mapping[str, tuple[str, str]],
) -> Event:
    """Store a link with its side tables."""
    event = _event(link, previous, moment, verb, actor)
    event.save(force_insert=True)
    Change.objects.bulk_create(_change(link.seq, c) for c in changes)
    Commitment.objects.bulk_create(
        Commitment(
            event_seq=link.seq,
            name=n,
            digest=chain.commitment(salt, words),
            salt=salt,
            value=words,
        )
        for n, (salt, words) in spoken.items()
    )
    return event


@act
def record(
    verb: str,
    *,
    by: Actor | str | None,
    on: Model | None,
    also: Sequence[Model] = (),
    before: Mapping[queries.Key, str] | None = None,
    facts: Mapping[str, object] | None = None,
    said: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Event:
    """Write one event, in the transaction of the act it tells of.

    Args:
        verb: one of :data:`answerable.audit.rules.VERBS`.
        by: the person; OPERATOR for a command, None for the machine.
        on: the thing acted on; None for an act on no record.
        also: other audited things that the act made or changed.
        before: ``queries.snapshot(...)`` taken before the change; nothing for what is new.
        facts: what may stand in the chain in the clear: no personal data, no private words.
        said: words of a person (a reason, a name): only salted commitments enter the chain.
        at: the moment, where the act has read the clock already.
    """
    rules.check_verb(verb)
    seq, previous = queries.head()
    moment = at or timezone.now()
    spoken = {name: (chain.new_salt(), words) for name, words in (said or {}).items()}
    changes = _changes([*([on] if on is not None else []), *also], before)
    link = chain.link(
        seq + 1,
        previous,
        {
            "at": queries.plain(moment),
            "verb": verb,
            "actor": _name_of(by),
            "facts": dict(facts or {}),
            "said": {n: chain.commitment(salt, words) for n, (salt, words) in spoken.items()},
            "changes": changes,
        },
    )
    return _keep(link, previous, moment, verb, _name_of(by), changes, spoken)


@dataclass(frozen=True, slots=True)
class NewThings:
    """One event about things that an act has made: as :func:`record` takes it."""

    verb: str
    on: Model
    also: Sequence[Model] = ()
    facts: Mapping[str, object] | None = None


@act
def record_new(lines: Sequence[NewThings], *, by: Actor | str | None, at: datetime) -> int:
    """Write an event for each of ``lines``, as :func:`record` would, a handful of queries for all.

    For an act that makes thousands of things at once. Every thing must be new: nothing is said of
    what stood before. Returns how many events it wrote.
    """
    for first in range(0, len(lines), MANY):
        _record_some(lines[first : first + MANY], by, at)
    return len(lines)


def _record_some(lines: Sequence[NewThings], by: Actor | str | None, at: datetime) -> None:
    after = queries.snapshot(*(thing for line in lines for thing in (line.on, *line.also)))
    last, previous = queries.head()
    events, changes = [], []
    for seq, line in enumerate(lines, start=last + 1):
        rules.check_verb(line.verb)
        keys = dict.fromkeys(queries.key_of(thing) for thing in (line.on, *line.also))
        made = [{"kind": k[0], "id": k[1], "before": "", "after": after[k]} for k in keys]
        content = {
            "at": queries.plain(at),
            "verb": line.verb,
            "actor": _name_of(by),
            "facts": dict(line.facts or {}),
            "said": {},
            "changes": made,
        }
        link = chain.link(seq, previous, content)
        events.append(_event(link, previous, at, line.verb, _name_of(by)))
        changes += [_change(seq, change) for change in made]
        previous = link.digest
    Event.objects.bulk_create(events)
    Change.objects.bulk_create(changes)


@act
def forget(*, events: Sequence[int]) -> int:
    """Erase the salts and words of what was said in ``events``; the chain still verifies.

    Returns how many were erased. The caller records why, with an event of its own.
    """
    return (
        Commitment.objects.filter(event_seq__in=list(events))
        .exclude(salt="")
        .update(salt="", value="")
    )
