"""Files on their way in: hashed while they arrive, put in place whole, and never left behind."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from answerable.audit.actions import locked
from answerable.audit.rules import Refused
from answerable.reports.models import Document
from answerable.reports.queries.files import place_of
from answerable.reports.rules import files as rules

CHUNK = 256 * 1024
LEFT_FOR = 60 * 60
"""After so many seconds without a byte, what is still arriving was left behind by a killed process."""


class Source(Protocol):
    """Anything that gives bytes, such as an open file."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""


def folder() -> Path:
    """Where files lie while they arrive, and for a while after nobody takes them."""
    return Path(settings.MEDIA_ROOT) / "arriving"


class Arriving:
    """One file as its bytes come in: written beside its later place, hashed on the way.

    What goes wrong (too large, the disk full) is kept in ``trouble`` instead of being raised, so
    that an upload can be read to its end and the person answered on the page.
    """

    def __init__(self) -> None:
        self.path = folder() / secrets.token_hex(16)
        self.size = 0
        self.trouble: Refused | None = None
        self._hash = hashlib.sha256()
        self._file: IO[bytes] | None = None
        try:
            folder().mkdir(parents=True, exist_ok=True)
            self._file = open(self.path, "xb", opener=_for_the_owner)  # noqa: SIM115
        except OSError as error:
            self._stop(rules.refusal_of(error))

    @property
    def sha256(self) -> str:
        """The digest of what has come."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Take in the next bytes; once there is trouble, they are let go."""
        if self._file is None:
            return
        self.size += len(chunk)
        try:
            rules.check_size(self.size)
            self._file.write(chunk)
        except Refused as refusal:
            self._stop(refusal)
        except OSError as error:
            self._stop(rules.refusal_of(error))
        else:
            self._hash.update(chunk)

    def finish(self) -> None:
        """Everything has come: make sure that it is on the disk."""
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        except OSError as error:
            self._stop(rules.refusal_of(error))

    def discard(self) -> None:
        """Leave nothing behind. Safe to call at any time, and more than once."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
        except OSError:
            pass  # what could not be flushed is thrown away anyway
        finally:
            self.path.unlink(missing_ok=True)

    def _stop(self, trouble: Refused) -> None:
        self.trouble = trouble
        self.discard()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, settings.FILE_UPLOAD_PERMISSIONS)


@contextmanager
def arriving(source: Source) -> Iterator[Arriving]:
    """All of ``source``, on the disk and hashed; gone at the end unless it was put in place.

    A file that came by the browser has arrived already, while its request was read.

    Raises:
        Refused: where it is too large, or there is no room for it.
    """
    came = getattr(source, "arriving", None)
    arrived = came if isinstance(came, Arriving) else Arriving()
    try:
        if came is None:
            while chunk := source.read(CHUNK):
                arrived.write(chunk)
        arrived.finish()
        if arrived.trouble:
            raise arrived.trouble
        yield arrived
    finally:
        arrived.discard()


class _Movable(File):  # type: ignore[type-arg]
    """How Django's storage takes a file that may be moved instead of copied."""

    def __init__(self, arrived: Arriving, opened: IO[Any]) -> None:
        super().__init__(opened, name=arrived.path.name)
        self._at = str(arrived.path)

    def temporary_file_path(self) -> str:
        """Where it is now."""
        return self._at


def put_in_place(arrived: Arriving, place: str = "") -> str:
    """Move what arrived to the place of its digest, or to ``place``, and return that place.

    The caller holds the chain's lock and knows that nothing on the record is kept there: whatever
    lies in the place was left by an act that was killed, and is taken away first.
    """
    place = place or place_of(arrived.sha256)
    default_storage.delete(place)
    with arrived.path.open("rb") as opened:
        kept = default_storage.save(place, _Movable(arrived, opened))
    if kept != place:
        default_storage.delete(kept)
        raise OSError(f"the storage kept {place} under another name")
    return place


@locked
def remove_unused(sha256: str) -> bool:
    """Take away the file with this digest unless a document has it; tell whether there was one.

    Under the chain's lock, so that nobody is just putting it there.
    """
    place = place_of(sha256)
    if Document.objects.filter(sha256=sha256).exists() or not default_storage.exists(place):
        return False
    default_storage.delete(place)
    return True


def _kept_digests() -> Iterator[str]:
    for folder in default_storage.listdir("")[0]:
        if len(folder) == 2:
            yield from default_storage.listdir(folder)[1]


def sweep() -> int:
    """Take away what killed processes left: files that no document has, uploads that stopped.

    Returns how many there were.
    """
    removed = 0
    for path in folder().glob("*"):
        try:
            if path.stat().st_mtime < time.time() - LEFT_FOR:
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # it arrived while we looked
    try:
        kept = set(_kept_digests())
    except FileNotFoundError:
        return removed
    for digest in kept - set(Document.objects.values_list("sha256", flat=True)):
        removed += remove_unused(digest)
    return removed
