"""Who may let people in, give them roles, close their access and forget them."""

from collections.abc import Iterable

from django.utils import timezone

from answerable.accounts import queries
from answerable.accounts.models import Body, Invitation, Person, Role, RoleHeld
from answerable.accounts.rules.permissions import (
    By,
    Permission,
    check_may,
    check_may_hold,
    check_not_same,
    is_of_office,
)
from answerable.audit.rules import NotTheirs, Refused


def check_may_see(person: Person, permission: Permission) -> None:
    """For pages about the office's own people: outside it, not even their existence is known.

    Raises:
        NotTheirs: to people of another body than the office.
        Refused: to colleagues without the right, saying who has it.
    """
    if not is_of_office(person):
        raise NotTheirs("This is not yours to see.")
    check_may(person, permission)


def check_roles(body: Body, roles: Iterable[Role]) -> None:
    """Refuses no roles at all, and roles that people of ``body`` may not hold."""
    wanted = list(roles)
    if not wanted:
        raise Refused("Choose at least one role.", code="roles")
    for role in wanted:
        check_may_hold(body, role)


def check_may_invite(by: By, *, email: str, body: Body, roles: Iterable[Role]) -> None:
    """Refuses an invitation to someone who has access, or holds an invitation that is still open."""
    check_may(by, Permission.PERSON_INVITE)
    check_may(by, Permission.ROLE_GIVE)
    check_roles(body, roles)
    known = queries.person_with(email)
    if known is not None and known.is_active:
        raise Refused(f"{known.name} already has access with this address.", code="email")
    if known is not None:
        raise Refused(f"The access of {known.name} is closed. Open it again instead.", code="email")
    if queries.open_invitation_to(email) is not None:
        raise Refused(
            "This address already has an invitation that is open. Withdraw it first.", code="email"
        )


def check_can_accept(invitation: Invitation | None) -> None:
    """Refuses a link that is unknown, used, withdrawn or too old, in words that say what to do."""
    ask = "Ask the person who invited you for a new one."
    if invitation is None:
        raise Refused(f"This invitation is not known here. {ask}", code="unknown")
    if invitation.used_at:
        raise Refused(
            "This invitation has been used: it works once. If it was you, sign in.", code="used"
        )
    if invitation.withdrawn_at:
        raise Refused(f"This invitation was withdrawn. {ask}", code="withdrawn")
    if invitation.expires_at <= timezone.now():
        raise Refused(f"This invitation is too old. {ask}", code="expired")


def check_may_withdraw(by: By, invitation: Invitation) -> None:
    """Refuses to withdraw what was used or withdrawn before."""
    check_may(by, Permission.PERSON_INVITE)
    if invitation.used_at or invitation.withdrawn_at:
        raise Refused("This invitation is no longer open.", code="not_open")


def _check_someone_else(by: By, person: Person, sentence: str) -> None:
    if not isinstance(by, str):
        check_not_same(by, person, sentence)


def _check_not_forgotten(person: Person) -> None:
    if person.forgotten_at:
        raise Refused("What was kept about this person has been erased.", code="forgotten")


def _check_not_last_administrator(person: Person) -> None:
    """Refuses to leave the installation with nobody who can let people in."""
    others = queries.administrators().exclude(pk=person.pk)
    if Role.ADMINISTRATOR in queries.roles_of(person) and not others.exists():
        raise Refused(
            f"{person.name} is the last administrator. Give someone else the role first.",
            code="last_administrator",
        )


def check_may_give(by: By, person: Person, role: Role) -> None:
    """Nobody gives themselves a role; and only people of the right body may hold it."""
    check_may(by, Permission.ROLE_GIVE)
    _check_someone_else(
        by, person, "You cannot give yourself a role. Ask another administrator to."
    )
    _check_not_forgotten(person)
    check_may_hold(person.body, role)
    if role in queries.roles_of(person):
        raise Refused(f"{person.name} already holds the role of {role.label}.", code="held")


def check_may_end(by: By, held: RoleHeld) -> None:
    """Refuses to end what has ended, and the role of the last administrator."""
    check_may(by, Permission.ROLE_GIVE)
    if held.ended_at:
        raise Refused("This role has already ended.", code="ended")
    if held.role == Role.ADMINISTRATOR:
        _check_not_last_administrator(held.person)


def check_may_suspend(by: By, person: Person) -> None:
    """Refuses to close one's own access, or that of the last administrator."""
    check_may(by, Permission.PERSON_SUSPEND)
    _check_someone_else(by, person, "You cannot close your own access.")
    if not person.is_active:
        raise Refused(f"The access of {person.name} is already closed.", code="closed")
    _check_not_last_administrator(person)


def check_may_restore(by: By, person: Person) -> None:
    """Refuses to open access that is open, or that of someone who was forgotten."""
    check_may(by, Permission.PERSON_SUSPEND)
    _check_not_forgotten(person)
    if person.is_active:
        raise Refused(f"{person.name} already has access.", code="open")


def check_may_unprotect(by: By, person: Person) -> None:
    """Refuses to remove one's own passkeys this way, or where there is nothing to remove."""
    check_may(by, Permission.PERSON_SUSPEND)
    _check_someone_else(by, person, "You manage your own passkeys and codes on your own page.")
    if not queries.protections_of(person):
        raise Refused(f"{person.name} has no passkey and no app.", code="nothing")


def check_may_forget(by: By, person: Person) -> None:
    """Refuses to forget oneself, the last administrator, or someone already forgotten."""
    check_may(by, Permission.PERSON_FORGET)
    _check_not_forgotten(person)
    _check_someone_else(by, person, "You cannot erase yourself. Ask another administrator to.")
    _check_not_last_administrator(person)


SECURITY_DAYS_KEPT = 90
"""Lines of the security log younger than this cannot be removed, so that nobody hides a trace."""


def check_may_prune(by: By, days: int) -> None:
    """Refuses to remove lines that are still young."""
    check_may(by, Permission.SECURITY_READ)
    if days < SECURITY_DAYS_KEPT:
        raise Refused(f"Lines of the last {SECURITY_DAYS_KEPT} days are always kept.", code="days")
