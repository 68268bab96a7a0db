"""Reads of editions: which there are, what would change in public, what waits for whom."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, may
from answerable.audit import queries as audit
from answerable.engine import chain
from answerable.publishing import changes, folders, manifest, verification
from answerable.publishing.manifest import MANIFEST, RECORDS, Unreadable
from answerable.publishing.models import Edition
from answerable.publishing.records import public_records

Record = Mapping[str, Any]


def root() -> Path:
    """The folder of editions."""
    return Path(settings.EDITIONS)


def folder_of(edition: Edition) -> Path:
    """The folder of a published edition."""
    return root() / str(edition.number)


def with_changes() -> QuerySet[Edition]:
    """Every edition there is or was to be, newest first, with all that it changes."""
    return Edition.objects.select_related("proposed_by", "decided_by")


def editions() -> QuerySet[Edition]:
    """Every edition there is or was to be, newest first, without its long list of changes."""
    return with_changes().defer("changes")


def newest() -> Edition | None:
    """The edition published last, or None before the first."""
    return editions().filter(state=Edition.State.PUBLISHED).order_by("-number").first()


def proposal() -> Edition | None:
    """The proposal that waits for a second publisher, or None."""
    return editions().filter(state=Edition.State.PROPOSED).first()


def served_number() -> int:
    """The number of the edition that the public reads now; 0 for none."""
    return folders.pointed_to(root())


def day_of(moment: datetime) -> date:
    """The day of a moment in the office's own time."""
    return timezone.localtime(moment).date()


# --- What would change --------------------------------------------------------------------------


class Damaged(Refused):
    """The files of an edition are not as they were published, so nothing can stand on them."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"The files of {edition} are missing, or have been changed since it was published. "
            "Restore them before anything else is published.",
            code="damaged",
        )


def records_of(edition: Edition) -> Record:
    """The public records of a published edition, from its own files.

    Raises:
        Damaged: where they are missing or are not the ones that were published.
    """
    folder = folder_of(edition)
    try:
        content = (folder / MANIFEST).read_bytes()
        held = (folder / RECORDS).read_bytes()
        listed = manifest.read(content)[1][RECORDS]
    except (OSError, Unreadable, KeyError) as error:
        raise Damaged(edition) from error
    whole = chain.digest(content) == edition.manifest_digest
    if not whole or hashlib.sha256(held).hexdigest() != listed.sha256:
        raise Damaged(edition)
    found: Record = json.loads(held)["records"]
    return found


def changes_since_last(last: Edition | None, records: Record) -> list[changes.Change]:
    """What ``records`` change in public against edition ``last``.

    Raises:
        Damaged: where the files of ``last`` are not as they were published.
    """
    return changes.between(records_of(last) if last else None, records)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an edition made now would hold, and what it would change in public."""

    number: int
    records: Record
    digest: str
    changes: list[changes.Change]


def outlook(as_of: date, note: str = "") -> Outlook:
    """The public records as they stand now, counted on ``as_of``, against the newest edition.

    Raises:
        Damaged: where the newest edition's own files cannot be compared with.
    """
    last = newest()
    records = public_records(as_of, note)
    found = changes_since_last(last, records)
    number = last.number + 1 if last else 1
    return Outlook(number, records, chain.digest_of(records), found)


@dataclass(frozen=True, slots=True)
class Since:
    """The public records now, beside a proposal: their digest, and what the proposal does not say."""

    digest: str
    changes: list[changes.Change]


def since(edition: Edition) -> Since:
    """How the public records stand now, counted on the day on which ``edition`` was proposed.

    Raises:
        Damaged: where the newest edition's own files cannot be compared with.
    """
    if edition.chain_seq == audit.head()[0]:
        return Since(edition.content_digest, [])  # no act since, so nothing can have moved
    found = outlook(day_of(edition.proposed_at), edition.note)
    if found.digest == edition.content_digest:
        return Since(found.digest, [])
    return Since(found.digest, [c for c in found.changes if c not in edition.changes])


def is_whole(edition: Edition) -> bool:
    """Whether the folder of a published edition is there with the manifest that was published."""
    try:
        return verification.standing_of(folder_of(edition))[1] == edition.manifest_digest
    except Unreadable:
        return False


# --- Known elsewhere ----------------------------------------------------------------------------


def known_heads() -> list[tuple[int, str, str]]:
    """Links of the chain that editions name: number, digest, and where it is written.

    From the database and from the folders of editions, so that neither can be changed alone.
    """
    held = Edition.objects.filter(state=Edition.State.PUBLISHED).order_by("number")
    rows = held.values_list("chain_seq", "chain_digest", "number")
    heads = [(seq, digest, f"edition {number}") for seq, digest, number in rows if seq]
    for folder in verification.editions_in(root()):
        try:
            standing = verification.standing_of(folder)[0]
        except Unreadable:
            continue  # `verify` names it; the chain is not the place
        where = f"the manifest of edition {standing.number}"
        heads.append((standing.chain_seq, standing.chain_digest, where))
    return heads


# --- What waits ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something about publishing that waits: for this person to act, or for somebody else."""

    edition: Edition
    sentence: str
    act: str
    theirs: bool


def waiting_for(person: Person) -> list[Waiting]:
    """The proposal that waits, as it concerns ``person``; nothing for whom it does not concern."""
    if not may(person, Permission.EDITION_READ):
        return []
    edition = proposal()
    if edition is None:
        return []
    by = edition.proposed_by.name or "A publisher"
    if edition.proposed_by_id == person.pk:
        sentence = f"Your proposal for edition {edition.number} waits for a second publisher."
        return [Waiting(edition, sentence, "See it", theirs=False)]
    if may(person, Permission.EDITION_APPROVE):
        sentence = (
            f"{by} proposed edition {edition.number}. Nothing is public until you approve it."
        )
        return [Waiting(edition, sentence, "Review what changes", theirs=True)]
    sentence = f"{by} proposed edition {edition.number}. It waits for a second publisher."
    return [Waiting(edition, sentence, "See it", theirs=False)]
