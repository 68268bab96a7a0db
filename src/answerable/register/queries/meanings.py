"""What texts mean, where the sentence model is there: vectors of the register, and the model itself.

Meanings are compared only once the background worker has stored vectors: until then, and without
the extra, words alone are.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answerable.engine.similarity import meaning_building
from answerable.engine.similarity.meaning import Meaning
from answerable.engine.similarity.nearest import DIGITS, nearest
from answerable.register.models import LikenessVector

Floats = NDArray[np.float32]
STORED = np.dtype("<f2")


@cache
def model() -> Meaning | None:
    """The sentence model of this process, or None."""
    return Meaning.load()


def model_name() -> str:
    """By which vectors of this model are told from those of another."""
    return meaning_building.place(Path()).stem[-64:]


def are_stored() -> bool:
    """Whether meanings are compared here. One query."""
    return LikenessVector.objects.filter(model=model_name()).exists()


@dataclass
class Vectors:
    """The stored vectors, kept by this process; what is new is read when it is asked for."""

    place: dict[int, int] = field(default_factory=dict)
    owners: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: Floats = field(default_factory=lambda: np.zeros((0, meaning_building.WIDTH), np.float32))
    last: tuple[int, bytes] = (0, b"")

    def read(self) -> "Vectors":
        """With what was stored since; all anew where what was read last is not there any more."""
        stored = LikenessVector.objects.filter(model=model_name())
        last = stored.filter(pk=self.last[0]).values_list("vector", flat=True).first()
        if self.last[0] and (last is None or bytes(last) != self.last[1]):
            return Vectors().read()
        new = stored.filter(pk__gt=self.last[0]).order_by("pk")
        found = list(new.values_list("pk", "recommendation", "vector").iterator(chunk_size=5_000))
        if found:
            fresh = np.array([np.frombuffer(bytes(v), STORED) for *_, v in found], np.float32)
            owners = np.array([owner for _, owner, _ in found], np.int64)
            start = len(self.rows)
            self.owners = np.where(np.isin(self.owners, owners), -1, self.owners)
            self.owners = np.concatenate([self.owners, owners])
            self.rows = np.concatenate([self.rows, fresh])
            self.place |= {owner: start + n for n, owner in enumerate(owners.tolist())}
            self.last = (found[-1][0], bytes(found[-1][2]))
        return self

    def nearest(self, query: Floats, keys: NDArray[np.int64], most: int) -> list[int]:
        """Which of the recommendations with these keys are nearest in meaning, nearest first."""
        wanted = np.zeros(max(self.owners.max(initial=0), keys.max(initial=0)) + 1, bool)
        wanted[keys] = True
        kept = np.flatnonzero((self.owners >= 0) & wanted[self.owners])
        all_of_it = len(kept) == len(self.rows)
        places, _ = nearest(self.rows if all_of_it else self.rows[kept], query, most)
        return [int(self.owners[place if all_of_it else kept[place]]) for place in places]

    def cosine(self, query: Floats, key: int) -> float:
        """How near one recommendation is; 0 where nothing is stored of it yet."""
        place = self.place.get(key)
        return 0.0 if place is None else round(float(self.rows[place] @ query), DIGITS)


_kept = Vectors()


def vectors() -> Vectors:
    """Those of this process, as they are now. Two queries."""
    global _kept
    _kept = _kept.read()
    return _kept
