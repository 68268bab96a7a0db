"""What is missing of everything that was asked: rules as data over plain data, no database."""

from answerable.engine.gap_analysis.analysing import analyse, gaps_in
from answerable.engine.gap_analysis.content import (
    VERSION,
    Analysis,
    BodyLine,
    Cell,
    Counts,
    Fact,
    FamilyLine,
    Gap,
    Head,
    RecommendationLine,
    ReportLine,
    RuleLine,
    ThemeLine,
    as_json,
    from_json,
)
from answerable.engine.gap_analysis.rules import KINDS, RULES, GapRule, Kind

__all__ = [
    "KINDS",
    "RULES",
    "VERSION",
    "Analysis",
    "BodyLine",
    "Cell",
    "Counts",
    "Fact",
    "FamilyLine",
    "Gap",
    "GapRule",
    "Head",
    "Kind",
    "RecommendationLine",
    "ReportLine",
    "RuleLine",
    "ThemeLine",
    "analyse",
    "as_json",
    "from_json",
    "gaps_in",
]
