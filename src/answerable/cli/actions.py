"""The one write of an operator that no subject owns: putting a backup back."""

import tarfile
from collections.abc import Callable

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction

from answerable.accounts.models import Body
from answerable.audit.actions import OPERATOR, record


def _members(archive: tarfile.TarFile) -> list[tarfile.TarInfo]:
    return sorted(
        (m for m in archive.getmembers() if m.name.startswith("tables/")), key=lambda m: m.name
    )


@transaction.atomic
def restore_tables(*, archive: tarfile.TarFile, on_table: Callable[[str], None]) -> int:
    """Put every row of a backup into an empty database, all or nothing; returns how many.

    Rows keep their keys. The order does not matter: foreign keys are checked at the commit.
    """
    rows = 0
    for member in _members(archive):
        stream = archive.extractfile(member)
        assert stream is not None  # noqa: S101  # a regular file, by the manifest
        on_table(member.name.removeprefix("tables/").removesuffix(".jsonl"))
        for row in serializers.deserialize("jsonl", stream):
            row.save(force_insert=True)
            rows += 1
    _continue_sequences()
    return rows


def _continue_sequences() -> None:
    """PostgreSQL counts on after the highest key that was put back."""
    statements = connection.ops.sequence_reset_sql(
        no_style(), apps.get_models(include_auto_created=True)
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def note_restore(*, seq: int) -> None:
    """Say in the chain that what follows stands on a backup made at event ``seq``."""
    office = Body.objects.order_by("pk").first()
    if office is not None:
        record("backup.restored", by=OPERATOR, on=office, before=None, facts={"seq": seq})
