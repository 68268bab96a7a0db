"""A draft plan on a page: its lines with what each must satisfy, and what the draft does not cover."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission
from answerable.desk.records.offers import Offer, name_of, offer
from answerable.desk.tables import Table
from answerable.engine.gap_analysis import Analysis, Gap
from answerable.engine.gap_analysis.rules import KINDS
from answerable.gaps.models import DraftLine, DraftPlan, TakenLine
from answerable.gaps.queries.drafts import Uncovered
from answerable.gaps.rules import drafts as rules
from answerable.plan.models import Pattern

SHOWN_OF_KIND = 25
"""So many gaps of one kind are named on the page; the file has them all."""


@dataclass(frozen=True)
class LineShown:
    """One line, as ``person`` may read and change it."""

    line: DraftLine
    person: Person
    bodies: Mapping[str, Body]
    titles: Mapping[str, str]

    @cached_property
    def taken(self) -> list[TakenLine]:
        """What was taken of it."""
        return list(self.line.taken.all())

    @property
    def names(self) -> list[str]:
        """The bodies that it is for, by name."""
        return [self.bodies[slug].name for slug in self.line.bodies if slug in self.bodies]

    @property
    def wordings(self) -> list[dict[str, Any]]:
        """Every wording that it must satisfy, first asked first, with the title of its report."""
        return [{**one, "title": self.titles.get(one["report"], "")} for one in self.line.asked]

    @property
    def settles(self) -> list[dict[str, Any]]:
        """The gaps, each with the name of its kind and what would settle it."""
        return [{**one, "name": KINDS[one["kind"]].name} for one in self.line.settles]

    @property
    def tests(self) -> list[dict[str, Any]]:
        """Closing tests that are suggested, each with the name of its pattern."""
        return [{**one, "name": str(Pattern(one["pattern"]).label)} for one in self.line.tests]

    @property
    def left_out(self) -> str:
        """By whom it was left out, and why; nothing where it stands."""
        if not self.line.left_out_at:
            return ""
        return f"{name_of(self.line.left_out_by)}: {self.line.left_out_reason}"

    @cached_property
    def offers(self) -> list[Offer]:
        """What may be done with it now; what may not be done is not offered on a list."""
        if self.line.left_out_at:
            return []
        found = [self._change(), *self._take(), self._leave_out()]
        return [one for one in found if one and not one.refused]

    def _href(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.line.draft.reference, self.line.place, *more])

    def _change(self) -> Offer | None:
        check = partial(rules.check_may_change_line, self.person, self.line)
        href = self._href("desk:change_draft_line")
        return offer(self.person, Permission.GAPS_RUN, "Change its words", href, check)

    def _leave_out(self) -> Offer | None:
        check = partial(rules.check_may_change_line, self.person, self.line)
        href = self._href("desk:leave_out_line")
        return offer(self.person, Permission.GAPS_RUN, "Leave it out", href, check)

    def _take(self) -> list[Offer | None]:
        """Into the plan of each body that it is for and that has not taken it."""
        if self.line.draft.owner_id is None:
            return []
        has = {one.body.slug for one in self.taken}
        waiting = [self.bodies[s] for s in self.line.bodies if s in self.bodies and s not in has]
        return [
            offer(
                self.person,
                Permission.PLAN_KEEP,
                f"Take it into the plan of {body.name}",
                self._href("desk:take_draft_line", body.slug),
                lambda: None,
            )
            for body in waiting
        ]


@dataclass(frozen=True)
class DraftShown:
    """A draft with its analysis, as ``person`` may read it."""

    draft: DraftPlan
    analysis: Analysis
    person: Person

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each report, by its slug."""
        return {one.slug: one.title for one in self.analysis.reports}

    @property
    def lead(self) -> str:
        """Whose it is, in a sentence."""
        if self.draft.owner is None:
            return "A draft that nobody owns yet. Nothing in it is promised by anyone."
        return f"Owned by {name_of(self.draft.owner)}."

    @property
    def own(self) -> Offer | None:
        """Own it, or why not; nothing once someone does."""
        if self.draft.owner_id is not None:
            return None
        href = reverse("desk:own_draft", args=[self.draft.reference])
        check = partial(rules.check_may_own, self.person, self.draft)
        return offer(self.person, Permission.GAPS_RUN, "Own this draft", href, check)

    def lines(self, lines: Sequence[DraftLine], bodies: Mapping[str, Body]) -> list[LineShown]:
        """Its lines, each as it may be read and changed."""
        return [LineShown(line, self.person, bodies, self.titles) for line in lines]


@dataclass(frozen=True, slots=True)
class OfKind:
    """Gaps of one kind that a draft does not cover."""

    name: str
    gaps: list[Gap]

    @property
    def shown(self) -> list[Gap]:
        """Those that the page names."""
        return self.gaps[:SHOWN_OF_KIND]

    @property
    def more(self) -> int:
        """How many it does not."""
        return len(self.gaps) - len(self.shown)


def by_kind(found: Uncovered) -> list[OfKind]:
    """What nobody chose, by kind, the gravest first."""
    groups: dict[str, list[Gap]] = defaultdict(list)
    for gap in found.not_chosen:
        groups[gap.kind].append(gap)
    return [OfKind(KINDS[kind].name, gaps) for kind, gaps in groups.items()]


HEADINGS = (
    "Line",
    "What will be done",
    "More about it",
    "For",
    "Must satisfy",
    "Settles",
    "Suggested closing tests",
    "Taken as",
    "Not covered because",
)


def table_of(shown: DraftShown, lines: Sequence[LineShown], left: Uncovered) -> Table:
    """The whole draft as rows: its lines, then every gap that no line covers."""
    rows = [_row(one) for one in lines]
    for gap in left.not_chosen:
        where = " ".join(filter(None, (gap.recommendation, gap.body)))
        gone = f"{KINDS[gap.kind].name}: {where}. {gap.because}"
        rows.append(("", "", "", gap.body, gap.recommendation, gone, "", "", "Nobody chose it."))
    return Table(HEADINGS, iter(rows))


def _row(one: LineShown) -> tuple[Any, ...]:
    return (
        one.line.place,
        one.line.title,
        one.line.words,
        "; ".join(one.names),
        "\n".join(f"{w['reference']} ({w['title']}): {w['words']}" for w in one.wordings),
        "\n".join(
            f"{s['name']}: {s['recommendation']} {s['because']} {s['words']}" for s in one.settles
        ),
        "\n".join(f"{t['look_at']}. {t['counts_as_seen']}" for t in one.tests),
        "; ".join(taken.action.reference for taken in one.taken),
        one.left_out,
    )
