"""Closing tests as their page shows them: what stands, what waits for whom, and every older version."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial

from django.urls import reverse
from django.utils import timezone

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.records.ledger import LedgerShown
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.html.times import day_words
from answerable.plan.models import ClosingTest
from answerable.plan.queries import closing_tests as queries
from answerable.plan.queries import moves
from answerable.plan.queries.moves import ledger_of
from answerable.plan.rules import closing_tests as rules
from answerable.plan.rules import moves as move_rules
from answerable.register.models import Undertaking


@dataclass(frozen=True, slots=True)
class Agreement:
    """One side's word: which side, who gave it, when; nothing while it has not been given."""

    side: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class TestShown:
    """One version of a closing test."""

    test: ClosingTest
    body: str
    standing: bool = False

    @property
    def pattern(self) -> str:
        """Its way of looking, to begin a line."""
        words = str(self.test.get_pattern_display())
        return words[:1].upper() + words[1:]

    @property
    def agreements(self) -> list[Agreement]:
        """Who of both sides agreed, and when."""
        test = self.test
        return [
            _agreement(self.body, test.agreed_for_body_by, test.agreed_for_body_at),
            _agreement("The office", test.agreed_for_office_by, test.agreed_for_office_at),
        ]

    @property
    def proposed_by(self) -> str:
        """Who proposed it."""
        return name_of(self.test.proposed_by)

    @property
    def proposed_on(self) -> date:
        """The day on which it was proposed."""
        return timezone.localdate(self.test.proposed_at)

    @property
    def refused_by(self) -> str:
        """Who refused it, or took it back."""
        if not self.test.refused_at:
            return ""
        took_back = self.test.refused_by_id == self.test.proposed_by_id
        return "Taken back" if took_back else f"Refused by {name_of(self.test.refused_by)}"

    @property
    def title(self) -> str:
        """Which version, and what became of it; of versions that do not stand."""
        became = "not agreed" if self.test.refused_at else "replaced"
        return f"Version {self.test.version}, proposed on {day_words(self.proposed_on)}: {became}"

    @property
    def waits_for(self) -> str:
        """Whose word is missing."""
        return next((a.side for a in self.agreements if a.at is None), "")


def _agreement(side: str, by: Person | None, at: datetime | None) -> Agreement:
    return Agreement(side, name_of(by) if at else "", at)


@dataclass(frozen=True)
class TestsShown:
    """All versions for one undertaking, as ``person`` sees them."""

    undertaking: Undertaking
    person: Person
    today: date

    @property
    def _place(self) -> list[str]:
        return [self.undertaking.recommendation.reference, self.undertaking.body.slug]

    @cached_property
    def versions(self) -> list[TestShown]:
        """Every version, newest first."""
        found = queries.read_once(self.undertaking)
        stands = queries.standing_test(self.undertaking)
        if stands:
            moves.read_once(stands)
        name = self.undertaking.body.name
        return [TestShown(test, name, test is stands) for test in reversed(found)]

    @property
    def standing(self) -> TestShown | None:
        """The one to which both sides agreed last."""
        return next((shown for shown in self.versions if shown.standing), None)

    @property
    def waiting(self) -> TestShown | None:
        """The proposal that waits for a side's word."""
        return next((shown for shown in self.versions if queries.is_open(shown.test)), None)

    @property
    def older(self) -> list[TestShown]:
        """Versions that were replaced, refused or taken back, newest first."""
        here = (self.standing, self.waiting)
        return [shown for shown in self.versions if shown not in here]

    @cached_property
    def ledger(self) -> LedgerShown | None:
        """The dates of the test that stands."""
        if self.standing is None:
            return None
        test = self.standing.test
        given_at = self.versions[-1].test.proposed_at
        return LedgerShown(ledger_of(test), self.today, given_at, self.person)

    @cached_property
    def agree_offer(self) -> Offer | None:
        """Agree to the proposal that waits."""
        if self.waiting is None:
            return None
        check = partial(rules.check_may_agree, self.person, self.waiting.test)
        return self._offer("Agree to this test", "desk:agree_test", check)

    @cached_property
    def refuse_offer(self) -> Offer | None:
        """Refuse it; whoever proposed it takes it back."""
        if self.waiting is None:
            return None
        mine = self.waiting.test.proposed_by_id == self.person.pk
        check = partial(rules.check_may_refuse, self.person, self.waiting.test)
        return self._offer("Take it back" if mine else "Refuse it", "desk:refuse_test", check)

    @cached_property
    def offers(self) -> list[Offer]:
        """What else may be done: propose, move the date."""
        return [made for made in self._offers() if made]

    def _offers(self) -> Iterator[Offer | None]:
        if self.waiting is None:
            press = "Propose another test" if self.standing else "Propose a closing test"
            check = partial(rules.check_may_propose, self.person, self.undertaking)
            yield self._offer(press, "desk:propose_test", check)
        if self.standing and self.waiting is None:
            asks = partial(move_rules.check_may_ask, self.person, self.standing.test)
            yield self._offer("Ask to move the date", "desk:move_test", asks)

    def _offer(self, press: str, name: str, check: Callable[[], object]) -> Offer | None:
        href = reverse(name, args=self._place)
        return offer(self.person, Permission.TEST_AGREE, press, href, check)
