"""`answerable audit verify`: walk the chain, and name the first thing that does not hold."""

import sys
from dataclasses import replace

import click

from answerable.assurance.queries import impossible as assurance
from answerable.audit import queries
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, example, json_option, plural, tell
from answerable.gaps.queries import drafts
from answerable.plan.queries import impossible as plan
from answerable.publishing.queries import known_heads
from answerable.register.queries import links
from answerable.register.queries.reply_readings import changed_answers
from answerable.reports.queries.documents import changed_proposals


@click.group()
def audit() -> None:
    """Verify the record of who did what."""


def _nothing(seq: int) -> None:
    """Machines want no progress."""


def _progress(seq: int) -> None:
    if seq % 10_000 == 0 and seq:
        aside(f"{seq:,} events …")


def _impossible() -> str | None:
    """What no act leads to, whatever the chain says of it."""
    return links.impossible() or plan.impossible() or assurance.impossible() or drafts.impossible()


@audit.command(epilog=example("answerable audit verify", "answerable audit verify --json"))
@json_option
def verify(as_json: bool) -> None:
    """Walk every event from the first to the last, and compare every record with its last event.

    The heads that published editions name are compared too, so an end that was cut off is seen;
    what the reader proposed must be as it was, and the locks of the database itself in place. No
    record may tell of what no act leads to: an opinion of someone who was not independent, a closure
    on none, a first date that was lost, a draft taken
    into a plan before anyone owned it.
    Exit code 1 where something does not hold, with the first such thing in words.
    """
    refuse_if_behind()
    verdict = queries.verify(heads=known_heads(), on_event=_nothing if as_json else _progress)
    if verdict.holds:
        verdict = replace(
            verdict, problem=changed_proposals() or changed_answers() or _impossible()
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
            f"The chain holds: {plural(verdict.events, 'event')}, "
            f"{plural(verdict.records, 'record')} as their events left them."
        )
        tell(f"Its head is {verdict.head}")
    else:
        tell(f"The chain does not hold. {verdict.problem}")
    sys.exit(0 if verdict.holds else 1)
