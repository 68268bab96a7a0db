"""Writes of closing tests: proposed, agreed by the other side, refused."""

from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.plan.models import ClosingTest
from answerable.plan.queries import closing_tests as queries
from answerable.plan.rules import closing_tests as rules
from answerable.plan.rules.who import Side, side_of
from answerable.register.models import Undertaking
from answerable.register.queries import undertakings


def _facts(test: ClosingTest, **more: object) -> dict[str, object]:
    reference = test.undertaking.recommendation.reference
    return {"reference": reference, "version": test.version, **more}


def _agree(test: ClosingTest, by: Person, side: Side) -> list[str]:
    """Put down that ``by`` agrees for a side. Returns the columns that changed."""
    now = timezone.now()
    if side == Side.BODY:
        test.agreed_for_body_by, test.agreed_for_body_at = by, now
        return ["agreed_for_body_by", "agreed_for_body_at"]
    test.agreed_for_office_by, test.agreed_for_office_at = by, now
    return ["agreed_for_office_by", "agreed_for_office_at"]


@act
def propose_test(
    *,
    by: Person,
    undertaking: Undertaking,
    pattern: str,
    look_at: str,
    counts_as_seen: str,
    how_many: int | None = None,
    due_on: date | None = None,
    why: str = "",
) -> ClosingTest:
    """Propose what a sceptic would look at. Whoever proposes agrees for their own side.

    A test that stands goes on standing until both sides have agreed to the new one, which keeps
    its date.
    """
    undertaking = undertakings.as_it_stands(undertaking)
    rules.check_may_propose(by, undertaking)
    rules.check_test(pattern, look_at, how_many, counts_as_seen)
    standing = queries.standing_test(undertaking)
    rules.check_why(standing, why)
    due = rules.check_date(standing, due_on, timezone.localdate())
    test = ClosingTest(
        undertaking=undertaking,
        version=queries.next_version(undertaking),
        pattern=pattern,
        look_at=look_at.strip(),
        how_many=how_many,
        first_due_on=standing.first_due_on if standing else due,
        due_on=due,
        counts_as_seen=counts_as_seen.strip(),
        why=why.strip(),
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    _agree(test, by, side_of(by, undertaking.body))
    test.save()
    said = {"why": test.why} if test.why else None
    audit.record("closing_test.proposed", by=by, on=test, facts=_facts(test), said=said)
    return test


@act
def agree_test(*, by: Person, test: ClosingTest) -> ClosingTest:
    """Agree for the side that has not yet: from now on this is the test that stands."""
    test = queries.as_it_stands(test)
    side = rules.check_may_agree(by, test)
    before = audit_queries.snapshot(test)
    test.save(update_fields=_agree(test, by, side))
    named = test.undertaking.body.name if side == Side.BODY else "the office"
    facts = _facts(test, side=named)
    audit.record("closing_test.agreed", by=by, on=test, before=before, facts=facts)
    return test


@act
def refuse_test(*, by: Person, test: ClosingTest, reason: str) -> ClosingTest:
    """Refuse a proposal, or take one's own back. What stood before goes on standing."""
    test = queries.as_it_stands(test)
    rules.check_may_refuse(by, test)
    rules.check_refusal(reason)
    before = audit_queries.snapshot(test)
    test.refused_by, test.refused_at, test.refused_reason = by, timezone.now(), reason.strip()
    test.save(update_fields=["refused_by", "refused_at", "refused_reason"])
    said = {"reason": test.refused_reason}
    audit.record(
        "closing_test.refused", by=by, on=test, before=before, facts=_facts(test), said=said
    )
    return test
