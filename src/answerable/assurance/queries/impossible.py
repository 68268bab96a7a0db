"""States of assurance that no act leads to, named in words, even where an event was written for them.

As in :mod:`answerable.plan.queries.impossible`: what is found here was written by hand.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import Person, Role, RoleHeld
from answerable.assurance.models import (
    Closure,
    Evidence,
    Graded,
    Interest,
    Judgement,
    Opinion,
    Reopening,
    Sample,
    Use,
)
from answerable.assurance.queries.closing import open_closures
from answerable.assurance.queries.seen import digest_of
from answerable.engine import sampling
from answerable.plan.models import Action, Claim, OwnerChange, Rung, Service
from answerable.register.models import Response, Undertaking
from answerable.register.queries.undertakings import line_of

DONE = (Rung.READY, Rung.OTHER_MEANS)


def _on(undertaking: Undertaking) -> str:
    return f"on {undertaking.recommendation.reference} of {undertaking.body.name}"


def _opinions() -> QuerySet[Opinion]:
    return Opinion.objects.select_related(
        "signed_by__body", "undertaking__recommendation", "undertaking__body"
    )


def _held(role: Role, person: str, at: str) -> Exists:
    """Whether the person in a column held a role at the moment in another."""
    rows = RoleHeld.objects.filter(
        person=OuterRef(person), role=role, begun_at__lte=OuterRef(at)
    ).filter(Q(ended_at__isnull=True) | Q(ended_at__gte=OuterRef(at)))
    return Exists(rows)


# --- Opinions ---------------------------------------------------------------------------------------


def _other_digests() -> Iterator[str]:
    """Opinions bound to something else than what they say was seen."""
    for opinion in _opinions().iterator(chunk_size=200):
        bound = opinion.digest == digest_of(opinion.seen)
        if not bound or opinion.seen.get("undertaking") != opinion.undertaking_id:
            yield (
                f"The opinion {opinion.pk} {_on(opinion.undertaking)} is not bound to what it says "
                "was seen."
            )


def _not_independent() -> Iterator[str]:
    """Opinions of people who were tied to what they judged when they signed."""
    for opinion in _opinions().order_by("pk").iterator(chunk_size=200):
        if _was_tied(opinion.signed_by, opinion.undertaking, opinion.signed_at):
            yield (
                f"The opinion {opinion.pk} {_on(opinion.undertaking)} was signed by someone who was "
                "not independent."
            )
    for opinion in _opinions().filter(~_held(Role.VERIFIER, "signed_by", "signed_at")):
        yield f"The opinion {opinion.pk} {_on(opinion.undertaking)} was signed by no verifier."


def _was_tied(person: Person, undertaking: Undertaking, at: datetime) -> bool:
    line = line_of(undertaking)
    if person.body_id in {one.body_id for one in line} or not person.body.is_office:
        return True
    uses = Use.objects.filter(undertaking__in=line, added_at__lt=at)
    interests = Interest.objects.filter(person=person, declared_at__lt=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    )
    bodies = [one.body_id for one in line]
    return (
        uses.filter(Q(added_by=person) | Q(evidence__uploaded_by=person)).exists()
        or Response.objects.filter(
            undertaking__in=line, entered_by=person, entered_at__lt=at
        ).exists()
        or Claim.objects.filter(undertaking__in=line, made_by=person, made_at__lt=at).exists()
        or interests.filter(Q(undertaking__in=line) | Q(body__in=bodies)).exists()
        or _had_owned(person, line, at)
    )


def _had_owned(person: Person, line: list[Undertaking], at: datetime) -> bool:
    """Whether the person had owned, by that moment, an action that served one of a line by then."""
    served = Service.objects.filter(undertaking__in=line, added_at__lt=at).values("action")
    for action in Action.objects.filter(pk__in=served):
        changes = OwnerChange.objects.filter(action=action, approved_at__isnull=False)
        steps = list(changes.order_by("approved_at", "pk"))
        owners = {steps[0].owner_before_id if steps else action.owner_id}
        owners |= {c.owner_after_id for c in steps if c.approved_at and c.approved_at < at}
        if person.pk in owners:
            return True
    return False


def _groundless() -> Iterator[str]:
    """Opinions *assured* that nothing they say was seen can carry."""
    for opinion in _opinions().filter(judgement=Judgement.ASSURED).iterator(chunk_size=200):
        seen, day = opinion.seen, timezone.localdate(opinion.signed_at).isoformat()
        pieces = seen.get("evidence") or []
        old = any(one["expires_on"] and one["expires_on"] < day for one in pieces)
        claimed = (seen.get("claim") or {}).get("rung") in DONE
        graded = all(one["grade_set"] for one in pieces)
        if old or not claimed or not graded or not (pieces or seen.get("samples")):
            yield f"The opinion {opinion.pk} {_on(opinion.undertaking)} says “assured” on nothing."


# --- Closing ----------------------------------------------------------------------------------------


def _closures() -> QuerySet[Closure]:
    return Closure.objects.select_related(
        "opinion", "by__body", "undertaking__recommendation", "undertaking__body"
    ).order_by("pk")


def _unfounded_closures() -> Iterator[str]:
    """Closures on no opinion *assured* that could carry them."""
    for closure in _closures().filter(how=Closure.How.ASSURED):
        opinion = closure.opinion
        if (
            opinion is None
            or opinion.judgement != Judgement.ASSURED
            or opinion.undertaking_id != closure.undertaking_id
            or opinion.signed_at > closure.at
            or (opinion.withdrawn_at and opinion.withdrawn_at < closure.at)
        ):
            yield (
                f"The closure {closure.pk} {_on(closure.undertaking)} stands on no opinion “assured”."
            )
    for closure in _closures().filter(opinion__signed_by=F("by")):
        yield f"The closure {closure.pk} {_on(closure.undertaking)} was decided by who signed."


def _closures_by_others() -> Iterator[str]:
    """Closures by whoever was no chair, or was tied to what they closed."""
    for closure in _closures().filter(~_held(Role.CHAIR, "by", "at")):
        yield f"The closure {closure.pk} {_on(closure.undertaking)} was decided by no chair."
    for closure in _closures():
        if _was_tied(closure.by, closure.undertaking, closure.at):
            yield (
                f"The closure {closure.pk} {_on(closure.undertaking)} was decided by someone who was "
                "not independent."
            )


def _closed_twice() -> Iterator[str]:
    twice = open_closures().order_by().values("undertaking").annotate(n=Count("pk")).filter(n__gt=1)
    for row in twice:
        yield f"The undertaking {row['undertaking']} is closed twice at once."


def _groundless_reopenings() -> Iterator[str]:
    """Reopenings that name no ground, or several, or came before what they undo."""
    grounds = ("opinion_id", "evidence_id", "link_id", "claim_id")
    for reopening in Reopening.objects.select_related("closure").order_by("pk"):
        named = [name for name in grounds if getattr(reopening, name) is not None]
        if len(named) != 1 or reopening.at < reopening.closure.at:
            yield f"The reopening {reopening.pk} of closure {reopening.closure_id} has no ground."


# --- Evidence, samples, interests -------------------------------------------------------------------


def _misplaced_evidence() -> Iterator[str]:
    for use in Use.objects.exclude(evidence__body=F("undertaking__body")).select_related(
        "evidence"
    ):
        yield f"The evidence {use.evidence_id} is offered for another body than its own."
    own = Q(by=F("evidence__uploaded_by")) | Q(by__body=F("evidence__body"))
    for grade in Graded.objects.filter(own):
        yield f"The evidence {grade.evidence_id} was graded by whoever handed it in, or by its body."
    for evidence in Evidence.objects.filter(is_public=True).exclude(findings=[]):
        yield f"The evidence {evidence.pk} is public although the check found personal data in it."


def _chosen_samples() -> Iterator[str]:
    """Samples whose seed is not the one that was committed to before the list came."""
    for sample in Sample.objects.filter(drawn_at__isnull=False):
        true = sampling.digest_of_seed(sample.seed) == sample.seed_digest
        if not true or (sample.drawn_at and sample.drawn_at < sample.committed_at):
            yield f"The sample {sample.pk} was not drawn by the seed that was committed to."


def _own_interests() -> Iterator[str]:
    for interest in Interest.objects.filter(ended_by=F("person")):
        yield f"The interest {interest.pk} was ended by whoever declared it."


CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    _other_digests,
    _not_independent,
    _groundless,
    _unfounded_closures,
    _closures_by_others,
    _closed_twice,
    _groundless_reopenings,
    _misplaced_evidence,
    _chosen_samples,
    _own_interests,
)


def impossible() -> str | None:
    """The first state of assurance that no act leads to, in words, or None."""
    return next((sentence for check in CHECKS for sentence in check()), None)
