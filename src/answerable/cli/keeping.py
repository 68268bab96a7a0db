"""The part of `answerable report` that needs the database."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.db.models import Count

from answerable.accounts.models import Body, Person
from answerable.audit.rules import Refused
from answerable.cli.telling import as_line, aside, refuse, tell
from answerable.register.queries.candidates import directory, plain_name
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reading import read_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report


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


def _report_for(path: Path, *, by: Person, title: str, author: str, slug: str) -> Report:
    if slug:
        return Report.objects.filter(slug=slug).first() or refuse(f"There is no report {slug}.")
    name = title or path.stem.replace("-", " ").replace("_", " ")
    return log_report(by=by, title=name, kind=Report.Kind.OTHER, author=_author(author))


def _one(path: Path, report: Report, by: Person) -> dict[str, object]:
    with path.open("rb") as stream:
        document = receive_document(
            by=by, report=report, upload=File(stream, path.name), name=path.name
        )
    read_document.call(document_id=document.pk)
    document.refresh_from_db()
    found = (
        document.reading.candidates.filter(taken=True).count()
        if document.state == Document.State.READ
        else 0
    )
    return {
        "file": str(path),
        "sha256": document.sha256,
        "report": report.slug,
        "state": document.state,
        "because": document.state_reason,
        "candidates": found,
    }


def ingest(
    files: tuple[Path, ...], *, title: str, author: str, slug: str, email: str, as_json: bool
) -> int:
    """Receive and read each file; 1 where one was refused. The others are kept all the same."""
    by = _officer(email)
    code = 0
    for path in files:
        try:
            line = _one(path, _report_for(path, by=by, title=title, author=author, slug=slug), by)
        except Refused as error:
            code = 1
            as_line({"file": str(path), "error": error.sentence}) if as_json else aside(
                f"{path.name}: {error.sentence}"
            )
            continue
        if as_json:
            as_line(line)
        else:
            tell(
                f"{path.name}: {line['state']}, {line['candidates']} candidates to check. {line['because']}".rstrip()
            )
    return code


def reports() -> Iterator[dict[str, object]]:
    """Each report with its counts, newest first."""
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
