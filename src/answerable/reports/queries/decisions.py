"""What the reader proposed beside what people decided, and how far the checking has come."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.reports.models import Candidate, Decision, Document, Notice, PageSeen
from answerable.reports.queries.passages import Book, Span
from answerable.reports.queries.reports import OWN

Outcome = Decision.Outcome
STANDS = (Outcome.ACCEPTED, Outcome.CORRECTED, Outcome.SPLIT, Outcome.ADDED)
"""Outcomes by which a passage became a recommendation."""

DONE: Mapping[str, str] = {
    Outcome.ACCEPTED: "accepted",
    Outcome.CORRECTED: "accepted with other bounds",
    Outcome.SPLIT: "split",
    Outcome.MERGED: "merged",
    Outcome.DISMISSED: "dismissed",
    Outcome.ADDED: "added",
}
"""What was done, in words, to follow a person's name or to stand alone."""


def standing(document: Document) -> QuerySet[Decision]:
    """The decisions of ``document`` that nobody has taken back, with what became of them."""
    # The register stands above this subject, so its relation is named, not imported.
    return (
        Decision.objects.filter(document=document, taken_back_at__isnull=True)
        .select_related("by", "recommendation")
        .defer("recommendation__words", "recommendation__spans", "by__password")
    )


def reference_of(decision: Decision) -> str:
    """The public reference of what ``decision`` entered in the register, or nothing."""
    entered = getattr(decision, "recommendation", None)
    return str(entered.reference) if entered else ""


def decisions_on(candidate: Candidate) -> QuerySet[Decision]:
    """The decisions on ``candidate`` that nobody has taken back."""
    return Decision.objects.filter(candidate=candidate, taken_back_at__isnull=True).select_related(
        "by"
    )


def together(decision: Decision) -> list[Decision]:
    """What was decided in one act and is taken back in one: parts of a split, those of a merge."""
    whole = decision.into or decision
    standing = Decision.objects.filter(taken_back_at__isnull=True)
    related = Q(pk=whole.pk) | Q(into=whole)
    if whole.outcome == Outcome.SPLIT:
        related |= Q(candidate_id=whole.candidate_id, outcome=Outcome.SPLIT)
    return list(standing.filter(related).select_related("by", "candidate", "document"))


def when_words(moment: datetime) -> str:
    """The time of a decision as a colleague would say it: "at 10:31", "on 3 May at 10:31"."""
    local, now = timezone.localtime(moment), timezone.localtime()
    day = "" if local.date() == now.date() else f"on {local.day} {local:%B} "
    year = f"{local.year} " if day and local.year != now.year else ""
    return f"{day}{year}at {local:%H:%M}"


def who_decided(decision: Decision, reader: Person) -> str:
    """Who decided what and when, as told to ``reader``: "Vera already accepted this at 10:31"."""
    name = "You" if decision.by_id == reader.pk else decision.by.name
    return f"{name} already {DONE[decision.outcome]} this {when_words(decision.at)}."


# --- Cards: one candidate or one decision, as the checking page lists them --------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """A candidate with the decision on it, if any; or a passage that the reader missed."""

    candidate: Candidate | None
    decision: Decision | None = None

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"d{self.decision.pk}" if self.decision else f"c{self.candidate.pk}"  # type: ignore[union-attr]

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None and bool(self.candidate and self.candidate.own)

    @property
    def near(self) -> bool:
        """Whether the reader looked at it and did not take it, and nobody has said otherwise."""
        return self.decision is None and not self.open and not self.apart

    @property
    def apart(self) -> bool:
        """Whether it is quoted or found rather than asked for, and nobody has said otherwise."""
        return self.decision is None and bool(self.candidate and self.candidate.apart)

    @property
    def stands(self) -> bool:
        """Whether it became a recommendation."""
        return self.decision is not None and self.decision.outcome in STANDS

    @property
    def number(self) -> str:
        """Its number in the report."""
        source = self.decision if self.decision and self.stands else self.candidate
        return source.number if source else ""

    @property
    def words(self) -> str:
        """Its words: as decided, else as proposed."""
        source = self.decision if self.decision and self.stands else self.candidate
        return source.words if source else ""

    @property
    def spans(self) -> Sequence[Span]:
        """Its place: as decided, else as proposed."""
        if self.decision and self.decision.spans:
            return list(self.decision.spans)
        return list(self.candidate.spans) if self.candidate else []

    @property
    def place(self) -> tuple[int, int, int]:
        """What the order in the document goes by."""
        spans, part = self.spans, self.decision.part if self.decision else 0
        if not spans:
            return (10**9, self.candidate.ordinal if self.candidate else 0, part)
        return (int(str(spans[0]["page"])), int(str(spans[0]["start"])), part)

    @property
    def reference(self) -> str:
        """Its public reference, where it became a recommendation."""
        return reference_of(self.decision) if self.decision else ""

    @property
    def withdrawn(self) -> bool:
        """Whether what it became has been withdrawn on its own page."""
        entered = getattr(self.decision, "recommendation", None)
        return entered is not None and entered.withdrawn_at is not None

    @property
    def done_words(self) -> str:
        """What was decided, in a word or two."""
        return DONE[self.decision.outcome] if self.decision else ""

    @property
    def name(self) -> str:
        """How a sentence names it: its number, else its first words."""
        return f"number {self.number}" if self.number else f"“{shortened(self.words)}”"


def shortened(words: str, length: int = 60) -> str:
    """The first words, with an ellipsis where there are more."""
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def cards(document: Document) -> list[Card]:
    """Everything proposed or decided in ``document``, in reading order. Two queries."""
    decided: dict[int | None, list[Decision]] = {}
    for decision in standing(document):
        decided.setdefault(decision.candidate_id, []).append(decision)
    found = [Card(None, decision) for decision in decided.get(None, [])]
    for candidate in Candidate.objects.filter(reading__document=document):
        on = decided.get(candidate.pk)
        found += [Card(candidate, d) for d in on] if on else [Card(candidate)]
    return sorted(found, key=lambda card: card.place)


# --- Progress --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the checking of one document has come."""

    found: int
    left: int
    by_outcome: Mapping[str, int]
    leaves: range
    noun: str = "page"

    @property
    def decided(self) -> int:
        """How many of those found a person has decided on."""
        return self.found - self.left

    @property
    def entered(self) -> int:
        """How many recommendations came of it so far."""
        return sum(self.by_outcome.get(outcome, 0) for outcome in STANDS)

    def words(self) -> str:
        """For the head of the page: "31 found on pages 8 to 14 · 6 decided"."""
        if not self.found:
            return "None found"
        first, last = self.leaves[0], self.leaves[-1]
        where = f"{self.noun} {first}" if first == last else f"{self.noun}s {first} to {last}"
        place = f"{'on' if self.noun == 'page' else 'in'} {where}"
        return f"{self.found:,} found {place} · {self.decided:,} decided"


def progress(found: Iterable[Card], book: Book) -> Progress:
    """How far the checking has come, from the cards of a document. No query."""
    own: dict[int, bool] = {}
    outcomes: Counter[str] = Counter()
    leaves: list[int] = []
    for card in found:
        if card.decision:
            outcomes[card.decision.outcome] += 1
        if card.candidate and card.candidate.own:
            own[card.candidate.pk] = card.decision is not None
            if card.candidate.spans:
                leaves.append(book.leaf_of(card.candidate.spans[0]))
    across = range(min(leaves), max(leaves) + 1) if leaves else range(1, 2)
    left = sum(not decided for decided in own.values())
    return Progress(len(own), left, outcomes, across, book.noun)


def next_open(found: Sequence[Card], after: Card | None = None) -> Card | None:
    """The next card that waits for a decision, going round from ``after``; None when all are done."""
    waiting = [card for card in found if card.open]
    later = [card for card in waiting if after is not None and card.place > after.place]
    return next(iter(later or waiting), None)


def least_sure(found: Iterable[Card]) -> Card | None:
    """The card that waits and of which the reader is least sure, the first of several."""
    waiting = [(c.candidate.confidence, c.place, c) for c in found if c.open and c.candidate]
    return min(waiting, key=lambda one: one[:2])[2] if waiting else None


# --- Pages seen, notices ---------------------------------------------------------------------------


def seen(person: Person, book: Book) -> frozenset[int]:
    """The leaves that ``person`` has had before her eyes."""
    rows = PageSeen.objects.filter(person=person, page__document=book.document)
    return frozenset(rows.values_list("page__number" if book.paged else "part", flat=True))


def run_of(found: Iterable[Card], run: int) -> list[Card]:
    """The cards of one run that still wait for a decision."""
    return [card for card in found if card.open and card.candidate and card.candidate.run == run]


def unseen(found: Iterable[Card], book: Book, person: Person) -> list[int]:
    """The leaves that the cards touch and ``person`` has not seen. One query."""
    touched = {leaf for card in found for leaf in book.leaves_of(card.spans)}
    return sorted(touched - seen(person, book))


def open_notices(document: Document) -> QuerySet[Notice]:
    """What nobody has dealt with yet."""
    rows = Notice.objects.filter(reading__document=document, settled_at__isnull=True)
    return rows.order_by("pk")  # as the reader wrote them, the weightiest first


@dataclass(frozen=True, slots=True)
class ToCheck:
    """One document that waits for someone to check what was found in it."""

    document: Document
    found: int
    left: int
    notices: int


def _undecided() -> QuerySet[Candidate]:
    decided = Decision.objects.filter(candidate=OuterRef("pk"), taken_back_at__isnull=True)
    return Candidate.objects.filter(OWN, ~Exists(decided))


def to_check() -> list[ToCheck]:
    """Documents with undecided candidates or unsettled notices, oldest first. Two queries."""
    unsettled = Notice.objects.filter(reading__document=OuterRef("pk"), settled_at__isnull=True)
    waiting = Exists(_undecided().filter(reading__document=OuterRef("pk")))
    documents = (
        Document.objects.filter(waiting | Exists(unsettled), purpose=Document.Purpose.REPORT)
        .select_related("report", "report__author")
        .annotate(
            found=Count(
                "reading__candidates",
                filter=Q(reading__candidates__taken=True)
                & ~Q(reading__candidates__kind__in=Candidate.APART),
                distinct=True,
            ),
            unsettled=Count(
                "reading__notices",
                filter=Q(reading__notices__settled_at__isnull=True),
                distinct=True,
            ),
        )
        .order_by("received_at", "pk")
    )
    rows = list(documents)
    left = _undecided().filter(reading__document__in=rows).values_list("reading__document")
    counts = dict(left.annotate(n=Count("pk")).order_by())
    return [ToCheck(d, d.found, counts.get(d.pk, 0), d.unsettled) for d in rows]
