"""The only writes to the security log. It stands apart from the audit chain: see its model."""

from datetime import timedelta

from django.utils import timezone

from answerable.accounts import rules
from answerable.accounts.models import Person, SecurityLine
from answerable.accounts.rules import By
from answerable.audit import actions as audit
from answerable.audit.actions import act


def note_security(
    *,
    what: SecurityLine.What,
    person: Person | None = None,
    address: str | None = None,
    agent: str = "",
) -> SecurityLine:
    """Write one line: what happened to whose access, from which machine."""
    return SecurityLine.objects.create(
        at=timezone.now(), what=what, person=person, address=address, agent=agent[:200]
    )


@act
def prune_security_log(*, by: By, days: int) -> int:
    """Remove lines older than ``days``; returns how many. That it was done stays in the chain."""
    rules.check_may_prune(by, days)
    before = timezone.now() - timedelta(days=days)
    count, _ = SecurityLine.objects.filter(at__lt=before).delete()
    audit.record(
        "security.pruned",
        by=by,
        on=None,
        facts={"count": count, "before": timezone.localdate(before).isoformat()},
    )
    return count
