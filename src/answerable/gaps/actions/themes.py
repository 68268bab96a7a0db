"""The only writes to the office's themes, and to what stands under each."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.text import slugify

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.gaps.models import Theme, ThemeMember
from answerable.gaps.queries import themes as queries
from answerable.gaps.rules import themes as rules
from answerable.register.models import Recommendation

RESERVED_SLUGS = frozenset({"new", "suggested"})
"""Addresses of pages that stand where a theme's page would."""


def _free_slug(name: str) -> str:
    base = slugify(name)[:70].strip("-")
    taken = set(Theme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    return next(
        s for n in range(1, 10_000) if (s := base if n == 1 else f"{base}-{n}") not in taken
    )


def _put(theme: Theme, by: Person, recommendations: Sequence[Recommendation]) -> list[ThemeMember]:
    now = timezone.now()
    return [
        ThemeMember.objects.create(theme=theme, recommendation=one, added_by=by, added_at=now)
        for one in queries.not_yet_under(theme, recommendations)
    ]


@act
def add_theme(
    *, by: Person, name: str, description: str = "", recommendations: Sequence[Recommendation] = ()
) -> Theme:
    """Add a theme to the office's list, with what stands under it from the start."""
    rules.check_may_keep(by)
    rules.check_name(name)
    if recommendations:
        rules.check_putting(recommendations)
    theme = Theme.objects.create(
        slug=_free_slug(name),
        name=" ".join(name.split()),
        description=description.strip(),
        added_by=by,
        added_at=timezone.now(),
    )
    made = _put(theme, by, recommendations)
    said = {"name": theme.name}
    audit.record(
        "theme.added", by=by, on=theme, also=made, facts={"count": len(made)}, said=said
    )  # fmt: skip
    return theme


@act
def change_theme(*, by: Person, theme: Theme, name: str, description: str = "") -> Theme:
    """Give a theme another name or description. Its address stays."""
    theme = queries.as_it_stands(theme)
    rules.check_may_change(by, theme)
    rules.check_name(name, theme)
    before = audit_queries.snapshot(theme)
    theme.name, theme.description = " ".join(name.split()), description.strip()
    theme.save(update_fields=["name", "description"])
    audit.record("theme.changed", by=by, on=theme, before=before, said={"name": theme.name})
    return theme


@act
def retire_theme(*, by: Person, theme: Theme, reason: str) -> Theme:
    """Use a theme no longer. What stood under it stays to be read."""
    theme = queries.as_it_stands(theme)
    rules.check_may_change(by, theme)
    rules.check_retiring(reason)
    before = audit_queries.snapshot(theme)
    theme.retired_at, theme.retired_by = timezone.now(), by
    theme.retired_reason = reason.strip()
    theme.save(update_fields=["retired_at", "retired_by", "retired_reason"])
    said = {"reason": theme.retired_reason}
    audit.record("theme.retired", by=by, on=theme, before=before, said=said)
    return theme


@act
def put_under_theme(
    *, by: Person, theme: Theme, recommendations: Sequence[Recommendation]
) -> list[ThemeMember]:
    """Put recommendations under a theme. Those that stand there already stay as they are."""
    theme = queries.as_it_stands(theme)
    rules.check_may_change(by, theme)
    rules.check_putting(recommendations)
    made = _put(theme, by, recommendations)
    audit.record("theme.filled", by=by, on=theme, also=made, facts={"count": len(made)})
    return made


@act
def take_out_of_theme(
    *, by: Person, theme: Theme, members: Sequence[ThemeMember], reason: str = ""
) -> list[ThemeMember]:
    """Take recommendations out of a theme. That they once stood there stays on record."""
    theme = queries.as_it_stands(theme)
    rules.check_may_change(by, theme)
    members = queries.members_as_they_stand(theme, [one.pk for one in members])
    rules.check_taking_out(members)
    before, now = audit_queries.snapshot(*members), timezone.now()
    for member in members:
        member.taken_out_at, member.taken_out_by = now, by
        member.taken_out_reason = reason.strip()
        member.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
    audit.record(
        "theme.emptied",
        by=by,
        on=theme,
        also=members,
        before=before,
        facts={"count": len(members)},
        said={"reason": reason.strip()} if reason.strip() else {},
    )
    return members
