"""What may have been asked before: the likest recommendations, and what people decided of them.

Whoever is of a body is shown only what was asked of that body. Nothing here says that something is
new, or the same: a person decides that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office, may
from answerable.engine.similarity import Likeness, Why
from answerable.engine.similarity.odds import odds
from answerable.register.models import Dismissal, Link, Recommendation, Suggestion
from answerable.register.queries import dismissals, links, recommendations
from answerable.register.queries.keys import these
from answerable.register.queries.likeness_index import CANDIDATES, Found, Index, Mask, Sought
from answerable.register.queries.listing import scope_of
from answerable.register.queries.recommendations import words_compared
from answerable.register.queries.remembered import Memory

MOST = 50
"""So many proposals are remembered of each recommendation; nobody reads more."""
FEW = 25
"""Candidates of each where the likest of many recommendations are looked for at once."""
CHANCE = 0.5
"""From these odds of any relation on a likeness waits for a person."""
SUGGESTED = 3
"""So many of each recommendation are kept for the list of what waits."""
LONGEST = 20_000
"""Characters of a question that are read."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike, with its parts and why, without the texts that were compared."""

    score: float
    parts: Mapping[str, float]
    why: Why

    @classmethod
    def of(cls, likeness: Likeness) -> "Alike":
        """What is kept of a likeness."""
        return cls(likeness.score, dict(likeness.parts), likeness.why)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recommendation that may ask for the same, why, how likely, and what people decided.

    ``link`` is the one that stands between the two; ``dismissals`` are all, those taken back too.
    """

    recommendation: Recommendation
    likeness: Alike | Likeness
    odds: Mapping[str, float]
    asked_on: date
    link: Link | None = None
    dismissals: tuple[Dismissal, ...] = field(default=())
    same_report: bool = False

    @property
    def dismissal(self) -> Dismissal | None:
        """Who said that the two are not alike, while that stands."""
        return next((one for one in self.dismissals if one.taken_back_at is None), None)

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.link is None and self.dismissal is None

    @property
    def related(self) -> float:
        """The odds that any relation holds."""
        return 1 - self.odds["unrelated"]


# --- Of a recommendation -------------------------------------------------------------------------


def proposals_for(
    person: Person, recommendation: Recommendation, top: int = 10, memory: Memory | None = None
) -> list[Proposal]:
    """The likest that were asked before it, likest first; what was dismissed stands last.

    ``top`` of those not dismissed (at most :data:`MOST`), and every dismissed one that was found.
    """
    memory = memory or Memory()
    found = memory.of(
        ("proposals", scope_of(person), recommendation.pk),
        lambda: _looked_for(person, [recommendation], MOST)[recommendation.pk],
    )
    return _in_order(found, top, dismissed=True)


def best_for(
    person: Person,
    those: Sequence[Recommendation],
    top: int = 1,
    memory: Memory | None = None,
) -> dict[int, list[Proposal]]:
    """For each of ``those`` the likest that were asked before it and nobody dismissed, by its key.

    As many queries for a whole report as for one recommendation, where ``report`` and
    ``corrections`` of each are there.
    """
    memory = memory or Memory()
    keys = tuple(sorted(one.pk for one in those))
    found = memory.of(
        ("best", scope_of(person), keys, top),
        lambda: _looked_for(person, those, top, most=FEW, dismissed=False),
    )
    return {pk: list(one) for pk, one in found.items()}


def _looked_for(
    person: Person,
    those: Sequence[Recommendation],
    top: int,
    *,
    most: int = CANDIDATES,
    dismissed: bool = True,
) -> dict[int, list[Proposal]]:
    index = Index()
    theirs = _theirs(person, index)
    sought = [
        Sought(
            words_compared(one),
            index.earlier_than(links.asked_on(one), one.serial) & theirs,
        )
        for one in those
    ]
    found = index.likest(sought, most=most)
    others = _read(one.pk for kept in found for one in kept)
    decided = _Decided.of(those, others)
    return {
        here.pk: _in_order(
            (decided.proposal(here, one, others[one.pk]) for one in kept), top, dismissed
        )
        for here, kept in zip(those, found, strict=True)
    }


def _in_order(found: Iterable[Proposal], top: int, dismissed: bool) -> list[Proposal]:
    """The likest ``top`` that nobody dismissed, and then, if asked for, the dismissed ones."""
    standing: list[Proposal] = []
    aside: list[Proposal] = []
    for one in found:
        if one.dismissal is not None:
            aside.append(one)
        elif len(standing) < top:
            standing.append(one)
        if len(standing) == top and not dismissed:
            break
    return standing + (aside if dismissed else [])


def _theirs(person: Person | None, index: Index) -> Mask:
    """Which of the index ``person`` may know of; all of it where a command asks."""
    if person is None:
        return index.there
    seen = recommendations.seen_by(person)
    if is_of_office(person):
        return index.there
    return index.among(seen.values_list("serial", flat=True))


def _read(keys: Iterable[int]) -> dict[int, Recommendation]:
    rows = Recommendation.objects.filter(pk__in=these(set(keys)))
    rows = rows.select_related("report").prefetch_related("corrections")
    return {one.pk: one for one in rows}


@dataclass(frozen=True, slots=True)
class _Decided:
    """What people decided of some pairs, by the pair."""

    links: Mapping[frozenset[int], Link]
    dismissals: Mapping[frozenset[int], list[Dismissal]]

    @classmethod
    def of(cls, those: Iterable[Recommendation], others: Iterable[int]) -> "_Decided":
        here, there = these({one.pk for one in those}), these(set(others))
        pairs = Q(earlier__in=here, later__in=there) | Q(later__in=here, earlier__in=there)
        signed = links.standing().filter(pairs).select_related("earlier", "later", "signed_by")
        found: dict[frozenset[int], list[Dismissal]] = {}
        for one in Dismissal.objects.filter(pairs).select_related("dismissed_by", "taken_back_by"):
            found.setdefault(frozenset((one.earlier_id, one.later_id)), []).append(one)
        return cls({frozenset((x.earlier_id, x.later_id)): x for x in signed}, found)

    def proposal(self, here: Recommendation, found: Found, other: Recommendation) -> Proposal:
        pair = frozenset((here.pk, other.pk))
        return Proposal(
            recommendation=other,
            likeness=Alike.of(found.likeness),
            odds=odds(found.likeness),
            asked_on=links.asked_on(other),
            link=self.links.get(pair),
            dismissals=tuple(self.dismissals.get(pair, ())),
            same_report=here.report_id == other.report_id,
        )


# --- Of a sentence that is in no report yet -------------------------------------------------------


def asked_before(person: Person | None, text: str, top: int = 20) -> list[Proposal]:
    """The likest of all that ``person`` may know of to some words, likest first. Nothing is kept.

    ``person`` is None where a command asks.
    """
    index = Index()
    sought = Sought(text[:LONGEST].replace("\x00", " "), _theirs(person, index))
    [found] = index.likest([sought])
    others = _read(one.pk for one in found[:top])
    return [
        Proposal(
            recommendation=others[one.pk],
            likeness=one.likeness,
            odds=odds(one.likeness),
            asked_on=links.asked_on(others[one.pk]),
        )
        for one in found[:top]
    ]


# --- What waits for a person ---------------------------------------------------------------------


def suggested(those: Sequence[Recommendation]) -> dict[int, list[Found]]:
    """For each of ``those`` the likest that were entered before it, of other reports, by its key.

    Each pair is found once: by the one that was entered last.
    """
    index = Index()
    serials = np.arange(len(index.rows))
    sought = [
        Sought(
            words_compared(one),
            index.there & (serials < one.serial) & (index.rows["report"] != one.report_id),
        )
        for one in those
    ]
    found = index.likest(sought, most=FEW)
    return {one.pk: kept[:SUGGESTED] for one, kept in zip(those, found, strict=True)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two recommendations of which nobody has said how they stand to each other."""

    earlier: Recommendation
    later: Recommendation
    related: float


def _undecided() -> "QuerySet[Suggestion]":
    one, other = OuterRef("recommendation"), OuterRef("other")
    pair = Q(earlier=one, later=other) | Q(earlier=other, later=one)
    return Suggestion.objects.filter(
        ~Exists(links.standing().filter(pair)),
        ~Exists(dismissals.standing().filter(pair)),
        recommendation__withdrawn_at=None,
        other__withdrawn_at=None,
        related__gte=CHANCE,
    )


def waiting_likenesses(person: Person, limit: int = 10) -> list[Waiting]:
    """The newest suggestions that nobody has signed or dismissed, for whoever may; newest first.

    One of each recommendation: the likeliest. They were found by the background worker.
    """
    if not (is_of_office(person) and may(person, Permission.LINK_SIGN)):
        return []
    rows = _undecided().order_by("-recommendation__serial", "-related", "other__serial")
    told = rows.select_related("recommendation__report", "other__report")
    return [_waiting(one) for one in _one_of_each(told[: limit * 5])][:limit]


def waiting_beside() -> Coalesce:
    """How many earlier ones wait beside each recommendation of a query, to be put on it."""
    rows = _undecided().filter(recommendation=OuterRef("pk")).order_by().values("recommendation")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


def newest_suggestion() -> int:
    """Changes whenever the background worker has found something, which is no event."""
    return Suggestion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _one_of_each(rows: Iterable[Suggestion]) -> Iterator[Suggestion]:
    seen: set[int] = set()
    for one in rows:
        if one.recommendation_id not in seen:
            seen.add(one.recommendation_id)
            yield one


def _waiting(suggestion: Suggestion) -> Waiting:
    two = (suggestion.recommendation, suggestion.other)
    earlier, later = sorted(two, key=lambda one: (links.asked_on(one), one.serial))
    return Waiting(earlier, later, suggestion.related)


# --- What people decided, as data ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """What somebody decided of two recommendations: a relation, or that there is none."""

    earlier: Recommendation
    later: Recommendation
    relation: str
    decided_on: date


def decided_pairs() -> Iterator[Pair]:
    """Every pair that stands signed or dismissed, in the order in which that was decided."""
    names = ("earlier", "later")
    corrected = ("earlier__corrections", "later__corrections")
    signed = links.standing().select_related(*names).prefetch_related(*corrected)
    dismissed = dismissals.standing().select_related(*names).prefetch_related(*corrected)
    decided: list[Link | Dismissal] = [*signed, *dismissed]
    for one in sorted(decided, key=lambda one: (one.at, one.pk)):
        relation = one.relation if isinstance(one, Link) else "unrelated"
        yield Pair(one.earlier, one.later, relation, one.at.date())
