"""A successor takes over what the body before it had planned: with its first date, moves and all."""

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.plan.models import Action, Milestone, Service
from answerable.plan.queries import planned, succession
from answerable.plan.rules import planned as planned_rules
from answerable.plan.rules import succession as rules
from answerable.register.actions.references import next_serial

CARRIED = ("title", "words", "date_of", "first_due_on", "due_on", "cost", "funding", "funding_ends_on")  # fmt: skip


@act
def take_over_action(
    *,
    by: Person,
    action: Action,
    owner_role: str,
    owner: Person | None = None,
    owner_name: str = "",
) -> Action:
    """Carry an action on in the plan of the body's successor, under an owner of its own.

    The first date stays the first date, and every move of it stays in the ledger. What it served
    is served by the new one; milestones that wait go with it. The old one stays as it was.
    """
    action = planned.as_it_stands(action)
    now = timezone.now()
    heir = rules.check_may_take_over(by, action, timezone.localdate(now))
    planned_rules.check_owner(heir, owner_role, owner)
    serial = next_serial("A")
    carried = Action.objects.create(
        reference=f"A-{serial:04}",
        serial=serial,
        body=heir,
        taken_over_from=action,
        owner_role=owner_role.strip(),
        owner=owner,
        owner_name=owner_name.strip(),
        added_by=by,
        added_at=now,
        **{name: getattr(action, name) for name in CARRIED},
    )
    services = _services(action, carried, heir, by)
    milestones = _milestones(action, carried, by)
    facts = {"action": carried.reference, "before": action.reference, "body": action.body.name}
    also = [*services, *milestones]
    audit.record("action.taken_over", by=by, on=carried, also=also, facts=facts)
    return carried


def _services(action: Action, carried: Action, heir: Body, by: Person) -> list[Service]:
    return [
        Service.objects.create(
            action=carried,
            undertaking=passed,
            spans=service.spans,
            words_digest=service.words_digest,
            note=service.note,
            added_by=by,
            added_at=carried.added_at,
        )
        for service, passed in succession.served_on(action, heir)
    ]


def _milestones(action: Action, carried: Action, by: Person) -> list[Milestone]:
    return [
        Milestone.objects.create(
            action=carried,
            title=before.title,
            date_of=before.date_of,
            first_due_on=before.first_due_on,
            due_on=before.due_on,
            added_by=by,
            added_at=carried.added_at,
        )
        for before in succession.running_milestones(action)
    ]
