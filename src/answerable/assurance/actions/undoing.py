"""Reopening that nobody decides: what has come to the record since leaves nothing to judge.

A failed re-check and a withdrawn opinion reopen in the transaction of the signature
(:mod:`answerable.assurance.actions.opinions`); a claim and a link do in that of the acts here, which
stand for those of the subjects below; expired evidence does in the review that runs each hour.
Each is an event of its own, by no person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.actions.closing import reopen_undertaking
from answerable.assurance.models import Closure, Reopening
from answerable.assurance.queries import closing, undone
from answerable.audit.actions import act
from answerable.plan.actions import claims
from answerable.plan.models import Claim
from answerable.plan.rules.claims import check_several
from answerable.register.actions import links
from answerable.register.models import Link, Recommendation, Undertaking
from answerable.register.rules.who import By


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was signed, and what it opened again."""

    link: Link
    reopened: tuple[Reopening, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that was entered, and what it opened again."""

    claim: Claim
    reopened: tuple[Reopening, ...]


@act
def sign_link(
    *, by: By, earlier: Recommendation, later: Recommendation, relation: str, reason: str
) -> Linked:
    """Sign how two recommendations are linked; what was closed and is asked anew opens again."""
    link = links.sign_link(by=by, earlier=earlier, later=later, relation=relation, reason=reason)
    rows = closing.open_closures().filter(undertaking__recommendation=link.earlier_id)
    return Linked(link, _reopen(rows))


@act
def make_claim(*, by: Person, undertaking: Undertaking, **said: Any) -> Claimed:
    """Enter a body's claim; what was closed opens again where the body takes it back.

    ``said`` is as :func:`answerable.plan.actions.claims.make_claim` takes it.
    """
    claim = claims.make_claim(by=by, undertaking=undertaking, **said)
    return Claimed(claim, reopen_if_undone(by=None, undertaking=undertaking))


@act
def make_claims(
    *, by: Person, claims: Sequence[tuple[Undertaking, Mapping[str, Any]]]
) -> list[Claimed]:
    """Enter a claim for each of several undertakings, each in its own words: all of them or none.

    Each is an event of its own, as if it had been entered alone.
    """
    check_several([undertaking for undertaking, _ in claims])
    return [make_claim(by=by, undertaking=one, **said) for one, said in claims]


@act
def reopen_if_undone(*, by: None, undertaking: Undertaking) -> tuple[Reopening, ...]:
    """Open an undertaking again where the record itself undoes its closure. Nobody decides it."""
    return _reopen(closing.open_closures().filter(undertaking=undertaking.pk))


def review_closures(*, by: None) -> list[Reopening]:
    """Open again all that the record itself undoes by today, each in a transaction of its own."""
    day = timezone.localdate()
    found = [closure for closure in undone.perhaps_undone(day) if undone.undoing(closure, day)]
    return [
        one for closure in found for one in reopen_if_undone(by=by, undertaking=closure.undertaking)
    ]


def _reopen(closures: Iterable[Closure]) -> tuple[Reopening, ...]:
    day = timezone.localdate()
    made = (_reopen_one(closing.as_it_stands(closure), day) for closure in closures)
    return tuple(one for one in made if one is not None)


def _reopen_one(closure: Closure, day: date) -> Reopening | None:
    reason = undone.undoing(closure, day)
    if reason is None or closure.undertaking.passed_to.exists():
        return None
    return reopen_undertaking(
        by=None,
        closure=closure,
        because=reason.because,
        words=undone.words_for(reason),
        ground=reason.ground,
    )
