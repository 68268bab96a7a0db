"""What waits for a verifier or the chair: to assess, to renew, to look at again, to close."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.timezone import now

from answerable.accounts.models import Person
from answerable.accounts.rules import Permission, may
from answerable.assurance.queries import waiting
from answerable.assurance.queries.waiting import Waiting
from answerable.desk.records.closing import Recheck, rechecks
from answerable.desk.today.lines import Line, Section
from answerable.html.times import ago_words, day_words, due_words
from answerable.register.models import Undertaking

MOST = 10
"""So many lines of one kind; the others are in the register."""
AHEAD = 30
"""So many days before its day a re-check is told of."""


def sections(person: Person, today: date) -> Iterator[Section]:
    """What waits for this person, by what is asked of them."""
    if may(person, Permission.OPINION_SIGN):
        due = list(rechecks(today, within_days=AHEAD))
        lines = [_recheck_line(one, today) for one in due[:MOST]]
        more = reverse("desk:rechecks") if len(due) > MOST else ""
        yield Section("To look at again", lines, more_href=more)
        claimed = waiting.claimed_done(person)
        yield _section("Opinions to renew", waiting.to_renew(claimed), "fallen", _renew_line)
        yield _section("To assess", waiting.to_assess(person, claimed), "none", _assess_line)
    if may(person, Permission.UNDERTAKING_CLOSE):
        found = waiting.to_close()
        yield _section("Assured, and not closed", found, "assured&closing=open", _close_line)


def _section(
    title: str, found: Sequence[Waiting], asked: str, line: Callable[[Waiting], Line]
) -> Section:
    more = f"{reverse('desk:register')}?assurance={asked}" if len(found) > MOST else ""
    lines = [line(one) for one in found[:MOST]]
    return Section(title, lines, more_href=more, more="All of them, in the register")


def _place(undertaking: Undertaking) -> list[str]:
    return [undertaking.recommendation.reference, undertaking.body.slug]


def _assess_line(one: Waiting) -> Line:
    asked = one.undertaking.recommendation
    href = reverse("desk:opinion", args=_place(one.undertaking))
    return Line(
        when=ago_words(one.since, now()),
        what=f"{one.undertaking.body.name} claims {asked.reference}: {one.rung.label}",
        href=href,
        why=f"{asked.report.title}. Nobody independent has said yet what they have seen.",
        press="Assess it",
        press_href=href,
    )


def _renew_line(one: Waiting) -> Line:
    asked = one.undertaking.recommendation
    href = reverse("desk:opinion", args=_place(one.undertaking))
    closed = " It was closed on it." if one.is_closed else ""
    why = f"What was seen has changed, or the opinion was withdrawn.{closed}"
    if one.came_back:
        why = "It was closed and is open again, and nobody has looked since."
    return Line(
        when="Open again" if one.came_back else "No opinion stands",
        what=f"{asked.reference}, {one.undertaking.body.name}",
        href=href,
        why=f"{asked.report.title}. {why}",
        press="Compare",
        press_href=href,
        late=one.is_closed,
    )


def _close_line(one: Waiting) -> Line:
    asked = one.undertaking.recommendation
    href = reverse("desk:closing", args=_place(one.undertaking))
    return Line(
        when="Assured",
        what=f"{asked.reference}, {one.undertaking.body.name}",
        href=href,
        why=f"{asked.report.title}. Every opinion that stands says “assured”.",
        press="Read it",
        press_href=href,
    )


def _recheck_line(one: Recheck, today: date) -> Line:
    closed = day_words(one.closure.at)
    return Line(
        when=due_words(one.due_on, today),
        what=f"Look again at {one.reference}, {one.body}",
        href=one.href,
        why=f"Closed on {closed}. It must be looked at again by {day_words(one.due_on)}.",
        press="Look again",
        press_href=one.href,
        late=one.due_on < today,
    )
