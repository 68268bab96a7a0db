"""Documents: who sees which, how far their reading has come, and what was found."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, is_of_office
from answerable.engine import chain
from answerable.reports.models import Candidate, Decision, Document, Page, Reading, Report
from answerable.reports.queries import reports


def seen_by(person: Person) -> QuerySet[Document]:
    """The documents that ``person`` may know of.

    The office's people all of them, others those of the reports they see, and of the replies only
    their own body's.

    Raises:
        Refused: where no role of the person lets them read reports.
    """
    documents = Document.objects.filter(report__in=reports.seen_by(person))
    if is_of_office(person):
        return documents
    own = Q(responses__undertaking__body=person.body_id)
    reply = Document.objects.filter(own, pk=OuterRef("pk"))
    return documents.filter(Q(purpose=Document.Purpose.REPORT) | Exists(reply))


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
    """The documents of ``report`` that ``person`` sees. One query.

    Each has ``found``, ``decided`` and ``unsettled``: candidates, those decided on, and notices
    that nobody has settled.
    """
    decided = Decision.objects.filter(candidate=OuterRef("pk"), taken_back_at__isnull=True)
    done = Candidate.objects.filter(Exists(decided), taken=True).values("pk")
    rows = seen_by(person).filter(report=report).select_related("received_by", "reading")
    taken = Q(reading__candidates__taken=True)
    return list(
        rows.annotate(
            found=Count("reading__candidates", filter=taken, distinct=True),
            decided=Count(
                "reading__candidates", filter=Q(reading__candidates__in=done), distinct=True
            ),
            unsettled=Count(
                "reading__notices",
                filter=Q(reading__notices__settled_at__isnull=True),
                distinct=True,
            ),
        )
    )


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
"""What of a candidate its reading's digest binds."""


def digest_of(candidates: Iterable[Mapping[str, object]]) -> str:
    """The digest of what the machine proposed, in order; :class:`Reading` keeps it."""
    return chain.digest_of([{f: c[f] for f in CANDIDATE_FIELDS} for c in candidates])


def candidates_hold(reading: Reading) -> bool:
    """Whether the candidates of ``reading`` are still those that the machine proposed."""
    rows: Sequence[Mapping[str, object]] = list(
        Candidate.objects.filter(reading=reading).order_by("ordinal").values(*CANDIDATE_FIELDS)
    )
    return digest_of(rows) == reading.candidates_digest
