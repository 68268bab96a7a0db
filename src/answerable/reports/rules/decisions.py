"""Who may decide what is a recommendation, and when."""

from collections.abc import Sequence

from answerable.accounts import rules as accounts
from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.reports.models import Candidate, Decision, Document, Notice
from answerable.reports.queries import decisions
from answerable.reports.queries.decisions import Card
from answerable.reports.queries.passages import Book, Span


def check_may_decide(by: Person, document: Document) -> None:
    """Only a governance officer, and only where the document is a report that has been read."""
    accounts.check_may(by, Permission.CANDIDATE_DECIDE)
    if document.purpose != Document.Purpose.REPORT:
        raise Refused(
            "This document is a reply. Recommendations are taken from the report itself.",
            code="reply",
        )
    if document.state != Document.State.READ:
        raise Refused(
            f"This document is {document.get_state_display()}, so there is nothing to check yet.",
            code="not_read",
        )


def check_undecided(by: Person, candidate: Candidate) -> None:
    """Refuses to decide twice, saying who decided first, what and when."""
    earlier = decisions.decisions_on(candidate).first()
    if earlier is not None:
        raise Refused(decisions.who_decided(earlier, by), code="decided")


def check_belongs(candidate: Candidate, document: Document) -> None:
    """Refuses a candidate of another document."""
    if candidate.reading.document_id != document.pk:
        raise Refused("This was found in another document.", code="elsewhere")


def check_reason(reason: str) -> None:
    """Refuses to dismiss without a reason: it is how the reader is judged and mended."""
    if not reason.strip():
        raise Refused("Say why it is not a recommendation.", code="reason")


def check_new_passage(by: Person, document: Document, spans: Sequence[Span]) -> None:
    """Refuses a passage that stands as a recommendation already, word for word in the same place."""
    wanted = _places(spans)
    for other in decisions.standing(document).filter(outcome__in=decisions.STANDS):
        if _places(other.spans) == wanted:
            who = "You" if other.by_id == by.pk else other.by.name
            raise Refused(
                f"{who} already entered exactly these words as {decisions.reference_of(other)} "
                f"{decisions.when_words(other.at)}.",
                code="entered",
            )


def _places(spans: Sequence[Span]) -> list[tuple[object, object, object]]:
    return [(s["page"], s["start"], s["end"]) for s in spans]


def check_run_seen(by: Person, book: Book, cards: Sequence[Card]) -> None:
    """Refuses to accept a whole run before its pages have been seen by this person."""
    missing = decisions.unseen(cards, book, by)
    if missing:
        raise Refused(unseen_words(missing, book), code="unseen")


def unseen_words(missing: Sequence[int], book: Book) -> str:
    """Which pages are still to be looked at, in words."""
    if len(missing) == 1:
        return f"You have not looked at {book.noun} {missing[0]} yet, on which some of these stand."
    listed = ", ".join(str(n) for n in missing[:-1])
    return (
        f"You have not looked at {book.noun}s {listed} and {missing[-1]} yet, "
        "on which some of these stand."
    )


def check_something_left(cards: Sequence[Card]) -> None:
    """Refuses to accept a run of which nothing waits any more."""
    if not cards:
        raise Refused("Everything in this list has been decided already.", code="decided")


def check_neighbours(document: Document, candidates: Sequence[Candidate]) -> None:
    """Only two or more candidates that follow one another can be one passage."""
    chosen = {c.pk for c in candidates}
    if len(chosen) < 2:
        raise Refused("Choose what it belongs together with.", code="alone")
    order = [c for c in decisions.cards(document) if c.candidate and (c.open or c.near)]
    at = [n for n, c in enumerate(order) if c.candidate and c.candidate.pk in chosen]
    between = order[at[0] : at[-1] + 1] if at else []
    if any(c.open and c.candidate and c.candidate.pk not in chosen for c in between):
        raise Refused("Only passages that follow one another can be merged.", code="apart")


def check_parts(parts: Sequence[Sequence[Span]]) -> None:
    """A split makes two or more parts, each with words, in their order."""
    if len(parts) < 2:
        raise Refused("Choose where a new one starts.", code="whole")
    flat = [place_key(span) for part in parts for span in part]
    if any(not part for part in parts) or flat != sorted(flat):
        raise Refused("Each part needs words of its own.", code="empty")


def place_key(span: Span) -> tuple[int, int]:
    """What orders passages in a document."""
    return (int(str(span["page"])), int(str(span["start"])))


def check_can_take_back(by: Person, decision: Decision) -> None:
    """Refuses what has been taken back before, saying by whom."""
    if decision.taken_back_at is None:
        return
    taker = decision.taken_back_by
    who = "You" if taker == by else taker.name if taker else "Someone"
    raise Refused(
        f"{who} already took this back {decisions.when_words(decision.taken_back_at)}.",
        code="taken_back",
    )


def check_may_settle(by: Person, notice: Notice, how: str) -> None:
    """Who may decide may settle a warning, once, with a sentence."""
    check_may_decide(by, notice.reading.document)
    if notice.settled_at is not None:
        who = "You" if notice.settled_by == by else str(notice.settled_by)
        raise Refused(
            f"{who} already settled this {decisions.when_words(notice.settled_at)}.",
            code="settled",
        )
    if not how.strip():
        raise Refused("Say what you found, in a sentence.", code="reason")
