"""A sample as a page shows it: how far it is, in order, and what its counts allow one to say."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from answerable.assurance.models import Sample
from answerable.assurance.queries import samples as queries
from answerable.assurance.queries.samples import Result
from answerable.desk.records.evidence import place_of
from answerable.desk.records.offers import name_of
from answerable.html.times import day_words, plural
from answerable.register.models import Undertaking


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sample: what, when and by whom, or that it is still to come."""

    what: str
    done: str = ""


@dataclass(frozen=True)
class SampleShown:
    """A sample, with its undertaking where a page already has it at hand."""

    sample: Sample
    undertaking: Undertaking | None = None

    def _page(self, name: str) -> str:
        undertaking = self.undertaking or self.sample.undertaking
        return reverse(name, args=[*place_of(undertaking), self.sample.pk])

    @property
    def href(self) -> str:
        """Its own page."""
        return self._page("desk:sample")

    @property
    def draw_href(self) -> str:
        """Where the list of records arrives."""
        return self._page("desk:draw_sample")

    @property
    def seen_href(self) -> str:
        """Where the counts are recorded."""
        return self._page("desk:record_sample")

    @property
    def check_href(self) -> str:
        """How anyone with the list can check that nobody chose."""
        return self._page("desk:check_sample")

    @property
    def state(self) -> str:
        """How far it is, in one sentence."""
        sample = self.sample
        if sample.seen_at:
            return f"Seen on {day_words(localdate(sample.seen_at))} by {name_of(sample.seen_by)}."
        if sample.drawn_at:
            drawn = plural(len(sample.drawn or []), "record")
            return (
                f"{drawn} drawn from {sample.population_size:,}. Nothing is recorded of them yet."
            )
        return f"Bound to {plural(sample.size, 'record')}. The list has not arrived yet."

    @property
    def heading(self) -> str:
        """What it is called."""
        day = day_words(localdate(self.sample.committed_at))
        return f"Sample of {plural(self.sample.size, 'record')}, {day}"

    @property
    def results(self) -> list[Result]:
        """What was seen of each criterion; nothing before."""
        return queries.results_of(self.sample)

    @property
    def steps(self) -> list[Step]:
        """What was done, in the order in which it must be done."""
        sample = self.sample
        return [
            Step(
                "The office bound itself to a seed", _done(sample.committed_at, sample.committed_by)
            ),
            Step("The list arrived and was drawn from", _done(sample.drawn_at, sample.drawn_by)),
            Step("What was seen was counted", _done(sample.seen_at, sample.seen_by)),
        ]

    @property
    def places(self) -> str:
        """The places in the list that were drawn: no record numbers."""
        return ", ".join(f"{place:,}" for place in self.sample.drawn or [])


def _done(at: object, by: object) -> str:
    return f"{day_words(localdate(at))}, {name_of(by)}" if at else ""  # type: ignore[arg-type]
