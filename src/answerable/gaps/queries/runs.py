"""Reads of gap analyses as they were run: who sees which, what changed since, whether they hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Permission, check_may
from answerable.engine import chain
from answerable.engine.gap_analysis import Analysis, Gap, Head, analyse, as_json, from_json
from answerable.gaps.models import GapRun
from answerable.gaps.queries.reading import head_of_record, state_on
from answerable.register.queries.remembered import Memory


def runs_for(person: Person) -> QuerySet[GapRun]:
    """Every analysis, the newest first, without what it says.

    Raises:
        Refused: where no role of the person lets them read gap analyses.
    """
    check_may(person, Permission.GAPS_READ)
    return GapRun.objects.select_related("body", "run_by").defer("content")


def find(person: Person, reference: str) -> GapRun:
    """The analysis with this reference.

    Raises:
        NotTheirs: where there is none.
        Refused: where no role of the person lets them read gap analyses.
    """
    check_may(person, Permission.GAPS_READ)
    return with_reference(reference)


def with_reference(reference: str) -> GapRun:
    """The analysis with this reference, for an operator.

    Raises:
        NotTheirs: where there is none.
    """
    found = GapRun.objects.select_related("body", "run_by").filter(reference=reference).first()
    if found is None:
        raise NotTheirs("There is no such gap analysis.")
    return found


def run_before(run: GapRun) -> GapRun | None:
    """The analysis of the same scope that was run last before this one, or None."""
    rows = GapRun.objects.filter(body=run.body_id, serial__lt=run.serial)
    return rows.select_related("body").order_by("-serial").first()


def analysis_of(run: GapRun) -> Analysis:
    """What the run says. Remembered until the next event: pages ask for it again and again."""
    return Memory().of(("gaps", run.sha256), lambda: from_json(json.loads(run.content)))


def analysis_now(body: Body | None, day: date, *, head: Head | None = None) -> Analysis:
    """The analysis of the record as it stands, of one body or of all. Writes nothing."""
    state = state_on(day)
    return analyse(state, head or head_of_record(), body.slug if body else None)


def content_of(analysis: Analysis) -> bytes:
    """Its canonical JSON: what is kept, and what its digest is of."""
    return chain.canonical(as_json(analysis))


# --- What changed -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """Gaps that came, went and stayed from one analysis to a later one, in the order of each."""

    new: tuple[Gap, ...]
    gone: tuple[Gap, ...]
    still: tuple[Gap, ...]


def changes_between(earlier: Analysis, later: Analysis) -> Changes:
    """What came and went, by the key of each gap: rule, recommendation, body and theme."""
    before, now = _by_key(earlier), _by_key(later)
    return Changes(
        new=tuple(gap for key, gap in now.items() if key not in before),
        gone=tuple(gap for key, gap in before.items() if key not in now),
        still=tuple(gap for key, gap in now.items() if key in before),
    )


def _by_key(analysis: Analysis) -> Mapping[str, Gap]:
    return {gap.key: gap for gap in analysis.gaps}


# --- Whether it holds -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a kept analysis is as it was, and whether the record still gives it.

    ``same`` is None where the record has moved on, so that it cannot be made again.
    """

    intact: bool
    same: bool | None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return self.intact and self.same is not False


def verify(run: GapRun) -> Verdict:
    """Compare the digest; and, while the record stands at the same head, make it again."""
    content = run.content.encode()
    intact = chain.digest(content) == run.sha256
    if head_of_record() != Head(run.head_seq, run.head_digest):
        return Verdict(intact, None)
    return Verdict(intact, content_of(analysis_now(run.body, run.dated_on)) == content)
