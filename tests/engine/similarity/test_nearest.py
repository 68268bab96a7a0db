"""The nearest vectors: exactly, and by an index that gives the same likeness."""

import numpy as np
import pytest

from answerable.engine.similarity.nearest import nearest, search


def drawn(count, *, seed=3, width=48, groups=60):
    """Vectors that lie in groups, as those of texts do."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(groups, width))
    rows = middles[random.integers(groups, size=count)] + 0.7 * random.normal(size=(count, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_the_nearest_are_those_that_looking_at_each_finds():
    vectors, query = drawn(500), drawn(1, seed=4)[0]
    places, values = nearest(vectors, query, 10)
    cosines = [round(float(vector @ query), 4) for vector in vectors]
    wanted = sorted(range(500), key=lambda i: (-cosines[i], i))[:10]
    assert list(places) == wanted
    assert values == pytest.approx([cosines[i] for i in wanted], abs=1e-4)


def test_equals_stand_in_their_order_and_few_are_enough():
    vectors = np.repeat(drawn(2), 4, axis=0)
    assert list(nearest(vectors, vectors[5], 6)[0]) == [4, 5, 6, 7, 0, 1]
    assert list(nearest(vectors, vectors[0], 20)[0]) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert len(nearest(vectors[:0], vectors[0], 5)[0]) == 0
    assert len(nearest(vectors, vectors[0], 0)[0]) == 0


def test_an_index_gives_the_same_likeness_and_misses_few():
    vectors, queries = drawn(6_000), drawn(40, seed=5)
    likely, exact = search(vectors, many=1), search(vectors)
    found = 0
    for query in queries:
        places, values = likely(query, 10)
        wanted, best = exact(query, 10)
        shared = {int(p): v for p, v in zip(wanted, best, strict=True)}
        found += len(set(places.tolist()) & set(shared))
        for place, value in zip(places.tolist(), values, strict=True):
            assert value == pytest.approx(shared.get(place, value), abs=1e-4)
        assert values[0] == pytest.approx(best[0], abs=0.02)
    assert found >= 0.95 * 400
