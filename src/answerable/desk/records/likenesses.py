"""What may have been asked before, as pages show it: the suggestion, why, and what was decided."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import is_of_office
from answerable.desk.records.offers import name_of
from answerable.desk.records.rows import label_of, shortened
from answerable.html.times import day_words, plural
from answerable.register.models import Dismissal, Recommendation, Relation
from answerable.register.queries.likeness import (
    Proposal,
    proposals_for,
)
from answerable.register.queries.links import asked_words
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory
from answerable.register.queries.undertakings import seen_by

FIRST = 10
"""So many are shown at first."""
MOST = 50
"""So many are shown on demand, and can be decided on side by side."""
UNRELATED = "unrelated"
DOUBTFUL = 0.05
"""From these odds on, a relation is named beside something likelier."""
LIKELY = {
    Relation.SAME: "asks the same",
    Relation.EXTENDS: "asks for more",
    Relation.PARTLY: "repeats a part",
    Relation.CONTRADICTS: "contradicts it",
    Relation.SUPERSEDES: "stands in its place",
    UNRELATED: "asks for something else",
}
"""What the later one may do, in the words of a suggestion."""


def percent(odds: float) -> str:
    """Odds as a page shows them: never quite certain."""
    return "under 1 %" if odds < 0.01 else f"{min(99, round(odds * 100))} %"


@dataclass(frozen=True, slots=True)
class Suggested:
    """Which relation is likely, with its odds, and the others, likeliest first."""

    odds: tuple[tuple[str, str], ...]
    is_doubtful: bool

    @classmethod
    def of(cls, proposal: Proposal) -> "Suggested":
        """The suggestion of a proposal."""
        ranked = sorted(proposal.odds.items(), key=lambda each: -each[1])
        told = tuple((LIKELY[name], percent(odds)) for name, odds in ranked)
        return cls(told, ranked[1][1] >= DOUBTFUL)

    @property
    def sentence(self) -> str:
        """The likeliest, as a suggestion; what else is likely beside it, where that is no relation."""
        (words, odds), (second, less) = self.odds[:2]
        if words == LIKELY[UNRELATED] and self.is_doubtful:
            return f"Perhaps {second} (odds {less}); likelier something else ({odds})"
        return f"Likely {words} (odds {odds})"

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """All that is less likely."""
        return self.odds[1:]


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One earlier recommendation beside the one that the page is about."""

    proposal: Proposal
    here: Recommendation
    asked_of: str = ""

    @property
    def other(self) -> Recommendation:
        """The earlier one."""
        return self.proposal.recommendation

    @property
    def label(self) -> str:
        """What its report calls it."""
        return label_of(self.other.get_kind_display(), self.other.number)

    @property
    def words(self) -> str:
        """How it begins, in the words that count."""
        return shortened(words_of(self.other))

    @property
    def asked(self) -> str:
        """When it was asked, as exactly as is known."""
        return asked_words(self.other)

    @property
    def suggested(self) -> Suggested:
        """What is likely."""
        return Suggested.of(self.proposal)

    @property
    def why(self) -> str:
        """Why it is proposed, in words."""
        return self.proposal.likeness.why.sentence(self.mine, self.other.reference)

    @property
    def mine(self) -> str:
        """What the later one is called where only it has something."""
        return self.here.reference

    @property
    def href(self) -> str:
        """Both side by side."""
        place = [self.here.reference, self.other.reference]
        return reverse("desk:likeness", args=place)

    @property
    def decided(self) -> str:
        """What a person decided of the two; nothing while nobody has."""
        link = self.proposal.link
        if link is not None:
            said = (
                f"{link.later.reference} {Relation(link.relation).label} {link.earlier.reference}"
            )
            return f"Signed by {name_of(link.signed_by)} on {day_words(link.at)}: {said}."
        dismissal = self.proposal.dismissal
        return f"{dismissed_words(dismissal)} {dismissal.reason}" if dismissal else ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.proposal.is_open


def proposals_shown(person: Person, here: Recommendation, memory: Memory) -> list[ProposalShown]:
    """The likeliest earlier ones of ``here`` that ``person`` may know of; those put aside last."""
    found = proposals_for(person, here, top=MOST, memory=memory)
    return [ProposalShown(one, here) for one in found]


def with_bodies(person: Person, shown: Sequence[ProposalShown]) -> list[ProposalShown]:
    """The same, each with whom it was asked of. One query."""
    rows = seen_by(person).filter(recommendation__in=[one.other.pk for one in shown])
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in rows.order_by("pk").values_list("recommendation_id", "body__name"):
        names[pk].append(name)
    return [replace(one, asked_of=", ".join(names[one.other.pk])) for one in shown]


def dismissed_words(dismissal: Dismissal) -> str:
    """Who said that the two are not alike, and when."""
    by, on = name_of(dismissal.dismissed_by), day_words(dismissal.at)
    return f"Not alike, says {by} on {on}:"


def first_open(shown: Sequence[ProposalShown]) -> ProposalShown | None:
    """The likeliest on which nobody has decided."""
    return next((one for one in shown if one.is_open), None)


@dataclass(frozen=True, slots=True)
class MayRepeat:
    """That some wait to be compared: how many, and where. It claims nothing."""

    count: int
    href: str

    @property
    def words(self) -> str:
        """How many, as the words of a link's sentence."""
        return f"{plural(self.count, 'earlier recommendation')} may ask the same"


def may_repeat(person: Person, here: Recommendation) -> MayRepeat | None:
    """How many earlier ones wait for a decision beside ``here``, for the office; None for none.

    ``here`` was found with :func:`answerable.register.queries.likeness.waiting_beside` on it.
    """
    count: int = getattr(here, "waiting", 0) if is_of_office(person) else 0
    return MayRepeat(count, reverse("desk:likenesses", args=[here.reference])) if count else None
