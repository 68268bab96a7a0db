"""2,000 damaged documents through the reader's child process.

    python bench/mutations.py [--count N] [--workers N] [--seed N]

Documents that are typeset here, and the samples where they lie beside the project, are damaged:
bits flipped, cut short, streams exchanged, objects made huge, parts of packed files replaced.
Each goes through ``read_safely`` with small limits. It must end read, parked or refused with a
sentence; no child may outlive its limits; this process must not fall over. Exit status 1 otherwise.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import docx
import typst

from answerable.engine.documents import Limits, Unreadable, read_safely

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
LARGEST_SAMPLE = 400_000
LIMITS = Limits(
    bytes=20_000_000,
    pages=300,
    memory=400 * 1024 * 1024,
    cpu_seconds=6,
    wall_seconds=10,
    unpacked_bytes=50_000_000,
)
# What starting, ending and reaping a child may take beyond its limits on a busy machine.
GRACE = 5.0
PROSE = "The team read what had been written down and asked what had been done about it. " * 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one damaged document ended."""

    name: str
    end: str
    seconds: float
    loss: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    outcomes = run(options.count, options.workers, options.seed)
    seconds = time.monotonic() - started
    losses = [o for o in outcomes if o.loss]
    for loss in losses[:20]:
        print(f"LOST {loss.name}: {loss.loss}")
    ends = Counter(o.end for o in outcomes)
    print("Ended: " + ", ".join(f"{n} {end}" for end, n in ends.most_common()))
    left, lost = len(survivors()), len(losses) + options.count - len(outcomes)
    slowest = max((o.seconds for o in outcomes), default=0.0)
    print(
        f"{len(outcomes)} mutated documents in {seconds:.0f} s: {lost} lost, "
        f"{left} children left behind, slowest {slowest:.1f} s"
    )
    return 1 if lost or left else 0


def run(count: int, workers: int, seed: int) -> list[Outcome]:
    """All outcomes, in no particular order."""
    originals = [*typeset(), *samples()]
    outcomes = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(workers, initializer=prepare, initargs=(originals, folder)) as pool,
    ):
        jobs = [pool.submit(one, seed * 1_000_003 + number) for number in range(count)]
        for done, job in enumerate(as_completed(jobs), start=1):
            outcomes.append(job.result())
            if done % 200 == 0:
                print(f"{done} of {count}", flush=True)
    return outcomes


ORIGINALS: list[tuple[str, bytes]] = []
FOLDER = Path()


def prepare(originals: list[tuple[str, bytes]], folder: str) -> None:
    """Give a worker its documents."""
    global FOLDER
    FOLDER = Path(folder)
    ORIGINALS.extend(originals)


def one(seed: int) -> Outcome:
    """Damage one document and read it."""
    chance = random.Random(seed)
    name, data = chance.choice(ORIGINALS)
    how, damaged = damage(name, data, chance)
    path = FOLDER / f"{seed}{Path(name).suffix}"
    path.write_bytes(damaged)
    started = time.monotonic()
    loss = ""
    try:
        reading = read_safely(path, limits=LIMITS, name=name)
        end = "read"
        if not reading.pages and reading.paged:
            loss = "read, but without a page"
    except Unreadable as refused:
        end = "parked" if refused.parked else f"refused as {refused.code}"
        if not refused.sentence.strip().endswith("."):
            loss = f"refused without a sentence: {refused.sentence!r}"
    except Exception as error:
        end, loss = "lost", f"{type(error).__name__}: {error}"
    finally:
        path.unlink()
    seconds = time.monotonic() - started
    if seconds > LIMITS.wall_seconds + GRACE:
        loss = loss or f"took {seconds:.1f} s"
    return Outcome(f"{name} ({how}, seed {seed})", end, seconds, loss)


def survivors() -> list[str]:
    """Children that this process or its workers started and that still live."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (entry.parent / "cmdline").read_bytes()
            parent = entry.read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if b"documents.child" in command and parent == "1":
            found.append(entry.parent.name)
    return found


# --- Documents to damage ----------------------------------------------------------------------


def typeset() -> list[tuple[str, bytes]]:
    """Documents of our own, one of each kind and layout."""
    listed = "\n".join(f"{n}. The force should publish plan {n}." for n in range(1, 9))
    table = ",".join(
        f"[{n}], [Review arrangement {n} and publish it.], [Council]" for n in range(1, 12)
    )
    sources = {
        "list.pdf": f"= Review\n{PROSE}\n== Recommendations\n{listed}\n#pagebreak()\n{PROSE}",
        "columns.pdf": f"#set page(columns: 2)\n= Review\n{PROSE * 4}\n== Recommendations\n{listed}",
        "table.pdf": f"= Learning\n#table(columns: 3, [No.], [Recommendation], [Who], {table})",
        "drawn.pdf": "= Drawn\n" + "#circle(radius: 4pt) Improve this.\n" * 30,
    }
    found = [(name, typst.compile(s.encode(), format="pdf")) for name, s in sources.items()]
    items = "".join(f"<li>The force should publish plan {n}.</li>" for n in range(1, 9))
    page = f"<!doctype html><html><body><h1>Review</h1><p>{PROSE}</p><h2>Recommendations</h2><ol>{items}</ol>"
    text = f"Review\n======\n\n{PROSE}\n\nRecommendations\n---------------\n\n{listed}\n"
    return [
        *found,
        ("review.docx", word()),
        ("page.html", page.encode()),
        ("text.rst", text.encode()),
    ]


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Review", 0)
    document.add_paragraph(PROSE)
    document.add_heading("Recommendations", 1)
    for number in range(1, 9):
        document.add_paragraph(f"The force should publish plan {number}.", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "No.", "Recommendation"
    for number in range(1, 9):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(number), f"Review arrangement {number}."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def samples() -> list[tuple[str, bytes]]:
    """The smaller sample documents, where they are beside the project."""
    if not SAMPLES.is_dir():
        return []
    paths = sorted((SAMPLES / "reports").iterdir())
    return [
        (p.name, p.read_bytes())
        for p in paths
        if p.suffix in {".pdf", ".docx", ".html", ".rst"} and p.stat().st_size < LARGEST_SAMPLE
    ]


# --- Ways to damage them ----------------------------------------------------------------------


def damage(name: str, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """One or two kinds of damage that suit the file."""
    ways = [flip, cut, shuffle, repeat, junk]
    if name.endswith(".pdf"):
        ways += [exchange_streams, corrupt_inside_stream, huge_number, huge_stream, loop]
    if name.endswith(".docx"):
        ways += [replace_part, flip_inside_part, flip_inside_part]
    chosen = chance.sample(ways, chance.choice((1, 1, 2)))
    for way in chosen:
        data = way(data, chance)
    return " and ".join(way.__name__ for way in chosen), data


def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 40, 400))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def shuffle(data: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:a] + data[a:b][:20_000] * chance.choice((2, 50)) + data[b:]


def junk(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((3, 300, 30_000))) + data[at:]


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)


def exchange_streams(data: bytes, chance: random.Random) -> bytes:
    found = list(_STREAM.finditer(data))
    if len(found) < 2:
        return flip(data, chance)
    a, b = sorted(chance.sample(found, 2), key=lambda m: m.start())
    return (
        data[: a.start(1)]
        + b.group(1)
        + data[a.end(1) : b.start(1)]
        + a.group(1)
        + data[b.end(1) :]
    )


def corrupt_inside_stream(data: bytes, chance: random.Random) -> bytes:
    """Damage what is packed and pack it again, so that it reaches the parser behind."""
    found = list(_STREAM.finditer(data))
    chance.shuffle(found)
    for match in found[:8]:
        try:
            inside = zlib.decompress(match.group(1))
        except zlib.error:
            continue
        packed = zlib.compress(flip(inside, chance))
        return data[: match.start(1)] + packed + data[match.end(1) :]
    return flip(data, chance)


def huge_number(data: bytes, chance: random.Random) -> bytes:
    """Make one number in a dictionary enormous, negative or absurd."""
    found = list(re.finditer(rb"(?<=[ /\[])\d{1,6}(?=[ /\]>\r\n])", data))
    if not found:
        return flip(data, chance)
    match = chance.choice(found)
    number = chance.choice(
        (b"999999999", b"-1", b"2147483648", b"0", b"1e309", b"99999999999999999999")
    )
    return data[: match.start()] + number + data[match.end() :]


def huge_stream(data: bytes, chance: random.Random) -> bytes:
    """Put a stream that unpacks to very much more in the place of one."""
    found = list(_STREAM.finditer(data))
    if not found:
        return flip(data, chance)
    match = chance.choice(found)
    piece = chance.choice((b"BT /F1 9 Tf (x) Tj ET ", b"0 0 m 9 9 l S ", b"q ", b"[ ", b"\x00"))
    packed = zlib.compress(piece * chance.choice((10_000, 400_000, 2_000_000)))
    return data[: match.start(1)] + packed + data[match.end(1) :]


def loop(data: bytes, chance: random.Random) -> bytes:
    """Let references point at other objects, so that trees become circles."""
    references = list(re.finditer(rb"(\d{1,5}) 0 R", data))
    if len(references) < 2:
        return flip(data, chance)
    changed = data
    for _ in range(chance.choice((1, 3, 10))):
        match = chance.choice(references)
        other = chance.choice(references).group(1).rjust(len(match.group(1)), b"0")
        changed = changed[: match.start(1)] + other[: len(match.group(1))] + changed[match.end(1) :]
    return changed


def _repacked(data: bytes, change: partial[bytes], chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = {item.filename: old.read(item.filename) for item in old.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        return flip(data, chance)
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))] or list(parts))
    parts[name] = change(parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part, inside in parts.items():
            new.writestr(part, inside)
    return out.getvalue()


def replace_part(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(
        (
            b"",
            b"<a/>",
            b"\x00" * 100,
            b"<w:document" + b"<w:p>" * 100_000,
            b"<" * 5_000_000,
            b"x" * 60_000_000,
        )
    )
    return _repacked(data, partial(_instead, other), chance)


def _instead(other: bytes, _: bytes) -> bytes:
    return other


def flip_inside_part(data: bytes, chance: random.Random) -> bytes:
    return _repacked(data, partial(flip, chance=chance), chance)


if __name__ == "__main__":
    sys.exit(main())
