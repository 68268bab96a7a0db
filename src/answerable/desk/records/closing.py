"""Closing as its page shows it: what carries it, what stands against it, every time it came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, is_of_office
from answerable.assurance.models import Closure, Evidence, Judgement, Opinion, Reopening
from answerable.assurance.queries import closing as queries
from answerable.assurance.queries.closing import Reason
from answerable.assurance.queries.opinions import State, Weighed
from answerable.assurance.queries.whole import Whole, whole_of
from answerable.assurance.rules import closing as rules
from answerable.desk.forms.people import sentence_case
from answerable.desk.records.offers import Offer, name_of, offer, why_not
from answerable.html.times import day_words
from answerable.plan.models import Claim, Rung
from answerable.register.models import Link, Relation, Undertaking
from answerable.register.queries.links import asked_on
from answerable.register.queries.remembered import Memory

BY_ITSELF = "Answerable, by itself"
"""Who opened it, where the record left nothing to decide."""


@dataclass(frozen=True, slots=True)
class ClosureShown:
    """One closure, and the reopening that undid it."""

    closure: Closure
    reopening: Reopening | None

    @property
    def how(self) -> str:
        """On what it was closed, to begin a line."""
        return sentence_case(str(Closure.How(self.closure.how).label))

    @property
    def by(self) -> str:
        """Who decided it."""
        return name_of(self.closure.by)

    @property
    def because(self) -> str:
        """Why it came back."""
        if self.reopening is None:
            return ""
        return sentence_case(str(Reopening.Because(self.reopening.because).label))

    @property
    def reopened_by(self) -> str:
        """Who opened it again."""
        if self.reopening is None:
            return ""
        return name_of(self.reopening.by) if self.reopening.by else BY_ITSELF


def reason_key(reason: Reason) -> str:
    """What names a ground in a form."""
    return f"{reason.because}-{reason.ground.pk}"


def reason_words(reason: Reason) -> str:
    """A ground as a sentence, for colleagues who may know names."""
    match reason.ground:
        case Opinion() as opinion:
            label = Judgement(opinion.judgement).label
            if opinion.withdrawn_at:
                return f"The opinion “{label}” was withdrawn on {day_words(opinion.withdrawn_at)}."
            by, on = name_of(opinion.signed_by), day_words(opinion.signed_at)
            return f"It was checked again: “{label}”, by {by} on {on}."
        case Evidence() as evidence:
            day = day_words(evidence.expires_on)
            return f"Evidence on which it was closed expired: “{evidence.name}”, good until {day}."
        case Link() as link:
            later = link.later
            asked = f"{later.reference} {Relation(link.relation).label} {link.earlier.reference}"
            return (
                f"{asked}. It was asked on {day_words(asked_on(later))}, in {later.report.title}."
            )
        case Claim() as claim:
            return _claim_words(claim)


def _claim_words(claim: Claim) -> str:
    if claim.slipped_on:
        return f"The body itself reports that it slipped back on {day_words(claim.slipped_on)}."
    said = Rung(claim.rung).label
    return f"The body itself claims no more than “{said}” since {day_words(claim.made_at)}."


@dataclass(frozen=True, slots=True)
class Material:
    """What the page shows that follows from the record and the day alone, whoever reads it."""

    whole: Whole
    closures: Sequence[ClosureShown]
    reasons: Sequence[Reason]
    recheck_on: date | None


def material_of(undertaking: Undertaking, today: date) -> Material:
    """The material of one undertaking, its closures newest first."""
    rows = queries.closures_of(undertaking)
    shown = [ClosureShown(row, getattr(row, "reopening", None)) for row in reversed(rows)]
    standing = next((one.closure for one in shown if one.reopening is None), None)
    reasons = queries.reasons_to_reopen(standing, today) if standing else []
    due_on = queries.recheck_dates([standing]).get(standing.pk) if standing else None
    return Material(whole_of(undertaking), shown, reasons, due_on)


@dataclass(frozen=True)
class ClosingPage:
    """Everything that is on the page about closing, for ``person``."""

    material: Material
    person: Person
    today: date
    memory: Memory

    @property
    def whole(self) -> Whole:
        """Everything that hangs on the undertaking."""
        return self.material.whole

    @property
    def undertaking(self) -> Undertaking:
        """What is closed or not."""
        return self.whole.undertaking

    @property
    def closures(self) -> Sequence[ClosureShown]:
        """Every time it was closed, newest first."""
        return self.material.closures

    @property
    def standing(self) -> ClosureShown | None:
        """The closure that stands now."""
        return next((one for one in self.closures if one.reopening is None), None)

    @property
    def before(self) -> list[ClosureShown]:
        """Those that were undone, newest first."""
        return [one for one in self.closures if one.reopening]

    # --- What carries it ---

    @property
    def opinions(self) -> list[Weighed]:
        """The opinions that stand, newest first."""
        return [one for one in reversed(self.whole.weighed) if one.state is State.STANDS]

    @cached_property
    def fallen(self) -> str:
        """What has become of the opinion on which it was closed; nothing while it stands."""
        if self.standing is None or self.standing.closure.opinion is None:
            return ""
        mine = self.standing.closure.opinion_id
        found = next((one for one in self.whole.weighed if one.opinion.pk == mine), None)
        if found is None or found.state in (State.STANDS, State.REPLACED):
            return ""
        return found.sentence

    @property
    def recheck_on(self) -> date | None:
        """By when it is looked at again."""
        return self.material.recheck_on

    # --- Closing ---

    @cached_property
    def close(self) -> Offer | None:
        """Close it, or why not; nothing where it is closed."""
        if self.standing:
            return None
        check = partial(rules.check_may_close, self.person, self.undertaking)
        return offer(self.person, Permission.UNDERTAKING_CLOSE, "Close it", "", check)

    @cached_property
    def not_assured(self) -> str:
        """Why it cannot be closed as assured today."""
        standing = self.whole.standing
        check = partial(rules.check_assured, self.person, self.undertaking, standing, self.today)
        key = ("not assured", self.undertaking.pk, self.person.pk, self.today)
        return self.memory.of(key, partial(why_not, check))

    # --- Reopening ---

    @cached_property
    def reasons(self) -> list[Reason]:
        """On what it can be opened again today, by this person."""
        found = list(self.material.reasons)
        if is_of_office(self.person):
            return found
        return [one for one in found if one.because == Reopening.Because.OWN_WORD]

    @property
    def reason_lines(self) -> list[str]:
        """The grounds as sentences."""
        return [reason_words(reason) for reason in self.reasons]

    @cached_property
    def reopen(self) -> Offer | None:
        """Open it again, where there is a ground."""
        if self.standing is None or not self.reasons:
            return None
        closure = self.standing.closure
        closure.undertaking = self.undertaking
        because = self.reasons[0].because
        place = [self.undertaking.recommendation.reference, self.undertaking.body.slug]
        check = partial(rules.check_may_reopen, self.person, closure, because, "as asked")
        href = reverse("desk:reopen", args=place)
        return offer(self.person, Permission.UNDERTAKING_REOPEN, "Open it again", href, check)


@dataclass(frozen=True, slots=True)
class Recheck:
    """A closed matter that must be looked at again."""

    closure: Closure
    due_on: date

    @property
    def reference(self) -> str:
        """Of what was asked."""
        return self.closure.undertaking.recommendation.reference

    @property
    def body(self) -> str:
        """Who answers for it."""
        return self.closure.undertaking.body.name

    @property
    def href(self) -> str:
        """The page of its opinions, where it is looked at again."""
        return reverse("desk:opinion", args=[self.reference, self.closure.undertaking.body.slug])


def rechecks(day: date, *, within_days: int) -> Iterator[Recheck]:
    """Closed matters to be looked at again by then, soonest first."""
    found = queries.rechecks_due(day, within_days=within_days)
    dates = queries.recheck_dates(found)
    return (Recheck(closure, dates[closure.pk]) for closure in found)
