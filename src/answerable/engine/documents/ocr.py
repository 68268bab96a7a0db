"""Recognising the text in the picture of a page, with Tesseract as a library (the ``ocr`` extra).

It runs in the child process, one page at a time, and starts no program of its own. The library is
only loaded there: the server asks :func:`available`, which looks without loading.
"""

import importlib
import importlib.util
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter, ImageOps

from answerable.engine.documents import pdf
from answerable.engine.documents.recognised import Recognised, Seen
from answerable.engine.documents.shapes import Unreadable

LANGUAGE = "eng"
_DPI = 300
_MOST_PIXELS = 18_000_000
_POINTS = 72
_LETTERS_HIGH = 0.93
"""From the top of a "d" to the foot of a "p", as a part of the size of the type."""
_DOUBTFUL = 0.7
"""Less sure than this over the whole page: it may lie on its side or upside down."""
_LEAST_SURE = 0.1
_CROOKED = 0.002
_COARSE = 3
"""How much smaller a picture is looked at to see whether it is crooked."""
_MOST_CROOKED, _STEP, _FINE = 5.0, 0.5, 0.02
"""In degrees: how crooked a page may be, and by which steps that is found."""
_BOLD, _SMALL = 1.22, 0.85
_LEAST_LETTERS = 3
_SPECK = 0.62
_SOLID = 0.66


def available() -> bool:
    """Whether the extra is installed: the library, and what it knows of the language."""
    return importlib.util.find_spec("tesserocr") is not None and _knowledge() is not None


def _knowledge() -> Path | None:
    """The folder with the file of the language: the extra's own, or the system's."""
    system = sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    folders = (Path(sys.prefix) / "share" / "tessdata", *system, Path("/usr/share/tessdata"))
    return next((f for f in folders if (f / f"{LANGUAGE}.traineddata").is_file()), None)


def recognise(path: Path, page: int) -> Recognised:
    """The words in the picture of one page of a PDF. Raises :class:`Unreadable`."""
    picture = _drawn(path, page)
    found, lies = _turned(picture, page, 0)
    if found.sureness < _DOUBTFUL:
        # Words read from the wrong side are guesses, so the surest side is the right one.
        others = (_turned(picture, page, turn) for turn in (90, 180, 270))
        found, lies = max(((found, lies), *others), key=lambda one: _sense(one[0]))
    # Tesseract also reads lines that run down the page, but where they stand is then of no use.
    return _turned(picture, page, (found.turn + 270) % 360)[0] if lies else found


def _sense(found: Recognised) -> float:
    """How much was read, each letter counted as far as it is sure; guesses count nothing."""
    return sum(len(w.text) * w.sure for w in found.words if w.sure >= _DOUBTFUL)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page in grey: its size in points, and how many dots a point has."""

    image: Image.Image
    width: float
    height: float
    scale: float


def _drawn(path: Path, page: int) -> _Picture:
    try:
        document = pdf.open_pdf(path)
        try:
            sheet = document[page - 1]
            wide, high = sheet.get_size()
            scale = min(_DPI / _POINTS, (_MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
            bitmap = sheet.render(scale=scale, grayscale=True, may_draw_forms=False)
            return _Picture(_clean(bitmap.to_pil().convert("L")), wide, high, scale)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        raise Unreadable("damaged", "It cannot be drawn.") from None


def _clean(image: Image.Image) -> Image.Image:
    """The picture with white paper and black ink: grain in the paper costs whole words."""
    ink = _threshold(image.histogram())
    black, white = ink / 2, (ink + _paper(image)) / 2
    wide = max(white - black, 1.0)
    return image.point([round(255 * min(1.0, max(0.0, (v - black) / wide))) for v in range(256)])


def _turned(picture: _Picture, page: int, turn: int) -> tuple[Recognised, bool]:
    """What is read in the picture once it is turned clockwise, and whether its lines run down."""
    image = picture.image.rotate(-turn, expand=True) if turn else picture.image
    skew = _skew(image)
    if abs(skew) > _CROOKED:
        image = image.rotate(math.degrees(skew), Image.Resampling.BICUBIC, fillcolor=_paper(image))
    else:
        skew = 0.0
    wide, high = picture.width, picture.height
    if turn in (90, 270):
        wide, high = high, wide
    found = [word for line in _lines(image, picture.scale) for word in _spread(line)]
    words = tuple(_seen(found, picture.scale))
    seen = Recognised(page, round(wide, 1), round(high, 1), turn, round(skew, 4), words)
    return seen, sum(1 if word.runs_down else -1 for word in found if word.long) > 0


def _skew(image: Image.Image) -> float:
    """How far the lines fall to the right, as an angle.

    Turned back by it, rows of dots are either full of ink or empty, and differ most from the next.
    """
    small = ImageOps.invert(image.reduce(_COARSE))
    best, step = 0.0, _STEP
    reach = round(_MOST_CROOKED / step)
    while step >= _FINE:
        angles = (best + n * step for n in range(-reach, reach + 1))
        best = max(angles, key=lambda angle: (_rows_differ(small, angle), -abs(angle)))
        step, reach = step / 5, 5
    return math.radians(best)


def _rows_differ(image: Image.Image, angle: float) -> int:
    turned = image.rotate(angle, Image.Resampling.BILINEAR) if angle else image
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def _paper(image: Image.Image) -> int:
    """The commonest grey."""
    histogram = image.histogram()
    return histogram.index(max(histogram))


def _seen(found: list["_Word"], scale: float) -> Iterator[Seen]:
    """The words with their places in points, the bold ones known."""
    usual = median([w.stroke for w in found if w.long] or [0.0])
    high = median([w.bottom - w.top for w in found] or [0.0])
    bold = False
    for before, word in zip([None, *found], found, strict=False):
        if word.long:
            # In small print every stroke is thick for its height.
            bold = word.stroke > _BOLD * usual > 0 and word.bottom - word.top > _SMALL * high
        elif before is None or before.bottom != word.bottom:
            bold = False
        # A short word is as bold as the one before it: its few dots do not tell.
        yield word.seen(scale, bold=bold)


# --- Tesseract ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Word:
    """One word in dots: its box, its line's level top, bottom and height, its strokes."""

    text: str
    sure: float
    left: int
    right: int
    top: float
    bottom: float
    stroke: float
    runs_down: bool = False

    @property
    def long(self) -> bool:
        return sum(c.isalpha() for c in self.text) >= _LEAST_LETTERS

    def seen(self, scale: float, *, bold: bool) -> Seen:
        size = (self.bottom - self.top) / _LETTERS_HIGH / scale
        left, top, right, bottom = (
            round(edge / scale, 1) for edge in (self.left, self.top, self.right, self.bottom)
        )
        sure = round(self.sure, 3)
        return Seen(self.text, left, top, right, bottom, round(size, 1), bold, sure)


@contextmanager
def _reader(image: Image.Image, scale: float) -> Iterator[tuple[Any, Any]]:
    """Tesseract with this picture, and its library."""
    library: Any = importlib.import_module("tesserocr")
    with library.PyTessBaseAPI(path=str(_knowledge()), lang=LANGUAGE) as reader:
        reader.SetPageSegMode(library.PSM.AUTO)
        reader.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        reader.SetSourceResolution(round(scale * _POINTS))
        yield reader, library


def _lines(image: Image.Image, scale: float) -> Iterator[list[_Word]]:
    """The words of each line, in the order in which they are read."""
    ink = _Ink(image)
    with _reader(image, scale) as (reader, library):
        if not reader.Recognize():
            raise Unreadable("damaged", "Its text could not be recognised.")
        level = library.RIL
        at = reader.GetIterator()
        line: list[_Word] = []
        while at is not None:
            if at.IsAtBeginningOf(level.TEXTLINE):
                yield line
                line = []
            line += _word(at, level, ink)
            if not at.Next(level.WORD):
                break
        yield line


def _spread(line: list[_Word]) -> list[_Word]:
    """The words in their places, or spread over the line where the boxes contradict their order.

    An underline makes one word's box as wide as the line.
    """
    if all(a.left < b.left and a.right < b.right for a, b in pairwise(line)):
        return line
    left, right = min(w.left for w in line), max(w.right for w in line)
    letter = (right - left) / sum(len(w.text) + 1 for w in line)
    at, placed = float(left), []
    for word in line:
        wide = letter * len(word.text)
        placed.append(replace(word, left=round(at), right=round(at + wide)))
        at += wide + letter
    return placed


def _word(at: Any, level: Any, ink: "_Ink") -> Iterator[_Word]:
    """The word that the iterator stands on, made level with its line."""
    if at.Empty(level.WORD):
        return
    box, line = at.BoundingBox(level.WORD), at.Baseline(level.TEXTLINE)
    text = "".join((at.GetUTF8Text(level.WORD) or "").split())
    sure = at.Confidence(level.WORD) / 100
    if box is None or line is None:
        return
    row = at.RowAttributes()
    foot = (line[0][1] + line[1][1]) / 2 - row["descenders"]
    first = at.IsAtBeginningOf(level.TEXTLINE)
    if first and len(text) < 2 and ink.is_bullet(box, row["row_height"]):
        text, sure = "•", 1.0
    if not text or not _is_text(text, sure):
        return
    stroke = ink.stroke(box) / max(row["row_height"], 1.0)
    head = foot - row["row_height"]
    runs_down = len(text) >= _LEAST_LETTERS and box[3] - box[1] > 1.2 * (box[2] - box[0])
    if runs_down:
        head, foot = float(box[1]), float(box[3])
    yield _Word(text, sure, box[0], box[2], head, foot, stroke, runs_down)


def _is_text(text: str, sure: float) -> bool:
    """Not a speck or the edge of a picture taken for letters."""
    return sure >= _LEAST_SURE and (sure >= 0.5 or any(c.isalnum() for c in text))


class _Ink:
    """The dark dots of a picture, for what Tesseract does not tell: bold type and round bullets."""

    def __init__(self, image: Image.Image) -> None:
        limit = _threshold(image.histogram())
        self.dark = image.point([255 if v <= limit else 0 for v in range(256)])

    @cached_property
    def inner(self) -> Image.Image:
        """The dark dots that have only dark ones around them."""
        return self.dark.filter(ImageFilter.MinFilter(3))

    def stroke(self, box: tuple[int, int, int, int]) -> float:
        """How thick the strokes in the box are, in dots."""
        dark = self.dark.crop(box).histogram()[255]
        edge = dark - self.inner.crop(box).histogram()[255]
        return 2 * dark / edge if edge else 0.0

    def is_bullet(self, box: tuple[int, int, int, int], line: float) -> bool:
        """A small solid shape, whatever letter it was taken for."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if not (0 < wide < _SPECK * line and 0 < high < _SPECK * line and 0.6 < wide / high < 1.7):
            return False
        return self.dark.crop(box).histogram()[255] >= _SOLID * wide * high


def _threshold(histogram: list[int]) -> int:
    """The grey that best parts ink from paper (Otsu's way)."""
    whole = sum(histogram)
    total = float(sum(v * n for v, n in enumerate(histogram)))
    below, weight, best, found = 0.0, 0, -1.0, 127
    for value, count in enumerate(histogram):
        weight += count
        below += value * count
        if not 0 < weight < whole:
            continue
        apart = below / weight - (total - below) / (whole - weight)
        spread = weight * (whole - weight) * apart * apart
        if spread > best:
            best, found = spread, value
    return found
