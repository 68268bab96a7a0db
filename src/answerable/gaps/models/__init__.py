"""Gap analyses as they were run, and the themes of the office."""

from answerable.gaps.models.runs import GapRun
from answerable.gaps.models.themes import Theme, ThemeMember

__all__ = ["GapRun", "Theme", "ThemeMember"]
