"""Who may sign an opinion and take one back, and what must be there before."""

from datetime import date, datetime, timedelta

from django.conf import settings

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_may, check_may_judge
from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.seen import Seen
from answerable.assurance.rules import lives
from answerable.assurance.rules.independence import check_independent
from answerable.audit.rules import check_step
from answerable.plan.models import Claim, ClosingTest, Rung
from answerable.plan.rules.who import check_owed, check_said
from answerable.register.models import Undertaking

READY = (Rung.READY, Rung.OTHER_MEANS)
"""Claims that can be found to be so; of any other, only that it is not."""
MOST_YEARS = 5
"""Nothing is left unlooked at for longer than this."""


def check_may_sign(person: Person, undertaking: Undertaking) -> None:
    """Only a verifier whom nothing in the table of independence keeps from judging."""
    check_independent(person, undertaking)
    check_may_judge(person, Permission.OPINION_SIGN, undertaking.body)
    check_owed(undertaking)


def check_proved(proved_at: datetime | None, now: datetime) -> None:
    """Refuses a signature of someone who has not just proved who they are."""
    most = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    if proved_at is None or not now - most <= proved_at <= now:
        raise Refused("Confirm that it is you, then sign.", code="prove")


def check_same_seen(digest: str, now: Seen) -> None:
    """Refuses where something has changed since the page was shown to the person who signs."""
    if digest != seen_queries.digest_of(now):
        raise Refused(
            "Something has changed since you opened this page. Read it again, then sign.",
            code="changed",
        )


def check_something_to_judge(
    test: ClosingTest | None, claim: Claim | None
) -> tuple[ClosingTest, Claim]:
    """Both; refuses an opinion before there is a test to judge by, and a claim to judge."""
    if test is None:
        raise Refused("There is no agreed closing test by which to judge this.", code="no_test")
    if claim is None:
        raise Refused(
            "The body has claimed nothing yet, so there is nothing to judge.", code="claim"
        )
    return test, claim


def check_judgement(judgement: str, looked_at: str, missing: str) -> None:
    """Refuses what is no judgement, and one that does not say what was seen and what was missing."""
    if judgement not in Judgement.values:
        raise Refused("Choose what you have seen.", code="judgement")
    check_said(looked_at, "Say what you looked at.", "looked_at")
    if judgement != Judgement.ASSURED:
        check_said(missing, "Say what was missing.", "missing")


def check_recheck(recheck_on: date, today: date) -> None:
    """Refuses a re-check that is not ahead, or so far that nobody would look again."""
    if recheck_on <= today:
        raise Refused("The day of the next check must be in the future.", code="recheck_on")
    if recheck_on > today + timedelta(days=366 * MOST_YEARS):
        raise Refused(f"Look again within {MOST_YEARS} years.", code="recheck_on")


def check_can_assure(now: Seen, today: date) -> None:
    """Refuses *assured* where nothing was seen that carries it.

    The body must claim that it is done; there must be evidence or a sample; every piece has the
    grade that a verifier set; and none is too old.
    """
    if now["claim"]["rung"] not in READY:
        raise Refused(
            "The body does not claim that this is done, so it cannot be assured.", code="claim"
        )
    if not now["evidence"] and not now["samples"]:
        raise Refused("Nothing has been seen: no evidence, and no sample.", code="evidence")
    if any(not one["grade_set"] for one in now["evidence"]):
        raise Refused("Set the grade of each piece of evidence first.", code="grade")
    if any(one["expires_on"] and one["expires_on"] < today.isoformat() for one in now["evidence"]):
        raise Refused(
            "Some of the evidence is too old. It must be renewed or taken out first.",
            code="expired",
        )


def check_may_withdraw(person: Person, opinion: Opinion, reason: str) -> None:
    """Whoever signed it, or the chair; always with a reason."""
    if opinion.signed_by_id == person.pk:
        check_may(person, Permission.OPINION_SIGN)
    else:
        check_may(person, Permission.OPINION_WITHDRAW)
    check_step(lives.OPINION, "withdraw_opinion", "withdrawn" if opinion.withdrawn_at else "stands")
    check_said(reason, "Say why it is withdrawn.")
