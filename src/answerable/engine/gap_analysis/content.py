"""What a gap analysis says: plain data that is canonical JSON and back again.

No keys of any database are in it: only references, slugs, days and words. So the same state of the
record gives the same bytes wherever it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

VERSION = 1
"""Of the form of the content: raised when what it holds changes."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of what a gap rests on: what, on which day, and the reference it is found under.

    ``reference`` is an R- or A- reference, the slug of a body, or nothing.
    """

    what: str
    on: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing of what one body was asked.

    ``rule`` is the key of the rule that found it, ``kind`` the kind of gap that the rule belongs
    to. ``family`` is the reference of the first asking where the recommendation is one of several,
    and ``theme`` the slug of a theme where the gap is about one.
    """

    kind: str
    rule: str
    recommendation: str
    body: str
    because: str
    evidence: tuple[Fact, ...] = ()
    since: date | None = None
    family: str | None = None
    theme: str | None = None

    @property
    def key(self) -> str:
        """What it is known by from one run to the next, and in addresses of pages."""
        parts = (self.rule, self.recommendation, self.body, self.theme or "")
        return ":".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of the audit chain that the analysis read."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it was when the analysis ran, the gravest kind of gap first."""

    kind: str
    rule: str
    sentence: str
    found: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that the analysis names, and how much it was asked."""

    slug: str
    name: str
    asked: int
    with_gap: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of which something was asked."""

    slug: str
    title: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme of the office as it was named when the analysis ran."""

    slug: str
    name: str
    recommendations: int


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """Recommendations that were asked again and again: known by the first asking."""

    reference: str
    first_asked_on: date
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation with a gap: the words that count, and where they stand."""

    reference: str
    number: str
    words: str
    report: str
    asked_on: date
    bodies: tuple[str, ...]
    family: str | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What meets in one place of a matrix, counted in undertakings.

    ``gaps``: how many have at least one gap. ``again``: how many were asked again after an earlier
    one was claimed, assured or closed. ``assured``: of how many every opinion that stands says so;
    ``partly``: of how many one does, or one says partly.
    """

    row: str
    column: str
    asked: int
    gaps: int
    again: int
    assured: int
    partly: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was looked at, and how much of it has a gap.

    ``known_from_elsewhere``: undertakings known only from a public source. Nothing is asked of
    them, and no other figure counts them.
    """

    undertakings: int
    recommendations: int
    reports: int
    bodies: int
    families: int
    with_gap: int
    gaps: int
    known_from_elsewhere: int


@dataclass(frozen=True)
class Analysis:
    """One run over everything that was asked of one body, or of all.

    ``scope`` is the slug of the body, or None where it is of all. ``rules`` and ``gaps`` stand the
    gravest first. The two matrices are sparse: reports × themes (rows are slugs of reports), and
    bodies × families (columns are references of first askings). ``recommendations`` names those
    with a gap, and those in a family with one of them.
    """

    version: int
    dated_on: date
    head: Head
    scope: str | None
    counts: Counts
    rules: tuple[RuleLine, ...]
    gaps: tuple[Gap, ...]
    bodies: tuple[BodyLine, ...]
    reports: tuple[ReportLine, ...]
    themes: tuple[ThemeLine, ...]
    families: tuple[FamilyLine, ...]
    recommendations: tuple[RecommendationLine, ...]
    reports_by_themes: tuple[Cell, ...]
    bodies_by_families: tuple[Cell, ...]

    @cached_property
    def body_names(self) -> Mapping[str, str]:
        """The name of each body, by its slug."""
        return {one.slug: one.name for one in self.bodies}

    @cached_property
    def by_reference(self) -> Mapping[str, RecommendationLine]:
        """Each recommendation that it names, by its reference."""
        return {one.reference: one for one in self.recommendations}

    @cached_property
    def by_kind(self) -> Mapping[str, int]:
        """How many gaps of each kind there are, the gravest first; kinds with none too."""
        found: dict[str, int] = {}
        for line in self.rules:
            found[line.kind] = found.get(line.kind, 0) + line.found
        return found


# --- As JSON, and back ------------------------------------------------------------------------------


def as_json(value: object) -> Any:
    """Plain JSON values of an analysis or any part of it. Days as ``YYYY-MM-DD``."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    kind: Any = type(value)
    names = _names(kind)
    return {name: as_json(getattr(value, name)) for name in names}


def from_json(data: Mapping[str, Any]) -> Analysis:
    """The analysis of which :func:`as_json` gave ``data``.

    Raises:
        ValueError: where it has another version than this program reads.
    """
    if data.get("version") != VERSION:
        raise ValueError(f"This gap analysis has the form {data.get('version')}, not {VERSION}.")
    made: Analysis = _read(Analysis, data)
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(get_type_hints(kind).items())


def _read(kind: Any, data: Any) -> Any:
    if get_origin(kind) is UnionType:
        return None if data is None else _read(get_args(kind)[0], data)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return tuple(_read(inner, one) for one in data)
    if kind is date:
        return date.fromisoformat(data)
    if is_dataclass(kind):
        made: Any = kind
        return made(**{name: _read(hint, data[name]) for name, hint in _hints(made)})
    return data
