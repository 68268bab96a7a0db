"""How well and how fast documents are read, beside simple ways of doing it, in one run.

    make bench-reading                       the sample documents beside the project
    make bench-reading ARGS="--alone DIR"    another folder of documents, without the baselines

A document's truth is read from ``<id>.truth.json`` and ``<id>.texts.json`` beside it and scored by
the samples' own scorer. Candidates of kind *finding* and *quoted* do not count as found. Speed is
pages per second of processor time on one core, with layout, finding and encoding, as in the child
process. The last line is the macro F1. Exit status 2: there is nothing to read.
"""

import argparse
import gc
import importlib.util
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from answerable.engine.documents import Reading, Unreadable, codec, read

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
SUFFIXES = {".pdf", ".docx", ".html", ".htm", ".rst", ".txt"}
NOT_ITS_OWN = {"finding", "quoted"}
TUNED = (
    "Rows marked t: the reader's rules were mended while looking at these documents. "
    "The others were left out."
)
Score = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One document: what the reader scored, how fast it was, and what the baselines scored."""

    id: str
    pages: int
    paged: bool
    seconds: float
    score: Score | None
    peers: dict[str, tuple[Score | None, float]]
    outcome: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES / "reports")
    parser.add_argument("--alone", action="store_true", help="without the baselines")
    parser.add_argument("--details", action="store_true", help="name what was missed or too much")
    asked = parser.parse_args()
    paths = _documents(asked.folder)
    if not paths:
        print(
            f"There are no documents at {asked.folder}. Give a folder, or lay the samples beside "
            "the project.",
            file=sys.stderr,
        )
        return 2
    scorer = _scorer() if (SAMPLES / "score.py").exists() else None
    # The child process does without the search for cycles too: it ends with its document.
    gc.disable()
    rows = [measured(path, scorer, alone=asked.alone, details=asked.details) for path in paths]
    tell(rows, tuned=asked.folder == SAMPLES / "reports")
    return 0


def _documents(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES]


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SAMPLES / "score.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("The samples have no scorer.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(path: Path, scorer: Any, *, alone: bool, details: bool) -> Row:
    """Read one document, score it, and let the baselines have their try."""
    started = time.process_time()
    try:
        reading: Reading | None = read(path)
        if reading is not None:
            codec.encode(reading)
        outcome = ""
    except Unreadable as refused:
        reading, outcome = None, f"{refused.code}: {refused.sentence}"
    seconds = time.process_time() - started
    taken = [c for c in reading.candidates if c.taken] if reading else []
    own = [
        {"text": c.text, "page": c.page, "number": c.number}
        for c in taken
        if c.kind not in NOT_ITS_OWN
    ]
    score = scored(path, own, scorer)
    if details and score is not None:
        _details(path, score)
    peers = {} if alone else _peers(path, scorer)
    paged = bool(reading and reading.paged)
    return Row(
        path.stem, len(reading.pages) if reading else 0, paged, seconds, score, peers, outcome
    )


def _peers(path: Path, scorer: Any) -> dict[str, tuple[Score | None, float]]:
    peers = importlib.import_module("bench.baselines")  # needs the bench packages
    found = {}
    for name, (pages_of, find) in peers.BASELINES.items():
        if name == "plumber" and path.suffix != ".pdf":
            found[name] = found["headed"]
            continue
        started = time.process_time()
        rows = find(pages_of(path))
        seconds = time.process_time() - started
        found[name] = (scored(path, rows, scorer), seconds)
    return found


def scored(path: Path, rows: list[dict[str, Any]], scorer: Any) -> Score | None:
    """The scorer's figures for one document, or None where it has no truth."""
    truth = path.with_name(path.stem + ".truth.json")
    if scorer is None or not truth.exists():
        return None
    places = path.parent.parent / "places" / f"{path.stem}.json"
    loaded = json.loads(places.read_text()) if places.exists() else None
    texts = path.with_name(path.stem + ".texts.json")
    result: Score = scorer.score_document(
        rows, json.loads(truth.read_text()), json.loads(texts.read_text()), loaded
    )
    return result


def _details(path: Path, score: Score) -> None:
    print(f"--- {path.name}")
    for miss in score["_fn"]:
        print(
            f"  missed ({miss['why']}) page {miss['page']} {miss['number']}: {miss['text'][:100]}"
        )
    for extra in score["_fp"]:
        print(f"  too much ({extra['cause']}) page {extra['page']}: {extra['text'][:100]}")


def tell(rows: list[Row], *, tuned: bool) -> None:
    """The table, the means, and the macro F1 on the last line."""
    names = list(rows[0].peers)
    columns = [
        ("own", 4),
        *((n, 5) for n in ("F1", "P", "R", "bound", "numb", "page")),
        ("pages/s", 8),
    ]
    head = f"  {'document':36} " + " ".join(f"{name:>{width}}" for name, width in columns)
    print(head + "".join(f" {n:>8}" for n in names))
    for row in rows:
        print(_line(row, "t" if tuned else " "))
    own = [r for r in rows if r.score and r.score["own"]]
    if own:
        print(
            f"  {'mean of documents with own':36} {'':4} "
            + _figures([r.score for r in own if r.score])
        )
    for name in names:
        f1 = [(r.peers[name][0] or {}).get("f1") or 0.0 for r in own]
        seconds = sum(r.peers[name][1] for r in rows if r.paged)
        pages = sum(r.pages for r in rows if r.paged)
        if own and seconds:
            print(f"  {name}: macro F1 {mean(f1):.3f}, {pages / seconds:.0f} pages/s")
    extra = [r.score["fp"] for r in rows if r.score and not r.score["own"]]
    if extra:
        print(f"  false candidates a document with none of its own: {mean(extra):.1f}")
    pages, seconds = sum(r.pages for r in rows if r.paged), sum(r.seconds for r in rows if r.paged)
    if seconds:
        print(
            f"  speed: {pages} pages in {seconds:.1f} s of one core: {pages / seconds:.0f} pages/s"
        )
    print("  " + TUNED)
    if own:
        print(f"macro F1 {mean((r.score or {})['f1'] for r in own):.3f}")


def _line(row: Row, mark: str) -> str:
    speed = f"{row.pages / row.seconds:8.0f}" if row.paged and row.seconds else f"{'-':>8}"
    if row.score is None:
        return f"{mark} {row.id[:36]:36} {row.outcome or '(no truth)':39} {speed}"
    figures = _figures([row.score])
    if not row.score["own"]:
        figures = f"{row.score['fp']} false candidates".ljust(35)
    peers = "".join(f" {_f1(score):>8}" for score, _ in row.peers.values())
    return f"{mark} {row.id[:36]:36} {row.score['own']:4} {figures} {speed}{peers}"


def _f1(score: Score | None) -> str:
    if score is None:
        return "-"
    return f"{score['f1']:.2f}" if score["own"] else f"{score['fp']} fp"


def _figures(scores: list[Score]) -> str:
    keys = ("f1", "precision", "recall", "exact", "number_accuracy", "page_accuracy")
    shown = []
    for key in keys:
        values = [s[key] for s in scores if s[key] is not None]
        shown.append(f"{mean(values):5.2f}" if values else "    -")
    return " ".join(shown)


if __name__ == "__main__":
    sys.exit(main())
