"""Reads of the outbox: to whom a message goes, what waits, and what may have gone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from answerable.accounts.models import Body, Person, Role
from answerable.chasing.models import Chase, Delivery, Head, Step

LONGEST = timedelta(minutes=15)
"""No message takes longer to send: what was begun before then, and never told of, is unsure."""

WAITS = (1, 5, 30, 120, 360, 1440)
"""Minutes after each try that failed until the next; after the last of them it has failed."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: a person with access, or the head of a body."""

    person: Person | None = None
    head: Head | None = None

    @property
    def name(self) -> str:
        """By what name a colleague knows them."""
        who = self.person or self.head
        return who.name if who else ""

    @property
    def role(self) -> str:
        """Why they get it."""
        return self.head.post if self.head else "assurance lead"

    @property
    def email(self) -> str:
        """The address as it is now; empty where a letter goes by post."""
        who = self.person or self.head
        return who.email if who else ""


def leads_of(body: Body) -> list[Person]:
    """The assurance leads of a body who have access now."""
    return list(
        Person.objects.filter(
            body=body,
            is_active=True,
            roles_held__role=Role.ASSURANCE_LEAD,
            roles_held__ended_at__isnull=True,
        ).order_by("name", "pk")
    )


def head_of(body: Body) -> Head | None:
    """Who heads a body, where that was recorded."""
    return Head.objects.filter(body=body).first()


def asked_bodies() -> QuerySet[Body]:
    """Every body that was asked something or plans something, with its head. One query."""
    asked = Q(undertakings__isnull=False) | Q(actions__isnull=False)
    rows = Body.objects.filter(asked, is_office=False, ends_on__isnull=True)
    return rows.select_related("head").distinct().order_by("name")


def recipients_of(chases: list[Chase]) -> list[Recipient]:
    """To whom messages that go together go: a letter to the head, else to the assurance leads.

    The person who owns an action gets what is about it too. Without a lead the head gets it.
    """
    body, head = chases[0].body, head_of(chases[0].body)
    if chases[0].step == Step.LETTER:
        return [Recipient(head=head)] if head else []
    people = {person.pk: person for person in leads_of(body)}
    people |= {owner.pk: owner for owner in _owners(chases)}
    if people:
        return [Recipient(person=person) for person in people.values()]
    return [Recipient(head=head)] if head and head.email else []


def _owners(chases: list[Chase]) -> list[Person]:
    actions = {c.action_id or (c.milestone.action_id if c.milestone else None) for c in chases}
    rows = Person.objects.filter(is_active=True, owned_actions__in=actions - {None})
    return list(rows.distinct())


# --- The outbox -----------------------------------------------------------------------------------


def due(now: datetime) -> QuerySet[Delivery]:
    """What waits and may be tried now, oldest first."""
    rows = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lte=now)
    return rows.order_by("next_try_at", "pk")


def begun_long_ago(now: datetime) -> QuerySet[Delivery]:
    """What was being sent so long ago that whoever sent it has died."""
    return Delivery.objects.filter(state=Delivery.State.SENDING, taken_at__lte=now - LONGEST)


def as_it_stands(pk: int) -> Delivery:
    """The delivery read anew, with what it carries."""
    rows = Delivery.objects.select_related("dispatch__body", "dispatch__by", "person", "head")
    return rows.get(pk=pk)


def find(pk: int) -> Delivery | None:
    """One delivery of the ladder, or None; a digest is nobody else's business."""
    rows = Delivery.objects.select_related("dispatch__body", "dispatch__by", "person", "head")
    return rows.filter(pk=pk, dispatch__isnull=False).first()


def unsure() -> list[Delivery]:
    """What may have gone: a person must say."""
    rows = Delivery.objects.filter(state=Delivery.State.UNSURE, dispatch__isnull=False)
    return list(rows.select_related("dispatch__body", "person", "head"))


def failed() -> list[Delivery]:
    """What could not be sent, newest first."""
    rows = Delivery.objects.filter(state=Delivery.State.FAILED, dispatch__isnull=False)
    return list(rows.select_related("dispatch__body", "person", "head").order_by("-queued_at"))


def had_digest(person_id: UUID, day: date) -> bool:
    """Whether a digest of this day was made for a person."""
    return Delivery.objects.filter(person_id=person_id, digest_on=day).exists()
