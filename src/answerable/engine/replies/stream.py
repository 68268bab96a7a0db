"""A reply's pages as one stream of paragraphs and words, without running heads and footnotes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from answerable.engine.documents.passages import passage
from answerable.engine.documents.shapes import Page, Span
from answerable.engine.replies.rows import Row, body_rows

_WORD = re.compile(r"\w(?:[\w'’‘`\u00ad]|[-\u2010](?=\w))*")
_MARKS = re.compile(r"['’‘`_\u00ad\u2010-]")
_BULLET = re.compile(r"^[•●▪■◦‣○□➢✓\u25fb\uf0a7\uf0b7–—*o-]\s")
_LABEL = re.compile(r"^(?:\(?\d{1,3}(?:\.\d{1,3})*[a-z]?[.):]|\(?[a-zA-Z]{1,4}\)|[A-Z]\d{1,3}\b)")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_ANOTHER_COLUMN = 60.0
_BROKEN = re.compile(r"\w[-\u00ad\u2010\ufffe]$")
MOST_WORDS = 22
"""A heading has no more."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; ``first`` and ``last`` bound its words in the stream."""

    rows: list[Row]
    first: int = 0
    last: int = 0
    heading: bool = False

    @property
    def text(self) -> str:
        """Its lines, joined."""
        return " ".join(row.text for row in self.rows)

    @property
    def height(self) -> float:
        """The height of its tallest line."""
        return max(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, lower case and bare, with its place on the page and its line in the stream."""

    word: str
    page: int
    start: int
    end: int
    row: int
    paragraph: int


@dataclass(slots=True)
class Stream:
    """The whole reply in reading order."""

    pages: Sequence[Page]
    rows: list[Row]
    paragraphs: list[Paragraph]
    tokens: list[Token]
    body: float

    def paragraph_of(self, at: int) -> Paragraph:
        """The paragraph in which the word stands."""
        return self.paragraphs[self.tokens[at].paragraph]

    def words(self, first: int, last: int) -> list[str]:
        """The words from ``first`` up to, not with, ``last``."""
        return [token.word for token in self.tokens[first:last]]

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """Where the words from ``first`` up to, not with, ``last`` are printed, in reading order.

        A piece ends with its line where no other word follows on it, so that the full stop and the
        closing quotation mark come along.
        """
        if last <= first:
            return ()
        start = self.tokens[first]
        after = self.tokens[last] if last < len(self.tokens) else None
        stretches: list[list[int]] = []
        for number in range(start.row, self._last_row(last) + 1):
            row = self.rows[number]
            low = _opening(row, start.start) if number == start.row else row.start
            high = after.start if after and after.row == number else row.end
            if stretches and _goes_on(stretches[-1], row):
                stretches[-1][2] = high
            else:
                stretches.append([row.page, low, high])
        by_number = {page.number: page for page in self.pages}
        return tuple(passage(by_number[n], low, high) for n, low, high in stretches)

    def _last_row(self, last: int) -> int:
        """The line on which the word before ``last`` ends, be it broken over two."""
        at = self.tokens[last - 1].row
        end = self.tokens[last].row if last < len(self.tokens) else len(self.rows)
        while at + 1 < end and _BROKEN.search(self.rows[at].text.rstrip()):
            at += 1
        return at


def _goes_on(stretch: list[int], row: Row) -> bool:
    """Whether a line follows directly on a stretch of the same page."""
    return stretch[0] == row.page and 0 <= row.start - stretch[2] <= 2


def _opening(row: Row, start: int) -> int:
    """The quotation mark or bracket just before the word belongs to it."""
    before = row.text[: start - row.start]
    opened = re.search(r"[\"'“‘(\[£$]+$", before)
    return start - len(opened.group()) if opened else start


def stream(pages: Sequence[Page]) -> Stream:
    """Read the pages into one stream."""
    rows, body = body_rows(pages)
    paragraphs = list(_paragraphs(rows, body))
    tokens: list[Token] = []
    at = 0
    for number, paragraph in enumerate(paragraphs):
        paragraph.first = len(tokens)
        for n, row in enumerate(paragraph.rows):
            own = _tokens(row, at + n, number)
            if n and own and _BROKEN.search(rows[at + n - 1].text.rstrip()):
                tokens[-1] = replace(tokens[-1], word=tokens[-1].word + own[0].word)
                own = own[1:]
            tokens += own
        at += len(paragraph.rows)
        paragraph.last = len(tokens)
        paragraph.heading = _is_heading(paragraph, body)
    return Stream(pages, rows, paragraphs, tokens, body)


def words(text: str) -> list[str]:
    """The words of a text, lower case, without marks, the way the stream has them."""
    return [word for word, _, _ in _words(text)]


def _words(text: str) -> Iterable[tuple[str, int, int]]:
    for found in _WORD.finditer(text):
        bare = _MARKS.sub("", unicodedata.normalize("NFKC", found.group())).lower()
        if bare:
            yield bare, found.start(), found.end()


def _tokens(row: Row, number: int, paragraph: int) -> list[Token]:
    at = row.start
    return [Token(w, row.page, at + s, at + e, number, paragraph) for w, s, e in _words(row.text)]


def _paragraphs(rows: list[Row], body: float) -> Iterable[Paragraph]:
    pitch = _usual_pitch(rows)
    current: list[Row] = []
    for row in rows:
        if current and _opens(current[-1], row, pitch, body):
            yield Paragraph(current)
            current = []
        current.append(row)
    if current:
        yield Paragraph(current)


def _usual_pitch(rows: list[Row]) -> float:
    steps = sorted(
        below.top - above.top
        for above, below in pairwise(rows)
        if above.page == below.page and 0 < below.top - above.top < 3 * above.height
    )
    # Among the smallest: between lines of a paragraph, not between paragraphs.
    return steps[len(steps) * 3 // 20] if steps else 0.0


def _opens(above: Row, row: Row, pitch: float, body: float) -> bool:
    """Whether a new paragraph starts with this line."""
    if not body or row.bottom <= 0:
        return row.start - above.end > 1 or row.page != above.page or _unpaged_break(above, row)
    if _BULLET.match(row.text) or _LABEL.match(row.text):
        return True
    if abs(row.height - above.height) > 0.15 * body:
        return True
    if row.page != above.page:
        return bool(_ENDED.search(above.text.rstrip())) or _starts_new(row)
    if abs(row.left - above.left) > _ANOTHER_COLUMN:
        return True
    step = row.top - above.top
    return step > 1.22 * max(pitch, 0.9 * above.height) or step < -1


def _starts_new(row: Row) -> bool:
    return row.text.lstrip()[:1].isupper() and row.text.lower().startswith("recommendation")


def _unpaged_break(above: Row, row: Row) -> bool:
    """Lines of documents without pages are paragraphs, save hard-wrapped text."""
    if _BULLET.match(row.text) or _LABEL.match(row.text):
        return True
    return len(above.text) < 60 or len(above.text) > 130 or bool(_ENDED.search(above.text.rstrip()))


def _is_heading(paragraph: Paragraph, body: float) -> bool:
    """Whether it looks like a heading: short, without a full stop, or taller than the text."""
    text = paragraph.text.strip()
    count = paragraph.last - paragraph.first
    if not count or count > MOST_WORDS or _BULLET.match(text):
        return False
    if body and paragraph.height > 1.12 * body:
        return not text[0].islower()
    if re.search(r"[.!?;,…][\"'”’)\]]*$", text) or text[0].islower():
        return False
    return len(paragraph.rows) <= 3 and count <= 18
