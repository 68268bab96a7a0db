"""What came of checking a document: sentences about what was just done, figures, quality."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import capfirst

from answerable.desk.checking import stated_count
from answerable.register.models import Recommendation
from answerable.register.queries.candidates import answers_due
from answerable.reports.models import Decision, Document
from answerable.reports.queries import decisions, passages
from answerable.reports.queries.decisions import Card, Progress, reference_of, together
from answerable.reports.queries.quality import Quality, quality_of
from answerable.reports.queries.review import Row


def _name(decision: Decision) -> str:
    return Card(decision.candidate, decision).name


def told(decision: Decision) -> str:
    """What was just done, and what it did not do."""
    name, reference = _name(decision), reference_of(decision)
    if decision.taken_back_at:
        more = f" {reference} is withdrawn: it stays visible and is never used again."
        return f"You took back what was decided on {name}." + (more if reference else "")
    if decision.outcome == Decision.Outcome.DISMISSED:
        return f"You put {name} aside: it is not a recommendation. It stays on this page."
    if decision.outcome == Decision.Outcome.SPLIT:
        listed = " and ".join(filter(None, (reference_of(d) for d in together(decision))))
        return f"The parts are in the register as {listed}. Nothing is public yet."
    return f"{capfirst(name)} is in the register as {reference}. Nothing is public yet."


def run_told(made: Sequence[Recommendation]) -> str:
    """What accepting a whole list did, and did not do."""
    if len(made) == 1:
        return f"One is in the register, as {made[0].reference}. Nothing is public yet."
    return (
        f"{len(made)} are in the register, as {made[0].reference} to {made[-1].reference}. "
        "Nothing is public yet. Each can be taken back on its own."
    )


QUALITY = (
    "Found",
    "Accepted unchanged",
    "Other number or kind",
    "Bounds corrected",
    "Split",
    "Merged",
    "Dismissed",
    "Missed",
    "Not yet decided",
)


def quality_cells(of: Quality) -> tuple[int, ...]:
    """The figures of :data:`QUALITY`."""
    return (
        of.found,
        of.unchanged,
        of.relabelled,
        of.rebound,
        of.split,
        of.joined,
        of.dismissed,
        of.missed,
        of.left,
    )


REVIEWED = ("Decided", "Dismissed", "Missed", "Right", "Found of all", "Exact words")


def reviewed_cells(row: Row) -> tuple[str, ...]:
    """The figures of :data:`REVIEWED`."""
    of = row.all
    counts = (f"{n:,}" for n in (of.decided, of.dismissed, of.missed))
    return (*counts, *map(percent, (row.precision, row.recall, of.exact)))


def percent(share: float | None) -> str:
    """A share as a page shows it; a dash where there is nothing to count."""
    return "–" if share is None else f"{share * 100:.0f} %"


def quality_words(of: Quality) -> str:
    """How well it was read, in a sentence or two."""
    if not of.decided:
        return "Nobody has decided on what was found yet." + _missed(of)
    rest = of.rebound + of.split + of.joined
    parts = [
        f"{of.unchanged + of.relabelled:,} had just the right words",
        f"{rest:,} did not begin or end where {'it' if rest == 1 else 'they'} should" * bool(rest),
        f"{of.dismissed:,} {'was' if of.dismissed == 1 else 'were'} not"
        f" {'a recommendation' if of.dismissed == 1 else 'recommendations'}" * bool(of.dismissed),
    ]
    said = [part for part in parts if part]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Of {of.decided:,} found and decided, {listed}." + _missed(of)


def _missed(of: Quality) -> str:
    return f" {of.missed:,} had been missed." if of.missed else ""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of checking one document."""

    progress: Progress
    entered: Sequence[Card]
    quality: Quality
    nobody: int
    clocks: int
    notices: int
    stated: int | None

    @property
    def entered_words(self) -> str:
        """How many are in the register, with their references."""
        if not self.entered:
            return "None"
        references = sorted(card.reference for card in self.entered)
        count = len(references)
        return f"{count:,}: {references[0]}" + (f" to {references[-1]}" if count > 1 else "")

    @property
    def dismissed_words(self) -> str:
        """How many were put aside."""
        return f"{self.progress.by_outcome.get(Decision.Outcome.DISMISSED, 0):,}"

    @property
    def added_words(self) -> str:
        """How many the reader had missed."""
        return f"{self.progress.by_outcome.get(Decision.Outcome.ADDED, 0):,}"

    @property
    def stated_words(self) -> str:
        """How many the report says it makes."""
        return f"{self.stated:,}" if self.stated else ""

    @property
    def differs(self) -> str:
        """A sentence where the register and what the report says of itself disagree."""
        count = len(self.entered)
        if not self.stated or self.progress.left or count == self.stated:
            return ""
        return (
            f"The report says there are {self.stated:,}, and {count:,} "
            f"{'is' if count == 1 else 'are'} in the register from this document."
        )

    @property
    def quality_words(self) -> str:
        """How well this document was read."""
        return quality_words(self.quality)


def came_of(document: Document) -> Came:
    """What came of checking ``document``."""
    book = passages.book(document)
    cards = decisions.cards(document)
    entered = [c for c in cards if c.stands and not c.withdrawn]
    nobody, clocks = answers_due([c.decision.pk for c in entered if c.decision])
    return Came(
        progress=decisions.progress(cards, book),
        entered=entered,
        quality=quality_of([document.report]).get(document.report_id, Quality()),
        nobody=nobody,
        clocks=clocks,
        notices=decisions.open_notices(document).count(),
        stated=stated_count(document),
    )
