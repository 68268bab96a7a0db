"""Reads of samples: what was seen of each criterion, with the interval that the size allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.assurance.models import Sample
from answerable.engine import sampling
from answerable.engine.sampling import Interval
from answerable.register.models import Undertaking
from answerable.register.queries.undertakings import line_of


@dataclass(frozen=True, slots=True)
class Result:
    """One criterion: in how many records of the sample it was met."""

    criterion: str
    met: int
    of: int

    @property
    def interval(self) -> Interval | None:
        """Where the share in the whole list lies, with 95 % confidence; None where none was seen."""
        return sampling.wilson(self.met, self.of) if self.of else None

    @property
    def between(self) -> str:
        """The limits of the share in the whole list, in words; empty where none was seen."""
        found = self.interval
        return f"{found.low:.0%} and {found.high:.0%} (95 % confidence)" if found else ""

    @property
    def sentence(self) -> str:
        """The count, and what may be said of all records."""
        if not self.between:
            return "It could not be looked for in any of the records."
        return (
            f"Met in {self.met} of {self.of}. Of all records in the list, between {self.between}."
        )


def as_it_stands(sample: Sample) -> Sample:
    """The sample read anew, inside the act that is about to change it."""
    rows = Sample.objects.select_related("undertaking__body", "undertaking__recommendation")
    return rows.get(pk=sample.pk)


def samples_of(undertaking: Undertaking) -> list[Sample]:
    """Every sample of an undertaking, oldest first: those never drawn are shown too."""
    rows = Sample.objects.filter(undertaking__in=line_of(undertaking))
    return list(rows.select_related("committed_by", "drawn_by", "seen_by"))


def results_of(sample: Sample) -> list[Result]:
    """What was seen of each criterion; nothing before it was recorded."""
    return [
        Result(criterion, met, of)
        for criterion, (met, of) in zip(sample.criteria, sample.seen or [], strict=False)
    ]


def is_true(sample: Sample, records: Sequence[str]) -> bool:
    """Whether the seed that was revealed is the one committed to, and draws this from ``records``."""
    given = sampling.cleaned(records)
    return (
        bool(sample.seed)
        and sampling.digest_of_seed(sample.seed) == sample.seed_digest
        and sampling.digest_of_list(given) == sample.population_digest
        and sampling.draw(sample.seed, given, sample.size) == sample.drawn
    )
