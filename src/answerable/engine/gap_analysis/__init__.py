"""What is missing of everything that was asked: rules as data over plain data, no database."""

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

__all__ = [
    "VERSION",
    "Analysis",
    "BodyLine",
    "Cell",
    "Counts",
    "Fact",
    "FamilyLine",
    "Gap",
    "Head",
    "RecommendationLine",
    "ReportLine",
    "RuleLine",
    "ThemeLine",
    "as_json",
    "from_json",
]
