"""Files kept aside for the person who sent them, while they decide what to do about them.

What the check for personal data refuses is not kept, but need not be sent again either: for
:data:`FOR` seconds it lies where uploads arrive, reached only by a signed word that the person's own
page carries. What nobody comes back for is swept away with what stopped arriving.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core import signing

from answerable.accounts.models import Person
from answerable.audit.rules import Refused
from answerable.reports.actions.files import CHUNK, LEFT_FOR, Arriving, folder

FOR = LEFT_FOR
SALT = "answerable.evidence.aside"
GONE = "The file is no longer kept aside for you. Choose it again."


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that waits: where it is, what it was called, and the word by which its page finds it."""

    path: Path
    name: str
    word: str

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size


def put_aside(*, by: Person, upload: IO[bytes], name: str) -> Aside:
    """Keep a copy of ``upload`` for ``by`` alone, for an hour.

    Raises:
        Refused: where it is too large, or there is no room for it.
    """
    kept = Arriving()
    while chunk := upload.read(CHUNK):
        kept.write(chunk)
    kept.finish()
    if kept.trouble:
        raise kept.trouble
    told = {"key": kept.path.name, "name": name, "by": str(by.pk)}
    return Aside(kept.path, name, signing.dumps(told, salt=SALT))


def find_aside(*, by: Person, word: str) -> Aside | None:
    """The file that ``word`` stands for, if it is still there and was put aside for ``by``."""
    try:
        told = signing.loads(word, salt=SALT, max_age=FOR)
    except signing.BadSignature:
        return None
    path = folder() / told["key"]
    mine = told["by"] == str(by.pk) and path.is_file()
    return Aside(path, told["name"], word) if mine else None


@contextmanager
def opened(aside: Aside) -> Iterator[IO[bytes]]:
    """Its bytes, to be handed in.

    Raises:
        Refused: where it was swept away meanwhile.
    """
    try:
        file = aside.path.open("rb")
    except FileNotFoundError:
        raise Refused(GONE, code="upload") from None
    with file:
        yield file


def drop(aside: Aside) -> None:
    """Nobody needs it any more."""
    aside.path.unlink(missing_ok=True)
