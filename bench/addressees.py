"""How often the reader names the right body, on documents whose truth says who must act.

    python bench/addressees.py [DIR] [--misses] [--only ID]

DIR holds documents with ID.truth.json and ID.texts.json beside them; without it, the samples
beside the project. A row counts where its truth names a body and the reader took it: *named* where
one of the proposed bodies is one of the truth's, *all* where every body of the truth is proposed.
Exit status 2: there is nothing to read.
"""

import argparse
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answerable.engine.documents import Candidate, Unreadable, read

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples" / "reports"
SUFFIXES = (".pdf", ".docx", ".html", ".rst", ".txt")
ALIKE = 0.6
_WORD = re.compile(r"[^\W_]+")
_SMALL = {"the", "of", "and", "for", "in", "to", "a", "all", "each", "its", "s"}


@dataclass
class Score:
    """What one document came to."""

    rows: int = 0
    found: int = 0
    named: int = 0
    every: int = 0
    misses: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--misses", action="store_true", help="print the rows that were missed")
    parser.add_argument("--only", default="", help="only documents whose name this pattern finds")
    given = parser.parse_args()
    scores = []
    for truth in sorted(given.folder.glob("*.truth.json")):
        name = truth.name.removesuffix(".truth.json")
        if not re.search(given.only, name) or (path := _document(given.folder, name)) is None:
            continue
        score = scored(path, truth)
        if not score.rows:
            continue
        scores.append(score)
        print(f"{name:40} {_line(score)}")
        for miss in score.misses if given.misses else ():
            print(f"    {miss}")
    if not scores:
        print(f"No document in {given.folder} has a truth that names bodies.", file=sys.stderr)
        return 2
    whole = Score(
        *(sum(getattr(s, f) for s in scores) for f in ("rows", "found", "named", "every"))
    )
    print(f"{'all rows':40} {_line(whole)}")
    read_any = [s for s in scores if s.found]
    macro = sum(s.named / s.found for s in read_any) / max(1, len(read_any))
    print(f"macro share of found rows with the right body named {macro:.3f}")
    return 0


def _line(score: Score) -> str:
    found = max(1, score.found)
    return (
        f"{score.rows:4} rows {score.found:4} found   "
        f"named {score.named / found:.2f}   all {score.every / found:.2f}"
    )


def _document(folder: Path, name: str) -> Path | None:
    return next((p for s in SUFFIXES if (p := folder / f"{name}{s}").exists()), None)


def scored(path: Path, truth: Path) -> Score:
    """Read the document and compare who must act, row by row."""
    rows = _rows(json.loads(truth.read_text()))
    texts = json.loads(truth.with_name(truth.name.replace(".truth.", ".texts.")).read_text())
    wanted = [
        (row, text if isinstance(text, str) else text["text"])
        for row, text in zip(rows, texts, strict=True)
        if row.get("addressee") and row.get("kind") in (None, "recommendation")
    ]
    score = Score(rows=len(wanted))
    if not wanted:
        return score
    try:
        found = [c for c in read(path).candidates if c.taken]
    except Unreadable:
        return score
    for row, text in wanted:
        _compare(row, text, found, score)
    return score


def _rows(truth: Any) -> list[dict[str, Any]]:
    return truth if isinstance(truth, list) else truth["recommendations"]


def _compare(row: dict[str, Any], text: str, found: list[Candidate], score: Score) -> None:
    candidate = _closest(text, row.get("number"), found)
    if candidate is None:
        return
    score.found += 1
    proposed = [a.name for a in candidate.addressees]
    bodies = _bodies(row["addressee"])
    hits = [any(_same(body, name) for name in proposed) for body in bodies]
    score.named += any(hits)
    score.every += all(hits)
    if not any(hits):
        score.misses.append(f"{row.get('number')}: {row['addressee']} | {proposed} | {text[:160]}")


def _closest(text: str, number: str | None, found: list[Candidate]) -> Candidate | None:
    words = _words(text)
    best, chosen = ALIKE, None
    for candidate in found:
        others = _words(candidate.text)
        alike = len(words & others) / max(1, len(words | others))
        alike += 0.05 if candidate.number is not None and candidate.number == number else 0.0
        if alike >= best:
            best, chosen = alike, candidate
    return chosen


def _name(text: str) -> frozenset[str]:
    """The telling words of a name; a council is a council, whatever its tier."""
    same = re.sub(
        r"\b(?:local authority|(?:county|city|borough|district) council)\b",
        "council",
        text,
        flags=re.I,
    )
    return _words(same) - _SMALL


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def _bodies(addressee: str) -> list[list[frozenset[str]]]:
    """The bodies of a truth row, each with the names by which it may be called."""
    parts = re.split(r"\s*;\s*|\s+and/or\s+|,\s+(?=[A-Z])", addressee)
    bodies = []
    for part in parts:
        names = re.split(r"[()]+", part)
        kept = [_name(n) for n in names]
        bodies.append([k for k in kept if k])
    return [b for b in bodies if b]


def _same(names: list[frozenset[str]], proposed: str) -> bool:
    """Whether the proposed words are one of the names, or hold it whole, or are most of it."""
    words = _name(proposed)
    short = {w.lower() for w in re.findall(r"\b[A-Z]{2,}\b", proposed)}
    initials = "".join(w[0] for w in proposed.split() if w[0].isupper()).lower()
    # A council may be known by its places' initials alone.
    short |= {part for part in (initials, initials[:-1]) if len(part) > 2}
    if any(short & n for n in names):
        return True
    return any(n <= words or (words and words <= n and len(words) >= 0.6 * len(n)) for n in names)


if __name__ == "__main__":
    sys.exit(main())
