"""What the checking page shows: one leaf of a document with its marks, and the cards beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.template.defaultfilters import capfirst
from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.desk.forms.check import SettleForm
from answerable.register.models import Kind
from answerable.register.queries.candidates import (
    Directory,
    Proposed,
    bodies_of,
    chosen_before,
    directory,
    kind_of,
    proposed,
    with_earlier,
)
from answerable.reports.models import Candidate, Decision, Document, Notice, Page
from answerable.reports.queries import decisions, passages
from answerable.reports.queries.decisions import Card, Progress
from answerable.reports.queries.passages import Book, Span

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
    return "near" if card.near else "open"


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


@dataclass(frozen=True, slots=True)
class LeafTab:
    """One leaf in the list of those where something was found."""

    leaf: int
    href: str
    left: int
    seen: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Checking:
    """Everything that the page shows about one document, for one person."""

    person: Person
    document: Document
    book: Book
    cards: Sequence[Card]
    notices: Sequence[Notice]
    seen: frozenset[int]
    leaf: int
    page: Page
    now: Card | None
    known: Directory
    before: Mapping[int | None, Sequence[Body]]

    @property
    def stated(self) -> int | None:
        """How many recommendations the report says it makes."""
        return stated_count(self.document)

    @property
    def progress(self) -> Progress:
        """How far the checking has come."""
        return decisions.progress(self.cards, self.book)

    @property
    def here(self) -> list[Card]:
        """The cards of this leaf, in reading order."""
        return [c for c in self.cards if self.leaf in self.book.leaves_of(c.spans)]

    @property
    def shown(self) -> list[Card]:
        """Those listed: what waits and what was decided; and the one being decided, near or not."""
        found = [c for c in self.here if not c.near or (self.now and c.key == self.now.key)]
        if self.now and all(c.key != self.now.key for c in found):
            found.append(self.now)
        return sorted(found, key=lambda card: card.place)

    @property
    def near(self) -> list[Card]:
        """Those that the reader looked at here and did not take."""
        return [c for c in self.here if c.near and not (self.now and c.key == self.now.key)]

    @property
    def proposed(self) -> Proposed:
        """Whom the card being decided seems to be addressed to."""
        if self.now is None or self.now.candidate is None:
            return Proposed()
        return self.proposed_for(self.now.candidate)

    def proposed_for(self, candidate: Candidate) -> Proposed:
        """Whom ``candidate`` seems to be addressed to, by its words or by those before it."""
        return with_earlier(proposed(candidate, self.known), candidate, self.before)

    @property
    def others(self) -> list[Body]:
        """Bodies that something else in this document is for, or seems to be."""
        candidates = [c.candidate for c in self.cards if c.candidate and c.candidate.taken]
        chosen = {body.pk: body for bodies in self.before.values() for body in bodies}
        named = {body.pk: body for body in bodies_of(candidates, self.known)}
        return list((chosen | named).values())

    @property
    def run_left(self) -> list[Card]:
        """What waits in the run of the card being decided."""
        run = self.now.candidate.run if self.now and self.now.candidate else None
        return decisions.run_of(self.cards, run) if run is not None else []

    @property
    def mine(self) -> Decision | None:
        """The last decision of this person that still stands: what *undo* takes back."""
        own = [c.decision for c in self.cards if c.decision and c.decision.by_id == self.person.pk]
        return max(own, key=lambda d: (d.at, d.pk), default=None)

    @property
    def marks(self) -> list[Mark]:
        """Where the cards of this leaf stand on its picture; the one being decided last, on top."""
        found = [m for card in self.here for m in _marks(self, card)]
        return sorted(found, key=lambda m: ORDER.index(m.state), reverse=True)

    @property
    def text(self) -> list[list[Stretch]]:
        """The text of this leaf, line by line, with what was found in it marked."""
        spans = [
            (span, state_of(card, self.now), card.key) for card in self.here for span in card.spans
        ]
        lines = [self.page.lines[at] for at in self.book.lines_of(self.leaf, self.page)]
        return [list(_stretches(self.page, line, spans)) for line in lines]

    @property
    def tabs(self) -> list[LeafTab]:
        """The leaves where something was found, and this one."""
        left: dict[int, int] = {self.leaf: 0}
        for card in self.cards:
            if not card.near and card.spans:
                at = self.book.leaf_of(card.spans[0])
                left[at] = left.get(at, 0) + card.open
        return [
            LeafTab(n, href_of(self.document, leaf=n), left[n], n in self.seen, n == self.leaf)
            for n in sorted(left)
        ]

    @property
    def previous(self) -> str:
        """The address of the leaf before, or nothing on the first."""
        return href_of(self.document, leaf=self.leaf - 1) if self.leaf > 1 else ""

    @property
    def following(self) -> str:
        """The address of the next leaf, or nothing on the last."""
        last = self.leaf >= self.book.count
        return "" if last else href_of(self.document, leaf=self.leaf + 1)

    @property
    def kind_words(self) -> str:
        """What the card being decided is, as the reader proposes it."""
        found = self._candidate
        return capfirst(Kind(kind_of(found)).label) if found else ""

    @property
    def here_words(self) -> str:
        """Where one is: "on this page", "in this part"."""
        return "on this page" if self.book.paged else "in this part"

    @property
    def where_words(self) -> str:
        """Where the card being decided stands: "page 9", "pages 9 to 10"."""
        return self._leaves_words(self.now.spans) if self.now else ""

    @property
    def printed_again(self) -> str:
        """Where the same words are printed once more, or nothing."""
        return self._leaves_words(self._candidate.also) if self._candidate else ""

    @property
    def run_pages(self) -> str:
        """The leaves over which what waits in the run is spread."""
        return self._leaves_words([span for card in self.run_left for span in card.spans])

    @property
    def _candidate(self) -> Candidate | None:
        return self.now.candidate if self.now else None

    def _leaves_words(self, spans: Sequence[Span]) -> str:
        leaves = sorted({n for span in spans for n in self.book.leaves_of([span])})
        if not leaves:
            return ""
        first, last, noun = leaves[0], leaves[-1], self.book.noun
        return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def checking(
    person: Person,
    document: Document,
    *,
    candidate: Candidate | None = None,
    leaf: int | None = None,
) -> Checking:
    """The page for ``person``: at a candidate, at a leaf, or at the first that waits.

    A candidate that somebody has decided on stays the one being decided, so that what a second
    person typed about it is not lost.

    Raises:
        Page.DoesNotExist: where the document has no such page.
    """
    book, known = passages.book(document), directory()
    cards = decisions.cards(document)
    now = Card(candidate) if candidate is not None else None
    if now is None and leaf is None:
        now = decisions.next_open(cards)
    at = leaf or _leaf_of(book, now or (cards[0] if cards else None))
    if now is None:
        here = [c for c in cards if at in book.leaves_of(c.spans)]
        now = decisions.next_open(here)
    return Checking(
        person=person,
        document=document,
        book=book,
        cards=cards,
        notices=list(decisions.open_notices(document)),
        seen=decisions.seen(person, book),
        leaf=at,
        page=passages.page_of(book, at),
        now=now,
        known=known,
        before=chosen_before(document, known),
    )


def _leaf_of(book: Book, card: Card | None) -> int:
    return book.leaf_of(card.spans[0]) if card is not None and card.spans else 1


def href_of(document: Document, *, anchor: str = "", **given: object) -> str:
    """The address of the checking page at a candidate, or at a leaf."""
    names = {"leaf": "page"}
    query = {names.get(name, name): value for name, value in given.items() if value}
    address = reverse("desk:check", args=[document.pk])
    return address + (f"?{urlencode(query)}" if query else "") + (f"#{anchor}" if anchor else "")


def card_href(document: Document, card: Card, book: Book) -> str:
    """Where a card is shown."""
    if card.decision is None and card.candidate is not None:
        return href_of(document, candidate=card.candidate.pk, anchor="now")
    return href_of(document, leaf=_leaf_of(book, card), anchor=card.key)


def _marks(view: Checking, card: Card) -> Iterator[Mark]:
    href = card_href(view.document, card, view.book)
    for span in card.spans:
        if span["page"] != view.page.number:
            continue
        for box in span.get("boxes") or ():  # type: ignore[attr-defined]
            left, top, right, bottom = box
            yield Mark(
                round(left - PAD, 1),
                round(top - PAD, 1),
                round(right - left + 2 * PAD, 1),
                round(bottom - top + 2 * PAD, 1),
                state_of(card, view.now),
                card.key,
                href,
                card.name,
            )


def _stretches(
    page: Page, line: Sequence[float], spans: Sequence[tuple[Span, str, str]]
) -> Iterator[Stretch]:
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


# --- Forms and sentences ---------------------------------------------------------------------------

SettleForms = TypeVar("SettleForms", bound=SettleForm)


def settle_form(
    view: Checking,
    sent: Any = None,
    form: type[SettleForms] = SettleForm,  # type: ignore[assignment]
) -> SettleForms:
    """What is settled about the card being decided, as the reader proposes it or as it was sent."""
    candidate = view.now.candidate if view.now else None
    given = view.proposed
    return form(
        sent,
        known=view.known,
        offered=given.addressees,
        others=view.others,
        initial=SettleForm.initial_of(candidate, given) if candidate else {},
    )


def stated_count(document: Document) -> int | None:
    """How many recommendations the report says it makes: as logged, else as read in it."""
    reading = getattr(document, "reading", None)
    return document.report.stated_count or (reading.stated_count if reading else None)
