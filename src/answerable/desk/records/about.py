"""The frame of every page about one body's answer: what was asked, where it stands, where to go."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from answerable.accounts.gate import Request
from answerable.accounts.models import Person
from answerable.desk.records.answers import AnswerShown, answers_shown
from answerable.desk.records.passages import page_href
from answerable.desk.records.rows import label_of, source_of
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries import answers, recommendations
from answerable.register.queries.remembered import Memory

SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("answer", "Answer", "desk:undertaking"),
    ("test", "Closing test", "desk:closing_test"),
    ("plan", "Plan", "desk:undertaking_plan"),
    ("claim", "Claim", "desk:claim"),
    ("evidence", "Evidence", "desk:undertaking_evidence"),
    ("opinion", "Opinion", "desk:opinion"),
    ("closing", "Closing", "desk:closing"),
)
"""The pages about one body's answer: the word for ``here``, what the link says, the page's name."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the way through the pages about one body's answer."""

    text: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class About:
    """What every page about one body's answer says of it.

    ``here`` is the page's own entry of :data:`SECTIONS`. ``slim`` folds the four questions away,
    where a form stands under them.
    """

    undertaking: Undertaking
    person: Person
    today: date
    here: str = "answer"
    slim: bool = False

    @property
    def recommendation(self) -> Recommendation:
        """What was asked."""
        return self.undertaking.recommendation

    @property
    def body(self) -> str:
        """Who answers for it."""
        return self.undertaking.body.name

    @property
    def place(self) -> list[str]:
        """What names it in an address: the reference, and the body."""
        return [self.recommendation.reference, self.undertaking.body.slug]

    @property
    def href(self) -> str:
        """The first of the pages about it."""
        return reverse("desk:undertaking", args=self.place)

    @property
    def whole_href(self) -> str:
        """The recommendation, with the answers of all."""
        return reverse("desk:recommendation", args=[self.recommendation.reference])

    @cached_property
    def answer(self) -> AnswerShown:
        """The answer with its four questions, its replies and its clock."""
        [shown] = answers_shown([self.undertaking], self.person, self.today, Memory())
        return shown

    @property
    def label(self) -> str:
        """What the report calls it."""
        asked = self.recommendation
        return label_of(asked.get_kind_display(), asked.number)

    @property
    def words(self) -> str:
        """The exact words that count now."""
        return recommendations.words_of(self.recommendation)

    @property
    def source(self) -> str:
        """The report that asks it."""
        report = self.recommendation.report
        return source_of(report.title, report.published_on, report.published_words)

    @property
    def page_href(self) -> str:
        """Where it stands in the document."""
        return page_href(self.recommendation)

    @property
    def heading(self) -> str:
        """What this page is called."""
        return next(text for key, text, _ in SECTIONS if key == self.here)

    @cached_property
    def sections(self) -> list[Section]:
        """The way through: all the pages about it."""
        return [
            Section(text, reverse(name, args=self.place), key == self.here)
            for key, text, name in SECTIONS
        ]


def find(request: Request, reference: str, slug: str) -> Undertaking:
    """One body's answer to one recommendation, if it is the reader's to know of.

    It comes with its replies, positions, clock and recommendation, as :func:`about` draws them.

    Raises:
        NotTheirs: where it is not there, or not for this person.
    """
    return answers.find_undertaking(request.user, reference, slug)


def about(
    request: Request, undertaking: Undertaking, here: str = "answer", *, slim: bool = False
) -> dict[str, Any]:
    """The context of a page that extends ``desk/register/about.html``.

    ``undertaking`` as :func:`find` gives it; ``here`` is a key of :data:`SECTIONS`.
    """
    shown = About(undertaking, request.user, timezone.localdate(), here, slim)
    return {
        "about": shown,
        "undertaking": undertaking,
        "recommendation": undertaking.recommendation,
    }
