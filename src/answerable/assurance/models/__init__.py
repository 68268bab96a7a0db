"""What exists in assurance."""

from answerable.assurance.models.evidence import Evidence, Grade, Graded, Sample, Use
from answerable.assurance.models.opinions import Closure, Interest, Judgement, Opinion, Reopening

__all__ = [
    "Closure",
    "Evidence",
    "Grade",
    "Graded",
    "Interest",
    "Judgement",
    "Opinion",
    "Reopening",
    "Sample",
    "Use",
]
