"""A plan brought as a table: all that it asks for is done in one act, or nothing."""

from collections.abc import Sequence

from django.db import transaction

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit.actions import act
from answerable.plan.actions import moves, planned
from answerable.plan.models import Action
from answerable.plan.queries import workbook as queries
from answerable.plan.queries.workbook import Fault, Step
from answerable.plan.rules import planned as rules


class _Rehearsed(Exception):
    """Thrown at the end of a rehearsal, so that nothing of it stays."""


@act
def bring_plan(*, by: Person, body: Body, steps: Sequence[Step]) -> list[Step]:
    """Add, change and ask all that a table says. Each is an event of its own, as if done by hand."""
    rules.check_may_keep(by, body)
    plan = queries.plan_of(body)
    for step in steps:
        _do(by, body, plan.get(step.reference), step)
    return list(steps)


def rehearse_plan(*, by: Person, body: Body, sheet: str, steps: Sequence[Step]) -> list[Fault]:
    """What the rules have against each step, were they all done now. Nothing of it stays."""
    faults: list[Fault] = []
    try:
        with transaction.atomic():
            rules.check_may_keep(by, body)
            plan = queries.plan_of(body)
            for step in steps:
                try:
                    with transaction.atomic():
                        _try(by, body, plan.get(step.reference), step)
                except Refused as refused:
                    faults.append(Fault(sheet, step.row, step.column, refused.sentence))
            raise _Rehearsed
    except _Rehearsed:
        return faults


def _try(by: Person, body: Body, action: Action | None, step: Step) -> None:
    """As :func:`_do`; of what is new only the rules are asked, since nothing else stands on it."""
    if step.kind != queries.ADD:
        _do(by, body, action, step)
        return
    rules.check_title(step.given.get("title") or "")
    rules.check_owner(body, step.given.get("owner_role") or "", None)
    rules.check_cost(step.given.get("cost"))


def _do(by: Person, body: Body, action: Action | None, step: Step) -> None:
    if step.kind == queries.ADD:
        given = {key: value for key, value in step.given.items() if value is not None}
        planned.add_action(by=by, body=body, **given)
        return
    if action is None:
        raise Refused(f"There is no action {step.reference} in this plan.", code="reference")
    if step.kind == queries.CHANGE:
        planned.change_action(by=by, action=action, **step.given)
    elif step.kind == queries.FIRST_DATE:
        planned.date_action(by=by, action=action, **step.given)
    elif step.kind == queries.ASK_DATE:
        moves.ask_date(by=by, thing=action, **step.given)
    else:
        moves.ask_owner(by=by, action=action, **step.given)
