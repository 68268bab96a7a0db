"""Who may sign how a recommendation stands to one of another office's record, and when."""

from urllib.parse import urlsplit

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.register.models import OutsideLink, Recommendation, Relation
from answerable.register.queries import outside_links as queries
from answerable.register.rules import lives
from answerable.register.rules.recommendations import check_stands
from answerable.register.rules.who import check_may

LONGEST = 500


def check_may_sign(person: Person, recommendation: Recommendation) -> None:
    """Refuses whoever may not sign links, and what was withdrawn."""
    check_may(person, Permission.LINK_SIGN)
    check_stands(recommendation)


def check_place(office: str, address: str, theirs: str, sha256: str) -> None:
    """Refuses a place in another record that nobody could find again."""
    if not 0 < len(office) <= 200:
        raise Refused("Say whose record it is.", code="office")
    if not 0 < len(theirs) <= 60:
        raise Refused("Enter the reference that it has there.", code="theirs")
    if not _is_plain_https(address):
        raise Refused(
            "Enter an address that begins with https:// and needs no name or password.",
            code="address",
        )
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise Refused(
            "Enter the SHA-256 of what you saw there, 64 hexadecimal digits, or nothing.",
            code="sha256",
        )


def _is_plain_https(address: str) -> bool:
    if len(address) > LONGEST or any(c.isspace() or not c.isprintable() for c in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def check_link(
    recommendation: Recommendation, relation: str, address: str, theirs: str, reason: str
) -> None:
    """Refuses a relation that nobody knows, one without a reason, and a second of the same two."""
    if relation not in Relation.values:
        raise Refused("Choose how the two are linked.", code="relation")
    if not reason.strip():
        raise Refused("Say why you link these two.", code="reason")
    known = queries.standing_at(recommendation, address, theirs)
    if known is not None:
        raise Refused(
            f"It is already signed that {recommendation.reference} "
            f"{Relation(known.relation).label} this one. Take that back first.",
            code="already",
        )


def check_may_take_back(person: Person, link: OutsideLink) -> None:
    """Refuses whoever may not sign links, and what was taken back before."""
    check_may(person, Permission.LINK_SIGN)
    state = "taken_back" if link.taken_back_at else "stands"
    check_step(lives.OUTSIDE_LINK, "take_back_outside_link", state)


def check_taking_back(reason: str) -> None:
    """Refuses to take a link back without saying why."""
    if not reason.strip():
        raise Refused("Say why you take this link back.", code="reason")
