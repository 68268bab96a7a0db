"""How fast and how well documents are read.

    python bench/reading.py [DIR]

DIR holds documents; without it, the sample documents beside the project are read and the macro F1
of their own scorer is printed too. Speed is pages per second of processor time on one core, with
layout, candidates and encoding, as in the child process. Exit status 2: there is nothing to read.
"""

import argparse
import gc
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from answerable.engine.documents import Reading, Unreadable, codec, read

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
SUFFIXES = {".pdf", ".docx", ".html", ".htm", ".rst", ".txt"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES / "reports")
    folder = parser.parse_args().folder
    if not folder.is_dir():
        print(
            f"There are no documents at {folder}. Give a folder, or lay the samples beside the project.",
            file=sys.stderr,
        )
        return 2
    # The child process does without the search for cycles too: it ends with its document.
    gc.disable()
    rows = [measured(path) for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES]
    if not rows:
        print(f"There are no documents in {folder}.", file=sys.stderr)
        return 2
    pages = sum(row["pages"] for row in rows if row["paged"])
    seconds = sum(row["seconds"] for row in rows if row["paged"])
    speed = f"{pages / seconds:.0f} pages/s" if seconds else "no pages"
    found = f1(rows) if (folder / "index.csv").exists() else None
    quality = f", macro F1 {found:.3f}" if found is not None else ""
    print(f"{len(rows)} documents, {pages} pages in {seconds:.1f} s of one core: {speed}{quality}")
    return 0


def measured(path: Path) -> dict[str, Any]:
    """Read one document and say how it went."""
    started = time.process_time()
    try:
        reading: Reading | None = read(path)
        size = len(codec.encode(reading)) if reading else 0
        outcome = ""
    except Unreadable as refused:
        reading, size, outcome = None, 0, f"{refused.code}: {refused.sentence}"
    seconds = time.process_time() - started
    pages = len(reading.pages) if reading else 0
    taken = [c for c in reading.candidates if c.taken] if reading else []
    paged = bool(reading and reading.paged)
    speed = f"{pages / seconds:6.0f} pages/s" if paged else " " * 14
    print(
        f"{path.name:44} {pages:4} pages {speed} {len(taken):4} found {size / 1024:7.0f} KB  {outcome}"
    )
    rows = [{"text": c.text, "page": c.page, "number": c.number} for c in taken]
    return {"id": path.stem, "pages": pages, "paged": paged, "seconds": seconds, "rows": rows}


def f1(rows: list[dict[str, Any]]) -> float:
    """The macro F1 by the samples' own scorer."""
    spec = importlib.util.spec_from_file_location("score", SAMPLES / "score.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("The samples have no scorer.")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            (Path(folder) / f"{row['id']}.json").write_text(json.dumps(row["rows"]))
        result = scorer.score_directory(folder, SAMPLES / "reports", SAMPLES / "places")
    print(scorer.table(result))
    return float(result["macro"]["f1"])


if __name__ == "__main__":
    sys.exit(main())
