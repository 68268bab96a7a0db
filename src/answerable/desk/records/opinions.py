"""The page of an opinion: everything the verifier needs, and every opinion with what it is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.queries import holders_of
from answerable.accounts.rules import Permission, is_of_office, may, roles_that_may
from answerable.assurance.models import Evidence, Grade, Judgement, Sample, Use
from answerable.assurance.queries import evidence as evidence_queries
from answerable.assurance.queries.evidence import Elsewhere
from answerable.assurance.queries.opinions import State, Weighed
from answerable.assurance.queries.samples import Result, results_of
from answerable.assurance.queries.whole import Whole, whole_of
from answerable.assurance.rules import independence
from answerable.assurance.rules import opinions as rules
from answerable.desk.forms.people import sentence_case
from answerable.desk.records.compared import Compared
from answerable.desk.records.offers import Offer, name_of, offer, why_not
from answerable.html.times import day_words
from answerable.register.models import Undertaking

STATES = {
    State.STANDS: "Stands",
    State.REPLACED: "Replaced",
    State.VOID: "Void",
    State.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class OpinionShown:
    """One opinion with what it is worth now."""

    weighed: Weighed
    withdraw: Offer | None

    @property
    def judgement(self) -> str:
        """What was judged, to begin a line."""
        return sentence_case(str(Judgement(self.weighed.opinion.judgement).label))

    @property
    def state(self) -> str:
        """One word for what it is worth."""
        return STATES[self.weighed.state]

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.weighed.state is State.STANDS

    @property
    def sentence(self) -> str:
        """Why it stands, or why not."""
        opinion = self.weighed.opinion
        if opinion.withdrawn_at:
            day, who = day_words(opinion.withdrawn_at), name_of(opinion.withdrawn_by)
            return f"Withdrawn on {day} by {who}: {opinion.withdrawn_reason}"
        return self.weighed.sentence

    @property
    def by(self) -> str:
        """Who signed it."""
        return name_of(self.weighed.opinion.signed_by)


@dataclass(frozen=True)
class PieceShown:
    """One piece of evidence, as the verifier reads it."""

    use: Use
    today: date
    is_new: bool
    warnings: Sequence[str]
    grades: bool = False

    @property
    def evidence(self) -> Evidence:
        """The piece itself."""
        return self.use.evidence

    @property
    def href(self) -> str:
        """Its own page."""
        return reverse("desk:evidence_piece", args=[self.evidence.pk])

    @property
    def grade_href(self) -> str:
        """Where its first grade is set, for whoever may."""
        if not self.grades or evidence_queries.newest_grade(self.evidence):
            return ""
        return reverse("desk:grade_evidence", args=[self.evidence.pk])

    @property
    def grade(self) -> Grade:
        """The grade that counts."""
        return evidence_queries.grade_of(self.evidence)[0]

    @property
    def grade_words(self) -> str:
        """By whom it was set, or that it is only proposed."""
        graded = evidence_queries.newest_grade(self.evidence)
        if graded is None:
            return "Only proposed. No verifier has graded it yet."
        day = day_words(graded.at)
        return f"Graded by {name_of(graded.by)} on {day}: {graded.reason}"

    @property
    def period(self) -> str:
        """What it covers."""
        begins, ends = self.evidence.covers_from, self.evidence.covers_to
        if begins and ends:
            return f"{day_words(begins)} to {day_words(ends)}"
        return (
            f"since {day_words(begins)}" if begins else f"until {day_words(ends)}" if ends else ""
        )

    @property
    def is_old(self) -> bool:
        """Whether it is too old today."""
        return evidence_queries.has_expired(self.evidence, self.today)

    @property
    def age(self) -> str:
        """Until when it is good, with the reason."""
        evidence = self.evidence
        if evidence.expires_on is None:
            return ""
        said = "Too old since" if self.is_old else "Good until"
        return f"{said} {day_words(evidence.expires_on)}: {evidence.expires_because}"


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one grade."""

    grade: str
    pieces: list[PieceShown]


@dataclass(frozen=True, slots=True)
class SampleShown:
    """A sample: what was looked for and found, with the interval that its size allows."""

    sample: Sample
    results: list[Result] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How far it has come."""
        if self.sample.seen_at:
            return f"Seen by {name_of(self.sample.seen_by)} on {day_words(self.sample.seen_at)}"
        if self.sample.drawn_at:
            return f"Drawn on {day_words(self.sample.drawn_at)}. What was seen is not recorded yet."
        day = day_words(self.sample.committed_at)
        return f"Committed to on {day}. The list of records has not arrived yet."


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone whose role lets them sign, and what keeps them from it here."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Material:
    """What the page shows that follows from the record alone, whoever reads it.

    ``elsewhere`` says for each piece of evidence where its very bytes are offered besides.
    """

    whole: Whole
    elsewhere: Mapping[int, Sequence[Elsewhere]]
    signers: Sequence[Signer]


def material_of(undertaking: Undertaking) -> Material:
    """The material of one undertaking. Nine queries, however much hangs on it."""
    whole = whole_of(undertaking)
    others = evidence_queries.elsewhere(undertaking, whole.uses) if whole.uses else {}
    people = holders_of(roles_that_may(Permission.OPINION_SIGN))
    bars = independence.bars_of(people, undertaking)
    signers = [
        Signer(name_of(one), "; ".join(bar.who[0].lower() + bar.who[1:] for bar in held))
        for one, held in bars.items()
    ]
    return Material(whole, others, signers)


@dataclass(frozen=True)
class OpinionPage:
    """Everything that is on the page of an opinion, for ``person``."""

    material: Material
    person: Person
    today: date

    @property
    def whole(self) -> Whole:
        """Everything that hangs on the undertaking."""
        return self.material.whole

    @property
    def undertaking(self) -> Undertaking:
        """What is judged."""
        return self.whole.undertaking

    @cached_property
    def may_see_evidence(self) -> bool:
        """Whether the reader may see evidence that is not public."""
        return may(self.person, Permission.EVIDENCE_READ)

    @cached_property
    def compared(self) -> Compared:
        """Everything new since the last opinion."""
        return Compared(self.whole.comparison, self.whole.seen, self.may_see_evidence)

    @cached_property
    def refused(self) -> str:
        """Why this person may not sign here; nothing where they may."""
        return why_not(partial(rules.check_may_sign, self.person, self.undertaking))

    @property
    def signs(self) -> bool:
        """Whether this person's role is to sign opinions at all."""
        return may(self.person, Permission.OPINION_SIGN)

    @property
    def not_yet(self) -> str:
        """What must be there before anyone can judge; nothing where it is."""
        return why_not(partial(rules.check_something_to_judge, self.whole.test, self.whole.claim))

    @property
    def not_assured_yet(self) -> str:
        """Why nobody can be assured of it today; nothing where someone can."""
        if self.not_yet:
            return ""
        return why_not(partial(rules.check_can_assure, self.whole.seen, self.today))

    @cached_property
    def groups(self) -> list[Group]:
        """The evidence by grade, what carries most first."""
        pieces = list(self._pieces())
        found = []
        for grade in reversed(Grade):
            of_it = [piece for piece in pieces if piece.grade is grade]
            if of_it:
                found.append(Group(sentence_case(str(grade.label)), of_it))
        return found

    def _pieces(self) -> Iterator[PieceShown]:
        uses = self.whole.uses
        others = self.material.elsewhere
        twice = {evidence.pk for evidence in evidence_queries.twice_here(uses)}
        new = self.compared.new_evidence
        for use in uses:
            warnings = [one.sentence for one in others.get(use.evidence_id, ())]
            if not is_of_office(self.person):
                warnings = []
            if use.evidence_id in twice:
                warnings.append("The same file, byte for byte, is here a second time.")
            is_new = use.evidence_id in new
            yield PieceShown(use, self.today, is_new, warnings, grades=self.signs)

    @property
    def samples(self) -> list[SampleShown]:
        """Every sample, also those not drawn yet."""
        return [SampleShown(sample, results_of(sample)) for sample in self.whole.samples]

    @cached_property
    def opinions(self) -> list[OpinionShown]:
        """Every opinion, newest first."""
        return [OpinionShown(w, self._withdraw(w)) for w in reversed(self.whole.weighed)]

    def _withdraw(self, weighed: Weighed) -> Offer | None:
        opinion = weighed.opinion
        mine = opinion.signed_by_id == self.person.pk
        needed = Permission.OPINION_SIGN if mine else Permission.OPINION_WITHDRAW
        if opinion.withdrawn_at:
            return None
        place = [self.undertaking.recommendation.reference, self.undertaking.body.slug, opinion.pk]
        href = reverse("desk:withdraw_opinion", args=place)
        check = partial(rules.check_may_withdraw, self.person, opinion, "as asked")
        return offer(self.person, needed, "Withdraw it", href, check)

    @property
    def signers(self) -> Sequence[Signer]:
        """Who may sign here, for the office: each verifier, and what keeps them from it."""
        return self.material.signers if is_of_office(self.person) else ()
