"""Who may keep a body's plan: actions, what they serve, milestones, what they wait for."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused
from answerable.audit.rules import check_step
from answerable.plan.models import Action, DateOf, Dependency, Milestone, Service
from answerable.plan.queries import planned as queries
from answerable.plan.queries import services
from answerable.plan.queries.succession import taken_over_by
from answerable.plan.rules import lives
from answerable.plan.rules.who import Side, check_may_for, check_owed, check_said, side_of
from answerable.register.models import Undertaking
from answerable.register.queries.recommendations import words_of


def check_may_keep(person: Person, body: Body) -> None:
    """Refuses whoever may not keep the plan of ``body``: its own people may, and the office."""
    check_may_for(person, Permission.PLAN_KEEP, body)


def _check_step(action: Action, act: str) -> None:
    check_step(lives.ACTION, act, lives.of_action(action), action.reference)


def check_may_change(person: Person, action: Action) -> None:
    """Refuses a change to what was abandoned, or is carried on by a successor."""
    check_may_keep(person, action.body)
    _check_step(action, "change_action")
    carried = taken_over_by(action) if action.body.ends_on else None
    if carried:
        raise Refused(
            f"{action.reference} was taken over as {carried.reference}: it stays as it is.",
            code="taken_over",
        )


def check_under_way(person: Person, action: Action) -> None:
    """Refuses a change to what was abandoned or is done."""
    check_may_change(person, action)
    _check_step(action, "complete_action")


def check_title(title: str) -> None:
    """Refuses what does not say what will be done."""
    check_said(title, "Say what will be done.", "title")


def check_owner(body: Body, role: str, owner: Person | None) -> None:
    """Refuses an owner without a post, or a person of another body."""
    check_said(role, "Name the post that answers for this.", "owner_role")
    if owner is not None and owner.body_id != body.pk:
        raise Refused(f"{owner.name} does not belong to {body.name}.", code="owner")


def check_cost(cost: Decimal | None) -> None:
    """Refuses a cost below nothing."""
    if cost is not None and cost < 0:
        raise Refused("A cost cannot be less than nothing.", code="cost")


def check_date_of(person: Person, body: Body, whose: str) -> None:
    """Refuses a date of the overseer's that the overseer did not set."""
    if whose not in DateOf.values:
        raise Refused("Say whose date this is.", code="date_of")
    if whose == DateOf.OVERSEER and side_of(person, body) != Side.OFFICE:
        raise Refused("Only the overseer sets a date of the overseer’s.", code="date_of")


def check_undated(action: Action) -> None:
    """Refuses a second first date."""
    if action.first_due_on:
        raise Refused(f"{action.reference} has a date. Ask to move it, and say why.", code="due_on")


def check_past(on: date, today: date) -> None:
    """Refuses what happened in the future."""
    if on > today:
        raise Refused("Enter a day that is today or in the past.", code="on")


def check_milestones_settled(action: Action) -> None:
    """Refuses to call done what has a milestone neither met nor abandoned."""
    if any(not (m.met_on or m.abandoned_at) for m in action.milestones.all()):
        raise Refused(
            f"{action.reference} has milestones that wait. Say of each that it was met, or "
            "abandon it with a reason.",
            code="milestones",
        )


def check_abandoning(reason: str) -> None:
    """Refuses to abandon anything without a reason."""
    check_said(reason, "Say why this is abandoned. The reason is published.")


def check_resuming(person: Person, action: Action, reason: str) -> None:
    """Refuses to take up what is not done, or to do so without a reason."""
    check_may_change(person, action)
    _check_step(action, "resume_action")
    check_said(reason, "Say why it is taken up again.")


# --- What an action serves ------------------------------------------------------------------------


def check_may_plan(person: Person, undertaking: Undertaking) -> None:
    """Refuses to plan for what was withdrawn or passed on, and whoever keeps no plan of its body."""
    check_may_keep(person, undertaking.body)
    check_owed(undertaking)


def check_may_serve(person: Person, action: Action, undertaking: Undertaking) -> None:
    """Refuses what was asked of another body, is withdrawn or passed on, or is served already."""
    check_may_change(person, action)
    if undertaking.body_id != action.body_id:
        raise Refused(
            f"{action.reference} is an action of {action.body.name}, which was not asked this.",
            code="body",
        )
    check_owed(undertaking)
    if services.between(action, undertaking):
        raise Refused(
            f"{action.reference} serves {undertaking.recommendation.reference} already.",
            code="already",
        )


def check_spans(undertaking: Undertaking, spans: Sequence[Sequence[int]]) -> list[services.Span]:
    """The spans in order; refuses none at all, and those that are not in the wording."""
    if not spans:
        raise Refused("Mark the words that this action serves.", code="spans")
    last = len(words_of(undertaking.recommendation))
    for start, end in spans:
        if not 0 <= start < end <= last:
            raise Refused("These are not words of the recommendation.", code="spans")
    return services.merged(spans)


def check_may_take_out(person: Person, service: Service, reason: str) -> None:
    """Refuses what was taken out before, and to do so without a reason."""
    check_may_keep(person, service.action.body)
    if service.taken_out_at:
        raise Refused("This was taken out already.", code="taken_out")
    check_said(reason, "Say why the action no longer serves this.")


# --- Milestones -----------------------------------------------------------------------------------


def check_may_change_milestone(person: Person, milestone: Milestone) -> None:
    """Refuses a change to what was met or abandoned, or belongs to what was abandoned."""
    check_may_change(person, milestone.action)
    check_step(lives.MILESTONE, "meet_milestone", lives.of_milestone(milestone))


# --- What an action waits for ---------------------------------------------------------------------


def check_dependency(action: Action, on_action: Action | None, words: str) -> None:
    """Refuses to wait for nothing, for itself, for what waits for it, or for another body's."""
    if on_action is None:
        check_said(words, "Say what this action waits for.", "words")
        return
    if on_action.body_id != action.body_id:
        raise Refused(
            "That is an action of another body: say in words what you wait for.", code="on_action"
        )
    if action.pk in queries.waits_for(on_action):
        raise Refused(f"{on_action.reference} itself waits for {action.reference}.", code="circle")
    if queries.waiting_for()[action.pk] & {on_action.pk}:
        raise Refused(f"This is known: it waits for {on_action.reference}.", code="already")


def check_may_change_dependency(person: Person, dependency: Dependency) -> None:
    """Refuses a change to what was met or taken back."""
    check_may_change(person, dependency.action)
    check_step(lives.DEPENDENCY, "meet_dependency", lives.of_dependency(dependency))


def check_is_outside(dependency: Dependency) -> None:
    """Refuses to settle by hand what is settled when the other action is done."""
    if dependency.on_action is not None:
        raise Refused(f"This ends when {dependency.on_action.reference} is done.", code="on_action")


def check_taking_out(reason: str) -> None:
    """Refuses to take a dependency back without a reason."""
    check_said(reason, "Say why it no longer waits for this.")
