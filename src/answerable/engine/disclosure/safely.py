"""The check in a child process, for files from outside: limited, without network, and soon over."""

import json
from dataclasses import asdict
from pathlib import Path

from answerable.engine.asking import ask_child
from answerable.engine.disclosure.shapes import Checked, Found, Kind
from answerable.engine.documents.shapes import STANDARD, Limits, Unreadable

_CHILD = "answerable.engine.disclosure.child"
_MOST_ANSWER = 4 * 1024 * 1024


def check_file_safely(path: Path, *, name: str = "", limits: Limits = STANDARD) -> Checked:
    """As :func:`answerable.engine.disclosure.check_file`, in a child process.

    Raises:
        Unreadable: with a sentence, where the file cannot be read, or not in time.
    """
    order = {"path": str(path.resolve()), "name": name, "limits": asdict(limits)}
    answer = ask_child(_CHILD, json.dumps(order), seconds=limits.wall_seconds, most=_MOST_ANSWER)
    try:
        told = json.loads(answer)
        if "refused" in told:
            raise Unreadable(str(told["code"]), str(told["refused"]))
        found = tuple(
            Found(Kind(one["kind"]), str(one["where"])[:200], int(one["count"]))
            for one in told["found"]
        )
        return Checked(str(told["media_type"])[:100], found)
    except (ValueError, KeyError, TypeError):
        raise Unreadable(
            "damaged",
            "This file could not be checked for personal data, so it was not kept. Save it again "
            "in a simpler form, or in parts, and hand that in.",
        ) from None
