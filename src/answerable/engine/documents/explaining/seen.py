"""What an explanation of a reading holds, and how it comes out of the child process.

Plain data and nothing else: the bytes may have been written by a process that a hostile document
took over, so every value is checked against its type as it is taken apart.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from answerable.engine.documents.codec import Malformed
from answerable.engine.documents.pieces import Role
from answerable.engine.documents.shapes import Box, Kind

PNG = b"\x89PNG\r\n\x1a\n"

Outcome = Literal["taken", "again", "missed", "opens", "none"]
"""Taken; another printing of what was taken; in a run that was not; opens a run; in no run."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle that a block covers on one page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """One block: what it was taken for and what became of it. ``order`` counts those of its page.

    ``weight`` and ``level`` are a heading's; ``section`` is the text of the heading above.
    ``runs`` are the numbers of the runs that have it; ``why`` says what became of it in words.
    """

    order: int
    page: int
    role: Role
    label: str | None
    weight: float | None
    level: int | None
    section: str | None
    words: str
    style: str
    places: tuple[Place, ...]
    runs: tuple[int, ...]
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class SeenVote:
    """One vote on a run: the sign's name, what it adds or takes, the reason in words."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class SeenRun:
    """One run as it was judged. ``against`` says why it was not taken; None where it was."""

    number: int
    strategy: str
    kind: Kind
    place: str
    entries: int
    numbers: str
    score: float
    votes: tuple[SeenVote, ...]
    against: str | None
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that there is to see of one reading. ``sizes`` are the pages' in points."""

    title: str | None
    paged: bool
    sizes: tuple[tuple[float, float], ...]
    blocks: tuple[SeenBlock, ...]
    runs: tuple[SeenRun, ...]
    notices: tuple[str, ...]
    taken: int


def encode(explanation: Explanation, pictures: Mapping[int, bytes]) -> bytes:
    """The explanation and the pictures of its pages as JSON."""
    drawn = {str(page): b64encode(png).decode() for page, png in pictures.items()}
    whole = {"explanation": asdict(explanation), "pictures": drawn}
    return json.dumps(whole, separators=(",", ":")).encode()


def decode(data: bytes) -> tuple[Explanation, dict[int, bytes]]:
    """Both again. Raises :class:`Malformed` for anything else."""
    try:
        whole = json.loads(data)
        explanation = _made(Explanation, whole["explanation"])
        pictures = {int(k): b64decode(v, validate=True) for k, v in whole["pictures"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, Error) as error:
        raise Malformed(str(error)) from None
    if not isinstance(explanation, Explanation):
        raise Malformed("no explanation")
    if any(not png.startswith(PNG) for png in pictures.values()):
        raise Malformed("a picture that is none")
    return explanation, pictures


def _made(kind: Any, raw: Any) -> Any:
    """The value that the type asks for, or :class:`Malformed`."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{f.name: _made(hints[f.name], raw[f.name]) for f in fields(kind)})
    if origin is UnionType:
        inner = next(a for a in arguments if a is not NoneType)
        return None if raw is None else _made(inner, raw)
    if origin is Literal:
        return _checked(raw in arguments, raw)
    if origin is tuple:
        _checked(isinstance(raw, list), raw)
        if arguments[-1] is Ellipsis:
            return tuple(_made(arguments[0], value) for value in raw)
        return tuple(_made(a, value) for a, value in zip(arguments, raw, strict=True))
    if kind is float:
        number = isinstance(raw, int | float) and not isinstance(raw, bool)
        return float(_checked(number and abs(raw) < 1e9, raw))
    return _checked(type(raw) is kind, raw)


def _checked(right: bool, value: Any) -> Any:
    if not right:
        raise Malformed("a value of another type")
    return value
