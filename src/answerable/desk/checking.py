"""What the checking page shows: one leaf of a document with its marks, and the cards beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.template.defaultfilters import capfirst
from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.desk import check_lists
from answerable.desk.check_lists import Gap, Walk
from answerable.desk.check_marks import ORDER, Mark, Stretch, marks_of, state_of, stretches
from answerable.desk.check_twice import Printing, printings
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
from answerable.register.queries.dues import Due, due_of
from answerable.reports.models import Candidate, Decision, Document, Notice, Page
from answerable.reports.queries import decisions, passages
from answerable.reports.queries.decisions import Card, Progress
from answerable.reports.queries.passages import Book, Span


def apart_words(candidate: Candidate) -> str:
    """What stands in the document without being asked for by it, in words."""
    if candidate.kind == "finding":
        return "Not asked for: a finding"
    return f"Not its own: quoted{f' from {candidate.whose}' if candidate.whose else ''}"


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
    unsure_first: bool = False
    walking: int | None = None

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
        found = [c for c in self.here if c.open or c.decision or (c.key == self._now_key)]
        if self.now and all(c.key != self.now.key for c in found):
            found.append(self.now)
        return sorted(found, key=lambda card: card.place)

    @property
    def near(self) -> list[Card]:
        """Those that the reader looked at here and did not take."""
        return [c for c in self.here if c.near and c.key != self._now_key]

    @property
    def apart(self) -> list[Card]:
        """Those here that are quoted or found, and not asked for."""
        return [c for c in self.here if c.apart and c.key != self._now_key]

    @property
    def apart_rows(self) -> list[tuple[Card, str]]:
        """Those that are not asked for, each with whose it is in words."""
        return [(c, apart_words(c.candidate)) for c in self.apart if c.candidate]

    @property
    def _now_key(self) -> str:
        return self.now.key if self.now else ""

    @property
    def gaps(self) -> list[tuple[Card, Gap | None]]:
        """Those listed, each with the numbers that are missing just before it."""
        missing = check_lists.gaps(self.cards, self.now)
        return [(card, missing.get(card.key)) for card in self.shown]

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
        candidates = [c.candidate for c in self.cards if c.candidate and c.candidate.own]
        chosen = {body.pk: body for bodies in self.before.values() for body in bodies}
        named = {body.pk: body for body in bodies_of(candidates, self.known)}
        return list((chosen | named).values())

    @property
    def due(self) -> Due:
        """When the card being decided asks to be done, as it is proposed."""
        found = self._candidate
        return due_of(found, self.document.report.published_on) if found else Due()

    @property
    def walk(self) -> Walk | None:
        """The list being looked through, or that of the card being decided; None for one alone."""
        found = self._candidate
        run = self.walking if self.walking is not None else found.run if found else None
        left = decisions.run_of(self.cards, run) if run is not None else []
        if run is None or len(left) < 2:
            return None
        return check_lists.walk_of(run, left, self.book, self.seen, self.leaf)

    @property
    def walk_href(self) -> str:
        """Where the looking goes on: the next leaf of the list, or the page that accepts it."""
        walk = self.walk
        if walk is None:
            return ""
        if walk.following is None:
            return reverse("desk:accept_run", args=[self.document.pk, walk.run]) + "#accept"
        return href_of(self.document, leaf=walk.following, run=walk.run, anchor="look")

    @property
    def again(self) -> str:
        """What an address must carry for the order of checking to stay as it was chosen."""
        return "?first=unsure" if self.unsure_first else ""

    @property
    def order_href(self) -> str:
        """The same page in the other order of checking."""
        return href_of(self.document, first="" if self.unsure_first else "unsure", anchor="now")

    @property
    def mine(self) -> Decision | None:
        """The last decision of this person that still stands: what *undo* takes back."""
        own = [c.decision for c in self.cards if c.decision and c.decision.by_id == self.person.pk]
        return max(own, key=lambda d: (d.at, d.pk), default=None)

    @property
    def marks(self) -> list[Mark]:
        """Where the cards of this leaf stand on its picture; the one being decided last, on top."""
        found = [
            mark
            for card in self.here
            for mark in marks_of(
                self.page,
                card,
                state_of(card, self.now),
                card_href(self.document, card, self.book),
            )
        ]
        return sorted(found, key=lambda m: ORDER.index(m.state), reverse=True)

    @property
    def text(self) -> list[list[Stretch]]:
        """The text of this leaf, line by line, with what was found in it marked."""
        spans = [
            (span, state_of(card, self.now), card.key) for card in self.here for span in card.spans
        ]
        lines = [self.page.lines[at] for at in self.book.lines_of(self.leaf, self.page)]
        return [list(stretches(self.page, line, spans)) for line in lines]

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
        if found and found.apart:
            return apart_words(found)
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
    def printed_again(self) -> list[Printing]:
        """Where the same is printed once more, and what the words are there."""
        found = self._candidate
        return printings(self.document, found, self.book) if found else []

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
    unsure_first: bool = False,
    walking: int | None = None,
) -> Checking:
    """The page for ``person``: at a candidate, at a leaf, or at the first that waits.

    With ``unsure_first`` that of which the reader is least sure comes first; ``walking`` is the
    list that is being looked through.

    A candidate that somebody has decided on stays the one being decided, so that what a second
    person typed about it is not lost.

    Raises:
        Page.DoesNotExist: where the document has no such page.
    """
    book, known = passages.book(document), directory()
    cards = decisions.cards(document)
    now = Card(candidate) if candidate is not None else None
    if now is None and leaf is None:
        now = decisions.least_sure(cards) if unsure_first else decisions.next_open(cards)
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
        unsure_first=unsure_first,
        walking=walking,
    )


def _leaf_of(book: Book, card: Card | None) -> int:
    return book.leaf_of(card.spans[0]) if card is not None and card.spans else 1


def href_of(document: Document, *, anchor: str = "", **given: object) -> str:
    """The address of the checking page at a candidate, or at a leaf."""
    names = {"leaf": "page"}
    query = {names.get(n, n): value for n, value in given.items() if value not in (None, "")}
    address = reverse("desk:check", args=[document.pk])
    return address + (f"?{urlencode(query)}" if query else "") + (f"#{anchor}" if anchor else "")


def card_href(document: Document, card: Card, book: Book) -> str:
    """Where a card is shown."""
    if card.decision is None and card.candidate is not None:
        return href_of(document, candidate=card.candidate.pk, anchor="now")
    return href_of(document, leaf=_leaf_of(book, card), anchor=card.key)


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
        unsaid=candidate is not None and candidate.apart,
        initial=SettleForm.initial_of(candidate, given, view.due) if candidate else {},
    )


def stated_count(document: Document) -> int | None:
    """How many recommendations the report says it makes: as logged, else as read in it."""
    reading = getattr(document, "reading", None)
    return document.report.stated_count or (reading.stated_count if reading else None)
