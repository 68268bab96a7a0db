"""What ties a person to an undertaking, and so keeps them from judging it: one condition each.

Each is a condition on people, so that one query answers all of them for any number of people.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Interest, Use
from answerable.plan.models import Action, Claim, OwnerChange
from answerable.register.models import Response, Undertaking
from answerable.register.queries.undertakings import line_of

Line = Sequence[Undertaking]
"""Undertakings, with those that they were passed on from."""
Tie = Callable[[Line], Q | Exists]
"""The condition on a person under which they are tied to one of a line of undertakings."""
ME = OuterRef("pk")


def of_body(line: Line) -> Q:
    """Those who belong to the body, or to one that it took over from."""
    return Q(body__in=[one.body_id for one in line])


def outside_office(line: Line) -> Q:
    """Those who work for no oversight office."""
    return Q(body__is_office=False)


def has_owned(line: Line) -> Q:
    """Those who own or ever owned an action that serves it or once did."""
    serving = Action.objects.filter(services__undertaking__in=line)
    changes = OwnerChange.objects.filter(
        action__services__undertaking__in=line, approved_at__isnull=False
    )
    owned = Q(owner_before=ME) | Q(owner_after=ME)
    return Q(Exists(serving.filter(owner=ME))) | Q(Exists(changes.filter(owned)))


def has_uploaded(line: Line) -> Exists:
    """Those who handed in or offered evidence for it, taken out since or not."""
    uses = Use.objects.filter(undertaking__in=line)
    return Exists(uses.filter(Q(evidence__uploaded_by=ME) | Q(added_by=ME)))


def has_answered(line: Line) -> Exists:
    """Those who drafted or entered a response to it."""
    return Exists(Response.objects.filter(undertaking__in=line, entered_by=ME))


def has_claimed(line: Line) -> Exists:
    """Those who entered a claim of its delivery."""
    return Exists(Claim.objects.filter(undertaking__in=line, made_by=ME))


def has_interest(line: Line) -> Exists:
    """Those who have declared an interest in it, or in the body, that has not ended."""
    standing = Interest.objects.filter(person=ME, ended_at__isnull=True)
    return Exists(standing.filter(_interests_in(line)))


def ties_of(
    people: QuerySet[Person], undertakings: Iterable[Undertaking], ties: Mapping[str, Tie]
) -> dict[Person, frozenset[str]]:
    """Which of ``ties`` hold for each of ``people`` in any of ``undertakings``. One query."""
    line = [one for undertaking in undertakings for one in line_of(undertaking)]
    conditions: dict[str, Combinable] = {
        f"tie_{key}": ExpressionWrapper(Q(tie(line)), output_field=BooleanField())
        for key, tie in ties.items()
    }
    return {
        one: frozenset(key for key in ties if getattr(one, f"tie_{key}"))
        for one in people.annotate(**conditions)
    }


def _interests_in(line: Line) -> Q:
    """Which declared interests touch an undertaking: in itself, or in the body that answers."""
    bodies = [one.body_id for one in line]
    return Q(undertaking__in=line) | Q(body__in=bodies)


def interests_of(person: Person) -> list[Interest]:
    """Everything that the person has declared, oldest first."""
    return list(_with_names().filter(person=person))


def interests_of_others(person: Person) -> list[Interest]:
    """Everything that others have declared: what holds first, oldest first."""
    rows = _with_names().exclude(person=person)
    return sorted(rows, key=lambda one: one.ended_at is not None)


def find_interest(pk: int) -> Interest | None:
    """A declared interest, or None."""
    return _with_names().filter(pk=pk).first()


def _with_names() -> QuerySet[Interest]:
    related = ("person", "ended_by", "body", "undertaking__recommendation", "undertaking__body")
    return Interest.objects.select_related(*related)


def interest_as_it_stands(interest: Interest) -> Interest:
    """The interest read anew, inside the act that is about to change it."""
    return Interest.objects.select_related("person").get(pk=interest.pk)


def same_standing(
    person: Person, *, body: Body | None = None, undertaking: Undertaking | None = None
) -> bool:
    """Whether the person has declared this already."""
    standing = Interest.objects.filter(person=person, ended_at__isnull=True)
    return standing.filter(body=body, undertaking=undertaking).exists()
