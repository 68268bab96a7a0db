"""Gap analyses as they were run, the themes of the office, and plans drafted from gaps."""

from answerable.gaps.models.drafts import DraftLine, DraftPlan, TakenLine
from answerable.gaps.models.runs import GapRun
from answerable.gaps.models.themes import Theme, ThemeMember

__all__ = ["DraftLine", "DraftPlan", "GapRun", "TakenLine", "Theme", "ThemeMember"]
