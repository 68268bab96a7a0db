"""Passages as a person chooses them: the leaves of a document, their lines, the words between.

A *leaf* is what the checking page shows at once: a page, or one part of a document that has no
pages. Leaves count from 1; for a document with pages a leaf's number is its page's.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.engine.documents import labels, passages, shapes
from answerable.reports.models import Document, Page

LINES_A_PART = 60
PDF = "application/pdf"
_CUT = re.compile(r"\n|(?<=[.;:!?])\s+(?=[A-Z(“‘\"•])")
"""Where a passage may be cut: at the end of a line, and between sentences."""
_SAME = str.maketrans("‘’“”–—‐‑\u00a0", "''\"\"---- ")

Span = Mapping[str, object]
"""A stretch of a page as it is stored: ``{page, start, end, boxes}``."""
LineKey = tuple[int, int]
"""A line as a form names it: its page's number and its place on the page, from 0."""


@dataclass(frozen=True, slots=True)
class Book:
    """The leaves of one document. ``starts`` are the offsets of its parts where it has no pages."""

    document: Document
    numbers: tuple[int, ...]
    starts: tuple[int, ...] = ()

    @property
    def paged(self) -> bool:
        """Whether its leaves are printed pages."""
        return not self.starts

    @property
    def count(self) -> int:
        """How many leaves there are."""
        return len(self.numbers) if self.paged else len(self.starts)

    @property
    def noun(self) -> str:
        """What a leaf of this document is called."""
        return "page" if self.paged else "part"

    def leaf_of(self, span: Span) -> int:
        """The leaf on which ``span`` begins."""
        return self._leaf(span, "start")

    def leaves_of(self, spans: Sequence[Span]) -> range:
        """The leaves from the first to the last that ``spans`` touch."""
        if not spans:
            return range(0)
        return range(self.leaf_of(spans[0]), self._leaf(spans[-1], "end") + 1)

    def _leaf(self, span: Span, edge: str) -> int:
        if self.paged:
            return int(str(span["page"]))
        at = int(str(span[edge])) - (1 if edge == "end" else 0)
        return max(1, bisect_right(self.starts, at))

    def lines_of(self, leaf: int, page: Page) -> range:
        """Which lines of ``page`` stand on ``leaf``."""
        if self.paged:
            return range(len(page.lines))
        first = (leaf - 1) * LINES_A_PART
        return range(first, min(first + LINES_A_PART, len(page.lines)))


def book(document: Document) -> Book:
    """The leaves of ``document``. A query only where it has no pages."""
    if document.media_type == PDF:
        return Book(document, tuple(range(1, (document.page_count or 0) + 1)))
    page = document.pages.only("document", "number", "lines").first()
    if page is None:
        return Book(document, ())
    starts = tuple(line[0] for line in page.lines[::LINES_A_PART])
    return Book(document, (page.number,), starts or (0,))


def page_of(found: Book, leaf: int) -> Page:
    """The stored page that holds ``leaf``. One query.

    Raises:
        Page.DoesNotExist: where the document has no such leaf.
    """
    if not 1 <= leaf <= found.count:
        raise Page.DoesNotExist(f"There is no {found.noun} {leaf}.")
    return found.document.pages.get(number=leaf if found.paged else found.numbers[0])


def pages_at(found: Book, leaves: Iterable[int]) -> list[Page]:
    """The stored pages that hold ``leaves``, in order."""
    numbers = set(leaves) if found.paged else set(found.numbers)
    return list(found.document.pages.filter(number__in=numbers).order_by("number"))


# --- Between stored rows and the engine's shapes ---------------------------------------------------


def shape_of(page: Page) -> shapes.Page:
    """A stored page as the engine knows it."""
    return shapes.Page(
        number=page.number,
        width=page.width,
        height=page.height,
        text=page.text,
        words=tuple(
            shapes.Word(page.text[s:e], s, e, shapes.Box(*box)) for s, e, *box in page.words
        ),
        lines=tuple(shapes.Line(s, e, shapes.Box(*box)) for s, e, *box in page.lines),
    )


def stored(span: shapes.Span) -> dict[str, object]:
    """The engine's span as it is stored."""
    boxes = [[b.left, b.top, b.right, b.bottom] for b in span.boxes]
    return {"page": span.page, "start": span.start, "end": span.end, "boxes": boxes}


def words_at(document: Document, spans: Sequence[Span]) -> str:
    """The words of ``spans`` as a reader would copy them. One query."""
    [words] = words_at_each(document, [spans])
    return words


def words_at_each(document: Document, places: Sequence[Sequence[Span]]) -> list[str]:
    """The words at each of ``places`` as a reader would copy them. One query.

    All pages are asked, since how a word broken at a hyphen is mended depends on the others.
    """
    texts = document.pages.order_by("number").values_list("number", "text")
    pages = [shapes.Page(number, 0, 0, text) for number, text in texts]
    return [passages.words_of(pages, [_bare(span) for span in spans]) for spans in places]


def _bare(span: Span) -> shapes.Span:
    return shapes.Span(int(str(span["page"])), int(str(span["start"])), int(str(span["end"])))


# --- Lines that a person chose ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage as a form holds it: its lines, and where it starts and ends inside the outer two.

    ``starts_with`` is empty where it starts with its first line (after a printed number), and
    ``ends_with`` where it ends with its last.
    """

    lines: tuple[LineKey, ...]
    starts_with: str = ""
    ends_with: str = ""


def choice_of(pages: Sequence[Page], spans: Sequence[Span]) -> Choice:
    """How a form would hold the passage ``spans``."""
    by_number = {page.number: page for page in pages}
    keys = tuple(
        (page.number, at)
        for span in spans
        if (page := by_number.get(int(str(span["page"])))) is not None
        for at, line in enumerate(page.lines)
        if line[0] < int(str(span["end"])) and line[1] > int(str(span["start"]))
    )
    if not keys:
        return Choice(())
    first, last = keys[0], keys[-1]
    return Choice(
        tuple(dict.fromkeys(keys)),
        _start_words(by_number[first[0]], first[1], int(str(spans[0]["start"]))),
        _end_words(by_number[last[0]], last[1], int(str(spans[-1]["end"]))),
    )


def line_text(page: Page, at: int) -> str:
    """The text of one line of ``page``."""
    start, end, *_ = page.lines[at]
    return page.text[start:end]


def label_length(text: str) -> int:
    """How many characters of a line its printed number or bullet takes."""
    label = labels.parse(text)
    return label.length if label is not None and label.length < len(text.rstrip()) else 0


def printed_number(text: str) -> str:
    """The number with which a line starts, without its point or brackets; nothing for a bullet."""
    label = labels.parse(text)
    return ".".join(label.path) if label is not None and "#" not in label.path else ""


def _start_words(page: Page, at: int, start: int) -> str:
    text = line_text(page, at)
    inside = start - page.lines[at][0]
    if inside == label_length(text):
        return ""
    return _shortest(text[inside:], lambda words: find(text, words) == inside, last=False)


def _end_words(page: Page, at: int, end: int) -> str:
    text = line_text(page, at)
    inside = end - page.lines[at][0]
    if not text[inside:].strip():
        return ""
    return _shortest(text[:inside], lambda words: find_end(text, words) == inside, last=True)


def _shortest(text: str, lands: object, *, last: bool) -> str:
    """The fewest words at one end of ``text``, three or more, that are found at the right place."""
    words = text.split()
    for count in range(min(3, len(words)), len(words) + 1):
        part = " ".join(words[-count:] if last else words[:count])
        if part and lands(part):  # type: ignore[operator]
            return part
    return " ".join(words)


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.translate(_SAME).split())


def find(text: str, words: str) -> int | None:
    """Where ``words`` start in a line, whatever their quotation marks, capitals or blanks.

    They start where they first occur; but where they are the whole end of the line, letter for
    letter, that end is meant.
    """
    pattern, plain = _pattern(words), text.translate(_SAME)
    if not pattern:
        return None
    found = re.search(rf"(?<!\S){pattern}\s*\Z", plain) or re.search(pattern, plain, re.IGNORECASE)
    return found.start() if found else None


def find_end(text: str, words: str) -> int | None:
    """Where ``words`` end in a line: their last occurrence, or the line's own beginning."""
    pattern, plain = _pattern(words), text.translate(_SAME)
    if not pattern:
        return None
    begins = re.match(rf"\s*{pattern}(?!\S)", plain)
    if begins:
        return begins.end()
    # The longest stretch before it puts the last of several where it overlaps the one before.
    found = re.match(rf".*({pattern})", plain, re.IGNORECASE | re.DOTALL)
    return found.end(1) if found else None


def grouped(lines: Collection[LineKey]) -> list[tuple[int, int, int]]:
    """Neighbouring lines as stretches: (page, first line, last line), in reading order."""
    found: list[tuple[int, int, int]] = []
    for page, at in sorted(set(lines)):
        if found and found[-1][0] == page and found[-1][2] == at - 1:
            found[-1] = (page, found[-1][1], at)
        else:
            found.append((page, at, at))
    return found


# --- Where a passage can be split ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage before which a new part may start."""

    page: int
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """How a form names the place where it starts."""
        return f"{self.page}:{self.start}"


def pieces_of(pages: Sequence[Page], spans: Sequence[Span]) -> list[Piece]:
    """The passage cut at each line and each sentence."""
    by_number = {page.number: page for page in pages}
    found: list[Piece] = []
    for span in spans:
        page = by_number.get(int(str(span["page"])))
        if page is None:
            continue
        start, end = int(str(span["start"])), int(str(span["end"]))
        inside = page.text[start:end]
        cuts = {0, *(m.end() for m in _CUT.finditer(inside))}
        edges = [*sorted(cuts), len(inside)]
        found += [
            Piece(page.number, start + a, start + b, inside[a:b].strip())
            for a, b in pairwise(edges)
            if inside[a:b].strip()
        ]
    return found
