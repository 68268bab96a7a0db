"""What a person decides of a suggested likeness: that two are not alike, and that they may be."""

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.models import Dismissal, Recommendation
from answerable.register.queries import dismissals as queries
from answerable.register.queries.links import asked_on
from answerable.register.queries.recommendations import as_it_stands
from answerable.register.rules import likeness as rules


def _facts(dismissal: Dismissal) -> dict[str, object]:
    return {
        "earlier": dismissal.earlier.reference,
        "later": dismissal.later.reference,
    }


@act
def dismiss_likeness(
    *, by: Person, recommendation: Recommendation, other: Recommendation, reason: str
) -> Dismissal:
    """Say that two recommendations are not alike, and why. Whichever was asked first stands first."""
    both = [as_it_stands(recommendation), as_it_stands(other)]
    earlier, later = sorted(both, key=lambda one: (asked_on(one), one.serial))
    rules.check_may_dismiss(by, earlier, later)
    rules.check_dismissal(earlier, later, reason)
    dismissal = Dismissal.objects.create(
        earlier=earlier, later=later, reason=reason.strip(), dismissed_by=by, at=timezone.now()
    )
    said = {"reason": dismissal.reason}
    audit.record("likeness.dismissed", by=by, on=dismissal, facts=_facts(dismissal), said=said)
    return dismissal


@act
def take_back_dismissal(*, by: Person, dismissal: Dismissal, reason: str) -> Dismissal:
    """Take a dismissal back. It stays, with who dismissed it and why it no longer stands."""
    dismissal = queries.as_it_stands(dismissal)
    rules.check_may_take_back(by, dismissal)
    rules.check_taking_back(reason)
    before = audit_queries.snapshot(dismissal)
    dismissal.taken_back_at = timezone.now()
    dismissal.taken_back_by = by
    dismissal.taken_back_reason = reason.strip()
    dismissal.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    audit.record(
        "dismissal.taken_back",
        by=by,
        on=dismissal,
        before=before,
        facts=_facts(dismissal),
        said={"reason": dismissal.taken_back_reason},
    )
    return dismissal
