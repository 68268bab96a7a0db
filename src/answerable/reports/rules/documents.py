"""Who may receive, read again and publish documents, and when."""

from django.utils import timezone

from answerable.accounts import rules as accounts
from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.reports.models import Document
from answerable.reports.queries import documents
from answerable.reports.rules.reports import By

ATTEMPTS = 3
"""So many times a document is tried before it is put aside."""


def check_may_receive(by: By) -> None:
    """Only a governance officer, or the operator's command."""
    if isinstance(by, Person):
        accounts.check_may(by, Permission.DOCUMENT_RECEIVE)


def check_is_new(sha256: str) -> None:
    """Refuses a file that is here already, saying when and by whom it came first."""
    first = documents.with_digest(sha256)
    if first is None:
        return
    who = first.received_by.name if first.received_by else "the operator"
    day = timezone.localtime(first.received_at).strftime("%-d %B %Y")
    raise Refused(
        f"This is the same file, byte for byte, as “{first.name}”, "
        f"which {who} added to “{first.report.title}” on {day}.",
        code="duplicate",
    )


def check_may_read_again(by: By, document: Document) -> None:
    """Only who may receive documents, and only one that was put aside."""
    check_may_receive(by)
    if document.state != Document.State.PARKED:
        raise Refused(
            f"This document is {document.get_state_display()}, so it need not be tried again."
        )


def check_may_open(by: Person, document: Document) -> None:
    """Only a publisher may make a document public."""
    accounts.check_may(by, Permission.DOCUMENT_OPEN)
    if document.is_public:
        raise Refused("This document is public already.")


def check_may_close(by: Person, document: Document) -> None:
    """Only a publisher may take a document out of the public record."""
    accounts.check_may(by, Permission.DOCUMENT_OPEN)
    if not document.is_public:
        raise Refused("This document is not public.")


def check_reason(because: str) -> None:
    """Refuses an empty reason: it stays beside the act for ever."""
    if not because.strip():
        raise Refused("Say why: the reason stays in the history.", code="reason")
