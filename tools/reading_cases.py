"""Documents with a known truth, and what the reader saw and found in each.

Three sources: the sample documents beside the project, invented reports made on the fly
(``tests/typeset``), and any folder of documents with ``<id>.truth.json`` and ``<id>.texts.json``.
An entry is *right* if it is paired with a row of the truth by the rule that scores the reader: the
sets of words overlap by .6 (Jaccard), the pages differ by one at most, one entry to one row.
"""

import csv
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answerable.engine.documents import (  # noqa: E402
    Candidate,
    Unreadable,
    confidence,
    gate,
    passages,
    reader,
)
from answerable.engine.documents.choose import Choice  # noqa: E402
from answerable.engine.documents.evidence import Evidence  # noqa: E402
from answerable.engine.documents.flow import Flow  # noqa: E402
from tests.typeset import report  # noqa: E402
from tests.typeset import score as scoring  # noqa: E402
from tests.typeset.parts import Row  # noqa: E402

SAMPLES = ROOT.parent / "shared" / "samples" / "reports"
OPEN, HELD = "invented", "invented, held"
_SUFFIXES = {".pdf", ".docx", ".html", ".htm", ".rst", ".txt"}
LIKE = 0.6
"""From which likeness on an entry counts as found."""

_OWN = (None, "", "recommendation")
_SHARED = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its truth. ``body`` is who made it, where one is known."""

    source: str
    body: str
    path: Path | None
    rows: tuple[Row, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reading: what was seen of it, whether it was taken, whether it is right.

    ``most`` is how sure the reader may be of it at most, whatever the weights say.
    """

    seen: Evidence
    taken: bool
    right: bool
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """One document read. ``found`` and ``matched`` count as in the reader's score."""

    source: str
    body: str
    digest: str
    entries: tuple[Entry, ...]
    own: int
    found: int
    matched: int


def invented(seeds: Iterable[int]) -> list[Paper]:
    """Invented reports, still to be made; whether one is held shows when it is made."""
    return [Paper(OPEN, "", None, seed=seed) for seed in seeds]


def beside(folder: Path, source: str) -> list[Paper]:
    """The documents of a folder that have a truth."""
    bodies = _bodies(folder)
    papers = [
        Paper(source, bodies.get(path.name, path.stem), path, tuple(_rows(path)))
        for path in sorted(folder.glob("*"))
        if path.suffix in _SUFFIXES and path.with_name(f"{path.stem}.truth.json").exists()
    ]
    return _joined(papers)


def _bodies(folder: Path) -> dict[str, str]:
    """Who made each document, in one word, so that all of a body's are left out together."""
    index = folder / "index.csv"
    if not index.exists():
        return {}
    with index.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {r["file"]: _in_a_word(r["body"]) for r in rows if "file" in r}


def _in_a_word(body: str) -> str:
    """The first letters of a long name, or its first word: joint reports count for the first."""
    words = body.split("(")[0].split()
    if len(words) < 3 or words[0].isupper() or words[1] in ("and", "&", "/"):
        return words[0]
    return "".join(word[0] for word in words if word[0].isupper())


def _joined(papers: list[Paper]) -> list[Paper]:
    """Documents that print the same items count as one body's, so that they are left out together."""
    words = [{scoring.bag(row.text) for row in paper.rows} for paper in papers]
    bodies = [paper.body for paper in papers]
    for i in range(len(papers)):
        for j in range(i):
            if len(words[i] & words[j]) >= _SHARED and bodies[i] != bodies[j]:
                bodies = [bodies[j] if body == bodies[i] else body for body in bodies]
    return [replace(p, body=body) for p, body in zip(papers, bodies, strict=True)]


def _rows(path: Path) -> Iterator[Row]:
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text(encoding="utf-8"))
    texts = json.loads(path.with_name(f"{path.stem}.texts.json").read_text(encoding="utf-8"))
    known = path.parent.parent / "places" / f"{path.stem}.json"
    places = json.loads(known.read_text()) if known.exists() else [[] for _ in truth]
    for row, text, more in zip(truth, texts, places, strict=True):
        kind = row.get("kind")
        pages = {row["page"], *(row.get("also_pages") or []), *more} if row.get("page") else set()
        yield Row(
            text["text"],
            (row.get("number"),),
            kind="recommendation" if kind in _OWN else f"not own: {kind}",
            pages=tuple(sorted(pages)),
        )


def cases(papers: Sequence[Paper], workers: int = 2) -> list[Case]:
    """Every document read, in the order given. What cannot be read is left out."""
    if workers < 2:
        return [case for case in map(_case, papers) if case is not None]
    with ProcessPoolExecutor(workers) as pool:
        return [case for case in pool.map(_case, papers, chunksize=4) if case is not None]


def _case(paper: Paper) -> Case | None:
    if paper.path is not None:
        return case(paper, paper.path)
    made = report(paper.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = made.written(Path(folder))
        source = HELD if made.held else OPEN
        whole = replace(paper, source=source, body=made.wish.style, rows=tuple(made.rows))
        return case(whole, path)


def case(paper: Paper, path: Path) -> Case | None:
    """What the reader saw and found in one document."""
    data = path.read_bytes()
    try:
        opened = reader.open_document(path, data, gate.media_type(data))
    except Unreadable:
        return None
    found = reader.find(opened)
    chosen, rows = found.chosen, list(paper.rows)
    shown = [candidate(c, opened) for c in (*chosen.taken, *chosen.missed)]
    taken = [n for n in range(len(chosen.taken)) if shown[n].kind not in scoring.NOT_FOUND]
    missed = range(len(chosen.taken), len(shown))
    own = scoring.own_rows([shown[n] for n in taken], rows)
    pairs = scoring.pairs([shown[n] for n in taken], own)
    right = {taken[n] for n in pairs.values()}
    rest = [n for n in taken if n not in right]
    optional = [row for row in rows if row.optional]
    spared = {rest[n] for n in scoring.pairs([shown[n] for n in rest], optional).values()}
    left = [row for n, row in enumerate(own) if n not in pairs]
    right |= {missed[n] for n in scoring.pairs([shown[n] for n in missed], left).values()}
    entries = [
        Entry(found.seen[n], n < len(chosen.taken), n in right, _most(found, n))
        for n in [*(n for n in taken if n not in spared), *missed]
    ]
    digest = hashlib.sha256(data + repr(rows).encode()).hexdigest()
    return Case(
        paper.source,
        paper.body,
        digest,
        tuple(entries),
        len(own),
        len(taken) - len(spared),
        len(pairs),
    )


def _most(found: reader.Found, n: int) -> float:
    """What the reader shows, where it is less than the weights say; otherwise 1."""
    weighed = confidence.of(found.seen[n], taken=n < len(found.chosen.taken))
    return found.sure[n] if found.sure[n] < weighed else 1.0


def candidate(choice: Choice, opened: Flow) -> Candidate:
    """As the reading has it, without what does not bear on whether it is right."""
    spans = reader.spans_of(choice.item.blocks, opened.pages)
    words = passages.words_of(opened.pages, spans)
    page = spans[0].page if opened.paged and spans else None
    return Candidate(choice.item.number, words, choice.run.kind, page, spans, 0.0, ())
