"""What was recognised in the picture of a page: words with how sure each is, as plain bytes.

The bytes come from a child process that a hostile picture may have taken over, or from a file that
was kept until the whole document is read, so everything is checked as it is taken apart.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from answerable.engine.documents.pieces import Printed, Rule, Sheet, Style
from answerable.engine.documents.shapes import Box, Page

_ALIKE = 0.08
"""Sizes this close are one size: a scan has no two lines of quite the same height."""
_MOST_WORDS = 20_000
_LONGEST_RULE = 40.0
_TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Seen:
    """One recognised word. Its top and bottom are those of its line, made level.

    ``size`` is in points; ``sure`` is between 0 and 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    sure: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words in the picture of one page, set upright.

    ``turn`` is how many degrees clockwise the picture had to be turned to be read, ``skew`` how far
    its lines then still fell to the right, as an angle. ``width`` and ``height`` are those of the
    page as it was turned. ``trouble`` is a sentence where the picture could not be looked at.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    turn: int = 0
    skew: float = 0.0
    words: tuple[Seen, ...] = ()
    trouble: str = ""

    @property
    def sureness(self) -> float:
        """The mean over all letters, between 0 and 1."""
        letters = sum(len(w.text) for w in self.words)
        return sum(w.sure * len(w.text) for w in self.words) / letters if letters else 0.0


class Malformed(ValueError):
    """Bytes that no recognised page was encoded to."""


# --- Bytes --------------------------------------------------------------------------------------


def encode(pages: Iterable[Recognised]) -> bytes:
    """Pages as JSON."""
    rows = [[p.number, p.width, p.height, p.turn, p.skew, p.trouble, _rows(p.words)] for p in pages]
    return json.dumps(rows, separators=(",", ":")).encode()


def _rows(words: Iterable[Seen]) -> list[list[Any]]:
    return [[w.text, w.left, w.top, w.right, w.bottom, w.size, int(w.bold), w.sure] for w in words]


def decode(data: bytes) -> tuple[Recognised, ...]:
    """The pages again. Raises :class:`Malformed` for anything else."""
    try:
        return tuple(_page(*row) for row in json.loads(data))
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        raise Malformed(str(error)) from None


def _page(
    number: Any, width: Any, height: Any, turn: Any, skew: Any, trouble: Any, words: list[Any]
) -> Recognised:
    if turn not in _TURNS or not isinstance(trouble, str) or len(words) > _MOST_WORDS:
        raise Malformed("no page looks like this")
    seen = tuple(_seen(*word) for word in words)
    size = _length(width), _length(height)
    return Recognised(int(number), *size, turn, _length(skew), seen, trouble[:500])


def _seen(text: Any, *numbers: Any) -> Seen:
    left, top, right, bottom, size, bold, sure = (_length(n) for n in numbers)
    if not isinstance(text, str) or not text or any(c.isspace() or c < " " for c in text):
        raise Malformed("no word looks like this")
    return Seen(text, left, top, right, bottom, size, bold > 0, min(1.0, max(0.0, sure)))


def _length(value: Any) -> float:
    if not isinstance(value, int | float) or not abs(value) < 1e6:
        raise Malformed("a number expected")
    return float(value)


# --- Pages of the document ----------------------------------------------------------------------


def sizes(pages: Iterable[Recognised]) -> dict[float, float]:
    """For each measured size of type the one that it is taken for, over the whole document.

    The commonest size takes all that are close to it, then the next.
    """
    letters: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            letters[word.size] += len(word.text)
    taken: dict[float, float] = {}
    left = dict(letters)
    while left:
        best = max(left, key=lambda s: (_weight(s, left), left[s], s))
        taken |= {size: round(best, 1) for size in left if _alike(size, best)}
        left = {size: n for size, n in left.items() if size not in taken}
    return taken


def _weight(size: float, letters: dict[float, int]) -> int:
    return sum(n for other, n in letters.items() if _alike(other, size))


def _alike(a: float, b: float) -> bool:
    return abs(a - b) <= _ALIKE * b


def sheet(page: Recognised, printed: Sheet, size_of: dict[float, float]) -> Sheet:
    """The page as the layout pass takes it: the words that were recognised, and long drawn lines.

    What else was drawn is mostly letters in outline.
    """
    styles: dict[tuple[float, bool], Style] = {}
    words = []
    for word in page.words:
        key = size_of.get(word.size, word.size), word.bold
        style = styles.setdefault(key, Style("", key[0], key[1]))
        words.append(Printed(word.text, word.left, word.top, word.right, word.bottom, style))
    long = () if page.turn or page.skew else tuple(r for r in printed.rules if _is_long(r))
    return Sheet(page.number, page.width, page.height, tuple(words), long)


def _is_long(rule: Rule) -> bool:
    return max(rule.right - rule.left, rule.bottom - rule.top) >= _LONGEST_RULE


def placed(page: Page, found: Recognised) -> Page:
    """The page with how sure its text is; its boxes where they stand on the page as it is shown."""
    page = replace(page, sureness=round(found.sureness, 3))
    if not found.turn and not found.skew:
        return page
    lying = found.turn in (90, 270)
    return replace(
        page,
        width=page.height if lying else page.width,
        height=page.width if lying else page.height,
        words=tuple(replace(w, box=_turned(_fallen(w.box, found), found)) for w in page.words),
        lines=tuple(replace(ln, box=_turned(_fallen(ln.box, found), found)) for ln in page.lines),
    )


def _fallen(box: Box, page: Recognised) -> Box:
    """From the page as it was made straight back to the crooked one: around the page's middle."""
    across = (box.left + box.right - page.width) / 2
    down = (box.top + box.bottom - page.height) / 2
    sine, cosine = math.sin(page.skew), math.cos(page.skew)
    right = across * cosine - down * sine - across
    lower = across * sine + down * cosine - down
    return Box(box.left + right, box.top + lower, box.right + right, box.bottom + lower)


def _turned(box: Box, page: Recognised) -> Box:
    """From the page as it was turned clockwise to be read, back to the page as it is shown."""
    wide, high = page.width, page.height
    edges = {
        0: (box.left, box.top, box.right, box.bottom),
        90: (box.top, wide - box.right, box.bottom, wide - box.left),
        180: (wide - box.right, high - box.bottom, wide - box.left, high - box.top),
        270: (high - box.bottom, box.left, high - box.top, box.right),
    }[page.turn]
    return Box(*(round(edge, 1) for edge in edges))
