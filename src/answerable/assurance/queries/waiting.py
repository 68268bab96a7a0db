"""What waits for someone independent: claims to assess, opinions to renew, what may be closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from answerable.accounts.models import Person
from answerable.assurance.models import Closure, Interest, Judgement, Opinion, Reopening
from answerable.assurance.queries.closing import open_closures
from answerable.assurance.queries.standing import judgements
from answerable.plan.models import Claim, Rung
from answerable.register.models import Stands, Undertaking

READY = (Rung.READY, Rung.OTHER_MEANS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An undertaking that waits, since when, and what its body claims of it.

    ``came_back`` says that it was closed and opened again, and that nobody was assured of it since.
    """

    undertaking: Undertaking
    rung: Rung
    since: datetime
    is_closed: bool
    came_back: bool = False


def _rows() -> QuerySet[Any]:
    """What is still owed, with the claim that counts and whether it is closed."""
    newest = Claim.objects.filter(undertaking=OuterRef("pk")).order_by("-made_at", "-pk")
    closed = open_closures().filter(undertaking=OuterRef("pk"), how=Closure.How.ASSURED)
    given_up = open_closures().filter(undertaking=OuterRef("pk"), how=Closure.How.NOT_PURSUED)
    rows = Undertaking.objects.filter(recommendation__withdrawn_at__isnull=True)
    rows = rows.exclude(stands=Stands.PASSED).exclude(Exists(given_up))
    undone = Reopening.objects.filter(closure__undertaking=OuterRef("pk")).order_by("-at")
    assured = Opinion.objects.filter(
        undertaking=OuterRef("pk"), judgement=Judgement.ASSURED, withdrawn_at__isnull=True
    ).order_by("-signed_at")
    return rows.annotate(
        reopened_at=Subquery(undone.values("at")[:1]),
        assured_at=Subquery(assured.values("signed_at")[:1]),
        rung=Subquery(newest.values("rung")[:1]),
        since=Subquery(newest.values("made_at")[:1]),
        is_closed=Exists(closed),
    ).select_related("body", "recommendation__report")


def _waiting(rows: QuerySet[Any]) -> list[Waiting]:
    found = [
        Waiting(row, Rung(row.rung), row.since, row.is_closed, _came_back(row)) for row in rows
    ]
    return sorted(found, key=lambda one: (one.since, one.undertaking.pk))


def _came_back(row: Any) -> bool:
    if row.reopened_at is None:
        return False
    return row.assured_at is None or bool(row.assured_at <= row.reopened_at)


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
    """Of what is claimed, that on which no opinion stands any more, closed or not.

    And what came back, though an earlier opinion *assured* still stands.
    """
    standing = judgements()
    judged = [one for one in claimed if one.undertaking.pk in standing]
    return [one for one in judged if one.came_back or not standing[one.undertaking.pk]]


def to_close() -> list[Waiting]:
    """What is assured by everyone who judged it, since it last came back, and is not closed."""
    assured = {pk for pk, values in judgements().items() if values == {Judgement.ASSURED}}
    rows = _rows().filter(rung__in=READY, is_closed=False)
    return [one for one in _waiting(rows) if one.undertaking.pk in assured and not one.came_back]
