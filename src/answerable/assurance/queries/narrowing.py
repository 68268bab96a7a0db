"""What the register's list can ask of claims, opinions and closures: each by itself."""

from collections.abc import Mapping

from django.db.models import Q

from answerable.assurance.models import Judgement, Opinion, Reopening
from answerable.assurance.queries.closing import open_closures
from answerable.assurance.queries.standing import judgements
from answerable.plan.models import Claim, Rung
from answerable.register.models import Undertaking
from answerable.register.queries.keys import these
from answerable.register.queries.listing import Narrowing
from answerable.register.queries.remembered import Memory

NONE, FALLEN = "none", "fallen"

CLAIMS: dict[str, str] = {
    NONE: "nothing claimed",
    **{str(value): str(label) for value, label in Rung.choices},
}
OPINIONS: dict[str, str] = {
    **{str(value): str(label) for value, label in Judgement.choices},
    FALLEN: "no opinion stands any more",
    NONE: "nobody independent has looked",
}
CLOSING: dict[str, str] = {
    "closed": "closed",
    "open": "not closed",
    "reopened": "closed before, and opened again",
}


def fitting(narrowing: Narrowing, memory: Memory) -> Q | None:
    """The undertakings that are as ``narrowing`` asks here, or None where it asks nothing."""
    found = Q()
    if narrowing.claim:
        found &= _claimed(narrowing.claim, memory)
    if narrowing.assurance:
        found &= _assured(narrowing.assurance)
    if narrowing.closing:
        found &= _closed(narrowing.closing)
    return found or None


def _claimed(claim: str, memory: Memory) -> Q:
    rungs = memory.of("rungs", _rungs)
    if claim == NONE:
        return ~Q(pk__in=these(rungs))
    return Q(pk__in=these(pk for pk, rung in rungs.items() if rung == claim))


def _rungs() -> Mapping[int, str]:
    """The rung that each undertaking stands on; what was passed on stands where it stood. Two queries."""
    rows = Claim.objects.order_by("made_at", "pk").values_list("undertaking_id", "rung")
    found = dict(rows)
    passed = Undertaking.objects.filter(passed_from__isnull=False).order_by("pk")
    # In the order in which they came to be: whatever was passed on twice is met after its first time.
    for pk, earlier in passed.values_list("pk", "passed_from_id"):
        if earlier in found:
            found.setdefault(pk, found[earlier])
    return found


def _assured(asked: str) -> Q:
    if asked == NONE:
        return ~Q(pk__in=Opinion.objects.values("undertaking"))
    standing = judgements()
    if asked == FALLEN:
        return Q(pk__in=these(pk for pk, values in standing.items() if not values))
    return Q(pk__in=these(pk for pk, values in standing.items() if asked in values))


def _closed(asked: str) -> Q:
    if asked == "reopened":
        return Q(pk__in=Reopening.objects.values("closure__undertaking"))
    closed = Q(pk__in=open_closures().values("undertaking"))
    return closed if asked == "closed" else ~closed
