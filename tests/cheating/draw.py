"""What a cheat lays hands on: people, things, words and days, likely ones and wrong ones."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from answerable.accounts.models import Person, Role
from answerable.register.models import Undertaking
from tests.cheating import raw

Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")

LEAD, OFFICER, VERIFIER, CHAIR, PUBLISHER, ADMIN = (
    Role.ASSURANCE_LEAD,
    Role.GOVERNANCE_OFFICER,
    Role.VERIFIER,
    Role.CHAIR,
    Role.PUBLISHER,
    Role.ADMINISTRATOR,
)


class Nothing(Exception):
    """There is nothing yet that this act could be done to."""


class Draw:
    """Random arguments: mostly such that an act may succeed, sometimes such that it must not."""

    blank: ClassVar[float] = 0.04
    """How often nothing is said where something should be."""
    right: ClassVar[float] = 0.85
    """How often an argument is one that may succeed."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one_of(self, things: Sequence[Thing]) -> Thing:
        if not things:
            raise Nothing
        return self.rng.choice(things)

    def seldom(self, share: float) -> None:
        """Leave what takes long for another time, mostly."""
        if not self.chance(share):
            raise Nothing

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def row(self, rows: type[Row] | QuerySet[Row]) -> Row:
        """Any row, the newest more often."""
        if isinstance(rows, type):
            model, order = rows, "name" if rows is Person else "id"  # ids of people are random
            found = raw.rows(f"SELECT id FROM {model._meta.db_table} ORDER BY {order}")
            pks = [r["id"] for r in found]
        else:
            model, pks = rows.model, list(rows.order_by("pk").values_list("pk", flat=True))
        if not pks:
            raise Nothing
        chosen = self.one_of(pks[-4:]) if self.chance(0.5) else self.one_of(pks)
        return model._base_manager.get(pk=chosen)

    def likely(self, rows: type[Row], **wanted: object) -> Row:
        """A row that fits, mostly; sometimes any."""
        if self.chance(0.8):
            try:
                return self.row(rows._base_manager.filter(**wanted))
            except Nothing:
                pass
        return self.row(rows)

    def undertaking(self, body_id: int | None = None) -> Undertaking:
        if body_id is not None and self.chance(0.9):
            found = raw.rows(
                "SELECT id FROM register_undertaking WHERE body_id = %s ORDER BY id", body_id
            )
        else:
            found = raw.rows("SELECT id FROM register_undertaking ORDER BY id")
        pk = self.one_of([r["id"] for r in found])
        return Undertaking.objects.select_related("body").get(pk=pk)

    def person(self, *roles: Role, of: int | None = None) -> Person:
        """Someone who holds one of ``roles``, mostly of the body ``of``; sometimes anyone at all."""
        wanted = f"AND h.role IN ({raw.marks(roles)})" if self.chance(0.85) else ""
        values: list[object] = [*roles] if wanted else []
        if wanted and of is not None and self.chance(0.9):
            wanted += " AND (p.body_id = %s OR b.is_office)"
            values.append(of)
        found = raw.rows(
            "SELECT DISTINCT p.name FROM accounts_person p "
            "JOIN accounts_body b ON b.id = p.body_id JOIN accounts_roleheld h "
            "ON h.person_id = p.id AND h.ended_at IS NULL "
            f"WHERE p.is_active {wanted} ORDER BY p.name",
            *values,
        )
        name = self.one_of([r["name"] for r in found])
        return Person.objects.select_related("body").get(name=name)

    def words(self, blank: float | None = None) -> str:
        if self.chance(self.blank if blank is None else blank):
            return self.one_of(["", "  "])
        return f"Round {self.rng.randrange(10**6)} gave what was hoped for."

    def maybe(self, value: Thing, other: Thing, share: float | None = None) -> Thing:
        return value if self.chance(self.right if share is None else share) else other

    def day(self, least: int, most: int) -> date:
        return timezone.localdate() + timedelta(days=self.rng.randint(least, most))

    def moment(self, least: int, most: int) -> datetime:
        """Some seconds from now."""
        return timezone.now() + timedelta(seconds=self.rng.randint(least, most))
