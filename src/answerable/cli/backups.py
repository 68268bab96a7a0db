"""`answerable backup create | restore | verify`: everything in one file, made while people work.

A backup is a tar file: ``tables/*.jsonl`` (every row), ``documents/`` and ``editions/``, and last
``manifest.json`` (version, counts, the chain's head, a SHA-256 of every other member), so that one
that was cut short has none. It is the same for both databases: it can be put back into the other.
"""

import hashlib
import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, TypedDict

import click
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connection, connections, transaction
from django.db.models import Model
from django.utils import timezone

from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.cli.actions import note_restore, restore_tables
from answerable.cli.running import prepare_tables
from answerable.cli.telling import as_line, aside, json_option, refuse, tell
from answerable.publishing.queries import known_heads
from answerable.register.actions.search import rebuild_search
from answerable.reports.models import Document

SNAPSHOT = "snapshot"
KEPT_ELSEWHERE = frozenset(
    {"account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount"}
)


class Manifest(TypedDict):
    """What ``manifest.json`` says of the backup it ends."""

    answerable: str
    made_at: str
    head: tuple[int, str]
    counts: dict[str, int]
    members: dict[str, str]


def kept_models() -> list[type[Model]]:
    """What a backup holds: every table of ours, and the sign-in library's lasting ones."""
    return sorted(
        (
            m
            for m in apps.get_models()
            if m.__module__.startswith("answerable.") or m._meta.label_lower in KEPT_ELSEWHERE
        ),
        key=lambda m: m._meta.label_lower,
    )


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


def _sha256(stream: IO[bytes]) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


class _Archive:
    """A tar file under construction that remembers the SHA-256 of all it was given."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.members: dict[str, str] = {}

    def add(self, name: str, stream: IO[bytes]) -> None:
        stream.seek(0)
        self.members[name] = _sha256(stream)
        info = tarfile.TarInfo(name)
        info.size = stream.tell()
        info.mtime = int(timezone.now().timestamp())
        stream.seek(0)
        self.archive.addfile(info, stream)

    def add_folder(self, name: str, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                with path.open("rb") as stream:
                    self.add(f"{name}/{path.relative_to(folder).as_posix()}", stream)


def _dump(archive: _Archive, using: str) -> dict[str, int]:
    counts = {}
    for model in kept_models():
        label = model._meta.label_lower
        rows = model._base_manager.using(using).order_by("pk")
        with (
            tempfile.TemporaryFile() as raw,
            io.TextIOWrapper(raw, encoding="utf-8", write_through=True) as out,
        ):
            serializers.serialize("jsonl", rows.iterator(chunk_size=2000), stream=out)
            counts[label] = rows.count()
            archive.add(f"tables/{label}.jsonl", raw)
    return counts


def create_backup(target: Path) -> Manifest:
    """Write a backup to ``target`` and return its manifest.

    The tables are seen at one moment; documents and editions are never changed or removed, so
    that all that the tables name is there when they are copied afterwards.
    """
    partial = target.with_name(f".{target.name}.partial")
    with tarfile.open(partial, "w") as tar:
        archive = _Archive(tar)
        with snapshot() as using:
            counts = _dump(archive, using)
            head = Event.objects.using(using).order_by("-seq").values_list("seq", "digest").first()
        archive.add_folder("documents", Path(settings.MEDIA_ROOT))
        archive.add_folder("editions", Path(settings.EDITIONS))
        manifest: Manifest = {
            "answerable": version("answerable"),
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "head": head or (0, ""),
            "counts": counts,
            "members": archive.members,
        }
        archive.add("manifest.json", io.BytesIO(json.dumps(manifest, indent=1).encode()))
    partial.replace(target)
    return manifest


def read_manifest(tar: tarfile.TarFile) -> Manifest:
    """The manifest of a backup.

    Raises:
        ValueError: where it is not a backup, with a sentence.
    """
    try:
        stream = tar.extractfile("manifest.json")
    except KeyError:
        stream = None
    if stream is None:
        raise ValueError(
            "This is not a backup of Answerable: it has no manifest, or it was cut short."
        )
    found: Manifest = json.load(stream)
    return found


def check_backup(path: Path) -> tuple[Manifest, list[str]]:
    """The manifest of a backup, and what is wrong with its members, in sentences."""
    found: list[str] = []
    with tarfile.open(path) as tar:
        manifest = read_manifest(tar)
        expected = dict(manifest["members"])
        for member in tar.getmembers():
            if member.name == "manifest.json":
                continue
            stream = tar.extractfile(member)
            digest = _sha256(stream) if stream else ""
            wanted = expected.pop(member.name, None)
            if wanted is None:
                found.append(f"{member.name} was added.")
            elif wanted != digest:
                found.append(f"{member.name} was changed.")
    found += [f"{name} is missing." for name in expected]
    return manifest, found


def _extract(tar: tarfile.TarFile, prefix: str, folder: Path) -> None:
    for member in tar.getmembers():
        if member.name.startswith(f"{prefix}/") and member.isfile():
            member.name = member.name.removeprefix(f"{prefix}/")
            tar.extract(member, folder, filter="data")


def _refuse_to_overwrite() -> None:
    if Event.objects.exists():
        refuse(
            "This database already holds a record. Restore into an empty one; nothing was changed."
        )
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.EDITIONS)):
        if folder.is_dir() and any(folder.iterdir()):
            refuse(
                f"{folder} is not empty. Restore into an empty data folder; nothing was changed."
            )


def verify_restored(manifest: Manifest) -> list[str]:
    """Documents, chain and counts of what was just restored, compared; sentences for what differs."""
    found = []
    counts = manifest["counts"]
    for model in kept_models():
        label = model._meta.label_lower
        if (now := model._base_manager.count()) != counts.get(label, 0):
            found.append(f"{label} has {now} rows, and the backup {counts.get(label, 0)}.")
    for document in Document.objects.only("sha256", "file", "name"):
        with document.file.open("rb") as stream:
            if _sha256(stream) != document.sha256:
                found.append(f"The document {document.name} differs from its SHA-256.")
    seq, digest = manifest["head"]
    verdict = audit.verify(heads=[*known_heads(), (seq, digest, "the backup")])
    return found if verdict.problem is None else [*found, verdict.problem]


def _open_or_refuse(path: Path) -> Manifest:
    try:
        manifest, found = check_backup(path)
    except (ValueError, tarfile.TarError, OSError) as error:
        refuse(f"{path.name} cannot be used: {error}")
    if found:
        refuse(f"{path.name} cannot be trusted: {' '.join(found[:5])}")
    return manifest


@click.group()
def backup() -> None:
    """Make, restore and verify backups."""


@backup.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def create(target: Path, as_json: bool) -> None:
    """Write everything to the file TARGET, while people work."""
    if target.exists():
        refuse(f"{target} exists already. Give a new name; a backup is never overwritten.")
    manifest = create_backup(target)
    head = manifest["head"][0]
    if as_json:
        as_line({"file": str(target), "head": head, "bytes": target.stat().st_size})
    else:
        tell(f"{target}: all up to event {head}, {target.stat().st_size:,} bytes.")


@backup.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(source: Path) -> None:
    """Check that the backup SOURCE is whole, without restoring it."""
    manifest = _open_or_refuse(source)
    members = manifest["members"]
    tell(
        f"{source.name} is whole: {len(members)} members as they were made on {manifest['made_at']}."
    )


@backup.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(source: Path) -> None:
    """Put the backup SOURCE into an empty database and data folder, and verify the result."""
    manifest = _open_or_refuse(source)
    prepare_tables()
    _refuse_to_overwrite()
    with tarfile.open(source) as tar:
        _extract(tar, "documents", Path(settings.MEDIA_ROOT))
        _extract(tar, "editions", Path(settings.EDITIONS))
        rows = restore_tables(archive=tar, on_table=lambda name: aside(f"  {name}"))
    rebuild_search()
    problems = verify_restored(manifest)
    if problems:
        for sentence in problems:
            aside(sentence)
        sys.exit(1)
    note_restore(seq=manifest["head"][0])
    tell(f"Restored: {rows} rows. Documents, chain and counts are as in the backup.")
