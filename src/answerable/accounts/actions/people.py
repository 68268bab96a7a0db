"""The only writes to people: joining, their own details, closing, opening and forgetting."""

from collections.abc import Iterable
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone

from answerable.accounts import queries, rules
from answerable.accounts.actions.roles import forget_roles_read, role_words
from answerable.accounts.actions.security import note_security
from answerable.accounts.models import Body, Invitation, Person, Role, RoleHeld, SecurityLine
from answerable.accounts.rules import By, Permission
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act


def new_person(
    *, name: str, email: str, body: Body, roles: Iterable[Role], password: str | None
) -> tuple[Person, list[RoleHeld]]:
    """The rows of a person who joins. The act that calls this records it.

    The address is also given to the sign-in library as confirmed: the invitation reached it.
    """
    person = Person(name=" ".join(name.split()), email=email.strip().lower(), body=body)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    now = timezone.now()
    held = RoleHeld.objects.bulk_create(
        RoleHeld(person=person, role=r, begun_at=now) for r in dict.fromkeys(roles)
    )
    return person, held


@act
def add_person(
    *, by: By, name: str, email: str, body: Body, roles: Iterable[Role], password: str | None = None
) -> Person:
    """Add a person with roles, without an invitation: for the operator, and for example worlds."""
    rules.check_may(by, Permission.PERSON_INVITE)
    rules.check_may(by, Permission.ROLE_GIVE)
    wanted = [Role(r) for r in roles]
    rules.check_roles(body, wanted)
    person, held = new_person(name=name, email=email, body=body, roles=wanted, password=password)
    audit.record(
        "person.added",
        by=by,
        on=person,
        also=held,
        facts={"roles": role_words(wanted)},
        said={"name": person.name},
    )
    return person


@act
def change_own_details(*, by: Person, name: str, shortcuts: bool) -> Person:
    """A person changes how they are called, and whether single keys act on the checking page."""
    before = audit_queries.snapshot(by)
    by.name, by.shortcuts = " ".join(name.split()), shortcuts
    by.full_clean(exclude=["password"])
    by.save(update_fields=["name", "shortcuts"])
    audit.record("person.changed", by=by, on=by, before=before, said={"name": by.name})
    return by


def _end_sessions(person: Person) -> int:
    """Sign a person out everywhere; returns in how many places."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
        note_security(what=SecurityLine.What.SESSION_ENDED, person=person)
    return len(sessions)


@act
def suspend_person(*, by: By, person: Person, reason: str = "") -> Person:
    """Close a person's access and sign them out everywhere. Their roles stay, and rest."""
    rules.check_may_suspend(by, person)
    before = audit_queries.snapshot(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    said = {"reason": reason.strip()} if reason.strip() else {}
    audit.record("person.suspended", by=by, on=person, before=before, said=said)
    return person


@act
def restore_person(*, by: By, person: Person) -> Person:
    """Open a person's access again, with the roles they still hold."""
    rules.check_may_restore(by, person)
    before = audit_queries.snapshot(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record("person.restored", by=by, on=person, before=before)
    return person


def _tell_of_removal(person: Person) -> None:
    body = render_to_string(
        "account/email/unprotected.txt", {"person": person, "office_name": settings.OFFICE_NAME}
    )
    send_mail("Answerable: your passkeys and codes were removed", body, None, [person.email])


@act
def remove_protections(*, by: By, person: Person) -> int:
    """Remove the passkeys, app and codes of someone who has lost them; returns how many.

    They are signed out everywhere, sign in with their password, and are told by a message.
    """
    rules.check_may_unprotect(by, person)
    before = audit_queries.snapshot(person)
    removed, _ = Authenticator.objects.filter(user=person).delete()
    _end_sessions(person)
    note_security(what=SecurityLine.What.PROTECTIONS_REMOVED, person=person)
    audit.record("person.unprotected", by=by, on=person, before=before)
    transaction.on_commit(lambda: _tell_of_removal(person), robust=True)
    return removed


def _events_about(person: Person, invitations: Iterable[Invitation]) -> list[int]:
    """Numbers of the events in which something was said about a person."""
    about: list[Model] = [person, *person.roles_held.all(), *invitations]
    return sorted({entry.seq for entry in audit_queries.history(*about) if entry.said})


def _erase_sign_in(person: Person) -> None:
    """Everything by which a person could sign in, or be known to have."""
    _end_sessions(person)
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    SecurityLine.objects.filter(person=person).delete()


def _nobody() -> str:
    """An address that reaches nobody, and says nothing of who it was."""
    return f"{uuid4()}@forgotten.invalid"


def _end_what_is_open(person: Person, invitations: Iterable[Invitation]) -> list[RoleHeld]:
    """End every role, withdraw open invitations, and erase names and addresses from them all.

    Returns the roles that were ended.
    """
    now = timezone.now()
    held = list(person.roles_held.filter(ended_at__isnull=True))
    for role in held:
        role.ended_at = now
        role.save(update_fields=["ended_at"])
    for invitation in invitations:
        invitation.name, invitation.email = "", _nobody()
        if not invitation.used_at and not invitation.withdrawn_at:
            invitation.withdrawn_at = now
        invitation.save(update_fields=["name", "email", "withdrawn_at"])
    return held


@act
def forget_person(*, by: By, person: Person) -> Person:
    """Erase what is kept about a person: name, address, sign-in, and what acts said of them.

    What they did stays, under a random number that nothing leads from. The chain still verifies:
    it holds only salted commitments to what was said, and their salts are erased.
    """
    rules.check_may_forget(by, person)
    invitations = list(queries.invitations_about(person))
    open_roles = person.roles_held.filter(ended_at__isnull=True)
    before = audit_queries.snapshot(person, *open_roles, *invitations)
    erased = audit.forget(events=_events_about(person, invitations))
    held = _end_what_is_open(person, invitations)
    _erase_sign_in(person)
    person.name, person.email, person.last_login = "", _nobody(), None
    person.is_active, person.forgotten_at = False, timezone.now()
    person.set_unusable_password()
    person.save()
    forget_roles_read(person)
    audit.record(
        "person.forgotten",
        by=by,
        on=person,
        also=[*held, *invitations],
        before=before,
        facts={"erased": erased},
    )
    return person
