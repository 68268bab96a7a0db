"""When lines that a person chose are a passage."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from answerable.accounts.rules import Refused
from answerable.engine.documents import passages, shapes
from answerable.reports.models import Page
from answerable.reports.queries.passages import (
    Choice,
    LineKey,
    Piece,
    Span,
    find,
    find_end,
    grouped,
    label_length,
    line_text,
    pieces_of,
    shape_of,
    stored,
)

NO_LINES = "Choose the lines that it covers."
NO_WORDS = "The lines chosen hold no words."


def spans_of(pages: Sequence[Page], choice: Choice) -> list[dict[str, object]]:
    """The passage that ``choice`` names, as it is stored.

    A printed number at the start of the first line is left out, as the reader leaves it out,
    unless ``starts_with`` says otherwise.

    Raises:
        Refused: in words, where no line was chosen, or the first or last words are not in them.
    """
    by_number = {page.number: page for page in pages}
    lines = [(n, at) for n, at in choice.lines if n in by_number]
    lines = [(n, at) for n, at in lines if 0 <= at < len(by_number[n].lines)]
    if not lines:
        raise Refused(NO_LINES, code="no_lines")
    bounds = [
        [page, by_number[page].lines[first][0], by_number[page].lines[last][1]]
        for page, first, last in grouped(lines)
    ]
    bounds[0][1] += _start(by_number[min(lines)[0]], min(lines)[1], choice.starts_with)
    bounds[-1][2] = _end(by_number[max(lines)[0]], max(lines)[1], choice.ends_with)
    if bounds[0][1] >= bounds[0][2] or bounds[-1][1] >= bounds[-1][2]:
        raise Refused(NO_WORDS, code="no_words")
    known = {number: shape_of(by_number[number]) for number in {b[0] for b in bounds}}
    return [stored(passages.passage(known[n], start, end)) for n, start, end in bounds]


def _start(page: Page, at: int, words: str) -> int:
    """Where the passage starts inside its first line."""
    text = line_text(page, at)
    if not words.strip():
        return label_length(text)
    found = find(text, words)
    if found is None:
        raise Refused(f"The first line chosen does not hold “{words.strip()}”.", code="start")
    return found


def _end(page: Page, at: int, words: str) -> int:
    """The offset at which the passage ends, inside its last line."""
    start, end, *_ = page.lines[at]
    if not words.strip():
        return int(end)
    found = find_end(line_text(page, at), words)
    if found is None:
        raise Refused(f"The last line chosen does not hold “{words.strip()}”.", code="end")
    return int(start) + found


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split: the number printed before it, if any, and its place."""

    printed: str
    spans: list[dict[str, object]]


def parts_of(pages: Sequence[Page], spans: Sequence[Span], at: Collection[LineKey]) -> list[Part]:
    """The passage cut where new parts start: at places named (page, offset).

    A number printed at the start of a part is left out of its words, as the reader does.

    Raises:
        Refused: where no new part starts inside the passage.
    """
    starts = set(at)
    groups: list[list[Piece]] = []
    for piece in pieces_of(pages, spans):
        if not groups or (piece.page, piece.start) in starts:
            groups.append([])
        groups[-1].append(piece)
    if len(groups) < 2:
        raise Refused("Choose where a new one starts.", code="at")
    known = {page.number: shape_of(page) for page in pages}
    return [_part(group, known) for group in groups]


def _part(group: Sequence[Piece], pages: Mapping[int, shapes.Page]) -> Part:
    first = group[0]
    skip = label_length(first.text)
    bounds: dict[int, tuple[int, int]] = {}
    for piece in group:
        end = piece.start + len(pages[piece.page].text[piece.start : piece.end].rstrip())
        start = bounds.get(piece.page, (piece.start, end))[0]
        bounds[piece.page] = (start, end)
    start, end = bounds[first.page]
    bounds[first.page] = (start + skip, end)
    cut = [stored(passages.passage(pages[n], *bounds[n])) for n in sorted(bounds)]
    return Part(first.text[:skip].strip(), cut)
