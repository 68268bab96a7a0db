"""Vectors turned round: for each term where it stands and with what weight."""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from answerable.engine.similarity.weighing import Vector

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_COMMON = 0.1
"""A term that more than this share of the vectors has is a column of a dense table."""
_FEWEST = 64
"""In fewer vectors than this no term is common."""


class Postings:
    """Vectors by term; the product of a query with all of them costs what its terms' lists hold."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._size = len(vectors)
        self._terms: dict[str, int] = {}
        terms, places, values = array("q"), array("q"), array("d")
        for place, vector in enumerate(vectors):
            for term, value in vector.items():
                terms.append(self._terms.setdefault(term, len(self._terms)))
                places.append(place)
                values.append(value)
        of_term = np.frombuffer(terms, np.int64) if terms else np.zeros(0, np.int64)
        order = np.argsort(of_term, kind="stable")
        self._places = np.frombuffer(places, np.int64)[order] if places else of_term
        self._values = np.frombuffer(values, float)[order] if values else np.zeros(0)
        counts = np.bincount(of_term, minlength=len(self._terms))
        ends = np.cumsum(counts)
        self._spans = list(map(slice, (ends - counts).tolist(), ends.tolist()))
        common = np.flatnonzero(counts > max(_FEWEST, self._size * _COMMON))
        self._column = {int(term): i for i, term in enumerate(common)}
        self._table = np.zeros((len(common), self._size))
        for place, column in self._column.items():
            own = self._spans[place]
            self._table[column, self._places[own]] = self._values[own]

    def products(self, queries: Sequence[Vector]) -> Iterator[Floats]:
        """For each query its product with every vector."""
        known = [
            [(self._terms[t], w) for t, w in query.items() if t in self._terms] for query in queries
        ]
        dense = np.zeros((len(queries), len(self._column)))
        for row, own in enumerate(known):
            for term, weight in own:
                if term in self._column:
                    dense[row, self._column[term]] = weight
        summed = dense @ self._table
        for row, own in enumerate(known):
            yield summed[row] + self._rare([(t, w) for t, w in own if t not in self._column])

    def _rare(self, own: Sequence[tuple[int, float]]) -> Floats:
        if not own:
            return np.zeros(self._size)
        spans = [self._spans[term] for term, _ in own]
        places = np.concatenate([self._places[span] for span in spans])
        values = np.concatenate([self._values[span] for span in spans])
        weights = np.repeat([weight for _, weight in own], [s.stop - s.start for s in spans])
        return np.bincount(places, values * weights, self._size).astype(float)
