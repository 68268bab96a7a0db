"""How many recommendations a reply's reader joins to the right answer, beside two simple ways.

    make bench-replies

For each reply among the samples the recommendations are read from the report's PDF and the answers
from the reply's PDF. One is *joined* if, of all the answers that people cut out of the reply, its
proposed text is likest to the right one and holds at least half of that one's words. ``words`` is
the mean F1 of those words, which says how well the bounds are. The last line is the total share.
Exit status 2: there is nothing to read.
"""

import csv
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

from answerable.engine.documents import Page, Unreadable, read
from answerable.engine.replies import Asked, answers
from answerable.engine.replies.likeness import Likeness, alike
from answerable.engine.replies.numbers import path_of
from answerable.engine.replies.stream import stream, words

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
CROSSWALK = SAMPLES / "crosswalks" / "uk-gov-responses"

Joined = dict[str, str]
"""What is proposed for each recommendation: its key and the words."""


def main() -> int:
    replies = sorted((SAMPLES / "responses").glob("*.pdf"))
    if not replies or not CROSSWALK.is_dir():
        print(f"There are no replies at {SAMPLES}. Lay the samples beside it.", file=sys.stderr)
        return 2
    left, right, gold = _table("left"), _table("right"), _gold()
    total: dict[str, list[int]] = defaultdict(list)
    print(f"{'reply':32} {'asked':>5} {'reader':>14} {'numbers':>9} {'TF-IDF':>9} {'seconds':>8}")
    for path in replies:
        _row(path, left, right, gold, total)
    if not total:
        return 2
    print("  ".join(f"{name} {mean(hits):.3f}" for name, hits in total.items()))
    print(f"joined {mean(total['reader']):.3f}")
    return 0


def _row(
    path: Path,
    left: dict[str, str],
    right: dict[str, str],
    gold: dict[str, str],
    total: dict[str, list[int]],
) -> None:
    report = next((SAMPLES / "reports").glob(path.name.split(".")[0] + ".pdf"))
    try:
        pages = read(path).pages
    except Unreadable as refusal:
        print(f"{path.stem[:32]:32} {refusal.code}: needs the text recognition")
        return
    asked, prefix = _asked(report, left)
    truth = {k.split(":", 1)[1]: right[g] for k, g in gold.items() if k.startswith(prefix + ":")}
    others = {g: right[g] for k, g in gold.items() if k.startswith(prefix + ":")}
    began = time.process_time()
    ways: dict[str, Callable[[Sequence[Asked], Sequence[Page]], Joined]] = {
        "reader": _reader,
        "numbers": _numbers_only,
        "tfidf": _tfidf,
    }
    told = {}
    for name, way in ways.items():
        hits, f1 = _measured(way(asked, pages), truth, others)
        total[name] += hits
        told[name] = (mean(hits), f1)
        if name == "reader":
            seconds = time.process_time() - began
            if "--details" in sys.argv:
                _details(way(asked, pages), truth, others)
    reader, plain, tfidf = told["reader"], told["numbers"], told["tfidf"]
    print(
        f"{path.stem[:32]:32} {len(truth):5} {reader[0]:7.3f} ({reader[1]:.2f})"
        f" {plain[0]:9.3f} {tfidf[0]:9.3f} {seconds:8.2f}"
    )


def _table(name: str) -> dict[str, str]:
    with (CROSSWALK / f"{name}.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in csv.DictReader(file)}


def _gold() -> dict[str, str]:
    with (CROSSWALK / "gold.csv").open(encoding="utf-8") as file:
        return {row["left_id"]: row["right_id"] for row in csv.DictReader(file)}


def _asked(report: Path, left: dict[str, str]) -> tuple[list[Asked], str]:
    """What the reader found in the report, and where it took none, the words people cut out."""
    found = [c for c in read(report).candidates if c.number and c.taken]
    prefix = _prefix(" ".join(c.text for c in found), left)
    texts = {k.split(":", 1)[1]: t for k, t in left.items() if k.split(":", 1)[0] == prefix}
    by_path = {path_of(number): (number, text) for number, text in texts.items()}
    for one in found:
        key = by_path.get(path_of(one.number or ""), (one.number or "", ""))[0]
        by_path[path_of(one.number or "")] = key, one.text
    return [Asked(key, key, text) for _, (key, text) in sorted(by_path.items(), key=_place)], prefix


def _place(item: tuple[tuple[str, ...], tuple[str, str]]) -> tuple[tuple[int, str], ...]:
    """Numbers as numbers, so that 8.10 comes after 8.9; small Roman figures sort as letters do."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in item[0])


def _prefix(text: str, left: dict[str, str]) -> str:
    """Under which name the crosswalk has a report: the one whose words are most of it."""
    own = set(words(text))
    shared: dict[str, list[float]] = defaultdict(list)
    for key, of in left.items():
        theirs = set(words(of))
        shared[key.split(":", 1)[0]].append(len(theirs & own) / max(1, len(theirs)))
    return max(shared, key=lambda name: mean(shared[name]))


def _f1(one: str, other: str) -> tuple[float, float]:
    """F1 of the words of two texts, and which share of the second is in the first."""
    a, b = Counter(words(one)), Counter(words(other))
    shared = (a & b).total()
    return 2 * shared / max(1, a.total() + b.total()), shared / max(1, b.total())


def _measured(
    proposed: Joined, truth: dict[str, str], others: dict[str, str]
) -> tuple[list[int], float]:
    hits, f1s = [], []
    for key, text in truth.items():
        own = proposed.get(key, "")
        f1, held = _f1(own, text)
        best = max(_f1(own, other)[0] for other in others.values())
        hits.append(int(f1 > 0 and f1 >= best and held >= 0.5))
        f1s.append(f1)
    return hits, mean(f1s)


def _details(proposed: Joined, truth: dict[str, str], others: dict[str, str]) -> None:
    for key, text in truth.items():
        own = proposed.get(key, "")
        f1, held = _f1(own, text)
        best = max(others, key=lambda other: _f1(own, others[other])[0])
        good = others[best] == text and held >= 0.5
        if not good or f1 < 0.9:
            print(f"  {key}: F1 {f1:.2f}, holds {held:.2f}{'' if good else ', NOT JOINED'}")


def _reader(asked: Sequence[Asked], pages: Sequence[Page]) -> Joined:
    return {key: a.text for a in answers(asked, pages).answers for key in a.keys}


def _numbers_only(asked: Sequence[Asked], pages: Sequence[Page]) -> Joined:
    """From "Recommendation N" at the start of a line to the next."""
    text = "\n".join(page.text for page in pages)
    labels = list(re.finditer(r"^recommendation\s+(\S+)", text, re.I | re.M))
    found: dict[tuple[str, ...], str] = {}
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        found[path_of(label.group(1))] = text[label.end() : end]
    return {a.key: found.get(path_of(a.number), "") for a in asked}


def _tfidf(asked: Sequence[Asked], pages: Sequence[Page]) -> Joined:
    """The passage of about 120 words that is likest, and twice as many words after it."""
    reply = stream(pages)
    bounds = [(n, min(n + 120, len(reply.tokens))) for n in range(0, len(reply.tokens), 60)]
    measure = Likeness([reply.words(*b) for b in bounds])
    vectors = [measure.vector(reply.words(*b)) for b in bounds]
    found = {}
    for one in asked:
        own = measure.of(one.words)
        best = max(range(len(bounds)), key=lambda n: alike(own, vectors[n]))
        first, last = bounds[best]
        found[one.key] = " ".join(reply.words(first, last + 240))
    return found


if __name__ == "__main__":
    sys.exit(main())
