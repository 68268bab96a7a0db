"""Reads of closing and reopening: what is closed now, how often it came back, what is due again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.assurance.models import Closure, Evidence, Judgement, Opinion, Reopening, Use
from answerable.assurance.queries import evidence as evidence_queries
from answerable.assurance.queries import opinions
from answerable.plan.models import Claim, Rung
from answerable.plan.queries.claims import claims_of
from answerable.register.models import Link, Relation, Undertaking
from answerable.register.queries import links

ASKS_AGAIN = (Relation.SAME, Relation.EXTENDS, Relation.PARTLY)
"""Links by which a later recommendation asks for what was closed."""
Ground = Opinion | Evidence | Link | Claim
"""What shows that a closed matter is not done with."""


def closures_of(undertaking: Undertaking) -> list[Closure]:
    """Every closure with the reopening that undid it, oldest first."""
    rows = Closure.objects.filter(undertaking=undertaking)
    return list(rows.select_related("by", "opinion", "reopening__by").order_by("at", "pk"))


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


def expired_since(closure: Closure, day: date) -> list[Evidence]:
    """The evidence on which it was closed that is too old on ``day``."""
    if closure.opinion is None:
        return []
    ids = [one["id"] for one in closure.opinion.seen["evidence"]]
    rows = Evidence.objects.filter(pk__in=ids, expires_on__lt=day)
    return list(rows.order_by("expires_on", "pk"))


def asked_again(closure: Closure) -> list[Link]:
    """Links signed since it was closed by which a later recommendation asks for the same."""
    rows = links.standing().filter(
        earlier=closure.undertaking.recommendation, relation__in=ASKS_AGAIN, at__gt=closure.at
    )
    return list(rows.select_related("later__report"))


def own_words(closure: Closure) -> list[Claim]:
    """Claims made since it was closed by which the body itself says that it is not so any more."""
    since = [c for c in claims_of(closure.undertaking) if c.made_at > closure.at]
    done = (Rung.READY, Rung.OTHER_MEANS)
    return [c for c in since if c.slipped_on or c.rung not in done]


def reasons_to_reopen(closure: Closure, day: date) -> list[Reason]:
    """Everything on which this closure can be reopened today. Four queries."""
    because = Reopening.Because
    found: tuple[tuple[Reopening.Because, Iterable[Ground]], ...] = (
        (because.RECHECK_FAILED, failed_rechecks(closure)),
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
    rows = open_closures().filter(opinion__isnull=False)
    rows = rows.select_related("undertaking__body", "undertaking__recommendation", "opinion")
    due = [(recheck_on(closure), closure.pk, closure) for closure in rows]
    last = day + timedelta(days=within_days)
    return [closure for on, _, closure in sorted(due, key=lambda d: d[:2]) if on <= last]


def recheck_on(closure: Closure) -> date:
    """The day by which an assured closure is looked at again, by its newest opinion *assured*.

    Raises:
        ValueError: for what was not pursued, which no opinion carries.
    """
    if closure.opinion is None:
        raise ValueError("what is not pursued is not checked again")
    newest = opinions.newest_opinion(closure.undertaking)
    if newest is not None and newest.judgement == Judgement.ASSURED:
        return newest.recheck_on
    return closure.opinion.recheck_on


def expiring(person: Person, day: date, *, within_days: int) -> list[Use]:
    """Uses of evidence that is too old on ``day`` or soon will be, soonest first."""
    rows = Use.objects.filter(
        evidence__in=evidence_queries.seen_by(person),
        taken_out_at__isnull=True,
        evidence__expires_on__lt=day + timedelta(days=within_days),
    )
    if not is_of_office(person):
        rows = rows.filter(undertaking__body=person.body_id)
    return list(
        rows.select_related(
            "evidence", "undertaking__body", "undertaking__recommendation"
        ).order_by("evidence__expires_on", "pk")
    )
