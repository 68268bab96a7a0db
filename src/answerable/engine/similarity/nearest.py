"""The nearest vectors to one: every one looked at, or with the ``faiss`` extra only likely ones.

Looking at every one is exact, needs nothing built and takes some tens of milliseconds for 100,000.
Past :data:`MANY` an index of faiss finds a few hundred likely ones, whose likeness is then computed
exactly; it may miss one (docs/adr/0017-every-vector-is-looked-at.md has the figures).
"""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Found = tuple[NDArray[np.int64], Floats]
"""Places in the collection, the nearest first, and how near each is (the cosine)."""
Search = Callable[[Floats, int], Found]

MANY = 300_000
DIGITS = 4
"""Cosines are rounded to as many, and equals stand in their order, on any machine."""
_BLOCK = 50_000
_LIKELY = 8
"""How many times as many as are wanted an index is asked for."""
_LISTS_PER_ROOT = 2
_LOOKED_AT = 32
"""Of an index's lists; the more, the fewer are missed and the longer it takes."""
_TAUGHT_BY = 64
"""Vectors for each list, from which an index learns where its lists lie."""


def nearest(vectors: Floats, query: Floats, k: int) -> Found:
    """The ``k`` of ``vectors`` (rows of length 1) that are nearest to ``query``, exactly."""
    values = np.concatenate(
        [np.empty(0, np.float32)]
        + [vectors[i : i + _BLOCK] @ query for i in range(0, len(vectors), _BLOCK)]
    )
    return _best(np.arange(len(vectors)), values, k)


def search(vectors: Floats, *, many: int = MANY) -> Search:
    """:func:`nearest` for one collection and many queries; by an index where there are ``many``.

    Without the extra it stays exact however many there are.
    """
    if len(vectors) < many or importlib.util.find_spec("faiss") is None:
        return lambda query, k: nearest(vectors, query, k)
    index = _index(vectors)

    def likely(query: Floats, k: int) -> Found:
        _, places = index.search(query[None, :], min(len(vectors), k * _LIKELY))
        kept = np.sort(places[0][places[0] >= 0]).astype(np.int64)
        return _best(kept, vectors[kept] @ query, k)

    return likely


def _index(vectors: Floats) -> Any:
    """Lists of vectors near each other, each vector in eight bits a number."""
    faiss: Any = importlib.import_module("faiss")
    count, width = vectors.shape
    lists = max(1, int(_LISTS_PER_ROOT * count**0.5))
    place = faiss.IndexFlatIP(width)
    kind = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexIVFScalarQuantizer(place, width, lists, kind, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:: max(1, count // (lists * _TAUGHT_BY))])
    index.add(vectors)
    index.nprobe = min(lists, _LOOKED_AT)
    return index


def _best(places: NDArray[np.int64], values: Floats, k: int) -> Found:
    values = np.round(values, DIGITS)
    if 0 < k < len(values):
        least = np.partition(values, len(values) - k)[len(values) - k]
        likely = np.flatnonzero(values >= least)
        places, values = places[likely], values[likely]
    order = np.lexsort((places, -values))[:k]
    return places[order], values[order]
