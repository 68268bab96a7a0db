"""Rosa checks what the reader found: accepts, mends bounds, adds what it missed, dismisses the rest."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import Any

from answerable.accounts.models import Body, Person
from answerable.audit.actions import act
from answerable.demo import places
from answerable.demo.bodies import Bodies
from answerable.demo.papers import Paper
from answerable.register.actions.candidates import accept_candidate, add_missed
from answerable.register.actions.recommendations import (
    correct_recommendation,
    withdraw_recommendation,
)
from answerable.register.models import Kind, Recommendation
from answerable.register.queries import candidates as addressed
from answerable.reports.actions.decisions import dismiss_candidate, see_page, settle_notice
from answerable.reports.models import Candidate
from answerable.reports.queries import decisions
from answerable.reports.queries.passages import Span
from answerable.world.northmoor import story
from answerable.world.northmoor.story import InventedReport

Item = tuple[str, str]
"""A document's id, and the key of one thing in it."""
Register = dict[Item, Recommendation]
Row = Mapping[str, Any]

ALIKE = 0.6
"""Less alike than this, a candidate is something else."""
LEFT_OUT = {c.item: c.left_out for c in story.CORRECTIONS}
NOTHING_MISSING = (
    "Looked at the pages: nothing is missing. Some have parts, and each part is entered by itself."
)
NOT_ASKED = "It tells what was found. It does not ask anyone to do anything."


def _likeness(candidate: Candidate, known: Sequence[str]) -> float:
    found = candidate.words.casefold().split()
    return max(SequenceMatcher(None, found, text.casefold().split()).ratio() for text in known)


def _candidate_for(row: Row, among: Sequence[Candidate]) -> tuple[Candidate | None, float]:
    """The candidate most like ``row``, and how like it is: 1 where it is the same letter by letter."""
    known = [text for text in (row["text"], row["also_text"]) if text]
    letters = [places.letters(text) for text in known]
    for candidate in among:
        if places.letters(candidate.words) in letters:
            return candidate, 1.0
    alike, best = max(
        ((_likeness(c, known), c) for c in among), key=itemgetter(0), default=(0.0, None)
    )
    return (best, alike) if alike >= ALIKE else (None, 0.0)


def _number(row: Row, candidate: Candidate | None) -> str:
    """Its number as printed; as the reader has it, where that also names the part it stands in."""
    printed = row["number"] or ""
    return candidate.number if candidate and candidate.number.endswith(printed) else printed


class _Desk:
    """Rosa at the checking page of one document."""

    def __init__(self, document_id: str, paper: Paper, bodies: Bodies, rosa: Person) -> None:
        self.id, self.document, self.truth = document_id, paper.document, paper.truth
        self.bodies, self.rosa = bodies, rosa
        self.known = addressed.directory()
        found = Candidate.objects.filter(reading__document=self.document)
        self.waiting = list(found.select_related("reading__document__report"))

    def _whom(self, row: Row, candidate: Candidate | None) -> list[tuple[Body, str]]:
        """As the reader proposes, where that is right; else as Rosa reads it in the report."""
        right = {self.bodies[story.MEANT_BY[name]].pk: name for name in row["addressees"]}
        proposed = addressed.proposed(candidate, self.known).sure if candidate else []
        if {body.pk for body, _ in proposed} == set(right):
            return proposed
        return [
            (self.bodies[story.MEANT_BY[name]], f"“{name}”: named in the text around it")
            for name in row["addressees"]
        ]

    def _spans(self, key: str, row: Row, candidate: Candidate | None, alike: float) -> list[Span]:
        """Where it stands: as proposed where that is right, else as Rosa chooses it on the page."""
        proposed = list(candidate.spans) if candidate else []
        spans = proposed if alike == 1.0 else places.find(self.document, row["text"]) or proposed
        left_out = LEFT_OUT.get((self.id, key))
        return places.without(self.document, spans, left_out) if left_out else spans

    def accept(self, key: str) -> Recommendation | None:
        """Enter one thing; None where it cannot be found in the document at all."""
        row = self.truth[key]
        candidate, alike = _candidate_for(row, self.waiting)
        spans = self._spans(key, row, candidate, alike)
        if not spans:
            return None
        whom = self._whom(row, candidate)
        kind = row["kind"] if row["kind"] in Kind.values else Kind.RECOMMENDATION
        number = _number(row, candidate)
        if candidate is None:
            return add_missed(
                by=self.rosa,
                document=self.document,
                spans=spans,
                kind=kind,
                number=number,
                bodies=whom,
            )
        self.waiting.remove(candidate)
        return accept_candidate(
            by=self.rosa, candidate=candidate, bodies=whom, kind=kind, number=number, spans=spans
        )

    def see(self) -> None:
        """Turn every page on which something was found."""
        numbers = {int(str(s["page"])) for c in self.waiting for s in c.spans}
        for page in self.document.pages.filter(number__in=numbers):
            see_page(by=self.rosa, page=page)

    def finish(self) -> None:
        """Dismiss what is left, and deal with every warning."""
        for candidate in self.waiting:
            if candidate.own:
                dismiss_candidate(by=self.rosa, candidate=candidate, reason=NOT_ASKED)
        for notice in decisions.open_notices(self.document):
            settle_notice(by=self.rosa, notice=notice, how=NOTHING_MISSING)


@act
def check(row: InventedReport, paper: Paper, bodies: Bodies, rosa: Person) -> Register:
    """Check one document as far as the story has come. Returns what entered the register."""
    desk = _Desk(row.document, paper, bodies, rosa)
    if row.checking in ("checked", "half"):
        desk.see()
    slips = [w.item[1] for w in story.WITHDRAWALS if w.item[0] == row.document]
    entered = {
        (row.document, key): made
        for key in (*row.accepted, *slips)
        if (made := desk.accept(key)) is not None
    }
    if row.checking == "checked":
        desk.finish()
    return entered


@act
def correct(register: Register, papers: Mapping[str, Paper], people: Mapping[str, Person]) -> None:
    """Put back words that were left out."""
    for row in story.CORRECTIONS:
        correct_recommendation(
            by=people[row.by],
            recommendation=register[row.item],
            words=papers[row.item[0]].truth[row.item[1]]["text"],
            reason=row.reason,
        )


@act
def withdraw(register: Register, people: Mapping[str, Person]) -> None:
    """Take back what was accepted in error; it stays visible."""
    for row in story.WITHDRAWALS:
        if row.item in register:
            withdraw_recommendation(
                by=people[row.by], recommendation=register[row.item], reason=row.reason
            )
