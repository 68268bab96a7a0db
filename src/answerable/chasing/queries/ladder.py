"""Reads of the ladder: each step as it is set now, and which comes next for a date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils.timezone import localdate

from answerable.chasing.models import STEPS, Chase, Ladder, Setting, Step, StepSet

APART = 7
"""Days between two steps of one ladder, unless the office has set them closer: a ladder that is
begun late does not send all of them at once."""


def steps() -> list[Setting]:
    """Every step as it is set now, in its order. One query."""
    newest: dict[tuple[str, str], StepSet] = {}
    for row in StepSet.objects.order_by("version"):
        newest[row.ladder, row.step] = row
    return [_as_set(one, newest.get((one.ladder, one.step))) for one in STEPS]


def _as_set(came: Setting, row: StepSet | None) -> Setting:
    if row is None:
        return came
    return replace(
        came,
        days=row.days,
        words=row.words,
        automatic=row.automatic,
        in_use=row.in_use,
        version=row.version,
    )


def step_of(ladder: str, step: str) -> Setting | None:
    """One step as it is set now, or None where there is no such step."""
    return next((s for s in steps() if (s.ladder, s.step) == (ladder, step)), None)


def versions_of(one: Setting) -> list[StepSet]:
    """Every version of a step that an office has set, newest first."""
    rows = StepSet.objects.filter(ladder=one.ladder, step=one.step).select_related("changed_by")
    return list(rows.order_by("-version"))


def ladder_of(ladder: Ladder, settings: Sequence[Setting]) -> list[Setting]:
    """The steps of one ladder that are in use, in their order."""
    return [s for s in settings if s.ladder == ladder and s.in_use]


def next_step(
    ladder: Sequence[Setting], made: Sequence[Chase], due_on: date, day: date
) -> Setting | None:
    """The step that is to be prepared on ``day``, or None where it is too early.

    Never two at once: a step follows when the one before it went or was held back, some days ago.
    """
    done = {chase.step for chase in made}
    left = [s for s in ladder if s.step not in done and _after(s.step, done)]
    if not left or day < due_on + timedelta(days=left[0].days):
        return None
    before = max(made, key=lambda c: list(Step).index(Step(c.step)), default=None)
    if before is None:
        return left[0]
    days = next((s.days for s in ladder if s.step == before.step), left[0].days - APART)
    ended = before.sent_at or before.held_at
    apart = timedelta(days=min(APART, max(left[0].days - days, 1)))
    return left[0] if ended and localdate(ended) + apart <= day else None


def _after(step: Step, done: set[str]) -> bool:
    """Whether ``step`` comes after every step that was made: none is gone back to."""
    order = list(Step)
    return all(order.index(Step(other)) < order.index(step) for other in done)
