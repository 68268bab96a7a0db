"""PDF: the words of each page with their edges and styles, and the lines drawn on it.

The calls go straight to PDFium because a page has thousands of characters; a word asks only for
its first and last one unless they disagree (a footnote mark glued on, a word broken over lines).
"""

import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint, create_string_buffer
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw

from answerable.engine.documents import rows
from answerable.engine.documents.pieces import Printed, Rule, Sheet, Style
from answerable.engine.documents.shapes import Box

# The bindings are made from PDFium's headers and have no types.
raw: Any = pypdfium2.raw

# PDFium must not be entered by two threads at once.
PDFIUM = RLock()

# PDFium writes U+FFFE (older versions U+0002) for a hyphen at the end of a line.
_WORD = re.compile("[^\\s\ufffe\x02\x00-\x1f]+[\ufffe\x02]?|[\ufffe\x02]")
_DIGITS = "0123456789"
# A word or a stop with digits behind it may be a word with a footnote mark.
_NOTED = re.compile(r"[^\W\d]\d{1,3}$|[.,;:)\]”’\"']\d{1,3}$")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_NAME = re.compile(r"bold|black|heavy|semib|demi(?!ng)|[-,]bd\b", re.I)
_ITALIC_NAME = re.compile(r"ital|obli|[-,]it\b", re.I)
_THIN = 2.5
_MAX_OBJECTS = 20_000
_MAX_DEPTH = 3


def open_pdf(path: Path) -> Any:
    """A PdfDocument of pypdfium2, to be closed; its PdfiumError is raised where it cannot open."""
    open_it: Any = pypdfium2.PdfDocument
    return open_it(path)


def sheets(document: Any) -> Iterator[Sheet]:
    """Yield every page as printed, first to last. A page that PDFium cannot load has no words."""
    fonts: dict[int, tuple[str, bool, bool]] = {}
    for index in range(len(document)):
        with PDFIUM:
            yield _sheet(document, index, fonts)


def _sheet(document: Any, index: int, fonts: dict[int, Any]) -> Sheet:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Sheet(index + 1, 0.0, 0.0)
    try:
        frame = _Frame(page)
        text_page = page.get_textpage()
        try:
            words = _Words(text_page, frame, fonts).read()
        finally:
            text_page.close()
        return Sheet(index + 1, frame.width, frame.height, tuple(words), *_drawn(page, frame))
    except pypdfium2.PdfiumError:
        return Sheet(index + 1, 0.0, 0.0)
    finally:
        page.close()


class _Frame:
    """Turns PDF user space into points from the top left of the page as a reader sees it."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        left, bottom, right, top = page.get_cropbox()
        turn = page.get_rotation()
        self.upright = turn == 0
        # x' = a*x + b*y + c ; y' = d*x + e*y + f
        self.matrix = {
            0: (1, 0, -left, 0, -1, top),
            90: (0, 1, -bottom, 1, 0, -left),
            180: (-1, 0, right, 0, 1, -bottom),
            270: (0, -1, top, -1, 0, right),
        }[turn]

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = self.matrix
        if self.upright:
            return left + c, f - top, right + c, f - bottom
        x1, y1 = a * left + b * bottom + c, d * left + e * bottom + f
        x2, y2 = a * right + b * top + c, d * right + e * top + f
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


class _Words:
    """Reads the words of one page."""

    def __init__(self, text_page: Any, frame: _Frame, fonts: dict[int, Any]) -> None:
        self.page = text_page.raw
        self.frame = frame
        self.fonts = fonts
        self.styles: dict[int, Style] = {}
        self.rectangle = raw.FS_RECTF()

    def read(self) -> list[Printed]:
        found: list[Printed] = []
        for match in _WORD.finditer(self._text()):
            found += self._word(match.group(), match.start())
        return found

    def _text(self) -> str:
        count = raw.FPDFText_CountChars(self.page)
        if count <= 0:
            return ""
        buffer = create_string_buffer((count + 1) * 2)
        written = raw.FPDFText_GetText(
            self.page, 0, count, raw.ctypes.cast(buffer, raw.ctypes.POINTER(raw.ctypes.c_ushort))
        )
        text = buffer.raw[: max(written - 1, 0) * 2].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Where the copy leaves characters out, its positions are not PDFium's: ask one by one.
        return "".join(_character(raw.FPDFText_GetUnicode(self.page, i)) for i in range(count))

    def _box(self, index: int) -> tuple[float, float, float, float]:
        r = self.rectangle
        if not raw.FPDFText_GetLooseCharBox(self.page, index, r):
            return 0.0, 0.0, 0.0, 0.0
        return self.frame.box(r.left, r.bottom, r.right, r.top)

    def _word(self, text: str, start: int) -> list[Printed]:
        first = self._box(start)
        last = self._box(start + len(text) - 1) if len(text) > 1 else first
        style = self._style(start)
        height, other = first[3] - first[1], last[3] - last[1]
        whole = (
            abs(first[3] - last[3]) < 0.12 * height + 0.1
            and abs(height - other) < 0.12 * height + 0.1
            and last[2] >= first[0]
        )
        if whole and _NOTED.search(text) and self._raised(start + len(text) - 1):
            return self._without_mark(text, start, style)
        if whole:
            top, bottom = min(first[1], last[1]), max(first[3], last[3])
            return [Printed(_hyphened(text), first[0], top, last[2], bottom, style)]
        return self._broken(text, start)

    def _raised(self, index: int) -> bool:
        """Whether the character stands high in its line, as a footnote mark does."""
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        if not raw.FPDFText_GetCharBox(self.page, index, left, right, bottom, top):
            return False
        loose = self.rectangle
        if not raw.FPDFText_GetLooseCharBox(self.page, index, loose):
            return False
        return bool(bottom.value - loose.bottom > 0.36 * (loose.top - loose.bottom))

    def _without_mark(self, text: str, start: int, style: Style) -> list[Printed]:
        """The word, and apart from it the mark at its end."""
        stem = text.rstrip(_DIGITS)
        cut = start + len(stem)
        boxes: list[tuple[float, ...]] = [self._box(start), self._box(cut - 1)]
        marks: list[tuple[float, ...]] = [self._box(cut), self._box(start + len(text) - 1)]
        mark = text[len(stem) :].translate(rows.RAISED)
        return [_printed(stem, boxes, style), _printed(mark, marks, style)]

    def _broken(self, text: str, start: int) -> list[Printed]:
        """Split a word whose ends differ in line or size, so that marks and lines come apart."""
        boxes = [self._box(start + i) for i in range(len(text))]
        groups: list[list[int]] = [[0]]
        for i in range(1, len(text)):
            if _same_setting(boxes[groups[-1][-1]], boxes[i]):
                groups[-1].append(i)
            else:
                groups.append([i])
        body = max(b[3] - b[1] for b in boxes)
        base = max(groups, key=len)
        found = []
        for group in groups:
            part = "".join(text[i] for i in group)
            box = boxes[group[0]]
            smaller = box[3] - box[1] < 0.85 * body
            style = self._style(start + group[0])
            printed = _printed(part, [boxes[i] for i in group], style)
            if smaller and part.isdigit() and box[3] < boxes[base[0]][3]:
                printed = rows.raised(printed, boxes[base[0]][1], boxes[base[0]][3])
            found.append(printed)
        return found

    def _style(self, index: int) -> Style:
        handle = raw.FPDFText_GetTextObject(self.page, index)
        if not handle:
            return Style()
        key = raw.ctypes.cast(handle, raw.ctypes.c_void_p).value or 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._read_style(handle)
        return style

    def _read_style(self, handle: Any) -> Style:
        size, matrix = c_float(), raw.FS_MATRIX()
        raw.FPDFTextObj_GetFontSize(handle, byref(size))
        scale = 1.0
        if raw.FPDFPageObj_GetMatrix(handle, matrix):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
        font, bold, italic = self._font(raw.FPDFTextObj_GetFont(handle))
        # A sheared matrix is how Word fakes a missing italic.
        italic = italic or (matrix.b == 0 and matrix.c > 0.12 * abs(matrix.d))
        # Stroked as well as filled is how Word fakes a missing bold.
        bold = bold or raw.FPDFTextObj_GetTextRenderMode(handle) == 2
        return Style(font, round(size.value * scale, 1), bold, italic, _colour(handle))

    def _font(self, font: Any) -> tuple[str, bool, bool]:
        if not font:
            return "", False, False
        key = raw.ctypes.cast(font, raw.ctypes.c_void_p).value or 0
        if key not in self.fonts:
            self.fonts[key] = _read_font(font)
        known: tuple[str, bool, bool] = self.fonts[key]
        return known


def _same_setting(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    height = max(a[3] - a[1], 0.1)
    return (
        abs(a[3] - b[3]) < 0.12 * height + 0.1
        and abs(height - (b[3] - b[1])) < 0.12 * height + 0.1
        and b[0] >= a[0] - 0.5 * height
    )


def _hyphened(text: str) -> str:
    return text[:-1] + "-" if text[-1] in "\ufffe\x02" else text


def _printed(text: str, boxes: list[tuple[float, ...]], style: Style) -> Printed:
    return Printed(
        _hyphened(text),
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
        style,
    )


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _colour(handle: Any) -> int:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return 0
    return red.value << 16 | green.value << 8 | blue.value


def _read_font(font: Any) -> tuple[str, bool, bool]:
    """Name without the subset's tag, whether it is bold, whether it slants."""
    buffer = create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    flags, angle = raw.FPDFFont_GetFlags(font), c_int()
    raw.FPDFFont_GetItalicAngle(font, angle)
    bold = bool(_BOLD_NAME.search(name)) or bool(flags > 0 and flags & (1 << 18))
    italic = bool(_ITALIC_NAME.search(name)) or bool(flags > 0 and flags & (1 << 6))
    family = re.split(r"[-,]", name)[0]
    return family, bold, italic or angle.value < 0


def _drawn(page: Any, frame: _Frame) -> tuple[tuple[Rule, ...], tuple[Box, ...], tuple[Box, ...]]:
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


def _is_frame(box: Box, frame: _Frame) -> bool:
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
