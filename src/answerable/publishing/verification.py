"""Whether an edition is as it was published. Needs the folder alone: no database, no network.

What it proves: every file is the one that the manifest lists, nothing is missing and nothing was
added; the records that machines read are the ones that two people approved; and each edition
names the one before it. Whoever rewrites the whole folder, manifest and all, is found by any
digest kept elsewhere: in the next edition, in the database, in a board paper, in a reader's note.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from answerable.engine import chain
from answerable.publishing import manifest
from answerable.publishing.manifest import MANIFEST, RECORDS, SEAL, File, Standing, Unreadable

What = Literal["changed", "removed", "added", "broken"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was published. ``path`` is empty where it is about the whole."""

    what: What
    path: str
    sentence: str


def _quiet(done: int, of: int) -> None:
    """Nobody wants to know how far it is."""


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _present(folder: Path) -> dict[str, Path]:
    """Every file in the folder, links and oddities included, by its path in the edition."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            found[path.relative_to(folder).as_posix()] = path
    return found


def _one(file: File, path: Path | None) -> Finding | None:
    if path is None:
        return Finding("removed", file.path, f"{file.path} has been removed.")
    if path.is_symlink() or not path.is_file():
        return Finding("changed", file.path, f"{file.path} is no longer a plain file.")
    size = path.stat().st_size
    if size != file.size:
        return Finding(
            "changed",
            file.path,
            f"{file.path} has been changed: it has {size} bytes, not {file.size}.",
        )
    if _digest_of(path) != file.sha256:
        return Finding("changed", file.path, f"{file.path} has been changed.")
    return None


def _files(folder: Path, listed: dict[str, File], progress: Progress) -> Iterator[Finding]:
    present = _present(folder)
    for done, (path, file) in enumerate(sorted(listed.items()), start=1):
        found = _one(file, present.get(path))
        if found:
            yield found
        progress(done, len(listed))
    for path in sorted(set(present) - set(listed) - {MANIFEST, SEAL}):
        yield Finding("added", path, f"{path} has been added: the manifest does not list it.")


def _sealed(folder: Path, digest: str, expected: str) -> Iterator[Finding]:
    try:
        said = (folder / SEAL).read_text(encoding="utf-8").split()[0]
    except (OSError, ValueError, IndexError):
        yield Finding("removed", SEAL, f"{SEAL} has been removed, or cannot be read.")
        said = digest
    if said != digest:
        yield Finding("changed", MANIFEST, f"{MANIFEST} has been changed: {SEAL} says otherwise.")
    if expected and expected != digest:
        yield Finding(
            "changed",
            MANIFEST,
            f"{MANIFEST} is not the one whose digest was given: its digest is {digest}.",
        )


def _records(folder: Path, standing: Standing) -> Iterator[Finding]:
    """What machines read is what two people approved."""
    try:
        held = json.loads((folder / RECORDS).read_bytes())["records"]
        agrees = chain.digest_of(held) == standing.records_digest
    except (OSError, ValueError, KeyError, TypeError):
        agrees = False
    if not agrees:
        sentence = f"The records in {RECORDS} are not the ones that were approved."
        yield Finding("changed", RECORDS, sentence)


def verify_edition(folder: Path, *, digest: str = "", progress: Progress = _quiet) -> list[Finding]:
    """Everything about the edition in ``folder`` that is not as it was published; [] if all is.

    ``digest`` is that of its manifest as known from elsewhere, if it is.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        standing, listed = manifest.read(content)
    except OSError:
        sentence = f"{MANIFEST} is not there: {folder} is not an edition, or it was removed."
        return [Finding("broken", "", sentence)]
    except Unreadable as error:
        return [Finding("changed", MANIFEST, str(error))]
    found = [*_sealed(folder, chain.digest(content), digest), *_files(folder, listed, progress)]
    if not any(f.path == RECORDS for f in found):
        found += _records(folder, standing)
    return found


def standing_of(folder: Path) -> tuple[Standing, str]:
    """Where the edition in ``folder`` stands, and the digest of its manifest.

    Raises:
        Unreadable: where there is no manifest that can be read.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise Unreadable(f"{MANIFEST} is not in {folder}.") from error
    return manifest.read(content)[0], chain.digest(content)


def editions_in(root: Path) -> list[Path]:
    """The folders of editions in ``root``, by their number."""
    if not root.is_dir():
        return []
    numbered = [p for p in root.iterdir() if p.name.isdecimal() and not p.is_symlink()]
    return sorted(numbered, key=lambda p: int(p.name))


def verify_row(root: Path) -> list[Finding]:
    """Whether the editions in ``root`` follow each other: each names the one before it."""
    found: list[Finding] = []
    before = (0, chain.GENESIS, 0)
    for folder in editions_in(root):
        try:
            standing, digest = standing_of(folder)
        except Unreadable as error:
            found.append(Finding("broken", folder.name, f"Edition {folder.name}: {error}"))
            continue
        found += _follows(folder.name, standing, before)
        before = (standing.number, digest, standing.chain_seq)
    return found


def _follows(name: str, standing: Standing, before: tuple[int, str, int]) -> Iterator[Finding]:
    number, digest, seq = before
    if str(standing.number) != name:
        sentence = f"The folder {name} holds edition {standing.number}."
        yield Finding("broken", name, sentence)
    for missing in range(number + 1, standing.number):
        yield Finding("removed", str(missing), f"Edition {missing} has been removed.")
    if standing.previous_number == number and standing.previous_digest != digest:
        sentence = f"Edition {number} has been changed: edition {standing.number} names another digest for it."
        yield Finding("changed", str(number), sentence)
    if standing.chain_seq < seq:
        sentence = f"Edition {standing.number} names an older event of the chain than edition {number} does."
        yield Finding("broken", name, sentence)
