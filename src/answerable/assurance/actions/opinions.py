"""Writes of opinions: signed, bound to exactly what was seen, and withdrawn."""

from datetime import date, datetime

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.actions.undoing import reopen_if_undone
from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import opinions as queries
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.seen import Seen
from answerable.assurance.rules import opinions as rules
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.plan.models import Claim, ClosingTest
from answerable.plan.queries.claims import newest_claim
from answerable.plan.queries.closing_tests import standing_test
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import as_it_stands


def _facts(opinion: Opinion) -> dict[str, object]:
    return {
        "reference": opinion.undertaking.recommendation.reference,
        "body": opinion.undertaking.body.name,
        "judgement": str(Judgement(opinion.judgement).label),
        "digest": opinion.digest,
    }


def _seen(undertaking: Undertaking, judgement: str, digest: str) -> tuple[Seen, ClosingTest, Claim]:
    """What is there to be seen now, where it is what the page showed and carries the judgement."""
    seen = seen_queries.seen_now(undertaking)
    rules.check_same_seen(digest, seen)
    test, claim = rules.check_something_to_judge(
        standing_test(undertaking), newest_claim(undertaking)
    )
    if judgement == Judgement.ASSURED:
        rules.check_can_assure(seen, timezone.localdate())
    return seen, test, claim


def _record_signed(opinion: Opinion) -> None:
    said = {"looked_at": opinion.looked_at, "missing": opinion.missing}
    audit.record(
        "opinion.signed",
        by=opinion.signed_by,
        on=opinion,
        facts=_facts(opinion),
        said={name: words for name, words in said.items() if words},
        at=opinion.signed_at,
    )


@act
def sign_opinion(
    *,
    by: Person,
    undertaking: Undertaking,
    judgement: str,
    looked_at: str,
    recheck_on: date,
    digest: str,
    proved_at: datetime | None,
    missing: str = "",
) -> Opinion:
    """Sign what was seen: assured, partly, or not. What was closed opens again if it is not assured.

    Args:
        by: a verifier, independent by the table of :data:`rules.independence.BARS`.
        undertaking: what is judged.
        judgement: one of :class:`Judgement`.
        looked_at: what she looked at.
        recheck_on: when it is looked at again.
        digest: of what the page showed her (:func:`queries.seen.seen_now`).
        proved_at: when she last proved who she is, by password or passkey.
        missing: what was missing; needed unless it is assured.

    Raises:
        Refused: where she may not, something has changed since, or nothing carries the judgement.
    """
    undertaking = as_it_stands(undertaking)
    now = timezone.now()
    rules.check_may_sign(by, undertaking)
    rules.check_proved(proved_at, now)
    rules.check_judgement(judgement, looked_at, missing)
    rules.check_recheck(recheck_on, timezone.localdate())
    seen, test, claim = _seen(undertaking, judgement, digest)
    opinion = Opinion.objects.create(
        undertaking=undertaking,
        judgement=judgement,
        looked_at=looked_at.strip(),
        missing=missing.strip(),
        recheck_on=recheck_on,
        digest=digest,
        seen=seen,
        closing_test=test,
        claim=claim,
        signed_by=by,
        signed_at=now,
    )
    _record_signed(opinion)
    reopen_if_undone(by=None, undertaking=undertaking)
    return opinion


@act
def withdraw_opinion(*, by: Person, opinion: Opinion, reason: str) -> Opinion:
    """Take an opinion back: by her who gave it or by the chair. It stays, with the reason.

    What was closed on it, and on no other, is open again.
    """
    opinion = queries.as_it_stands(opinion)
    rules.check_may_withdraw(by, opinion, reason)
    before = audit_queries.snapshot(opinion)
    opinion.withdrawn_at, opinion.withdrawn_by = timezone.now(), by
    opinion.withdrawn_reason = reason.strip()
    opinion.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record(
        "opinion.withdrawn",
        by=by,
        on=opinion,
        before=before,
        facts=_facts(opinion),
        said={"reason": opinion.withdrawn_reason},
    )
    reopen_if_undone(by=None, undertaking=opinion.undertaking)
    return opinion
