"""`answerable gaps run`, `list`, `show`, `verify`: what is missing of everything that was asked."""

import sys
from pathlib import Path
from typing import Any

import click

from answerable.accounts.models import Body
from answerable.audit.actions import OPERATOR
from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, example, json_option, plural, refuse, tell
from answerable.engine.clocks import in_words
from answerable.engine.gap_analysis import KINDS, Analysis
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.models import GapRun
from answerable.gaps.queries import runs


@click.group()
def gaps() -> None:
    """Say what is missing of everything that was asked."""


def _body(slug: str) -> Body:
    found = Body.objects.filter(slug=slug).first()
    if found is None:
        refuse(f"There is no body “{slug}”. Its slug stands at the end of the address of its page.")
    return found


def _line(run: GapRun) -> dict[str, Any]:
    return {
        "reference": run.reference,
        "dated_on": run.dated_on.isoformat(),
        "scope": run.body.slug if run.body else None,
        "head": {"seq": run.head_seq, "digest": run.head_digest},
        "sha256": run.sha256,
    }


def _scope(run: GapRun) -> str:
    return run.body.name if run.body else "all bodies"


def _counted(found: Analysis) -> str:
    missing = plural(found.counts.gaps, "gap")
    return f"{missing} in {found.counts.with_gap:,} of {plural(found.counts.undertakings, 'undertaking')}"


@gaps.command(
    "run",
    epilog=example(
        "answerable gaps run", "answerable gaps run --body northmoor-police --json gaps.json"
    ),
)
@click.option("--body", "slug", metavar="SLUG", help="Only what this body was asked.")
@click.option(
    "--json",
    "path",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write what was found to this file too, as canonical JSON.",
)
def run_command(slug: str | None, path: Path | None) -> None:
    """Run a gap analysis of the record as it stands today, and keep it.

    It is frozen under the next reference (G-0001), with its SHA-256 and the event of the audit
    chain that it read up to. Over the same record it gives the same bytes.
    """
    refuse_if_behind()
    run = run_analysis(by=OPERATOR, body=_body(slug) if slug else None)
    if path is not None:
        path.write_bytes(run.content.encode())
    found = runs.analysis_of(run)
    tell(f"{run.reference}, {_scope(run)}, {in_words(run.dated_on)}: {_counted(found)}.")
    _tell_kinds(found)


def _tell_kinds(found: Analysis) -> None:
    for kind, count in found.by_kind.items():
        if count:
            tell(f"  {count:>7,}  {KINDS[kind].name if kind in KINDS else kind}")


@gaps.command("list", epilog=example("answerable gaps list"))
@json_option
def list_command(as_json: bool) -> None:
    """List the gap analyses that were run, the newest first."""
    refuse_if_behind()
    every = GapRun.objects.select_related("body").defer("content")
    for run in every:
        if as_json:
            as_line(_line(run))
        else:
            tell(f"{run.reference}  {run.dated_on}  {_scope(run)}  {run.sha256[:12]}")
    if not every and not as_json:
        tell("No gap analysis was run yet. Run: answerable gaps run")


@gaps.command("show", epilog=example("answerable gaps show G-0001"))
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="All of it, as it is kept: canonical JSON.")
def show_command(reference: str, as_json: bool) -> None:
    """Show what a gap analysis found, the gravest first."""
    refuse_if_behind()
    run = runs.with_reference(reference)
    if as_json:
        click.echo(run.content)
        return
    found = runs.analysis_of(run)
    tell(f"{run.reference}, {_scope(run)}, {in_words(run.dated_on)}: {_counted(found)}.")
    for gap in found.gaps:
        name = KINDS[gap.kind].name if gap.kind in KINDS else gap.kind
        tell(f"{gap.recommendation}  {found.body_names[gap.body]}  {name}: {gap.because}")


@gaps.command("verify", epilog=example("answerable gaps verify G-0001"))
@click.argument("reference")
@json_option
def verify_command(reference: str, as_json: bool) -> None:
    """Check that a gap analysis is as it was kept.

    Where the record still stands as it did, the analysis is made again and the bytes are compared.
    Exit code 1 where it does not hold.
    """
    refuse_if_behind()
    run = runs.with_reference(reference)
    verdict = runs.verify(run)
    if as_json:
        as_line({**_line(run), "intact": verdict.intact, "same": verdict.same})
    else:
        tell(_intact(run, verdict.intact))
        tell(_same(run, verdict.same))
    sys.exit(0 if verdict.holds else 1)


def _intact(run: GapRun, intact: bool) -> str:
    if intact:
        return f"{run.reference} is as it was kept: its SHA-256 is {run.sha256}."
    return f"{run.reference} was changed: its content no longer gives {run.sha256}."


def _same(run: GapRun, same: bool | None) -> str:
    if same is None:
        return (
            f"The record has moved on since event {run.head_seq}, so it cannot be made again here."
        )
    if same:
        return f"The record still stands at event {run.head_seq}. Made again, it is the same."
    return f"The record still stands at event {run.head_seq}, but made again it is not the same."
