"""The part of `answerable report` that needs the database."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.db.models import Count

from answerable.accounts.models import Body, Person
from answerable.audit.rules import Refused
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, plural, refuse, tell
from answerable.engine.documents import Unreadable, check_safely
from answerable.register.queries.candidates import directory
from answerable.register.queries.naming import plain_name
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reading import read_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Candidate, Document, Report
from answerable.reports.queries.files import limits
from answerable.reports.queries.reports import OWN
from answerable.reports.rules.documents import check_is_new


def _officer(email: str) -> Person:
    if not email:
        refuse(
            "Say who does this: --as EMAIL of a governance officer. What is received has a name to it."
        )
    person = (
        Person.objects.filter(email__iexact=email, is_active=True).select_related("body").first()
    )
    return person or refuse(f"Nobody with the address {email} may sign in here.")


def _author(name: str) -> Body:
    found = directory().by_name.get(plain_name(name), ()) if name else ()
    if len(found) != 1:
        refuse("Say which body made the report: --author NAME, one of the bodies of this register.")
    return found[0]


@dataclass(frozen=True, slots=True)
class Into:
    """The report that files are put into: a known one by its slug, or a new one for each."""

    title: str = ""
    author: str = ""
    slug: str = ""
    another: bool = False


def _report_for(path: Path, into: Into, by: Person) -> Report:
    if into.slug:
        return Report.objects.get(slug=into.slug)
    title = into.title or path.stem.replace("-", " ").replace("_", " ")
    return log_report(
        by=by,
        title=title,
        kind=Report.Kind.OTHER,
        author=_author(into.author),
        another=into.another,
    )


def _check_file(path: Path) -> None:
    """Refuses what would be refused anyway, before a report is logged for it."""
    with path.open("rb") as stream:
        check_is_new(hashlib.file_digest(stream, "sha256").hexdigest())
    try:
        check_safely(path, limits=limits(), name=path.name)
    except Unreadable as refusal:
        if not refusal.parked:
            raise Refused(refusal.sentence, code=refusal.code) from refusal


def _settled(document: Document) -> Document:
    """The document once it was read or put aside: by us, or by a worker that was quicker."""
    read_document.call(document_id=document.pk)
    document.refresh_from_db()
    while document.state == Document.State.READING:
        time.sleep(0.2)
        document.refresh_from_db()
    return document


def _keep(path: Path, into: Into, by: Person) -> dict[str, object]:
    _check_file(path)
    report = _report_for(path, into, by)
    try:
        with path.open("rb") as stream:
            received = receive_document(
                by=by, report=report, upload=File(stream, path.name), name=path.name
            )
    except Refused as error:
        if into.slug:
            raise
        raise Refused(
            f"{error.sentence} The report was logged without it: try again with "
            f"--report {report.slug}"
        ) from error
    document = _settled(received)
    found = Candidate.objects.filter(OWN, reading__document=document).count()
    return {
        "file": str(path),
        "sha256": document.sha256,
        "report": report.slug,
        "state": document.state,
        "because": document.state_reason,
        "candidates": found,
    }


def ingest(files: tuple[Path, ...], *, into: Into, email: str, as_json: bool) -> int:
    """Receive and read each file; 1 where one was refused. The others are kept all the same."""
    refuse_if_behind()
    by = _officer(email)
    if into.slug and not Report.objects.filter(slug=into.slug).exists():
        refuse(f"There is no report {into.slug}.")
    if not into.slug:
        _author(into.author)
    code = 0
    for path in files:
        try:
            line = _keep(path, into, by)
        except Refused as error:
            code = 1
            as_line({"file": str(path), "error": error.sentence}) if as_json else aside(
                f"{path.name}: {error.sentence}"
            )
            continue
        as_line(line) if as_json else tell(_words(path, line))
    return code


def _words(path: Path, line: Mapping[str, object]) -> str:
    """What became of a file, in words."""
    if line["state"] == Document.State.READ:
        return f"{path.name}: read, {plural(int(str(line['candidates'])), 'candidate')} to check."
    return f"{path.name}: put aside. {line['because']}".rstrip()


def reports() -> Iterator[dict[str, object]]:
    """Each report with its counts, newest first."""
    refuse_if_behind()
    rows = Report.objects.annotate(n=Count("recommendations")).select_related("author")
    for r in rows.order_by("-published_on", "title"):
        yield {
            "slug": r.slug,
            "title": r.title,
            "author": r.author.name,
            "published_on": r.published_on.isoformat()
            if r.published_on
            else r.published_words or None,
            "recommendations": r.n,
        }
