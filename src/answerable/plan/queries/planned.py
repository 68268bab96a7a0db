"""Reads of actions: who sees which, who ever owned one, what waits for what."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs, Permission, check_may, is_of_office
from answerable.plan.models import Action, Dependency, Milestone, OwnerChange, Service
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import line_of


def seen_by(person: Person) -> QuerySet[Action]:
    """Actions that ``person`` may know of: all for the office, else those of their own body."""
    check_may(person, Permission.RECOMMENDATION_READ)
    if is_of_office(person):
        return Action.objects.all()
    return Action.objects.filter(body=person.body_id)


def find(person: Person, reference: str) -> Action:
    """The action with this reference, if the person may know of it.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    found = seen_by(person).select_related("body", "owner").filter(reference=reference).first()
    if found is None:
        raise NotTheirs("There is no such action for you.")
    return found


def as_it_stands(action: Action) -> Action:
    """The action read anew, inside the act that is about to change it."""
    return Action.objects.select_related("body", "owner").get(pk=action.pk)


def milestone_as_it_stands(milestone: Milestone) -> Milestone:
    """The milestone read anew, with its action."""
    return Milestone.objects.select_related("action__body", "action__owner").get(pk=milestone.pk)


def dependency_as_it_stands(dependency: Dependency) -> Dependency:
    """The dependency read anew, with its actions."""
    rows = Dependency.objects.select_related("action__body", "on_action")
    return rows.get(pk=dependency.pk)


def actions_serving(undertaking: Undertaking) -> list[Action]:
    """Actions that serve it now, the abandoned ones too: nothing is left out."""
    standing = Service.objects.filter(undertaking=undertaking, taken_out_at__isnull=True)
    rows = Action.objects.filter(services__in=standing).select_related("body", "owner")
    return list(rows.order_by("serial"))


def owners_ever(undertaking: Undertaking) -> set[UUID]:
    """Everyone who owns or has owned an action that serves it, or ever did.

    Also before it passed to a successor: who once answered for it goes on not being independent.
    """
    served = Service.objects.filter(undertaking__in=line_of(undertaking)).values("action")
    now = Action.objects.filter(pk__in=served).values_list("owner", flat=True)
    changes = OwnerChange.objects.filter(action__in=served, approved_at__isnull=False)
    before = changes.values_list("owner_before", flat=True)
    return {pk for pk in (*now, *before) if pk is not None}


def waiting_for() -> dict[int, set[int]]:
    """For each action, the actions that it waits for directly. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Dependency.objects.filter(taken_out_at__isnull=True, on_action__isnull=False)
    for action, other in rows.values_list("action_id", "on_action_id"):
        found[action].add(int(other or 0))
    return found


def waits_for(action: Action) -> set[int]:
    """Ids of ``action`` and of all it waits for, directly or through others."""
    direct = waiting_for()
    found, waiting = {action.pk}, [action.pk]
    while waiting:
        for one in direct[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found


def holding_up(action: Action) -> list[Dependency]:
    """What the action still waits for: actions neither done nor abandoned, and words not met."""
    rows = Dependency.objects.filter(action=action, taken_out_at__isnull=True, met_on__isnull=True)
    found = rows.select_related("on_action")
    return [d for d in found if d.on_action is None or d.on_action.done_on is None]
