"""The child process of the check: opens one file under limits, and tells kinds, places and counts.

Run by :mod:`answerable.engine.disclosure.safely` as ``python -I -m`` with one argument, a JSON
object. Its output is one JSON object. No word of the file leaves this process.
"""

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.disclosure.check import check_file
from answerable.engine.disclosure.shapes import summary
from answerable.engine.documents.confine import confine
from answerable.engine.documents.shapes import Limits, Unreadable


def main(argument: str, out: BinaryIO) -> int:
    """Check the file that the argument names. Returns the exit status."""
    order: dict[str, Any] = json.loads(argument)
    limits = Limits(**order["limits"])
    confine(limits)
    try:
        checked = check_file(Path(order["path"]), name=order["name"], limits=limits)
        answer: dict[str, object] = {
            "media_type": checked.media_type,
            "found": summary(checked.found),
        }
    except Unreadable as refused:
        answer = {"code": refused.code, "refused": refused.sentence}
    out.write(json.dumps(answer).encode())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer))
