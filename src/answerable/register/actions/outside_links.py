"""Writes of links to what other offices keep: signed, and taken back."""

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.models import OutsideLink, Recommendation, Relation
from answerable.register.queries import outside_links as queries
from answerable.register.queries import recommendations
from answerable.register.rules import outside_links as rules


def _facts(link: OutsideLink) -> dict[str, object]:
    return {
        "reference": link.recommendation.reference,
        "relation": str(Relation(link.relation).label),
        "theirs": link.theirs,
        "office": link.office,
    }


@act
def sign_outside_link(
    *,
    by: Person,
    recommendation: Recommendation,
    relation: str,
    office: str,
    address: str,
    theirs: str,
    reason: str,
    sha256: str = "",
) -> OutsideLink:
    """Sign how a recommendation stands to one that another office keeps, and why.

    Nothing is fetched: ``sha256`` is what whoever signs says of what they saw at ``address``.
    """
    recommendation = recommendations.as_it_stands(recommendation)
    office, address, theirs = office.strip(), address.strip(), theirs.strip()
    sha256 = sha256.strip().lower()
    rules.check_may_sign(by, recommendation)
    rules.check_place(office, address, theirs, sha256)
    rules.check_link(recommendation, relation, address, theirs, reason)
    link = OutsideLink.objects.create(
        recommendation=recommendation,
        relation=relation,
        office=office,
        address=address,
        theirs=theirs,
        sha256=sha256,
        reason=reason.strip(),
        signed_by=by,
        at=timezone.now(),
    )
    said = {"reason": link.reason}
    audit.record("outside_link.signed", by=by, on=link, facts=_facts(link), said=said)
    return link


@act
def take_back_outside_link(*, by: Person, link: OutsideLink, reason: str) -> OutsideLink:
    """Take such a link back. It stays, with who signed it and why it no longer stands."""
    link = queries.as_it_stands(link)
    rules.check_may_take_back(by, link)
    rules.check_taking_back(reason)
    before = audit_queries.snapshot(link)
    link.taken_back_at = timezone.now()
    link.taken_back_by = by
    link.taken_back_reason = reason.strip()
    link.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    said = {"reason": link.taken_back_reason}
    audit.record(
        "outside_link.taken_back", by=by, on=link, before=before, facts=_facts(link), said=said
    )
    return link
