"""Whether the archive of a handover is whole, and what is in it. Needs the file alone.

What it proves: every member is the one that the manifest lists, none is missing and none was
added; every event in the segment is a link of the giving office's chain, up to the head that the
manifest names; every row is exactly what its last event says it was; and whatever the same events
touched besides is in the archive or named as left behind.
"""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps

from answerable.audit.queries import Key, audited_fields
from answerable.engine import chain, sealed
from answerable.engine.sealed import NotSealed
from answerable.handover.queries.belonging import KINDS
from answerable.handover.queries.packing import mentioned

NEEDS = (
    "format", "answerable", "made_at", "office", "to", "body", "counts", "head", "roles", "open",
    "left_behind", "schema", "members",
)  # fmt: skip
NOUN = "a handover"
FORMAT = 1
EVENTS, DIGESTS = "chain/events.jsonl", "chain/digests.txt"
MOST = 50
"""So many faults are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive as it was found: what its manifest says, and everything wrong with it."""

    manifest: dict[str, Any]
    problems: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems


def rows_name(kind: str) -> str:
    """The member that holds the rows of ``kind``."""
    return f"records/{kind}.jsonl"


def member_lines(tar: tarfile.TarFile, name: str) -> list[bytes]:
    """The lines of one member; none where it is not there."""
    try:
        member = tar.getmember(name)
    except KeyError:
        return []
    return sealed.open_member(tar, member).read().splitlines()


def rows_in(tar: tarfile.TarFile, kind: str) -> list[dict[str, Any]]:
    """The rows of one kind: each with ``id`` and ``fields``."""
    return [json.loads(line) for line in member_lines(tar, rows_name(kind))]


def open_archive(path: Path) -> Opened:
    """The archive at ``path``, with everything that is wrong with it, in sentences.

    Raises:
        NotSealed: where it is no such archive, or was cut short.
    """
    manifest, found = sealed.check(path, needs=NEEDS, noun=NOUN)
    if manifest["format"] != FORMAT:
        raise NotSealed(f"It was made in format {manifest['format']}; this version reads {FORMAT}.")
    if not found:
        try:
            with tarfile.open(path, "r:") as tar:
                found = list(_faults(tar, manifest))
        except (ValueError, KeyError, TypeError) as error:
            found = [f"What is in it cannot be read ({type(error).__name__}: {error})."]
    if len(found) > MOST:
        found = [*found[:MOST], f"And {len(found) - MOST} more."]
    return Opened(manifest, found)


def _faults(tar: tarfile.TarFile, manifest: dict[str, Any]) -> Iterator[str]:
    events = member_lines(tar, EVENTS)
    digests = [line.decode() for line in member_lines(tar, DIGESTS)]
    yield from _broken_links(events, digests, manifest["head"])
    last = mentioned(events)
    there: set[Key] = set()
    for model in KINDS:
        kind = model._meta.label_lower
        rows = rows_in(tar, kind)
        if len(rows) != manifest["counts"].get(kind, 0):
            yield f"{rows_name(kind)} has {len(rows)} rows, and the manifest says otherwise."
        there |= {(kind, row["id"]) for row in rows}
        yield from _altered(kind, rows, last)
    yield from _silently_left(last, there, manifest["left_behind"])
    yield from _files_missing(tar, manifest)


def _broken_links(events: list[bytes], digests: list[str], head: list[Any]) -> Iterator[str]:
    seq, digest = head
    if len(digests) != seq or (digests and digests[-1] != digest):
        yield "The chain does not end where the manifest says."
        return
    for line in events:
        body = json.loads(line)
        number = int(body["seq"])
        before = digests[number - 2] if number > 1 else chain.GENESIS
        if not 1 <= number <= len(digests) or chain.digest(line) != digests[number - 1]:
            yield f"Event {number} has been changed: its content does not give its digest."
        elif body["previous"] != before:
            yield f"Event {number} does not follow the event before it."


def _altered(kind: str, rows: list[dict[str, Any]], last: dict[Key, str]) -> Iterator[str]:
    """Rows that are not as their last event says; the reverse, rows that no event knows."""
    model = apps.get_model(kind)
    if not hasattr(model, "AUDITED"):
        return
    name = str(model._meta.verbose_name)
    for row in rows:
        state = {field: row["fields"][field] for field in audited_fields(model)}
        now = chain.digest_of({"kind": kind, "id": row["id"], "state": state})
        after = last.get((kind, row["id"]))
        if after is None:
            yield f"The {name} {row['id']} is there without an event."
        elif after != now:
            yield f"The {name} {row['id']} is not as its last event says."


def _silently_left(last: dict[Key, str], there: set[Key], left: list[list[str]]) -> Iterator[str]:
    named = {(kind, pk) for kind, pk, _ in left}
    for kind, pk in sorted(key for key, after in last.items() if after):
        if (kind, pk) not in there and (kind, pk) not in named:
            yield f"The {kind.partition('.')[2]} {pk} is missing, and is not named as left behind."


def files_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The member that holds each file: SHA-256 → name of the member."""
    prefix = "files/"
    return {
        name.removeprefix(prefix): name for name in manifest["members"] if name.startswith(prefix)
    }


def _files_missing(tar: tarfile.TarFile, manifest: dict[str, Any]) -> Iterator[str]:
    files = files_of(manifest)
    for kind in ("reports.document", "assurance.evidence"):
        for row in rows_in(tar, kind):
            fields = row["fields"]
            if fields["file"] and fields["sha256"] not in files:
                yield f"The file of {fields['name']} is missing."
    for sha256, name in files.items():
        if manifest["members"][name] != sha256:
            yield f"{name} is not the file whose digest it bears."
