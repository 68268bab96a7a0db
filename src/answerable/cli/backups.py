"""`answerable backup create | restore | verify`: everything in one file, made while people work."""

import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import click
from django.db import Error

from answerable.audit import queries as audit
from answerable.audit.actions import OPERATOR
from answerable.audit.rules import Refused
from answerable.chasing.actions.outbox import doubt_waiting
from answerable.cli import archive
from answerable.cli.actions import check_empty, note_restore, restore_backup
from answerable.cli.archive import Manifest, kept_models
from answerable.cli.running import prepare_tables, refuse_if_behind
from answerable.cli.telling import as_line, aside, example, json_option, refuse, tell
from answerable.engine.sealed import Hashed, NotSealed
from answerable.publishing.actions import recover
from answerable.publishing.models import Edition
from answerable.publishing.queries import folder_of, known_heads
from answerable.publishing.verification import verify_edition

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _wrong_counts(counts: dict[str, int]) -> Iterator[str]:
    for model in kept_models():
        label = model._meta.label_lower
        if (now := model._base_manager.count()) != counts.get(label, 0):
            yield f"{label} has {now} rows, and the backup {counts.get(label, 0)}."


def _wrong_documents() -> Iterator[str]:
    for document in archive.received_files():
        try:
            with document.file.open("rb") as stream:
                right = Hashed(stream).digest() == document.sha256
        except FileNotFoundError:
            yield f"The document {document.name} is missing."
            continue
        if not right:
            yield f"The document {document.name} differs from its SHA-256."


def _wrong_editions() -> Iterator[str]:
    for edition in Edition.objects.filter(state=Edition.State.PUBLISHED).defer("changes"):
        found = verify_edition(folder_of(edition), digest=edition.manifest_digest)
        yield from (f"Edition {edition.number}: {f.sentence}" for f in found)


def verify_restored(manifest: Manifest) -> list[str]:
    """What differs from the backup after a restore: counts, documents, editions, the chain."""
    seq, digest = manifest["head"]
    verdict = audit.verify(heads=[*known_heads(), (seq, digest, "the backup")])
    found = [*_wrong_counts(manifest["counts"]), *_wrong_documents(), *_wrong_editions()]
    return found if verdict.problem is None else [*found, verdict.problem]


def _open_or_refuse(path: Path) -> Manifest:
    try:
        manifest, found = archive.check_backup(path)
    except (NotSealed, OSError) as error:
        refuse(f"{path.name} cannot be used. {error}")
    if found:
        more = f" And {len(found) - 5} more." if len(found) > 5 else ""
        refuse(f"{path.name} cannot be trusted. {' '.join(found[:5])}{more}")
    return manifest


def _refuse_other_tables(manifest: Manifest) -> None:
    if manifest["schema"] != archive.schema():
        made_by = manifest["answerable"]
        refuse(
            f"This backup was made by version {made_by}, whose tables differ from this one's. "
            f"Install version {made_by}, restore, then upgrade and run: answerable migrate"
        )


@click.group()
def backup() -> None:
    """Make, restore and verify backups.

    A backup is one file with every row, document and edition, for either database. It holds what
    people wrote and the secrets by which they sign in: keep it as you keep the database.
    """


@backup.command(epilog=example("answerable backup create /backups/answerable-2026-11-30.tar"))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def create(target: Path, as_json: bool) -> None:
    """Write everything to the file TARGET, while people work.

    Exit code 1 where a document or an edition is damaged or missing; the backup is made all the
    same, and says which.
    """
    if target.exists():
        refuse(f"{target} exists already. Give a new name; a backup is never overwritten.")
    if not target.absolute().parent.is_dir():
        refuse(f"{target.absolute().parent} is not a folder. Make it first.")
    refuse_if_behind()
    try:
        manifest, problems = archive.create_backup(target)
    except FileExistsError:
        refuse(f"{target} was made by somebody else meanwhile; it was not overwritten.")
    except OSError as error:
        refuse(f"The backup could not be written ({error.strerror}). Nothing was left behind.")
    size, head = target.stat().st_size, manifest["head"][0]
    if as_json:
        as_line({"file": str(target), "head": head, "bytes": size, "problems": problems})
    else:
        tell(f"{target}: everything up to event {head}, {size:,} bytes.")
    for sentence in problems:
        aside(sentence)
    sys.exit(1 if problems else 0)


@backup.command(epilog=example("answerable backup verify /backups/answerable-2026-11-30.tar"))
@click.argument("source", type=FILE)
@json_option
def verify(source: Path, as_json: bool) -> None:
    """Check that the backup SOURCE is whole, without restoring it."""
    manifest = _open_or_refuse(source)
    members, made_at = manifest["members"], manifest["made_at"]
    if as_json:
        head = manifest["head"][0]
        as_line({"file": str(source), "made_at": made_at, "head": head, "members": len(members)})
    else:
        tell(f"{source.name} is whole: {len(members)} members as they were made on {made_at}.")


@backup.command(epilog=example("answerable backup restore /backups/answerable-2026-11-30.tar"))
@click.argument("source", type=FILE)
@json_option
def restore(source: Path, as_json: bool) -> None:
    """Put the backup SOURCE into an empty database and data folder, and verify the result.

    Refuses to overwrite anything. Whatever goes wrong leaves the database empty. Exit code 1 where
    what was restored does not verify, with every reason.
    """
    manifest = _open_or_refuse(source)
    _refuse_other_tables(manifest)
    check_empty()
    prepare_tables()
    rows = _restore(source, manifest)
    recover()
    problems = verify_restored(manifest)
    note_restore(by=OPERATOR, seq=manifest["head"][0])
    doubt_waiting(by=OPERATOR)  # what waited in the backup may have gone since
    if as_json:
        as_line({"file": str(source), "rows": rows, "problems": problems})
    elif not problems:
        tell(f"Restored: {rows} rows. Documents, editions, chain and counts are as in the backup.")
    for sentence in problems:
        aside(sentence)
    sys.exit(1 if problems else 0)


def _restore(source: Path, manifest: Manifest) -> int:
    try:
        with tarfile.open(source, "r:") as tar:
            return restore_backup(
                by=OPERATOR, tar=tar, manifest=manifest, on_table=lambda name: aside(f"  {name}")
            )
    except (OSError, Error, NotSealed) as error:
        raise Refused(
            f"The backup could not be restored ({error}). The database is empty as before."
        ) from error
