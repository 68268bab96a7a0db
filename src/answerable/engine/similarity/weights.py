"""What was learnt: how a text is weighed, and what each part counts for in the score."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Weights:
    """``sentences`` to a passage, what telling of a ``lack`` adds, what ``near`` words count.

    ``words`` and ``meaning`` are the weights of the parts, without a model of meaning and with
    one; each sums to 1.
    """

    sentences: int
    lacking: float
    near: float
    words: Mapping[str, float]
    meaning: Mapping[str, float]

    def of(self, *, meaning: bool) -> Mapping[str, float]:
        """The weight of each part."""
        return self.meaning if meaning else self.words


def read(path: Path = FILE, *, without: str = "") -> Weights:
    """The weights in a file that ``tools/train_likeness.py`` wrote.

    ``without`` names a source of texts: then what was learnt without it, for measuring alone.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    own = told["left_out"][without] if without else told
    shape = own["shape"]
    return Weights(
        sentences=int(shape["sentences"]),
        lacking=shape["lacking"],
        near=shape["near"],
        words=own["words"],
        meaning=own["meaning"],
    )


LEARNT = read()
