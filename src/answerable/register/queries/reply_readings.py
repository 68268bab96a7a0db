"""Reads of reply documents: what is asked of them, what was proposed, and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs
from answerable.engine import chain
from answerable.engine.documents import shapes
from answerable.engine.replies import Asked
from answerable.register.models import (
    AnswerDecision,
    ProposedAnswer,
    Recommendation,
    ReplyReading,
    Response,
    Undertaking,
)
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.undertakings import seen_by
from answerable.reports.models import Document, Report
from answerable.reports.queries import documents, passages

SURE = 0.9
"""From here on several can be entered with one press."""
PROPOSAL_FIELDS = (
    "ordinal",
    "undertaking_id",
    "words",
    "restates",
    "page",
    "spans",
    "how",
    "confidence",
    "why",
)
"""What of a proposal its reading's digest binds."""


def asked_in(report: Report) -> list[Recommendation]:
    """What ``report`` asks for, as it stands, in the order in which it was entered."""
    rows = report.recommendations.filter(withdrawn_at__isnull=True)
    return list(rows.prefetch_related("corrections").order_by("serial"))


def questions(recommendations: Iterable[Recommendation]) -> list[Asked]:
    """Recommendations as the engine takes them."""
    return [Asked(r.reference, r.number, words_of(r)) for r in recommendations]


def pages_of(document: Document) -> list[shapes.Page]:
    """The pages of ``document`` as they were read. One query."""
    return [passages.shape_of(page) for page in document.pages.order_by("number")]


def owed_by(body: Body, report: Report) -> list[Undertaking]:
    """The answers that ``body`` owes to ``report``, those already passed on left out."""
    rows = Undertaking.objects.filter(
        body=body, recommendation__report=report, recommendation__withdrawn_at__isnull=True
    )
    return list(
        rows.exclude(stands="passed")
        .select_related("recommendation__report", "body")
        .prefetch_related("recommendation__corrections")
        .order_by("recommendation__serial")
    )


def bodies_asked(person: Person, report: Report) -> list[Body]:
    """The bodies that owe ``report`` an answer, as far as ``person`` may know of them, by name."""
    theirs = seen_by(person).filter(
        recommendation__report=report, recommendation__withdrawn_at__isnull=True
    )
    asked = theirs.exclude(stands="passed").values("body")
    return list(Body.objects.filter(pk__in=asked).order_by("name"))


def digest_of(proposals: Iterable[Mapping[str, object]]) -> str:
    """The digest of what the machine proposed, in order."""
    return chain.digest_of([{f: p[f] for f in PROPOSAL_FIELDS} for p in proposals])


def changed_answers() -> str | None:
    """The first reply whose proposals are no longer those that were proposed, in a sentence."""
    for reading in ReplyReading.objects.order_by("pk"):
        rows = reading.proposals.order_by("ordinal").values(*PROPOSAL_FIELDS)
        if digest_of(rows) != reading.proposals_digest:
            return (
                f"What the reader proposed as answers in the document {reading.document_id} has "
                "been changed, without an event."
            )
    return None


def readings_of(person: Person, document: Document) -> list[ReplyReading]:
    """The newest reading of ``document`` for each body that ``person`` may know of, by name."""
    rows = ReplyReading.objects.filter(
        document=document, body__in=bodies_asked(person, document.report)
    )
    newest = {reading.body_id: reading for reading in rows.select_related("body", "by")}
    return sorted(newest.values(), key=lambda reading: reading.body.name)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One answer that a body owes, what is proposed for it, and what has come of that."""

    undertaking: Undertaking
    proposal: ProposedAnswer | None
    decision: AnswerDecision | None
    entered: Response | None

    @property
    def words_asked(self) -> str:
        """The recommendation's words as they count now."""
        return words_of(self.undertaking.recommendation)

    @property
    def open(self) -> bool:
        """Whether something is proposed that nobody has decided on."""
        return self.proposal is not None and self.decision is None and self.entered is None

    @property
    def sure(self) -> bool:
        """Whether it can be entered together with others."""
        return self.open and self.proposal is not None and self.proposal.confidence >= SURE

    @property
    def by_likeness(self) -> bool:
        """Whether nothing but likeness speaks for it: it has no line of its own in the reply."""
        return self.proposal is not None and self.proposal.how == "likeness"


@dataclass(frozen=True)
class ReplyRead:
    """The newest reading of one reply for one body, with every answer that the body owes."""

    reading: ReplyReading
    rows: Sequence[Proposed] = field(default_factory=list)

    @cached_property
    def answered(self) -> list[Proposed]:
        """Those that have a line of their own."""
        return [row for row in self.rows if row.proposal and not row.by_likeness]

    @cached_property
    def without(self) -> list[Proposed]:
        """Those that got no line of their own."""
        return [row for row in self.rows if not row.proposal or row.by_likeness]

    @cached_property
    def open(self) -> list[Proposed]:
        """Those that wait for a decision."""
        return [row for row in self.rows if row.open]

    @cached_property
    def sure(self) -> list[Proposed]:
        """Those that can be entered with one press."""
        return [row for row in self.rows if row.sure]

    def row(self, reference: str) -> tuple[Proposed, ProposedAnswer]:
        """The answer to one recommendation, with what is proposed for it.

        Raises:
            NotTheirs: where the body owes none, or nothing was proposed.
        """
        for row in self.rows:
            if row.undertaking.recommendation.reference == reference and row.proposal:
                return row, row.proposal
        raise NotTheirs("Nothing is proposed there.")

    def after(self, reference: str) -> Proposed | None:
        """The next that waits, after one or from the beginning again."""
        waiting = [r for r in self.open if r.undertaking.recommendation.reference != reference]
        serials = [r.undertaking.recommendation.reference for r in self.rows]
        later = [
            r
            for r in waiting
            if serials.index(r.undertaking.recommendation.reference) > serials.index(reference)
        ]
        return next(iter(later or waiting), None)


def read_for(person: Person, document: Document, slug: str) -> ReplyRead:
    """The newest reading of ``document`` for the body ``slug``. Seven queries.

    Raises:
        NotTheirs: where it was not read for that body, or that is not for this person.
    """
    found = next((r for r in readings_of(person, document) if r.body.slug == slug), None)
    if found is None:
        raise NotTheirs("There is no such reading for you.")
    found.document = document
    return whole(found)


def whole(reading: ReplyReading) -> ReplyRead:
    """A reading with every answer that its body owes, and what was decided."""
    decisions = AnswerDecision.objects.select_related("by")
    proposals = reading.proposals.prefetch_related(Prefetch("decisions", decisions))
    by_undertaking = {p.undertaking_id: p for p in proposals}
    entered = {
        response.undertaking_id: response
        for response in Response.objects.filter(
            document=reading.document_id, undertaking__body=reading.body_id
        )
    }
    rows = []
    for undertaking in owed_by(reading.body, reading.document.report):
        proposal = by_undertaking.get(undertaking.pk)
        if proposal:
            proposal.reading, proposal.undertaking = reading, undertaking
        made = list(proposal.decisions.all()) if proposal else []
        last = made[-1] if made else None
        rows.append(Proposed(undertaking, proposal, last, entered.get(undertaking.pk)))
    return ReplyRead(reading, rows)


def find_reply_document(person: Person, pk: int) -> Document:
    """A reply that has been received, if the person may know of it.

    Raises:
        NotTheirs: where it is not there, is no reply, or not for this person.
    """
    document = documents.find_document(person, pk)
    if document.purpose != Document.Purpose.REPLY:
        raise NotTheirs("This document is not a reply.")
    return document
