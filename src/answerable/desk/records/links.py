"""What a recommendation is joined to: its links, its family with its age, and what it took over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.records.rows import shortened
from answerable.html.times import day_words, length_words, plural
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import families, recommendations
from answerable.register.queries import links as queries
from answerable.register.queries.links import Inherited, asked_on
from answerable.register.queries.remembered import Memory
from answerable.register.rules import links as rules


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link, as a sentence from the later to the earlier, with who signed it and why."""

    link: Link
    here: Recommendation
    take_back: Offer | None

    @property
    def other(self) -> Recommendation:
        """The other end."""
        return self.link.earlier if self.link.later_id == self.here.pk else self.link.later

    @property
    def other_href(self) -> str:
        """The page of the other end."""
        return reverse("desk:recommendation", args=[self.other.reference])

    @property
    def relation(self) -> str:
        """How the later one stands to the earlier one."""
        return str(Relation(self.link.relation).label)

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.link.taken_back_at is None

    @property
    def signed(self) -> str:
        """Who signed it, and when."""
        return f"Signed by {name_of(self.link.signed_by)} on {day_words(self.link.at)}"

    @property
    def taken_back(self) -> str:
        """Who took it back, when and why."""
        if self.stands:
            return ""
        by, on = name_of(self.link.taken_back_by), day_words(self.link.taken_back_at)
        return f"Taken back by {by} on {on}: {self.link.taken_back_reason}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that it was asked."""

    recommendation: Recommendation
    is_here: bool

    @property
    def on(self) -> date:
        """When."""
        return asked_on(self.recommendation)

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("desk:recommendation", args=[self.recommendation.reference])

    @property
    def words(self) -> str:
        """How it begins, in the words that count."""
        return shortened(recommendations.words_of(self.recommendation))


@dataclass(frozen=True)
class LinksShown:
    """Everything that joins ``recommendation`` to others, as ``person`` may know it."""

    recommendation: Recommendation
    person: Person
    today: date

    @cached_property
    def links(self) -> list[LinkShown]:
        """Links, newest first: those that stand, then those that were taken back."""
        if not getattr(self.recommendation, "is_linked", True):
            return []
        found = queries.links_of(self.person, self.recommendation)
        shown = [
            LinkShown(link, self.recommendation, self._take_back(link)) for link in found[::-1]
        ]
        return sorted(shown, key=lambda one: not one.stands)

    def _take_back(self, link: Link) -> Offer | None:
        if link.taken_back_at:
            return None
        href = reverse("desk:take_back_link", args=[self.recommendation.reference, link.pk])
        check = partial(rules.check_may_take_back, self.person, link)
        return offer(self.person, Permission.LINK_SIGN, "Take it back", href, check)

    @cached_property
    def sign(self) -> Offer | None:
        """Sign a link, or why not."""
        here = self.recommendation
        href = reverse("desk:links", args=[here.reference])
        check = partial(rules.check_may_sign, self.person, here, here)
        return offer(self.person, Permission.LINK_SIGN, "Link it to another", href, check)

    @cached_property
    def family(self) -> list[Asked]:
        """Every time that it was asked, first asked first; nothing where it stands alone."""
        if not any(one.stands for one in self.links):
            return []
        found = families.family_of(self.recommendation, self.person).members
        if len(found) < 2:
            return []
        return [Asked(one, one.pk == self.recommendation.pk) for one in found]

    @cached_property
    def inherited(self) -> Inherited | None:
        """What it took over from those that it superseded; None where it superseded none."""
        mine = [one for one in self.links if one.stands and one.link.relation == SUPERSEDES]
        if not any(one.link.later_id == self.recommendation.pk for one in mine):
            return None
        make = partial(queries.inherited, self.recommendation)
        return Memory().of(("inherited", self.recommendation.pk), make)

    @property
    def lead(self) -> str:
        """How old the family is, in a sentence."""
        if len(self.family) < 2:
            return ""
        first, times = self.family[0], len(self.family)
        age = length_words((self.today - first.on).days)
        return (
            f"Asked {plural(times, 'time')}. First on {day_words(first.on)}, in "
            f"{first.recommendation.reference}: {age} ago."
        )

    @property
    def inherited_words(self) -> str:
        """What was passed on by superseding, in a sentence."""
        if self.inherited is None:
            return ""
        took = self.inherited
        return (
            f"What it superseded passed on its age: it runs from {day_words(took.first_asked_on)}, "
            f"{length_words(took.age_on(self.today))}. Over the whole line, time limits of replies "
            f"were moved {moved_words(took.dates_moved)}."
        )


SUPERSEDES = Relation.SUPERSEDES


def moved_words(times: int) -> str:
    """How often, to end a sentence."""
    return {0: "never", 1: "once", 2: "twice"}.get(times, f"{times:,} times")


def in_order(one: Recommendation, other: Recommendation) -> tuple[Recommendation, Recommendation]:
    """The earlier and the later of two, by when they were asked, then by when they came here."""
    earlier, later = sorted((one, other), key=lambda r: (asked_on(r), r.serial))
    return earlier, later


def choices(found: Sequence[Recommendation], here: Recommendation) -> list[Asked]:
    """What a search found, to choose from; never the one that the page is about."""
    return [Asked(one, is_here=False) for one in found if one.pk != here.pk]
