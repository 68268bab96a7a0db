"""One action with everything that its page shows, in few queries however much there is."""

from collections import defaultdict

from django.db.models import Model, Prefetch, Q, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import NotTheirs
from answerable.plan.models import (
    Action,
    DateMove,
    Dependency,
    Milestone,
    OwnerChange,
    Service,
)
from answerable.plan.queries.listing import plans_seen_by, with_moves
from answerable.plan.queries.moves import moves_of, read_already
from answerable.plan.queries.succession import line_of_action
from answerable.register.models import Correction

BEFORE_AND_AFTER = ("taken_over_from__body", "taken_over_by__body")
PEOPLE = ("asked_by__body", "approved_by__body", "refused_by__body")


def whole(rows: QuerySet[Action]) -> QuerySet[Action]:
    """``rows`` with milestones, moves, changes of owner, what they serve and wait for."""
    changes = OwnerChange.objects.select_related(*PEOPLE, "owner_before", "owner_after")
    corrections = Correction.objects.order_by("at", "pk")
    services = Service.objects.select_related(
        "undertaking__recommendation", "undertaking__body", "taken_out_by"
    ).prefetch_related(Prefetch("undertaking__recommendation__corrections", corrections))
    waits = Dependency.objects.select_related("on_action").order_by("pk")
    milestones = Milestone.objects.order_by("due_on", "pk")
    return (
        with_moves(rows)
        .select_related("body", "owner", "added_by", "abandoned_by", *BEFORE_AND_AFTER)
        .prefetch_related(
            Prefetch("owner_changes", changes),
            Prefetch("services", services),
            Prefetch("dependencies", waits),
            Prefetch("milestones", milestones),
        )
    )


def find_action(person: Person, slug: str, reference: str) -> Action:
    """One action of one body with all of its parts, if it is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    bodies = plans_seen_by(person).filter(slug=slug)
    action = whole(Action.objects.filter(body__in=bodies, reference=reference)).first()
    if action is None:
        raise NotTheirs("There is no such action for you.")
    _tie_moves(action)
    return action


def _tie_moves(action: Action) -> None:
    """Give the action and its milestones their moves, read once for all of them."""
    line = line_of_action(action)
    rows = DateMove.objects.filter(Q(action__in=line) | Q(milestone__action=action))
    moves: dict[int | None, list[DateMove]] = defaultdict(list)
    for move in rows.select_related(*PEOPLE):
        moves[move.milestone_id].append(move)
    read_already(action, moves[None])
    for milestone in action.milestones.all():
        milestone.action = action
        read_already(milestone, moves[milestone.pk])


def find_milestone(person: Person, slug: str, reference: str, pk: int) -> Milestone:
    """One milestone of an action, if it is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    bodies = plans_seen_by(person).filter(slug=slug)
    rows = Milestone.objects.filter(action__body__in=bodies, action__reference=reference)
    found = rows.select_related("action__body", "action__owner", "added_by").filter(pk=pk).first()
    if found is None:
        raise NotTheirs("There is no such milestone for you.")
    return found


def find_dependency(person: Person, slug: str, reference: str, pk: int) -> Dependency:
    """Something that an action waits for, if it is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    bodies = plans_seen_by(person).filter(slug=slug)
    rows = Dependency.objects.filter(action__body__in=bodies, action__reference=reference)
    found = rows.select_related("action__body", "on_action").filter(pk=pk).first()
    if found is None:
        raise NotTheirs("There is nothing such for you.")
    return found


def find_move(person: Person, pk: int) -> DateMove:
    """A move of a date, if its body's plan is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    rows = DateMove.objects.select_related(
        *PEOPLE,
        "action__body",
        "action__owner",
        "milestone__action__body",
        "milestone__action__owner",
        "closing_test__undertaking__body",
        "closing_test__undertaking__recommendation",
        "closing_test__undertaking__passed_from",
    )
    found = rows.filter(pk=pk).first()
    if found is None or not plans_seen_by(person).filter(pk=_body_pk(found)).exists():
        raise NotTheirs("There is no such move for you.")
    return found


def _body_pk(move: DateMove) -> int:
    if move.closing_test:
        return move.closing_test.undertaking.body_id
    action = move.milestone.action if move.milestone else move.action
    assert action is not None  # noqa: S101  # a constraint of the table
    return action.body_id


def find_owner_change(person: Person, pk: int) -> OwnerChange:
    """A change of owner, if its body's plan is the person's to read.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    rows = OwnerChange.objects.filter(action__body__in=plans_seen_by(person))
    found = rows.select_related(
        *PEOPLE, "action__body", "action__owner", "owner_before", "owner_after"
    )
    change = found.filter(pk=pk).first()
    if change is None:
        raise NotTheirs("There is no such change for you.")
    return change


def parts_of(action: Action) -> list[Model]:
    """Everything whose history is the history of this action; uses what was prefetched."""
    milestones = list(action.milestones.all())
    return [
        action,
        *moves_of(action),
        *action.owner_changes.all(),
        *action.services.all(),
        *action.dependencies.all(),
        *milestones,
        *(move for milestone in milestones for move in moves_of(milestone)),
    ]
