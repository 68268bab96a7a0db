"""Which pages of a PDF are pictures: something is drawn on them, and there are no words to take."""

from collections.abc import Iterator, Sequence
from ctypes import c_float
from typing import Any

import pypdfium2
import pypdfium2.raw

# The bindings are made from PDFium's headers and have no types.
raw: Any = pypdfium2.raw

_STAMPED = 12
"""A scan may carry a few words of text all the same: a stamped page number, a file's name."""
_COVERED, _ALL_OVER = 0.05, 0.8
_OUTLINES = 40
"""Letters are also kept as outlines: a page of them has hundreds of shapes."""
_MOST_OBJECTS = 2_000
_MAX_DEPTH = 3


def pages(document: Any, words: Sequence[int]) -> tuple[int, ...]:
    """The numbers of the pages that are pictures; ``words`` counts the words of every page.

    A page with any text keeps its own, unless most pages are pictures with a few words on top.
    """
    bare = [n for n, count in enumerate(words, 1) if not count and _drawn(document, n) > _COVERED]
    few = [n for n, count in enumerate(words, 1) if 0 < count <= _STAMPED]
    if len(bare) + len(few) >= len(words) / 2:
        bare += [n for n in few if _drawn(document, n) > _ALL_OVER]
    return tuple(sorted(bare))


def _drawn(document: Any, number: int) -> float:
    """Which part of the page its pictures cover; all of it where it is full of outlines."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return 0.0
    try:
        wide, high = page.get_size()
        covered, outlines = 0.0, 0
        for item in _objects(page.raw, form=False, depth=0):
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
                covered += _area(item)
            else:
                outlines += 1
        return 1.0 if outlines >= _OUTLINES else covered / max(wide * high, 1.0)
    finally:
        page.close()


def _objects(holder: Any, *, form: bool, depth: int) -> Iterator[Any]:
    """The pictures and outlines of a page or of a form on it."""
    count = raw.FPDFFormObj_CountObjects(holder) if form else raw.FPDFPage_CountObjects(holder)
    get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject
    for index in range(min(count, _MOST_OBJECTS)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _objects(item, form=True, depth=depth + 1)


def _area(item: Any) -> float:
    edges = [c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *edges):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return abs(right - left) * abs(top - bottom)
