"""What ties a person to an undertaking, and so keeps them from judging it: one question each."""

from django.db.models import Q

from answerable.accounts.models import Body, Person
from answerable.assurance.models import Interest, Use
from answerable.plan.models import Action, Claim, OwnerChange
from answerable.register.models import Response, Undertaking
from answerable.register.queries.undertakings import line_of


def is_of_body(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person belongs to the body, or to one that it took over from."""
    return person.body_id in {one.body_id for one in line_of(undertaking)}


def is_outside_office(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person works for no oversight office."""
    return not person.body.is_office


def has_owned(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person owns or ever owned an action that serves it or once did."""
    serving = Action.objects.filter(services__undertaking__in=line_of(undertaking))
    if serving.filter(owner=person).exists():
        return True
    changes = OwnerChange.objects.filter(action__in=serving, approved_at__isnull=False)
    return changes.filter(Q(owner_before=person) | Q(owner_after=person)).exists()


def has_uploaded(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person handed in or offered evidence for it, taken out since or not."""
    uses = Use.objects.filter(undertaking__in=line_of(undertaking))
    return uses.filter(Q(evidence__uploaded_by=person) | Q(added_by=person)).exists()


def has_answered(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person drafted or entered a response to it."""
    replies = Response.objects.filter(undertaking__in=line_of(undertaking))
    return replies.filter(entered_by=person).exists()


def has_claimed(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person entered a claim of its delivery."""
    claims = Claim.objects.filter(undertaking__in=line_of(undertaking))
    return claims.filter(made_by=person).exists()


def interests_in(undertaking: Undertaking) -> Q:
    """Which declared interests touch an undertaking: in itself, or in the body that answers."""
    line = line_of(undertaking)
    bodies = [one.body_id for one in line]
    return Q(undertaking__in=line) | Q(body__in=bodies)


def has_interest(person: Person, undertaking: Undertaking) -> bool:
    """Whether the person has declared an interest that has not ended."""
    standing = Interest.objects.filter(person=person, ended_at__isnull=True)
    return standing.filter(interests_in(undertaking)).exists()


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
