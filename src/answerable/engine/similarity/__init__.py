"""How alike two texts are, and why: words, phrases, passages, and what a recommendation is made of.

Plain Python and numpy, no model file. The same texts give the same figures on any machine.
"""

from answerable.engine.similarity.analysis import Analysed, Item, OtherVersion, analyse
from answerable.engine.similarity.explaining import Shared, Why
from answerable.engine.similarity.ranking import rank
from answerable.engine.similarity.scoring import Likeness, retrieval_terms, score, score_all
from answerable.engine.similarity.statistics import Counted, Statistics, statistics_of

__all__ = [
    "Analysed",
    "Counted",
    "Item",
    "Likeness",
    "OtherVersion",
    "Shared",
    "Statistics",
    "Why",
    "analyse",
    "rank",
    "retrieval_terms",
    "score",
    "score_all",
    "statistics_of",
]
