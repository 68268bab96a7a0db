"""Read invented reports and say how well, one line a document.

    python -m tests.typeset --seeds 0-119 [--style review] [--open] [--keep FOLDER]

Documents marked HELD are for measuring only: look at their figures, not at their pages.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from answerable.engine.documents import read
from tests.typeset import STYLES, Made, report
from tests.typeset.score import Score, score


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.typeset", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--seeds", default="0-119", help="such as 0-119 or 3,8,12")
    parser.add_argument("--style", choices=STYLES, help="every seed in this maker's style")
    parser.add_argument("--open", action="store_true", help="leave out what is held")
    parser.add_argument("--keep", type=Path, help="keep the documents and their truth here")
    given = parser.parse_args()
    results: list[tuple[Made, Score]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for seed in _numbers(given.seeds):
            started = time.process_time()
            made = report(seed, maker_style=given.style)
            if given.open and made.held:
                continue
            spent = time.process_time() - started
            path = made.written(folder)
            if given.keep:
                path.with_suffix(".truth.txt").write_text(
                    "\n\n".join(repr(row) for row in made.rows)
                )
            result = score(read(path), made.rows)
            results.append((made, result))
            print(_line(made, result, spent), flush=True)
    _totals(results)
    return 0


def _numbers(words: str) -> list[int]:
    found: list[int] = []
    for part in words.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _line(made: Made, result: Score, spent: float) -> str:
    wish = made.wish
    f1 = "  -  " if result.f1 is None else f"{result.f1:5.2f}"
    causes = " ".join(f"{name}:{count}" for name, count in sorted(result.causes.items()))
    what = (
        f"{wish.numbering}{' ' + wish.table if wish.table != 'none' else ''}{' doubles' if wish.doubles else ''}"
        if wish.style == "review"
        else ""
    )
    dims = " ".join(
        filter(
            None,
            [
                wish.format,
                f"{wish.columns}col" if wish.format == "pdf" else "",
                what,
                "+".join(sorted(wish.damage)),
            ],
        )
    )
    return f"{made.name:22}{'HELD' if made.held else '    '} F1{f1} P {result.precision:.2f} R {result.recall:.2f} {result.matched:3}/{result.own:<3} {spent:4.1f}s  {dims}  {causes}"


def _totals(results: list[tuple[Made, Score]]) -> None:
    for name, held in (("open", False), ("HELD", True)):
        some = [result for made, result in results if made.held is held]
        f1s = [r.f1 for r in some if r.f1 is not None]
        none = [r.found for r in some if r.f1 is None]
        if not some:
            continue
        mean = sum(f1s) / len(f1s) if f1s else 0.0
        shares = " ".join(
            f"{what} {_share(some, what)}"
            for what in ("exact", "numbers", "pages", "addressees", "dues")
        )
        print(
            f"{name}: {len(f1s)} documents, mean F1 {mean:.3f}, lowest {min(f1s, default=0):.2f}; {shares}; {sum(none)} false in {len(none)} that ask for nothing"
        )
    styles = sorted({made.wish.style for made, _ in results})
    for style in styles:
        f1s = [r.f1 for made, r in results if made.wish.style == style and r.f1 is not None]
        if f1s:
            print(f"    {style:14} {sum(f1s) / len(f1s):.3f} ({len(f1s)})")


def _share(results: list[Score], what: str) -> str:
    right = sum(getattr(result, what)[0] for result in results)
    of = sum(getattr(result, what)[1] for result in results)
    return f"{right / of:.2f}" if of else "-"


if __name__ == "__main__":
    sys.exit(main())
