"""When a body's record may leave, and when what came may be taken in."""

from collections.abc import Mapping
from typing import Any

from answerable.accounts import rules as accounts
from answerable.accounts.models import Body
from answerable.accounts.rules import By, Permission, Refused
from answerable.handover.queries.belonging import Rows
from answerable.handover.queries.known import is_received
from answerable.handover.queries.unpacking import Opened
from answerable.register.models import Recommendation, Undertaking


def check_may_give(by: By, body: Body, office: str) -> None:
    """Refuses a handover of the office's own record, and one that does not say to whom."""
    accounts.check_may(by, Permission.BODY_KEEP)
    if body.is_office:
        raise Refused(
            f"{body.name} is the office itself. Hand over the bodies that answer to it, "
            "or move the whole installation with a backup."
        )
    if not office.strip():
        raise Refused("Say to which office it is handed over.", code="office")


def check_something_to_give(body: Body, rows: Rows) -> None:
    """Refuses to hand over nothing."""
    if not rows[Undertaking]:
        raise Refused(f"Nothing was ever asked of {body.name}, so there is nothing to hand over.")


def check_may_receive(by: By) -> None:
    """Refuses whoever may not keep the list of bodies."""
    accounts.check_may(by, Permission.BODY_KEEP)


def check_holds(opened: Opened, name: str) -> None:
    """Refuses an archive in which anything is not as it was made, naming all of it."""
    if opened.problems:
        raise Refused(f"{name} cannot be trusted. {' '.join(opened.problems)}", code="damaged")


def check_same_tables(made: Mapping[str, Any], here: list[str]) -> None:
    """Refuses an archive of a version whose tables differ."""
    if made["schema"] != here:
        raise Refused(
            f"This handover was made by version {made['answerable']}, whose records differ from "
            "this one's. Bring both offices to the same version, and make it again.",
            code="version",
        )


def check_is_new(sha256: str) -> None:
    """Refuses to take in the same archive twice."""
    if is_received(sha256):
        raise Refused("This handover has been taken in before.", code="twice")


def check_not_asked_here(recommendation: Recommendation, body: Body) -> None:
    """Refuses to put a second answer of one body beside the one that this register has."""
    if Undertaking.objects.filter(recommendation=recommendation, body=body).exists():
        raise Refused(
            f"{recommendation.reference} here is the same recommendation, and is already asked of "
            f"{body.name}. Nothing was taken in: withdraw it first, if it was entered in error.",
            code="asked",
        )
