"""`answerable reading review`: how well documents are read in real use, and the cases to measure by."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import click

from answerable.cli.running import refuse_if_behind
from answerable.cli.telling import as_line, aside, example, json_option, plural, refuse, tell
from answerable.reports.queries.cases import cases
from answerable.reports.queries.review import Band, Review, Row, review


@click.group()
def reading() -> None:
    """See how well documents are read in real use."""


@reading.command(
    "review",
    epilog=example(
        "answerable reading review",
        "answerable reading review --export cases.jsonl",
    ),
)
@click.option(
    "--export",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every case to this new file, one JSON object a line, without any words.",
)
@click.option(
    "--with-text", is_flag=True, help="With --export: write the words and whose they are as well."
)
@json_option
def review_command(path: Path | None, with_text: bool, as_json: bool) -> None:
    """Say how often people found the reader right, from what they decided on the checking page.

    The cases of an export tell outcomes, lengths, forms of numbers and how much of the words is
    shared. No words leave unless --with-text asks for them.
    """
    refuse_if_behind()
    if with_text and path is None:
        raise click.UsageError("--with-text says what --export writes: name a file.")
    if path is not None:
        count = _write(path, cases(with_text=with_text))
        held = "with their words" if with_text else "without any words"
        aside(f"{plural(count, 'case')} written to {path}, {held}.")
    found = review()
    if as_json:
        as_line(review_line(found))
    else:
        _tell(found)


def _write(path: Path, rows: Iterable[dict[str, object]]) -> int:
    """Write ``rows`` to a new file that only its owner may read. Returns how many."""
    count = 0
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        refuse(f"{path} cannot be written: {error.strerror}. Nothing was written.")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


# --- For machines ---------------------------------------------------------------------------------


def review_line(found: Review) -> dict[str, object]:
    """The review as machines read it."""
    return {
        "documents": found.documents,
        "checked_to_the_end": found.checked,
        "everything": _row(found.everything),
        "makers": [{"maker": row.name, **_row(row)} for row in found.makers],
        "versions": [{"engine": row.name, **_row(row)} for row in found.versions],
        "bands": [_band(band) for band in found.bands],
        "calibration_error": _rounded(found.away),
    }


def _row(row: Row) -> dict[str, object]:
    all_of = row.all
    return {
        "found": all_of.found,
        "decided": all_of.decided,
        "accepted": all_of.unchanged,
        "relabelled": all_of.relabelled,
        "corrected": all_of.rebound,
        "split": all_of.split,
        "merged": all_of.joined,
        "dismissed": all_of.dismissed,
        "missed": all_of.missed,
        "precision": _rounded(row.precision),
        "recall": _rounded(row.recall),
        "exact": _rounded(all_of.exact),
    }


def _band(band: Band) -> dict[str, object]:
    return {
        "tenths": band.tenths,
        "expected": _rounded(band.expected),
        "decided": band.decided,
        "right": band.right,
        "share": _rounded(band.share),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


# --- For people -----------------------------------------------------------------------------------


def percent(share: float | None) -> str:
    """``91 %``; a dash where there is nothing to count."""
    return "–" if share is None else f"{share:.0%}".replace("%", " %")


def _tell(found: Review) -> None:
    if not found.everything.all.decided and not found.everything.all.missed:
        tell("Nobody has decided on anything that was found yet, so there is nothing to review.")
        return
    read = plural(found.documents, "document")
    tell(f"{read} read, {found.checked:,} checked to the end.")
    tell("Right: what was proposed and is asked for. Found: what is asked for and was proposed,")
    tell("counted in documents checked to the end. Exact: of what was right, with the right words.")
    tell("")
    _tell_rows("Made by", (*found.makers, found.everything))
    _tell_rows("Version of the reader", found.versions)
    tell("As sure as it should be")
    for band in found.bands:
        tell(
            f"  {band.words:<36} {band.decided:>7,} decided  {band.right:>7,} right"
            f"  {percent(band.share):>6}"
        )
    tell(f"  On average {percent(found.away)} away from what it should be.")


def _tell_rows(title: str, rows: Iterable[Row]) -> None:
    tell(f"{title:<40} decided  dismissed   missed   right   found   exact")
    for row in rows:
        of = row.all
        tell(
            f"  {row.name[:38]:<38} {of.decided:>7,} {of.dismissed:>10,} {of.missed:>8,}"
            f" {percent(row.precision):>7} {percent(row.recall):>7} {percent(of.exact):>7}"
        )
    tell("")
