"""Reads of people, bodies and roles."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import (
    Area,
    Body,
    Invitation,
    Person,
    Role,
    RoleHeld,
    SecurityLine,
    Succession,
)

# --- People and their roles ---------------------------------------------------------------------


def roles_of(person: Person) -> frozenset[Role]:
    """The roles that ``person`` holds now. One query, remembered on the instance for the request."""
    held: frozenset[Role] | None = getattr(person, "_roles", None)
    if held is None:
        rows = RoleHeld.objects.filter(person=person, ended_at__isnull=True)
        held = frozenset(Role(r) for r in rows.values_list("role", flat=True))
        person._roles = held  # type: ignore[attr-defined]
    return held


def holders_of(roles: Iterable[Role]) -> QuerySet[Person]:
    """People with access who hold one of ``roles`` now, by name."""
    held = RoleHeld.objects.filter(role__in=list(roles), ended_at__isnull=True)
    found = Person.objects.filter(is_active=True, pk__in=held.values("person"))
    return found.select_related("body").order_by("name", "pk")


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names for the actors of audit events: people by their id, the operator and the machine."""
    known = {"operator": "The operator", "machine": "Answerable"}
    ids = {a for a in actors if a not in known}
    people = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return known | {str(pk): name or "A person since forgotten" for pk, name in people}


def people(
    *, words: str = "", body: Body | None = None, role: str = "", access: str = ""
) -> QuerySet[Person]:
    """People with their bodies and the roles they hold (``held_now``).

    ``access`` is "open", "closed", "forgotten" or "any"; nothing means open and closed.
    """
    held = RoleHeld.objects.filter(ended_at__isnull=True).order_by("role")
    found = Person.objects.select_related("body").prefetch_related(
        Prefetch("roles_held", held, to_attr="held_now")
    )
    states = {
        "open": Q(is_active=True),
        "closed": Q(is_active=False, forgotten_at__isnull=True),
        "forgotten": Q(forgotten_at__isnull=False),
        "any": Q(),
    }
    found = found.filter(states.get(access, Q(forgotten_at__isnull=True)))
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if body is not None:
        found = found.filter(body=body)
    if role:
        found = found.filter(Exists(held.filter(person=OuterRef("pk"), role=role)))
    return found.order_by("name", "pk")


def demo_people() -> QuerySet[Person]:
    """Everyone of an invented body who has access: for the one-click sign-in of the demo.

    People of a real body are never among them, whatever the settings say.
    """
    invented = people(access="open").filter(body__invented=True)
    return invented.order_by("-body__is_office", "body__name", "name")


def person_with(email: str) -> Person | None:
    """The person with this address, whatever its capitals."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def administrators() -> QuerySet[Person]:
    """People with access who hold the role of administrator now."""
    return Person.objects.filter(
        is_active=True,
        roles_held__role=Role.ADMINISTRATOR,
        roles_held__ended_at__isnull=True,
    ).distinct()


def protections_of(person: Person) -> frozenset[str]:
    """What besides the password protects a sign-in: of "totp", "webauthn", "recovery_codes"."""
    kinds = Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True)
    return frozenset(kinds)


# --- Invitations --------------------------------------------------------------------------------


def digest_of_token(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_for(token: str) -> Invitation | None:
    """The invitation whose link carries ``token``."""
    found = Invitation.objects.select_related("body", "invited_by")
    return found.filter(token_digest=digest_of_token(token)).first()


def open_invitations(now: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return Invitation.objects.select_related("body", "invited_by").filter(
        used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now or timezone.now()
    )


def open_invitation_to(email: str) -> Invitation | None:
    """The open invitation to an address, whatever its capitals."""
    return open_invitations().filter(email__iexact=email.strip()).first()


def invitations_about(person: Person) -> QuerySet[Invitation]:
    """Every invitation that this person used, or that went to the same address."""
    return Invitation.objects.filter(Q(used_by=person) | Q(email__iexact=person.email))


# --- Bodies -------------------------------------------------------------------------------------


def offices() -> QuerySet[Body]:
    """The oversight offices that work in this installation."""
    return Body.objects.filter(is_office=True)


def bodies_on(day: date) -> QuerySet[Body]:
    """Bodies that exist on ``day``."""
    return Body.objects.filter(
        Q(begins_on__isnull=True) | Q(begins_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
    )


def bodies(*, words: str = "", kind: str = "", exists: str = "", today: date) -> QuerySet[Body]:
    """Bodies with the number of their areas and people; searched in every name they are known by.

    ``exists`` is "now" or "ended"; nothing means all.
    """
    found = Body.objects.all()
    if exists == "now":
        found = bodies_on(today)
    elif exists == "ended":
        found = found.filter(ends_on__lt=today)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(pk__in=Body.objects.filter(other_names__name__icontains=word).values("pk"))
        )
    if kind:
        found = found.filter(kind=kind)
    return found.annotate(
        areas_count=Count("areas", distinct=True),
        people_count=Count("people", filter=Q(people__is_active=True), distinct=True),
    ).order_by("name")


def body_named(name: str) -> Body | None:
    """The body with this name, whatever its capitals."""
    return Body.objects.filter(name__iexact=name.strip()).first()


def area_named(body: Body, name: str) -> Area | None:
    """The area of ``body`` with this name, whatever its capitals."""
    return Area.objects.filter(body=body, name__iexact=name.strip()).first()


def successor_of(body: Body) -> Body | None:
    """The body that took over from ``body`` last, or None."""
    found = Succession.objects.filter(predecessor=body).select_related("successor").order_by("-on")
    row = found.first()
    return row.successor if row else None


def has_succeeded(body: Body, successor: Body) -> bool:
    """Whether it is recorded that ``successor`` took over from ``body``."""
    return Succession.objects.filter(predecessor=body, successor=successor).exists()


def precedents_of(body: Body) -> set[int]:
    """Ids of all bodies from which ``body`` took over, directly or through others."""
    pairs = Succession.objects.values_list("successor_id", "predecessor_id")
    before: dict[int, list[int]] = {}
    for successor, predecessor in pairs:
        before.setdefault(successor, []).append(predecessor)
    found: set[int] = set()
    waiting = list(before.get(body.pk, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(before.get(one, ()))
    return found


# --- The security log ---------------------------------------------------------------------------


def security_lines(
    *, what: str = "", person: Person | None = None, since: date | None = None
) -> QuerySet[SecurityLine]:
    """Lines of the security log, newest first."""
    found = SecurityLine.objects.select_related("person")
    if what:
        found = found.filter(what=what)
    if person is not None:
        found = found.filter(person=person)
    if since is not None:
        found = found.filter(at__date__gte=since)
    return found
