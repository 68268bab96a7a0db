"""Writes of actions: added, changed, dated, done, taken up again, abandoned."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine.clocks import in_words
from answerable.plan.models import Action, DateOf
from answerable.plan.queries import planned as queries
from answerable.plan.rules import planned as rules
from answerable.register.actions.references import next_serial

PREFIX = "A"


class Details(TypedDict, total=False):
    """What may be changed of an action at any time; each change is on record."""

    title: str
    words: str
    cost: Decimal | None
    funding: str
    funding_ends_on: date | None


NAMES = {
    "title": "the title",
    "words": "the description",
    "cost": "the cost",
    "funding": "the funding",
    "funding_ends_on": "the end of the funding",
}


@act
def add_action(
    *,
    by: Person,
    body: Body,
    title: str,
    owner_role: str,
    words: str = "",
    owner: Person | None = None,
    owner_name: str = "",
    due_on: date | None = None,
    date_of: str = DateOf.BODY,
    cost: Decimal | None = None,
    funding: str = "",
    funding_ends_on: date | None = None,
) -> Action:
    """Add to a body's plan what it will do. The date given now is its first date for ever."""
    rules.check_may_keep(by, body)
    rules.check_title(title)
    rules.check_owner(body, owner_role, owner)
    rules.check_cost(cost)
    rules.check_date_of(by, body, date_of)
    serial = next_serial(PREFIX)
    action = Action.objects.create(
        reference=f"{PREFIX}-{serial:04}",
        serial=serial,
        body=body,
        title=title.strip(),
        words=words.strip(),
        owner_role=owner_role.strip(),
        owner=owner,
        owner_name=owner_name.strip(),
        date_of=date_of,
        first_due_on=due_on,
        due_on=due_on,
        cost=cost,
        funding=funding.strip(),
        funding_ends_on=funding_ends_on,
        added_by=by,
        added_at=timezone.now(),
    )
    facts = {"action": action.reference, "body": body.name}
    said = {"owner_name": action.owner_name} if action.owner_name else None
    audit.record("action.added", by=by, on=action, facts=facts, said=said)
    return action


@act
def change_action(*, by: Person, action: Action, **details: Unpack[Details]) -> Action:
    """Change the words, cost or funding of an action. What it said before stays on record."""
    action = queries.as_it_stands(action)
    rules.check_may_change(by, action)
    rules.check_title(details.get("title", action.title))
    rules.check_cost(details.get("cost", action.cost))
    changed = {name: was for name in details if (was := getattr(action, name)) != details[name]}  # type: ignore[literal-required]
    if not changed:
        return action
    before = audit_queries.snapshot(action)
    for name in changed:
        setattr(action, name, details[name])  # type: ignore[literal-required]
    action.save(update_fields=list(changed))
    audit.record(
        "action.changed",
        by=by,
        on=action,
        before=before,
        facts={"action": action.reference, "what": ", ".join(NAMES[name] for name in changed)},
        said={name: str(was) for name, was in changed.items() if was not in (None, "")},
    )
    return action


@act
def date_action(*, by: Person, action: Action, due_on: date) -> Action:
    """Give an action that had none its first date."""
    action = queries.as_it_stands(action)
    rules.check_under_way(by, action)
    rules.check_undated(action)
    before = audit_queries.snapshot(action)
    action.first_due_on = action.due_on = due_on
    action.save(update_fields=["first_due_on", "due_on"])
    facts = {"action": action.reference, "due": in_words(due_on)}
    audit.record("action.dated", by=by, on=action, before=before, facts=facts)
    return action


@act
def complete_action(*, by: Person, action: Action, on: date) -> Action:
    """Record that an action was done. It says nothing of what came of it."""
    action = queries.as_it_stands(action)
    rules.check_under_way(by, action)
    rules.check_past(on, timezone.localdate())
    rules.check_milestones_settled(action)
    before = audit_queries.snapshot(action)
    action.done_on = on
    action.save(update_fields=["done_on"])
    facts = {"action": action.reference, "on": in_words(on)}
    audit.record("action.done", by=by, on=action, before=before, facts=facts)
    return action


@act
def resume_action(*, by: Person, action: Action, reason: str) -> Action:
    """Take up again what was done, and say why."""
    action = queries.as_it_stands(action)
    rules.check_resuming(by, action, reason)
    before = audit_queries.snapshot(action)
    action.done_on = None
    action.save(update_fields=["done_on"])
    facts, said = {"action": action.reference}, {"reason": reason.strip()}
    audit.record("action.resumed", by=by, on=action, before=before, facts=facts, said=said)
    return action


@act
def abandon_action(*, by: Person, action: Action, reason: str) -> Action:
    """Abandon an action. It stays on every list, with the reason, and serves nothing any more."""
    action = queries.as_it_stands(action)
    rules.check_under_way(by, action)
    rules.check_abandoning(reason)
    before = audit_queries.snapshot(action)
    action.abandoned_at = timezone.now()
    action.abandoned_by = by
    action.abandoned_reason = reason.strip()
    action.save(update_fields=["abandoned_at", "abandoned_by", "abandoned_reason"])
    facts, said = {"action": action.reference}, {"reason": action.abandoned_reason}
    audit.record("action.abandoned", by=by, on=action, before=before, facts=facts, said=said)
    return action
