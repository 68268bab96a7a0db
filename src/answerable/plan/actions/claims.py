"""Writes of claims: what a body says of its own delivery."""

from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.plan.models import Claim
from answerable.plan.rules import claims as rules
from answerable.register.models import Undertaking
from answerable.register.queries import undertakings


@act
def make_claim(
    *,
    by: Person,
    undertaking: Undertaking,
    rung: str,
    words: str,
    reason: str = "",
    signed_off_name: str = "",
    signed_off_role: str = "",
    slipped_on: date | None = None,
) -> Claim:
    """Enter how far a body says that delivery has come. Earlier claims stay beside it.

    ``slipped_on`` is the day from which something had slipped back, where the body owns up to it.
    """
    undertaking = undertakings.as_it_stands(undertaking)
    claimed, test = rules.check_all(
        by,
        undertaking,
        rung,
        words=words,
        reason=reason,
        sign_off=(signed_off_name, signed_off_role),
        slipped_on=slipped_on,
        today=timezone.localdate(),
    )
    claim = Claim.objects.create(
        undertaking=undertaking,
        rung=claimed,
        words=words.strip(),
        reason=reason.strip(),
        closing_test=test,
        signed_off_name=signed_off_name.strip(),
        signed_off_role=signed_off_role.strip(),
        slipped_on=slipped_on,
        made_by=by,
        made_at=timezone.now(),
    )
    facts = {
        "body": undertaking.body.name,
        "reference": undertaking.recommendation.reference,
        "rung": str(claimed.label),
    }
    verb = "claim.slipped" if slipped_on else "claim.made"
    said = {"signed_off_name": claim.signed_off_name} if claim.signed_off_name else None
    audit.record(verb, by=by, on=claim, facts=facts, said=said)
    return claim
