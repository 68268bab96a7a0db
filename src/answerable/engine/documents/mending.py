"""Words put right as they were meant: letters that a font's ligatures split off, soft hyphens.

"Th e offi ce" comes from files whose joined letters (Th, fi, fl, ffi) are wider than they say; a
reader copies "The office". Only letters that end no English word are put together with the rest.
"""

import re
from collections.abc import Iterable, Sequence

from answerable.engine.documents.pieces import Printed

_SOFT = "\u00ad"
_SPLIT = re.compile(r"(?:^|[(“‘\"'])Th$|(?<![-.])(?:^|[A-Za-z])(?:ffi|ffl|fi|fl)$|^[a-z]+ff$")
_LAST = "hfil"
_ENDS_SO = """
bailiff bluff buff chaff cliff cuff cut-off fluff gaff gruff handcuff hi-fi layoff mastiff off
payoff plaintiff playoff puff rebuff ruff runoff sci-fi scuff sheriff sniff staff standoff stiff
stuff takeoff tariff tiff trade-off turnoff whiff wi-fi wifi write-off
"""
_WHOLE = frozenset(_ENDS_SO.split())


def mended(words: Sequence[Printed]) -> list[Printed]:
    """The words of a page in the order of the file, those that were split put together."""
    found: list[Printed] = []
    for word in words:
        text = word.text
        if _SOFT in text and _SOFT in text[:-1]:
            word = word._replace(text=text[:-1].replace(_SOFT, "") + text[-1])
        if found and found[-1].text[-1] in _LAST and text[0].islower() and _parted(found[-1], word):
            found[-1] = _joined((found[-1], word))
        else:
            found.append(word)
    return found


def _parted(a: Printed, b: Printed) -> bool:
    """Whether the second is the rest of the first: beside it, where no word can end."""
    if not _SPLIT.search(a.text):
        return False
    if a.text.strip("(“‘\"'").lower() in _WHOLE:
        return False
    near = -1 <= b.left - a.right < 0.6 * max(a.style.size, 5.0)
    return near and abs(a.bottom - b.bottom) < 0.3 * (a.bottom - a.top)


def _joined(parts: Iterable[Printed]) -> Printed:
    first, last = parts
    return first._replace(
        text=first.text + last.text,
        top=min(first.top, last.top),
        right=last.right,
        bottom=max(first.bottom, last.bottom),
    )
