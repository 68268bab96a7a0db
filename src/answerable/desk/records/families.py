"""What a family's page shows: its timeline, its members, why they belong together, how it came to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.desk.records.links import Asked, LinkShown
from answerable.desk.records.offers import name_of
from answerable.desk.records.timelines import timeline_of
from answerable.engine.timeline import Timeline
from answerable.html import timelines
from answerable.html.times import age_words, day_words
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import families as queries
from answerable.register.queries.families import Family, Outline
from answerable.register.queries.links import asked_words
from answerable.register.queries.remembered import Memory

MOST_PAIRS = 12
"""So many pairs that follow are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Member(Asked):
    """One time that it was asked, with the day as exactly as it is known."""

    @property
    def day(self) -> str:
        """When, in words."""
        return asked_words(self.recommendation)


@dataclass(frozen=True)
class FamilyShown:
    """A family as ``person`` may know it."""

    family: Family
    person: Person
    today: date

    @cached_property
    def timeline(self) -> Timeline:
        """Remembered until the next event: the answers of a whole family are many."""
        scope = None if is_of_office(self.person) else self.person.body_id
        key = ("timeline", scope, self.today, self.family.first.pk)
        return Memory().of(key, partial(timeline_of, self.family, self.person, self.today))

    @property
    def heading(self) -> str:
        """How often, over how long."""
        return timelines.heading(self.family.times, self.timeline)

    @property
    def lead(self) -> str:
        """Since when."""
        return timelines.lead(self.timeline)

    @property
    def drawn(self) -> dict[str, Any]:
        """The picture with its table."""
        hrefs = {member.recommendation.reference: member.href for member in self.members}
        return timelines.shown(self.timeline, "family", hrefs)

    @cached_property
    def members(self) -> list[Member]:
        """Every time that it was asked, first asked first."""
        return [Member(one, is_here=False) for one in self.family.members]

    @cached_property
    def joining(self) -> list[LinkShown]:
        """The links by which they belong together."""
        return self._shown(self.family.links)

    @cached_property
    def beside(self) -> list[LinkShown]:
        """What contradicts one of them."""
        return self._shown(self.family.beside)

    def _shown(self, links: Iterable[Link]) -> list[LinkShown]:
        return [LinkShown(link, link.later, None, self.person) for link in links]

    @cached_property
    def following(self) -> list[str]:
        """What nobody signed, and follows from what was signed, in sentences."""
        return [_follows(found) for found in queries.following(self.family)]

    # --- How it came to be ---

    @cached_property
    def _ever(self) -> list[Link]:
        return queries.ever_linked(self.family.members, self.person)

    @cached_property
    def left(self) -> list[tuple[Recommendation, str]]:
        """What a link once joined to a member, and why it no longer belongs here."""
        here = {one.pk for one in self.family.members}
        found: dict[int, tuple[Recommendation, str]] = {}
        for link in self._ever:
            if link.relation != Relation.CONTRADICTS:
                for one in (link.earlier, link.later):
                    if one.pk not in here:
                        found[one.pk] = (one, _why_left(one, link))
        return sorted(found.values(), key=lambda pair: pair[0].serial)

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Everything that was signed, read otherwise, taken back or withdrawn, newest first."""
        every = [line for link in self._ever for line in _lines_of(link)]
        ends = {one.pk: one for link in self._ever for one in (link.earlier, link.later)}
        for one in ends.values():
            if one.withdrawn_at:
                text = f"{one.reference} was withdrawn: {one.withdrawn_reason}"
                every.append(_line(one.withdrawn_at, text, ""))
        return sorted(every, key=lambda line: line["at"], reverse=True)


def _follows(found: queries.Following) -> str:
    members = ", ".join(one.reference for one in found.members)
    pairs = [f"{one.reference} and {other.reference}" for one, other in found.unsigned]
    named = "; ".join(pairs[:MOST_PAIRS])
    more = f"; and {len(pairs) - MOST_PAIRS:,} more" if len(pairs) > MOST_PAIRS else ""
    return (
        f"{members} all ask the same. Of {named}{more} nobody signed that: it follows from the "
        "signed links."
    )


def _why_left(one: Recommendation, link: Link) -> str:
    if link.taken_back_at:
        return f"link taken back on {day_words(link.taken_back_at)}: {link.taken_back_reason}"
    return f"withdrawn on {day_words(one.withdrawn_at)}: {one.withdrawn_reason}"


def _line(at: datetime, text: str, by: str) -> dict[str, Any]:
    return {"at": at, "when": timezone.localdate(at), "text": text, "by": by}


def _lines_of(link: Link) -> Iterable[dict[str, Any]]:
    later, earlier = link.later.reference, link.earlier.reference
    joined = f"{later} {Relation(link.relation).label} {earlier}"
    why = f" {link.reason}" if link.taken_back_at else ""  # what stands says it above
    yield _line(link.at, f"Signed: {joined}.{why}", name_of(link.signed_by))
    for one in link.objections.all():
        read = f"{later} {one.get_reads_display()} {earlier}"
        yield _line(one.at, f"Read otherwise: {read}. {one.reason}", name_of(one.by))
        if one.taken_back_at:
            text = f"No longer read otherwise ({read}): {one.taken_back_reason}"
            yield _line(one.taken_back_at, text, name_of(one.by))
    if link.taken_back_at:
        text = f"Taken back ({joined}): {link.taken_back_reason}"
        yield _line(link.taken_back_at, text, name_of(link.taken_back_by))


# --- The list -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family as the list shows it."""

    outline: Outline
    family: Family
    bodies: Sequence[str]
    today: date

    @property
    def reference(self) -> str:
        """The reference of the first that asked."""
        return self.family.first.reference

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("desk:family", args=[self.reference])

    @property
    def words(self) -> str:
        """What was first asked, in short."""
        return Asked(self.family.first, is_here=False).words

    @property
    def first(self) -> str:
        """When it was first asked."""
        return asked_words(self.family.first)

    @property
    def last(self) -> str:
        """When it was last asked."""
        return asked_words(self.family.members[-1])

    @property
    def age(self) -> str:
        """How old it is."""
        return age_words(self.outline.first_on, self.today)

    @property
    def days(self) -> int:
        """How old it is, in days."""
        return (self.today - self.outline.first_on).days
