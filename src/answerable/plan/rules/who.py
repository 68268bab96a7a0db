"""On which side of an agreement a person stands, and what every act of a plan asks first."""

from enum import StrEnum

from answerable.accounts import rules as accounts
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Permission, Refused
from answerable.register.models import Undertaking
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.undertakings import check_still_owed


class Side(StrEnum):
    """For whom a person speaks."""

    BODY = "body"
    OFFICE = "office"


def side_of(person: Person, body: Body) -> Side:
    """The side of ``person`` towards ``body``; whoever belongs to the body speaks for the body.

    Raises:
        NotTheirs: to people of any other body.
    """
    if person.body_id == body.pk:
        return Side.BODY
    if accounts.is_of_office(person):
        return Side.OFFICE
    raise NotTheirs("This is not yours to see.")


def check_may_for(person: Person, permission: Permission, body: Body) -> None:
    """Refuses whose roles do not grant it, and whoever is of another body than ``body``."""
    accounts.check_may_for(person, permission, body)


def check_owed(undertaking: Undertaking) -> None:
    """Refuses what was withdrawn or passed to a successor: go on there."""
    check_stands(undertaking.recommendation)
    check_still_owed(undertaking)


def check_said(words: str, sentence: str, code: str = "reason") -> None:
    """Refuses with ``sentence`` where nothing was written."""
    if not words.strip():
        raise Refused(sentence, code=code)
