"""A reply read against its report, as the pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from answerable.desk.choosing import Sheet, ShownLine
from answerable.desk.records.passages import Place, places_of
from answerable.engine import wording
from answerable.register.models import ReplyReading
from answerable.register.queries.reply_readings import SURE, Proposed, ReplyRead
from answerable.reports.models import Page
from answerable.reports.queries import passages
from answerable.reports.queries.decisions import shortened
from answerable.reports.queries.passages import Book, LineKey, Span

MOST_PAGES = 4
"""So many pages of an answer are shown as pictures at once."""
MOST_LEAVES = 12
"""So many can be chosen from; an answer is longer than a recommendation."""


def href(name: str, reading: ReplyReading, *more: str) -> str:
    """A page of this reading."""
    return reverse(f"desk:{name}", args=[reading.document_id, reading.body.slug, *more])


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of the list: what was asked, what is proposed, and where that stands."""

    proposed: Proposed
    reading: ReplyReading

    @property
    def reference(self) -> str:
        """The reference of what was asked."""
        return self.proposed.undertaking.recommendation.reference

    @property
    def asked(self) -> str:
        """The beginning of what was asked."""
        return shortened(self.proposed.words_asked, 110)

    @property
    def said(self) -> str:
        """The beginning of what is proposed."""
        return shortened(self.proposed.proposal.words, 170) if self.proposed.proposal else ""

    @property
    def href(self) -> str:
        """Where it is looked at; where it is entered by hand if nothing is proposed."""
        if self.proposed.proposal:
            return href("proposed_answer", self.reading, self.reference)
        return reverse("desk:log_reply", args=[self.reference, self.reading.body.slug])

    @property
    def state(self) -> str:
        """What was decided, in words."""
        entered, decision = self.proposed.entered, self.proposed.decision
        if entered is not None:
            return "Entered"
        if decision is not None and decision.response_id is not None:
            return "Entered for another"
        return "Not an answer to it" if decision is not None else ""

    @property
    def how_words(self) -> str:
        """What joined it. How often that is right was not measured, so no figure is shown."""
        found = self.proposed.proposal
        if found is None:
            return ""
        doubt = "" if found.confidence >= SURE else ", not sure"
        return f"{_HOW.get(found.how, found.how)}{doubt}"


_HOW = {
    "number": "By its number",
    "quoted words": "By the words it quotes",
    "order": "By its place in the order",
    "likeness": "Only by likeness",
}


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A part of the reply that answers nothing by name, with what it may be about."""

    heading: str
    page: int | None
    href: str
    likely: Sequence[AnswerRow]


def rows(view: ReplyRead) -> list[AnswerRow]:
    """Every answer that is owed, in order."""
    return [AnswerRow(row, view.reading) for row in view.rows]


def themes(view: ReplyRead, shown: Sequence[AnswerRow]) -> list[ThemeShown]:
    """The parts that answer nothing by name, where they may be about something of this body's."""
    known = {row.reference: row for row in shown}
    found = []
    for theme in view.reading.themes:
        likely = [known[key] for key, _ in theme["likely"] if key in known]
        if likely:
            page = theme["page"]
            at = reverse("desk:document", args=[view.reading.document_id])
            where = f"{at}?page={page}#pages" if page else at
            found.append(ThemeShown(theme["heading"] or "The beginning", page, where, likely))
    return found


def summary(view: ReplyRead) -> str:
    """How many are answered, in one sentence."""
    total, answered, without = len(view.rows), len(view.answered), len(view.without)
    noun = "recommendation" if total == 1 else "recommendations"
    if not without:
        return f"All {total} {noun} are answered here." if total > 1 else "It is answered here."
    lack = "this one got no line of its own"
    if without > 1:
        lack = f"these {without} got no line of their own"
    verb = "is" if answered == 1 else "are"
    return f"{answered or 'None'} of {total} {noun} {verb} answered here; {lack}:"


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One proposed answer beside its recommendation and its pages."""

    row: AnswerRow
    places: list[Place]
    more_pages: int

    @property
    def pieces(self) -> list[wording.Piece]:
        """The recommendation and the reply's own wording of it, where they differ."""
        found = self.row.proposed.proposal
        asked = self.row.proposed.words_asked
        if found is None or not found.restates or not wording.differs(asked, found.restates):
            return []
        return wording.difference(asked, found.restates)


def shown(view: ReplyRead, reference: str) -> AnswerShown:
    """What the page of one proposed answer shows. One query for the pages' sizes.

    Raises:
        NotTheirs: where nothing is proposed for it.
    """
    row, proposal = view.row(reference)
    places = places_of(view.reading.document, proposal.spans)
    return AnswerShown(
        AnswerRow(row, view.reading), places[:MOST_PAGES], max(0, len(places) - MOST_PAGES)
    )


# --- Choosing lines -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """The leaves of the reply, as the choosing parts of the checking page want them."""

    book: Book


def leaves(book: Book, spans: Sequence[Span], asked: Mapping[str, str]) -> list[int]:
    """The leaves that ``spans`` touch; one more before or after where the address asks for it."""
    touched = book.leaves_of(spans) or range(1, 2)
    first = touched[0] - (asked.get("before") == "1")
    last = touched[-1] + (asked.get("after") == "1")
    last = min(book.count, last, first + MOST_LEAVES - 1)
    return list(range(max(1, first), last + 1))


def sheets(
    book: Book, numbers: Sequence[int], pages: Sequence[Page], ticked: frozenset[LineKey]
) -> list[Sheet]:
    """The leaves with their lines, those of ``ticked`` chosen."""
    by_number = {page.number: page for page in pages}
    found = []
    for leaf in numbers:
        page = by_number[leaf if book.paged else book.numbers[0]]
        texts = {at: passages.line_text(page, at) for at in book.lines_of(leaf, page)}
        lines = [
            ShownLine(f"{page.number}:{at}", text, (page.number, at) in ticked, page.lines[at][2:])
            for at, text in texts.items()
            if text.strip()
        ]
        found.append(Sheet(leaf, page, lines))
    return found


def wider(book: Book, spans: Sequence[Span]) -> dict[str, str]:
    """The addresses with one more leaf before or after, where there is one."""
    touched = book.leaves_of(spans) or range(1, 2)
    return {
        "before": "?before=1" if touched[0] > 1 else "",
        "after": "?after=1" if touched[-1] < book.count else "",
    }
