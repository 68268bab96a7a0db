"""Who may say that two recommendations are not alike, and when."""

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.register.models import Dismissal, Recommendation, Relation
from answerable.register.queries import dismissals as queries
from answerable.register.queries import links
from answerable.register.rules import lives
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.who import check_may


def check_may_dismiss(person: Person, one: Recommendation, other: Recommendation) -> None:
    """Refuses whoever may not sign links, what was withdrawn, and what was decided already."""
    check_may(person, Permission.LINK_SIGN)
    check_stands(one)
    check_stands(other)
    signed = links.standing_between(one, other)
    if signed is not None:
        raise Refused(
            f"It is signed that {signed.later.reference} {Relation(signed.relation).label} "
            f"{signed.earlier.reference}. Take that back first.",
            code="signed",
        )
    if queries.standing_between(one, other) is not None:
        raise Refused("Somebody has said already that these two are not alike.", code="already")


def check_dismissal(one: Recommendation, other: Recommendation, reason: str) -> None:
    """Refuses to dismiss one recommendation as not like itself, and to dismiss without a reason."""
    if one.pk == other.pk:
        raise Refused("Choose two different recommendations.", code="other")
    if not reason.strip():
        raise Refused("Say why these two are not alike.", code="reason")


def check_may_take_back(person: Person, dismissal: Dismissal) -> None:
    """Refuses whoever may not sign links, and what was taken back before."""
    check_may(person, Permission.LINK_SIGN)
    state = "taken_back" if dismissal.taken_back_at else "stands"
    check_step(lives.DISMISSAL, "take_back_dismissal", state)


def check_taking_back(reason: str) -> None:
    """Refuses to take a dismissal back without saying why."""
    if not reason.strip():
        raise Refused("Say why you take this back.", code="reason")
