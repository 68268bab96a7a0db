"""The reference page of the open data: every file of an edition, and what each column means."""

from answerable.publishing.data import PACKAGE, TABLES
from answerable.publishing.manifest import RECORDS
from tools.markdown import page, table

_INTRO = f"""\
Every edition holds its data beside its pages, under the same fingerprints. Nothing is in the data that the pages
do not tell. Which fields are public is decided in one place: `src/answerable/publishing/records/__init__.py` and
the modules beside it.

| File | What it holds |
|---|---|
| `{RECORDS}` | everything, exactly as it was approved, as JSON |
| `data/record/R-….json` | one recommendation with everything recorded of it |
| `data/….csv` | the tables below |
| `{PACKAGE}` | the same description for machines (Frictionless data package) |

Days are written as in 2026-11-20. Text is UTF-8. A cell that a spreadsheet would take for a formula begins with
an apostrophe. Of people only the role is told. Of sealed evidence only the grade, how much of it there is, and
its dates. Counts of records below `ANSWERABLE_SMALL_NUMBER` are not told, and others are given as from–to, so
that they cannot be worked out. Response, delivery, assurance and effect have columns of their own; no column is
made of two of them."""


def open_data() -> str:
    """docs/reference/open-data.md."""
    sections = []
    for one in TABLES:
        rows = [[f"`{name}`", meaning] for name, meaning in one.columns.items()]
        sections.append(f"## {one.path}\n\nA row: {one.holds[:1].lower()}{one.holds[1:]}.")
        sections.append(table(["Column", "What it means"], rows))
    return page("Open data: every file and every column", _INTRO, *sections)
