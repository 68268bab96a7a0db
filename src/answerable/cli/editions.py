"""`answerable edition …`: propose, publish, verify, export and list editions.

``verify PATH`` needs nothing but the copy: no settings, no database, no network. The verbs that
need them live in ``releasing.py``.
"""

import importlib
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import click

from answerable.cli import ready
from answerable.cli.telling import as_line, aside, example, json_option, plural, refuse, tell
from answerable.publishing.manifest import Unreadable
from answerable.publishing.verification import (
    Finding,
    editions_in,
    standing_of,
    verify_edition,
    verify_row,
)

MOST_SHOWN = 20


def _releasing() -> ModuleType:
    """The part that needs Django."""
    ready()
    return importlib.import_module("answerable.cli.releasing")


@click.group()
def edition() -> None:
    """Propose, publish, verify, export and list editions."""


# --- Verifying -------------------------------------------------------------------------------------


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder of an edition that came as a zip file, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="edition-") as name, zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if size > shutil.disk_usage(name).free:
            refuse(f"{path.name} unpacks to {size:,} bytes, and there is no room for them.")
        names = archive.namelist()
        if len(names) != len(set(names)):
            refuse(f"{path.name} holds two files of the same name: it is not as it was published.")
        archive.extractall(name)
        inside = [p for p in Path(name).iterdir() if p.is_dir()]
        yield inside[0] if len(inside) == 1 and len(list(Path(name).iterdir())) == 1 else Path(name)


def _line(where: str, folder: Path, found: list[Finding]) -> dict[str, object]:
    """What verifying one folder found, as machines read it."""
    try:
        standing, digest = standing_of(folder)
        number, published_at = standing.number, standing.published_at
    except Unreadable:
        number, published_at, digest = None, None, None
    return {
        "path": where,
        "edition": number,
        "published_at": published_at,
        "manifest": digest,
        "holds": not found,
        "findings": findings_of(found),
    }


def _verified(path: Path, digest: str) -> list[dict[str, object]]:
    """One line an edition: of a zip file, of a folder, or of every folder in a folder of editions."""
    if path.is_file():
        try:
            with unpacked(path) as folder:
                return [_line(str(path), folder, verify_edition(folder, digest=digest))]
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            refuse(f"{path.name} is not an edition in a zip file, or it is damaged ({error}).")
    folders = editions_in(path)
    if not folders:
        return [_line(str(path), path, verify_edition(path, digest=digest))]
    if digest:
        raise click.UsageError("--digest is for one edition: name its folder or its zip file.")
    lines = [_line(str(folder), folder, verify_edition(folder)) for folder in folders]
    row = verify_row(path)
    return [*lines, line_of_row(path, row)] if row else lines


def findings_of(found: list[Finding]) -> list[dict[str, str]]:
    """Findings as machines read them."""
    return [{"what": f.what, "path": f.path, "sentence": f.sentence} for f in found]


def line_of_row(root: Path, found: list[Finding]) -> dict[str, object]:
    """What is wrong with how the editions in a folder follow each other."""
    return {"path": str(root), "edition": None, "holds": False, "findings": findings_of(found)}


def tell_verified(lines: list[dict[str, object]], *, as_json: bool) -> int:
    """Say what verifying found; 1 where something is not as it was published."""
    for line in lines:
        if as_json:
            as_line(line)
            continue
        findings: list[dict[str, str]] = line["findings"]  # type: ignore[assignment]
        what = f"Edition {line['edition']}" if line["edition"] else str(line["path"])
        if line["holds"]:
            tell(f"{what} is as it was published. Its manifest's digest is {line['manifest']}")
            continue
        tell(f"{what} is not as it was published:")
        for found in findings[:MOST_SHOWN]:
            tell(f"  {found['sentence']}")
        if len(findings) > MOST_SHOWN:
            tell(f"  … and {plural(len(findings) - MOST_SHOWN, 'thing')} more; see --json.")
    return 0 if all(line["holds"] for line in lines) else 1


@edition.command(
    epilog=example(
        "answerable edition verify",
        "answerable edition verify edition-3.zip",
        "answerable edition verify copy-of-edition-3 --digest 9f86d081884c7d659a2feaa0c55ad015…",
    )
)
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--digest", default="", help="Digest of the manifest as you know it from elsewhere, in full."
)
@json_option
def verify(path: Path | None, digest: str, as_json: bool) -> None:
    """Say whether an edition is as it was published, and if not, what was changed.

    PATH is a copy: the folder of an edition, its zip file, or a folder of editions. It is checked
    without any database or setting, on any machine. Without PATH every edition published here is
    checked, also against the database. Exit code 1 where anything was changed, removed or added.
    """
    if path is None:
        if digest:
            raise click.UsageError("--digest needs PATH: it is for a copy.")
        sys.exit(tell_verified(_releasing().verified(), as_json=as_json))
    sys.exit(tell_verified(_verified(path, digest.strip().lower()), as_json=as_json))


# --- Publishing ------------------------------------------------------------------------------------

AS = click.option(
    "--as", "email", required=True, help="E-mail address of the publisher who does this."
)


@edition.command(epilog=example("answerable edition propose --as petra@office.example"))
@AS
@click.option("--note", default="", help="What the public should know of this edition.")
@json_option
def propose(email: str, note: str, as_json: bool) -> None:
    """Propose the next edition. Nothing is public until another publisher agrees."""
    _releasing().propose(email, note, as_json=as_json)


@edition.command(epilog=example("answerable edition show", "answerable edition show --json"))
@json_option
def show(as_json: bool) -> None:
    """Show the proposal that waits, with every line that would change in public, and its digest."""
    _releasing().show(as_json=as_json)


@edition.command(
    epilog=example(
        "answerable edition show",
        "answerable edition publish --as percy@office.example --seen 9f86d081884c7d65…",
    )
)
@AS
@click.option("--seen", default="", help="Digest of the proposal, from `answerable edition show`.")
@json_option
def publish(email: str, seen: str, as_json: bool) -> None:
    """Approve the proposal that waits, as the second publisher, and publish it.

    The approval is of exactly what was seen: without --seen the changes are shown, and a person at
    the keyboard is asked. All or nothing: whatever happens, the last edition stands.
    """
    _releasing().publish(email, seen.strip(), as_json=as_json)


@edition.command("list", epilog=example("answerable edition list --json"))
@json_option
def list_editions(as_json: bool) -> None:
    """List every edition, also those sent back or withdrawn, newest first."""
    _releasing().list_editions(as_json=as_json)


@edition.command(
    epilog=example(
        "answerable edition export 3 edition-3.zip",
        "answerable edition export newest /media/stick/edition",
    )
)
@click.argument("number")
@click.argument("target", type=click.Path(path_type=Path))
@json_option
def export(number: str, target: Path, as_json: bool) -> None:
    """Copy edition NUMBER (or newest) to TARGET: one file where it ends in .zip, else a folder.

    It is verified before and after. What is copied stands alone: it opens in any browser from any
    disk, and anyone can verify it with `answerable edition verify`.
    """
    if number != "newest" and not number.isdecimal():
        raise click.UsageError("NUMBER is the number of an edition, or newest.")
    if target.exists():
        refuse(f"{target} exists already. Give a new name; nothing is overwritten.")
    if not target.absolute().parent.is_dir():
        refuse(f"{target.absolute().parent} is not a folder. Make it first.")
    line = _releasing().export(number, target)
    if as_json:
        as_line(line)
    else:
        tell(f"Edition {line['edition']} is in {target}.")
        aside(f"Its manifest's digest is {line['manifest']}")
