"""The child process: reads one document under limits and writes what it found to its output.

Run by :mod:`answerable.engine.documents.safely` as ``python -I -m`` with one argument, a JSON
object. Its output is lines: ``P page pages`` for progress, then one of ``R length`` followed by
that many bytes, or ``U`` and a JSON object with the reason for a refusal.
"""

import gc
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.documents import codec, confine, gate, picture, reader
from answerable.engine.documents.shapes import Limits, Progress, Unreadable


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
    out.write(b"R %d\n" % len(result))
    out.write(result)
    out.flush()
    return 0


def _done(order: dict[str, Any], limits: Limits, out: BinaryIO) -> bytes:
    path = Path(order["path"])
    if order["task"] == "picture":
        return picture.draw(path, order["page"], width=order["width"])
    checked = gate.check(path, limits=limits, name=order["name"])
    if order["task"] == "check":
        return json.dumps(
            [checked.pages, checked.size, checked.sha256, checked.media_type, list(checked.remarks)]
        ).encode()

    def tell(progress: Progress) -> None:
        out.write(b"P %d %d\n" % (progress.page, progress.pages))
        out.flush()

    return codec.encode(reader.read(path, limits=limits, on_page=tell))


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
