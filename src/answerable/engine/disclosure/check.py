"""The check itself: over words, and over a file with everything that travels in it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from answerable.engine.disclosure import names, numbers
from answerable.engine.disclosure.files import Part, opened
from answerable.engine.disclosure.shapes import Checked, Found, Kind, together
from answerable.engine.documents.shapes import STANDARD, Limits

LOOKED_FOR: tuple[tuple[Kind, Callable[[str], Iterable[numbers.Span]]], ...] = (
    (Kind.BIRTH, numbers.births),
    (Kind.EMAIL, numbers.emails),
    (Kind.REFERENCE, numbers.references),
    (Kind.PHONE, numbers.phones),
    (Kind.ADDRESS, numbers.addresses),
    (Kind.NAME, names.names),
)
"""What is looked for in words. Where two overlap, the one that stands first here is told."""


def _found_in(words: str) -> Iterator[Kind]:
    taken: list[numbers.Span] = []
    for kind, look in LOOKED_FOR:
        for start, end in sorted(set(look(words))):
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                yield kind


def check_words(words: str, where: str = "in the words") -> tuple[Found, ...]:
    """What could identify someone in ``words``; ``where`` is the place to name."""
    return together(Found(kind, where) for kind in _found_in(words))


def _check_part(part: Part) -> tuple[Found, ...]:
    return together(part.found, check_words(part.words, part.where))


def check_file(path: Path, *, name: str = "", limits: Limits = STANDARD) -> Checked:
    """What a file is, and what in it could identify someone: its words, its name, its properties.

    It opens the file with the real parsers, so for files from outside it belongs in a child
    process: :func:`answerable.engine.disclosure.check_file_safely` does that.

    Raises:
        Unreadable: with a sentence, for what is damaged, locked, active or of no known kind.
    """
    media_type, parts = opened(path, name=name, limits=limits)
    stem = Path(name).stem.replace("_", " ").replace("-", " ")
    found = together(
        check_words(stem, "in the name of the file"), *(_check_part(part) for part in parts)
    )
    return Checked(media_type, found)
