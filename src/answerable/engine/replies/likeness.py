"""How alike two texts are: TF-IDF, written small, no model and no library."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from answerable.engine.replies.stream import words

_COMMON = frozenset(
    words(
        "the of and to in a is that for be by on as with are this it will or at from an we our"
        " should has have been which their its not was were these they can also all any may must"
        " would there recommendation recommendations government response accept accepted agree"
        " agrees"
    )
)
_ENDING = re.compile(r"(?:ies|es|s|ing|ed)$")

Vector = dict[str, float]


def stems(text: Sequence[str]) -> list[str]:
    """Words without the commonest ones and without their endings."""
    return [_ENDING.sub("", w) if len(w) > 4 else w for w in text if w not in _COMMON]


class Likeness:
    """Compares texts by the words that few of a document's paragraphs share."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(stems(text)))
        self._rarity = {w: math.log((1 + len(texts)) / (1 + n)) + 1 for w, n in counts.items()}
        self._rarest = math.log(1 + len(texts)) + 1

    def vector(self, text: Sequence[str]) -> Vector:
        """A text as weights of length one."""
        counted = Counter(stems(text))
        weights = {
            w: (1 + math.log(n)) * self._rarity.get(w, self._rarest) for w, n in counted.items()
        }
        length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
        return {w: x / length for w, x in weights.items()}

    def of(self, text: str) -> Vector:
        """The same of a text that is not yet cut into words."""
        return self.vector(words(text))


def alike(one: Vector, other: Vector) -> float:
    """The cosine of two vectors: 0 without a word in common, 1 for the same words."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
