"""Writes of links between recommendations: signed, and taken back."""

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import links as queries
from answerable.register.queries import recommendations
from answerable.register.rules import links as rules
from answerable.register.rules.who import By, person_of


def _facts(link: Link) -> dict[str, object]:
    return {
        "earlier": link.earlier.reference,
        "later": link.later.reference,
        "relation": str(Relation(link.relation).label),
    }


@act
def sign_link(
    *,
    by: By,
    earlier: Recommendation,
    later: Recommendation,
    relation: str,
    reason: str,
) -> Link:
    """Sign how the later of two recommendations stands to the earlier one, and why."""
    earlier = recommendations.as_it_stands(earlier)
    later = recommendations.as_it_stands(later)
    rules.check_may_sign(by, earlier, later)
    rules.check_link(earlier, later, relation, reason)
    link = Link.objects.create(
        earlier=earlier,
        later=later,
        relation=relation,
        reason=reason.strip(),
        signed_by=person_of(by),
        at=timezone.now(),
    )
    said = {"reason": link.reason}
    audit.record("link.signed", by=by, on=link, facts=_facts(link), said=said)
    return link


@act
def take_back_link(*, by: Person, link: Link, reason: str) -> Link:
    """Take a link back. It stays, with who signed it and why it no longer stands."""
    link = queries.as_it_stands(link)
    rules.check_may_take_back(by, link)
    rules.check_taking_back(reason)
    before = audit_queries.snapshot(link)
    link.taken_back_at = timezone.now()
    link.taken_back_by = by
    link.taken_back_reason = reason.strip()
    link.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    said = {"reason": link.taken_back_reason}
    audit.record("link.taken_back", by=by, on=link, before=before, facts=_facts(link), said=said)
    return link
