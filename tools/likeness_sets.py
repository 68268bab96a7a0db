"""Sets of texts with a known truth, on which likeness is learnt and measured, and the measures.

Each set is ranked in one or more searches. ``source`` says which sets share texts: whoever learns
leaves out a whole source, so that no figure is of texts that were learnt from.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from answerable.engine.similarity import Item
from answerable.engine.similarity.analysis import Analysed, analyse
from answerable.engine.similarity.statistics import Counted, statistics_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLES = SHARED / "samples"
MAIN = ("replies", "evidence within", "evidence across")
"""The sets whose mean is the first figure: what is asked of a report-like collection."""
DEEPEST = 50
NDCG = 10
LEAST = 0.5


@dataclass(frozen=True)
class Search:
    """Texts to rank for some others. ``gains[i]`` is what each right text is worth to left ``i``."""

    left: Sequence[Item]
    right: Sequence[Item]
    gains: Sequence[Mapping[str, float]]
    known: Counted


@dataclass(frozen=True)
class Set:
    """Searches that are measured together."""

    name: str
    source: str
    searches: Sequence[Search]
    graded: bool = False

    def measured(self, ranked: Sequence[Sequence[Sequence[str]]]) -> list[float]:
        """One figure for each text that has an answer: reciprocal rank, or nDCG where graded."""
        measure = ndcg if self.graded else reciprocal
        return [
            measure(ids, gains)
            for search, lists in zip(self.searches, ranked, strict=True)
            for ids, gains in zip(lists, search.gains, strict=True)
            if max(gains.values(), default=0.0) >= LEAST
        ]


def reciprocal(ids: Sequence[str], gains: Mapping[str, float]) -> float:
    """One divided by the place of the first right answer among the first fifty."""
    places = (i for i, name in enumerate(ids[:DEEPEST], 1) if gains.get(name, 0.0) > 0)
    return 1 / next(places, math.inf)


def ndcg(ids: Sequence[str], gains: Mapping[str, float]) -> float:
    """How near the order of the first ten comes to the best order; gain 2^grade - 1."""
    best = sorted(gains.values(), reverse=True)
    return _discounted([gains.get(name, 0.0) for name in ids]) / _discounted(best)


def _discounted(grades: Sequence[float]) -> float:
    return sum((2**g - 1) / math.log2(i + 1) for i, g in enumerate(grades[:NDCG], 1))


def sets() -> list[Set]:
    """Every set among the samples; none where they are not there."""
    crosswalks = SAMPLES / "crosswalks"
    if not crosswalks.is_dir():
        return []
    evidence = _crosswalk("ofsted-rec-to-evidence")
    return [
        Set("replies", "replies", [_crosswalk("uk-gov-responses")]),
        Set("evidence within", "evidence", list(_by_report(evidence))),
        Set("evidence across", "evidence", [evidence]),
        Set("repeats", "repeats", list(_repeats()), graded=True),
        Set("csf 1.1 to 2.0", "csf", [_crosswalk("csf11-to-csf20")]),
        Set("hipaa to 800-53", "hipaa", [_crosswalk("hipaa-to-nist80053")]),
    ]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _crosswalk(name: str) -> Search:
    folder = SAMPLES / "crosswalks" / name
    left, right = (
        [Item(r["id"], r["text"]) for r in rows(folder / f"{side}.csv")]
        for side in ("left", "right")
    )
    gold: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows(folder / "gold.csv"):
        gold[row["left_id"]][row["right_id"]] = 1.0
    return _search(left, right, gold)


def _search(
    left: Sequence[Item], right: Sequence[Item], gold: Mapping[str, Mapping[str, float]]
) -> Search:
    known = statistics_of(analysed(item.text) for item in [*left, *right])
    return Search(left, sorted(right), [gold.get(item.id, {}) for item in left], known)


_ANALYSED: dict[str, Analysed] = {}


def analysed(text: str) -> Analysed:
    """The analysis of a text, made once."""
    if text not in _ANALYSED:
        _ANALYSED[text] = analyse(text)
    return _ANALYSED[text]


def _by_report(whole: Search) -> Iterator[Search]:
    gold = {item.id: gains for item, gains in zip(whole.left, whole.gains, strict=True)}
    for report in sorted({_report(item) for item in whole.left}):
        right = [item for item in whole.right if _report(item) == report]
        if right:
            yield _search([item for item in whole.left if _report(item) == report], right, gold)


def _report(item: Item) -> str:
    return item.id.partition(":")[0]


def _repeats() -> Iterator[Search]:
    """Each later recommendation with the earlier ones that two readers judged."""
    texts = {r["id"]: r["text"] for r in rows(SAMPLES / "repeats" / "recs.csv")}
    known = statistics_of(analysed(text) for text in texts.values())
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows(SAMPLES / "repeats" / "gold.csv"):
        grade = (float(row["grade_a"]) + float(row["grade_b"])) / 2
        grades[row["later_id"]][row["earlier_id"]] = grade
    for later, found in grades.items():
        right = sorted(Item(name, texts[name]) for name in found)
        yield Search([Item(later, texts[later])], right, [found], known)


def real_repeats(*, subjects: bool = False) -> tuple[list[tuple[Item, str]], list[tuple[str, str]]]:
    """The public record: each recommendation with its day, and pairs (later, earlier) of repeats.

    With ``subjects``, the texts are those by which the register compares: the words, and the
    subject twice.
    """
    facts = SHARED / "facts"
    if not facts.is_dir():
        return [], []
    told = rows(facts / "recommendations.csv")
    items = [
        (Item(f"{r['report_id']}:{r['rec_no']}", _compared(r, subjects)), r["published"])
        for r in told
    ]
    return items, [(r["rec_b"], r["rec_a"]) for r in rows(facts / "repeats.csv")]


def _compared(row: dict[str, str], subjects: bool) -> str:
    words, subject = row["paraphrase"], row["theme"].strip(" .")
    return f"{words}\n{subject}.\n{subject}." if subjects and subject else words


def mean(values: Sequence[float]) -> float:
    """Their mean; 0 of none."""
    return fmean(values) if values else 0.0
