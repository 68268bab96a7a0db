"""A body's record leaves for another office: one sealed archive, and the event that says so."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import By
from answerable.assurance.models import Evidence
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.audit.rules import Refused
from answerable.engine import sealed
from answerable.handover import rules
from answerable.handover.models import Handover
from answerable.handover.queries import packing
from answerable.handover.queries.belonging import Rows, belonging
from answerable.handover.queries.standing import lines_for
from answerable.handover.queries.tables import schema
from answerable.handover.queries.unpacking import DIGESTS, EVENTS, FORMAT, rows_name
from answerable.reports.models import Document


def _counts(rows: Rows) -> dict[str, int]:
    return {model._meta.label_lower: len(found) for model, found in rows.items()}


def _add_lines(writer: sealed.Writer, name: str, lines: Iterable[bytes]) -> None:
    with tempfile.TemporaryFile() as spool:
        spool.writelines(lines)
        writer.add(name, spool)


def _add_files(writer: sealed.Writer, rows: Rows) -> None:
    """Every file once, under its SHA-256.

    Raises:
        Refused: where one is missing or damaged here; nothing is handed over in part.
    """
    for thing in (*rows[Document], *rows[Evidence]):
        name = f"files/{thing.sha256}"  # type: ignore[attr-defined]
        if not thing.file or name in writer.members:  # type: ignore[attr-defined]
            continue
        try:
            with thing.file.open("rb") as stream:  # type: ignore[attr-defined]
                digest = writer.add(name, stream)
        except FileNotFoundError:
            raise Refused(f"The file of {thing} is missing here, so nothing was made.") from None
        if digest != thing.sha256:  # type: ignore[attr-defined]
            raise Refused(f"The file of {thing} is damaged here, so nothing was made.")


def _manifest(body: Body, office: str, rows: Rows, events: list[bytes]) -> dict[str, Any]:
    people = [p for p in rows[Person] if isinstance(p, Person)]
    return {
        "format": FORMAT,
        "answerable": version("answerable"),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "office": settings.OFFICE_NAME,
        "to": office,
        "body": {"slug": body.slug, "name": body.name},
        "counts": _counts(rows),
        "head": list(audit_queries.head()),
        "roles": packing.roles_in_words(people),
        "open": [line.as_data() for line in lines_for(body)],
        "left_behind": packing.left_behind(events, packing.keys_in(rows)),
        "schema": schema(),
    }


def _write(partial: Path, body: Body, office: str, rows: Rows) -> dict[str, Any]:
    with partial.open("wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        writer = sealed.Writer(tar)
        for model, found in rows.items():
            _add_lines(writer, rows_name(model._meta.label_lower), packing.lines(found))
        events = list(packing.segment(packing.events_about(rows)))
        writer.add(EVENTS, io.BytesIO(b"".join(events)))
        _add_lines(writer, DIGESTS, packing.digests())
        _add_files(writer, rows)
        manifest = {**_manifest(body, office, rows, events), "members": writer.members}
        writer.seal(manifest)
        tar.close()
        file.flush()
        os.fsync(file.fileno())
    return manifest


@act
def hand_over(*, by: By, body: Body, office: str, target: Path) -> tuple[Handover, dict[str, Any]]:
    """Write everything that belongs to the record of ``body`` to ``target``, for ``office``.

    The rows and the chain are seen at one moment. Nothing here changes or goes: this register keeps
    it all, and says that it was handed over. ``target`` is there whole or not at all.

    Raises:
        Refused: where there is nothing to give, or a file is missing or damaged here.
        FileExistsError: where ``target`` exists.
        OSError: where it cannot be written.
    """
    rules.check_may_give(by, body, office)
    if target.exists():
        raise FileExistsError(target)
    rows = belonging(body)
    rules.check_something_to_give(body, rows)
    handle, name = tempfile.mkstemp(".partial", f".{target.name}.", target.parent)
    os.close(handle)
    partial = Path(name)
    try:
        manifest = _write(partial, body, office.strip(), rows)
        given = _note(by, body, manifest, partial, target.name)
        sealed.name_finished(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return given, manifest


def _note(by: By, body: Body, manifest: dict[str, Any], archive: Path, name: str) -> Handover:
    with archive.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    seq, digest = manifest["head"]
    given = Handover.objects.create(
        way=Handover.Way.GIVEN,
        body=body,
        office=manifest["to"],
        sha256=sha256,
        size=archive.stat().st_size,
        name=name[:255],
        counts=manifest["counts"],
        lines=manifest["open"],
        head_seq=seq,
        head_digest=digest,
        at=timezone.now(),
    )
    asked = len(manifest["open"])
    facts = {"body": body.name, "office": given.office, "asked": asked, "sha256": sha256}
    audit.record("handover.given", by=by, on=given, also=[body], facts=facts)
    return given
