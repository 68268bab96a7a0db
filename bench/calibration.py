"""Whether what the reader shows as 9 in 10 is right nine times in ten, on each set of documents.

    make bench-calibration                      the samples and the invented reports
    make bench-calibration ARGS="DIR DIR"       and folders of documents with their truth
    make bench-calibration ARGS="--compare"     and whether learned weights should choose

For each set: the entries that the reader took, in bands of what is shown, with the share that is
right; the expected calibration error (ECE), by learned weights and by the hand-set scores that
choose. Samples are measured with weights learned without any document of the same body; invented
reports with weights learned without a fifth of them; all other sets with the weights of the
package. ``--compare`` prints the macro F1 where entries below a share would be dropped and near
misses above one taken. The last line is the ECE of the samples. Exit status 2: nothing to read.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.documents.confidence import WEIGHTS, Model, load  # noqa: E402
from tools.reading_cases import OPEN, Case, Entry, beside, cases  # noqa: E402
from tools.train_reading import LEARNED, models, papers, written  # noqa: E402

FOLDS = 5
PAIRS = ((0.0, 1.0), (0.1, 1.0), (0.2, 1.0), (0.3, 1.0), (0.0, 0.7), (0.0, 0.5), (0.2, 0.6))
Models = Mapping[str, Model]
Shown = list[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of one set, and the models that saw none of them."""

    found: Sequence[Case]
    by: Models


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--compare", action="store_true", help="try the weights for choosing")
    asked = parser.parse_args()
    read = cases([*papers(), *(p for f in asked.folders for p in beside(f, f"{f.name}"))])
    if not read:
        print("There is nothing to read.", file=sys.stderr)
        return 2
    _tell_of_the_weights(read)
    sets = _sets(read)
    for name, parts in sets.items():
        _tell(name, parts)
    if asked.compare:
        _compare(sets)
    first = next(iter(sets.values()))
    print(f"ECE {ece(_shown(first)):.3f}")
    return 0


def _tell_of_the_weights(read: Sequence[Case]) -> None:
    data = json.loads(WEIGHTS.read_text())["data"]
    current = json.loads(written([c for c in read if c.source in LEARNED]))
    state = "in step with this reader" if current == json.loads(WEIGHTS.read_text()) else "older"
    print(
        f"Weights ({state}): {data['samples']} samples, {data['invented']} invented reports, "
        f"{data['entries']:,} entries, data {data['digest'][:12]}\n"
    )


def _sets(read: Sequence[Case]) -> dict[str, list[Part]]:
    learned = [c for c in read if c.source in LEARNED]
    every = models(learned)
    packaged = load()
    found: dict[str, list[Part]] = {}
    samples = [c for c in read if c.source == "samples"]
    if samples:
        found["samples, each body left out"] = [
            _left_out(learned, [c for c in samples if c.body == body], every)
            for body in sorted({c.body for c in samples})
        ]
    own = [c for c in read if c.source == OPEN]
    found["invented, a fifth left out"] = [
        _left_out(learned, own[fold::FOLDS], every) for fold in range(FOLDS)
    ]
    for name in dict.fromkeys(c.source for c in read if c.source not in LEARNED):
        found[name] = [Part([c for c in read if c.source == name], packaged)]
    return found


def _left_out(learned: Sequence[Case], out: Sequence[Case], start: dict[str, Model]) -> Part:
    kept = {id(case) for case in out}
    return Part(out, models([c for c in learned if id(c) not in kept], start))


def _shown(parts: Sequence[Part], *, taken: bool = True, by_hand: bool = False) -> Shown:
    return [
        (e.seen.get("run.hand", 0.0) if by_hand else _chance(part.by, e), e.right)
        for part in parts
        for case in part.found
        for e in case.entries
        if e.taken is taken
    ]


def _chance(by: Models, entry: Entry) -> float:
    return min(entry.most, by["taken" if entry.taken else "missed"].chance(entry.seen))


def bands(shown: Shown) -> list[Shown]:
    """Ten bands of what is shown."""
    found: list[Shown] = [[] for _ in range(10)]
    for share, right in shown:
        found[min(9, int(share * 10))].append((share, right))
    return found


def ece(shown: Shown) -> float:
    """How far what is shown lies from what is right, on average over the entries."""
    total = 0.0
    for band in bands(shown):
        if band:
            total += abs(sum(s for s, _ in band) - sum(r for _, r in band))
    return total / len(shown) if shown else 0.0


def _tell(name: str, parts: Sequence[Part]) -> None:
    shown = _shown(parts)
    documents = sum(len(part.found) for part in parts)
    missed = _shown(parts, taken=False)
    print(f"{name}: {documents} documents, {len(shown):,} entries taken")
    for number, band in enumerate(bands(shown)):
        if band:
            said, right = mean(s for s, _ in band), mean(r for _, r in band)
            print(
                f"  {number / 10:.1f}–{(number + 1) / 10:.1f}  shown {said:4.0%}  right {right:4.0%}"
                f"  of {len(band):5,}"
            )
    print(
        f"  ECE {ece(shown):.3f} learned, {ece(_shown(parts, by_hand=True)):.3f} by hand; "
        f"near misses {ece(missed):.3f} of {len(missed):,}\n"
    )


def _compare(sets: Mapping[str, Sequence[Part]]) -> None:
    """Macro F1, and false candidates where there are none, if the models chose entries."""
    print("macro F1 / false where there are none, if entries were …")
    for low, high in PAIRS:
        figures = [
            f"{name.split(',')[0][:12]} {_if_chosen(p, low, high)}" for name, p in sets.items()
        ]
        print(f"  dropped below {low:.1f}, taken above {high:.1f}: " + "  ".join(figures))


def _if_chosen(parts: Sequence[Part], low: float, high: float) -> str:
    f1, false = [], 0
    for part in parts:
        for case in part.found:
            found, matched = case.found, case.matched
            for entry in case.entries:
                chance = _chance(part.by, entry)
                if entry.taken and chance < low:
                    found, matched = found - 1, matched - entry.right
                elif not entry.taken and chance > high:
                    found, matched = found + 1, matched + entry.right
            if case.own:
                f1.append(2 * matched / (case.own + found))
            else:
                false += found
    return f"{mean(f1):.3f}/{false}" if f1 else f"-/{false}"


if __name__ == "__main__":
    sys.exit(main())
