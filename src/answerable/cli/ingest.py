"""`answerable report ingest | list`: documents into the register from the command line.

With ``--dry-run`` nothing but the engine is used: no settings, no database.
"""

import importlib
import sys
import time
from pathlib import Path

import click

from answerable.cli import ready
from answerable.cli.explaining import explain
from answerable.cli.telling import as_line, aside, example, json_option, plural, tell
from answerable.engine.documents import read_safely
from answerable.engine.documents.shapes import Candidate, Limits, Reading, Unreadable


def candidate_line(candidate: Candidate) -> dict[str, object]:
    """One candidate as machines read it."""
    return {
        "number": candidate.number,
        "text": candidate.text,
        "page": candidate.page,
        "kind": candidate.kind,
        "addressees": [a.name for a in candidate.addressees],
        "due": (candidate.due.on.isoformat() if candidate.due.on else candidate.due.words)
        if candidate.due
        else None,
        "confidence": round(candidate.confidence, 3),
        "why": " ".join(candidate.why),
    }


def file_line(path: Path, reading: Reading, seconds: float) -> dict[str, object]:
    """One document as machines read it."""
    return {
        "file": str(path),
        "sha256": reading.sha256,
        "pages": len(reading.pages) if reading.paged else None,
        "seconds": round(seconds, 3),
        "candidates": [candidate_line(c) for c in reading.candidates if c.taken],
        "warnings": [n.sentence for n in reading.notices],
    }


def _tell_reading(path: Path, reading: Reading) -> None:
    taken = [c for c in reading.candidates if c.taken]
    pages = f", {plural(len(reading.pages), 'page')}" if reading.paged else ""
    tell(f"{path.name}{pages}: {len(taken)} found")
    for c in taken:
        where = f"page {c.page}" if c.page else "no page"
        tell(f"  {c.number or '–':>8}  {where:>9}  {c.confidence:4.0%}  {c.text[:90]}")
    for notice in reading.notices:
        tell(f"  ! {notice.sentence}")


def read_only(files: tuple[Path, ...], as_json: bool) -> int:
    """Read each file and say what was found; 1 where one could not be read."""
    code = 0
    for path in files:
        began = time.perf_counter()
        try:
            reading = read_safely(path, limits=Limits(), name=path.name)
        except Unreadable as error:
            code = 1
            as_line({"file": str(path), "error": error.sentence}) if as_json else aside(
                f"{path.name}: {error.sentence}"
            )
            continue
        if as_json:
            as_line(file_line(path, reading, time.perf_counter() - began))
        else:
            _tell_reading(path, reading)
    return code


@click.group()
def report() -> None:
    """Read documents and put them into the register."""


report.add_command(explain)


@report.command(
    epilog=example(
        "answerable report ingest --dry-run inspection.pdf",
        "answerable report ingest --as rosa@office.example \\",
        "    --author 'Inspectorate of Policing and Rescue' inspection.pdf",
    )
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--dry-run", is_flag=True, help="Only read and say what was found; no database is used."
)
@click.option(
    "--title", default="", help="Title of the report; the file's name where it is not given."
)
@click.option("--author", default="", help="Name or short name of the body that made the report.")
@click.option(
    "--report", "slug", default="", help="Add to the report with this slug instead of logging one."
)
@click.option(
    "--another", is_flag=True, help="It is another report than one here that looks the same."
)
@click.option(
    "--as", "email", default="", help="E-mail address of the governance officer who does this."
)
@json_option
def ingest(
    files: tuple[Path, ...],
    dry_run: bool,
    title: str,
    author: str,
    slug: str,
    another: bool,
    email: str,
    as_json: bool,
) -> None:
    """Read FILES and keep what was found for a person to check.

    A report is logged for each file, unless --report names one. Exit code 1 where a file was
    refused; the others are kept all the same. With --dry-run nothing is kept, and neither settings
    nor a database are needed.
    """
    if dry_run:
        sys.exit(read_only(files, as_json))
    ready()
    keeping = importlib.import_module("answerable.cli.keeping")
    into = keeping.Into(title=title, author=author, slug=slug, another=another)
    sys.exit(keeping.ingest(files, into=into, email=email, as_json=as_json))


@report.command("list", epilog=example("answerable report list --json"))
@json_option
def list_reports(as_json: bool) -> None:
    """List the reports of the register, newest first: date, recommendations, slug, title."""
    ready()
    keeping = importlib.import_module("answerable.cli.keeping")
    for line in keeping.reports():
        if as_json:
            as_line(line)
        else:
            tell(
                f"{line['published_on'] or '—':>12}  {line['recommendations']:>4}  "
                f"{line['slug']}  {line['title']}"
            )
