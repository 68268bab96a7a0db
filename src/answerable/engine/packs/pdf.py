"""Papers as tagged PDF (PDF/UA-1), the same bytes whenever they are made of the same words.

The typesetter never gives memory back, so it works in a child process that ends with the paper.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from answerable.engine.packs.shapes import Letter

SECONDS = 60
DRAWN = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x2010, 0x2028),
    range(0x2030, 0x203B),
    range(0x20AC, 0x20AD),
)
"""The characters that the built-in face is known to have; any other stands as a question mark."""


class WouldLookWrong(Exception):
    """The typesetter failed or warned: a font or a character is missing, so the page is not right."""


def drawable(words: str) -> str:
    """``words`` with a question mark for each character that the letter's face does not have."""
    kept = (c if c == "\n" or any(ord(c) in known for known in DRAWN) else "?" for c in words)
    return "".join(kept)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def set_paper(layout: str, about: Mapping[str, Any]) -> bytes:
    """A paper as PDF: ``layout`` names the page's drawing, ``about`` is what it says, with its ``day``.

    Raises:
        WouldLookWrong: where it cannot be set without a fault.
    """
    done = subprocess.run(
        [sys.executable, "-m", "answerable.engine.packs.compiling", layout],
        input=json.dumps(_plain(about)).encode(),
        capture_output=True,
        timeout=SECONDS,
    )
    if done.returncode:
        raise WouldLookWrong(done.stderr.decode(errors="replace").strip()[-500:])
    return done.stdout


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF.

    Raises:
        WouldLookWrong: where it cannot be set without a fault.
    """
    about = asdict(letter) | {
        "heading": letter.heading,
        "greeting": letter.greeting,
        "ending": letter.ending,
    }
    return set_paper("letter", about)
