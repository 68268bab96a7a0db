"""The file that a backup is: a tar with every row, every document and every edition.

``tables/*.jsonl`` (every row), ``documents/`` (with those handed in as evidence) and ``editions/``,
and last ``manifest.json``
(version, tables, counts, the chain's head, a SHA-256 of every other member), so that a file that
was cut short has none. It is the same for both databases: it can be put back into the other.
"""

import io
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypedDict, cast

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils import timezone

from answerable.assurance.models import Evidence
from answerable.audit.models import Event
from answerable.engine import sealed
from answerable.handover.models import Handover
from answerable.publishing import folders
from answerable.publishing.models import Edition
from answerable.publishing.queries import folder_of
from answerable.reports.models import Document

SNAPSHOT = "snapshot"
NOUN = "a backup"
KEPT_ELSEWHERE = frozenset(
    {"account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount"}
)


Kept = Document | Evidence | Handover
"""A row with a file, its SHA-256 and its name."""


class Manifest(TypedDict):
    """What ``manifest.json`` says of the backup it ends."""

    answerable: str
    made_at: str
    schema: list[str]
    head: tuple[int, str]
    counts: dict[str, int]
    members: dict[str, str]


def kept_models() -> list[type[Model]]:
    """What a backup holds: every table of ours, and the sign-in library's lasting ones.

    Not kept: sessions (people sign in again), the cache, the queue of tasks (the worker queues
    again whatever waits), and what is made anew from the rest, such as the index of likeness.
    """
    return sorted(
        (
            m
            for m in apps.get_models()
            if (m.__module__.startswith("answerable.") and not getattr(m, "DERIVED", False))
            or m._meta.label_lower in KEPT_ELSEWHERE
        ),
        key=lambda m: m._meta.label_lower,
    )


def schema() -> list[str]:
    """The last migration of each kept subject: two versions with the same ones have the same tables."""
    kept = {m._meta.app_label for m in kept_models()}
    return sorted(f"{a}.{n}" for a, n in MigrationLoader(None).graph.leaf_nodes() if a in kept)


# --- Writing ------------------------------------------------------------------------------------


@contextmanager
def snapshot() -> Iterator[str]:
    """A second connection that sees the database as it is now, and stops nobody from writing."""
    wrapper = connection.copy(SNAPSHOT)
    if connection.vendor == "sqlite":
        wrapper.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections[SNAPSHOT] = wrapper
    connections.settings[SNAPSHOT] = wrapper.settings_dict
    try:
        with transaction.atomic(using=SNAPSHOT):
            if connection.vendor == "postgresql":
                with wrapper.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield SNAPSHOT
    finally:
        wrapper.close()
        del connections[SNAPSHOT]
        del connections.settings[SNAPSHOT]


class ToTheMicrosecond(DjangoJSONEncoder):
    """Moments as they are: Django's own encoder cuts them to milliseconds, and the chain would break."""

    def default(self, o: Any) -> Any:
        """A moment with all its digits; everything else as Django writes it."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Writer(sealed.Writer):
    """A backup under construction, which knows what is wrong with what it was given."""

    def __init__(self, tar: tarfile.TarFile, room: Path) -> None:
        super().__init__(tar)
        self.room = room
        self.problems: list[str] = []

    def add_table(self, model: type[Model], using: str) -> int:
        """Add every row of a table; returns how many."""
        rows = model._base_manager.using(using).order_by("pk").iterator(chunk_size=2000)
        counted = _Counted(rows)
        with (
            tempfile.TemporaryFile(dir=self.room) as raw,
            io.TextIOWrapper(raw, encoding="utf-8", write_through=True) as out,
        ):
            serializers.serialize("jsonl", counted, stream=out, cls=ToTheMicrosecond)
            self.add(f"tables/{model._meta.label_lower}.jsonl", raw)
        return counted.count

    def add_document(self, document: Kept) -> None:
        """Add what was received, and say where it is not what was received."""
        try:
            with document.file.open("rb") as stream:
                digest = self.add(f"documents/{document.file.name}", stream)
        except FileNotFoundError:
            self.problems.append(f"The document {document.name} is missing.")
            return
        if digest != document.sha256:
            self.problems.append(f"The document {document.name} differs from its SHA-256.")

    def add_edition(self, edition: Edition) -> None:
        """Add the folder of an edition, and the same as one file."""
        folder = folder_of(edition)
        paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
        if not paths:
            self.problems.append(f"The folder of {edition} is missing.")
        zipped = folder.with_name(folders.zip_name(edition.number))
        for path in [*paths, *([zipped] if zipped.is_file() else [])]:
            self.add_file(f"editions/{path.relative_to(folder.parent).as_posix()}", path)


class _Counted:
    """An iterator that remembers how many it gave."""

    def __init__(self, rows: Iterable[Model]) -> None:
        self.rows = iter(rows)
        self.count = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> Model:
        row = next(self.rows)
        self.count += 1
        return row


def files_of_evidence(using: str = "default") -> Iterator[Evidence]:
    """One piece of evidence for each file that is kept: the same bytes are kept only once."""
    rows = Evidence.objects.using(using).exclude(file="").only("file", "sha256", "name")
    seen: set[str] = set()
    for evidence in rows.order_by("pk").iterator():
        if evidence.sha256 not in seen:
            seen.add(evidence.sha256)
            yield evidence


def received_files(using: str = "default") -> Iterator[Kept]:
    """Everything on the record that has a file: documents, evidence, what other offices handed over."""
    yield from Document.objects.using(using).only("file", "sha256", "name").iterator()
    yield from files_of_evidence(using)
    handovers = Handover.objects.using(using).exclude(file="")
    yield from handovers.only("file", "sha256", "name").iterator()


def _fill(writer: _Writer) -> Manifest:
    with snapshot() as using:
        counts = {m._meta.label_lower: writer.add_table(m, using) for m in kept_models()}
        last = Event.objects.using(using).order_by("-seq").values_list("seq", "digest").first()
        # Only what these rows name: uploads and editions that are under way belong to no row yet.
        for kept in received_files(using):
            writer.add_document(kept)
        published = Edition.objects.using(using).filter(state=Edition.State.PUBLISHED)
        for edition in published.defer("changes").order_by("number"):
            writer.add_edition(edition)
    return {
        "answerable": version("answerable"),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "schema": schema(),
        "head": last or (0, ""),
        "counts": counts,
        "members": writer.members,
    }


def create_backup(target: Path) -> tuple[Manifest, list[str]]:
    """Write a backup to ``target``, for its owner only; its manifest, and what is wrong, in sentences.

    The tables are seen at one moment. What they name is never changed or removed, so it is there
    when it is copied afterwards. ``target`` is there whole or not at all.

    Raises:
        FileExistsError: where ``target`` exists; it is never overwritten.
        OSError: where it cannot be written, for instance because the disk is full.
    """
    handle, name = tempfile.mkstemp(".partial", f".{target.name}.", target.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                writer = _Writer(tar, target.parent)
                manifest = _fill(writer)
                writer.seal(manifest)
            file.flush()
            os.fsync(file.fileno())
        sealed.name_finished(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest, writer.problems


# --- Reading ------------------------------------------------------------------------------------


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """The manifest of a backup.

    Raises:
        NotSealed: where there is none.
    """
    found = sealed.read_manifest(tar, needs=Manifest.__required_keys__, noun=NOUN)
    return cast(Manifest, found)


def check_backup(path: Path) -> tuple[Manifest, list[str]]:
    """The manifest of a backup, and what is wrong with its members, in sentences.

    Raises:
        NotSealed: where it is none, or was cut short.
    """
    manifest, found = sealed.check(path, needs=Manifest.__required_keys__, noun=NOUN)
    return cast(Manifest, manifest), found
