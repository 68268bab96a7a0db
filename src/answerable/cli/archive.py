"""The file that a backup is: a tar with every row, every document and every edition.

``tables/*.jsonl`` (every row), ``documents/`` (with those handed in as evidence) and ``editions/``,
and last ``manifest.json``
(version, tables, counts, the chain's head, a SHA-256 of every other member), so that a file that
was cut short has none. It is the same for both databases: it can be put back into the other.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol, TypedDict

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils import timezone

from answerable.assurance.models import Evidence
from answerable.audit.models import Event
from answerable.publishing import folders
from answerable.publishing.models import Edition
from answerable.publishing.queries import folder_of
from answerable.reports.models import Document

SNAPSHOT = "snapshot"
MANIFEST = "manifest.json"
KEPT_ELSEWHERE = frozenset(
    {"account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount"}
)
CHUNK = 1024 * 1024


class Manifest(TypedDict):
    """What ``manifest.json`` says of the backup it ends."""

    answerable: str
    made_at: str
    schema: list[str]
    head: tuple[int, str]
    counts: dict[str, int]
    members: dict[str, str]


class Source(Protocol):
    """An open file."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the file."""

    def tell(self) -> int:
        """Which place that is."""


class Hashed:
    """A file that remembers the SHA-256 of what was read from it."""

    def __init__(self, stream: Source) -> None:
        self.stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        data = self.stream.read(size)
        self.sha256.update(data)
        return data

    def digest(self) -> str:
        """The digest of the whole file, once the rest has been read too."""
        while self.read(CHUNK):
            pass
        return self.sha256.hexdigest()


def kept_models() -> list[type[Model]]:
    """What a backup holds: every table of ours, and the sign-in library's lasting ones.

    Not kept: sessions (people sign in again), the cache, and the queue of tasks (the worker queues
    again whatever waits).
    """
    return sorted(
        (
            m
            for m in apps.get_models()
            if m.__module__.startswith("answerable.") or m._meta.label_lower in KEPT_ELSEWHERE
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


class _Writer:
    """A tar file under construction that remembers the SHA-256 of all it was given."""

    def __init__(self, tar: tarfile.TarFile, room: Path) -> None:
        self.tar = tar
        self.room = room
        self.members: dict[str, str] = {}
        self.problems: list[str] = []

    def add(self, name: str, stream: Source) -> str:
        """Add a member; returns the digest of the bytes that went in."""
        info = tarfile.TarInfo(name)
        info.size = stream.seek(0, os.SEEK_END) or stream.tell()
        info.mtime = int(timezone.now().timestamp())
        stream.seek(0)
        hashed = Hashed(stream)
        self.tar.addfile(info, hashed)
        self.members[name] = hashed.sha256.hexdigest()
        return self.members[name]

    def add_file(self, name: str, path: Path) -> None:
        """Add a file of this machine."""
        with path.open("rb") as stream:
            self.add(name, stream)

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

    def add_document(self, document: Document | Evidence) -> None:
        """Add a document or a file of evidence, and say where it is not what was received."""
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


def _fill(writer: _Writer) -> Manifest:
    with snapshot() as using:
        counts = {m._meta.label_lower: writer.add_table(m, using) for m in kept_models()}
        last = Event.objects.using(using).order_by("-seq").values_list("seq", "digest").first()
        # Only what these rows name: uploads and editions that are under way belong to no row yet.
        for document in Document.objects.using(using).only("file", "sha256", "name").iterator():
            writer.add_document(document)
        for evidence in files_of_evidence(using):
            writer.add_document(evidence)
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
                text = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
                writer.add(MANIFEST, io.BytesIO(text))
            file.flush()
            os.fsync(file.fileno())
        _name(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest, writer.problems


def _name(partial: Path, target: Path) -> None:
    """Give a finished file its name, unless somebody else has just taken it."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if target.exists():
            raise FileExistsError(target) from None
        partial.replace(target)


# --- Reading ------------------------------------------------------------------------------------


class NotABackup(ValueError):
    """The file cannot be used as a backup; the message is a sentence."""


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """The manifest of a backup.

    Raises:
        NotABackup: where there is none.
    """
    sentence = (
        "It is not a backup of Answerable, or it was cut short: it has no manifest at its end."
    )
    members = tar.getmembers()
    if not members or members[-1].name != MANIFEST:
        raise NotABackup(sentence)
    stream = tar.extractfile(members[-1])
    try:
        found: Manifest = json.load(stream)  # type: ignore[arg-type]  # None is a TypeError
        if not Manifest.__required_keys__ <= found.keys():
            raise NotABackup(sentence)
    except (ValueError, TypeError, AttributeError) as error:
        raise NotABackup(sentence) from error
    return found


def open_member(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """The content of a plain file in the archive.

    Raises:
        NotABackup: where it is a link or another oddity, or would lie outside its folder.
    """
    path = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None or path.is_absolute() or ".." in path.parts:
        raise NotABackup(f"{member.name} is not a plain file of a backup.")
    return stream


def check_backup(path: Path) -> tuple[Manifest, list[str]]:
    """The manifest of a backup, and what is wrong with its members, in sentences.

    Raises:
        NotABackup: where it is none, or was cut short.
    """
    found: list[str] = []
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = read_manifest(tar)
            expected = dict(manifest["members"])
            for member in tar.getmembers()[:-1]:
                digest = Hashed(open_member(tar, member)).digest()
                wanted = expected.pop(member.name, None)
                if wanted is None:
                    found.append(f"{member.name} was added.")
                elif wanted != digest:
                    found.append(f"{member.name} was changed.")
    except (tarfile.TarError, EOFError) as error:
        raise NotABackup(f"It is damaged or was cut short ({error}).") from error
    return manifest, [*found, *(f"{name} is missing." for name in expected)]
