"""`answerable likeness meaning`: the sentence model of the extra, built and tried."""

import sys
import time

import click

from answerable.cli.telling import aside, example, tell
from answerable.engine.similarity.meaning import Meaning, default_folder, why_not
from answerable.engine.similarity.meaning_building import place

TRIED = "Officers should be trained every year.", "Yearly training must be given to the police."


@click.command(epilog=example("answerable likeness meaning"))
def meaning() -> None:
    """Build the model of meaning, and say where it is.

    Nothing is downloaded: the weights came with the extra, and are used only if their digest is the
    one that is known. It is built by itself at first use; this does it beforehand. Exit code 2
    where the extra is missing. XDG_CACHE_HOME moves where it is kept.
    """
    reason = why_not()
    model = Meaning.load() if reason is None else None
    if model is None:
        aside(reason or "Meanings are not compared.")
        sys.exit(2)
    started = time.perf_counter()
    model.likeness(TRIED[0], TRIED[1:])
    took = 1_000 * (time.perf_counter() - started) / len(TRIED)
    path = place(default_folder())
    where = f"kept in {path}" if path.is_file() else "not kept: the folder cannot be written"
    tell(f"The model of meaning is ready, {where}. A short text takes {took:.0f} ms.")
