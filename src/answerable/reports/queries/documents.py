"""Documents: who sees which, how far their reading has come, and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, is_of_office
from answerable.engine import chain
from answerable.reports.models import Candidate, Decision, Document, Notice, Page, Reading, Report
from answerable.reports.queries import reports
from answerable.reports.queries.reports import OWN


def seen_by(person: Person) -> QuerySet[Document]:
    """The documents that ``person`` may know of.

    The office's people all of them, others those of the reports they see, and of the replies only
    their own body's: those from which an answer of it was entered, or that were read for it.

    Raises:
        Refused: where no role of the person lets them read reports.
    """
    documents = Document.objects.filter(report__in=reports.seen_by(person))
    if is_of_office(person):
        return documents
    own = Q(responses__undertaking__body=person.body_id)
    own |= Q(reply_readings__body=person.body_id)
    reply = Document.objects.filter(own, pk=OuterRef("pk"))
    return documents.filter(Q(purpose=Document.Purpose.REPORT) | Exists(reply))


def _number_of(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of ``rows`` belong to the document of the outer query."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0)


def counted(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With ``found``, ``decided``, ``missed`` and ``unsettled`` on each.

    Candidates, those of them that a person decided on, passages that the reader missed and a
    person added, and notices that nobody has settled.
    """
    stands = Decision.objects.filter(taken_back_at__isnull=True)
    taken = Candidate.objects.filter(OWN)
    decided = taken.filter(Exists(stands.filter(candidate=OuterRef("pk"))))
    unsettled = Notice.objects.filter(settled_at__isnull=True)
    return documents.annotate(
        found=_number_of(taken, "reading__document"),
        decided=_number_of(decided, "reading__document"),
        missed=_number_of(stands.filter(candidate__isnull=True), "document"),
        unsettled=_number_of(unsettled, "reading__document"),
    )


def find_document(person: Person, pk: int) -> Document:
    """The document with its report, if it is the person's to know of.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    found = seen_by(person).select_related("report", "report__author", "received_by", "reading")
    document = found.filter(pk=pk).first()
    if document is None:
        raise NotTheirs("There is no such document for you.")
    return document


def of_report(person: Person, report: Report) -> list[Document]:
    """The documents of ``report`` that ``person`` sees, counted. One query."""
    rows = seen_by(person).filter(report=report).select_related("received_by", "reading")
    return list(counted(rows))


def with_digest(sha256: str) -> Document | None:
    """The document whose bytes have this SHA-256, with its report and who received it."""
    rows = Document.objects.select_related("report", "received_by")
    return rows.filter(sha256=sha256).first()


def page_of(document: Document, number: int) -> Page | None:
    """One page as it was read."""
    return Page.objects.filter(document=document, number=number).first()


CANDIDATE_FIELDS = (
    "ordinal",
    "run",
    "number",
    "words",
    "kind",
    "page",
    "spans",
    "also",
    "addressees",
    "due",
    "confidence",
    "why",
    "taken",
)
"""What of a candidate its reading's digest binds; and ``whose`` it is, where that is told."""


def digest_of(candidates: Iterable[Mapping[str, object]]) -> str:
    """The digest of what the machine proposed, in order; :class:`Reading` keeps it."""
    return chain.digest_of([_bound(c) for c in candidates])


def _bound(candidate: Mapping[str, object]) -> dict[str, object]:
    # Readings made before candidates told whose they are keep their digest.
    whose = {"whose": candidate["whose"]} if candidate.get("whose") else {}
    return {f: candidate[f] for f in CANDIDATE_FIELDS} | whose


def candidates_hold(reading: Reading) -> bool:
    """Whether the candidates of ``reading`` are still those that the machine proposed."""
    rows: Sequence[Mapping[str, object]] = list(
        Candidate.objects.filter(reading=reading)
        .order_by("ordinal")
        .values(*CANDIDATE_FIELDS, "whose")
    )
    return digest_of(rows) == reading.candidates_digest


def changed_proposals() -> str | None:
    """The first document whose candidates are no longer those that were proposed, in a sentence.

    Candidates are bound by their reading's digest, and the reading by the audit chain.
    """
    for reading in Reading.objects.order_by("pk"):
        if not candidates_hold(reading):
            return (
                f"What the reader proposed for the document {reading.document_id} has been changed, "
                "without an event."
            )
    return None
