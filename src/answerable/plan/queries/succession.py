"""Reads of what a successor has taken over of the plan before it, and what it has not."""

from django.db.models import Q

from answerable.accounts.models import Body
from answerable.plan.models import Action, Milestone, Service
from answerable.register.models import Undertaking


def line_of_action(action: Action) -> list[Action]:
    """This action and those that it carries on, newest first."""
    line = [action]
    while (earlier := line[-1].taken_over_from) is not None:
        line.append(earlier)
    return line


def taken_over_by(action: Action) -> Action | None:
    """The successor's action that carries it on, or None."""
    return Action.objects.filter(taken_over_from=action).select_related("body").first()


def left_in_plan(body: Body) -> list[Action]:
    """Actions of bodies before ``body`` that run and that nobody has taken over, oldest first.

    Only what serves something that passed to ``body``: the rest was not asked of it.
    """
    passed = Undertaking.objects.filter(body=body, passed_from__isnull=False)
    serving = Service.objects.filter(
        undertaking__in=passed.values("passed_from"), taken_out_at__isnull=True
    )
    rows = Action.objects.filter(
        ~Q(body=body),
        pk__in=serving.values("action"),
        done_on__isnull=True,
        abandoned_at__isnull=True,
        taken_over_by__isnull=True,
    )
    return list(rows.select_related("body").order_by("serial"))


def served_on(action: Action, heir: Body) -> list[tuple[Service, Undertaking]]:
    """What the action serves, with the undertaking of ``heir`` that each was passed to."""
    services = Service.objects.filter(action=action, taken_out_at__isnull=True)
    here = {
        passed.passed_from_id: passed
        for passed in Undertaking.objects.filter(body=heir, passed_from__isnull=False)
    }
    found = [(s, here.get(s.undertaking_id)) for s in services.order_by("pk")]
    return [(service, passed) for service, passed in found if passed is not None]


def running_milestones(action: Action) -> list[Milestone]:
    """Milestones neither met nor abandoned, by date."""
    rows = action.milestones.filter(met_on__isnull=True, abandoned_at__isnull=True)
    return list(rows.order_by("due_on", "pk"))
