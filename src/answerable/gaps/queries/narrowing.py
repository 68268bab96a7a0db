"""The gaps of one analysis, narrowed: by kind, body, report, theme, family, words, and what is new."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import ClassVar

from answerable.engine.gap_analysis import Analysis, Gap
from answerable.gaps.queries.runs import Changes

NEW, STILL = "new", "still"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows a list of gaps, in the slugs and references of the analysis itself."""

    CHOICES: ClassVar[tuple[str, ...]] = ("kind", "body", "report", "theme", "family", "since")

    words: str = ""
    kind: str = ""
    body: str = ""
    report: str = ""
    theme: str = ""
    family: str = ""
    since: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every gap is listed."""
        return not any(getattr(self, field.name) for field in fields(self))


def narrowed(analysis: Analysis, asked: Narrowing, changes: Changes | None) -> list[Gap]:
    """The gaps that fit, in the order of the analysis: the gravest first."""
    if asked.is_empty:
        return list(analysis.gaps)
    new = {gap.key for gap in changes.new} if changes else set()
    return [gap for gap in analysis.gaps if _fits(gap, analysis, asked, new)]


def _fits(gap: Gap, analysis: Analysis, asked: Narrowing, new: Collection[str]) -> bool:
    line = analysis.by_reference.get(gap.recommendation)
    themes = line.themes if line else ()
    return (
        asked.kind in ("", gap.kind)
        and asked.body in ("", gap.body)
        and asked.family in ("", gap.family)
        and asked.report in ("", line.report if line else "")
        and (not asked.theme or asked.theme in (*themes, gap.theme))
        and (not asked.since or (asked.since == NEW) == (gap.key in new))
        and _says(gap, line.words if line else "", asked.words)
    )


def _says(gap: Gap, words: str, looked_for: str) -> bool:
    """Whether the gap, or what was asked there, has every word that is looked for."""
    said = f"{gap.recommendation} {gap.because} {words}".casefold()
    return all(word in said for word in looked_for.casefold().split())
