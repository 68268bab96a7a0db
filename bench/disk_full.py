"""The disk fills up while a document is received: refused in words, and nothing is left behind.

    python bench/disk_full.py [--tries 12]

A real small file system (tmpfs, in a mount namespace of its own) holds the documents, or the
whole data folder with its database. Exit code 1 on any loss. The last line has the figures.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
ROOM = 12 * 1024 * 1024


def enter() -> int:
    """Start again inside a mount namespace, where a small file system may be mounted."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    with tempfile.TemporaryDirectory(prefix="answerable-full-") as folder:
        script = f'mount -t tmpfs -o size={ROOM} tmpfs "{folder}" && exec "$0" "$@"'
        command = ["unshare", "--mount", *root, "sh", "-c", script, sys.executable, *sys.argv]
        inside = {"BENCH_INSIDE": folder, "ANSWERABLE_DATA": f"{folder}/data"}
        return subprocess.run(command, env=os.environ | inside).returncode


def files(folder: Path) -> set[str]:
    """Every file of the data folder but the database's own."""
    return {
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith(("answerable.sqlite3", "secret-key"))
    }


def fill(folder: Path, leave: int) -> Path:
    """A file that leaves ``leave`` bytes free."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler = folder / "filler"
    filler.write_bytes(b"\0" * max(0, free - leave))
    return filler


def run(tries: int) -> int:
    """Receive documents with less and less room, and look at what is left each time."""
    sys.path.insert(0, str(TREE / "bench"))
    import stage
    from django.db import connection

    from answerable.audit import queries as audit
    from answerable.audit.rules import Refused
    from answerable.reports.actions.documents import receive_document
    from answerable.reports.models import Document

    rosa, _, _, _, report = stage.world()
    losses, refused, kept, sentence = [], 0, 0, ""
    for n in range(tries):
        content = stage.document(f"full-{n}", 5) + b"A word of evidence. " * 60_000  # about 1.2 MB
        before, rows = files(stage.DATA), Document.objects.count()
        filler = fill(stage.DATA.parent, int(3_000_000 * (tries - 1 - n) / (tries - 1)))
        try:
            receive_document(by=rosa, report=report, upload=io.BytesIO(content), name=f"{n}.txt")
            kept += 1
            continue
        except Refused as error:
            refused, sentence = refused + 1, error.sentence
        except Exception as error:
            losses.append(f"try {n}: {type(error).__name__} reached the person: {error}")
        finally:
            filler.unlink()
        if Document.objects.count() != rows:
            losses.append(f"try {n}: a row was left behind")
        if left := files(stage.DATA) - before:
            losses.append(f"try {n}: left behind: {left}")
    after = receive_document(
        by=rosa, report=report, upload=io.BytesIO(stage.document("after")), name="after.txt"
    )
    if Document.objects.get(pk=after.pk).file.size != len(stage.document("after")):
        losses.append("with room again, the document was not kept whole")
    verdict = audit.verify()
    if verdict.problem:
        losses.append(verdict.problem)
    for line in losses:
        print(line)
    print(f"“{sentence}”")
    print(
        f"disk-full: {connection.vendor}, {tries} documents with ever less room: {refused} refused in words, "
        f"{kept} kept whole, losses: {len(losses) or 'none'}"
    )
    return 1 if losses or not refused else 0


def main() -> int:
    """Exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=12)
    given = parser.parse_args()
    return run(given.tries) if "BENCH_INSIDE" in os.environ else enter()


if __name__ == "__main__":
    sys.exit(main())
