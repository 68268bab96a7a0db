"""The manifest of an edition: every file with its SHA-256, and where the edition stands in the row.

Three files say it, so that a stranger needs no program of ours: ``manifest.json`` (everything),
``SHA256SUMS`` (every other file, as ``sha256sum --check`` reads it) and ``MANIFEST.sha256`` (the
digest of the manifest, the one line to write down, print in a board paper and compare later).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answerable.engine import chain

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SEAL = "MANIFEST.sha256"
RECORDS = "data/all.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class File:
    """One file of an edition: its path with ``/`` between folders, its size and digest."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an edition stands: its number and date, what was approved, the chain, the one before."""

    number: int
    published_at: str
    as_of: str
    office: str
    version: str
    records_digest: str
    chain_seq: int
    chain_digest: str
    previous_number: int
    previous_digest: str


def write(standing: Standing, files: Mapping[str, tuple[int, str]]) -> bytes:
    """The manifest's bytes; the same edition always gives the same."""
    content = {
        "format": FORMAT,
        "edition": standing.number,
        "published_at": standing.published_at,
        "as_of": standing.as_of,
        "office": standing.office,
        "made_by": f"Answerable {standing.version}",
        "records": {"path": RECORDS, "digest": standing.records_digest},
        "chain": {"seq": standing.chain_seq, "digest": standing.chain_digest},
        "previous": {"edition": standing.previous_number, "manifest": standing.previous_digest},
        "files": [
            {"path": path, "size": size, "sha256": sha256}
            for path, (size, sha256) in sorted(files.items())
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def sums(files: Mapping[str, tuple[int, str]]) -> bytes:
    """Every file and its digest as ``sha256sum --check`` reads them."""
    return "".join(f"{sha}  {path}\n" for path, (_, sha) in sorted(files.items())).encode()


def seal(manifest: bytes) -> tuple[str, bytes]:
    """The digest of a manifest, and the line that is kept beside it."""
    digest = chain.digest(manifest)
    return digest, f"{digest}  {MANIFEST}\n".encode()


class Unreadable(ValueError):
    """A manifest that cannot be read, with a sentence."""


def _standing(content: Mapping[str, Any]) -> Standing:
    return Standing(
        number=int(content["edition"]),
        published_at=str(content["published_at"]),
        as_of=str(content["as_of"]),
        office=str(content["office"]),
        version=str(content["made_by"]).removeprefix("Answerable "),
        records_digest=str(content["records"]["digest"]),
        chain_seq=int(content["chain"]["seq"]),
        chain_digest=str(content["chain"]["digest"]),
        previous_number=int(content["previous"]["edition"]),
        previous_digest=str(content["previous"]["manifest"]),
    )


def read(content: bytes) -> tuple[Standing, dict[str, File]]:
    """What a manifest says: where the edition stands, and its files by path.

    Raises:
        Unreadable: where it is not a manifest of an edition.
    """
    try:
        found = json.loads(content)
        files = [File(str(f["path"]), int(f["size"]), str(f["sha256"])) for f in found["files"]]
        return _standing(found), {file.path: file for file in files}
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{MANIFEST} is not the manifest of an edition.") from error
