"""The writes of an operator that no subject owns: putting a backup back."""

import os
import shutil
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection

from answerable.accounts.models import Body
from answerable.audit.actions import act, record
from answerable.audit.rules import Refused
from answerable.cli.archive import Manifest, kept_models
from answerable.engine.sealed import Hashed, open_member
from answerable.register.actions.likeness_index import rebuild_likeness
from answerable.register.actions.search import rebuild_search

STAGING = ".restoring"
"""Where files wait, inside the folder they are for, until the rows that name them are written."""


def folders() -> dict[str, Path]:
    """The folders of files that a backup holds, by their name in it."""
    return {"documents": Path(settings.MEDIA_ROOT), "editions": Path(settings.EDITIONS)}


# --- Only into an empty installation ---------------------------------------------------------------


def check_empty() -> None:
    """Refuses to restore over anything: a row in a kept table, a file in a folder.

    Asks before any migration is run, so the tables need not be there.
    """
    there = set(connection.introspection.table_names())
    for model in kept_models():
        if model._meta.db_table in there and model._base_manager.exists():
            raise Refused(
                "This database already holds a record. Restore into an empty one, before any "
                "`answerable migrate`; nothing was changed."
            )
    for folder in folders().values():
        if any(not p.name.startswith(".") for p in folder.glob("*")):
            raise Refused(
                f"{folder} is not empty. Restore into an empty data folder; nothing was changed."
            )


# --- Files -----------------------------------------------------------------------------------------


def stage_files(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Unpack every file beside its place, and compare it with the manifest while it is written."""
    unstage()
    for member in tar.getmembers():
        noun, _, name = member.name.partition("/")
        if noun in folders() and name:
            _unpack(tar, member, folders()[noun] / STAGING / name, manifest["members"])


def _unpack(
    tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path, members: Mapping[str, str]
) -> None:
    stream = Hashed(open_member(tar, member))
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        shutil.copyfileobj(stream, out)
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    if stream.sha256.hexdigest() != members.get(member.name):
        raise Refused(f"{member.name} was changed while it was being restored.")


def _put_in_place() -> None:
    """Move what was staged to where it belongs, down to the disk."""
    for folder in folders().values():
        for path in (folder / STAGING).glob("*"):
            path.rename(folder / path.name)
    os.sync()


def unstage() -> None:
    """Take away what a restore has unpacked, or one that was killed has left."""
    for folder in folders().values():
        shutil.rmtree(folder / STAGING, ignore_errors=True)


def _take_files_back() -> None:
    """Undo :func:`_put_in_place`: the folders were empty before."""
    for folder in folders().values():
        for path in (p for p in folder.glob("*") if not p.name.startswith(".")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


# --- Rows ------------------------------------------------------------------------------------------


def restore_backup(
    *, by: str, tar: tarfile.TarFile, manifest: Manifest, on_table: Callable[[str], None]
) -> int:
    """Put a backup into an empty installation, all or nothing; returns how many rows.

    Files are unpacked beside their places first. Rows are written in one transaction, and the
    files moved as its last step, so whatever fails or is killed leaves the database empty; what
    lies unpacked is cleared by the next try.

    Raises:
        Refused: where the installation is not empty.
    """
    try:
        stage_files(tar, manifest)
        return _restore_rows(by=by, tar=tar, on_table=on_table)
    finally:
        unstage()


def _restore_rows(*, by: str, tar: tarfile.TarFile, on_table: Callable[[str], None]) -> int:
    moved: list[bool] = []
    try:
        return _write_all(by=by, tar=tar, on_table=on_table, moved=moved)
    except BaseException:
        if moved:
            _take_files_back()
        raise


@act
def _write_all(
    *, by: str, tar: tarfile.TarFile, on_table: Callable[[str], None], moved: list[bool]
) -> int:
    check_empty()
    rows = 0
    for member in sorted(tar.getmembers(), key=lambda m: m.name):
        if member.name.startswith("tables/"):
            on_table(member.name.removeprefix("tables/").removesuffix(".jsonl"))
            rows += _write_table(tar, member)
    connection.check_constraints()  # foreign keys across tables, before anything is moved
    _continue_sequences()
    rebuild_search()
    rebuild_likeness()
    moved.append(True)
    _put_in_place()
    return rows


def _write_table(tar: tarfile.TarFile, member: tarfile.TarInfo) -> int:
    """Rows keep their keys and moments. The order of tables does not matter: see check_constraints."""
    rows = 0
    for row in serializers.deserialize("jsonl", open_member(tar, member)):
        row.save(force_insert=True)
        rows += 1
    return rows


def _continue_sequences() -> None:
    """PostgreSQL counts on after the highest key that was put back."""
    statements = connection.ops.sequence_reset_sql(
        no_style(), apps.get_models(include_auto_created=True)
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@act
def note_restore(*, by: str, seq: int) -> None:
    """Say in the chain that what follows stands on a backup made at event ``seq``."""
    office = Body.objects.order_by("pk").first()
    if office is not None:
        record("backup.restored", by=by, on=office, before=None, facts={"seq": seq})
