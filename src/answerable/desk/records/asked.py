"""All that was asked of one body as its page shows it, and several claims as one page enters them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.undoing import Claimed
from answerable.assurance.queries.asked import Asked, Overlap
from answerable.desk.forms.asked import ClaimLine
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.seen import mark_of
from answerable.desk.records.answers import AnswerShown, answers_shown
from answerable.desk.records.four import four_shown
from answerable.desk.records.offers import why_not
from answerable.desk.records.rows import label_of, shortened
from answerable.plan.models import Claim, ClosingTest, Rung
from answerable.plan.queries.claims import claims_along
from answerable.plan.queries.closing_tests import standing_along
from answerable.plan.rules import claims as rules
from answerable.register.models import Kind, Undertaking
from answerable.register.queries.recommendations import words_of
from answerable.register.queries.remembered import Memory
from answerable.register.queries.undertakings import lines_of

KINDS = {str(value): str(label) for value, label in Kind.choices}
SOME = 6
"""So many references are named where something serves more; the others are counted."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reference with where it leads."""

    text: str
    href: str


@dataclass(frozen=True)
class OverlapShown:
    """What it has in common with others, those linked."""

    overlap: Overlap
    slug: str

    @property
    def words(self) -> str:
        """What they have in common."""
        return self.overlap.words

    @property
    def others(self) -> list[Named]:
        """The others, the first few."""
        return [_named(ref, self.slug) for ref in self.overlap.references[:SOME]]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(0, len(self.overlap.references) - SOME)


@dataclass(frozen=True)
class AskedShown:
    """One undertaking on the list."""

    asked: Asked
    answer: AnswerShown

    @property
    def slug(self) -> str:
        """The body, in an address."""
        return self.answer.undertaking.body.slug

    @property
    def href(self) -> str:
        """Its own page."""
        return self.answer.href

    @property
    def label(self) -> str:
        """What the report calls it."""
        kind, number = self.asked.label
        return label_of(KINDS.get(kind, kind), number)

    @property
    def short(self) -> str:
        """The beginning of what was asked."""
        return shortened(self.asked.words)

    @property
    def four(self) -> dict[str, Any]:
        """The four answers in words."""
        return four_shown(self.answer.answers)

    @property
    def actions(self) -> list[Named]:
        """What of the plan serves it."""
        return [
            Named(f"{ref}: {title}", reverse("desk:action", args=[self.slug, ref]))
            for ref, title in self.asked.actions
        ]

    @property
    def overlaps(self) -> list[OverlapShown]:
        """Where it overlaps with others."""
        return [OverlapShown(one, self.slug) for one in self.asked.overlaps]


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one report, one overseer or one action."""

    name: str
    rows: list[AskedShown]


def _named(reference: str, slug: str) -> Named:
    return Named(reference, reverse("desk:undertaking", args=[reference, slug]))


def shown_groups(
    pairs: Sequence[tuple[str, Asked]], body: Body, person: Person, today: date, memory: Memory
) -> list[Group]:
    """A page of the list, in its groups. Three queries, and those of what is told."""
    keys = {one.pk for _, one in pairs}
    rows = Undertaking.objects.filter(pk__in=keys).select_related(
        "body", "recommendation", "clock__basis", "passed_from__clock"
    )
    found = list(
        rows.prefetch_related("clock__changes", "passed_from__clock__changes").order_by("pk")
    )
    answers = {a.undertaking.pk: a for a in answers_shown(found, person, today, memory)}
    groups: list[Group] = []
    for name, one in pairs:
        if not groups or groups[-1].name != name:
            groups.append(Group(name, []))
        groups[-1].rows.append(AskedShown(one, answers[one.pk]))
    return groups


# --- One claim for many -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Several:
    """What is claimed together, with what stands for each: two queries, however many there are."""

    undertakings: Sequence[Undertaking]
    before: Mapping[int, Claim | None]
    tests: Mapping[int, ClosingTest | None]

    @property
    def mark(self) -> str:
        """A mark of what stands now."""
        seen = []
        for one in self.undertakings:
            claim, test = self.before[one.pk], self.tests[one.pk]
            seen += [claim.pk if claim else None, test.pk if test else None]
        return mark_of(*seen)

    @property
    def may_slip(self) -> Rung | None:
        """A rung from which one of them can slip back, if any stands on one."""
        rungs = [Rung(claim.rung) for claim in self.before.values() if claim]
        return next((rung for rung in rungs if rung in rules.FALLS), None)

    @property
    def a_test(self) -> ClosingTest | None:
        """A test, where any of them has one: the others are named once it is known what is claimed."""
        return next((test for test in self.tests.values() if test), None)

    def slips(self, one: Undertaking, rung: Rung) -> bool:
        """Whether to claim ``rung`` for ``one`` is to say that it slipped back."""
        claim = self.before[one.pk]
        return rules.slips(Rung(claim.rung) if claim else None, rung)


def several(undertakings: Sequence[Undertaking]) -> Several:
    """What stands for each of them."""
    lines = lines_of(undertakings)
    claims, tests = claims_along(lines), standing_along(lines)
    for one in undertakings:
        test = tests[one.pk]
        one.tests_read = [test] if test else []  # type: ignore[attr-defined]  # as read_once does
    return Several(
        undertakings, {pk: rows[-1] if rows else None for pk, rows in claims.items()}, tests
    )


@dataclass(frozen=True)
class LineShown:
    """One of several claims: what was asked, its closing test, what stands, and its own words."""

    undertaking: Undertaking
    before: Claim | None
    test: ClosingTest | None
    refused: str
    form: ClaimLine | None

    @property
    def reference(self) -> str:
        """Its reference."""
        return self.undertaking.recommendation.reference

    @property
    def href(self) -> str:
        """Its claims."""
        return reverse("desk:claim", args=[self.reference, self.undertaking.body.slug])

    @property
    def words(self) -> str:
        """What was asked."""
        return words_of(self.undertaking.recommendation)

    @property
    def source(self) -> str:
        """The report that asks it."""
        return self.undertaking.recommendation.report.title

    @property
    def rung(self) -> str:
        """What is claimed now."""
        return sentence_case(self.before.get_rung_display()) if self.before else ""


def lines_for(
    these: Several, person: Person, said: Mapping[str, Any], today: date, typed: Any | None
) -> list[LineShown]:
    """A line for each: its form, or the rule’s sentence where it cannot be claimed so."""
    rung = Rung(said["rung"])
    return [_line(these, one, person, rung, said, today, typed) for one in these.undertakings]


def _line(
    these: Several,
    one: Undertaking,
    person: Person,
    rung: Rung,
    said: Mapping[str, Any],
    today: date,
    typed: Any | None,
) -> LineShown:
    before, reference = these.before[one.pk], one.recommendation.reference
    slipped_on = said.get("slipped_on") if these.slips(one, rung) else None
    refused = why_not(
        lambda: rules.check_line(person, one, rung, before, slipped_on=slipped_on, today=today)
    )
    initial = {"words": said["words"], "reason": said["reason"]}
    form = None if refused else ClaimLine(typed, reference=reference, rung=rung, initial=initial)
    return LineShown(one, before, these.tests[one.pk], refused, form)


def opened_again(made: Sequence[Claimed]) -> str:
    """Which of them were closed, and are open again because of what is claimed now."""
    opened = [one.claim.undertaking.recommendation.reference for one in made if one.reopened]
    if not opened:
        return ""
    verb = "was closed. It is" if len(opened) == 1 else "were closed. They are"
    return f" {' and '.join(opened)} {verb} open again, by the body’s own word."
