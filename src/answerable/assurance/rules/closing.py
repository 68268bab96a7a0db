"""When the chair may close an undertaking, and on what it is opened again."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_may_for, check_may_judge
from answerable.assurance.models import Closure, Judgement, Opinion, Reopening
from answerable.assurance.queries import closing as queries
from answerable.assurance.queries.closing import Ground
from answerable.assurance.queries.evidence import expired_in, uses_of
from answerable.assurance.rules import lives
from answerable.assurance.rules.independence import SEPARATION, bars_against, check_independent
from answerable.audit.rules import check_step
from answerable.engine.clocks import in_words
from answerable.plan.rules.who import check_owed, check_said
from answerable.register.models import Undertaking

GROUNDS = {
    Reopening.Because.RECHECK_FAILED: "an opinion signed since, that does not assure it",
    Reopening.Because.OPINION_WITHDRAWN: "that opinion withdrawn, with none in its place",
    Reopening.Because.EVIDENCE_EXPIRED: "evidence on which it was closed, that is too old now",
    Reopening.Because.ASKED_AGAIN: "a link signed since, to a later recommendation that asks for it",
    Reopening.Because.OWN_WORD: "a claim made since, in which the body itself takes it back",
}
"""What must be shown for each reason to reopen."""


def check_may_close(person: Person, undertaking: Undertaking) -> None:
    """Only the chair, where nothing keeps her from judging, and what is not closed already."""
    check_independent(person, undertaking)
    check_may_judge(person, Permission.UNDERTAKING_CLOSE, undertaking.body)
    check_owed(undertaking)
    closed = queries.standing_closure(undertaking) is not None
    check_step(lives.CLOSURE, "close_undertaking", "closed" if closed else "open")


def check_how(how: str) -> Closure.How:
    """On what it is closed; refuses anything but the two ways there are."""
    if how not in Closure.How.values:
        raise Refused("Choose on what this is closed.", code="how")
    return Closure.How(how)


def check_reason(how: Closure.How, reason: str) -> None:
    """Refuses a closure without its reason, which is published."""
    if how == Closure.How.NOT_PURSUED:
        check_said(reason, "Say why this is not pursued. The reason is published.")
    check_said(reason, "Say on what you close this. The reason is published.")


def check_assured(
    person: Person, undertaking: Undertaking, standing: Sequence[Opinion], today: date
) -> Opinion:
    """The opinion on which it is closed.

    Every opinion that stands must say *assured*, and as many verifiers as the settings ask for must
    have looked since it last came back; none of them the chair herself, none tied to the undertaking
    since; and nothing seen is too old.
    """
    assured = [o for o in standing if o.judgement == Judgement.ASSURED]
    if not assured:
        raise Refused(
            "No opinion “assured” stands, so this cannot be closed as assured.", code="opinion"
        )
    if len(assured) < len(standing):
        raise Refused(
            "The verifiers differ, and both opinions stand, so this cannot be closed as assured.",
            code="differ",
        )
    assured = _looked_since(undertaking, assured)
    _check_enough(assured)
    _check_signers(person, undertaking, assured)
    if any(o.recheck_on < today for o in assured) or expired_in(uses_of(undertaking), today):
        raise Refused(
            "What was seen is too old by now. It must be checked again before this is closed.",
            code="expired",
        )
    return assured[-1]


def _looked_since(undertaking: Undertaking, assured: list[Opinion]) -> list[Opinion]:
    """Those signed since it last came back: what brought it back, no earlier look can answer."""
    last = queries.last_reopening(undertaking)
    if last is None:
        return assured
    since = [opinion for opinion in assured if opinion.signed_at > last.at]
    if not since:
        day = in_words(timezone.localdate(last.at))
        raise Refused(
            f"It was opened again on {day}, and nobody has looked since. It must be checked again "
            "before this is closed.",
            code="since",
        )
    return since


def _check_enough(assured: Sequence[Opinion]) -> None:
    if len(assured) < settings.VERIFIERS_NEEDED:
        raise Refused(
            f"{settings.VERIFIERS_NEEDED} verifiers must have signed “assured” before this is "
            f"closed, and {len(assured)} has.",
            code="second_verifier",
        )


def _check_signers(person: Person, undertaking: Undertaking, assured: Sequence[Opinion]) -> None:
    if any(o.signed_by_id == person.pk for o in assured):
        raise Refused("You signed the opinion, so someone else must close this.", code=SEPARATION)
    for opinion in assured:
        for bar in bars_against(opinion.signed_by, undertaking):
            raise Refused(
                "The opinion was signed by someone who is no longer independent "
                f"({bar.who[0].lower()}{bar.who[1:]}). It must be checked by someone else.",
                code=SEPARATION,
            )


def check_may_reopen(
    person: Person | None, closure: Closure, because: Reopening.Because, words: str
) -> None:
    """The office reopens; the body only by its own word; None is the machine, on what it can see."""
    if closure.undertaking.passed_to.exists():
        check_owed(closure.undertaking)
    reopened = queries.reopening_of(closure) is not None
    check_step(lives.CLOSURE, "reopen_undertaking", "open" if reopened else "closed")
    check_said(words, "Say why this is opened again.", "words")
    if person is None:
        return
    check_may_for(person, Permission.UNDERTAKING_REOPEN, closure.undertaking.body)
    if not person.body.is_office and because != Reopening.Because.OWN_WORD:
        raise Refused(
            "The body itself reopens by its own word: a claim that takes it back.", code=SEPARATION
        )


def check_because(because: str) -> Reopening.Because:
    """Why it is opened again; refuses anything but the reasons there are."""
    if because not in Reopening.Because.values:
        raise Refused("Choose why this is opened again.", code="because")
    return Reopening.Because(because)


def check_ground(
    closure: Closure, because: Reopening.Because, ground: Ground | None, today: date
) -> Ground:
    """What shows it; refuses a reason that nothing on the record shows."""
    grounds = [r.ground for r in queries.reasons_to_reopen(closure, today) if r.because == because]
    found = ground if ground is not None else (grounds[-1] if grounds else None)
    if found is None or found not in grounds:
        raise Refused(f"This needs {GROUNDS[because]}, and there is none.", code="ground")
    return found
