"""Which words of what was asked are served by which action, as the plan of an answer shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.records.plan import PlanRow, ServiceShown
from answerable.engine.clauses import clauses
from answerable.plan.models import Service
from answerable.plan.queries import services as queries
from answerable.plan.queries.services import Stretch
from answerable.plan.rules import planned as rules
from answerable.register.models import Undertaking


@dataclass(frozen=True, slots=True)
class MarkShown:
    """A stretch of the wording, and the actions that serve it."""

    words: str
    actions: tuple[str, ...]

    @property
    def by(self) -> str:
        """The actions in words."""
        return ", ".join(self.actions)


@dataclass(frozen=True)
class ServingShown:
    """One action that serves the answer."""

    service: Service
    today: date
    take_out_href: str

    @property
    def row(self) -> PlanRow:
        """The action, as its list shows it."""
        return PlanRow(self.service.action, self.today)

    @property
    def shown(self) -> ServiceShown:
        """The words that it serves."""
        return ServiceShown(self.service)

    @property
    def out_by(self) -> str:
        """Who said that it no longer serves."""
        return name_of(self.service.taken_out_by)


@dataclass(frozen=True)
class AnswerPlan:
    """The plan of one answer, as ``person`` sees it."""

    undertaking: Undertaking
    person: Person
    today: date

    @property
    def _place(self) -> list[str]:
        return [self.undertaking.recommendation.reference, self.undertaking.body.slug]

    @cached_property
    def _services(self) -> list[Service]:
        found = queries.ever(self.undertaking)
        for service in found:
            service.undertaking = self.undertaking
            service.action.body = self.undertaking.body
        return found

    @cached_property
    def _stretches(self) -> list[Stretch]:
        standing = [s for s in self._services if not (s.taken_out_at or s.action.abandoned_at)]
        return queries.stretches_of(self.undertaking, standing)

    @property
    def marks(self) -> list[MarkShown]:
        """The whole wording, cut where what serves it changes."""
        return [MarkShown(s.words, s.actions) for s in self._stretches]

    @property
    def unserved(self) -> list[str]:
        """The words that no action serves."""
        return [" ".join(s.words.split()) for s in queries.unserved_in(self._stretches)]

    @property
    def is_planned(self) -> bool:
        """Whether any action serves it."""
        return any(s.actions for s in self._stretches)

    def _serving(self, services: Sequence[Service]) -> list[ServingShown]:
        href = partial(reverse, "desk:take_out_service")
        return [
            ServingShown(s, self.today, href(args=[*self._place, s.action.reference]))
            for s in services
        ]

    @property
    def serving(self) -> list[ServingShown]:
        """Actions that serve it, the abandoned ones too: nothing is left out."""
        return self._serving([s for s in self._services if not s.taken_out_at])

    @property
    def served_before(self) -> list[ServingShown]:
        """Actions that someone said no longer serve it."""
        return self._serving([s for s in self._services if s.taken_out_at])

    def _offer(self, press: str, href: str) -> Offer | None:
        check = partial(rules.check_may_plan, self.person, self.undertaking)
        return offer(self.person, Permission.PLAN_KEEP, press, href, check)

    @cached_property
    def offers(self) -> list[Offer]:
        """Let an action serve it; add an action that does."""
        reference, slug = self._place
        new = reverse("desk:new_action", args=[slug]) + f"?for={reference}"
        made = (
            self._offer(
                "Let an action of the plan serve it", reverse("desk:serve", args=self._place)
            ),
            self._offer("Add a new action for it", new),
        )
        found = [one for one in made if one]
        return found[:1] if found and found[0].refused else found

    @property
    def may_take_out(self) -> bool:
        """Whether this person may say that an action no longer serves it."""
        return bool(self.offers)


def served_words(undertaking: Undertaking, words: str) -> list[str]:
    """For each clause of ``words``, which actions serve any of it, in words; "" where none does."""
    stretches = [s for s in queries.stretches(undertaking) if s.actions]
    found = []
    for start, end in clauses(words):
        by = [a for s in stretches if s.start < end and start < s.end for a in s.actions]
        found.append(f"Served by {', '.join(dict.fromkeys(by))}" if by else "")
    return found
