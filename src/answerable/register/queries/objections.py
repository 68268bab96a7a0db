"""Reads of objections: who reads a signed link otherwise."""

from typing import Any

from django.db.models import Prefetch

from answerable.accounts.models import Person
from answerable.register.models import Link, Objection


def as_it_stands(objection: Objection) -> Objection:
    """The objection read anew, inside the act that is about to change it."""
    return Objection.objects.select_related("link__earlier", "link__later").get(pk=objection.pk)


def standing_of(link: Link, person: Person) -> Objection | None:
    """What ``person`` says against ``link`` and has not taken back. Uses what was prefetched."""
    return next(
        (o for o in link.objections.all() if o.by_id == person.pk and not o.taken_back_at), None
    )


def prefetched() -> Prefetch[Any]:
    """For links: every objection to each, those taken back too, oldest first. One query for all."""
    return Prefetch("objections", Objection.objects.select_related("by"))
