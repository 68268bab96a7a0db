"""Reads of people, bodies and roles."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from answerable.accounts.models import Body, Person, Role, RoleHeld, Succession


def roles_of(person: Person) -> frozenset[Role]:
    """The roles that ``person`` holds now. One query, remembered on the instance for the request."""
    held: frozenset[Role] | None = getattr(person, "_roles", None)
    if held is None:
        rows = RoleHeld.objects.filter(person=person, ended_at__isnull=True)
        held = frozenset(Role(r) for r in rows.values_list("role", flat=True))
        person._roles = held  # type: ignore[attr-defined]
    return held


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names for the actors of audit events: people by their id, the operator and the machine."""
    known = {"operator": "The operator", "machine": "Answerable"}
    ids = {a for a in actors if a not in known}
    people = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return known | {str(pk): name or "A person since forgotten" for pk, name in people}


def offices() -> QuerySet[Body]:
    """The oversight offices that work in this installation."""
    return Body.objects.filter(is_office=True)


def bodies_on(day: date) -> QuerySet[Body]:
    """Bodies that exist on ``day``."""
    return Body.objects.filter(
        Q(begins_on__isnull=True) | Q(begins_on__lte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
    )


def successor_of(body: Body) -> Body | None:
    """The body that took over from ``body`` last, or None."""
    found = Succession.objects.filter(predecessor=body).select_related("successor").order_by("-on")
    row = found.first()
    return row.successor if row else None
