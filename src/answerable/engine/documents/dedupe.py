"""Things printed twice: one candidate, its other places beside it."""

import re

_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> frozenset[str]:
    """The words of a text, without case or order."""
    return frozenset(_TOKEN.findall(text.lower()))


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words over all words."""
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
