"""Where the cards of a leaf stand: rectangles over its picture, and stretches of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from answerable.reports.models import Page
from answerable.reports.queries.decisions import Card
from answerable.reports.queries.passages import Span

PAD = 1.6
"""How far a mark reaches beyond its words, in points."""
ORDER = ("now", "open", "done", "not", "near")
"""What a stretch of text is, most telling first: where two overlap, the first is shown."""


def state_of(card: Card, now: Card | None = None) -> str:
    """How a card is drawn: one of :data:`ORDER`."""
    if now is not None and card.key == now.key:
        return "now"
    if card.decision is not None:
        return "done" if card.stands else "not"
    return "open" if card.open else "near"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle over the picture of a page, in the page's own points."""

    x: float
    y: float
    width: float
    height: float
    state: str
    key: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text of a line, and what it is part of, if anything."""

    text: str
    state: str = ""
    key: str = ""


def marks_of(page: Page, card: Card, state: str, href: str) -> Iterator[Mark]:
    """The rectangles of ``card`` on ``page``."""
    for span in card.spans:
        if span["page"] != page.number:
            continue
        for box in span.get("boxes") or ():  # type: ignore[attr-defined]
            left, top, right, bottom = box
            yield Mark(
                round(left - PAD, 1),
                round(top - PAD, 1),
                round(right - left + 2 * PAD, 1),
                round(bottom - top + 2 * PAD, 1),
                state,
                card.key,
                href,
                card.name,
            )


def stretches(
    page: Page, line: Sequence[float], spans: Sequence[tuple[Span, str, str]]
) -> Iterator[Stretch]:
    """One line cut where what stands in it begins and ends."""
    start, end = int(line[0]), int(line[1])
    inside = [
        (max(start, int(str(s["start"]))), min(end, int(str(s["end"]))), state, key)
        for s, state, key in spans
        if s["page"] == page.number
    ]
    inside = [one for one in inside if one[0] < one[1]]
    cuts = sorted({start, end, *(e for one in inside for e in one[:2])})
    for a, b in pairwise(cuts):
        over = [
            (ORDER.index(state), state, key) for s, e, state, key in inside if s <= a and b <= e
        ]
        _, state, key = min(over, default=(0, "", ""))
        yield Stretch(page.text[a:b], state, key)
