"""What may be done now: the button, or the rule's own sentence in its place."""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, may

FORGOTTEN = "a person since forgotten"


def name_of(person: Person | None) -> str:
    """Who did it, by name, for colleagues."""
    if person is None:
        return "the operator"
    return person.name or FORGOTTEN


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done: the button's words and where it leads, or why not."""

    press: str
    href: str
    refused: str = ""


def offer(
    person: Person, permission: Permission, press: str, href: str, check: Callable[[], object]
) -> Offer | None:
    """The button, or the sentence in its place; nothing for whoever could never do it."""
    if not may(person, permission):
        return None
    return Offer(press, href, why_not(check))


def why_not(check: Callable[[], object]) -> str:
    """What the rule says against it; nothing where it may be done."""
    try:
        check()
    except Refused as refusal:
        return refusal.sentence
    return ""
