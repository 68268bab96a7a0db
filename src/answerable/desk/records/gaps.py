"""Gap analyses as pages show them: a line for each run, gaps by kind with what they rest on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from answerable.engine.gap_analysis import KINDS, Analysis, Fact, Gap
from answerable.engine.matrix import AGAIN, SHADES, Cell, Matrix, Place, draw, summary
from answerable.engine.wording import grouped
from answerable.gaps.models import GapRun
from answerable.gaps.queries import export
from answerable.gaps.queries import runs as queries
from answerable.gaps.queries.runs import Changes
from answerable.register.queries.remembered import Memory

GLANCE = 12
"""So many themes are taken in at a glance, above the list."""
FEW = 3
"""So many gaps of each kind stand on the page until one kind is asked for."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One analysis in the list."""

    run: GapRun
    gaps: int
    grave: int
    asked: int

    @property
    def scope(self) -> str:
        """Of whom it is."""
        return export.scope_words(self.run)

    @property
    def head(self) -> str:
        """The beginning of the digest of the last event that it read."""
        return grouped(self.run.head_digest)[:9]


def run_lines(runs: Sequence[GapRun]) -> list[RunLine]:
    """Each run with its counts, read from its content once until the next event."""
    memory = Memory()
    return [
        RunLine(run, *memory.of(("gap counts", run.sha256), lambda run=run: _counts(run)))  # type: ignore[misc]
        for run in runs
    ]


def _counts(run: GapRun) -> tuple[int, int, int]:
    content = json.loads(run.content)
    grave = sum(one["found"] for one in content["rules"] if one["kind"] == export.GRAVEST)
    return content["counts"]["gaps"], grave, content["counts"]["recommendations"]


# --- One run --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactShown:
    """One piece of evidence: what and when, and the reference it is found under."""

    words: str
    reference: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class GapShown:
    """One gap on the page."""

    gap: Gap
    analysis: Analysis
    is_new: bool

    @property
    def href(self) -> str:
        """The page of the answer that it is about."""
        return reverse("desk:undertaking", args=[self.gap.recommendation, self.gap.body])

    @property
    def body(self) -> str:
        """Whose answer it is."""
        return self.analysis.body_names.get(self.gap.body, self.gap.body)

    @property
    def words(self) -> str:
        """How what was asked begins."""
        line = self.analysis.by_reference.get(self.gap.recommendation)
        return export.shortened(line.words, 160) if line else ""

    @property
    def since(self) -> str:
        """Since when, and how long that is."""
        return export.since_words(self.gap, self.analysis)

    @property
    def family_href(self) -> str:
        """The page of its family; nothing where it was asked once."""
        return reverse("desk:family", args=[self.gap.family]) if self.gap.family else ""

    @property
    def evidence(self) -> list[FactShown]:
        """What it rests on, with the way there."""
        return [_fact(fact, self.gap) for fact in self.gap.evidence]


def _fact(fact: Fact, gap: Gap) -> FactShown:
    words = export.fact_words(fact)
    if fact.reference == gap.recommendation:
        return FactShown(words)
    if fact.reference.startswith("R-"):
        href = reverse("desk:recommendation", args=[fact.reference])
        return FactShown(words, fact.reference, href)
    if fact.reference.startswith("A-"):
        # What was left in the plan of the body before has a reference of that body's plan.
        ours = gap.kind != "not_taken_over"
        href = reverse("desk:action", args=[gap.body, fact.reference]) if ours else ""
        return FactShown(words, fact.reference, href)
    return FactShown(words)


@dataclass(frozen=True, slots=True)
class KindShown:
    """The gaps of one kind: what makes them one, how many there are, and some of them."""

    key: str
    name: str
    sentence: str
    count: int
    gaps: list[GapShown]

    @property
    def more(self) -> int:
        """How many are not on the page."""
        return self.count - len(self.gaps)


@dataclass(frozen=True)
class RunShown:
    """One analysis as a page shows it."""

    run: GapRun

    @cached_property
    def analysis(self) -> Analysis:
        """What it says."""
        return queries.analysis_of(self.run)

    @cached_property
    def before(self) -> GapRun | None:
        """The run of the same scope before it."""
        return queries.run_before(self.run)

    @cached_property
    def changes(self) -> Changes | None:
        """What came and went since then; None for the first."""
        if self.before is None:
            return None
        earlier, key = self.before, ("gap changes", self.run.sha256, self.before.sha256)
        return Memory().of(
            key, lambda: queries.changes_between(queries.analysis_of(earlier), self.analysis)
        )

    @property
    def changed(self) -> str:
        """What came and went, in a sentence."""
        if self.before is None or self.changes is None:
            return ""
        return export.changed_words(self.changes, self.before)

    @property
    def title(self) -> str:
        """What the page is about."""
        return f"What is missing: {export.scope_words(self.run)}"

    @property
    def lead(self) -> tuple[str, ...]:
        """How much there is, in sentences."""
        return export.lead(self.analysis)

    @property
    def head(self) -> str:
        """The beginning of the digest of the last event that it read."""
        return grouped(self.run.head_digest)[:9]

    @property
    def digest(self) -> str:
        """The digest of its content, to be compared."""
        return grouped(self.run.sha256)

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """Each kind with its name and its count, the gravest first."""
        return [(k, kind.name, self.analysis.by_kind.get(k, 0)) for k, kind in KINDS.items()]

    @cached_property
    def new(self) -> frozenset[str]:
        """The keys of what was not there in the run before."""
        return frozenset(gap.key for gap in self.changes.new) if self.changes else frozenset()

    def shown(self, gaps: Sequence[Gap]) -> list[GapShown]:
        """Gaps as lines."""
        return [GapShown(gap, self.analysis, gap.key in self.new) for gap in gaps]

    def by_kind(self, gaps: Sequence[Gap]) -> Iterator[KindShown]:
        """The first few gaps of each kind that there is one of."""
        for key, kind in KINDS.items():
            if found := [gap for gap in gaps if gap.kind == key]:
                few = self.shown(found if len(found) == FEW + 1 else found[:FEW])
                yield KindShown(key, kind.name, kind.sentence, len(found), few)

    @property
    def gone(self) -> list[GapShown]:
        """What was a gap in the run before, and is none now."""
        if self.before is None or self.changes is None:
            return []
        earlier = queries.analysis_of(self.before)
        return [GapShown(gap, earlier, False) for gap in self.changes.gone]


# --- Matrices -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell of the table: its words, and the list of the gaps that it counts."""

    cell: Cell
    href: str


@dataclass(frozen=True)
class MatrixShown:
    """A matrix as picture, sentences and table; ``keys`` name its rows and columns in addresses."""

    heading: str
    name: str
    whole: Matrix
    keys: tuple[str, str]
    base: str

    @cached_property
    def part(self) -> Matrix:
        """So much of it as fits on a page."""
        return self.whole.part(rows=export.PICTURE, columns=export.PICTURE)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the page shows."""
        whole, part = self.whole, self.part
        return (len(whole.rows), len(whole.columns)) != (len(part.rows), len(part.columns))

    @property
    def picture(self) -> SafeString:
        """The drawing; every name in it is escaped."""
        return mark_safe(draw(self.part, name=self.name))  # noqa: S308  # everything in it is escaped

    @property
    def summary(self) -> str:
        """What it shows, in sentences."""
        return summary(self.part)

    @property
    def rows(self) -> list[tuple[Place, list[CellShown]]]:
        """The table: each row with its cells."""
        return [
            (row, [self._cell(row.key, column.key) for column in self.part.columns])
            for row in self.part.rows
        ]

    def _cell(self, row: str, column: str) -> CellShown:
        cell = self.part.cell(row, column)
        down, across = self.keys
        href = f"{self.base}?{down}={row}&{across}={column}" if cell.gaps else ""
        return CellShown(cell, href)


def matrices(run: RunShown) -> list[MatrixShown]:
    """The two matrices of a run."""
    base = reverse("desk:gap_run", args=[run.run.reference])
    keys = {"themes": ("theme", "report"), "bodies": ("body", "family")}
    found = []
    for heading, make in export.MATRICES.items():
        whole = make(run.analysis)
        found.append(MatrixShown(heading, whole.down, whole, keys[whole.down], base))
    return found


def picture_of(run: RunShown) -> MatrixShown | None:
    """Themes by reports, where that is small enough to stand above the gaps; else nothing."""
    found = matrices(run)[0]
    whole = found.whole
    return found if whole.columns and 0 < len(whole.rows) <= GLANCE else None


KEY: tuple[tuple[str, str], ...] = (*SHADES.items(), ("again", AGAIN))
"""How cells are drawn, and what that means."""
