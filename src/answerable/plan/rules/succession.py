"""When a successor may carry on what the body before it had planned."""

from datetime import date

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.plan.models import Action
from answerable.plan.queries import succession as queries
from answerable.plan.rules.planned import check_may_keep
from answerable.register.queries.undertakings import has_ended, living_successor


def check_may_take_over(person: Person, action: Action, today: date) -> Body:
    """The body that carries it on; refuses where there is none, or nothing to carry on.

    Raises:
        NotTheirs: where the person keeps neither the plan of the office nor of the successor.
    """
    heir = living_successor(action.body, today) if has_ended(action.body, today) else None
    if heir is None:
        check_may_keep(person, action.body)
        raise Refused(f"{action.body.name} has no successor that exists today.", code="successor")
    check_may_keep(person, heir)
    if action.abandoned_at or action.done_on:
        raise Refused(f"{action.reference} is done or abandoned: it stays as it is.", code="ended")
    carried = queries.taken_over_by(action)
    if carried:
        raise Refused(
            f"{carried.body.name} has taken it over already, as {carried.reference}.", code="twice"
        )
    if not queries.served_on(action, heir):
        raise Refused(
            f"Nothing that {action.reference} serves has passed to {heir.name}.", code="passed"
        )
    return heir
