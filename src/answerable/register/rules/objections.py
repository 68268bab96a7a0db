"""Who may read a signed link otherwise, and when."""

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_not_same
from answerable.audit.rules import check_step
from answerable.register.models import Link, Objection
from answerable.register.models.objections import READINGS
from answerable.register.queries import objections as queries
from answerable.register.rules import lives
from answerable.register.rules.who import check_may


def check_may_object(person: Person, link: Link) -> None:
    """Refuses whoever may not judge links, whoever signed this one, and a second time."""
    check_may(person, Permission.LINK_OBJECT)
    if link.taken_back_at:
        raise Refused("This link was taken back, so nobody has to object to it.", code="taken_back")
    check_not_same(person, link.signed_by, "You signed this link yourself: take it back instead.")
    if queries.standing_of(link, person) is not None:
        raise Refused(
            "You have said already that you read this link otherwise. Take that back first.",
            code="already",
        )


def check_objection(link: Link, reads: str, reason: str) -> None:
    """Refuses a reading that nobody knows, the one that was signed, and one without a reason."""
    if reads not in dict(READINGS):
        raise Refused("Choose how you read it.", code="reads")
    if reads == link.relation:
        raise Refused("That is how it was signed. Choose how you read it.", code="reads")
    if not reason.strip():
        raise Refused("Say why you read it otherwise.", code="reason")


def check_may_take_back(person: Person, objection: Objection) -> None:
    """Refuses everybody but whoever wrote it, and what was taken back before."""
    check_may(person, Permission.LINK_OBJECT)
    if objection.by_id != person.pk:
        raise Refused("Only whoever reads it otherwise may take that back.", code="separation")
    state = "taken_back" if objection.taken_back_at else "stands"
    check_step(lives.OBJECTION, "take_back_objection", state)


def check_taking_back(reason: str) -> None:
    """Refuses to take it back without saying why."""
    if not reason.strip():
        raise Refused("Say why you take this back.", code="reason")
