"""Who may: the permissions of accounts, where an operator's command passes."""

from answerable.accounts import rules as accounts
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission

By = Person | str
"""A person, or OPERATOR where a command acts."""


def check_may(by: By, permission: Permission) -> None:
    """Refuses a person whose roles do not grant ``permission``."""
    if isinstance(by, Person):
        accounts.check_may(by, permission)


def check_may_for(by: By, permission: Permission, body: Body) -> None:
    """Refuses as :func:`check_may`, and whoever is of another body than ``body`` or the office."""
    if isinstance(by, Person):
        accounts.check_may_for(by, permission, body)


def check_may_judge(by: By, permission: Permission, body: Body) -> None:
    """Refuses as :func:`check_may`, and whoever belongs to ``body`` itself."""
    if isinstance(by, Person):
        accounts.check_may_judge(by, permission, body)


def person_of(by: By) -> Person | None:
    """The person who acts, or None for a command."""
    return by if isinstance(by, Person) else None
