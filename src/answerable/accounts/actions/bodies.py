"""The only writes to bodies, their other names, areas and successors."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import slugify

from answerable.accounts import rules
from answerable.accounts.models import Area, Body, FormerName, Succession
from answerable.accounts.rules import By, Permission
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act

RESERVED_SLUGS = frozenset({"new"})
"""Addresses of pages that stand where a body's page would."""


def free_slug(model: type[Body], name: str) -> str:
    """A slug for ``name`` that no row of ``model`` has yet."""
    base = slugify(name)[:70] or "body"
    taken = set(model._base_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    return next(
        s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in taken
    )


def _clean_names(names: Iterable[str], name: str) -> list[str]:
    """Other names, each once, without those that are empty or the body's own name."""
    kept = dict.fromkeys(" ".join(n.split())[:200] for n in names)
    return [n for n in kept if n and n != name]


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
    rules.check_may(by, Permission.BODY_KEEP)
    rules.check_name_free(name)
    rules.check_dates(begins_on, ends_on)
    body = Body(
        name=name.strip(),
        short_name=short_name.strip(),
        slug=free_slug(Body, name),
        kind=kind,
        begins_on=begins_on,
        ends_on=ends_on,
        is_office=is_office,
        invented=invented,
    )
    body.full_clean()
    body.save()
    names = FormerName.objects.bulk_create(
        FormerName(body=body, name=n) for n in _clean_names(other_names, body.name)
    )
    audit.record("body.added", by=by, on=body, also=names, facts={"name": body.name})
    return body


def _newest(body: Body, seen: int | None) -> Body:
    """The body as it is now, one change further on, once the change is allowed."""
    newest = Body.objects.get(pk=body.pk)
    rules.check_version(newest.version, seen)
    newest.version += 1
    return newest


def _set_other_names(body: Body, names: list[str]) -> list[FormerName]:
    """Make ``names`` the other names of ``body``; returns the rows that there are now."""
    held = {row.name: row for row in body.other_names.all()}
    gone = [row for name, row in held.items() if name not in names]
    FormerName.objects.bulk_create(FormerName(body=body, name=n) for n in names if n not in held)
    FormerName.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return list(FormerName.objects.filter(body=body))


@act
def change_body(
    *,
    by: By,
    body: Body,
    seen: int | None,
    name: str,
    kind: str,
    short_name: str = "",
    other_names: Iterable[str] | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> Body:
    """Change the details of a body. When its name changes, documents still know it by the old one.

    ``seen`` is the version that the person had before them, None for the operator.
    """
    rules.check_may(by, Permission.BODY_KEEP)
    newest = _newest(body, seen)
    rules.check_name_free(name, besides=newest)
    rules.check_dates(begins_on, ends_on)
    before = audit_queries.snapshot(newest, *newest.other_names.all())
    wanted = [n.name for n in newest.other_names.all()] if other_names is None else other_names
    names = _clean_names([*wanted, newest.name], name.strip())
    newest.name, newest.short_name, newest.kind = name.strip(), short_name.strip(), kind
    newest.begins_on, newest.ends_on = begins_on, ends_on
    newest.full_clean()
    newest.save()
    kept = _set_other_names(newest, names)
    audit.record(
        "body.changed", by=by, on=newest, also=kept, before=before, facts={"name": newest.name}
    )
    return newest


@act
def add_area(
    *,
    by: By,
    body: Body,
    name: str,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> Area:
    """Add a district to a body."""
    rules.check_may(by, Permission.BODY_KEEP)
    rules.check_area_free(body, name)
    rules.check_dates(begins_on, ends_on)
    before = audit_queries.snapshot(body)
    newest = _newest(body, None)
    newest.save(update_fields=["version"])
    area = Area(
        body=body,
        name=name.strip(),
        slug=_area_slug(body, name),
        begins_on=begins_on,
        ends_on=ends_on,
    )
    area.full_clean()
    area.save()
    facts = {"name": newest.name, "area": area.name}
    audit.record("area.added", by=by, on=newest, also=[area], before=before, facts=facts)
    return area


def _area_slug(body: Body, name: str) -> str:
    base = slugify(name)[:70]
    taken = {*body.areas.values_list("slug", flat=True), *RESERVED_SLUGS}
    return next(
        s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in taken
    )


@act
def change_area(
    *,
    by: By,
    area: Area,
    seen: int | None,
    name: str,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> Area:
    """Rename a district or give it dates; its address stays. ``seen`` is its body's version."""
    rules.check_may(by, Permission.BODY_KEEP)
    newest = _newest(area.body, seen)
    rules.check_area_free(newest, name, besides=area)
    rules.check_dates(begins_on, ends_on)
    changed = Area.objects.get(pk=area.pk)
    before = audit_queries.snapshot(newest, changed)
    changed.name, changed.begins_on, changed.ends_on = name.strip(), begins_on, ends_on
    changed.full_clean()
    changed.save()
    newest.save(update_fields=["version"])
    facts = {"name": newest.name, "area": changed.name}
    audit.record("area.changed", by=by, on=newest, also=[changed], before=before, facts=facts)
    return changed


@act
def succeed_body(*, by: By, body: Body, successor: Body, on: date, reason: str = "") -> Succession:
    """Record that ``successor`` took over from ``body``. What is owed is passed on by the register."""
    rules.check_may(by, Permission.BODY_KEEP)
    rules.check_can_succeed(body, successor, on)
    before = audit_queries.snapshot(body, successor)
    succession = Succession.objects.create(
        predecessor=body, successor=successor, on=on, reason=reason
    )
    newest = _newest(body, None)
    newest.ends_on = body.ends_on = newest.ends_on or on
    newest.save(update_fields=["ends_on", "version"])
    audit.record(
        "body.succeeded",
        by=by,
        on=newest,
        also=[successor, succession],
        before=before,
        facts={"name": newest.name, "successor": successor.name},
    )
    return succession
