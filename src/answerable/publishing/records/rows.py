"""What every public record is made with: plain values, rows by what they belong to, roles for names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from answerable.accounts.models import Role, RoleHeld
from answerable.accounts.rules import OFFICE_ROLES

Record = dict[str, Any]
Groups = Mapping[Any, list[Record]]
Lines = Mapping[int, tuple[int, ...]]
"""Each undertaking's id with the ids of it and of those from which it was taken over."""


def is_out(as_of: date, prefix: str = "") -> Q:
    """Reports that their makers have published by ``as_of``; an embargoed one stays inside."""
    on, words = f"{prefix}published_on", f"{prefix}published_words"
    known = Q(**{f"{on}__isnull": True}) & ~Q(**{words: ""})
    return Q(**{f"{on}__lte": as_of}) | known


def of(model: type[Model], as_of: date, path: str) -> QuerySet[Any]:
    """Rows that belong to a report that is out; ``path`` leads to the report."""
    return model._default_manager.filter(is_out(as_of, path))


def plain(value: object) -> object:
    """A value as JSON has it: days as ISO text, moments as the day in the office's own time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def plain_of(row: Mapping[str, object], fields: Iterable[str]) -> Record:
    """The named fields of a row, as JSON has them."""
    return {name: plain(row[name]) for name in fields}


def named(row: Mapping[str, object], names: Mapping[str, str]) -> Record:
    """Columns of a row under their public names, as JSON has them."""
    return {name: plain(row[column]) for column, name in names.items()}


def grouped(rows: Iterable[Mapping[str, object]], key: str) -> Groups:
    """The rows of each thing that ``key`` names."""
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(dict(row))
    return groups


def records_by(
    rows: Iterable[Mapping[str, Any]], key: str, record: Callable[[Mapping[str, Any]], Record]
) -> Groups:
    """The public record that is made of each row, by the thing that ``key`` names."""
    groups: dict[object, list[Record]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(record(row))
    return groups


def runs(rows: Iterable[Mapping[str, object]], key: str) -> Iterator[list[Record]]:
    """The rows of each thing, where a join repeats it for every other thing that belongs to it."""
    for _, run in groupby(rows, lambda row: row[key]):
        yield [dict(row) for row in run]


def along(groups: Groups, line: Iterable[int]) -> list[Record]:
    """The rows of an undertaking, those of the bodies before it first."""
    return [row for one in reversed(tuple(line)) for row in groups.get(one, ())]


class Roles:
    """In which role of the office somebody decided: the only thing that is said of a person."""

    def __init__(self) -> None:
        rows = RoleHeld.objects.filter(role__in=OFFICE_ROLES).order_by("begun_at", "pk")
        self.held = grouped(rows.values("person_id", "role", "begun_at", "ended_at"), "person_id")

    def of(self, person: object, at: datetime, otherwise: str = "the office") -> str:
        """The role held at that moment; ``otherwise`` where no role of the office was."""
        for row in self.held.get(person, ()):
            if row["begun_at"] <= at and (row["ended_at"] is None or at <= row["ended_at"]):
                return str(Role(row["role"]).label)
        return otherwise
