"""`answerable handover export | verify | import`: a body's whole record, from office to office."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from answerable.accounts.models import Body
from answerable.audit.actions import OPERATOR
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, example, json_option, plural, refuse, tell
from answerable.engine.sealed import NotSealed
from answerable.handover.actions.giving import hand_over
from answerable.handover.actions.receiving import take_in
from answerable.handover.queries.known import references_of
from answerable.handover.queries.unpacking import open_archive

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def handover() -> None:
    """Give a body's record to another office, or take one in.

    The archive holds every recommendation asked of the body with its documents, replies, plan,
    claims, evidence and opinions, and the part of the chain that proves them. Sealed evidence is in
    it: send it as you would send that. Names and addresses of people are not.
    """


def _body(slug: str) -> Body:
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        known = ", ".join(Body.objects.filter(is_office=False).values_list("slug", flat=True)[:40])
        refuse(f"There is no body “{slug}” here. There are: {known}.")
    return body


def _told(manifest: dict[str, Any], here: Mapping[str, str] | None = None) -> None:
    """What an archive says of itself: how much, and what is open and why.

    ``here``: the references that they have been given in this register, if they have.
    """
    asked = manifest["open"]
    still = [line for line in asked if not line["closed"]]
    tell(
        f"{manifest['body']['name']}, from {manifest['office']} to {manifest['to']}: "
        f"{plural(len(asked), 'recommendation')}, {len(still)} open, {len(asked) - len(still)} closed."
    )
    for line in still:
        was = line["reference"]
        name = f"{here[was]} (there {was})" if here else was
        tell(f"  {name}  {line['why']}")
    if manifest["left_behind"]:
        left = plural(len(manifest["left_behind"]), "thing")
        aside(f"{left} that the same events touched stayed behind; each is named in the manifest.")


@handover.command(
    name="export",
    epilog=example('answerable handover export northmoor-council council.tar --to "The Mayor"'),
)
@click.argument("body")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "office", required=True, help="The office that it is handed over to.")
@json_option
def export(body: str, target: Path, office: str, as_json: bool) -> None:
    """Write the whole record of BODY (its short address) to the file TARGET.

    Nothing here changes or goes: the register keeps it all, and says that it was handed over.
    """
    if not target.absolute().parent.is_dir():
        refuse(f"{target.absolute().parent} is not a folder. Make it first.")
    refuse_if_behind()
    try:
        given, manifest = hand_over(by=OPERATOR, body=_body(body), office=office, target=target)
    except FileExistsError:
        refuse(f"{target} exists already. Give a new name; a handover is never overwritten.")
    except OSError as error:
        refuse(f"The handover could not be written ({error.strerror}). Nothing was left behind.")
    if as_json:
        said = {key: manifest[key] for key in ("body", "office", "to", "counts", "head", "open")}
        as_line({"file": str(target), "sha256": given.sha256, "bytes": given.size, **said})
        return
    tell(f"{target}: {given.size:,} bytes, SHA-256 {given.sha256}.")
    _told(manifest)


@handover.command(epilog=example("answerable handover verify council.tar"))
@click.argument("source", type=FILE)
@json_option
def verify(source: Path, as_json: bool) -> None:
    """Check that the handover SOURCE is whole, and exactly what the giving office's chain says."""
    try:
        opened = open_archive(source)
    except NotSealed as error:
        refuse(f"{source.name} cannot be used. {error}")
    if as_json:
        as_line({"file": str(source), "holds": opened.holds, "problems": opened.problems})
    if not opened.holds:
        refuse(f"{source.name} cannot be trusted. {' '.join(opened.problems)}")
    if not as_json:
        rows, head = sum(opened.manifest["counts"].values()), opened.manifest["head"][0]
        tell(f"{source.name} is whole: {rows} rows, as the chain has them up to event {head}.")
        _told(opened.manifest)


@handover.command(name="import", epilog=example("answerable handover import council.tar"))
@click.argument("source", type=FILE)
@json_option
def import_(source: Path, as_json: bool) -> None:
    """Take in the handover SOURCE: verified first, and all of it or nothing.

    What came gets references of this register beside the ones it had. Give the body its successor
    here, and pass on to it what it answers for now.
    """
    refuse_if_behind()
    received, manifest = take_in(by=OPERATOR, archive=source)
    if as_json:
        line = {"body": received.body.slug, "sha256": received.sha256, "counts": received.counts}
        as_line({"file": str(source), **line})
        return
    tell(f"Taken in and complete: {sum(received.counts.values())} rows.")
    _told(manifest, references_of(received))
