"""Learn how likely each relation is at a likeness, from pairs that people judged.

    make train-likeness-odds

Reads the graded repeats beside the project, scores each pair as the register would (a later
recommendation against earlier ones, with the statistics of them all, without and with the extra),
and writes ``src/answerable/engine/similarity/odds.json``. Each recommendation is also compared with
itself, which is the same by what "same" means. How well it holds is measured with each inquiry of
the later recommendations left out in turn. Nothing of the samples is copied but counts.
Exit status 2: the samples or the extra are not there.
"""

import csv
import hashlib
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.similarity import analyse, score, statistics_of  # noqa: E402
from answerable.engine.similarity.meaning import Meaning  # noqa: E402
from answerable.engine.similarity.odds import LEARNT, chances, seen  # noqa: E402
from tools import logistic  # noqa: E402
from tools.logistic import Example, Weights  # noqa: E402

SAMPLES = ROOT.parent / "shared" / "samples" / "repeats"
RIDGE = 0.3
SELF = 0.1
"""How much a recommendation compared with itself counts beside a judged pair."""
GRADES = ("unrelated", "partly", "extends", "same")
BINS = 10

Curves = dict[str, Weights]


class Judged(NamedTuple):
    """A pair with its likeness and what the two readers said."""

    inquiry: str
    seen: dict[str, float]
    grades: tuple[int, int]
    weight: float = 1.0


def main() -> int:
    """Read, learn, measure, write; see the module's docstring."""
    model = Meaning.load()
    if model is None or not (SAMPLES / "gold.csv").is_file():
        print("The samples beside the project, or the extra called meaning, are not there.")
        return 2
    content: dict[str, object] = {
        "what": "Odds of a relation from a likeness: three logistic curves over the likeness of words and of meaning.",
        "made_by": "tools/train_likeness_odds.py",
        "data": "Graded repeats among UK public inquiries; each later one also with itself.",
        "data_sha256": digest(),
        "curves": "related: any grade above 0; more: 2 or 3 if related; same: 3 if more.",
        "figures": {},
    }
    figures: dict[str, object] = {}
    for mode, meaning in (("words", None), ("meaning", model)):
        judged = list(pairs(meaning))
        content[mode] = learn(judged)
        figures[mode] = measured(judged)
        print(mode, json.dumps(content[mode]), json.dumps(figures[mode], indent=1))
    content["figures"] = figures
    LEARNT.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


def pairs(meaning: Meaning | None) -> Iterator[Judged]:
    """Each judged pair with its likeness, and each later recommendation with itself."""
    texts = {row["id"]: row["text"] for row in read("recs.csv")}
    analysed = {name: analyse(text) for name, text in texts.items()}
    statistics = statistics_of(list(analysed.values()))

    def alike(later: str, earlier: str) -> dict[str, float]:
        value = meaning.likeness(texts[later], [texts[earlier]])[0] if meaning else None
        return seen(score(analysed[later], analysed[earlier], statistics, value))

    gold = read("gold.csv")
    for row in gold:
        later, earlier = row["later_id"], row["earlier_id"]
        grades = int(row["grade_a"]), int(row["grade_b"])
        yield Judged(later.split(":")[0], alike(later, earlier), grades)
    for later in sorted({row["later_id"] for row in gold}):
        yield Judged(later.split(":")[0], alike(later, later), (3, 3), SELF)


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the sample's files."""
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digest() -> str:
    """Of both files, in their order."""
    content = b"".join((SAMPLES / name).read_bytes() for name in ("recs.csv", "gold.csv"))
    return hashlib.sha256(content).hexdigest()


def learn(judged: Sequence[Judged]) -> Curves:
    """The three curves."""
    return {
        "related": curve(judged, least=0, right=1),
        "more": curve(judged, least=1, right=2),
        "same": curve(judged, least=2, right=3),
    }


def curve(judged: Sequence[Judged], *, least: int, right: int) -> Weights:
    """Of what has at least one grade, the odds of a higher one; each reader counts half."""
    examples = [
        Example(pair.seen, grade >= right, pair.weight / 2)
        for pair in judged
        for grade in pair.grades
        if grade >= least
    ]
    return {"bias": 0.0} | logistic.fit(examples, ridge=RIDGE, signs={"words": 1, "meaning": 1})


def measured(judged: Sequence[Judged]) -> dict[str, object]:
    """How far the odds are from what was found, each inquiry told by curves of the others."""
    told: list[tuple[dict[str, float], str]] = []
    for inquiry in sorted({pair.inquiry for pair in judged}):
        curves = learn([pair for pair in judged if pair.inquiry != inquiry])
        for pair in judged:
            if pair.inquiry == inquiry and pair.weight == 1:
                found = chances(pair.seen, curves)
                told += [(found, GRADES[grade]) for grade in pair.grades]
    return {
        "judgements": len(told),
        "inquiries_left_out": len({pair.inquiry for pair in judged}),
        "found": {name: sum(grade == name for _, grade in told) for name in GRADES},
        "error_equal_width": each(told, by_width),
        "error_equal_mass": each(told, by_mass),
        "area_related": round(area([(1 - o["unrelated"], g != "unrelated") for o, g in told]), 3),
        "log_loss": round(-sum(math.log(max(o[g], 1e-9)) for o, g in told) / len(told), 4),
        "log_loss_of_shares_alone": round(entropy([g for _, g in told]), 4),
    }


Point = tuple[float, bool]
Cut = Callable[[Sequence[Point]], Iterable[Sequence[Point]]]


def each(told: Sequence[tuple[dict[str, float], str]], cut: Cut) -> dict[str, float]:
    """The expected calibration error of each relation."""
    return {
        name: calibration_error([(odds[name], grade == name) for odds, grade in told], cut)
        for name in GRADES
    }


def calibration_error(points: Sequence[Point], cut: Cut) -> float:
    """How far, on average, the odds that were told are from the share that was found."""
    wrong = 0.0
    for group in cut(points):
        wrong += abs(sum(p for p, _ in group) - sum(was for _, was in group))
    return round(wrong / len(points), 4)


def by_width(points: Sequence[Point]) -> Iterable[Sequence[Point]]:
    """Groups by tenths of the odds."""
    for low in range(BINS):
        yield [point for point in points if min(BINS - 1, int(point[0] * BINS)) == low]


def by_mass(points: Sequence[Point]) -> Iterable[Sequence[Point]]:
    """Ten groups of as many, by the odds."""
    ordered = sorted(points)
    for i in range(BINS):
        yield ordered[len(ordered) * i // BINS : len(ordered) * (i + 1) // BINS]


def area(points: Sequence[Point]) -> float:
    """How often something related is told as likelier than something that is not."""
    yes = [p for p, was in points if was]
    no = [p for p, was in points if not was]
    return sum((a > b) + (a == b) / 2 for a in yes for b in no) / (len(yes) * len(no))


def entropy(grades: Sequence[str]) -> float:
    """The loss of whoever only knows how frequent each grade is."""
    shares = [grades.count(name) / len(grades) for name in GRADES]
    return -sum(p * math.log(p) for p in shares if p)


if __name__ == "__main__":
    sys.exit(main())
