"""Claims as their page shows them: the one that counts, those before it, and what is owned up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission
from answerable.desk.forms.claims import NEEDS
from answerable.desk.forms.people import sentence_case
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.html.times import day_words
from answerable.plan.models import Claim, Rung
from answerable.plan.queries import claims as queries
from answerable.plan.rules import claims as rules
from answerable.register.models import Undertaking


@dataclass(frozen=True)
class ClaimShown:
    """One claim, in the words of the glossary."""

    claim: Claim
    body: str

    @property
    def rung(self) -> str:
        """How far it says that delivery has come."""
        return sentence_case(self.claim.get_rung_display())

    @property
    def made_at(self) -> datetime:
        """When it was entered."""
        return self.claim.made_at

    @property
    def made_by(self) -> str:
        """Who entered it, and for whom, where that was not the body itself."""
        name = name_of(self.claim.made_by)
        if self.claim.made_by.body_id == self.claim.undertaking.body_id:
            return name
        return f"{name} of {self.claim.made_by.body.name}, for {self.body}"

    @property
    def signed_off(self) -> str:
        """Who inside the body signed it off."""
        name, role = self.claim.signed_off_name, self.claim.signed_off_role
        return ", ".join(part for part in (name, role) if part)

    @property
    def candour(self) -> str:
        """The sentence that credits a body for saying itself that something slipped back."""
        if self.claim.slipped_on is None:
            return ""
        return (
            f"{self.body} itself reported on {day_words(self.made_at)} that this had slipped back "
            f"from {day_words(self.claim.slipped_on)}. That it said so is on record, to its credit."
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder, as the page draws it."""

    rung: str
    needs: str
    is_now: bool


def shown_claims(claims: Sequence[Claim]) -> list[ClaimShown]:
    """Claims as the page shows them, newest first."""
    return [ClaimShown(claim, claim.undertaking.body.name) for claim in reversed(claims)]


def ladder(now: Claim | None) -> list[Step]:
    """The rungs in their order, the one that is claimed marked."""
    here = Rung(now.rung) if now else None
    return [Step(sentence_case(rung.label), NEEDS[rung], rung is here) for rung in Rung]


def claims_tied(undertaking: Undertaking) -> list[Claim]:
    """Every claim, oldest first, those of this body tied to what the page already holds."""
    found = queries.claims_of(undertaking)
    for claim in found:
        if claim.undertaking_id == undertaking.pk:
            claim.undertaking = undertaking
    return found


def claim_offer(person: Person, undertaking: Undertaking, claims: Sequence[Claim]) -> Offer | None:
    """Enter a claim."""
    place = [undertaking.recommendation.reference, undertaking.body.slug]
    press = "Enter another claim" if claims else "Enter a claim"
    check = partial(rules.check_may_claim, person, undertaking)
    return offer(
        person, Permission.CLAIM_MAKE, press, reverse("desk:make_claim", args=place), check
    )


def claimed_words(claim: Claim, *, reopened: bool = False) -> str:
    """What is said once a claim is entered, and what it does not do."""
    again = " This was closed. It is open again, by the body’s own word." if reopened else ""
    with_day = ", with the day from which it had slipped back" if claim.slipped_on else ""
    return (
        f"The claim is entered{with_day}. It is the body’s own word, and says nothing of what "
        f"someone independent has seen.{again}"
    )
