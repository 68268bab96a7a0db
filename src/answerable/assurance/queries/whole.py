"""Everything that one undertaking's assurance is made of, read once for a page that shows it all."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from answerable.assurance.models import Opinion, Sample, Use
from answerable.assurance.queries import evidence, four, opinions, samples
from answerable.assurance.queries import seen as seen_queries
from answerable.assurance.queries.four import FourAnswers
from answerable.assurance.queries.opinions import Comparison, State, Weighed
from answerable.assurance.queries.seen import Seen
from answerable.plan.models import Claim, ClosingTest
from answerable.plan.queries import claims, closing_tests
from answerable.register.models import Response, Undertaking
from answerable.register.queries.undertakings import heirs_of, line_of


@dataclass(frozen=True)
class Whole:
    """One undertaking with its tests, claims, evidence, samples and opinions, each oldest first.

    What is computed from them is what the queries of each noun compute from the database.
    """

    undertaking: Undertaking
    tests: Sequence[ClosingTest]
    claims: list[Claim]
    uses: Sequence[Use]
    samples: Sequence[Sample]
    opinions: Sequence[Opinion]

    @cached_property
    def test(self) -> ClosingTest | None:
        """The test that stands."""
        agreed = [test for test in self.tests if closing_tests.is_agreed(test)]
        return agreed[-1] if agreed else None

    @property
    def claim(self) -> Claim | None:
        """The claim that counts."""
        return self.claims[-1] if self.claims else None

    @cached_property
    def seen(self) -> Seen:
        """What there is to see now: the same as :func:`seen.seen_now`."""
        corrections = sorted(
            self.undertaking.recommendation.corrections.all(), key=lambda c: (c.at, c.pk)
        )
        words = [correction.words for correction in corrections]
        looked = [sample for sample in self.samples if sample.seen_at]
        return seen_queries.put_together(
            self.undertaking, words, self.test, self.claims, self.uses, looked
        )

    @cached_property
    def weighed(self) -> list[Weighed]:
        """What each opinion is worth now."""
        return opinions.weigh(self.opinions, self.seen)

    @property
    def standing(self) -> list[Opinion]:
        """The opinions that stand, one a verifier."""
        return [one.opinion for one in self.weighed if one.state is State.STANDS]

    @cached_property
    def comparison(self) -> Comparison:
        """Everything new since the last opinion that was not withdrawn."""
        kept = [opinion for opinion in self.opinions if not opinion.withdrawn_at]
        return opinions.compare(kept[-1] if kept else None, self.seen)

    @cached_property
    def four(self) -> FourAnswers:
        """The four answers. Uses the replies that were prefetched."""
        found: list[Response] = []
        for one in line_of(self.undertaking):
            found += one.responses.all()
        found.sort(key=lambda reply: (reply.dated_on, reply.entered_at, reply.pk))
        heir = heirs_of([self.undertaking]).get(self.undertaking.pk)
        return four.put_together(self.undertaking, found, self.claims, self.weighed, heir)


def whole_of(undertaking: Undertaking) -> Whole:
    """Everything about one undertaking in six queries, one more without prefetched corrections."""
    return Whole(
        undertaking,
        closing_tests.tests_of(undertaking),
        claims.claims_of(undertaking),
        evidence.uses_of(undertaking),
        samples.samples_of(undertaking),
        opinions.opinions_of(undertaking),
    )
