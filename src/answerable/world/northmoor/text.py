r"""Reads the plain text in which Northmoor's documents are written.

Blocks are separated by empty lines. A line that begins with ``@`` opens something special:

``@item key no=1 kind=recommendation to="A; B" due="By 3 May 2026" on=2026-05-03``
    words that somebody must answer, on the lines that follow. Lines that begin with ``- `` are its
    bullets; a line that begins with ``~ `` gives the words in which it is printed a second time.
``@repeat kind…``
    prints all items of those kinds again.
``@box style`` … ``@end``
    a box with items in it; ``@grid heads`` and ``@replies heads`` are tables made in the same way.
    ``@lead words`` and ``@leadin words`` stand before items.
``@conclusion words``
    a paragraph that is set apart, and asks for nothing.
``@table title`` / ``@bars title``
    lines of cells between ``|``; the first line of a table is its head.
``@place name``
    something that only one maker's layout knows.

Within a line: ``*slanted*``, ``**strong**``, ``[^a note]``, and ``\`` at its end to break it. In
everything, ``{d-49}`` is the day 49 days before today; see :mod:`.days`.
"""

import re
import shlex
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

Style = Literal["plain", "emph", "strong", "note", "break"]

_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\[\^(.+?)\]|( \\\\?\n)", re.S)
_BULLET = "- "
_AGAIN = "~ "


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    style: Style = "plain"


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Words that somebody must answer, or that only look as if somebody must.

    ``kind`` is one of the reader's kinds, or what the words are instead (``strength``,
    ``conclusion``, ``quoted`` …). ``again`` are the words of its second printing.
    """

    key: str
    number: str
    kind: str
    words: Runs
    bullets: tuple[Runs, ...]
    again: Runs | None
    to: tuple[str, ...]
    due: str
    due_on: date | None
    extra: str

    @property
    def text(self) -> str:
        """The words as a reader would copy them, without notes."""
        parts = [plain(self.words), *(plain(bullet) for bullet in self.bullets)]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document. What ``content`` holds depends on ``kind``."""

    kind: str
    content: Any = None
    level: int = 0
    title: str = ""


def plain(runs: Runs) -> str:
    """The words of ``runs`` without their notes."""
    text = "".join(" " if run.style == "break" else run.text for run in runs if run.style != "note")
    return re.sub(r"\s+", " ", text).strip()


def runs(text: str) -> Runs:
    """Splits a paragraph into runs of one style each."""
    found: list[Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        found.append(Run(_joined(text[at : match.start()])))
        found.append(_run(match))
        at = match.end()
    found.append(Run(_joined(text[at:])))
    return tuple(run for run in found if run.text)


def _run(match: re.Match[str]) -> Run:
    strong, emph, note, _ = match.groups()
    if strong:
        return Run(_joined(strong), "strong")
    if emph:
        return Run(_joined(emph), "emph")
    return Run(_joined(note), "note") if note else Run("\n", "break")


def _joined(text: str) -> str:
    return _curly(text.replace("\n", " "))


def _curly(text: str) -> str:
    """Typographer's quotation marks, as printed reports have them."""
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", text).replace("'", "’")


def parse(text: str) -> list[Block]:
    """All the blocks of a document whose dates are already filled in."""
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        blocks.extend(_chunk(chunk.strip("\n")))
    return blocks


def items(blocks: list[Block]) -> list[Item]:
    """Every item of a document, in order."""
    return [block.content for block in blocks if block.kind == "item"]


def _chunk(chunk: str) -> list[Block]:
    lines = chunk.split("\n")
    if lines[0].startswith("@"):
        return _directives(lines)
    if lines[0].startswith("#"):
        return [_heading(lines[0]), *(_chunk("\n".join(lines[1:])) if lines[1:] else [])]
    if lines[0].startswith("> "):
        return [Block("quote", runs("\n".join(line.removeprefix("> ") for line in lines)))]
    if lines[0].startswith(_BULLET):
        return [Block("bullets", tuple(runs(bullet) for bullet in _bullets(lines)))]
    return [Block("paragraph", runs(chunk))]


def _heading(line: str) -> Block:
    marks, _, words = line.partition(" ")
    return Block("heading", runs(words), level=len(marks))


def _bullets(lines: list[str]) -> list[str]:
    return "\n".join(lines).removeprefix(_BULLET).split("\n" + _BULLET)


def _directives(lines: list[str]) -> list[Block]:
    starts = [n for n, line in enumerate(lines) if line.startswith("@")] + [len(lines)]
    pieces = [lines[a:b] for a, b in pairwise(starts)]
    return [_directive(piece[0], piece[1:]) for piece in pieces]


def _directive(line: str, body: list[str]) -> Block:
    name, _, rest = line.removeprefix("@").partition(" ")
    if name == "item":
        return Block("item", _item(rest, body))
    if name in ("table", "bars"):
        return Block(name, [[cell.strip() for cell in row.split("|")] for row in body], title=rest)
    if name == "repeat":
        return Block("repeat", rest.split())
    if name in ("lead", "leadin", "conclusion"):
        return Block(name, runs("\n".join([rest, *body])))
    return Block(name, runs("\n".join(body)), title=rest)


def _item(head: str, body: list[str]) -> Item:
    key, *fields = shlex.split(head)
    given = dict(field.split("=", 1) for field in fields)
    again = [line.removeprefix(_AGAIN) for line in body if line.startswith(_AGAIN)]
    words = [line for line in body if not line.startswith((_BULLET, _AGAIN))]
    bullets = [line.removeprefix(_BULLET) for line in body if line.startswith(_BULLET)]
    return Item(
        key=key,
        number=given.get("no", ""),
        kind=given["kind"],
        words=runs("\n".join(words)),
        bullets=tuple(runs(bullet) for bullet in bullets),
        again=runs(again[0]) if again else None,
        to=tuple(_curly(name) for name in given.get("to", "").split("; ") if name),
        due=given.get("due", ""),
        due_on=date.fromisoformat(given["on"]) if "on" in given else None,
        extra=given.get("extra", ""),
    )
