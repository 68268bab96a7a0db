"""What the ask box found: the likeliest, why, how often it was asked, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.assurance.queries.told import told_of
from answerable.desk.records.four import four_shown
from answerable.desk.records.likenesses import ProposalShown
from answerable.html.times import day_words, length_words, plural
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries.families import outlines
from answerable.register.queries.likeness import Proposal, asked_before
from answerable.register.queries.undertakings import seen_by

TOP = 20
"""So many are found at most."""
FIRST = 8
"""So many are shown at once; the others on demand."""
BODIES = 3
"""So many bodies are named with their answers."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one body answered, in words."""

    body: str
    four: dict[str, dict[str, Any]]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InFamily:
    """That it is one of several: how often it was asked, and since when."""

    times: int
    first_on: date
    reference: str
    today: date

    @property
    def href(self) -> str:
        """The family's own page."""
        return reverse("desk:family", args=[self.reference])

    @property
    def words(self) -> str:
        """How often and since when, in a sentence."""
        age = length_words((self.today - self.first_on).days)
        return (
            f"Asked {plural(self.times, 'time')}, first on {day_words(self.first_on)}: {age} ago."
        )


@dataclass(frozen=True, slots=True)
class FoundShown(ProposalShown):
    """One that may ask for the same, with its family and what was answered."""

    family: InFamily | None = None
    answers: Sequence[AnswerLine] = ()
    others: int = 0

    @property
    def mine(self) -> str:
        """What was typed, where only it has something."""
        return "yours"

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("desk:recommendation", args=[self.other.reference])


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found, likeliest first: what is shown at once, and the rest."""

    first: Sequence[FoundShown]
    more: Sequence[FoundShown]


def found_for(person: Person, words: str, today: date) -> Found:
    """What may ask for the same as ``words``, of what ``person`` may know of."""
    proposals = asked_before(person, words, top=TOP)
    families = _families(person, proposals, today)
    answers = _answers(person, proposals)
    shown = []
    for one in proposals:
        pk = one.recommendation.pk
        own = answers.get(pk, [])
        more = max(0, len(own) - BODIES)
        line = FoundShown(one, one.recommendation, "", families.get(pk), own[:BODIES], more)
        shown.append(line)
    return Found(shown[:FIRST], shown[FIRST:])


def _families(person: Person, proposals: Sequence[Proposal], today: date) -> dict[int, InFamily]:
    """The family of each that is in one. Two queries, and one once an event."""
    wanted = {one.recommendation.pk for one in proposals}
    found = {
        pk: one for one in outlines(person) for pk in one.keys if pk in wanted and one.times > 1
    }
    first = Recommendation.objects.filter(pk__in={one.keys[0] for one in found.values()})
    references = dict(first.values_list("pk", "reference")) if found else {}
    return {
        pk: InFamily(one.times, one.first_on, references[one.keys[0]], today)
        for pk, one in found.items()
    }


def _answers(person: Person, proposals: Sequence[Proposal]) -> dict[int, list[AnswerLine]]:
    keys = [one.recommendation.pk for one in proposals]
    rows = seen_by(person).filter(recommendation__in=keys).order_by("pk")
    owed: list[Undertaking] = list(rows.select_related("body", "recommendation"))
    told = told_of(owed)
    found: dict[int, list[AnswerLine]] = {}
    for one in owed:
        tells = told[one.pk]
        line = AnswerLine(one.body.name, four_shown(tells.four), tells.course.facts)
        found.setdefault(one.recommendation_id, []).append(line)
    return found
