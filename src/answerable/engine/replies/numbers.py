"""Printed numbers: which recommendations "Recommendations 4(a) to (c) and 7" names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.engine.replies.shapes import Asked

Path = tuple[str, ...]
"""A number's parts, outermost first: ``4(a)(ii)`` is ("4", "a", "ii")."""

_PART = re.compile(r"\d+(?:/\d+)?|[a-z]+")
_SPELT = {
    name: str(n)
    for n, name in enumerate(
        _PART.findall(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen twenty"
        ),
        start=1,
    )
}
_ITEM = re.compile(
    r"(?:no\.?\s*|number\s+|#\s*)?((?-i:R|[A-Z]{1,3}(?=[\s-]?\d)))?[\s-]?(\d{1,3}(?:[./]\d{1,3})*|"
    + "|".join(_SPELT)
    + r")(?![\w/]*%)",
    re.I,
)
_SUB = re.compile(
    r"(?<=\d)[a-z](?![a-z])\)?\.?"
    r"|\s?\((?:[a-z]|[ivx]{1,5})\)"
    r"|\s?(?:[a-z]|[ivx]{1,5})\)"
    r"|(?<=\))\s?[ivx]{1,5}(?![a-z])\.?",
    re.I,
)
_SUB_RANGE = re.compile(
    r"\s*\(?([a-z]|[ivx]{1,5})\)?\s?(?:-|–|—|to)\s?\(?([a-z]|[ivx]{1,5})\)", re.I
)
_LETTERS = re.compile(r"([A-Z]{1,3})[\s-]?\d")
_TO = re.compile(r"\s*(?:-|–|—|to|through)\s*", re.I)
_AND = re.compile(r"\s*(?:,\s*and\b|,|;|&|\band\b|\bor\b)\s*(?:recommendations?\s+)?", re.I)
_NAMED = re.compile(
    r"^\W{0,3}(?P<before>(?:[\w’'().:/–—-]+,?\s+){0,9}?)"
    r"(?:\brecommendations?|\brecs?\b\.?|(?-i:\bR)(?=\d))\s*"
    r"(?=(?:no\.?\s*|number\s+|#\s*)?(?:[A-Z]{0,3}[\s-]?\d|(?:" + "|".join(_SPELT) + r")\b))",
    re.I,
)
_REPLY = re.compile(r"\b(?:respon[sd]\w*|repl(?:y|ies)|answers?|comments?|position)\b", re.I)
_BARE = re.compile(r"^\(?(?=[A-Z]{0,2}\d{1,3}[.)a-z:\s(])")


def path_of(number: str) -> Path:
    """The parts of a printed number; a word and a letter before the first figure are left out."""
    parts = _PART.findall(number.lower())
    for at, part in enumerate(parts):
        if part[0].isdigit():
            return tuple(p.lstrip("0") or p for p in parts[at:])
        if part in _SPELT:
            return (_SPELT[part], *parts[at + 1 :])
    return tuple(p for p in parts if len(p) <= 3)


@dataclass(frozen=True, slots=True)
class Named:
    """A label that names recommendations: ``end`` is where it ends in the text.

    ``reply`` is true for "Response to recommendation 4", ``word`` where the word stands in it.
    """

    keys: tuple[str, ...]
    end: int
    reply: bool = False
    word: bool = True


class Numbers:
    """The numbers of the recommendations asked, in their order."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        bare = [path_of(a.number) for a in asked]
        # "A1" and "B1" are two; "R1" and "1" are one, where no letter tells recommendations apart.
        self._lettered = len(set(bare)) < len(bare)
        own = [self._letter(a.number) + path for a, path in zip(asked, bare, strict=True)]
        self._paths = [(path, a.key) for path, a in zip(own, asked, strict=True)]

    def _letter(self, number: str) -> Path:
        """The letters before a number's figures, where they tell recommendations apart."""
        found = _LETTERS.match(number.strip()) if self._lettered else None
        return (found.group(1).lower(),) if found else ()

    def covered(self, path: Path) -> list[str]:
        """The recommendations under ``path``; one that it is a part of, where there is none."""
        below = [key for own, key in self._paths if own and own[: len(path)] == path]
        return below or [key for own, key in self._paths if own and path[: len(own)] == own]

    def between(self, first: Path, last: Path) -> list[str]:
        """The recommendations from one number to another, both with them."""
        low, high = self.covered(first), self.covered(last)
        keys = [key for _, key in self._paths]
        if not low or not high or keys.index(low[0]) > keys.index(high[-1]):
            return low + high
        return keys[keys.index(low[0]) : keys.index(high[-1]) + 1]

    def named(self, text: str, *, heading: bool) -> Named | None:
        """What a paragraph that starts with "Recommendation 4" or "Our reply to R4" is about.

        Prose that happens to start so ("Recommendation 4 of the first report …") is not a label.
        """
        found = _NAMED.match(text)
        if not found:
            return None
        keys, end = self.listed(text, found.end())
        rest = text[end:].lstrip(" \t")
        before = found.group("before")
        reply = bool(_REPLY.search(before))
        if not keys or (before.strip() and not (heading or rest[:1] == ":")):
            return None
        if not _label_ends(rest, heading=heading):
            return None
        return Named(tuple(keys), end, reply=reply)

    def bare(self, text: str) -> Named | None:
        """What a paragraph is about that starts with a number of the report: ``4a) i-iii)``."""
        opened = _BARE.match(text)
        if not opened:
            return None
        keys, end = self.listed(text, opened.end())
        return Named(tuple(keys), end, word=False) if keys else None

    def throughout(self, text: str) -> list[str]:
        """All that a heading names: ``7b) Progress, 7c) Laboratories and 7d) Training``."""
        keys: list[str] = []
        for at in re.finditer(
            r"(?<![\w.])\d{1,3}\s?\(?[a-z]\)|(?<![\w.])\d{1,3}[a-z]-[a-z]\)", text
        ):
            keys += [k for k in self.listed(text, at.start())[0] if k not in keys]
        return keys

    def listed(self, text: str, at: int) -> tuple[list[str], int]:
        """The recommendations of a list of numbers that starts at ``at``, and where it ends."""
        keys: list[str] = []
        before: Path | None = None
        ranged = False
        end = at
        while True:
            item = self._item(text, at, before)
            if item is None:
                return keys, end
            path, own, end = item
            more = self.between(before, path) if ranged and before else own
            keys += [key for key in more if key not in keys]
            before = path
            to, comma = _TO.match(text, end), _AND.match(text, end)
            joined = to or comma
            if not joined:
                return keys, end
            ranged, at = bool(to), joined.end()

    def _item(self, text: str, at: int, before: Path | None) -> tuple[Path, list[str], int] | None:
        """One number with its sub-numbers, or a sub-number that goes on from the one before."""
        found = _ITEM.match(text, at)
        if found is None:
            sub = _SUB.match(text, at) if before and len(before) > 1 else None
            if not before or sub is None or "(" not in sub.group():
                return None
            path = (*before[:-1], *_PART.findall(sub.group().lower()))
            return (path, self.covered(path), sub.end()) if self.covered(path) else None
        path, end = path_of(found.group(2)), found.end()
        path = self._letter(f"{found.group(1) or ''}1") + path
        if re.match(r"\)(?=\s)", text[end:]):
            end += 1
        while True:
            span = _SUB_RANGE.match(text, end)
            if span:
                first, last = (*path, span.group(1).lower()), (*path, span.group(2).lower())
                return last, self.between(first, last), span.end()
            sub = _SUB.match(text, end)
            if not sub:
                return path, self.covered(path), end
            longer = (*path, *_PART.findall(sub.group().lower()))
            if not self.covered(longer):
                return path, self.covered(path), end
            path, end = longer, sub.end()


def _label_ends(rest: str, *, heading: bool) -> bool:
    """Whether what follows a number lets it be a label and not the start of a sentence."""
    if not rest or rest[0] in ":.–—-|(":
        return True
    return rest[0] in "\"“‘'" or (rest[0].isupper() and (heading or len(rest) > 0))
