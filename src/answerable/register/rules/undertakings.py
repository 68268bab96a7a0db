"""Who may say whom a recommendation is addressed to, and pass what a body owes to its successor."""

from collections.abc import Sequence

from answerable.accounts.models import Body
from answerable.accounts.rules import Permission, Refused
from answerable.register.models import Recommendation, Stands, Undertaking
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.who import By, check_may


def check_may_add(by: By, recommendation: Recommendation) -> None:
    """Refuses whoever may not record an addressee here."""
    check_may(by, Permission.UNDERTAKING_ADD)
    check_stands(recommendation)


def check_not_yet(recommendation: Recommendation, body: Body) -> None:
    """Refuses a body to which the recommendation is addressed already."""
    if recommendation.undertakings.filter(body=body).exists():
        raise Refused(
            f"{recommendation.reference} is already addressed to {body.name}.", code="already"
        )


def check_may_pass_all(by: By) -> None:
    """Refuses whoever may not record who answers."""
    check_may(by, Permission.UNDERTAKING_ADD)


def check_left_behind(body: Body, undertakings: Sequence[Undertaking]) -> None:
    """Refuses where nothing can be passed on."""
    if not undertakings:
        raise Refused(f"Nothing of {body.name} waits to be passed on.", code="nothing")


def check_may_pass(by: By, undertaking: Undertaking) -> None:
    """Refuses to pass on what was passed on before, or a reply that nobody has read."""
    check_may_add(by, undertaking.recommendation)
    check_still_owed(undertaking)
    if undertaking.stands == Stands.UNREAD:
        raise Refused(
            f"Read the reply of {undertaking.body.name} before you pass this on.", code="unread"
        )


def check_still_owed(undertaking: Undertaking) -> None:
    """Refuses what belongs to a successor now."""
    if undertaking.stands == Stands.PASSED:
        heir = undertaking.passed_to.select_related("body").first()
        name = heir.body.name if heir else "a successor"
        raise Refused(f"This was passed to {name}: go on there.", code="passed")


def check_successor(body: Body, successor: Body | None) -> Body:
    """The successor of ``body``; refuses where nobody is recorded as one."""
    if successor is None:
        raise Refused(
            f"No body is recorded as the successor of {body.name}. Record it first.",
            code="no_successor",
        )
    return successor
