"""The only writes to the roles that people hold."""

from collections.abc import Iterable

from django.utils import timezone

from answerable.accounts import rules
from answerable.accounts.models import Person, Role, RoleHeld
from answerable.accounts.rules import By
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act


def forget_roles_read(person: Person) -> None:
    """Let the roles of this instance be read again: they have changed."""
    person.__dict__.pop("_roles", None)


def role_words(roles: Iterable[Role]) -> str:
    """Roles as an event names them: "verifier, publisher"."""
    return ", ".join(str(role.label) for role in roles)


@act
def give_role(*, by: By, person: Person, role: Role) -> RoleHeld:
    """Give a person a role from now on."""
    rules.check_may_give(by, person, role)
    held = RoleHeld.objects.create(person=person, role=role, begun_at=timezone.now())
    forget_roles_read(person)
    audit.record("role.given", by=by, on=person, also=[held], facts={"role": str(role.label)})
    return held


@act
def end_role(*, by: By, held: RoleHeld) -> RoleHeld:
    """End a role from now on; that it was held stays."""
    current = RoleHeld.objects.select_related("person").get(pk=held.pk)
    rules.check_may_end(by, current)
    before = audit_queries.snapshot(current.person, current)
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    forget_roles_read(held.person)
    audit.record(
        "role.ended",
        by=by,
        on=current.person,
        also=[current],
        before=before,
        facts={"role": str(Role(current.role).label)},
    )
    return current
