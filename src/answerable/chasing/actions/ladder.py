"""Writes of the ladder's steps, and of who heads a body."""

from django.core.validators import validate_email
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import check_version
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.chasing.models import Head, Setting, StepSet
from answerable.chasing.rules import ladder as rules


@act
def change_step(*, by: Person, setting: Setting) -> StepSet:
    """Set a step anew. ``setting.version`` is the version that was seen; the new one follows it.

    What was prepared under an older version keeps its words.
    """
    rules.check_may_change(by)
    rules.check_setting(setting)
    rules.check_unchanged(setting, setting.version)
    made = StepSet.objects.create(
        ladder=setting.ladder,
        step=setting.step,
        version=setting.version + 1,
        days=setting.days,
        words=setting.words.strip(),
        automatic=setting.automatic,
        in_use=setting.in_use,
        changed_by=by,
        changed_at=timezone.now(),
    )
    facts = {"step": str(setting.step.label), "ladder": str(setting.ladder.label)}
    audit.record("step.changed", by=by, on=made, facts=facts)
    return made


@act
def record_head(
    *,
    by: Person,
    body: Body,
    name: str,
    post: str,
    email: str = "",
    address: str = "",
    seen: int = 0,
) -> Head:
    """Say who heads a body and how a letter reaches them; ``seen`` is the version that was read."""
    rules.check_may_record_head(by, body)
    rules.check_head(name, post, email, address)
    if email.strip():
        validate_email(email.strip())
    head = Head.objects.filter(body=body).first() or Head(body=body, version=0)
    check_version(head.version, seen)
    before = audit_queries.snapshot(head) if head.pk else None
    head.name, head.post = " ".join(name.split()), " ".join(post.split())
    head.email, head.address = email.strip(), address.strip()
    head.version += 1
    head.save()
    audit.record("head.recorded", by=by, on=head, before=before, facts={"body": body.name})
    return head
