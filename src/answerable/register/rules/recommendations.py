"""Who may enter, correct and withdraw a recommendation, and when."""

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.engine import wording
from answerable.register.models import Kind, Recommendation
from answerable.register.queries import recommendations as queries
from answerable.register.rules.who import By, check_may
from answerable.reports.models import Document, Report


def check_may_enter(by: By) -> None:
    """Refuses whoever may not decide what is a recommendation."""
    check_may(by, Permission.CANDIDATE_DECIDE)


def check_words(words: str) -> None:
    """Refuses words that say nothing."""
    if not words.strip():
        raise Refused("Enter the words of the recommendation.", code="words")


def check_kind(kind: str) -> None:
    """Refuses a kind that is not one of :class:`Kind`."""
    if kind not in Kind.values:
        raise Refused(f"“{kind}” is not a kind of recommendation.", code="kind")


def check_place(report: Report, document: Document | None, page: int | None) -> None:
    """Refuses a document of another report, and a page that it does not have."""
    if document is None:
        return
    if document.report_id != report.pk:
        raise Refused(f"{document.name} was received for another report.", code="document")
    if page is not None and document.page_count and not 1 <= page <= document.page_count:
        raise Refused(f"{document.name} has {document.page_count} pages.", code="page")


def check_entry(
    by: By, report: Report, words: str, kind: str, document: Document | None, page: int | None
) -> None:
    """Everything that must hold before a recommendation enters the register."""
    check_may_enter(by)
    check_words(words)
    check_kind(kind)
    check_place(report, document, page)


def check_stands(recommendation: Recommendation) -> None:
    """Refuses a change to what was withdrawn."""
    if recommendation.withdrawn_at:
        raise Refused(
            f"{recommendation.reference} was withdrawn, so nothing more can be done to it.",
            code="withdrawn",
        )


def check_may_correct(person: Person, recommendation: Recommendation) -> None:
    """Refuses whoever may not correct a transcription error here."""
    check_may(person, Permission.RECOMMENDATION_CORRECT)
    check_stands(recommendation)


def check_correction(recommendation: Recommendation, words: str, reason: str) -> None:
    """Refuses a correction that corrects nothing, or does not say why."""
    check_words(words)
    if not reason.strip():
        raise Refused("Say what was wrong with the words.", code="reason")
    if not wording.differs(queries.words_of(recommendation), words):
        raise Refused("These are the words that already stand.", code="words")


def check_may_withdraw(person: Person, recommendation: Recommendation) -> None:
    """Refuses to withdraw what was withdrawn before, or what a body has answered."""
    check_may(person, Permission.RECOMMENDATION_WITHDRAW)
    check_stands(recommendation)
    if queries.has_replies(recommendation):
        raise Refused(
            f"A body has answered {recommendation.reference}, so it cannot be withdrawn as entered "
            "in error. A mistake in its words can be corrected.",
            code="answered",
        )


def check_withdrawal(reason: str) -> None:
    """Refuses a withdrawal that does not say why."""
    if not reason.strip():
        raise Refused("Say why it was entered in error.", code="reason")
