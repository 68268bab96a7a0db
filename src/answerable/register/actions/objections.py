"""Writes of objections: a signed link is read otherwise, and that is taken back."""

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.models import Link, Objection
from answerable.register.queries import links
from answerable.register.queries import objections as queries
from answerable.register.rules import objections as rules


def _facts(objection: Objection) -> dict[str, object]:
    return {
        "earlier": objection.link.earlier.reference,
        "later": objection.link.later.reference,
        "reads": objection.get_reads_display(),
    }


@act
def object_to_link(*, by: Person, link: Link, reads: str, reason: str) -> Objection:
    """Say how a link that another signed reads to ``by``, and why. The link stands as it did."""
    link = links.as_it_stands(link)
    rules.check_may_object(by, link)
    rules.check_objection(link, reads, reason)
    objection = Objection.objects.create(
        link=link, reads=reads, reason=reason.strip(), by=by, at=timezone.now()
    )
    said = {"reason": objection.reason}
    audit.record("objection.made", by=by, on=objection, facts=_facts(objection), said=said)
    return objection


@act
def take_back_objection(*, by: Person, objection: Objection, reason: str) -> Objection:
    """Take back that one reads a link otherwise. It stays, with why it no longer stands."""
    objection = queries.as_it_stands(objection)
    rules.check_may_take_back(by, objection)
    rules.check_taking_back(reason)
    before = audit_queries.snapshot(objection)
    objection.taken_back_at = timezone.now()
    objection.taken_back_reason = reason.strip()
    objection.save(update_fields=["taken_back_at", "taken_back_reason"])
    said = {"reason": objection.taken_back_reason}
    facts = _facts(objection)
    audit.record("objection.taken_back", by=by, on=objection, before=before, facts=facts, said=said)
    return objection
