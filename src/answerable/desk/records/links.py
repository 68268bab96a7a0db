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
from answerable.register.models import Link, Objection, Recommendation, Relation
from answerable.register.queries import families, recommendations
from answerable.register.queries import links as queries
from answerable.register.queries.links import Inherited, asked_on, asked_words
from answerable.register.queries.remembered import Memory
from answerable.register.rules import links as rules
from answerable.register.rules import objections as objection_rules


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One link, as a sentence from the later to the earlier, with who signed it and why."""

    link: Link
    here: Recommendation
    take_back: Offer | None
    person: Person | None = None

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

    @property
    def object_to(self) -> Offer | None:
        """Say that one reads it otherwise; nothing for whoever signed it, or could never."""
        person = self.person
        if person is None or self.link.signed_by_id == person.pk or not self.stands:
            return None
        args = [self.here.reference, self.link.pk]
        href = reverse("desk:object_to_link", args=args)
        check = partial(objection_rules.check_may_object, person, self.link)
        return offer(person, Permission.LINK_OBJECT, "I read it otherwise", href, check)

    @property
    def otherwise(self) -> list["ReadOtherwise"]:
        """How others read it, those who took it back too."""
        return [ReadOtherwise(one, self) for one in self.link.objections.all()]


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """How somebody else reads a link."""

    objection: Objection
    of: LinkShown

    @property
    def words(self) -> str:
        """The other reading, as a sentence from the later to the earlier."""
        link = self.of.link
        reads = self.objection.get_reads_display()
        return f"{link.later.reference} {reads} {link.earlier.reference}."

    @property
    def signed(self) -> str:
        """Who reads it so, and since when."""
        return f"{name_of(self.objection.by)}, {day_words(self.objection.at)}"

    @property
    def taken_back(self) -> str:
        """When and why it was taken back."""
        if not self.objection.taken_back_at:
            return ""
        on, why = day_words(self.objection.taken_back_at), self.objection.taken_back_reason
        return f"Taken back on {on}: {why}"

    @property
    def take_back_href(self) -> str:
        """Where whoever wrote it takes it back."""
        person = self.of.person
        if person is None or self.objection.taken_back_at or self.objection.by_id != person.pk:
            return ""
        args = [self.of.here.reference, self.of.link.pk, self.objection.pk]
        return reverse("desk:take_back_objection", args=args)


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
    def when(self) -> str:
        """When, as exactly as is known."""
        return asked_words(self.recommendation)

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
            LinkShown(link, self.recommendation, self._take_back(link), self.person)
            for link in found[::-1]
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
        found = families.members_of(self.recommendation, self.person)
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
        first, times = self.family[0], len({one.recommendation.report_id for one in self.family})
        age = length_words((self.today - first.on).days)
        often = plural(times, "time") if times > 1 else f"once, in {len(self.family)} places"
        return (
            f"Asked {often}. First on {day_words(first.on)}, in "
            f"{first.recommendation.reference}: {age} ago."
        )

    @property
    def family_href(self) -> str:
        """The page of the family, with its timeline; nothing where it stands alone."""
        if len(self.family) < 2:
            return ""
        return reverse("desk:family", args=[self.family[0].recommendation.reference])

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
