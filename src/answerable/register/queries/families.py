"""Families: what was asked again and again, as signed links join it.

Links of every relation but *contradicts* join: who asks the same, more, a part, or in the place of
what was asked before belongs to one family with it. What contradicts stands beside the family. What
was withdrawn was entered in error: it was never asked, so it counts in no family and joins none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q, QuerySet

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import recommendations
from answerable.register.queries.keys import these
from answerable.register.queries.links import Key, asked_day, asked_on, reached, seen_by, standing
from answerable.register.queries.objections import prefetched
from answerable.register.queries.remembered import Memory

Group = tuple[int, ...]
"""Ids of the recommendations of one family, first asked first."""


@dataclass(frozen=True, slots=True)
class Family:
    """What is joined by links that stand, first asked first; by itself, a family of one.

    ``links`` join the members. ``beside`` are links that stand and join nothing: what contradicts a
    member, inside the family or out of it.
    """

    members: tuple[Recommendation, ...]
    links: tuple[Link, ...] = ()
    beside: tuple[Link, ...] = ()

    @property
    def first(self) -> Recommendation:
        """The first that asked. The family is called by its reference."""
        return self.members[0]

    @property
    def first_asked_on(self) -> date:
        """From here its age runs."""
        return asked_on(self.first)

    @property
    def times(self) -> int:
        """How often it was asked: a report that says so in several places asked once."""
        return len({one.report_id for one in self.members})

    def age_on(self, day: date) -> int:
        """Days from the first asking to ``day``."""
        return (day - self.first_asked_on).days


@dataclass(frozen=True, slots=True)
class Following:
    """Members that ask the same as ``links`` say, each of them or one through another."""

    members: tuple[Recommendation, ...]
    links: tuple[Link, ...]

    @property
    def unsigned(self) -> tuple[tuple[Recommendation, Recommendation], ...]:
        """Pairs of which nobody signed that they ask the same: it follows from the links."""
        signed = {frozenset((link.earlier_id, link.later_id)) for link in self.links}
        return tuple(
            (one, other)
            for place, one in enumerate(self.members)
            for other in self.members[place + 1 :]
            if frozenset((one.pk, other.pk)) not in signed
        )


# --- Which belong together ---------------------------------------------------------------------------


def counted(person: Person | None) -> QuerySet[Link]:
    """Links that stand, of which neither end was withdrawn, and of which ``person`` may know.

    Of a body's people: those of which both ends were asked of their body. Without a person, all.
    """
    rows = standing().filter(earlier__withdrawn_at__isnull=True, later__withdrawn_at__isnull=True)
    if person is None:
        return rows
    theirs = recommendations.seen_by(person)
    if is_of_office(person):
        return rows
    return rows.filter(earlier__in=theirs.values("pk"), later__in=theirs.values("pk"))


@dataclass(frozen=True, slots=True)
class Outline:
    """A family as light as a list of thousands needs it: its members, when it was asked, how often.

    ``times`` counts the reports that asked: one that says so in several places asked once.
    """

    keys: Group
    first_on: date
    last_on: date
    times: int


def outlines(person: Person | None) -> Sequence[Outline]:
    """The families of more than one, the one that was asked first on top. Two queries, then one.

    Remembered until the next event: whoever needs few of them loads those with :func:`load`.
    """
    return _outlines(person)[0]


def _outlines(person: Person | None) -> tuple[list[Outline], dict[int, Outline]]:
    if person is not None:
        recommendations.seen_by(person)  # refuses whoever may not read the register
    body = None if person is None or is_of_office(person) else person.body_id
    return Memory().of(("families", body), partial(_joined, person))


def _joined(person: Person | None) -> tuple[list[Outline], dict[int, Outline]]:
    """Every family, and the family of each of their members. One query."""
    joins = counted(person).exclude(relation=Relation.CONTRADICTS)
    beside: dict[int, list[int]] = defaultdict(list)
    asked: dict[int, _Asked] = {}
    for row in joins.values_list("earlier_id", "later_id", *_of("earlier"), *_of("later")):
        earlier, later = row[:2]
        beside[earlier].append(later)
        beside[later].append(earlier)
        asked[earlier], asked[later] = _when(*row[2:7]), _when(*row[7:])
    found = [_outline(members, asked) for members in components(beside)]
    found.sort(key=lambda one: asked[one.keys[0]])
    return found, {pk: one for one in found for pk in one.keys}


_Asked = tuple[date, int, int]
"""When, its place in the register, and by which report."""
FACTS = ("report__published_on", "report__published_words", "accepted_at", "serial", "report_id")


def _of(end: str) -> Iterator[str]:
    return (f"{end}__{fact}" for fact in FACTS)


def _when(on: date | None, words: str, accepted: datetime, serial: int, report: int) -> _Asked:
    return asked_day(on, words, accepted), serial, report


def _outline(members: Iterable[int], asked: Mapping[int, _Asked]) -> Outline:
    keys = tuple(sorted(members, key=asked.__getitem__))
    reports = {asked[pk][2] for pk in keys}
    return Outline(keys, asked[keys[0]][0], asked[keys[-1]][0], len(reports))


def components(beside: Mapping[Key, Iterable[Key]]) -> Iterator[set[Key]]:
    """What hangs together, where ``beside`` names for each the ones that are joined to it."""
    known: set[Key] = set()
    for start in beside:
        if start not in known:
            found = reached(start, lambda pk: beside.get(pk, ()))
            known |= found
            yield found


# --- Families with everything that is shown of them --------------------------------------------------


def families(person: Person | None) -> list[Family]:
    """Every family of more than one that ``person`` may know of, the one asked first on top.

    Without a person, all. Six queries, however many there are.
    """
    return load([one.keys for one in outlines(person)], person)


def family_of(recommendation: Recommendation, person: Person | None = None) -> Family:
    """The family of ``recommendation`` as ``person`` may know it; without a person, the whole of it."""
    found = _outlines(person)[1].get(recommendation.pk)
    return load([found.keys if found else (recommendation.pk,)], person)[0]


def members_of(recommendation: Recommendation, person: Person) -> tuple[Recommendation, ...]:
    """Who is of its family, first asked first, without the links that say so. Two queries."""
    found = _outlines(person)[1].get(recommendation.pk)
    if found is None:
        return (recommendation,)
    rows = _recommendations(found.keys)
    return tuple(rows[pk] for pk in found.keys)


def load(chosen: Sequence[Group], person: Person | None) -> list[Family]:
    """The families of ``chosen``, with words, reports and links, in the same order. Four queries."""
    place = {pk: number for number, group in enumerate(chosen) for pk in group}
    if not place:
        return []
    links = _links(place, person)
    ends = {end for link in links for end in (link.earlier_id, link.later_id)}
    found = _recommendations({*place, *ends})
    joining: dict[int, list[Link]] = defaultdict(list)
    beside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        link.earlier, link.later = found[link.earlier_id], found[link.later_id]
        kind = beside if link.relation == Relation.CONTRADICTS else joining
        for number in {place.get(link.earlier_id), place.get(link.later_id)} - {None}:
            kind[number].append(link)  # type: ignore[index]
    return [
        Family(tuple(found[pk] for pk in group), tuple(joining[number]), tuple(beside[number]))
        for number, group in enumerate(chosen)
    ]


def _links(members: Iterable[int], person: Person | None) -> list[Link]:
    keys = these(members)
    rows = counted(person).select_related("signed_by").prefetch_related(prefetched())
    touching = rows.filter(earlier__in=keys) | rows.filter(later__in=keys)
    return list(touching.order_by("at", "pk"))


def _recommendations(keys: Iterable[int]) -> dict[int, Recommendation]:
    rows = Recommendation.objects.filter(pk__in=these(keys)).select_related("report__author")
    return {one.pk: one for one in rows.prefetch_related("corrections")}


def ever_linked(members: Iterable[Recommendation], person: Person) -> list[Link]:
    """Every link of one of ``members`` that ``person`` may see, those taken back too, oldest first."""
    keys = these(one.pk for one in members)
    rows = seen_by(person).filter(Q(earlier__in=keys) | Q(later__in=keys))
    named = rows.select_related("earlier__report", "later__report", "signed_by", "taken_back_by")
    return list(named.prefetch_related(prefetched()).order_by("at", "pk"))


# --- What follows from what was signed ---------------------------------------------------------------


def following(family: Family) -> list[Following]:
    """Members that ask the same by links that close over, where some pair of them was not signed."""
    links = [link for link in family.links if link.relation == Relation.SAME]
    beside: dict[int, list[int]] = defaultdict(list)
    for link in links:
        beside[link.earlier_id].append(link.later_id)
        beside[link.later_id].append(link.earlier_id)
    found = []
    for group in components(beside):
        members = tuple(one for one in family.members if one.pk in group)
        inside = tuple(link for link in links if link.earlier_id in group)
        if len(inside) < len(members) * (len(members) - 1) // 2:
            found.append(Following(members, inside))
    return found
