"""A reply's pages as one stream of paragraphs and words, without running heads and footnotes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
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
    """One word, lower case and bare, with its place on the page."""

    word: str
    page: int
    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class Stream:
    """The whole reply in reading order."""

    pages: Sequence[Page]
    paragraphs: list[Paragraph]
    tokens: list[Token]
    body: float
    _rows: dict[int, list[Row]] = field(default_factory=dict)

    def paragraph_of(self, at: int) -> Paragraph:
        """The paragraph in which the word stands."""
        return self.paragraphs[self.tokens[at].paragraph]

    def words(self, first: int, last: int) -> list[str]:
        """The words from ``first`` up to, not with, ``last``."""
        return [token.word for token in self.tokens[first:last]]

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """Where the words from ``first`` up to, not with, ``last`` are printed.

        A piece ends with its line where no other word follows on it, so that the full stop and the
        closing quotation mark come along.
        """
        if last <= first:
            return ()
        bounds: dict[int, tuple[int, int]] = {}
        for token in self.tokens[first:last]:
            start, end = bounds.get(token.page, (token.start, token.end))
            bounds[token.page] = min(start, token.start), max(end, token.end)
        by_number = {page.number: page for page in self.pages}
        found: list[Span] = []
        for number, (start, end) in sorted(bounds.items()):
            for low, high in self._pieces(number, start, end, self._after(last, number)):
                found.append(passage(by_number[number], low, high))
        return tuple(found)

    def _after(self, last: int, page: int) -> int | None:
        """Where the first word that does not belong any more starts on the page."""
        if last < len(self.tokens) and self.tokens[last].page == page:
            return self.tokens[last].start
        return None

    def _pieces(
        self, page: int, start: int, end: int, after: int | None
    ) -> Iterable[tuple[int, int]]:
        """The rows between two offsets, those that follow one another in one piece."""
        if not self._rows:
            for paragraph in self.paragraphs:
                for row in paragraph.rows:
                    self._rows.setdefault(row.page, []).append(row)
        rows = sorted((r for r in self._rows[page] if r.end > start and r.start < end), key=_start)
        ends = min(rows[-1].end, after) if after is not None and after >= end else rows[-1].end
        low, high = _opening(rows[0], start), rows[0].end
        for before, row in pairwise(rows):
            if row.start - before.end > 2:
                yield low, high
                low = row.start
            high = row.end
        yield low, max(end, min(high, ends))


def _start(row: Row) -> int:
    return row.start


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
    for number, paragraph in enumerate(paragraphs):
        paragraph.first = len(tokens)
        for above, row in pairwise([None, *paragraph.rows]):
            own = _tokens(row, number) if row else []
            if above and own and _BROKEN.search(above.text.rstrip()):
                tokens[-1] = replace(tokens[-1], word=tokens[-1].word + own[0].word)
                own = own[1:]
            tokens += own
        paragraph.last = len(tokens)
        paragraph.heading = _is_heading(paragraph, body)
    return Stream(pages, paragraphs, tokens, body)


def words(text: str) -> list[str]:
    """The words of a text, lower case, without marks, the way the stream has them."""
    return [word for word, _, _ in _words(text)]


def _words(text: str) -> Iterable[tuple[str, int, int]]:
    for found in _WORD.finditer(text):
        bare = _MARKS.sub("", unicodedata.normalize("NFKC", found.group())).lower()
        if bare:
            yield bare, found.start(), found.end()


def _tokens(row: Row, paragraph: int) -> list[Token]:
    at = row.start
    return [Token(w, row.page, at + s, at + e, paragraph) for w, s, e in _words(row.text)]


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
