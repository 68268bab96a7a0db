"""Whether learned weights would choose runs better than those set by hand, which choose now.

    make bench-choosing                 the samples and the invented reports
    make bench-choosing ARGS="DIR DIR"  and folders of documents with their truth

A run counts as the document's own by the share of its entries that are. A logistic model of that is
learned from samples and open invented reports; samples are chosen by weights learned without any
document of the same body. Beside the score by hand stand the learned one, and the mean of both.
Printed is the macro F1 of each set / false entries in documents with none of their own.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.documents import (  # noqa: E402
    Candidate,
    Unreadable,
    choose,
    evidence,
    gate,
    reader,
    stated,
    strategies,
)
from answerable.engine.documents.runs import Run  # noqa: E402
from tests.typeset import report  # noqa: E402
from tests.typeset import score as scoring  # noqa: E402
from tests.typeset.parts import Row  # noqa: E402
from tools import logistic, reading_cases  # noqa: E402
from tools.logistic import BIAS, Example, Weights  # noqa: E402
from tools.reading_cases import HELD, OPEN, Paper, beside  # noqa: E402
from tools.train_reading import LEARNED, SAMPLE_COUNTS, SIGNS, papers  # noqa: E402

RIDGE = 2.0
MOST = 10


@dataclass(frozen=True, slots=True, eq=False)
class Scored(Run):
    """A run whose score is given, not reckoned from its votes."""

    given: float = 0.0

    @property
    def score(self) -> float:
        return self.given


@dataclass(slots=True)
class Known:
    """One document with its runs, what was seen of each, and the share of it that is right."""

    source: str
    body: str
    rows: list[Row]
    runs: list[Run]
    seen: list[dict[str, float]]
    shares: list[float]
    shown: dict[int, Candidate]
    said: int | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    asked = parser.parse_args()
    every = [*papers(), *(p for f in asked.folders for p in beside(f, f.name))]
    known = [k for paper in every if (k := _known(paper)) is not None]
    whole = learned(known)
    without = {
        body: learned([k for k in known if (k.source, k.body) != ("samples", body)], whole)
        for body in {k.body for k in known if k.source == "samples"}
    }
    for name, share in (("by hand", 0.0), ("half learned", 0.5), ("learned", 1.0)):
        figures = []
        for source in dict.fromkeys(k.source for k in known):
            some = [k for k in known if k.source == source]
            by = [without[k.body] if source == "samples" else whole for k in some]
            figures.append(f"{source} {figure(some, by, share)}")
        print(f"{name:12}  " + "  ".join(figures), flush=True)
    return 0


def _known(paper: Paper) -> Known | None:
    if paper.path is not None:
        return known(paper, paper.path)
    made = report(paper.seed)
    source = HELD if made.held else OPEN
    with tempfile.TemporaryDirectory() as folder:
        whole = replace(paper, source=source, body=made.wish.style, rows=tuple(made.rows))
        return known(whole, made.written(Path(folder)))


def known(paper: Paper, path: Path) -> Known | None:
    """The document's runs, as the strategies propose them."""
    data = path.read_bytes()
    try:
        opened = reader.open_document(path, data, gate.media_type(data))
    except Unreadable:
        return None
    runs = strategies.proposals(opened.blocks)
    if reader.find(opened).reply:
        runs = [
            replace(run, against=run.against or "It is a reply.", kind="quoted") for run in runs
        ]
    gathered = evidence.gather(runs, opened.blocks)
    shown = {
        id(item): reading_cases.candidate(choose.Choice(item, run, 0), opened)
        for run in runs
        for item in run.items
    }
    own = [row for row in paper.rows if row.own]
    shares = [
        mean(
            any(scoring.likeness(shown[id(i)], row) >= reading_cases.LIKE for row in own)
            for i in run.items
        )
        for run in runs
    ]
    seen = [gathered.of_run(run) for run in runs]
    said = stated.count(opened.blocks)
    return Known(paper.source, paper.body, list(paper.rows), runs, seen, shares, shown, said)


def learned(known: Iterable[Known], start: Weights | None = None) -> Weights:
    """The weights under which the runs' shares are likeliest."""
    examples = []
    for one in known:
        if one.source not in LEARNED:
            continue
        each = SAMPLE_COUNTS if one.source == "samples" else 1.0
        for run, seen, share in zip(one.runs, one.seen, one.shares, strict=True):
            weight = each * min(len(run.items), MOST) ** 0.5
            examples += [Example(seen, True, weight * share)] if share else []
            examples += [Example(seen, False, weight * (1 - share))] if share < 1 else []
    return logistic.fit(examples, ridge=RIDGE, signs=SIGNS, start=start)


def figure(known: Sequence[Known], by: Sequence[Weights], share: float) -> str:
    """Macro F1 / false ones where there are none, with so much of each score learned."""
    f1, false = [], 0
    for one, weights in zip(known, by, strict=True):
        runs = [_scored(r, s, weights, share) for r, s in zip(one.runs, one.seen, strict=True)]
        taken = [
            one.shown[id(c.item)]
            for c in choose.choose(runs, one.said).taken
            if c.run.kind not in scoring.NOT_FOUND
        ]
        own = scoring.own_rows(taken, one.rows)
        matched = scoring.pairs(taken, own)
        left = [c for n, c in enumerate(taken) if n not in set(matched.values())]
        spared = len(scoring.pairs(left, [row for row in one.rows if row.optional]))
        if own:
            f1.append(2 * len(matched) / (len(own) + len(taken) - spared))
        else:
            false += len(taken) - spared
    return f"{mean(f1):.3f}/{false}" if f1 else f"-/{false}"


def _scored(run: Run, seen: dict[str, float], weights: Weights, share: float) -> Scored:
    value = weights.get(BIAS, 0.0) + sum(weights.get(n, 0.0) * v for n, v in seen.items())
    score = (1 - share) * run.score + share * logistic.sigmoid(value)
    return Scored(**{f.name: getattr(run, f.name) for f in fields(run)}, given=score)


if __name__ == "__main__":
    sys.exit(main())
