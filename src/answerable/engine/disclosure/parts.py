"""One part of a file: words and the place to name, and what its very presence tells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answerable.engine.disclosure.shapes import Found, Kind

PROPERTIES = "in the properties of the file"


@dataclass(frozen=True, slots=True)
class Part:
    """Words at one place; ``found`` is what was found there besides the words."""

    words: str = ""
    where: str = "in the file"
    found: tuple[Found, ...] = ()


_NOBODY = re.compile(
    r"police|council|office|department|commissioner|constabulary|service|partnership|board|team|"
    r"unit|microsoft|adobe|google|libreoffice|openoffice|python|openpyxl|typst|word|excel|acrobat|"
    r"admin|user|author|unknown|anonymous|owner|scanner|printer|template|inspectorate|authority|"
    r"organisation|limited|\bltd\b|\bplc\b|report",
    re.I,
)


def names_someone(value: str) -> bool:
    """Whether a property that says who made a file names a person, and no program or organisation."""
    return bool(re.search(r"[^\W\d]", value)) and not _NOBODY.search(value)


def properties(values: Iterable[str], where: str = PROPERTIES) -> Iterator[Part]:
    """What is found in the properties that say who made, saved or manages a file."""
    named = sorted({value.strip() for value in values if names_someone(value)})
    if named:
        yield Part(where=where, found=(Found(Kind.AUTHOR, where, len(named)),))
