"""What is printed twice: the other printings of a candidate, and how their words differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answerable.engine import wording
from answerable.engine.wording import Piece
from answerable.reports.models import Candidate, Document
from answerable.reports.queries import passages
from answerable.reports.queries.passages import Book, Span

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Printing:
    """One other place where the same is printed; no ``pieces`` where the words are the same."""

    leaf: int
    where: str
    pieces: Sequence[Piece]


def printings(document: Document, candidate: Candidate, book: Book) -> list[Printing]:
    """The other printings of ``candidate``, with what they word otherwise. One query, if any."""
    places = _places(candidate)[:MOST_SHOWN]
    if not places:
        return []
    found = []
    for spans, words in zip(places, passages.words_at_each(document, places), strict=True):
        other = wording.differs(candidate.words, words)
        pieces = wording.difference(candidate.words, words) if other else []
        leaf = book.leaf_of(spans[0])
        found.append(Printing(leaf, f"{book.noun} {leaf}", pieces))
    return found


def _places(candidate: Candidate) -> list[list[Span]]:
    """Each printing with all its pieces: what goes on overleaf is two pieces of one.

    They are stored one after another, so a piece on the next page belongs to the one before where
    both together are more nearly as long as the whole.
    """
    whole = len(candidate.words)
    found: list[list[Span]] = []
    for span in _apart([*candidate.spans], candidate.also):
        last = found[-1] if found else []
        overleaf = bool(last) and _page(span) == _page(last[-1]) + 1
        if overleaf and _off([*last, span], whole) < _off(last, whole):
            last.append(span)
        else:
            found.append([span])
    return found


def _apart(there: list[Span], spans: Sequence[Span]) -> Iterator[Span]:
    """Those of ``spans`` that lie over nothing that was there before: a place is told once."""
    for span in spans:
        if not any(_over(span, other) for other in there):
            there.append(span)
            yield span


def _over(one: Span, other: Span) -> bool:
    starts, ends = ([int(str(span[edge])) for span in (one, other)] for edge in ("start", "end"))
    return _page(one) == _page(other) and max(starts) < min(ends)


def _page(span: Span) -> int:
    return int(str(span["page"]))


def _off(spans: Sequence[Span], whole: int) -> int:
    """By how much the pieces are shorter or longer than the whole."""
    return abs(whole - sum(int(str(s["end"])) - int(str(s["start"])) for s in spans))
