"""Who may hand in evidence, offer it, take it out, grade it or open it, and when."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import (
    Permission,
    Refused,
    check_may,
    check_may_for,
    check_may_judge,
    check_not_same,
)
from answerable.assurance.models import Evidence, Grade, Use
from answerable.assurance.queries import evidence as queries
from answerable.assurance.rules import lives
from answerable.assurance.rules.independence import check_independent
from answerable.audit.rules import check_step
from answerable.engine.disclosure import Found, listed
from answerable.plan.rules.who import check_owed, check_said
from answerable.register.models import Undertaking

CARRIES: dict[Grade, str] = {
    Grade.ASSERTION: "Somebody says that it is so. Nothing else shows it.",
    Grade.POLICY: "It is written down what should be done. That is not yet done.",
    Grade.TRAINING: "People have been told or taught how. Whether they do it is open.",
    Grade.USE: "Records, or someone who watched, show that it is done.",
    Grade.SAMPLE: "Someone independent looked at cases that the body did not choose.",
    Grade.OUTCOME: "A measure, taken before and after, shows what changed for people.",
}
"""What evidence of each grade can carry, from least to most, in one sentence."""


class PersonalData(Refused):
    """The check found what may be personal data: what and where, for the page that explains it."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(
            f"This may name or identify people: {listed(found)}. Hand in a copy from which that "
            "has been removed. If it identifies nobody, say why, and it is kept as it is.",
            code="personal_data",
        )
        self.found = tuple(found)


def check_may_add(person: Person, body: Body) -> None:
    """Refuses whoever may not hand in evidence of this body: its own people may, and the office."""
    check_may_for(person, Permission.EVIDENCE_ADD, body)


def check_may_use(person: Person, evidence: Evidence, undertaking: Undertaking) -> None:
    """Refuses evidence of another body, what is used there already, and what is withdrawn or passed."""
    check_may_for(person, Permission.EVIDENCE_ADD, undertaking.body)
    check_owed(undertaking)
    if evidence.body_id != undertaking.body_id:
        raise Refused(
            f"This is evidence of {evidence.body.name}. {undertaking.body.name} must hand in its "
            "own.",
            code="body",
        )
    if queries.standing_use(evidence, undertaking):
        raise Refused("This is offered here already.", code="already")


def check_described(shows: str, does_not_show: str, grade: str) -> None:
    """Refuses evidence of which nobody says what it shows, and what it does not."""
    check_said(shows, "Say what this shows.", "shows")
    check_said(does_not_show, "Say what this does not show.", "does_not_show")
    check_grade(grade)


def check_grade(grade: str) -> None:
    """Refuses what is no grade."""
    if grade not in Grade.values:
        raise Refused("Choose what kind of evidence this is.", code="grade")


def check_period(covers_from: date | None, covers_to: date | None) -> None:
    """Refuses a period that ends before it begins."""
    if covers_from and covers_to and covers_to < covers_from:
        raise Refused("The period ends before it begins.", code="covers_to")


def check_expiry(expires_on: date | None, because: str, today: date) -> None:
    """Refuses an expiry that has passed or has no reason, and a reason without a day."""
    if expires_on is None:
        if because.strip():
            raise Refused("Enter the day after which this is too old.", code="expires_on")
        return
    if expires_on < today:
        raise Refused(
            "This would be too old already on the day it is handed in.", code="expires_on"
        )
    check_said(because, "Say why it is too old after that day.", "expires_because")


def check_snapshot(
    address: str, given: str, kept: str | None, taken_at: datetime, now: datetime
) -> None:
    """Refuses a link whose snapshot is not the one that was meant, or was taken in the future."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused("Enter an address that begins with https:// or http://.", code="address")
    if len(given) != 64 or set(given) - set("0123456789abcdef"):
        raise Refused("Enter the SHA-256 of the snapshot: 64 hexadecimal digits.", code="sha256")
    if kept is not None and kept != given:
        raise Refused(
            "The snapshot that came is not the one whose SHA-256 was given.", code="sha256"
        )
    if taken_at > now:
        raise Refused("A snapshot cannot be taken in the future.", code="taken_at")


def check_personal_data(found: Sequence[Found], despite: str) -> None:
    """Refuses what may identify people, unless it is said why it does not."""
    if found and not despite.strip():
        raise PersonalData(found)


def check_may_take_out(person: Person, use: Use) -> None:
    """Refuses whoever may not hand in evidence here, and a second time."""
    check_may_for(person, Permission.EVIDENCE_ADD, use.undertaking.body)
    check_step(lives.USE, "take_out_evidence", "taken_out" if use.taken_out_at else "offered")


def check_taking_out(reason: str) -> None:
    """Refuses to take evidence out without a reason."""
    check_said(reason, "Say why it is taken out. It stays to be seen, with your reason.")


def check_may_grade(person: Person, evidence: Evidence) -> None:
    """A verifier grades who is independent of everything that it is offered for, and did not hand it in."""
    check_may_judge(person, Permission.EVIDENCE_GRADE, evidence.body)
    check_not_same(
        person, evidence.uploaded_by, "You handed this in, so someone else must grade it."
    )
    check_independent(person, *(use.undertaking for use in queries.standing_uses(evidence)))


def check_grading(evidence: Evidence, grade: str, reason: str) -> None:
    """Refuses what is no grade, what stands already, and a grade without its reason."""
    check_grade(grade)
    check_said(reason, "Say why it is worth this much.")
    now, is_set = queries.grade_of(evidence)
    if is_set and now == grade:
        raise Refused("This is the grade that stands already.", code="grade")


def check_may_open(person: Person, evidence: Evidence) -> None:
    """A publisher opens evidence; never what may identify people."""
    check_may(person, Permission.EVIDENCE_OPEN)
    if evidence.is_public:
        raise Refused("This evidence is public already.", code="public")
    if evidence.findings:
        raise Refused(
            "The check for personal data found something in this. Have a redacted copy handed in, "
            "and open that.",
            code="personal_data",
        )


def check_may_close(person: Person, evidence: Evidence) -> None:
    """A publisher takes evidence out of the public record."""
    check_may(person, Permission.EVIDENCE_OPEN)
    if not evidence.is_public:
        raise Refused("This evidence is not public.", code="sealed")


def check_because(because: str) -> None:
    """Refuses to open or seal evidence without a reason."""
    check_said(because, "Say why: the reason stays in the history.", "because")
