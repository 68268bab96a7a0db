"""How long the nearest of many vectors take: every one looked at, and by the index of faiss.

    make bench-nearest            # 100,000 and 300,000 vectors of 384 numbers
    make bench-nearest ARGS=1000000

The vectors are drawn in groups, with a part shared by all, as those of texts lie. Everything is
timed in one process on one core; "found" is the share of the true ten that the index finds too.
"""

import os
import resource
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

from answerable.engine.similarity.nearest import search  # noqa: E402

WIDTH, K, QUERIES = 384, 10, 100


def drawn(count: int, seed: int) -> np.ndarray:
    middles = np.random.default_rng(0).normal(size=(2_000, WIDTH)).astype(np.float32)
    random = np.random.default_rng(seed)
    rows = middles[random.integers(len(middles), size=count)] + np.float32(0.5)
    for i in range(0, count, 10_000):
        block = rows[i : i + 10_000]
        block += random.normal(size=block.shape).astype(np.float32)
        block /= np.linalg.norm(block, axis=1, keepdims=True)
    return rows


def main(counts: list[int]) -> None:
    queries = drawn(QUERIES, 9)
    for count in counts:
        vectors = drawn(count, 1)
        exact = search(vectors, many=count + 1)
        wanted, one = timed(exact, queries)
        print(f"{count:>9,} × {WIDTH}: every one {one:6.1f} ms", end="", flush=True)
        started = time.perf_counter()
        likely = search(vectors, many=1)
        took = time.perf_counter() - started
        found, quick = timed(likely, queries)
        share = sum(len(a & b) for a, b in zip(wanted, found, strict=True)) / (K * QUERIES)
        print(f"; faiss {quick:6.2f} ms, found {share:.3f}, built in {took:.1f} s", flush=True)
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")


def timed(look, queries):
    look(queries[0], K)
    started = time.perf_counter()
    found = [set(look(query, K)[0].tolist()) for query in queries]
    return found, 1_000 * (time.perf_counter() - started) / len(queries)


if __name__ == "__main__":
    main([int(arg) for arg in sys.argv[1:]] or [100_000, 300_000])
