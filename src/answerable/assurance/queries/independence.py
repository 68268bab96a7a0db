"""What ties a person to an undertaking, and so keeps them from judging it: one condition each.

Each is a condition on people, so that one query answers all of them for any number of people.
"""

from collections.abc import Callable, Mapping

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Interest, Use
from answerable.plan.models import Action, Claim, OwnerChange
from answerable.register.models import Response, Undertaking
from answerable.register.queries.undertakings import line_of

Tie = Callable[[Undertaking], Q | Exists]
"""The condition on a person under which they are tied to an undertaking."""
ME = OuterRef("pk")


def of_body(undertaking: Undertaking) -> Q:
    """Those who belong to the body, or to one that it took over from."""
    return Q(body__in=[one.body_id for one in line_of(undertaking)])


def outside_office(undertaking: Undertaking) -> Q:
    """Those who work for no oversight office."""
    return Q(body__is_office=False)


def has_owned(undertaking: Undertaking) -> Q:
    """Those who own or ever owned an action that serves it or once did."""
    line = line_of(undertaking)
    serving = Action.objects.filter(services__undertaking__in=line)
    changes = OwnerChange.objects.filter(
        action__services__undertaking__in=line, approved_at__isnull=False
    )
    owned = Q(owner_before=ME) | Q(owner_after=ME)
    return Q(Exists(serving.filter(owner=ME))) | Q(Exists(changes.filter(owned)))


def has_uploaded(undertaking: Undertaking) -> Exists:
    """Those who handed in or offered evidence for it, taken out since or not."""
    uses = Use.objects.filter(undertaking__in=line_of(undertaking))
    return Exists(uses.filter(Q(evidence__uploaded_by=ME) | Q(added_by=ME)))


def has_answered(undertaking: Undertaking) -> Exists:
    """Those who drafted or entered a response to it."""
    return Exists(Response.objects.filter(undertaking__in=line_of(undertaking), entered_by=ME))


def has_claimed(undertaking: Undertaking) -> Exists:
    """Those who entered a claim of its delivery."""
    return Exists(Claim.objects.filter(undertaking__in=line_of(undertaking), made_by=ME))


def has_interest(undertaking: Undertaking) -> Exists:
    """Those who have declared an interest in it, or in the body, that has not ended."""
    standing = Interest.objects.filter(person=ME, ended_at__isnull=True)
    return Exists(standing.filter(interests_in(undertaking)))


def ties_of(
    people: QuerySet[Person], undertaking: Undertaking, ties: Mapping[str, Tie]
) -> dict[Person, frozenset[str]]:
    """Which of ``ties`` hold for each of ``people``: the keys of those. One query."""
    conditions: dict[str, Combinable] = {
        f"tie_{key}": ExpressionWrapper(Q(tie(undertaking)), output_field=BooleanField())
        for key, tie in ties.items()
    }
    return {
        one: frozenset(key for key in ties if getattr(one, f"tie_{key}"))
        for one in people.annotate(**conditions)
    }


def interests_in(undertaking: Undertaking) -> Q:
    """Which declared interests touch an undertaking: in itself, or in the body that answers."""
    line = line_of(undertaking)
    bodies = [one.body_id for one in line]
    return Q(undertaking__in=line) | Q(body__in=bodies)


def interests_of(person: Person) -> list[Interest]:
    """Everything that the person has declared, oldest first."""
    rows = Interest.objects.filter(person=person)
    return list(rows.select_related("body", "undertaking__recommendation", "undertaking__body"))


def interest_as_it_stands(interest: Interest) -> Interest:
    """The interest read anew, inside the act that is about to change it."""
    return Interest.objects.select_related("person").get(pk=interest.pk)


def same_standing(
    person: Person, *, body: Body | None = None, undertaking: Undertaking | None = None
) -> bool:
    """Whether the person has declared this already."""
    standing = Interest.objects.filter(person=person, ended_at__isnull=True)
    return standing.filter(body=body, undertaking=undertaking).exists()
