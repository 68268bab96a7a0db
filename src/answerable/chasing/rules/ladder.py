"""Who may change a step of the ladder, and what its words must hold."""

from string import Formatter

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused, check_may, is_of_office
from answerable.audit.rules import NotTheirs
from answerable.chasing.models import Setting, Step
from answerable.chasing.queries import ladder as queries
from answerable.chasing.queries.wording import PLACES

BY_A_PERSON = frozenset({Step.LETTER, Step.NOTICE})
"""Steps that never go by themselves: a letter bears a signature, a notice is said in public."""
FARTHEST = 365


def check_may_see(person: Person) -> None:
    """Only people of the office may know what is sent to chase an answer."""
    if not is_of_office(person):
        raise NotTheirs("This is not yours to see.")
    check_may(person, Permission.CHASE_READ)


def check_may_change(person: Person) -> None:
    """Refuses whoever may not set the ladder."""
    check_may_see(person)
    check_may(person, Permission.LADDER_CHANGE)


def check_setting(setting: Setting) -> None:
    """Refuses words with a gap that nothing fills, a day too far, and a letter without a person."""
    if setting.automatic and setting.step in BY_A_PERSON:
        raise Refused(
            f"A {setting.step.label} never goes by itself: a person puts their name to it.",
            code="automatic",
        )
    if abs(setting.days) > FARTHEST:
        raise Refused("Choose a day within a year of the date.", code="days")
    check_words(setting.words)


def check_words(words: str) -> None:
    """Refuses no words, and gaps in braces that nothing fills."""
    if not words.strip():
        raise Refused("Write what the message says.", code="words")
    try:
        gaps = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError as error:
        raise Refused("Close every brace, or leave braces out.", code="words") from error
    unknown = sorted(gaps - set(PLACES))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        raise Refused(f"Nothing fills {{{unknown[0]}}}. You can use {known}.", code="words")


def check_unchanged(setting: Setting, seen: int) -> None:
    """Refuses a change by someone who has not seen the newest version."""
    now = queries.step_of(setting.ladder, setting.step)
    if now is None or now.version != seen:
        raise Refused(
            "Someone else changed this while you were writing. What you typed is still here: "
            "compare it with what is there now, then save again.",
            code="version",
        )


def check_may_record_head(person: Person, body: Body) -> None:
    """Refuses whoever may not say to whom letters go, and the office as a body that is chased."""
    check_may_see(person)
    check_may(person, Permission.CHASE_APPROVE)
    if body.is_office:
        raise Refused("The office writes letters to others, not to itself.", code="body")


def check_head(name: str, post: str, email: str, address: str) -> None:
    """Refuses a head without name and post, and one whom no letter can reach."""
    if not name.strip():
        raise Refused("Enter the name.", code="name")
    if not post.strip():
        raise Refused("Enter the post, such as Chief Constable.", code="post")
    if not email.strip() and not address.strip():
        raise Refused("Enter an e-mail address or a postal address.", code="email")
