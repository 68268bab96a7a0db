"""Learn how sure the reader may be, from documents with a known truth. One command, no network.

    make train-reading

Reads the sample documents beside the project and invented reports made on the fly, sees which
entries are right, and writes ``src/answerable/engine/documents/weights.json`` with a digest of what
was read. The same documents and rules give the same file, byte for byte. Held reports are not
learned from. How good the weights are, with each body left out: ``make bench-calibration``.
Exit status 2: the samples are not there (``--without-samples`` learns from invented reports alone).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.documents.confidence import WEIGHTS, Model  # noqa: E402
from tools import logistic  # noqa: E402
from tools.logistic import BIAS, Example, Weights  # noqa: E402
from tools.reading_cases import OPEN, SAMPLES, Case, Paper, beside, cases, invented  # noqa: E402

SEEDS = range(401)
RIDGE = 1.0
SAMPLE_COUNTS = 3.0
"""How much more a real document counts than an invented one."""

_FOR = {
    "item": "agreed performs asks obliges commands again ends begins own_heading",
    "mean": "agreed performs asks commands again",
    "run": "hand hand_square own_title plain_title whole from_start",
    "choice": "also main",
    "about": "stated_agrees",
}
_AGAINST = {
    "item": "disputed tells judges long short status before another twice open contents quotation"
    " apart other_heading",
    "mean": "disputed tells judges long short status before",
    "run": "against gaps alone pair many_forms spread",
    "beside": "longer shorter unlike after_gap before_gap",
    "about": "stated_differs rivals outside gaps runs",
}


def _named(groups: dict[str, str], sign: int) -> dict[str, int]:
    return {f"{group}.{n}": sign for group, names in groups.items() for n in names.split()}


SIGNS = _named(_FOR, 1) | _named(_AGAINST, -1)
"""In which direction evidence may speak, where that is plain before any learning."""


def main() -> int:
    """Read, learn, write; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--without-samples", action="store_true", help="invented reports alone")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where to write the weights")
    asked = parser.parse_args()
    if not SAMPLES.is_dir() and not asked.without_samples:
        print(f"There are no samples at {SAMPLES}. Lay them beside the project.", file=sys.stderr)
        return 2
    found = cases(papers(samples=not asked.without_samples))
    asked.to.write_text(written(found), encoding="utf-8")
    learned = [c for c in found if c.source in LEARNED]
    entries = sum(len(c.entries) for c in learned)
    print(f"Learned from {entries:,} entries of {len(learned):,} documents: {asked.to}")
    return 0


LEARNED = ("samples", OPEN)


def papers(*, samples: bool = True) -> list[Paper]:
    """What is read: samples, and invented reports, held ones among them (only for measuring)."""
    return (beside(SAMPLES, "samples") if samples else []) + invented(SEEDS)


def written(found: Sequence[Case]) -> str:
    """The file of weights that these documents give."""
    learned = [c for c in found if c.source in LEARNED]
    digest = hashlib.sha256("".join(sorted(c.digest for c in learned)).encode()).hexdigest()
    whole = {
        "data": {
            "digest": digest,
            "seeds": [SEEDS[0], SEEDS[-1]],
            "samples": sum(c.source == "samples" for c in learned),
            "invented": sum(c.source == OPEN for c in learned),
            "entries": sum(len(c.entries) for c in learned),
        },
        "models": {name: _shown(model) for name, model in models(learned).items()},
    }
    return json.dumps(whole, indent=1, sort_keys=True) + "\n"


def _shown(model: Model) -> dict[str, object]:
    return {"bias": model.bias, "weights": dict(model.weights), "usual": dict(model.usual)}


def models(learned: Sequence[Case], start: dict[str, Model] | None = None) -> dict[str, Model]:
    """A model of entries that were taken, and one of near misses."""
    return {
        name: _model(examples(learned, taken=taken), start[name] if start else None)
        for name, taken in (("missed", False), ("taken", True))
    }


def _model(found: Sequence[Example], start: Model | None) -> Model:
    known: Weights = {BIAS: start.bias, **start.weights} if start else {}
    weights = logistic.fit(found, ridge=RIDGE, signs=SIGNS, start=known)
    whole = sum(e.weight for e in found)
    bias = weights.pop(BIAS, 0.0)
    usual = {n: sum(e.weight * e.seen.get(n, 0.0) for e in found) / whole for n in weights}
    return Model(bias, weights, {n: round(v, 4) for n, v in usual.items()})


def examples(learned: Sequence[Case], *, taken: bool) -> list[Example]:
    """The entries as examples. A document counts with the root of its entries, not by them all."""
    found = []
    for case in learned:
        entries = [e for e in case.entries if e.taken is taken]
        each = SAMPLE_COUNTS if case.source == "samples" else 1.0
        weight = each / max(len(entries), 1) ** 0.5
        found += [Example(e.seen, e.right, weight) for e in entries]
    return found


if __name__ == "__main__":
    sys.exit(main())
