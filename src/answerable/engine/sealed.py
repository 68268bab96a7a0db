"""A sealed archive: a tar file whose last member lists the SHA-256 of every other one.

A file that was cut short has no list at its end; one that was tampered with is told member by
member: what was changed, what was added, what is missing.
"""

import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


class Source(Protocol):
    """An open file."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the file."""

    def tell(self) -> int:
        """Which place that is."""


class NotSealed(ValueError):
    """The file cannot be used as such an archive; the message is a sentence."""


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


# --- Writing ------------------------------------------------------------------------------------


class Writer:
    """A sealed archive under construction. ``members``: the digest of each member so far."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, str] = {}

    def add(self, name: str, stream: Source) -> str:
        """Add a member; returns the digest of the bytes that went in."""
        info = tarfile.TarInfo(name)
        info.size = stream.seek(0, os.SEEK_END) or stream.tell()
        info.mtime = int(time.time())
        stream.seek(0)
        hashed = Hashed(stream)
        self.tar.addfile(info, hashed)
        self.members[name] = hashed.sha256.hexdigest()
        return self.members[name]

    def add_file(self, name: str, path: Path) -> None:
        """Add a file of this machine."""
        with path.open("rb") as stream:
            self.add(name, stream)

    def seal(self, manifest: Mapping[str, object]) -> None:
        """Add the manifest, which must hold ``members``: after it, nothing more is added."""
        text = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        self.add(MANIFEST, io.BytesIO(text))


def name_finished(partial: Path, target: Path) -> None:
    """Give a finished file its name, unless somebody else has just taken it.

    Raises:
        FileExistsError: where ``target`` is there by now.
    """
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if target.exists():
            raise FileExistsError(target) from None
        partial.replace(target)


# --- Reading ------------------------------------------------------------------------------------


def read_manifest(tar: tarfile.TarFile, *, needs: Iterable[str], noun: str) -> dict[str, Any]:
    """The manifest at the end of an archive, which has at least the keys ``needs``.

    Raises:
        NotSealed: where there is none; ``noun`` says what the file should have been.
    """
    sentence = (
        f"It is not {noun} of Answerable, or it was cut short: it has no manifest at its end."
    )
    members = tar.getmembers()
    if not members or members[-1].name != MANIFEST:
        raise NotSealed(sentence)
    stream = tar.extractfile(members[-1])
    try:
        found: dict[str, Any] = json.load(stream)  # type: ignore[arg-type]  # None is a TypeError
        if not set(needs) <= found.keys():
            raise NotSealed(sentence)
    except (ValueError, TypeError, AttributeError) as error:
        raise NotSealed(sentence) from error
    return found


def open_member(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """The content of a plain file in the archive.

    Raises:
        NotSealed: where it is a link or another oddity, or would lie outside its folder.
    """
    path = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None or path.is_absolute() or ".." in path.parts:
        raise NotSealed(f"{member.name} is not a plain file of a sealed archive.")
    return stream


def check(path: Path, *, needs: Iterable[str], noun: str) -> tuple[dict[str, Any], list[str]]:
    """The manifest of an archive, and what is wrong with its members, in sentences.

    Raises:
        NotSealed: where it is none, or was cut short.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = read_manifest(tar, needs=needs, noun=noun)
            found = _compared(tar, dict(manifest["members"]))
    except (tarfile.TarError, EOFError) as error:
        raise NotSealed(f"It is damaged or was cut short ({error}).") from error
    return manifest, found


def _compared(tar: tarfile.TarFile, expected: dict[str, str]) -> list[str]:
    found: list[str] = []
    for member in tar.getmembers()[:-1]:
        digest = Hashed(open_member(tar, member)).digest()
        wanted = expected.pop(member.name, None)
        if wanted is None:
            found.append(f"{member.name} was added.")
        elif wanted != digest:
            found.append(f"{member.name} was changed.")
    return [*found, *(f"{name} is missing." for name in expected)]
