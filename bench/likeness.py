"""How well repeats are found, beside other ways, on every set of texts with a known truth.

    make bench-likeness

Every set by every method, with 95 % intervals (queries drawn again, 1,000 times). ``ours`` is what
ships; ``left out`` is the same engine with weights learnt without that set's source, which is what
counts as a result. The mean is of the three sets of reports. Then: how many real repeats of the public
record are among the first ten, and how long 2,000 texts against 2,000 take. The last line is the mean
MRR of ours, left out, with meaning where the extra is there. Exit status 2: there are no samples.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
from rank_bm25 import BM25Okapi

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from answerable.engine.similarity import Item, rank, statistics_of  # noqa: E402
from answerable.engine.similarity.meaning import Meaning  # noqa: E402
from answerable.engine.similarity.weights import LEARNT, Weights, read  # noqa: E402
from tools.likeness_sets import (  # noqa: E402
    DEEPEST,
    MAIN,
    SAMPLES,
    Search,
    Set,
    analysed,
    mean,
    real_repeats,
    rows,
    sets,
)

DRAWN = 1_000
TEN = 10
MANY = 2_000
PEER_QUERIES = 50

Method = Callable[[Set], list[list[list[str]]]]
MODEL = Meaning.load()


def main() -> int:
    found = sets()
    if not found:
        print(f"There are no samples at {SAMPLES}. Lay them beside the project.", file=sys.stderr)
        return 2
    methods = _methods()
    reached = {
        name: {one.name: one.measured(way(one)) for one in found} for name, way in methods.items()
    }
    _tell_sets(found, reached)
    _tell_tuning()
    _tell_real_repeats()
    _tell_speed()
    best = "left out + meaning" if MODEL else "left out"
    told = ("left out", "left out + meaning") if MODEL else ("left out",)
    for name in told:
        print(f"{name}: mean MRR {_main(reached[name]):.3f}")
    print(f"mean MRR {_main(reached[best]):.2f}")
    return 0


def _methods() -> dict[str, Method]:
    ways: dict[str, Method] = {
        "BM25": lambda one: _each(one, _bm25),
        "TF-IDF": lambda one: _each(one, _tfidf),
        "ours": lambda one: _ours(one, LEARNT, None),
        "left out": lambda one: _ours(one, read(without=one.source), None),
    }
    if MODEL:
        only = replace(LEARNT, meaning={"passage": 0.0, "words": 0.0, "meaning": 1.0})
        ways["meaning"] = lambda one: _ours(one, only, MODEL)
        ways["ours + meaning"] = lambda one: _ours(one, LEARNT, MODEL)
        ways["left out + meaning"] = lambda one: _ours(one, read(without=one.source), MODEL)
    return ways


def _each(one: Set, way: Callable[[Search], Sequence[np.ndarray]]) -> list[list[list[str]]]:
    found = []
    for search in one.searches:
        names = [item.id for item in search.right]
        found.append(
            [[names[i] for i in np.argsort(-own, kind="stable")[:DEEPEST]] for own in way(search)]
        )
    return found


def _stems(item: Item) -> list[str]:
    return [own for sentence in analysed(item.text).told for own in sentence]


def _bm25(search: Search) -> list[np.ndarray]:
    index = BM25Okapi([_stems(item) or [""] for item in search.right])
    return [index.get_scores(_stems(item)) for item in search.left]


def _tfidf(search: Search) -> list[np.ndarray]:
    df = statistics_of(analysed(i.text) for i in [*search.left, *search.right])
    terms = {t: n for n, t in enumerate(t for t in df.counts if " " not in t and t[0] != "#")}

    def table(items: Sequence[Item]) -> np.ndarray:
        found = np.zeros((len(items), len(terms)))
        for row, item in enumerate(items):
            for term, n in Counter(_stems(item)).items():
                rarity = math.log((1 + df.count) / (1 + df.counts[term])) + 1
                found[row, terms[term]] = (1 + math.log(n)) * rarity
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)

    return list(np.round(table(search.left) @ table(search.right).T, 9))


def _ours(one: Set, by: Weights, model: Meaning | None) -> list[list[list[str]]]:
    found = []
    for search in one.searches:
        # The statistics of repeats are those of all inquiries, which is what an office has.
        known = search.known if one.graded else None
        ranked = rank(
            search.left, search.right, top=DEEPEST, meaning=model, statistics=known, by=by
        )
        found.append([[name for name, _ in likest] for _, likest in ranked])
    return found


def _main(reached: dict[str, list[float]]) -> float:
    return mean([mean(reached[name]) for name in MAIN])


def _tell_sets(found: Sequence[Set], reached: dict[str, dict[str, list[float]]]) -> None:
    names = [one.name for one in found]
    print(f"{'MRR (repeats: nDCG@10)':22}" + "".join(f"{name:>22}" for name in [*names, "mean"]))
    for method, figures in reached.items():
        cells = [_with_interval([figures[name]]) for name in names]
        cells.append(_with_interval([figures[name] for name in MAIN]))
        print(f"{method:22}" + "".join(f"{cell:>22}" for cell in cells))
    print(f"{'queries':22}" + "".join(f"{len(reached['BM25'][name]):>22}" for name in names))


def _with_interval(figures: Sequence[Sequence[float]]) -> str:
    """The mean of the means, with its interval; sets of the same size are drawn together."""
    drawn = random.Random(7)
    means = []
    for _ in range(DRAWN):
        picks: dict[int, list[int]] = {}
        for own in figures:
            picks.setdefault(len(own), drawn.choices(range(len(own)), k=len(own)))
        means.append(fmean(fmean(own[i] for i in picks[len(own)]) for own in figures))
    means.sort()
    low, high = means[int(DRAWN * 0.025)], means[int(DRAWN * 0.975)]
    return f"{fmean(map(fmean, figures)):.3f} ({low:.2f}–{high:.2f})"


def _tell_tuning() -> None:
    print(
        "\nTuned on: BM25, TF-IDF and meaning on nothing here. Ours on replies, evidence and repeats"
    )
    print("together; left out on the other two of them. The frameworks were never learnt from.")
    for source in ("", "replies", "evidence", "repeats"):
        own = read(without=source)
        print(
            f"  {'without ' + source if source else 'all':18} sentences {own.sentences}"
            f" lacking {own.lacking} near {own.near} words {dict(own.words)}"
            f" meaning {dict(own.meaning)}"
        )


def _tell_real_repeats() -> None:
    words, pairs = real_repeats()
    if not pairs:
        print("\nThere is no public record beside the project.")
        return
    print(
        f"\nReal repeats among the first {TEN}, of {len(pairs)} (earlier ones of the public record):"
    )
    for what, items in (("", words), (", with subjects", real_repeats(subjects=True)[0])):
        for name, model in (("ours", None), *((("ours + meaning", MODEL),) if MODEL else ())):
            places = list(_places(items, pairs, model))
            share, mrr = fmean(p <= TEN for p in places), fmean(1 / p for p in places)
            print(f"  {name + what:32} {share:.2f}  MRR {mrr:.2f}")
    print(
        "  (subjects as the register compares them; that they count twice was chosen on these pairs)"
    )


def _places(
    items: list[tuple[Item, str]], pairs: list[tuple[str, str]], model: Meaning | None
) -> Iterator[int]:
    """At which place each earlier one stands among all that were asked before."""
    days = {item.id: day for item, day in items}
    known = statistics_of(analysed(item.text) for item, _ in items)
    for later, earlier in pairs:
        asked = next(item for item, _ in items if item.id == later)
        # A report's own other entries stand, as on the page; what was asked later does not.
        before = [
            item
            for item, day in items
            if item.id == earlier or (item.id != later and day[:4] <= days[later][:4])
        ]
        ((_, likest),) = rank([asked], before, top=len(before), meaning=model, statistics=known)
        yield [name for name, _ in likest].index(earlier) + 1


def _tell_speed() -> None:
    left, right = _many("l"), _many("r")
    list(rank(left[:3], right[:3], top=1))
    ours = _seconds(lambda: list(rank(left, right, top=TEN)))
    told = [[w.casefold() for w in item.text.split()] for item in right]
    index = BM25Okapi(told)
    asked = [item.text.casefold().split() for item in left[:PEER_QUERIES]]
    peer = _seconds(lambda: [index.get_scores(q) for q in asked]) * MANY / PEER_QUERIES
    width = len({w for words in told for w in words})
    table = np.random.default_rng(7).random((MANY, width), np.float32)
    dense = _seconds(lambda: table @ table.T)
    print(f"\n{MANY:,} texts against {MANY:,}, one core, processor seconds: ours {ours:.2f};")
    print(f"rank_bm25 {peer:.2f} ({peer / ours:.1f} times ours);", end=" ")
    print(
        f"dense numpy product of {MANY:,} × {width:,} {dense:.2f} ({dense / ours:.1f} times ours)"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _many(name: str) -> list[Item]:
    """Texts of about 45 words, put together from the samples' halves; no two are the same."""
    chosen = random.Random(name)
    texts = [row["text"].split() for row in rows(SAMPLES / "repeats" / "recs.csv")]
    found = []
    for number in range(MANY):
        one, other = chosen.sample(texts, 2)
        cut = chosen.randint(0, len(one))
        words = [*one[:cut], *other[: max(5, 45 - cut)]]
        found.append(Item(f"{name}{number:04}", " ".join(words)))
    return found


if __name__ == "__main__":
    sys.exit(main())
