"""The folders of editions on disk: built beside, put in place by a rename, pointed to by a link.

``<root>/3/`` is an edition, ``<root>/edition-3.zip`` the same as one file, ``current`` a link to
the folder that is served. While one is built it stands in ``.building-3``, which nobody reads. A
lock that dies with its process keeps two publishers from building at once.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from answerable.engine import chain
from answerable.publishing import manifest
from answerable.publishing.manifest import MANIFEST, SEAL, SUMS, Standing

CURRENT = "current"
BUILDING = ".building-"
LOCK = ".lock"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of a zip: the same edition gives the same bytes."""

Progress = Callable[[str, int], None]
Made = tuple[str, bytes | Path]
"""A file of an edition: its path, and its content or where its content is."""


@dataclass(frozen=True, slots=True)
class Built:
    """An edition on the disk that has not got its name yet: its folder and zip, its digest."""

    number: int
    folder: Path
    archive: Path
    digest: str


class Busy(Exception):
    """Another process is publishing in this folder."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the folder of editions alone.

    The lock is the kernel's: it goes when the process does, however it ends.

    Raises:
        Busy: where another process holds it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _put(folder: Path, path: str, content: bytes | Path) -> tuple[int, str]:
    """Write one file; its size and digest. Nothing is written outside ``folder``."""
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} would lie outside the edition")
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        target.write_bytes(content)
        return len(content), chain.digest(content)
    shutil.copyfile(content, target)
    with target.open("rb") as file:
        return target.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def build(root: Path, standing: Standing, files: Iterable[Made], progress: Progress) -> Built:
    """Write an edition into a folder that nobody reads yet, down to the disk, and its zip.

    Everything is written first and synced afterwards, at once.
    """
    folder = root / f"{BUILDING}{standing.number}"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    written: dict[str, tuple[int, str]] = {}
    for path, content in files:
        if path in written:
            raise ValueError(f"{path} was made twice")
        written[path] = _put(folder, path, content)
        progress(path, len(written))
    written[SUMS] = _put(folder, SUMS, manifest.sums(written))
    content = manifest.write(standing, written)
    digest, line = manifest.seal(content)
    _put(folder, MANIFEST, content)
    _put(folder, SEAL, line)
    _sync(folder, [*written, MANIFEST, SEAL])
    name = zip_name(standing.number)
    archive = zip_to(folder, root / f"{BUILDING}{name}", name.removesuffix(".zip"))
    return Built(standing.number, folder, archive, digest)


def _sync(folder: Path, paths: Iterable[str]) -> None:
    """Return once all of ``paths`` are on the disk."""
    if platform.system() == "Linux":
        os.sync()  # waits there until it is done, and is a hundred times quicker than one by one
        return
    folders = {folder}
    for path in paths:
        _sync_file(folder / path)
        folders.update(p for p in (folder / path).parents if p.is_relative_to(folder))
    for each in sorted(folders):
        _sync_folder(each)


def put_in_place(root: Path, built: Built) -> Path:
    """Give a built edition its name, by one rename. One left by a try that died is taken away."""
    folder = root / str(built.number)
    if folder.exists():
        shutil.rmtree(folder)
    built.archive.replace(root / zip_name(built.number))
    built.folder.rename(folder)
    _sync_folder(root)
    return folder


def zip_name(number: int) -> str:
    """The name of an edition as one file."""
    return f"edition-{number}.zip"


def point_to(root: Path, number: int) -> None:
    """Serve edition ``number`` from now on: the link is replaced in one step."""
    fresh = root / f".{CURRENT}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(str(number))
    fresh.replace(root / CURRENT)
    _sync_folder(root)


def pointed_to(root: Path) -> int:
    """The number of the edition that is served; 0 for none."""
    try:
        name = os.readlink(root / CURRENT)
    except OSError:
        return 0
    return int(name) if name.isdecimal() else 0


def leftovers(root: Path, newest: int) -> list[Path]:
    """What tries that died have left: half-built folders, and editions that were never published.

    ``newest`` is the newest edition that the database knows. What has ever been served was
    published, whatever the database says: it is never a leftover.
    """
    if not root.is_dir():
        return []
    known = max(newest, pointed_to(root))
    return sorted(p for p in root.iterdir() if _is_leftover(p.name, known))


def _is_leftover(name: str, newest: int) -> bool:
    number = name.removeprefix("edition-").removesuffix(".zip")
    return name.startswith(BUILDING) or (number.isdecimal() and int(number) > newest)


def clear(paths: Iterable[Path]) -> None:
    """Take leftovers away."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def zip_to(folder: Path, target: Path, name: str) -> Path:
    """The edition as one file, with everything in a folder ``name``; complete or not there."""
    partial = target.with_name(f"{target.name}.partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    _sync_file(partial)
    partial.replace(target)
    return target
