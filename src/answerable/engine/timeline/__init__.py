"""The timeline of a family of recommendations as a picture: who asked whom, when, and what came of it.

Plain dataclasses in, SVG out, the same text for the same timeline. Below each asking its answers
stand in lanes of their own, which are never merged. A mark says what it is by its lane, by its shape
and in words; everything in the picture also stands in the table beside it.
"""

from answerable.engine.timeline.picture import draw
from answerable.engine.timeline.told import (
    NAMES,
    Asking,
    Kind,
    Line,
    Mark,
    Silence,
    Timeline,
    lines,
    silence,
    summary,
)

__all__ = [
    "NAMES",
    "Asking",
    "Kind",
    "Line",
    "Mark",
    "Silence",
    "Timeline",
    "draw",
    "lines",
    "silence",
    "summary",
]
