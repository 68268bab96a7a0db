"""Reads what hangs on undertakings: replies, claims, tests, opinions, closures and actions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from answerable.assurance.models import Closure as ClosureRow
from answerable.assurance.models import Opinion as OpinionRow
from answerable.assurance.queries.opinions import Weighed, signed_elsewhere, weighed_of
from answerable.assurance.queries.seen import PARTS
from answerable.engine.gap_analysis.state import Asked, Claim, Closure, Opinion, Recommendation
from answerable.plan.models import Claim as ClaimRow
from answerable.plan.models import ClosingTest, Service
from answerable.register.models import Clock, Response, Undertaking
from answerable.register.queries.undertakings import Lines, in_lines, lines_of, owners_of

Told = dict[int, list[Any]]
"""What hangs on each undertaking, by its key."""


@dataclass(frozen=True, slots=True)
class _Hanging:
    """Everything that hangs on a batch of undertakings; along its line where that counts."""

    answered: Told
    claims: Told
    tested: Told
    opinions: Mapping[int, Sequence[Weighed]]
    closures: Told
    serving: Told
    left: Told


def asked_of(
    batch: Sequence[Undertaking], recommendations: Mapping[int, Recommendation]
) -> list[Asked]:
    """Each of a batch with everything that a rule reads of it. The same queries however many."""
    lines = lines_of(batch)
    serving, left = _actions(lines)
    hanging = _Hanging(
        answered=_along(lines, _replies(lines)),
        claims=_along(lines, _claims(lines)),
        tested=_along(lines, _tests(lines)),
        opinions=_opinions(batch),
        closures=_closures(batch),
        serving=serving,
        left=left,
    )
    return [_asked(one, recommendations[one.recommendation_id].reference, hanging) for one in batch]


def _asked(one: Undertaking, reference: str, hanging: _Hanging) -> Asked:
    clock: Clock | None = getattr(one, "clock", None)
    answered: list[date] = hanging.answered[one.pk]
    return Asked(
        recommendation=reference,
        body=one.body.slug,
        stands=one.stands,
        answered_on=answered[-1] if answered else None,
        due_on=clock.due_on if clock else None,
        paused=clock is not None and clock.state == Clock.State.PAUSED,
        tested=bool(hanging.tested[one.pk]),
        claims=tuple(hanging.claims[one.pk]),
        opinions=tuple(map(_opinion, hanging.opinions.get(one.pk, ()))),
        closures=tuple(hanging.closures.get(one.pk, ())),
        actions=tuple(hanging.serving.get(one.pk, ())),
        left=tuple(hanging.left.get(one.pk, ())),
    )


def _along(lines: Lines, rows: Sequence[tuple[int, Any]]) -> Told:
    """For each line what hangs on any undertaking of it, in the order given."""
    owners = owners_of(lines)
    found: Told = {pk: [] for pk in lines}
    for of, thing in rows:
        for pk in owners[of]:
            found[pk].append(thing)
    return found


def _replies(lines: Lines) -> list[tuple[int, date]]:
    rows = Response.objects.filter(undertaking__in=in_lines(lines))
    return list(
        rows.order_by("dated_on", "entered_at", "pk").values_list("undertaking_id", "dated_on")
    )


def _claims(lines: Lines) -> list[tuple[int, Claim]]:
    rows = ClaimRow.objects.filter(undertaking__in=in_lines(lines)).order_by("made_at", "pk")
    return [
        (of, Claim(rung, at, timezone.localdate(at)))
        for of, rung, at in rows.values_list("undertaking_id", "rung", "made_at")
    ]


def _tests(lines: Lines) -> list[tuple[int, int]]:
    agreed = ClosingTest.objects.filter(
        undertaking__in=in_lines(lines),
        agreed_for_body_at__isnull=False,
        agreed_for_office_at__isnull=False,
    )
    return list(agreed.order_by("version", "pk").values_list("undertaking_id", "pk"))


def _opinions(batch: Sequence[Undertaking]) -> Mapping[int, Sequence[Weighed]]:
    """The opinions that were not withdrawn, each with what it is worth now."""
    kept = OpinionRow.objects.filter(
        undertaking__in=[one.pk for one in batch], withdrawn_at__isnull=True
    )
    judged = set(kept.values_list("undertaking_id", flat=True))
    weighed = weighed_of(one for one in batch if one.pk in judged)
    return {
        pk: [one for one in every if one.opinion.withdrawn_at is None]
        for pk, every in weighed.items()
    }


def _opinion(weighed: Weighed) -> Opinion:
    one = weighed.opinion
    return Opinion(
        judgement=one.judgement,
        state=str(weighed.state),
        at=one.signed_at,
        on=timezone.localdate(one.signed_at),
        changed=tuple(PARTS[part] for part in weighed.changed),
        elsewhere=signed_elsewhere(one),
    )


def _closures(batch: Sequence[Undertaking]) -> Told:
    found: Told = defaultdict(list)
    rows = ClosureRow.objects.filter(undertaking__in=[one.pk for one in batch])
    facts = rows.order_by("at", "pk").values_list("undertaking_id", "how", "at", "reopening")
    for of, how, at, reopening in facts:
        found[of].append(Closure(how, timezone.localdate(at), reopening is None))
    return found


def _actions(lines: Lines) -> tuple[Told, Told]:
    """What serves each undertaking now; and what runs for it in a plan before, taken over by nobody."""
    owners, serving, left = owners_of(lines), defaultdict(list), defaultdict(list)
    rows = Service.objects.filter(
        undertaking__in=in_lines(lines),
        taken_out_at__isnull=True,
        action__abandoned_at__isnull=True,
    ).order_by("action__serial")
    facts = rows.values_list(
        "undertaking_id", "action__reference", "action__done_on", "action__taken_over_by"
    )
    for of, reference, done_on, taken_over in facts:
        if of in lines:
            serving[of].append(reference)
        runs = done_on is None and taken_over is None
        for pk in owners[of]:
            if runs and pk != of:
                left[pk].append(reference)
    return serving, left
