"""The part of `answerable edition` that needs settings and the database."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from answerable.accounts.models import Person
from answerable.cli.editions import findings_of, line_of_row, unpacked
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, plural, refuse, tell
from answerable.publishing import changes, folders, queries
from answerable.publishing.actions import approve_edition, propose_edition
from answerable.publishing.models import Edition
from answerable.publishing.rules import check_may_approve
from answerable.publishing.verification import verify_edition, verify_row


def _publisher(email: str) -> Person:
    person = (
        Person.objects.filter(email__iexact=email, is_active=True).select_related("body").first()
    )
    return person or refuse(f"Nobody with the address {email} may sign in here.")


def _waiting() -> Edition:
    found = Edition.objects.filter(state=Edition.State.PROPOSED).select_related("proposed_by")
    return found.first() or refuse(
        "No proposal waits. A publisher makes one: answerable edition propose --as EMAIL"
    )


# --- Proposing, showing, publishing ----------------------------------------------------------------


def _counted(edition: Edition) -> str:
    """``3 recommendations added, 1 report changed``."""
    found = [
        f"{plural(count, kind, 'bodies' if kind == 'body' else '')} {what}"
        for kind, by_what in changes.counts(edition.changes).items()
        for what, count in by_what.items()
        if count
    ]
    return ", ".join(found)


def _proposal(edition: Edition) -> dict[str, object]:
    return {
        "edition": edition.number,
        "proposed_by": edition.proposed_by.email,
        "proposed_at": edition.proposed_at.isoformat(timespec="seconds"),
        "note": edition.note,
        "digest": edition.content_digest,
        "changes": edition.changes,
    }


def _laid_out(edition: Edition) -> Iterator[str]:
    """Every line that would change in public, as text."""
    for change in edition.changes:
        yield f"{change['what']}: {change['kind']} {change['key']} {change['title']}".rstrip()
        for line in change["lines"]:
            if line["old"]:
                yield f"  - {line['label']}: {line['old']}"
            if line["new"]:
                yield f"  + {line['label']}: {line['new']}"


def propose(email: str, note: str, *, as_json: bool) -> None:
    """Propose the next edition as the publisher with this address."""
    refuse_if_behind()
    edition = propose_edition(by=_publisher(email), note=note)
    if as_json:
        as_line(_proposal(edition))
        return
    tell(f"Edition {edition.number} is proposed: {_counted(edition)}.")
    tell("Nothing is public until another publisher approves it: answerable edition show")


def show(*, as_json: bool) -> None:
    """Show the proposal that waits."""
    refuse_if_behind()
    edition = _waiting()
    if as_json:
        as_line(_proposal(edition))
        return
    tell(f"Edition {edition.number}, proposed by {edition.proposed_by}: {_counted(edition)}.")
    for line in _laid_out(edition):
        tell(line)
    tell(f"Its digest is {edition.content_digest}")


def _ask(edition: Edition, *, as_json: bool) -> str:
    """The digest of what a person at the keyboard has seen and agreed to."""
    if as_json or not sys.stdin.isatty():
        refuse(
            "Say what you have seen: --seen with the digest that `answerable edition show` gives."
        )
    show(as_json=False)
    if not click.confirm(f"Publish edition {edition.number} with exactly these changes?"):
        refuse("Nothing was published.")
    return edition.content_digest


def publish(email: str, seen: str, *, as_json: bool) -> None:
    """Approve the waiting proposal as the publisher with this address."""
    refuse_if_behind()
    edition, by = _waiting(), _publisher(email)
    # Asked before anyone is made to read it all.
    check_may_approve(by, edition, queries.since(edition).digest)
    seen = seen or _ask(edition, as_json=as_json)
    published = approve_edition(
        by=by, edition=edition, content_digest=seen, progress=_quiet if as_json else _progress
    )
    if as_json:
        as_line(_row(published))
        return
    tell(f"Edition {published.number} is public.")
    tell(f"Its manifest's digest is {published.manifest_digest}")


def _quiet(path: str, done: int) -> None:
    """Machines want no progress."""


def _progress(path: str, done: int) -> None:
    if done % 1000 == 0:
        aside(f"{done:,} files written …")


# --- Listing ---------------------------------------------------------------------------------------


def _row(edition: Edition) -> dict[str, object]:
    at = edition.published_at
    return {
        "edition": edition.number,
        "state": edition.state,
        "proposed_by": edition.proposed_by.email,
        "decided_by": edition.decided_by.email if edition.decided_by else None,
        "published_at": at.isoformat(timespec="seconds") if at else None,
        "manifest": edition.manifest_digest or None,
    }


def list_editions(*, as_json: bool) -> None:
    """Every edition there is or was to be."""
    refuse_if_behind()
    for edition in queries.editions():
        if as_json:
            as_line(_row(edition))
            continue
        day = (edition.published_at or edition.proposed_at).date().isoformat()
        tell(f"{edition.number:>5}  {day}  {edition.get_state_display()}")


# --- Verifying and exporting -----------------------------------------------------------------------


def verified() -> list[dict[str, object]]:
    """Every published edition against its files and the database, and the row they stand in."""
    refuse_if_behind()
    lines: list[dict[str, object]] = []
    for edition in queries.editions().filter(state=Edition.State.PUBLISHED).order_by("number"):
        folder = queries.folder_of(edition)
        found = verify_edition(folder, digest=edition.manifest_digest)
        holds = {"path": str(folder), "holds": not found, "findings": findings_of(found)}
        lines.append(_row(edition) | holds)
    row = verify_row(queries.root())
    if row:
        lines.append(line_of_row(queries.root(), row))
    return lines


def export(number: str, target: Path) -> dict[str, object]:
    """Copy a published edition, verified before and after; complete or not there."""
    refuse_if_behind()
    published = queries.editions().filter(state=Edition.State.PUBLISHED)
    edition = queries.newest() if number == "newest" else published.filter(number=number).first()
    if edition is None:
        refuse("There is no such edition: answerable edition list")
    _refuse_changed(queries.folder_of(edition), edition)
    partial = target.with_name(f".{target.name}.partial")
    try:
        _copy(edition, partial, as_zip=target.suffix == ".zip")
        partial.rename(target)
    except OSError as error:
        refuse(f"The copy could not be written ({error.strerror}). Nothing was left behind.")
    finally:
        _remove(partial)
    return _row(edition) | {"path": str(target)}


def _copy(edition: Edition, partial: Path, *, as_zip: bool) -> None:
    folder = queries.folder_of(edition)
    _remove(partial)
    if as_zip:
        name = folders.zip_name(edition.number).removesuffix(".zip")
        folders.zip_to(folder, partial, name)
        with unpacked(partial) as copy:
            _refuse_changed(copy, edition)
        return
    shutil.copytree(folder, partial)
    _refuse_changed(partial, edition)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_changed(folder: Path, edition: Edition) -> None:
    found = verify_edition(folder, digest=edition.manifest_digest)
    if found:
        refuse(f"Edition {edition.number} is not as it was published: {found[0].sentence}")
