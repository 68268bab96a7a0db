"""Links to what other offices keep, as a page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.html.times import day_words
from answerable.register.models import OutsideLink, Recommendation, Relation
from answerable.register.queries.outside_links import outside_links_of
from answerable.register.rules import outside_links as rules


@dataclass(frozen=True, slots=True)
class OutsideShown:
    """One such link: a sentence, where it leads, who signed it, and whether it stands."""

    link: OutsideLink
    take_back: Offer | None

    @property
    def relation(self) -> str:
        """How the one here stands to theirs."""
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
class Outside:
    """All of one recommendation, those that stand first, and the way to sign one more."""

    recommendation: Recommendation
    links: list[OutsideShown]
    sign: Offer | None


def outside_of(person: Person, recommendation: Recommendation) -> Outside:
    """What other offices keep of ``recommendation``. One query."""
    shown = sorted(_shown(person, recommendation), key=lambda one: not one.stands)
    href = reverse("desk:outside_link", args=[recommendation.reference])
    check = partial(rules.check_may_sign, person, recommendation)
    press = "Link it to another office’s record"
    return Outside(recommendation, shown, offer(person, Permission.LINK_SIGN, press, href, check))


def _shown(person: Person, recommendation: Recommendation) -> Iterator[OutsideShown]:
    for link in outside_links_of(recommendation):
        take_back = None
        if link.taken_back_at is None:
            place = [recommendation.reference, link.pk]
            href = reverse("desk:take_back_outside_link", args=place)
            check = partial(rules.check_may_take_back, person, link)
            take_back = offer(person, Permission.LINK_SIGN, "Take it back", href, check)
        yield OutsideShown(link, take_back)
