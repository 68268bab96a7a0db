"""What is drawn on a page: lines, small solid shapes, rectangles that set text apart."""

from collections.abc import Iterator
from ctypes import c_float, c_int
from typing import Any

import pypdfium2.raw

from answerable.engine.documents.frame import Frame
from answerable.engine.documents.pieces import Rule
from answerable.engine.documents.shapes import Box

# The bindings are made from PDFium's headers and have no types.
raw: Any = pypdfium2.raw

_THIN = 2.5
_MAX_OBJECTS = 20_000
_MAX_DEPTH = 3


def of(page: Any, frame: Frame) -> tuple[tuple[Rule, ...], tuple[Box, ...], tuple[Box, ...]]:
    """Lines, small solid shapes that may be bullets, and rectangles that set text apart."""
    rules: list[Rule] = []
    marks: list[Box] = []
    frames: list[Box] = []
    for item in _objects(page.raw, form=False, depth=0):
        edges = [c_float() for _ in range(4)]
        if raw.FPDFPageObj_GetBounds(item, *edges):
            box = Box(*frame.box(*(e.value for e in edges)))
            if _is_mark(box):
                marks.append(box)
            else:
                rules += _edges(item, box)
                if _is_frame(box, frame):
                    frames.append(box)
    return tuple(rules), tuple(marks), tuple(frames)


def _objects(holder: Any, *, form: bool, depth: int) -> Iterator[Any]:
    """The paths of a page or of a form on it."""
    count = raw.FPDFFormObj_CountObjects(holder) if form else raw.FPDFPage_CountObjects(holder)
    get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject
    for index in range(min(count, _MAX_OBJECTS)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _objects(item, form=True, depth=depth + 1)


def _is_mark(box: Box) -> bool:
    wide, high = box.right - box.left, box.bottom - box.top
    return 2 < wide < 9 and 2 < high < 9 and 0.6 < wide / high < 1.7


def _is_frame(box: Box, frame: Frame) -> bool:
    """Wider than a cell of most tables, and not the page itself."""
    wide, high = box.right - box.left, box.bottom - box.top
    whole = wide > 0.9 * frame.width and high > 0.8 * frame.height
    return wide > 0.25 * frame.width and high > 24 and not whole


def _edges(item: Any, box: Box) -> list[Rule]:
    """The lines that a path draws, where it is a line or a rectangle."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    wide, high = right - left, bottom - top
    if high <= _THIN and wide > 6:
        middle = (top + bottom) / 2
        return [Rule(left, middle, right, middle)]
    if wide <= _THIN and high > 4:
        middle = (left + right) / 2
        return [Rule(middle, top, middle, bottom)]
    if wide <= 6 or high <= 4 or raw.FPDFPath_CountSegments(item) > 8:
        return []
    mode, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    if not stroke.value:
        return []
    return [
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom),
        Rule(right, top, right, bottom),
    ]
