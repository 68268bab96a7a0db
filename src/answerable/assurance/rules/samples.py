"""Who draws a sample, and the order in which its parts must come."""

from collections.abc import Sequence

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, Refused, check_may_judge
from answerable.assurance.models import Sample
from answerable.assurance.rules import lives
from answerable.assurance.rules.independence import check_independent
from answerable.audit.rules import check_step
from answerable.engine import disclosure, sampling
from answerable.plan.rules.who import check_owed, check_said
from answerable.register.models import Undertaking

MOST = 1_000
"""Nobody looks at more records than this in one sample."""
LONGEST_LIST = 1_000_000


def check_may_sample(person: Person, undertaking: Undertaking) -> None:
    """Only a verifier who is independent of the undertaking."""
    check_may_judge(person, Permission.SAMPLE_DRAW, undertaking.body)
    check_owed(undertaking)
    check_independent(person, undertaking)


def check_plan(size: int, why: str, criteria: Sequence[str]) -> None:
    """Refuses a sample of nothing, without a reason for its size, or that looks for nothing."""
    if not 1 <= size <= MOST:
        raise Refused(f"Choose a number of records from 1 to {MOST}.", code="size")
    check_said(why, "Say why this many.", "why")
    if not criteria:
        raise Refused("Say what is looked for in each record.", code="criteria")
    if len(set(criteria)) != len(criteria):
        raise Refused("The same thing is looked for twice.", code="criteria")
    found = disclosure.check_words("\n".join(criteria))
    if found:
        raise Refused(
            f"What is looked for may not identify anyone: {disclosure.listed(found)}.",
            code="personal_data",
        )


def check_can_draw(sample: Sample) -> None:
    """Refuses a second draw: one list, one draw."""
    check_step(lives.SAMPLE, "draw_sample", lives.of_sample(sample))


def check_list(records: Sequence[str]) -> None:
    """Refuses an empty list, one that is too long, and one in which a record stands twice."""
    if not records:
        raise Refused("The list of records is empty.", code="records")
    if len(records) > LONGEST_LIST:
        raise Refused(f"The list has more than {LONGEST_LIST:,} records.", code="records")
    twice = len(sampling.repeated(records))
    if twice:
        raise Refused(
            f"{twice} of the records stand in the list more than once: each may stand once.",
            code="records",
        )


def check_can_record(sample: Sample) -> None:
    """Refuses results of what was not drawn, and a second set of results."""
    check_step(lives.SAMPLE, "record_sample", lives.of_sample(sample))


def check_counts(sample: Sample, counts: Sequence[tuple[int, int]]) -> None:
    """Refuses counts that do not fit what was drawn: one for each criterion, no more than drawn."""
    if len(counts) != len(sample.criteria):
        raise Refused("Enter a count for each thing that was looked for.", code="counts")
    most = len(sample.drawn or [])
    for met, of in counts:
        if not 0 <= met <= of <= most:
            raise Refused(
                f"Each count is of at most {most} records, and no more can have met it than were "
                "looked at.",
                code="counts",
            )
