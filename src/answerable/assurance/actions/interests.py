"""Writes of declared interests."""

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Interest
from answerable.assurance.queries import independence as queries
from answerable.assurance.rules import independence as rules
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.models import Undertaking


@act
def declare_interest(
    *, by: Person, words: str, body: Body | None = None, undertaking: Undertaking | None = None
) -> Interest:
    """Declare what could make oneself partial towards a body or an undertaking."""
    rules.check_may_declare(by)
    rules.check_declaration(by, body, undertaking, words)
    interest = Interest.objects.create(
        person=by,
        body=body,
        undertaking=undertaking,
        words=words.strip(),
        declared_at=timezone.now(),
    )
    audit.record("interest.declared", by=by, on=interest, said={"words": interest.words})
    return interest


@act
def end_interest(*, by: Person, interest: Interest, reason: str) -> Interest:
    """Record that an interest no longer holds: by someone else than whoever declared it."""
    interest = queries.interest_as_it_stands(interest)
    rules.check_may_end(by, interest, reason)
    before = audit_queries.snapshot(interest)
    interest.ended_at, interest.ended_by = timezone.now(), by
    interest.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        "interest.ended", by=by, on=interest, before=before, said={"reason": reason.strip()}
    )
    return interest
