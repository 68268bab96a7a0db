"""The only writes to people, bodies and roles."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from answerable.accounts import rules
from answerable.accounts.models import Area, Body, FormerName, Person, Role, RoleHeld, Succession
from answerable.accounts.rules import Permission
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act

By = Person | str
"""A person, or OPERATOR where a command acts."""


def _check(by: By, permission: Permission) -> None:
    if not isinstance(by, str):
        rules.check_may(by, permission)


def free_slug(model: type[Body], name: str) -> str:
    """A slug for ``name`` that no row of ``model`` has yet."""
    base = slugify(name)[:70] or "body"
    taken = set(model._base_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in taken
    )


@act
def add_body(
    *,
    by: By,
    name: str,
    kind: str,
    short_name: str = "",
    other_names: Iterable[str] = (),
    begins_on: date | None = None,
    ends_on: date | None = None,
    is_office: bool = False,
    invented: bool = False,
) -> Body:
    """Add a body under its name; ``other_names`` are those that documents use for it."""
    _check(by, Permission.BODY_KEEP)
    body = Body(
        name=name,
        short_name=short_name,
        slug=free_slug(Body, name),
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        is_office=is_office,
        invented=invented,
    )
    body.full_clean()
    body.save()
    FormerName.objects.bulk_create(
        FormerName(body=body, name=n) for n in dict.fromkeys(other_names)
    )
    audit.record("body.added", by=by, on=body, facts={"name": name})
    return body


@act
def add_area(*, by: By, body: Body, name: str) -> Area:
    """Add a district to a body."""
    _check(by, Permission.BODY_KEEP)
    before = audit_queries.snapshot(body)
    area = Area.objects.create(body=body, name=name, slug=slugify(name)[:80])
    audit.record(
        "body.changed", by=by, on=body, also=[area], before=before, facts={"name": body.name}
    )
    return area


@act
def succeed_body(*, by: By, body: Body, successor: Body, on: date, reason: str = "") -> Succession:
    """Record that ``successor`` took over from ``body``. What is owed is passed on by the register."""
    _check(by, Permission.BODY_KEEP)
    before = audit_queries.snapshot(body, successor)
    succession = Succession.objects.create(
        predecessor=body, successor=successor, on=on, reason=reason
    )
    body.ends_on = body.ends_on or on
    body.save(update_fields=["ends_on"])
    audit.record(
        "body.succeeded",
        by=by,
        on=body,
        also=[successor, succession],
        before=before,
        facts={"name": body.name, "successor": successor.name},
    )
    return succession


@act
def add_person(
    *, by: By, name: str, email: str, body: Body, roles: Iterable[Role], password: str | None = None
) -> Person:
    """Add a person with roles. People come by invitation; this is its last step, and the operator's."""
    wanted = [Role(r) for r in roles]
    for role in wanted:
        rules.check_may_hold(body, role)
    person = Person(name=name, email=email.strip().lower(), body=body)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    now = timezone.now()
    held = RoleHeld.objects.bulk_create(
        RoleHeld(person=person, role=r, begun_at=now) for r in wanted
    )
    audit.record(
        "person.joined",
        by=by if isinstance(by, str) else person,
        on=person,
        also=held,
        said={"name": name},
    )
    return person
