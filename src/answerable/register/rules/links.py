"""Who may sign how two recommendations are linked, and when."""

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import dismissals
from answerable.register.queries import links as queries
from answerable.register.rules import lives
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.who import By, check_may


def check_may_sign(person: By, earlier: Recommendation, later: Recommendation) -> None:
    """Refuses whoever may not sign links, and what was withdrawn."""
    check_may(person, Permission.LINK_SIGN)
    check_stands(earlier)
    check_stands(later)


def _check_order(earlier: Recommendation, later: Recommendation) -> None:
    if queries.asked_on(later) < queries.asked_on(earlier):
        raise Refused(
            f"{later.reference} was asked before {earlier.reference}: link them the other way round.",
            code="order",
        )


def _check_no_circle(earlier: Recommendation, later: Recommendation) -> None:
    if later.pk in queries.line_before(earlier):
        raise Refused(
            f"{earlier.reference} itself superseded {later.reference}, so it cannot be superseded "
            "by it.",
            code="circle",
        )


def check_link(earlier: Recommendation, later: Recommendation, relation: str, reason: str) -> None:
    """Refuses a link of one, a second link of two, one against time, and one that goes in a circle."""
    if relation not in Relation.values:
        raise Refused("Choose how the two are linked.", code="relation")
    if earlier.pk == later.pk:
        raise Refused("A recommendation cannot be linked to itself.", code="later")
    if not reason.strip():
        raise Refused("Say why you link these two.", code="reason")
    known = queries.standing_between(earlier, later)
    if known is not None:
        raise Refused(
            f"It is already signed that {known.later.reference} {Relation(known.relation).label} "
            f"{known.earlier.reference}. Take that back first.",
            code="already",
        )
    if dismissals.standing_between(earlier, later) is not None:
        raise Refused(
            "Somebody has said that these two are not alike. Take that back first.",
            code="dismissed",
        )
    _check_order(earlier, later)
    if relation == Relation.SUPERSEDES:
        _check_no_circle(earlier, later)


def check_may_take_back(person: Person, link: Link) -> None:
    """Refuses whoever may not sign links, and what was taken back before."""
    check_may(person, Permission.LINK_SIGN)
    check_step(lives.LINK, "take_back_link", "taken_back" if link.taken_back_at else "stands")


def check_taking_back(reason: str) -> None:
    """Refuses to take a link back without saying why."""
    if not reason.strip():
        raise Refused("Say why you take this link back.", code="reason")
