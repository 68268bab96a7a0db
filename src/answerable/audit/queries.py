"""Reads of the audit chain: states and digests, histories, and the walk that verifies it all."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from answerable.audit import frozen
from answerable.audit.models import Change, Commitment, Event
from answerable.engine import chain

Side = TypeVar("Side", Change, Commitment)
Key = tuple[str, str]
"""A thing as the chain names it: its kind (``register.recommendation``) and its id."""


def key_of(thing: Model) -> Key:
    """How the chain names ``thing``."""
    return (thing._meta.label_lower, str(thing.pk))


def audited_fields(model: type[Model]) -> tuple[str, ...]:
    """The fields of ``model`` whose state the chain binds; personal data is never among them."""
    return tuple(model.AUDITED)  # type: ignore[attr-defined]


def audited_models() -> list[type[Model]]:
    """Every model that the chain keeps watch over."""
    return [m for m in apps.get_models() if hasattr(m, "AUDITED")]


def plain(value: object) -> object:
    """A field's value as canonical JSON can hold it, the same on both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)  # RFC 8785 numbers are IEEE doubles
    return value


def states(model: type[Model], ids: Iterable[object] | None = None) -> Iterator[tuple[str, str]]:
    """(id, digest of state) of each row of ``model``, or of those with ``ids``."""
    names = audited_fields(model)
    kind = model._meta.label_lower
    rows = model._base_manager.order_by("pk").values_list("pk", *names)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    for pk, *values in rows.iterator(chunk_size=2000):
        state = {name: plain(value) for name, value in zip(names, values, strict=True)}
        yield str(pk), chain.digest_of({"kind": kind, "id": str(pk), "state": state})


def snapshot(*things: Model) -> dict[Key, str]:
    """Digests of the stored state of each thing, by its key. One query a model."""
    by_model: dict[type[Model], list[object]] = {}
    for thing in things:
        by_model.setdefault(thing._meta.model, []).append(thing.pk)
    return {
        (model._meta.label_lower, pk): found
        for model, ids in by_model.items()
        for pk, found in states(model, ids)
    }


def head() -> tuple[int, str]:
    """Number and digest of the last event; (0, genesis) before the first."""
    last = Event.objects.order_by("-seq").values_list("seq", "digest").first()
    return last or (0, chain.GENESIS)


MOST_CHANGES = 2_000
"""Beyond this it is quicker to read everything again than to ask what was touched."""


def changed_since(seq: int, digest: str) -> dict[str, set[str]] | None:
    """What was touched after the event ``seq``: ids by kind. Two queries.

    None where too much was, or where this chain has no such event: then nothing is known.
    """
    if not Event.objects.filter(seq=seq, digest=digest).exists():
        return None
    rows = Change.objects.filter(event_seq__gt=seq).values_list("kind", "object_id")
    found: dict[str, set[str]] = {}
    for number, (kind, pk) in enumerate(rows[: MOST_CHANGES + 1]):
        if number == MOST_CHANGES:
            return None
        found.setdefault(kind, set()).add(pk)
    return found


# --- Histories ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a page shows it: ``facts`` as recorded, ``said`` as opened (None: forgotten)."""

    seq: int
    at: datetime
    verb: str
    actor: str
    facts: dict[str, object]
    said: dict[str, str | None] = field(default_factory=dict)


def entries(events: Sequence[Event]) -> list[Entry]:
    """Events opened for a reader who may see them. Two queries, however many events."""
    opened: dict[int, dict[str, str | None]] = {}
    for c in Commitment.objects.filter(event_seq__in=[e.seq for e in events]):
        opened.setdefault(c.event_seq, {})[c.name] = c.value if c.salt else None
    return [
        Entry(e.seq, e.at, e.verb, e.actor, json.loads(e.content)["facts"], opened.get(e.seq, {}))
        for e in events
    ]


def history(*things: Model) -> list[Entry]:
    """Everything that was done to any of ``things``, newest first. Two queries."""
    if not things:
        return []
    ids: dict[str, list[str]] = {}
    for kind, pk in map(key_of, things):
        ids.setdefault(kind, []).append(pk)
    wanted = reduce(or_, (Q(kind=kind, object_id__in=pks) for kind, pks in ids.items()))
    touched = Change.objects.filter(wanted).order_by().values("event_seq")
    return entries(list(Event.objects.filter(seq__in=touched).order_by("-seq")))


def events_on(*rows: QuerySet[Model]) -> QuerySet[Event]:
    """Every event that touched any row of ``rows``, newest first, to be counted or cut. One query."""
    wanted = reduce(or_, (Q(kind=_kind(some), object_id__in=_ids(some)) for some in rows))
    touched = Change.objects.filter(wanted).order_by().values("event_seq")
    return Event.objects.filter(seq__in=touched).order_by("-seq")


def _kind(rows: QuerySet[Model]) -> str:
    return rows.model._meta.label_lower


def _ids(rows: QuerySet[Model]) -> QuerySet[Model, dict[str, str]]:
    """The keys of ``rows`` as the chain writes them."""
    keyed: QuerySet[Model] = rows.order_by().annotate(key=Cast("pk", CharField()))
    return keyed.values("key")


# --- Verification -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk of the chain found: how many events hold, and the first thing that does not."""

    events: int
    head: str
    records: int
    problem: str | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.problem is None


def _row_disagrees(event: Event, changes: list[Change], said: list[Commitment]) -> str | None:
    """A sentence where the columns or side tables of an event differ from its content."""
    body = json.loads(event.content)
    if (body["verb"], body["actor"], body["at"], body["previous"]) != (
        event.verb,
        event.actor,
        plain(event.at),
        event.previous,
    ):
        return f"Event {event.seq} has been changed: its columns differ from its content."
    listed = [(c.kind, c.object_id, c.before, c.after) for c in changes]
    if listed != [(c["kind"], c["id"], c["before"], c["after"]) for c in body["changes"]]:
        return f"Event {event.seq} has been changed: its list of changes differs from its content."
    if {c.name: c.digest for c in said} != body["said"]:
        return f"Event {event.seq} has been changed: what was said differs from its content."
    for c in said:
        if c.salt and chain.commitment(c.salt, c.value) != c.digest:
            return f"Event {event.seq} has been changed: the words of “{c.name}” were altered."
    return None


def _batches(size: int = 500) -> Iterator[list[Event]]:
    last = -1
    while batch := list(Event.objects.filter(seq__gt=last).order_by("seq")[:size]):
        yield batch
        last = batch[-1].seq


def _by_event(rows: Iterable[Side]) -> dict[int, list[Side]]:
    found: dict[int, list[Side]] = {}
    for row in rows:
        found.setdefault(row.event_seq, []).append(row)
    return found


@dataclass(slots=True)
class _Walk:
    """What has been seen so far on a walk from the first event to the last."""

    events: int = 0
    previous: str = chain.GENESIS
    after: dict[Key, tuple[int, str]] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)


def _walk_batch(walk: _Walk, batch: list[Event]) -> str | None:
    window = {"event_seq__range": (batch[0].seq, batch[-1].seq)}
    changes = _by_event(Change.objects.filter(**window).order_by("event_seq", "pk"))
    said = _by_event(Commitment.objects.filter(**window))
    for event in batch:
        broken = chain.check(
            chain.Link(event.seq, event.content, event.digest),
            seq=walk.events + 1,
            previous=walk.previous,
        )
        if broken:
            return broken.sentence
        mine = changes.get(event.seq, [])
        problem = _row_disagrees(event, mine, said.get(event.seq, []))
        if problem:
            return problem
        walk.events, walk.previous = event.seq, event.digest
        walk.heads[event.seq] = event.digest
        for c in mine:
            walk.after[(c.kind, c.object_id)] = (event.seq, c.after)
    return None


def _stray_side_row(walk: _Walk) -> str | None:
    for model in (Change, Commitment):
        stray = model.objects.filter(event_seq__gt=walk.events).order_by("event_seq").first()
        if stray:
            return (
                f"Event {walk.events + 1} has been removed from the end of the chain: "
                f"something that belongs to event {stray.event_seq} is still there."
            )
    return None


def _known_head_missing(walk: _Walk, heads: Iterable[tuple[int, str, str]]) -> str | None:
    for seq, digest, where in heads:
        if seq > walk.events:
            return (
                f"Event {walk.events + 1} has been removed from the end of the chain: "
                f"{where} names event {seq}."
            )
        if seq and walk.heads.get(seq) != digest:
            return f"Event {seq} has been replaced: {where} names another digest for it."
    return None


def _record_disagrees(walk: _Walk) -> tuple[int, str | None]:
    records = 0
    for model in audited_models():
        kind, name = model._meta.label_lower, str(model._meta.verbose_name)
        expected = {pk: v for (k, pk), v in walk.after.items() if k == kind}
        for pk, now in states(model):
            records += 1
            seq, after = expected.pop(pk, (0, ""))
            if not seq:
                return records, f"The {name} {pk} was put there without an event."
            if now != after:
                return (
                    records,
                    f"The {name} {pk} has been changed since event {seq}, without an event.",
                )
        for pk, (seq, after) in expected.items():
            if after:
                return (
                    records,
                    f"The {name} {pk} has been removed since event {seq}, without an event.",
                )
    return records, None


ACTIVE_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # D is disabled, R fires for replication only: neither keeps anyone from changing a row.
    "postgresql": """SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        AND tgenabled IN ('O', 'A') AND pg_table_is_visible(tgrelid)""",
}


def lifted_locks() -> list[str]:
    """Every locked table that the database would now let be changed, by a trigger that is gone."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIVE_TRIGGERS[connection.vendor])
        active = {name for (name,) in cursor.fetchall()}
    wanted = {table: frozen.triggers_of(table, connection.vendor) for table in frozen.LOCKS}
    return [table for table, triggers in wanted.items() if not active.issuperset(triggers)]


def _lock_lifted() -> str | None:
    lifted = lifted_locks()
    if not lifted:
        return None
    return (
        f"The lock on {', '.join(lifted)} has been lifted: the database no longer keeps anyone "
        "from changing or removing what is there."
    )


def verify(
    *,
    heads: Iterable[tuple[int, str, str]] = (),
    on_event: Callable[[int], None] = lambda seq: None,
) -> Verdict:
    """Walk the whole chain and compare every audited record with its last event.

    ``heads`` are links known from elsewhere, such as published editions: number, digest, and
    where it is written. The first thing that does not hold is named, and the walk ends. Last, the
    locks of the database itself must be in place.
    """
    walk = _Walk()
    for batch in _batches():
        problem = _walk_batch(walk, batch)
        on_event(walk.events)
        if problem:
            return Verdict(walk.events, walk.previous, 0, problem)
    problem = _stray_side_row(walk) or _known_head_missing(walk, heads)
    if problem:
        return Verdict(walk.events, walk.previous, 0, problem)
    records, problem = _record_disagrees(walk)
    return Verdict(walk.events, walk.previous, records, problem or _lock_lifted())
