"""What waits for someone independent: claims to assess, opinions to renew, what may be closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from answerable.accounts.models import Person
from answerable.assurance.models import Closure, Interest, Judgement, Opinion
from answerable.assurance.queries.closing import open_closures
from answerable.assurance.queries.standing import judgements
from answerable.plan.models import Claim, Rung
from answerable.register.models import Stands, Undertaking

READY = (Rung.READY, Rung.OTHER_MEANS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An undertaking that waits, since when, and what its body claims of it."""

    undertaking: Undertaking
    rung: Rung
    since: datetime
    is_closed: bool


def _rows() -> QuerySet[Undertaking]:
    """What is still owed, with the claim that counts and whether it is closed."""
    newest = Claim.objects.filter(undertaking=OuterRef("pk")).order_by("-made_at", "-pk")
    closed = open_closures().filter(undertaking=OuterRef("pk"), how=Closure.How.ASSURED)
    given_up = open_closures().filter(undertaking=OuterRef("pk"), how=Closure.How.NOT_PURSUED)
    rows = Undertaking.objects.filter(recommendation__withdrawn_at__isnull=True)
    rows = rows.exclude(stands=Stands.PASSED).exclude(Exists(given_up))
    return rows.annotate(
        rung=Subquery(newest.values("rung")[:1]),
        since=Subquery(newest.values("made_at")[:1]),
        is_closed=Exists(closed),
    ).select_related("body", "recommendation__report")


def _waiting(rows: Iterable[Undertaking]) -> list[Waiting]:
    found = [
        Waiting(row, Rung(row.rung), row.since, row.is_closed)  # type: ignore[attr-defined]
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.since, one.undertaking.pk))


def claimed_done(person: Person) -> list[Waiting]:
    """What is claimed to be done, longest waiting first, but for that in which ``person`` declared an interest."""
    mine = Interest.objects.filter(person=person, ended_at__isnull=True)
    rows = _rows().filter(rung__in=READY)
    rows = rows.exclude(body__in=mine.filter(body__isnull=False).values("body"))
    rows = rows.exclude(pk__in=mine.filter(undertaking__isnull=False).values("undertaking"))
    return _waiting(rows)


def to_assess(person: Person, claimed: Iterable[Waiting]) -> list[Waiting]:
    """Of what is claimed, that on which nobody has given an opinion, or too few have."""
    standing = judgements()
    few = _too_few(person)
    return [
        one
        for one in claimed
        if not one.is_closed and (one.undertaking.pk not in standing or one.undertaking.pk in few)
    ]


def _too_few(person: Person) -> set[int]:
    """Where others are assured, but fewer than the settings ask for, and ``person`` is not yet."""
    if settings.VERIFIERS_NEEDED < 2:
        return set()
    kept = Opinion.objects.filter(withdrawn_at__isnull=True, judgement=Judgement.ASSURED)
    counted = kept.values("undertaking").annotate(by=Count("signed_by", distinct=True))
    few = counted.filter(by__lt=settings.VERIFIERS_NEEDED).values_list("undertaking", flat=True)
    mine = set(kept.filter(signed_by=person).values_list("undertaking", flat=True))
    assured = {pk for pk, values in judgements().items() if values == {Judgement.ASSURED}}
    return (set(few) & assured) - mine


def to_renew(claimed: Iterable[Waiting]) -> list[Waiting]:
    """Of what is claimed, that on which no opinion stands any more, closed or not."""
    fallen = {pk for pk, values in judgements().items() if not values}
    return [one for one in claimed if one.undertaking.pk in fallen]


def to_close() -> list[Waiting]:
    """What is assured by everyone who judged it, and not closed; longest waiting first."""
    assured = {pk for pk, values in judgements().items() if values == {Judgement.ASSURED}}
    rows = _rows().filter(rung__in=READY, is_closed=False)
    return [one for one in _waiting(rows) if one.undertaking.pk in assured]
