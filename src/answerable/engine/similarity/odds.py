"""How likely each relation is between two recommendations that are so much alike.

The curve is a first one, not yet fitted to judged pairs: it only keeps the order of the scores.
"""

import math

from answerable.engine.similarity.scoring import Likeness

MIDDLE, STEEPNESS = 0.3, 12.0
"""At this score some relation is as likely as none."""
SHARES = {"same": 0.45, "extends": 0.2, "partly": 0.3, "contradicts": 0.01, "supersedes": 0.04}
"""Of what is related; they sum to 1."""


def odds(likeness: Likeness) -> dict[str, float]:
    """The odds of each relation, and of none ("unrelated"). They sum to 1."""
    related = 1 / (1 + math.exp(-STEEPNESS * (likeness.score - MIDDLE)))
    found = {name: round(related * share, 6) for name, share in SHARES.items()}
    return {**found, "unrelated": round(1 - sum(found.values()), 6)}
