"""Reads of closing and reopening: what is closed now, how often it came back, what is due again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet

from answerable.assurance.models import Closure, Evidence, Judgement, Opinion, Reopening
from answerable.plan.models import Claim, Rung
from answerable.plan.queries.claims import claims_of
from answerable.register.models import Link, Relation, Undertaking
from answerable.register.queries import links
from answerable.register.queries.keys import these

ASKS_AGAIN = (Relation.SAME, Relation.EXTENDS, Relation.PARTLY)
"""Links by which a later recommendation asks for what was closed."""
Ground = Opinion | Evidence | Link | Claim
"""What shows that a closed matter is not done with."""


def closures_of(undertaking: Undertaking) -> list[Closure]:
    """Every closure with the reopening that undid it, oldest first."""
    rows = Closure.objects.filter(undertaking=undertaking)
    return list(rows.select_related("by", "opinion", "reopening__by").order_by("at", "pk"))


def closures_to(undertakings: Iterable[Undertaking]) -> list[Closure]:
    """Every closing of any of ``undertakings``, oldest first, with the reopening of each. One query."""
    rows = Closure.objects.filter(undertaking__in=these(one.pk for one in undertakings))
    return list(rows.select_related("reopening").order_by("at", "pk"))


def reopening_of(closure: Closure) -> Reopening | None:
    """The reopening that undid a closure, or None while it stands."""
    return Reopening.objects.filter(closure=closure).first()


def as_it_stands(closure: Closure) -> Closure:
    """The closure read anew, with what it closed."""
    rows = Closure.objects.select_related(
        "undertaking__body", "undertaking__recommendation", "opinion"
    )
    return rows.get(pk=closure.pk)


def open_closures() -> QuerySet[Closure]:
    """The closures that stand: nobody has reopened them."""
    return Closure.objects.filter(reopening__isnull=True)


def standing_closure(undertaking: Undertaking) -> Closure | None:
    """The closure that stands for an undertaking, or None where it is open."""
    return open_closures().filter(undertaking=undertaking).select_related("by", "opinion").first()


def last_reopening(undertaking: Undertaking) -> Reopening | None:
    """The last time that it came back, or None."""
    return Reopening.objects.filter(closure__undertaking=undertaking).order_by("at", "pk").last()


def times_reopened(undertaking: Undertaking) -> int:
    """How often it was closed and came back."""
    return Reopening.objects.filter(closure__undertaking=undertaking).count()


# --- What shows that a closed matter is not done with ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground on which a closure can be reopened."""

    because: Reopening.Because
    ground: Ground


def failed_rechecks(closure: Closure) -> list[Opinion]:
    """Opinions signed since it was closed that do not assure it, nor were withdrawn."""
    rows = Opinion.objects.filter(undertaking=closure.undertaking, signed_at__gt=closure.at)
    return list(rows.filter(withdrawn_at__isnull=True).exclude(judgement=Judgement.ASSURED))


def carried_by(closure: Closure) -> Opinion | None:
    """The opinion *assured* that carries a closure now: its newest, or the one it was closed on.

    What is checked again stands on the newer look; None for what is not pursued.
    """
    if closure.opinion is None:
        return None
    rows = Opinion.objects.filter(undertaking=closure.undertaking_id, withdrawn_at__isnull=True)
    newest = rows.order_by("signed_at", "pk").last()
    if newest is not None and newest.judgement == Judgement.ASSURED:
        return newest
    return closure.opinion


def withdrawn_since(closure: Closure) -> list[Opinion]:
    """Opinions *assured* withdrawn since it was closed, where too few verifiers are left."""
    if closure.opinion is None:
        return []
    rows = Opinion.objects.filter(
        undertaking=closure.undertaking_id, judgement=Judgement.ASSURED
    ).order_by("withdrawn_at", "pk")
    left = {opinion.signed_by_id for opinion in rows if not opinion.withdrawn_at}
    if len(left) >= settings.VERIFIERS_NEEDED:
        return []
    return [o for o in rows if o.withdrawn_at and o.withdrawn_at > closure.at]


def expired_since(closure: Closure, day: date) -> list[Evidence]:
    """The evidence that carries what was closed and is too old on ``day``."""
    carries = carried_by(closure)
    if carries is None:
        return []
    ids = [one["id"] for one in carries.seen["evidence"]]
    rows = Evidence.objects.filter(pk__in=ids, expires_on__lt=day)
    return list(rows.order_by("expires_on", "pk"))


def asked_again(closure: Closure) -> list[Link]:
    """Links signed since it was closed by which a later recommendation asks for the same."""
    rows = links.standing().filter(
        earlier=closure.undertaking.recommendation, relation__in=ASKS_AGAIN, at__gt=closure.at
    )
    return list(rows.select_related("earlier", "later__report"))


def own_words(closure: Closure) -> list[Claim]:
    """Claims made since it was closed by which the body itself says that it is not so any more."""
    since = [c for c in claims_of(closure.undertaking) if c.made_at > closure.at]
    done = (Rung.READY, Rung.OTHER_MEANS)
    return [c for c in since if c.slipped_on or c.rung not in done]


def reasons_to_reopen(closure: Closure, day: date) -> list[Reason]:
    """Everything on which this closure can be reopened today. At most seven queries."""
    because = Reopening.Because
    found: tuple[tuple[Reopening.Because, Iterable[Ground]], ...] = (
        (because.RECHECK_FAILED, failed_rechecks(closure)),
        (because.OPINION_WITHDRAWN, withdrawn_since(closure)),
        (because.EVIDENCE_EXPIRED, expired_since(closure, day)),
        (because.ASKED_AGAIN, asked_again(closure)),
        (because.OWN_WORD, own_words(closure)),
    )
    return [Reason(why, ground) for why, grounds in found for ground in grounds]


# --- What is due ----------------------------------------------------------------------------------


def rechecks_due(day: date, *, within_days: int = 0) -> list[Closure]:
    """Standing closures whose opinion must be looked at again by ``day``, soonest first.

    Closed is not gone: one that was checked again since keeps the newer date.
    """
    last = day + timedelta(days=within_days)
    found = list(_standing_assured())
    dates = recheck_dates(found)
    due = [closure for closure in found if dates[closure.pk] <= last]
    return sorted(due, key=lambda c: (dates[c.pk], c.pk))


def _standing_assured() -> QuerySet[Closure]:
    rows = open_closures().filter(opinion__isnull=False)
    return rows.select_related("undertaking__body", "undertaking__recommendation", "opinion")


def recheck_dates(closures: Sequence[Closure]) -> dict[int, date]:
    """By when each assured closure is looked at again, by its key. One query, however many."""
    newest: dict[int, tuple[str, date]] = {}
    dates: dict[int, date] = {}
    rows = Opinion.objects.filter(
        undertaking__in=[c.undertaking_id for c in closures], withdrawn_at__isnull=True
    ).order_by("signed_at", "pk")
    for undertaking, judgement, on in rows.values_list("undertaking", "judgement", "recheck_on"):
        newest[undertaking] = (judgement, on)
    for closure in closures:
        if closure.opinion is not None:
            own = (Judgement.ASSURED, closure.opinion.recheck_on)
            judgement, on = newest.get(closure.undertaking_id, own)
            assured = judgement == Judgement.ASSURED
            dates[closure.pk] = on if assured else closure.opinion.recheck_on
    return dates


def recheck_on(closure: Closure) -> date:
    """The day by which an assured closure is looked at again, by its newest opinion *assured*.

    Raises:
        ValueError: for what was not pursued, which no opinion carries.
    """
    carries = carried_by(closure)
    if carries is None:
        raise ValueError("what is not pursued is not checked again")
    return carries.recheck_on
