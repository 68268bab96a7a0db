"""Decide on candidates, take decisions back, settle warnings, and remember which pages were seen.

What is accepted is entered in the register by :mod:`answerable.register.actions.candidates`,
which stands above this subject and calls :func:`enter_decision`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.audit.queries import Key
from answerable.reports.models import Candidate, Decision, Document, Notice, Page, PageSeen
from answerable.reports.queries.passages import Span
from answerable.reports.rules import decisions as rules

Outcome = Decision.Outcome


def enter_decision(
    *,
    by: Person,
    document: Document,
    outcome: Decision.Outcome,
    at: datetime,
    candidate: Candidate | None = None,
    number: str = "",
    words: str = "",
    kind: str = "",
    spans: Sequence[Span] = (),
    due: tuple[str, date | None, str] = ("", None, ""),
    reason: str = "",
    into: Decision | None = None,
    part: int = 0,
) -> Decision:
    """Write one decision, inside the act that it belongs to and whose event names it.

    Raises:
        Refused: where ``by`` may not decide, or the candidate has been decided on already.
    """
    rules.check_may_decide(by, document)
    if candidate is not None and part < 2:
        rules.check_belongs(candidate, document)
        rules.check_undecided(by, candidate)
    return Decision.objects.create(
        document=document,
        candidate=candidate,
        into=into,
        part=part,
        outcome=outcome,
        number=number,
        words=words,
        kind=kind,
        spans=list(spans),
        due_words=due[0],
        due_on=due[1],
        due_why=due[2][:400],
        reason=reason,
        at=at,
        by=by,
    )


@act
def dismiss_candidate(*, by: Person, candidate: Candidate, reason: str) -> Decision:
    """Decide that ``candidate`` is not a recommendation, and why.

    Raises:
        Refused: without a reason, or where somebody has decided on it already.
    """
    rules.check_reason(reason)
    decision = enter_decision(
        by=by,
        document=candidate.reading.document,
        candidate=candidate,
        outcome=Outcome.DISMISSED,
        number=candidate.number,
        words=candidate.words,
        kind=candidate.kind,
        spans=candidate.spans,
        reason=reason.strip(),
        at=timezone.now(),
    )
    audit.record(
        "candidate.decided",
        by=by,
        on=decision,
        facts={"outcome": Outcome.DISMISSED.label},
        said={"reason": decision.reason},
        at=decision.at,
    )
    return decision


def mark_taken_back(*, by: Person, decisions: Sequence[Decision]) -> dict[Key, str]:
    """Take decisions back, inside the act that it belongs to and whose event names them.

    Returns their state before, for that event.

    Raises:
        Refused: where ``by`` may not decide, or one was taken back already.
    """
    rows = list(
        Decision.objects.filter(pk__in=[d.pk for d in decisions])
        .select_related("document", "taken_back_by")
        .order_by("pk")
    )
    for decision in rows:
        rules.check_may_decide(by, decision.document)
        rules.check_can_take_back(by, decision)
    before = audit_queries.snapshot(*rows)
    Decision.objects.filter(pk__in=[d.pk for d in rows]).update(
        taken_back_at=timezone.now(), taken_back_by=by
    )
    return before


@act
def reopen(*, by: Person, decisions: Sequence[Decision], reason: str = "") -> None:
    """Take ``decisions``, from which nothing stands in the register, back: they wait again.

    Raises:
        Refused: where ``by`` may not decide, or one was taken back already.
    """
    before = mark_taken_back(by=by, decisions=decisions)
    audit.record(
        "candidate.reopened",
        by=by,
        on=decisions[0],
        also=decisions[1:],
        before=before,
        said={"reason": reason.strip()} if reason.strip() else None,
    )


@act
def settle_notice(*, by: Person, notice: Notice, how: str) -> Notice:
    """Say in a sentence what was found about a warning; it stays, and is no longer shown first.

    Raises:
        Refused: without a sentence, or where somebody has settled it already.
    """
    notice = Notice.objects.select_related("reading__document", "settled_by").get(pk=notice.pk)
    rules.check_may_settle(by, notice, how)
    before = audit_queries.snapshot(notice)
    notice.settled_at, notice.settled_by, notice.settled_how = timezone.now(), by, how.strip()
    notice.save(update_fields=["settled_at", "settled_by", "settled_how"])
    audit.record(
        "notice.settled",
        by=by,
        on=notice,
        before=before,
        facts={"code": notice.code},
        said={"how": notice.settled_how},
        at=notice.settled_at,
    )
    return notice


def see_page(*, by: Person, page: Page, part: int = 1) -> None:
    """Remember that ``by`` has had a page, or a part of one without pages, before her eyes.

    It is a mark for herself and no act on the record: nothing in the chain tells of it.
    """
    PageSeen.objects.bulk_create(
        [PageSeen(page=page, person=by, part=part, at=timezone.now())], ignore_conflicts=True
    )
