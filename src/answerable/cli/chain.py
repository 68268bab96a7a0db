"""`answerable audit verify`: walk the chain, and name the first thing that does not hold."""

import sys

import click

from answerable.audit import queries
from answerable.cli.telling import as_line, aside, json_option, tell
from answerable.publishing.queries import known_heads


@click.group()
def audit() -> None:
    """Verify the record of who did what."""


@audit.command()
@json_option
def verify(as_json: bool) -> None:
    """Walk every event from the first to the last, and compare every record with its last event.

    The heads that published editions name are compared too, so an end that was cut off is seen.
    Exit code 1 where something does not hold, with the first such thing in words.
    """
    verdict = queries.verify(
        heads=known_heads(), on_event=lambda seq: None if as_json else aside(f"\r{seq} events …")
    )
    if as_json:
        as_line(
            {
                "holds": verdict.holds,
                "events": verdict.events,
                "records": verdict.records,
                "head": verdict.head,
                "problem": verdict.problem,
            }
        )
    elif verdict.holds:
        tell(
            f"The chain holds: {verdict.events} events, {verdict.records} records as their events left them."
        )
        tell(f"Its head is {verdict.head}")
    else:
        tell(f"The chain does not hold. {verdict.problem}")
    sys.exit(0 if verdict.holds else 1)
