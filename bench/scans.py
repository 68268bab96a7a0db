"""What is lost when a document reaches us as a scan: the same reports read twice.

    make bench-scans                       invented reports, printed and scanned again
    make bench-scans ARGS="--seeds 0-11"   so many of them

Each report is read from its own text and then from pictures of its pages (200 and 300 dots an inch,
up to 0.8 degrees crooked, dirty). ``words`` is how many of the words are the same. Seconds and
memory are those of the child processes, start-up included. The last line is the macro F1 of scans.
"""

import argparse
import re
import resource
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import mean

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.engine.documents import Reading, Unreadable, read_safely
from tests import scans
from tests.typeset import report
from tests.typeset.score import score

TURNS = (0.0, 0.4, -0.8)
WORD = re.compile(r"[^\W_]+")


def main() -> int:
    """Exit status."""
    options = _options()
    seeds = range(options.first, options.last + 1)
    print(
        f"{'report':24}{'pages':>6}{'text':>7}{'200':>7}{'300':>7}{'words':>8}{'sure':>6}{'s/page':>8}"
    )
    rows = [row for seed in seeds if (row := _row(seed)) is not None]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{len(rows)} reports, at most {peak} MB in one child process")
    print(f"macro F1 of their text {mean(r[0] for r in rows):.3f}")
    print(f"macro F1 of their scans {mean(r[1] for r in rows):.3f}")
    return 0


def _row(seed: int) -> tuple[float, float] | None:
    made = report(seed, format="pdf")
    text, _ = _read(made.data)
    if text is None or score(text, made.rows).f1 is None:
        return None
    read = [_read(scans.scanned(made.data, dpi=dpi, turns=TURNS)) for dpi in (200, 300)]
    scores = [score(r, made.rows).f1 or 0.0 if r else 0.0 for r in (text, read[0][0], read[1][0])]
    found = read[0][0]
    sure = mean(p.sureness or 0.0 for p in found.pages) if found else 0.0
    words = _same(text, found) if found else 0.0
    pages = len(text.pages)
    print(
        f"{made.name:24}{pages:6}{scores[0]:7.2f}{scores[1]:7.2f}{scores[2]:7.2f}"
        f"{words:8.3f}{sure:6.2f}{read[0][1] / pages:8.2f}",
        flush=True,
    )
    return scores[0], scores[1]


def _read(document: bytes) -> tuple[Reading | None, float]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(document)
        file.flush()
        began = _seconds()
        try:
            return read_safely(Path(file.name)), _seconds() - began
        except Unreadable as refused:
            print(refused.sentence)
            return None, _seconds() - began


def _seconds() -> float:
    """Processor time of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _same(text: Reading, found: Reading) -> float:
    """Which part of the words of the text was recognised."""
    there, seen = (
        Counter(w for p in r.pages for w in WORD.findall(p.text.lower())) for r in (text, found)
    )
    return (there & seen).total() / max(there.total(), 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="0-7")
    options = parser.parse_args()
    options.first, options.last = (int(n) for n in options.seeds.split("-"))
    return options


if __name__ == "__main__":
    sys.exit(main())
