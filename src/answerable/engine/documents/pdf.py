"""PDF: the words of each page with their edges and styles, and the lines drawn on it.

The calls go straight to PDFium because a page has thousands of characters; a word asks only for
its first and last one unless they disagree (a footnote mark glued on, a word broken over lines).
"""

import re
from collections import Counter
from collections.abc import Iterator
from ctypes import addressof, byref, c_double, c_float, c_int, c_uint, create_string_buffer
from math import atan2, degrees
from pathlib import Path
from sys import intern
from threading import RLock
from typing import Any

import pypdfium2
import pypdfium2.raw

from answerable.engine.documents import calls, drawings, rows, tags
from answerable.engine.documents.frame import Frame
from answerable.engine.documents.pieces import Printed, Sheet, Style

# The bindings are made from PDFium's headers and have no types.
raw: Any = pypdfium2.raw

# PDFium must not be entered by two threads at once.
PDFIUM = RLock()

# PDFium writes U+FFFE (older versions U+0002) for a hyphen at the end of a line.
_WORD = re.compile("[^\\s\ufffe\x02\x00-\x1f]+[\ufffe\x02]?|[\ufffe\x02]")
_DIGITS = "0123456789"
_MARK = re.compile(r"\d{1,3}$")
# A word or a stop with digits behind it may be a word with a footnote mark.
_NOTED = re.compile(r"[^\W\d]\d{1,3}$|[.,;:)\]”’\"']\d{1,3}$")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_NAME = re.compile(r"bold|black|heavy|semib|demi(?!ng)|[-,]bd\b", re.I)
_ITALIC_NAME = re.compile(r"ital|obli|[-,]it\b", re.I)
# Of fonts that do not say how far their letters reach: in type sizes above and below the line.
_ABOVE, _BELOW = 0.9, 0.22
_SAMPLED = 24
_LEVEL = 8.0
_ASKEW = -1


def open_pdf(path: Path) -> Any:
    """A PdfDocument of pypdfium2, to be closed; its PdfiumError is raised where it cannot open."""
    open_it: Any = pypdfium2.PdfDocument
    return open_it(path)


def sheets(document: Any) -> Iterator[Sheet]:
    """Yield every page as printed, first to last. A page that PDFium cannot load has no words."""
    fonts: dict[int, tuple[str, bool, bool]] = {}
    with PDFIUM:
        tagged = tags.sane(document)
    for index in range(len(document)):
        with PDFIUM:
            yield _sheet(document, index, fonts, tagged=tagged)


def _sheet(document: Any, index: int, fonts: dict[int, Any], *, tagged: bool) -> Sheet:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Sheet(index + 1, 0.0, 0.0)
    try:
        text_page = page.get_textpage()
        try:
            words = _Words(text_page, page, fonts, tags.of(page) if tagged else None)
            level, crosswise = words.read()
        finally:
            text_page.close()
        frame = words.frame
        return Sheet(
            index + 1,
            frame.width,
            frame.height,
            tuple(level),
            *drawings.of(page, frame),
            frame.turn,
            tuple(crosswise),
        )
    except pypdfium2.PdfiumError:
        return Sheet(index + 1, 0.0, 0.0)
    finally:
        page.close()


class _Words:
    """Reads the words of one page."""

    def __init__(
        self, text_page: Any, page: Any, fonts: dict[int, Any], owners: dict[int, str] | None
    ) -> None:
        self.owners = owners
        self.page = text_page.raw
        self.at = addressof(self.page.contents)
        self.fonts = fonts
        self.styles: dict[int, tuple[Style, int, str]] = {}
        # Words set alike have the very same style, which makes comparing them cheap.
        self.shared: dict[Style, Style] = {}
        # Styles, by identity, whose font does not say how far its letters reach.
        self.unmeasured: set[int] = set()
        self.depths: dict[int, bool] = {}
        self.rectangle = calls.Rectangle()
        self.levels: dict[float, float] = {}
        self.text = self._text()
        self.matches = list(_WORD.finditer(self.text))
        self.way = self._usual_way()
        self.frame = Frame(page, self.way)
        self.upright = self.frame.upright
        self.across, self.down = self.frame.matrix[2], self.frame.matrix[5]

    def read(self) -> tuple[list[Printed], list[Printed]]:
        """The words that run as most do, and those that run across them."""
        found: list[Printed] = []
        crosswise: list[Printed] = []
        for match in self.matches:
            text, start = match.group(), match.start()
            style, way, tag = self._set(start)
            if way == self.way:
                words = self._word(text, start, style)
                found += [word._replace(tag=tag) for word in words] if tag else words
            else:
                ends: list[tuple[float, ...]] = [
                    self._box(i, style) for i in (start, start + len(text) - 1)
                ]
                crosswise.append(_printed(text, ends, style))
        return found, crosswise

    def _tag(self, handle: Any) -> str:
        """What the file says of a stretch of text, where that is more than that it is text."""
        if self.owners is None:
            return ""
        kind = self.owners.get(raw.FPDFPageObj_GetMarkedContentID(handle))
        if kind is None and tags.is_artifact(handle):
            return tags.ARTIFACT
        return "" if kind in (None, tags.TEXT) else str(kind)

    def _usual_way(self) -> int:
        """How most of the text runs, judged by a few words of it."""
        some = self.matches[:: max(1, len(self.matches) // _SAMPLED)]
        ways = Counter(self._way(match.start()) for match in some)
        ways.pop(_ASKEW, None)
        return ways.most_common(1)[0][0] if ways else 0

    def _way(self, index: int) -> int:
        """Judged by its foot, not by its upright strokes, which lean in a made-up italic."""
        matrix = raw.FS_MATRIX()
        if not raw.FPDFText_GetMatrix(self.page, index, matrix):
            return 0
        if matrix.b == 0 and matrix.a > 0:
            return 0
        turned = -degrees(atan2(matrix.b, matrix.a))
        nearest = round(turned / 90) * 90
        return nearest % 360 if abs(turned - nearest) < _LEVEL else _ASKEW

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

    def _box(self, index: int, style: Style) -> tuple[float, float, float, float]:
        if not calls.loose_box(self.at, index, self.rectangle.address):
            return 0.0, 0.0, 0.0, 0.0
        left, top, right, bottom = self.rectangle.edges.tolist()
        if id(style) not in self.unmeasured:
            if self.upright:
                across, down = self.across, self.down
                return left + across, down - top, right + across, down - bottom
            return self.frame.box(left, bottom, right, top)
        # PDFium gives the ink of such a letter, so that "g" and "a" would not share a line.
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(self.page, index, x, y)
        bottom, top = y.value - _BELOW * style.size, y.value + _ABOVE * style.size
        return self.frame.box(left, bottom, right, top)

    def _word(self, text: str, start: int, style: Style) -> list[Printed]:
        first = self._box(start, style)
        last = self._ending(start + len(text) - 1, style) if len(text) > 1 else first
        left, top, _, bottom = first
        _, other_top, right, other_bottom = last
        height = bottom - top
        near = 0.12 * height + 0.1
        if (
            abs(bottom - other_bottom) >= near
            or abs(height - (other_bottom - other_top)) >= near
            or right < left
        ):
            return self._broken(text, start)
        # Few words end or begin in figures; only those can carry or be a footnote's mark.
        if text[-1] in _DIGITS and _NOTED.search(text) and self._raised(start + len(text) - 1):
            return self._without_mark(text, start, style)
        if text[0] in _DIGITS and _MARK.match(text) and self._raised(start):
            text = text.translate(rows.RAISED)
        top = top if top < other_top else other_top
        bottom = bottom if bottom > other_bottom else other_bottom
        # A line's words share their edges and a book its words: each is kept once.
        level = self.levels.setdefault
        word = intern(_hyphened(text))
        return [Printed(word, left, level(top, top), right, level(bottom, bottom), style)]

    def _ending(self, index: int, style: Style) -> tuple[float, float, float, float]:
        """The box of a word's last letter, which may be set otherwise than its first."""
        return self._box(index, self._set(index)[0] if id(style) in self.unmeasured else style)

    def _raised(self, index: int) -> bool:
        """Whether the character stands high in its line, as a footnote mark does."""
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        if not raw.FPDFText_GetCharBox(self.page, index, left, right, bottom, top):
            return False
        if not calls.loose_box(self.at, index, self.rectangle.address):
            return False
        _, loose_top, _, loose_bottom = self.rectangle.edges.tolist()
        return bool(bottom.value - loose_bottom > 0.36 * (loose_top - loose_bottom))

    def _without_mark(self, text: str, start: int, style: Style) -> list[Printed]:
        """The word, and apart from it the mark at its end."""
        stem = text.rstrip(_DIGITS)
        cut = start + len(stem)
        boxes: list[tuple[float, ...]] = [self._box(start, style), self._box(cut - 1, style)]
        end = start + len(text) - 1
        marks: list[tuple[float, ...]] = [self._box(cut, style), self._box(end, style)]
        mark = text[len(stem) :].translate(rows.RAISED)
        return [_printed(stem, boxes, style), _printed(mark, marks, style)]

    def _broken(self, text: str, start: int) -> list[Printed]:
        """Split a word whose ends differ in line or size, so that marks and lines come apart."""
        boxes = [self._box(start + i, self._set(start + i)[0]) for i in range(len(text))]
        groups: list[list[int]] = [[0]]
        for i in range(1, len(text)):
            before = boxes[groups[-1][-1]]
            if _same_setting(before, boxes[i]) or self._on_one_line(start + i):
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
            style = self._set(start + group[0])[0]
            printed = _printed(part, [boxes[i] for i in group], style)
            if smaller and part.isdigit() and box[3] < boxes[base[0]][3]:
                printed = rows.raised(printed, boxes[base[0]][1], boxes[base[0]][3])
            found.append(printed)
        return found

    def _on_one_line(self, index: int) -> bool:
        """Whether the letter and the one before it stand on one line in one size."""
        x, y = self._origin(index)
        before_x, before_y = self._origin(index - 1)
        size, before = self._set(index)[0].size, self._set(index - 1)[0].size
        return abs(y - before_y) < 0.05 * size and x > before_x and size == before

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(self.page, index, x, y)
        return self.frame.box(x.value, y.value, x.value, y.value)[:2]

    def _set(self, index: int) -> tuple[Style, int, str]:
        """The style of a character, which way it runs, and what the file says of it."""
        key = calls.text_object(self.at, index)
        if not key:
            return Style(), self.way, ""
        found = self.styles.get(key)
        if found is None:
            handle = raw.FPDFText_GetTextObject(self.page, index)
            style, way = self._read_style(handle), self._way(index)
            if way == 0 and self.upright and self._is_unmeasured(handle):
                self.unmeasured.add(id(style))
            else:
                style = self.shared.setdefault(style, style)
            found = self.styles[key] = style, way, self._tag(handle)
        return found

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
        key = addressof(font.contents)
        if key not in self.fonts:
            self.fonts[key] = _read_font(font)
        known: tuple[str, bool, bool] = self.fonts[key]
        return known

    def _is_unmeasured(self, handle: Any) -> bool:
        """Whether the font gives no depth below the line."""
        font = raw.FPDFTextObj_GetFont(handle)
        if not font:
            return False
        key = addressof(font.contents)
        if key not in self.depths:
            descent = c_float()
            known = raw.FPDFFont_GetDescent(font, 1000.0, descent)
            self.depths[key] = bool(known and descent.value > -20)
        return self.depths[key]


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
