"""Writes of the ledger: moves of dates and changes of owner, asked by one, decided by another."""

from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine.clocks import in_words
from answerable.plan.models import Action, ClosingTest, DateMove, Milestone, OwnerChange
from answerable.plan.queries import closing_tests, planned
from answerable.plan.queries import moves as queries
from answerable.plan.queries.moves import Dated
from answerable.plan.rules import moves as rules


def _now(thing: Dated) -> Dated:
    """The thing read anew."""
    if isinstance(thing, ClosingTest):
        return closing_tests.as_it_stands(thing)
    if isinstance(thing, Milestone):
        return planned.milestone_as_it_stands(thing)
    return planned.as_it_stands(thing)


def _facts(move: DateMove) -> dict[str, object]:
    return {
        "what": queries.name_of(queries.thing_of(move)),
        "before": in_words(move.before),
        "after": in_words(move.after),
    }


@act
def ask_date(*, by: Person, thing: Dated, after: date, reason: str) -> DateMove:
    """Ask to move the date of an action, a milestone or a closing test. Nothing moves yet."""
    thing = _now(thing)
    rules.check_may_ask(by, thing)
    move = DateMove.objects.create(
        before=rules.check_asked(thing, after, reason, timezone.localdate()),
        after=after,
        reason=reason.strip(),
        asked_by=by,
        asked_at=timezone.now(),
        **{queries.field_of(thing): thing},
    )
    audit.record("date.asked", by=by, on=move, facts=_facts(move), said={"reason": move.reason})
    return move


@act
def approve_date(*, by: Person, move: DateMove) -> DateMove:
    """Approve a move that someone else asked for: the date moves, the first date stays beside it."""
    move = queries.as_it_stands(move)
    rules.check_may_approve(by, move)
    thing = queries.thing_of(move)
    before = audit_queries.snapshot(move, thing)
    move.approved_by, move.approved_at = by, timezone.now()
    move.save(update_fields=["approved_by", "approved_at"])
    thing.due_on = move.after
    thing.save(update_fields=["due_on"])
    audit.record("date.moved", by=by, on=move, also=[thing], before=before, facts=_facts(move))
    return move


@act
def refuse_date(*, by: Person, move: DateMove, reason: str) -> DateMove:
    """Refuse a move, or take back one's own. The date stays; that it was asked stays on record."""
    move = queries.as_it_stands(move)
    rules.check_may_refuse(by, move)
    rules.check_refusal(reason)
    before = audit_queries.snapshot(move)
    move.refused_by, move.refused_at, move.refused_reason = by, timezone.now(), reason.strip()
    move.save(update_fields=["refused_by", "refused_at", "refused_reason"])
    said = {"reason": move.refused_reason}
    audit.record("date.refused", by=by, on=move, before=before, facts=_facts(move), said=said)
    return move


@act
def ask_owner(
    *,
    by: Person,
    action: Action,
    role: str,
    reason: str,
    owner: Person | None = None,
    name: str = "",
) -> OwnerChange:
    """Ask that another post or person answer for an action. Nothing changes yet."""
    action = planned.as_it_stands(action)
    rules.check_may_ask_owner(by, action)
    rules.check_asked_owner(action, role, owner, name, reason)
    change = OwnerChange.objects.create(
        action=action,
        role_before=action.owner_role,
        role_after=role.strip(),
        owner_before=action.owner,
        owner_after=owner,
        name_before=action.owner_name,
        name_after=name.strip(),
        reason=reason.strip(),
        asked_by=by,
        asked_at=timezone.now(),
    )
    facts, said = {"action": action.reference}, {"reason": change.reason}
    if change.name_after:
        said["owner_name"] = change.name_after
    audit.record("owner.asked", by=by, on=change, facts=facts, said=said)
    return change


@act
def approve_owner(*, by: Person, change: OwnerChange) -> OwnerChange:
    """Approve a change of owner that someone else asked for. Who owned it before stays on record."""
    change = queries.change_as_it_stands(change)
    rules.check_may_approve_owner(by, change)
    action = change.action
    before = audit_queries.snapshot(change, action)
    change.approved_by, change.approved_at = by, timezone.now()
    change.save(update_fields=["approved_by", "approved_at"])
    action.owner_role, action.owner = change.role_after, change.owner_after
    action.owner_name = change.name_after
    action.save(update_fields=["owner_role", "owner", "owner_name"])
    facts = {"action": action.reference}
    audit.record("owner.changed", by=by, on=change, also=[action], before=before, facts=facts)
    return change


@act
def refuse_owner(*, by: Person, change: OwnerChange, reason: str) -> OwnerChange:
    """Refuse a change of owner, or take back one's own."""
    change = queries.change_as_it_stands(change)
    rules.check_may_refuse_owner(by, change)
    rules.check_refusal(reason)
    before = audit_queries.snapshot(change)
    change.refused_by, change.refused_at = by, timezone.now()
    change.refused_reason = reason.strip()
    change.save(update_fields=["refused_by", "refused_at", "refused_reason"])
    facts, said = {"action": change.action.reference}, {"reason": change.refused_reason}
    audit.record("owner.refused", by=by, on=change, before=before, facts=facts, said=said)
    return change
