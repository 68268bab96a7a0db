"""One undertaking of Northmoor on its way from an agreed test to whatever became of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.assurance.actions.closing import close_undertaking, reopen_undertaking
from answerable.assurance.actions.evidence import About, add_file, add_statement, grade_evidence
from answerable.assurance.actions.opinions import sign_opinion
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Closure, Evidence, Opinion, Reopening, Sample
from answerable.assurance.queries.closing import standing_closure
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.demo.checking import Item
from answerable.demo.northmoor import Northmoor
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, propose_test
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action, Claim, ClosingTest, Rung
from answerable.register.actions.links import sign_link
from answerable.register.models import Link, Undertaking
from answerable.register.queries.recommendations import words_of

POLICE, COUNCIL = "northmoor-police", "northmoor-council"
LEADS = {POLICE: "omar", COUNCIL: "lena"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What one body owes on one item, and the acts of those who have a part in it."""

    northmoor: Northmoor
    item: Item
    body: str

    @property
    def owed(self) -> Undertaking:
        """The undertaking as it stands."""
        return self.northmoor.owed(self.item, self.body)

    @property
    def reference(self) -> str:
        """The public reference of what was asked."""
        return self.northmoor.register[self.item].reference

    @property
    def lead(self) -> Person:
        """Who answers for the body."""
        return self.who(LEADS[self.body])

    def who(self, key: str) -> Person:
        """A person of Northmoor."""
        return self.northmoor.people[key]

    def day(self, offset: int) -> date:
        """A day of the story, counted from today."""
        return self.northmoor.today + timedelta(days=offset)

    # --- What the body plans and says -------------------------------------------------------------

    def propose(
        self, pattern: str, look_at: str, counts: str, *, many: int | None = None, due: int
    ) -> ClosingTest:
        """The body proposes what a sceptic would look at."""
        return propose_test(
            by=self.lead,
            undertaking=self.owed,
            pattern=pattern,
            look_at=look_at,
            counts_as_seen=counts,
            how_many=many,
            due_on=self.day(due),
        )

    def agree(self, test: ClosingTest, by: str = "rosa") -> None:
        """Someone of the office agrees to it."""
        agree_test(by=self.who(by), test=test)

    def plan(self, title: str, owner: str, *, due: int, words: Sequence[str] = ()) -> Action:
        """The body plans an action that serves some words of what was asked, or all of them."""
        action = add_action(
            by=self.lead,
            body=self.northmoor.bodies[self.body],
            title=title,
            owner_role=owner,
            due_on=self.day(due),
        )
        undertaking = self.owed
        asked = words_of(undertaking.recommendation)
        spans = [(at := asked.index(some), at + len(some)) for some in words or (asked,)]
        serve_undertaking(by=self.lead, action=action, undertaking=undertaking, spans=spans)
        return action

    def claim(
        self,
        rung: Rung,
        words: str,
        role: str,
        *,
        reason: str = "",
        slipped: int | None = None,
    ) -> Claim:
        """The body says how far it has come, signed off by the holder of a post."""
        return make_claim(
            by=self.lead,
            undertaking=self.owed,
            rung=rung,
            words=words,
            reason=reason,
            signed_off_name="Robin Ashdown" if self.body == COUNCIL else "Ruth Amadi",
            signed_off_role=role,
            slipped_on=None if slipped is None else self.day(slipped),
        )

    # --- What is handed in and seen ---------------------------------------------------------------

    def _about(
        self, shows: str, not_shows: str, grade: str, expires: tuple[int, str] | None
    ) -> About:
        return About(
            shows=shows,
            does_not_show=not_shows,
            grade=grade,
            expires_on=self.day(expires[0]) if expires else None,
            expires_because=expires[1] if expires else "",
        )

    def file(
        self,
        name: str,
        content: str,
        *,
        shows: str,
        not_shows: str,
        grade: str,
        expires: tuple[int, str] | None = None,
    ) -> Evidence:
        """The body hands in a file."""
        return add_file(
            by=self.lead,
            body=self.northmoor.bodies[self.body],
            upload=io.BytesIO(content.encode()),
            name=name,
            about=self._about(shows, not_shows, grade, expires),
            undertakings=[self.owed],
        )

    def statement(
        self,
        name: str,
        words: str,
        *,
        shows: str,
        not_shows: str,
        grade: str,
        expires: tuple[int, str] | None = None,
    ) -> Evidence:
        """The body hands in a statement."""
        return add_statement(
            by=self.lead,
            body=self.northmoor.bodies[self.body],
            name=name,
            words=words,
            about=self._about(shows, not_shows, grade, expires),
            undertakings=[self.owed],
        )

    def grade(self, evidence: Evidence, grade: str, reason: str, by: str = "vera") -> None:
        """A verifier says what it is worth."""
        grade_evidence(by=self.who(by), evidence=evidence, grade=grade, reason=reason)

    def commit(self, size: int, why: str, *criteria: str) -> Sample:
        """Vera binds herself to a sample before she has the list."""
        return commit_sample(
            by=self.who("vera"), undertaking=self.owed, size=size, why=why, criteria=criteria
        )

    def draw(self, sample: Sample, of: int) -> None:
        """The list of record numbers arrives, and the sample is drawn from it."""
        records = [f"{self.reference}/{number:05}" for number in range(1, of + 1)]
        draw_sample(by=self.who("vera"), sample=sample, records=records)

    def record(self, sample: Sample, *counts: tuple[int, int]) -> None:
        """What was seen in it: for each criterion, how many of how many."""
        record_sample(by=self.who("vera"), sample=sample, counts=counts)

    # --- What is judged and decided ---------------------------------------------------------------

    def sign(
        self, judgement: str, looked_at: str, *, recheck: int, missing: str = "", by: str = "vera"
    ) -> Opinion:
        """A verifier signs what she has seen."""
        undertaking = self.owed
        return sign_opinion(
            by=self.who(by),
            undertaking=undertaking,
            judgement=judgement,
            looked_at=looked_at,
            missing=missing,
            recheck_on=self.day(recheck),
            digest=digest_of(seen_now(undertaking)),
            proved_at=timezone.now(),
        )

    def close(self, how: Closure.How, reason: str) -> Closure:
        """Cass closes it."""
        return close_undertaking(by=self.who("cass"), undertaking=self.owed, how=how, reason=reason)

    def reopen(self, because: Reopening.Because, words: str, by: str | None) -> None:
        """It is opened again, unless the act that showed why has done so already."""
        closure = standing_closure(self.owed)
        if closure is not None:
            reopen_undertaking(
                by=self.who(by) if by else None, closure=closure, because=because, words=words
            )

    def link(self, later: Item, relation: str, reason: str) -> Link:
        """Rosa signs how something later stands to this."""
        return sign_link(
            by=self.who("rosa"),
            earlier=self.northmoor.register[self.item],
            later=self.northmoor.register[later],
            relation=relation,
            reason=reason,
        )
