"""Reads of draft plans: their lines, what became of them, and what a draft does not cover."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Permission, check_may
from answerable.engine.gap_analysis import Analysis, Gap
from answerable.gaps.models import DraftLine, DraftPlan, TakenLine
from answerable.register.models import Stands, Undertaking


def drafts_for(person: Person) -> QuerySet[DraftPlan]:
    """Draft plans that ``person`` may read, newest first, each with how much of it was taken.

    ``lines_in`` counts the lines that were not left out, ``lines_taken`` those of them of which at
    least one body has taken an action.

    Raises:
        Refused: where no role of the person lets them read gap analyses.
    """
    check_may(person, Permission.GAPS_READ)
    stands = Q(lines__left_out_at__isnull=True)
    rows = DraftPlan.objects.select_related("run__body", "drafted_by", "owner").annotate(
        lines_in=Count("lines", filter=stands, distinct=True),
        lines_taken=Count("lines", filter=stands & Q(lines__taken__isnull=False), distinct=True),
    )
    return rows.order_by("-serial")  # a query that counts forgets the order of its model


def find(person: Person, reference: str) -> DraftPlan:
    """The draft plan of this reference.

    Raises:
        NotTheirs: where there is none.
        Refused: where no role of the person lets them read gap analyses.
    """
    found = drafts_for(person).filter(reference=reference).first()
    if found is None:
        raise NotTheirs("There is no draft plan of this reference.")
    return found


def find_line(draft: DraftPlan, place: int) -> DraftLine:
    """One line of a draft.

    Raises:
        NotTheirs: where it has no such line.
    """
    found = lines_of(draft).filter(place=place).first()
    if found is None:
        raise NotTheirs("This draft has no such line.")
    return found


def as_it_stands(draft: DraftPlan) -> DraftPlan:
    """The draft read anew, inside the act that is about to change it."""
    return DraftPlan.objects.select_related("owner").get(pk=draft.pk)


def line_as_it_stands(line: DraftLine) -> DraftLine:
    """The line read anew, with its draft."""
    return DraftLine.objects.select_related("draft__owner").get(pk=line.pk)


def lines_of(draft: DraftPlan) -> QuerySet[DraftLine]:
    """The lines of a draft in their order, with what was taken of them."""
    rows = draft.lines.select_related("draft", "left_out_by")
    return rows.prefetch_related("taken__action", "taken__body")


def taken_by(line: DraftLine, body: Body) -> TakenLine | None:
    """What ``body`` has taken of ``line``; None where it has not."""
    return TakenLine.objects.filter(line=line, body=body).select_related("action").first()


def owed_in(line: DraftLine, body: Body) -> list[Undertaking]:
    """What was asked of ``body`` in any wording of ``line`` and is still owed, first asked first."""
    references = [one["reference"] for one in line.asked]
    rows = Undertaking.objects.filter(
        body=body,
        recommendation__reference__in=references,
        recommendation__withdrawn_at__isnull=True,
    ).exclude(stands=Stands.PASSED)
    rows = rows.select_related("recommendation", "body")
    found = rows.prefetch_related("recommendation__corrections")
    return sorted(found, key=lambda one: references.index(one.recommendation.reference))


def addressees(lines: Iterable[DraftLine]) -> dict[str, Body]:
    """The bodies that lines name, by their slugs. One query."""
    slugs = {slug for line in lines for slug in line.bodies}
    return {body.slug: body for body in Body.objects.filter(slug__in=slugs)}


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Gaps that a draft does not cover: those that nobody chose, and those of lines left out."""

    not_chosen: tuple[Gap, ...]
    left_out: tuple[tuple[DraftLine, tuple[Gap, ...]], ...]

    @property
    def count(self) -> int:
        """How many gaps, each once."""
        return len(self.not_chosen) + sum(len(gaps) for _, gaps in self.left_out)


def uncovered(draft: DraftPlan, analysis: Analysis) -> Uncovered:
    """Every gap of the analysis that no line of the draft covers. One query."""
    chosen = frozenset(draft.chosen)
    by_key = {gap.key: gap for gap in analysis.gaps}
    lines = draft.lines.filter(left_out_at__isnull=False).select_related("left_out_by")
    return Uncovered(
        not_chosen=tuple(gap for gap in analysis.gaps if gap.key not in chosen),
        left_out=tuple((line, tuple(by_key[one["gap"]] for one in line.settles)) for line in lines),
    )


def impossible() -> str | None:
    """A line that was taken by a body for which its draft has no gap: no act leads to it."""
    rows = TakenLine.objects.select_related("line__draft", "body", "action")
    for taken in rows.iterator(chunk_size=500):
        if taken.action.body_id != taken.body_id or taken.body.slug not in taken.line.bodies:
            return (
                f"{taken.line.draft.reference} says that {taken.action.reference} is of "
                f"{taken.body.slug}: no line of it was meant for that."
            )
    early = TakenLine.objects.filter(
        Q(line__draft__owner__isnull=True) | Q(at__lt=F("line__draft__owned_at"))
    ).select_related("line__draft")
    if (first := early.first()) is not None:
        return f"{first.line.draft.reference} was taken into a plan before anyone owned it."
    return None
