"""A gap analysis as pictures, tables and papers: everything from its frozen content alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from answerable.engine.clocks import between, in_words
from answerable.engine.gap_analysis import KINDS, Analysis, Fact, Gap
from answerable.engine.matrix import AGAIN, SHADES, Cell, Matrix, Place, summary
from answerable.engine.packs import GapKind, GapLine, GapPaper, Grid, GridRow, Square
from answerable.gaps.models import GapRun
from answerable.gaps.queries.runs import Changes

WORDS = 240
"""So many characters of a recommendation stand in a paper and on a page."""
LINES = 150
"""So many gaps of one kind stand in a paper; the workbook and the data have all."""
ACROSS, DOWN, WIDEST = 10, 60, 60
"""Columns of a matrix side by side in a paper, its rows, and its columns under each other."""
CUT = f"It is the beginning: at most {DOWN} rows and {WIDEST} columns stand here; the workbook has all."
PICTURE = 40
"""So many columns, and rows, of a matrix are drawn on a page."""
GRAVEST = next(iter(KINDS))


def shortened(words: str, most: int = WORDS) -> str:
    """The beginning of a long text, whole words only."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[:most].rsplit(None, 1)[0] + " …"


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


# --- Sentences ------------------------------------------------------------------------------------


def scope_words(run: GapRun) -> str:
    """Of whom the analysis is."""
    return run.body.name if run.body else "all bodies"


def lead(analysis: Analysis) -> tuple[str, ...]:
    """How much was asked, and how much of it has a gap."""
    counts = analysis.counts
    if not counts.undertakings:
        return ("Nothing was asked yet, so nothing can be missing.", *_left_out(analysis))
    said = [
        f"{count_words(counts.recommendations, 'recommendation')} of "
        f"{count_words(counts.reports, 'report')} to {count_words(counts.bodies, 'body', 'bodies')}: "
        f"{count_words(counts.gaps, 'gap')}, in {counts.with_gap:,} of "
        f"{count_words(counts.undertakings, 'answer')} that are owed."
    ]
    if grave := analysis.by_kind.get(GRAVEST, 0):
        verb = "is" if grave == 1 else "are"
        said.append(f"{grave:,} of them {verb} grave: asked again after it was called done.")
    return (*said, *_left_out(analysis))


def _left_out(analysis: Analysis) -> Iterator[str]:
    """What no rule was asked of: of a body that never wrote to this office, silence means nothing."""
    if number := analysis.counts.known_from_elsewhere:
        verb = "is" if number == 1 else "are"
        yield (
            f"{count_words(number, 'answer')} that {verb} known only from public sources "
            f"{verb} left out: what this record does not hold of them, others may."
        )


def changed_words(changes: Changes, before: GapRun) -> str:
    """What came and went since the run before, in a sentence."""
    gone, new, still = len(changes.gone), len(changes.new), len(changes.still)
    return (
        f"Since {before.reference}, of {in_words(before.dated_on)}: {new:,} new, {gone:,} gone, "
        f"{still:,} still there."
    )


def made_words(run: GapRun) -> tuple[str, ...]:
    """Of which state it is, and how it can be checked."""
    return (
        f"Read from the record as it stood after event {run.head_seq:,}, whose digest is "
        f"{run.head_digest}.",
        f"The digest of its content is {run.sha256}. Running it again over the same state gives "
        "the same bytes.",
        "Every gap was found by a rule, from dates and signed decisions alone. A gap is a question "
        "to be asked: nobody has judged it yet.",
    )


def fact_words(fact: Fact) -> str:
    """One piece of evidence on a line, without its reference."""
    return f"{fact.what}, {in_words(fact.on)}" if fact.on else fact.what


def since_words(gap: Gap, analysis: Analysis) -> str:
    """Since when, and how long that is."""
    if gap.since is None:
        return ""
    if gap.since > analysis.dated_on:
        return f"from {in_words(gap.since)}"
    if gap.since == analysis.dated_on:
        return in_words(gap.since)
    return f"{in_words(gap.since)} ({between(gap.since, analysis.dated_on)})"


def theme_names(analysis: Analysis) -> dict[str, str]:
    """The name of each theme by its slug."""
    return {one.slug: one.name for one in analysis.themes}


# --- Matrices -------------------------------------------------------------------------------------


def themes_matrix(analysis: Analysis) -> Matrix:
    """Themes down, reports across: oldest report first."""
    cells = {
        (c.column, c.row): Cell(c.asked, c.gaps, c.again, c.assured, c.partly)
        for c in analysis.reports_by_themes
    }
    used = {column for _, column in cells}
    themes = sorted(analysis.themes, key=lambda one: one.name.casefold())
    return Matrix(
        "themes",
        "reports",
        tuple(Place(one.slug, one.name) for one in themes),
        tuple(
            Place(one.slug, f"{one.published_on.year}: {one.title}" if one.published_on else one.title)
            for one in analysis.reports
            if one.slug in used
        ),
        cells,
    )  # fmt: skip


def families_matrix(analysis: Analysis) -> Matrix:
    """Bodies down, families across: what was asked again after it was called done first."""
    cells = {
        (c.row, c.column): Cell(c.asked, c.gaps, c.again, c.assured, c.partly)
        for c in analysis.bodies_by_families
    }
    weight: dict[str, list[int]] = {}
    for (_, column), cell in cells.items():
        again, gaps = weight.setdefault(column, [0, 0])
        weight[column] = [again + cell.again, gaps + cell.gaps]
    families = sorted(
        analysis.families,
        key=lambda f: (*(-n for n in weight.get(f.reference, (0, 0))), f.first_asked_on, f.reference),
    )  # fmt: skip
    rows = {row for row, _ in cells}
    return Matrix(
        "bodies",
        "families",
        tuple(Place(one.slug, one.name) for one in analysis.bodies if one.slug in rows),
        tuple(Place(f.reference, _family_name(f.reference, analysis)) for f in families),
        cells,
    )


def _family_name(reference: str, analysis: Analysis) -> str:
    line = analysis.by_reference.get(reference)
    return f"{reference}: {shortened(line.words, 44)}" if line else reference


MATRICES = {"Themes by reports": themes_matrix, "Bodies by families": families_matrix}
"""The matrices of an analysis by their headings."""


# --- A paper --------------------------------------------------------------------------------------


def paper_of(run: GapRun, analysis: Analysis, changed: str) -> GapPaper:
    """The analysis as a paper; ``changed`` is what came and went, or nothing for the first run."""
    return GapPaper(
        office=settings.OFFICE_NAME,
        reference=run.reference,
        heading=f"What is missing: {scope_words(run)}",
        day=run.dated_on.isoformat(),
        dated=in_words(run.dated_on),
        lead=lead(analysis),
        changed=(changed,) if changed else (),
        kinds=tuple(_kinds(analysis)),
        grids=tuple(_grids(analysis)),
        key=(*SHADES.items(), ("again", AGAIN)),
        made=made_words(run),
    )


def _kinds(analysis: Analysis) -> Iterator[GapKind]:
    for key, kind in KINDS.items():
        found = [gap for gap in analysis.gaps if gap.kind == key]
        lines = tuple(_line(gap, analysis) for gap in found[:LINES])
        yield GapKind(kind.name, kind.sentence, len(found), lines, len(found) - len(lines))


def _line(gap: Gap, analysis: Analysis) -> GapLine:
    asked = analysis.by_reference.get(gap.recommendation)
    return GapLine(
        where=gap.recommendation,
        body=analysis.body_names.get(gap.body, gap.body),
        words=shortened(asked.words) if asked else "",
        because=gap.because,
        evidence=tuple(_with_reference(fact, gap) for fact in gap.evidence),
        since=since_words(gap, analysis),
    )


def _with_reference(fact: Fact, gap: Gap) -> str:
    known = not fact.reference or fact.reference in (gap.recommendation, gap.body)
    shown = fact.reference[:2] in ("R-", "A-") and not known
    return f"{fact_words(fact)} ({fact.reference})" if shown else fact_words(fact)


def _grids(analysis: Analysis) -> Iterator[Grid]:
    for heading, make in MATRICES.items():
        matrix = make(analysis)
        drawn = matrix.part(rows=DOWN, columns=WIDEST)
        cut = (drawn.rows, drawn.columns) != (matrix.rows, matrix.columns)
        for start in range(0, len(drawn.columns) if drawn.rows else 0, ACROSS):
            columns = drawn.columns[start : start + ACROSS]
            part = Matrix(matrix.down, matrix.across, drawn.rows, columns, matrix.cells)
            more = f", from column {start + 1}" if start else ""
            left_out = f" {CUT}" if cut and not start else ""
            yield _grid(f"{heading}{more}", part, left_out)


def _grid(heading: str, matrix: Matrix, left_out: str) -> Grid:
    rows = tuple(
        GridRow(row.name, tuple(_square(matrix.cell(row.key, c.key)) for c in matrix.columns))
        for row in matrix.rows
    )
    columns = tuple(shortened(column.name, 50) for column in matrix.columns)
    return Grid(heading, summary(matrix) + left_out, columns, rows)


def _square(cell: Cell) -> Square:
    return Square(
        asked=f"{cell.asked:,}" if cell.asked else "",
        gaps=count_words(cell.gaps, "gap") if cell.gaps else "",
        shade=cell.shade,
        again=bool(cell.again),
    )


# --- Tables ---------------------------------------------------------------------------------------

HEADINGS = (
    "Kind of gap",
    "Rule",
    "Recommendation",
    "Body",
    "Words",
    "Why",
    "What shows it",
    "Since",
    "Report",
    "Family",
    "Themes",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One table of the workbook: its name, its headings and its rows of plain values."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def tables_of(run: GapRun, analysis: Analysis, changes: Changes | None) -> list[Listed]:
    """Everything that the analysis says, as tables."""
    new = {gap.key for gap in changes.new} if changes else set()
    reports = {f"report {one.slug}": one.title for one in analysis.reports}
    titles = theme_names(analysis) | reports
    found = [
        Listed("About", ("What", "Value"), _about(run, analysis)),
        Listed(
            "Kinds",
            ("Kind of gap", "What it means", "How many"),
            [(k.name, k.sentence, analysis.by_kind.get(key, 0)) for key, k in KINDS.items()],
        ),
        Listed(
            "Gaps",
            (*HEADINGS, "New"),
            [
                (*_row(gap, analysis, titles), "new" if gap.key in new else "")
                for gap in analysis.gaps
            ],
        ),
    ]
    if changes:
        gone = [(KINDS[g.kind].name, g.recommendation, g.body, g.because) for g in changes.gone]
        found.append(Listed("Gone", ("Kind of gap", "Recommendation", "Body", "Why"), gone))
    for heading, make in MATRICES.items():
        matrix = make(analysis)
        rows = [
            (row.name, column.name, cell.asked, cell.gaps, cell.again, cell.assured, cell.partly)
            for row in matrix.rows
            for column in matrix.columns
            if (cell := matrix.cell(row.key, column.key)).asked
        ]
        columns = (matrix.down, matrix.across, "asked", "with a gap", "asked again", "assured")
        headings = tuple(one.capitalize() for one in (*columns, "partly assured"))
        found.append(Listed(heading, headings, rows))
    return found


def _about(run: GapRun, analysis: Analysis) -> list[tuple[str, Any]]:
    return [
        ("Reference", run.reference),
        ("Of", scope_words(run)),
        ("Day", run.dated_on),
        ("Last event read", run.head_seq),
        ("Digest of that event", run.head_digest),
        ("Digest of the content", run.sha256),
        ("In short", " ".join(lead(analysis))),
    ]


def _row(gap: Gap, analysis: Analysis, titles: Mapping[str, str]) -> tuple[Any, ...]:
    asked = analysis.by_reference.get(gap.recommendation)
    return (
        KINDS[gap.kind].name,
        gap.rule,
        gap.recommendation,
        analysis.body_names.get(gap.body, gap.body),
        asked.words if asked else "",
        gap.because,
        "; ".join(_with_reference(fact, gap) for fact in gap.evidence),
        gap.since,
        titles.get(f"report {asked.report}", "") if asked else "",
        gap.family or "",
        ", ".join(titles.get(slug, slug) for slug in asked.themes) if asked else "",
    )
