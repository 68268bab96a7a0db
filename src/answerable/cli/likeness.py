"""`answerable likeness`: what repeats. `rank` compares two files and needs no database."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from answerable.cli import Lazily
from answerable.cli.likeness_meaning import meaning as build_meaning
from answerable.cli.telling import aside, example
from answerable.engine.similarity import Item, rank
from answerable.engine.similarity.meaning import Meaning, why_not
from answerable.engine.similarity.ranking import Meant, Ranked

IN_THE_RECORD: dict[str, tuple[str, str]] = {
    "ask": ("likeness_index", "Say whether something was asked before."),
    "index": ("likeness_index", "Put into the index what is missing from it."),
    "rebuild": ("likeness_index", "Write the whole index anew."),
    "pairs": ("likeness_index", "Write what people decided of two recommendations as CSV."),
}
"""Commands that ask the office's own record: they need Django, so they are loaded when used."""

_LONGEST = 16_000_000
"""Characters of one cell."""
_DIGITS = 6


class BadFile(ValueError):
    """A file that cannot be compared, with the sentence that says why."""


@click.group(cls=Lazily, lazy=IN_THE_RECORD)
def likeness() -> None:
    """Find what repeats: compare recommendations with each other."""


likeness.add_command(build_meaning)


@likeness.command(
    "rank",
    epilog=example(
        "answerable likeness rank asked-now.csv asked-before.csv",
        "answerable likeness rank asked-now.csv asked-before.csv --top 50 --meaning",
    ),
)
@click.argument("left", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("right", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many of RIGHT for each of LEFT.",
)
@click.option("--meaning", is_flag=True, help="Compare meanings too: needs the extra [meaning].")
def rank_files(left: Path, right: Path, top: int, meaning: bool) -> None:
    """Rank the texts of RIGHT by their likeness to each text of LEFT.

    Both are CSV files in UTF-8 with a line of headings and the columns id and text; other columns
    are passed over. Standard output is CSV: left_id, right_id, rank, score (0 to 1) and why.
    Neither settings nor a database are needed, and nothing is kept.
    """
    try:
        lefts, rights = read_items(left), read_items(right)
    except BadFile as error:
        aside(str(error))
        sys.exit(1)
    model = _meaning() if meaning else None
    _write(row for found in rank(lefts, rights, top=top, meaning=model) for row in _rows(found))


def _meaning() -> Meant:
    """The model of meaning; a sentence and exit code 2 where it is not there."""
    model = Meaning.load()
    if model is None:
        aside(f"--meaning: {why_not()}")
        sys.exit(2)
    return model


def _rows(found: Ranked) -> Iterator[Sequence[object]]:
    left_id, likest = found
    for place, (right_id, one) in enumerate(likest, 1):
        yield left_id, right_id, place, f"{one.score:.{_DIGITS}f}", one.why.sentence()


def _write(rows: Iterator[Sequence[object]]) -> None:
    """CSV in UTF-8 with plain line ends, whatever the machine's own are."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["left_id", "right_id", "rank", "score", "why"])
    table.writerows(rows)
    out.flush()
    out.detach()


def read_items(path: Path) -> list[Item]:
    """The texts of a CSV file with the columns id and text; :class:`BadFile` says what is wrong."""
    csv.field_size_limit(_LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _items(csv.DictReader(file, strict=True), path.name)
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name} is not UTF-8 text: {error.reason} at byte {error.start}."
        ) from None
    except csv.Error as error:
        raise BadFile(f"{path.name} is no CSV file: {error}.") from None


def _items(table: "csv.DictReader[str]", name: str) -> list[Item]:
    missing = [c for c in ("id", "text") if c not in (table.fieldnames or [])]
    if missing:
        raise BadFile(f"{name} has no column {' and no column '.join(missing)} in its first row.")
    found: dict[str, Item] = {}
    for row, cells in enumerate(table, 2):
        item = _item(cells, f"{name}, row {row}")
        if item.id in found:
            raise BadFile(f"{name}, row {row}: the id {item.id!r} was there before.")
        found[item.id] = item
    return list(found.values())


def _item(cells: dict[str, str], where: str) -> Item:
    if None in cells:
        raise BadFile(f"{where}: there are more cells than headings.")
    if cells["id"] is None or not cells["id"].strip():
        raise BadFile(f"{where}: there is no id.")
    if cells["text"] is None:
        raise BadFile(f"{where}: there are fewer cells than headings.")
    return Item(cells["id"], cells["text"])
