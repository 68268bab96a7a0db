"""The reference page of how well the check for personal data finds what it looks for."""

import tempfile
from pathlib import Path

from answerable.engine.disclosure import Kind, check_file
from answerable.engine.disclosure.shapes import WORDS
from tests.planted import Planted, Rates, built, measured
from tools.markdown import page, table

FILES, SEED = 300, 5
MOST_MISSED, MOST_ALARMS = 0.02, 0.10

_INTRO = """\
Before evidence is kept, the file and everything that was typed beside it are checked for what could identify
people. The file is opened in a child process without network, with limits on memory and time, like a document
of a report. What is found comes back as kinds, places and counts: no word of the file leaves that process, and
none is kept, logged or shown. Whoever hands the file in then brings a copy from which it has been removed, or
says why it identifies nobody; such evidence is never made public."""

_MEASURED = """\
{files} files were built from seed {seed}, in six formats, half of them with one to three kinds of what
identifies people. A *miss* is a kind that was put into a file and not found in it; a *false alarm* is a clean
file in which anything is found. Promised are at most {most_missed} misses and {most_alarms} false alarms; the
tests and `make bench-personal-data` fail above that. On these files: **{miss_rate} missed** of {planted} planted,
**{alarm_rate} false alarms** in {clean} clean files."""

_LIMITS = """\
The files are invented by the same people who wrote the check, in the forms in which such things are usually
written: these figures are no promise for real files, which hold others. A name with neither title nor label is
found only where its first name is a common one: `make bench-personal-data` says how few those are. A picture
cannot be read at all: that is said (“{unread}”), and a person must look. Where a picture was taken is told from
its properties; both are tested one by one and not counted here."""


def _rates() -> Rates:
    with tempfile.TemporaryDirectory() as folder:

        def found_in(file: Planted) -> set[Kind]:
            path = Path(folder) / file.name
            path.write_bytes(file.content)
            return {one.kind for one in check_file(path, name=file.name).found}

        return measured(built(FILES, SEED), found_in)


def personal_data() -> str:
    """docs/reference/personal-data.md."""
    rates = _rates()
    rows = (
        (
            WORDS[kind][1],
            str(rates.planted[kind]),
            str(rates.missed[kind]),
            f"{rates.missed[kind] / rates.planted[kind]:.1%}",
            str(rates.alarms.get(kind, 0)),
        )
        for kind in Kind
        if kind in rates.planted
    )
    told = _MEASURED.format(
        files=FILES,
        seed=SEED,
        most_missed=f"{MOST_MISSED:.0%}",
        most_alarms=f"{MOST_ALARMS:.0%}",
        miss_rate=f"{rates.miss_rate:.1%}",
        planted=sum(rates.planted.values()),
        alarm_rate=f"{rates.alarm_rate:.1%}",
        clean=rates.clean,
    )
    head = ("Kind", "Files with it", "Missed", "Share", "Clean files in which it was found")
    limits = _LIMITS.format(unread=WORDS[Kind.UNREAD][0])
    return page(
        "The check for personal data", _INTRO, "## How well it finds", told, table(head, rows),
        "## What it cannot do", limits,
    )  # fmt: skip
