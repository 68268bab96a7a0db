"""The child process: reads one document under limits and writes what it found to its output.

Run by :mod:`answerable.engine.documents.safely` as ``python -I -m`` with one argument, a JSON
object. Its output is lines: ``P page pages`` for progress, then one of ``R length`` followed by
that many bytes, ``S pages page page …`` where these pages of so many must be recognised first, or
``U`` and a JSON object with the reason for a refusal. What was recognised comes over its input.
"""

import gc
import json
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.documents import (
    codec,
    confine,
    explaining,
    gate,
    ocr,
    picture,
    reader,
    recognised,
)
from answerable.engine.documents.scans import Pictured
from answerable.engine.documents.shapes import Limits, Progress, Unreadable

# What is left of the two minutes that a child has belongs to handing over what was drawn.
_DRAWING_SECONDS = 80


def main(argument: str, out: BinaryIO) -> int:
    """Do what the argument asks for. Returns the exit status."""
    order: dict[str, Any] = json.loads(argument)
    limits = Limits(**order["limits"])
    # The process ends with its one document; looking for cycles only costs time.
    gc.disable()
    confine.confine(limits)
    try:
        result = _done(order, limits, out)
    except Unreadable as refused:
        _refuse(out, refused)
        return 0
    except MemoryError:
        _refuse(out, too_much())
        return 0
    except Pictured as scan:
        numbers = " ".join(map(str, (scan.count, *scan.pages)))
        out.write(b"S %s\n" % numbers.encode())
        out.flush()
        return 0
    out.write(b"R %d\n" % len(result))
    out.write(result)
    out.flush()
    return 0


def _done(order: dict[str, Any], limits: Limits, out: BinaryIO) -> bytes:
    path = Path(order["path"])
    if order["task"] == "picture":
        return picture.draw(path, order["page"], width=order["width"])
    if order["task"] == "recognise":
        return recognised.encode([ocr.recognise(path, order["page"])])
    checked = gate.check(path, limits=limits, name=order["name"])
    if order["task"] == "check":
        return json.dumps(
            [checked.pages, checked.size, checked.sha256, checked.media_type, list(checked.remarks)]
        ).encode()
    if order["task"] == "explain":
        return _explained(path, order["pages"], order["width"])

    def tell(progress: Progress) -> None:
        out.write(b"P %d %d\n" % (progress.page, progress.pages))
        out.flush()

    seen = _recognised() if order["recognise"] else None
    return codec.encode(reader.read(path, limits=limits, on_page=tell, recognised=seen))


def _recognised() -> dict[int, recognised.Recognised]:
    pages = recognised.decode(sys.stdin.buffer.read() or b"[]")
    return {page.number: page for page in pages}


def _explained(path: Path, wanted: list[int], width: int) -> bytes:
    """The explanation of a whole document, and pictures of the pages that are asked for."""
    explanation = explaining.explain(path)
    pages = wanted or range(1, len(explanation.sizes) + 1)
    pictures = {}
    for page in pages if explanation.paged else ():
        if time.process_time() > _DRAWING_SECONDS:
            break
        pictures[page] = picture.draw(path, page, width=width)
    return explaining.encode(explanation, pictures)


def too_much() -> Unreadable:
    """The refusal for a document that wants more memory than it may have."""
    return Unreadable(
        "bomb",
        "Reading this file takes more memory than is allowed, so it was stopped. "
        "Save it again as a plain PDF, or in parts, and send that.",
    )


def _refuse(out: BinaryIO, refused: Unreadable) -> None:
    reason = {"code": refused.code, "sentence": refused.sentence, "parked": refused.parked}
    out.write(b"U " + json.dumps(reason).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
