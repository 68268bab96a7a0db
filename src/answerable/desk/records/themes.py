"""Themes as pages show them: what may be done, recommendations to tick, suggestions to take."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.records.offers import Offer, offer
from answerable.gaps.models import Theme
from answerable.gaps.queries.export import shortened
from answerable.gaps.queries.themes import Suggestion, with_references
from answerable.gaps.rules import themes as rules
from answerable.html import Form
from answerable.register.models import Recommendation
from answerable.register.queries.links import asked_on
from answerable.register.queries.recommendations import words_of


@dataclass(frozen=True, slots=True)
class Pick:
    """One recommendation to tick: ``value`` is what is sent, ``id`` its name on the page."""

    value: str
    id: str
    recommendation: Recommendation
    ticked: bool = False

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("desk:recommendation", args=[self.recommendation.reference])

    @property
    def words(self) -> str:
        """How it begins, in the words that count."""
        return shortened(words_of(self.recommendation))

    @property
    def source(self) -> str:
        """Its report, with the year."""
        return f"{self.recommendation.report.title}, {asked_on(self.recommendation).year}"


def picks(
    found: Iterable[Recommendation], ticked: Collection[str] = (), *, name: str = "pick"
) -> list[Pick]:
    """Recommendations to tick, sent by their references."""
    return [
        Pick(one.reference, f"{name}-{one.reference}", one, one.reference in ticked)
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class SuggestionShown:
    """One suggestion: its form, why it is made, and what it would hold."""

    number: int
    suggestion: Suggestion
    form: Form
    picks: list[Pick]


def suggestions_shown(
    found: Iterable[Suggestion], make_form: Callable[[Suggestion], Form]
) -> list[SuggestionShown]:
    """Suggestions with the recommendations in them, read together: two queries."""
    found = list(found)
    references = [reference for one in found for reference in one.references]
    rows = with_references(references).select_related("report").prefetch_related("corrections")
    known = {one.reference: one for one in rows}
    return [
        SuggestionShown(
            number,
            one,
            make_form(one),
            picks(
                [known[r] for r in one.references if r in known],
                one.references,
                name=f"suggested-{number}",
            ),
        )
        for number, one in enumerate(found, start=1)
    ]


def offers_of(person: Person, theme: Theme) -> list[Offer]:
    """What may be done with one theme."""
    acts = (
        ("Put recommendations under it", "desk:fill_theme"),
        ("Change its name", "desk:change_theme"),
        ("Retire it", "desk:retire_theme"),
    )
    check = partial(rules.check_may_change, person, theme)
    found = (
        offer(person, Permission.THEME_KEEP, press, reverse(name, args=[theme.slug]), check)
        for press, name in acts
    )
    return [one for one in found if one]
