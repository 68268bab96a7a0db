"""Closures that the record itself undoes: what has come since leaves nothing to judge.

Where a person must weigh it (an old report that was linked late, a body that was not asked again),
it is offered to a person instead, with everything else in :func:`closing.reasons_to_reopen`.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.assurance.models import Closure, Evidence, Judgement, Opinion, Reopening, Use
from answerable.assurance.queries import closing
from answerable.assurance.queries.closing import Reason
from answerable.engine.clocks import in_words
from answerable.plan.models import Claim, Rung
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries.links import asked_on
from answerable.register.queries.undertakings import line_of

Because = Reopening.Because


def undoing(closure: Closure, day: date) -> Reason | None:
    """The first thing on the record that undoes a closure by itself on ``day``, or None."""
    reasons = closing.reasons_to_reopen(closure, day)
    return next((reason for reason in reasons if _needs_no_judgement(closure, reason)), None)


def _needs_no_judgement(closure: Closure, reason: Reason) -> bool:
    """Anything against what was found to be so; and, of either kind, what was asked anew since."""
    if isinstance(reason.ground, Link):
        return is_asked_anew(closure, reason.ground.later)
    return closure.how == Closure.How.ASSURED


def is_asked_anew(closure: Closure, later: Recommendation) -> bool:
    """Whether ``later`` was asked of the same body, on the day of the closure or after it."""
    if asked_on(later) < timezone.localdate(closure.at):
        return False
    line = [one.body_id for one in line_of(closure.undertaking)]
    heirs = Body.objects.filter(undertakings__passed_from=closure.undertaking).values("pk")
    theirs = later.undertakings.filter(Q(body__in=line) | Q(body__in=heirs))
    return theirs.exists()


def perhaps_undone(day: date) -> Iterator[Closure]:
    """Standing closures that are worth a closer look on ``day``: a few, out of however many."""
    of_it = {"undertaking": OuterRef("undertaking")}
    opinions = Opinion.objects.filter(**of_it, signed_at__gt=OuterRef("at"))
    claims = Claim.objects.filter(**of_it, made_at__gt=OuterRef("at"))
    links = Link.objects.filter(
        earlier=OuterRef("undertaking__recommendation"),
        at__gt=OuterRef("at"),
        taken_back_at__isnull=True,
    )
    old = Use.objects.filter(**of_it, evidence__expires_on__lt=day)
    rows = closing.open_closures().filter(
        Exists(Opinion.objects.filter(**of_it, withdrawn_at__gt=OuterRef("at")))
        # What its body took over from another may rest on evidence handed in for that one.
        | Q(undertaking__passed_from__isnull=False)
        | Exists(opinions.exclude(judgement=Judgement.ASSURED))
        | Exists(claims)
        | Exists(links)
        | Exists(old)
    )
    rows = rows.filter(undertaking__passed_to__isnull=True)
    related = ("undertaking__body", "undertaking__recommendation", "opinion")
    yield from rows.select_related(*related).order_by("at", "pk")


def words_for(reason: Reason) -> str:
    """What the record says of a reopening that nobody had to decide: a sentence without any name."""
    match reason.ground:
        case Opinion() as opinion:
            return _of_opinion(opinion)
        case Evidence() as evidence:
            until = in_words(evidence.expires_on) if evidence.expires_on else "then"
            return f"Evidence on which this was closed was good until {until}."
        case Link() as link:
            later = link.later
            says = f"{later.reference} {Relation(link.relation).label} {link.earlier.reference}"
            return f"{says}. It was asked on {in_words(asked_on(later))}."
        case Claim() as claim:
            return _of_claim(claim)


def _of_opinion(opinion: Opinion) -> str:
    if opinion.withdrawn_at:
        day = in_words(timezone.localdate(opinion.withdrawn_at))
        return f"The opinion on which this was closed was withdrawn on {day}."
    day = in_words(timezone.localdate(opinion.signed_at))
    return f"It was checked again on {day}: {Judgement(opinion.judgement).label}."


def _of_claim(claim: Claim) -> str:
    if claim.slipped_on:
        return f"The body itself reported that this slipped back on {in_words(claim.slipped_on)}."
    day = in_words(timezone.localdate(claim.made_at))
    return f"Since {day} the body itself claims no more than “{Rung(claim.rung).label}”."
