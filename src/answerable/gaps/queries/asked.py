"""Reads what hangs on every undertaking: replies, claims, tests, opinions, closures and actions.

One query a noun, streamed as plain values. Only what opinions are bound to is read in batches: that
is the same reading as on every page, and what it needs of the record is large.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import timezone

from answerable.assurance.models import Closure as ClosureRow
from answerable.assurance.models import Opinion as OpinionRow
from answerable.assurance.queries.opinions import Weighed, signed_elsewhere, weighed_of
from answerable.assurance.queries.seen import PARTS
from answerable.engine.gap_analysis.state import Asked, Claim, Closure, Opinion, Recommendation
from answerable.plan.models import Claim as ClaimRow
from answerable.plan.models import ClosingTest, Service
from answerable.register.models import Clock, Response, Undertaking
from answerable.register.queries.undertakings import MOST_SUCCESSIONS

A_BATCH = 500
"""So many undertakings with opinions are read together."""


@dataclass(frozen=True, slots=True)
class _Serving:
    """An action that serves an undertaking and was not abandoned."""

    reference: str
    runs: bool


@dataclass(frozen=True, slots=True)
class _Hanging:
    """Everything that hangs on undertakings, by the key of each. ``before`` are those of its line."""

    before: Mapping[int, Sequence[int]]
    answered: Mapping[int, date]
    claims: Mapping[int, Sequence[Claim]]
    tested: frozenset[int]
    opinions: Mapping[int, tuple[Opinion, ...]]
    closures: Mapping[int, Sequence[Closure]]
    serving: Mapping[int, Sequence[_Serving]]


def all_asked(recommendations: Mapping[int, Recommendation]) -> Iterator[Asked]:
    """Every undertaking of these recommendations, with everything that a rule reads of it."""
    hanging = _Hanging(
        _before(), _answered(), _claims(), _tested(), _opinions(), _closures(), _serving()
    )
    rows = Undertaking.objects.filter(recommendation__withdrawn_at__isnull=True).order_by("pk")
    facts = rows.values_list(
        "pk", "recommendation_id", "body__slug", "stands", "clock__due_on", "clock__state",
        "recommendation__paraphrased",
    )  # fmt: skip
    for pk, asked, body, stands, due_on, clock, elsewhere in facts.iterator():
        line = (pk, *hanging.before.get(pk, ()))
        yield Asked(
            recommendation=recommendations[asked].reference,
            body=body,
            stands=stands,
            answered_on=max(filter(None, map(hanging.answered.get, line)), default=None),
            due_on=due_on,
            paused=clock == Clock.State.PAUSED,
            tested=any(one in hanging.tested for one in line),
            claims=_along(hanging.claims, line),
            opinions=hanging.opinions.get(pk, ()),
            closures=tuple(hanging.closures.get(pk, ())),
            actions=tuple(one.reference for one in hanging.serving.get(pk, ())),
            left=tuple(
                one.reference
                for earlier in line[1:]
                for one in hanging.serving.get(earlier, ())
                if one.runs
            ),
            elsewhere=elsewhere,
        )


def _along(claims: Mapping[int, Sequence[Claim]], line: Sequence[int]) -> tuple[Claim, ...]:
    """What was claimed in a line, oldest first. Each body's own are in order already."""
    found = [claim for one in line for claim in claims.get(one, ())]
    return tuple(sorted(found, key=lambda claim: claim.at) if len(line) > 1 else found)


def _before() -> dict[int, list[int]]:
    """For what was passed on, the keys of the undertakings before it, newest first."""
    rows = Undertaking.objects.filter(passed_from__isnull=False)
    passed = dict(rows.values_list("pk", "passed_from_id"))
    found: dict[int, list[int]] = {}
    for pk in passed:
        line: list[int] = []
        one: int | None = passed[pk]
        while one is not None and len(line) < MOST_SUCCESSIONS:
            line.append(one)
            one = passed.get(one)
        found[pk] = line
    return found


def _answered() -> dict[int, date]:
    rows = Response.objects.order_by("dated_on").values_list("undertaking_id", "dated_on")
    return dict(rows.iterator())


def _claims() -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    rows = ClaimRow.objects.order_by("made_at", "pk")
    for of, rung, at in rows.values_list("undertaking_id", "rung", "made_at").iterator():
        found[of].append(Claim(rung, at, timezone.localdate(at)))
    return found


def _tested() -> frozenset[int]:
    agreed = ClosingTest.objects.filter(
        agreed_for_body_at__isnull=False, agreed_for_office_at__isnull=False
    )
    return frozenset(agreed.order_by().values_list("undertaking_id", flat=True))


def _closures() -> dict[int, list[Closure]]:
    found: dict[int, list[Closure]] = defaultdict(list)
    facts = ClosureRow.objects.values_list("undertaking_id", "how", "at", "reopening")
    for of, how, at, reopening in facts.order_by("at", "pk").iterator():
        found[of].append(Closure(how, timezone.localdate(at), reopening is None))
    return found


def _serving() -> dict[int, list[_Serving]]:
    found: dict[int, list[_Serving]] = defaultdict(list)
    rows = Service.objects.filter(taken_out_at__isnull=True, action__abandoned_at__isnull=True)
    facts = rows.order_by("action__serial").values_list(
        "undertaking_id", "action__reference", "action__done_on", "action__taken_over_by"
    )
    for of, reference, done_on, taken_over in facts.iterator():
        found[of].append(_Serving(reference, done_on is None and taken_over is None))
    return found


# --- Opinions, and what each is worth now ----------------------------------------------------------


def _opinions() -> dict[int, tuple[Opinion, ...]]:
    """The opinions that were not withdrawn, each with what it is worth now, oldest first."""
    kept = OpinionRow.objects.filter(
        withdrawn_at__isnull=True, undertaking__recommendation__withdrawn_at__isnull=True
    )
    keys = sorted(set(kept.order_by().values_list("undertaking_id", flat=True)))
    found: dict[int, tuple[Opinion, ...]] = {}
    for first in range(0, len(keys), A_BATCH):
        rows = Undertaking.objects.filter(pk__in=keys[first : first + A_BATCH])
        weighed = weighed_of(rows.select_related("recommendation"))
        for pk, every in weighed.items():
            found[pk] = tuple(_opinion(one) for one in every if not one.opinion.withdrawn_at)
    return found


def _opinion(weighed: Weighed) -> Opinion:
    one = weighed.opinion
    return Opinion(
        judgement=one.judgement,
        state=str(weighed.state),
        at=one.signed_at,
        on=timezone.localdate(one.signed_at),
        changed=_in_words(weighed.changed),
        elsewhere=signed_elsewhere(one),
    )


@cache
def _in_words(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(PARTS[part] for part in parts)
