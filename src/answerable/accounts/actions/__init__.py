"""The only writes to people, bodies and roles: one file per noun."""

from answerable.accounts.actions.bodies import (
    add_area,
    add_body,
    change_area,
    change_body,
    free_slug,
    succeed_body,
)
from answerable.accounts.actions.invitations import (
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from answerable.accounts.actions.people import (
    add_person,
    change_own_details,
    forget_person,
    remove_protections,
    restore_person,
    suspend_person,
)
from answerable.accounts.actions.roles import end_role, give_role
from answerable.accounts.actions.security import note_security, prune_security_log
from answerable.accounts.rules import By

__all__ = [
    "By",
    "accept_invitation",
    "add_area",
    "add_body",
    "add_person",
    "change_area",
    "change_body",
    "change_own_details",
    "end_role",
    "forget_person",
    "free_slug",
    "give_role",
    "invite_person",
    "note_security",
    "prune_security_log",
    "remove_protections",
    "restore_person",
    "succeed_body",
    "suspend_person",
    "withdraw_invitation",
]
