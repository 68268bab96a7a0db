"""What a check finds: a kind, a place and a count, and never the words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found, and the words for one of it."""

    NAME = "name"
    BIRTH = "birth"
    REFERENCE = "reference"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    AUTHOR = "author"
    COMMENT = "comment"
    TRACKED = "tracked"
    HIDDEN = "hidden"
    LOCATION = "location"
    UNREAD = "unread"


WORDS: dict[Kind, tuple[str, str]] = {
    Kind.NAME: ("a person’s name", "names of people"),
    Kind.BIRTH: ("a date of birth", "dates of birth"),
    Kind.REFERENCE: ("a number that stands for a person or a case", "numbers of persons or cases"),
    Kind.ADDRESS: ("an address or postcode", "addresses or postcodes"),
    Kind.PHONE: ("a telephone number", "telephone numbers"),
    Kind.EMAIL: ("an e-mail address", "e-mail addresses"),
    Kind.AUTHOR: ("who wrote or saved it", "names of who wrote or saved it"),
    Kind.COMMENT: ("a comment", "comments"),
    Kind.TRACKED: ("a tracked change", "tracked changes"),
    Kind.HIDDEN: ("something hidden", "hidden parts"),
    Kind.LOCATION: ("where a picture was taken", "places where pictures were taken"),
    Kind.UNREAD: ("a picture that no check can read", "pictures that no check can read"),
}
"""One of it, and several."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """So many of one kind, in one place: “on page 3”, “in the properties of the file”."""

    kind: Kind
    where: str
    count: int = 1

    @property
    def sentence(self) -> str:
        """What and where, for the person who hands a file in."""
        one, several = WORDS[self.kind]
        return f"{one} {self.where}" if self.count == 1 else f"{self.count} {several} {self.where}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is, and what was found in it."""

    media_type: str
    found: tuple[Found, ...]


def together(*parts: Iterable[Found]) -> tuple[Found, ...]:
    """Everything that was found, with counts of the same kind in the same place added up."""
    counts: Counter[tuple[Kind, str]] = Counter()
    for found in parts:
        for one in found:
            counts[one.kind, one.where] += one.count
    return tuple(Found(kind, where, count) for (kind, where), count in counts.items())


def listed(found: Sequence[Found], most: int = 6) -> str:
    """What was found and where, as one list in words."""
    shown = [one.sentence for one in found[:most]]
    rest = len(found) - most
    if rest > 0:
        shown.append(f"and in {rest} more {'places' if rest > 1 else 'place'}")
    return ", ".join(shown)


def summary(found: Iterable[Found]) -> list[dict[str, object]]:
    """What is kept of it: kinds, places and counts."""
    return [{"kind": str(f.kind), "where": f.where, "count": f.count} for f in found]
