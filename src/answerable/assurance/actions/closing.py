"""Writes of closing and reopening: one undertaking at a time, each with its reason."""

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.models import Closure, Evidence, Opinion, Reopening
from answerable.assurance.queries import closing as queries
from answerable.assurance.queries.closing import Ground
from answerable.assurance.queries.opinions import standing_opinions
from answerable.assurance.rules import closing as rules
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.plan.models import Claim
from answerable.register.models import Link, Undertaking
from answerable.register.queries.undertakings import as_it_stands


def _facts(undertaking: Undertaking) -> dict[str, object]:
    return {
        "reference": undertaking.recommendation.reference,
        "body": undertaking.body.name,
    }


@act
def close_undertaking(*, by: Person, undertaking: Undertaking, how: str, reason: str) -> Closure:
    """Close one undertaking: on a standing opinion *assured*, or as not pursued.

    There is no closing of several at once, and none by a date.
    """
    undertaking = as_it_stands(undertaking)
    rules.check_may_close(by, undertaking)
    chosen = rules.check_how(how)
    rules.check_reason(chosen, reason)
    opinion = None
    if chosen == Closure.How.ASSURED:
        standing = standing_opinions(undertaking)
        opinion = rules.check_assured(by, undertaking, standing, timezone.localdate())
    closure = Closure.objects.create(
        undertaking=undertaking,
        how=chosen,
        reason=reason.strip(),
        opinion=opinion,
        by=by,
        at=timezone.now(),
    )
    facts = _facts(undertaking) | {"how": str(chosen.label)}
    audit.record(
        "undertaking.closed", by=by, on=closure, facts=facts, said={"reason": closure.reason}
    )
    return closure


COLUMNS: dict[type[Ground], str] = {
    Opinion: "opinion",
    Evidence: "evidence",
    Link: "link",
    Claim: "claim",
}
"""Where a reopening keeps what shows it."""


@act
def reopen_undertaking(
    *,
    by: Person | None,
    closure: Closure,
    because: str,
    words: str,
    ground: Ground | None = None,
) -> Reopening:
    """Open again what was closed. ``ground`` shows it; without one, the newest on the record.

    ``by`` is None where the machine does it, on what the record itself shows.
    """
    closure = queries.as_it_stands(closure)
    chosen = rules.check_because(because)
    rules.check_may_reopen(by, closure, chosen, words)
    shown = rules.check_ground(closure, chosen, ground, timezone.localdate())
    reopening = Reopening.objects.create(
        closure=closure,
        because=chosen,
        words=words.strip(),
        by=by,
        at=timezone.now(),
        **{COLUMNS[type(shown)]: shown},
    )
    facts = _facts(closure.undertaking) | {"because": str(chosen.label)}
    audit.record(
        "undertaking.reopened", by=by, on=reopening, facts=facts, said={"words": reopening.words}
    )
    return reopening
