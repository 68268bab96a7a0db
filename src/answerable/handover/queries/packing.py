"""What goes into the archive of a handover: rows as lines, the chain's segment, what stays behind."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from answerable.accounts.models import Person, RoleHeld
from answerable.audit.models import Change, Event
from answerable.audit.queries import Key, key_of, plain
from answerable.handover.queries.belonging import KINDS, Rows
from answerable.register.models import Undertaking

NEVER: dict[str, tuple[str, ...]] = {
    "accounts.person": ("email", "name", "password", "last_login", "shortcuts"),
    "assurance.sample": ("secret",),
    "reports.document": ("received_by_id",),
}
"""Columns that do not leave: how people sign in and are called, and seeds not yet revealed."""
BATCH = 500


def line_of_row(row: Model) -> dict[str, Any]:
    """A row as the archive holds it: its id, and each column as canonical JSON can hold it."""
    never = NEVER.get(row._meta.label_lower, ())
    names = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    return {
        "id": str(row.pk),
        "fields": {name: _plain(getattr(row, name)) for name in names if name not in never},
    }


def _plain(value: object) -> object:
    if hasattr(value, "storage"):  # a file's place on the disk is not carried over
        return str(value)
    return plain(value)


def lines(rows: Iterable[Model]) -> Iterator[bytes]:
    """Each row as one line of JSON."""
    for row in rows:
        yield json.dumps(line_of_row(row), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def keys_in(rows: Rows) -> set[Key]:
    """What the chain calls everything that is handed over."""
    return {key_of(row) for found in rows.values() for row in found}


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def events_about(rows: Rows) -> list[int]:
    """The numbers of the events that made or changed any of ``rows``, in order."""
    found: set[int] = set()
    for model, kept in rows.items():
        for ids in _batches([str(row.pk) for row in kept]):
            changes = Change.objects.filter(kind=model._meta.label_lower, object_id__in=ids)
            found.update(changes.values_list("event_seq", flat=True))
    return sorted(found)


def segment(seqs: list[int]) -> Iterator[bytes]:
    """Those events whole, as they stand in the chain: one line of canonical JSON each."""
    for start in range(0, len(seqs), BATCH):
        rows = Event.objects.filter(seq__in=seqs[start : start + BATCH]).order_by("seq")
        for content in rows.values_list("content", flat=True):
            yield content.encode() + b"\n"


def digests() -> Iterator[bytes]:
    """The digest of every event of the chain, one a line: the ladder on which the segment stands."""
    for digest in Event.objects.order_by("seq").values_list("digest", flat=True).iterator():
        yield digest.encode() + b"\n"


def mentioned(events: Iterable[bytes]) -> dict[Key, str]:
    """Everything that ``events`` made or changed, with the digest of its last state in them."""
    found: dict[Key, str] = {}
    for line in events:
        for change in json.loads(line)["changes"]:
            found[(change["kind"], change["id"])] = change["after"]
    return found


def left_behind(events: Iterable[bytes], going: set[Key]) -> list[list[str]]:
    """What the same events touched and is not handed over: named, so that nothing is left silently."""
    kinds = {model._meta.label_lower for model in KINDS}
    others = sorted(key for key, after in mentioned(events).items() if after and key not in going)
    owners = _owners([pk for kind, pk in others if kind == "register.undertaking"])
    return [
        [kind, pk, f"It is of {owners[pk]}." if pk in owners else _reason(kind in kinds)]
        for kind, pk in others
    ]


def _owners(ids: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in _batches(ids):
        rows = Undertaking.objects.filter(pk__in=batch).values_list("pk", "body__name")
        found |= {str(pk): name for pk, name in rows}
    return found


def _reason(can_go: bool) -> str:
    return "It belongs to another body." if can_go else "It stays with the office that made it."


def roles_in_words(people: Sequence[Person]) -> dict[str, str]:
    """What each person did here, by id, for those who are not told their names."""
    found: dict[str, set[str]] = {str(person.pk): set() for person in people}
    for held in RoleHeld.objects.filter(person__in=people):
        found[str(held.person_id)].add(str(held.get_role_display()))
    return {pk: " and ".join(sorted(roles)) or "person" for pk, roles in found.items()}
