"""A wording cut into sentences and clauses, so that a person can say of each who serves it."""

import re

Span = tuple[int, int]

_CUT = re.compile(
    r"""
      (?<=[.!?;:])\s+(?=[^\s])                        # after a sentence, a semicolon, a colon
    | \s*\n\s*                                        # where a line was begun on purpose
    | \s+(?=\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s)       # before (a), (ii), (3)
    | (?<=,)\s+(?=(?:and|or|but|so|which|including|where|unless|with|by)\b)
    | \s+(?=and\s+that\b|so\s+that\b)
    """,
    re.VERBOSE,
)
FEWEST = 12
"""Fewer characters than this are no clause of their own."""


def clauses(words: str) -> list[Span]:
    """Where each clause of ``words`` begins and ends, in order; no blanks at either end.

    Nothing but white space stands outside them, so whoever chooses all of them has chosen all the
    words. A few characters are never a clause of their own: they stay with what precedes them.
    """
    found: list[Span] = []
    for start, end in _pieces(words):
        if found and min(end - start, found[-1][1] - found[-1][0]) < FEWEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _pieces(words: str) -> list[Span]:
    begins = [0, *(match.end() for match in _CUT.finditer(words))]
    ends = [*(match.start() for match in _CUT.finditer(words)), len(words)]
    found = []
    for start, end in zip(begins, ends, strict=True):
        piece = words[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = end - (len(piece) - len(piece.rstrip()))
        if left < right:
            found.append((left, right))
    return found


def place_of(quote: str, words: str) -> Span | None:
    """Where ``quote`` first stands in ``words``; how its lines and blanks fell does not matter."""
    parts = [re.escape(part) for part in quote.split()]
    match = re.search(r"\s+".join(parts), words) if parts else None
    return (match.start(), match.end()) if match else None
