"""Who may keep the office's list of themes, and when. Reading it is for whoever reads the analyses."""

from collections.abc import Sequence

from django.utils.text import slugify

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, Refused, check_may, is_of_office
from answerable.gaps.models import Theme, ThemeMember
from answerable.gaps.queries import themes as queries
from answerable.register.models import Recommendation

LONGEST_NAME = 120
MOST_AT_ONCE = 500
"""So many recommendations are put under a theme in one act."""


def check_may_see(person: Person) -> None:
    """Themes are the office's own: not even that there are any is for people of a body."""
    if not is_of_office(person):
        raise NotTheirs("This is not yours to see.")
    check_may(person, Permission.GAPS_READ)


def check_may_keep(person: Person) -> None:
    """Refuses whoever may not keep the list of themes."""
    check_may(person, Permission.THEME_KEEP)


def check_may_change(person: Person, theme: Theme) -> None:
    """Refuses as :func:`check_may_keep`, and what was retired."""
    check_may_keep(person)
    if theme.retired_at:
        raise Refused("This theme was retired, so it no longer changes.", code="retired")


def check_name(name: str, besides: Theme | None = None) -> None:
    """Refuses a name without letters, one that is too long, and one that another theme has."""
    if not slugify(name):
        raise Refused("Enter a name for the theme.", code="name")
    if len(name.strip()) > LONGEST_NAME:
        raise Refused(f"A name has at most {LONGEST_NAME} characters.", code="name")
    if queries.named(name, besides):
        raise Refused("There is a theme with this name already.", code="name")


def check_retiring(reason: str) -> None:
    """Refuses to retire a theme without saying why."""
    if not reason.strip():
        raise Refused("Say why this theme is retired.", code="reason")


def check_putting(recommendations: Sequence[Recommendation]) -> None:
    """Refuses none, too many at once, and what was withdrawn."""
    if not recommendations:
        raise Refused("Choose at least one recommendation.", code="recommendations")
    if len(recommendations) > MOST_AT_ONCE:
        raise Refused(
            f"Put at most {MOST_AT_ONCE} recommendations under a theme at a time.",
            code="recommendations",
        )
    withdrawn = next((one for one in recommendations if one.withdrawn_at), None)
    if withdrawn is not None:
        raise Refused(
            f"{withdrawn.reference} was entered in error, so it belongs to no theme.",
            code="recommendations",
        )


def check_taking_out(members: Sequence[ThemeMember]) -> None:
    """Refuses none, and what was taken out before."""
    if not members:
        raise Refused("Choose what to take out.", code="members")
    if any(member.taken_out_at for member in members):
        raise Refused("Some of these were taken out already.", code="members")
