"""Two recommendations side by side: their words, what was answered to the earlier, what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.assurance.queries.told import Told, told_of
from answerable.desk.records.four import four_shown
from answerable.desk.records.likenesses import ProposalShown, proposals_shown
from answerable.desk.records.links import LinkShown
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.records.passages import page_href
from answerable.desk.records.rows import label_of
from answerable.engine import wording
from answerable.engine.similarity.beside import Stretch, beside
from answerable.html.times import day_words, length_words
from answerable.register.models import Clock, Dismissal, Recommendation, Undertaking
from answerable.register.queries import dismissals, links, undertakings
from answerable.register.queries.links import asked_on, asked_words
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory
from answerable.register.rules import links as rules

SOME = 3
"""So many bodies have their four answers drawn in full; more than these stand in lines."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: where it comes from, whom it was asked of, its words cut where they differ."""

    recommendation: Recommendation
    stretches: Sequence[Stretch]
    bodies: str

    @property
    def label(self) -> str:
        """What its report calls it."""
        return label_of(self.recommendation.get_kind_display(), self.recommendation.number)

    @property
    def asked(self) -> str:
        """When it was asked, as exactly as is known."""
        return asked_words(self.recommendation)

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("desk:recommendation", args=[self.recommendation.reference])

    @property
    def page_href(self) -> str:
        """The page of its document."""
        return page_href(self.recommendation)


@dataclass(frozen=True, slots=True)
class AnswerBeside:
    """What one body answered to the earlier one, and its dates."""

    undertaking: Undertaking
    told: Told

    @property
    def four(self) -> dict[str, Any]:
        """Its four answers."""
        return four_shown(self.told.four)

    @property
    def href(self) -> str:
        """Its own page, with every date and who moved it."""
        place = [self.undertaking.recommendation.reference, self.undertaking.body.slug]
        return reverse("desk:undertaking", args=place)

    @property
    def dates(self) -> str:
        """By when a reply was due, first and last, in a sentence; nothing where no clock ran."""
        clock: Clock | None = getattr(self.undertaking, "clock", None)
        if clock is None:
            return ""
        said = f"A reply was due by {day_words(clock.due_on)}"
        if clock.first_computed_on != clock.due_on:
            said += f"; first by {day_words(clock.first_computed_on)}"
        return f"{said}."


@dataclass(frozen=True, slots=True)
class Dismissed:
    """That somebody found them not to be alike."""

    dismissal: Dismissal
    take_back: Offer | None

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.dismissal.taken_back_at is None

    @property
    def by(self) -> str:
        """Who said so, and when."""
        one = self.dismissal
        return f"Said by {name_of(one.dismissed_by)} on {day_words(one.at)}"

    @property
    def taken_back(self) -> str:
        """Who took it back, when and why."""
        one = self.dismissal
        if self.stands:
            return ""
        by, on = name_of(one.taken_back_by), day_words(one.taken_back_at)
        return f"Taken back by {by} on {on}: {one.taken_back_reason}"


@dataclass(frozen=True)
class Beside:
    """The earlier and the later of two, as ``person`` may know them."""

    earlier: Recommendation
    later: Recommendation
    person: Person
    memory: Memory

    @cached_property
    def proposals(self) -> list[ProposalShown]:
        """The likeliest earlier ones of the later, whatever was decided of them: a place stays."""
        found = proposals_shown(self.person, self.later, self.memory)
        return sorted(found, key=lambda one: -one.proposal.likeness.score)

    @cached_property
    def proposal(self) -> ProposalShown | None:
        """What is suggested of these two, where they are among the likeliest."""
        return next((p for p in self.proposals if p.other.pk == self.earlier.pk), None)

    @property
    def rank(self) -> int:
        """Its place among the likeliest; 0 where it is not among them."""
        every = [one.other.pk for one in self.proposals]
        return every.index(self.earlier.pk) + 1 if self.earlier.pk in every else 0

    def following(self, first: int) -> ProposalShown | None:
        """The next on which nobody has decided, of the ``first`` few where this is one of them."""
        shown = self.proposals[:first] if self.rank <= first else self.proposals
        others = (*shown[self.rank :], *shown[: max(0, self.rank - 1)])
        return next((one for one in others if one.is_open), None)

    @cached_property
    def _undertakings(self) -> list[Undertaking]:
        both = [self.earlier.pk, self.later.pk]
        rows = undertakings.seen_by(self.person).filter(recommendation__in=both)
        return list(rows.select_related("body", "clock", "recommendation").order_by("pk"))

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """Both, the earlier first."""
        both = (self.earlier, self.later)
        cut = beside(words_of(self.earlier), words_of(self.later))
        named = [
            ", ".join(u.body.name for u in self._undertakings if u.recommendation_id == one.pk)
            for one in both
        ]
        first, second = (Side(*each) for each in zip(both, cut, named, strict=True))
        return first, second

    @property
    def difference(self) -> list[wording.Piece]:
        """How the words of the later differ, in reading order."""
        return wording.difference(words_of(self.earlier), words_of(self.later))

    @property
    def second_name(self) -> str:
        """How much later the later one was asked."""
        days = (asked_on(self.later) - asked_on(self.earlier)).days
        return f"Asked {length_words(days)} later" if days else "Asked on the same day"

    @cached_property
    def answers(self) -> list[AnswerBeside]:
        """What each body answered to the earlier one."""
        owed = [u for u in self._undertakings if u.recommendation_id == self.earlier.pk]
        key = ("beside", tuple(u.pk for u in owed))
        told = self.memory.of(key, lambda: told_of(owed))
        return [AnswerBeside(u, told[u.pk]) for u in owed]

    @property
    def is_whole(self) -> bool:
        """Whether there are few enough to draw each in full."""
        return len(self.answers) <= SOME

    @cached_property
    def links(self) -> list[LinkShown]:
        """Links between the two, those that stand first, with who reads them otherwise."""
        pair = {self.earlier.pk, self.later.pk}
        found = links.links_of(self.person, self.later)
        ours = [one for one in found if {one.earlier_id, one.later_id} == pair]
        shown = [LinkShown(one, self.later, None, self.person) for one in ours[::-1]]
        return sorted(shown, key=lambda one: not one.stands)

    @cached_property
    def dismissals(self) -> list[Dismissed]:
        """Whoever found them not to be alike, those that stand first."""
        found = dismissals.dismissals_of(self.later, [self.earlier.pk])
        return sorted(self._dismissed(found), key=lambda one: not one.stands)

    def _dismissed(self, found: Sequence[Dismissal]) -> Iterator[Dismissed]:
        for one in reversed(found):
            place = [self.later.reference, one.pk]
            href = reverse("desk:take_back_dismissal", args=place)
            way = None
            if one.taken_back_at is None:
                press = "Take it back"
                way = offer(self.person, Permission.LINK_SIGN, press, href, lambda: None)
            yield Dismissed(one, way)

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on the two."""
        signed = any(one.stands for one in self.links)
        return not signed and not any(one.stands for one in self.dismissals)

    @cached_property
    def decide(self) -> Offer | None:
        """Decide on them, or why not; nothing for whoever never may."""
        check = partial(rules.check_may_sign, self.person, self.earlier, self.later)
        return offer(self.person, Permission.LINK_SIGN, "Decide", "", check)
