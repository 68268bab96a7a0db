"""Plans: tests to agree, dates and owners to decide, what is due of one's own, money that ends."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import is_of_office
from answerable.desk.records.ledger import owner_words
from answerable.desk.records.offers import name_of
from answerable.desk.records.plan import funding_words
from answerable.desk.today.lines import Line, Section
from answerable.html.times import day_words, due_words
from answerable.plan.models import Action, ClosingTest, DateMove, Milestone, OwnerChange
from answerable.plan.queries import waiting
from answerable.plan.queries.moves import body_of, thing_of
from answerable.plan.queries.moves import name_of as name_of_thing

MOST = 8
"""So many lines of one kind; the others follow once these are settled."""


def sections(person: Person, today: date) -> Iterator[Section]:
    """What of the plans waits for this person. One question first asks whether anything does."""
    some = waiting.waits(person, today)
    if "tests" in some:
        yield tests(person)
    if some & {"moves", "owners"}:
        yield moves(person)
    if some & {"actions", "milestones"}:
        yield due(person, today)
    if "funding" in some:
        yield funding(person, today)
    if "tests_out" in some:
        yield tests_out(person)


# --- Closing tests --------------------------------------------------------------------------------


def _test_line(test: ClosingTest, *, mine: bool) -> Line:
    undertaking = test.undertaking
    reference, body = undertaking.recommendation.reference, undertaking.body
    href = reverse("desk:closing_test", args=[reference, body.slug])
    day = localdate(test.proposed_at)
    waits_for = "you" if mine else "the office" if test.agreed_for_body_at else body.name
    return Line(
        when=f"Since {day_words(day)}",
        what=f"A closing test for {reference}, {body.name}",
        href=href,
        why=f"Proposed by {name_of(test.proposed_by)}; it waits for {waits_for}. Until both sides "
        "agree, nothing can be ready for assessment under it.",
        press="Read it" if mine else "",
        press_href=href if mine else "",
    )


def tests(person: Person) -> Section:
    """Closing tests that wait for the word of this person's side."""
    found = waiting.tests_to_agree(person)[:MOST]
    return Section("Closing tests to agree", [_test_line(test, mine=True) for test in found])


def tests_out(person: Person) -> Section:
    """Closing tests of this person's side that wait for the other."""
    found = waiting.tests_out(person)[:MOST]
    lines = [_test_line(test, mine=False) for test in found]
    return Section("Waiting for others", lines, mine=False)


# --- Dates and owners -----------------------------------------------------------------------------


def _move_line(move: DateMove) -> Line:
    thing = thing_of(move)
    href = reverse("desk:date_move", args=[move.pk])
    named = name_of_thing(thing)
    return Line(
        when=f"Since {day_words(localdate(move.asked_at))}",
        what=f"Move {named} from {day_words(move.before)} to {day_words(move.after)}",
        href=href,
        why=f"{body_of(thing).name}. Asked by {name_of(move.asked_by)}: {move.reason}",
        press="Decide",
        press_href=href,
    )


def _change_line(change: OwnerChange) -> Line:
    href = reverse("desk:owner_change", args=[change.pk])
    after = owner_words(change.role_after, change.owner_after, change.name_after)
    return Line(
        when=f"Since {day_words(localdate(change.asked_at))}",
        what=f"Let {after} answer for {change.action.reference}",
        href=href,
        why=f"{change.action.body.name}. Asked by {name_of(change.asked_by)}: {change.reason}",
        press="Decide",
        press_href=href,
    )


def moves(person: Person) -> Section:
    """Dates and owners that someone else asked to change, for this person to decide."""
    lines = [_move_line(move) for move in waiting.moves_to_decide(person)[:MOST]]
    lines += [_change_line(change) for change in waiting.owners_to_decide(person)[:MOST]]
    return Section("Dates and owners to decide", lines)


# --- What is due, and money that ends -------------------------------------------------------------


def _href_of(action: Action) -> str:
    return reverse("desk:action", args=[action.body.slug, action.reference])


def _action_line(action: Action, today: date) -> Line:
    assert action.due_on is not None  # noqa: S101  # the query asks for it
    first = "" if action.first_due_on == action.due_on else _first_words(action.first_due_on)
    owner = owner_words(action.owner_role, action.owner, action.owner_name)
    return Line(
        when=due_words(action.due_on, today),
        what=f"{action.reference}: {action.title}",
        href=_href_of(action),
        why=f"Due on {day_words(action.due_on)}.{first} {owner} answers for it.",
        press="Open it",
        press_href=_href_of(action),
        late=action.due_on < today,
    )


def _first_words(first: date | None) -> str:
    return f" First promised for {day_words(first)}." if first else ""


def _milestone_line(milestone: Milestone, today: date) -> Line:
    action = milestone.action
    href = reverse("desk:milestone", args=[action.body.slug, action.reference, milestone.pk])
    moved = milestone.first_due_on != milestone.due_on
    first = _first_words(milestone.first_due_on) if moved else ""
    return Line(
        when=due_words(milestone.due_on, today),
        what=f"Milestone of {action.reference}: {milestone.title}",
        href=href,
        why=f"Due on {day_words(milestone.due_on)}.{first} A step of “{action.title}”.",
        press="Open it",
        press_href=href,
        late=milestone.due_on < today,
    )


def due(person: Person, today: date) -> Section:
    """Actions and milestones of one's own, or of the plan one keeps: late, or due in two weeks."""
    actions = list(waiting.actions_near(person, today)[: MOST + 1])
    lines = [_action_line(action, today) for action in actions[:MOST]]
    steps = waiting.milestones_near(person, today)[:MOST]
    lines += [_milestone_line(milestone, today) for milestone in steps]
    more = reverse("desk:plan", args=[person.body.slug]) if len(actions) > MOST else ""
    return Section("Planned, and due", lines, more_href=more, more="All of them, in the plan")


def funding(person: Person, today: date) -> Section:
    """Actions under way whose money ends soon or has ended; for the office, a line a body."""
    found = list(waiting.funding_ending(person, today))
    if is_of_office(person):
        lines = list(_funding_by_body(found))
    else:
        lines = [_funding_line(action, today) for action in found[:MOST]]
    return Section("Money that ends", lines[:MOST])


def _funding_line(action: Action, today: date) -> Line:
    ends = action.funding_ends_on
    assert ends is not None  # noqa: S101  # the query asks for it
    ended = funding_words(action, today)
    return Line(
        when=day_words(ends) if ended else due_words(ends, today),
        what=f"{action.reference}: {action.title}",
        href=_href_of(action),
        why=ended or f"Its money, {action.funding or 'not named'}, ends on {day_words(ends)}.",
        press="Open it",
        press_href=_href_of(action),
    )


def _funding_by_body(actions: list[Action]) -> Iterator[Line]:
    bodies: dict[int, tuple[Body, int]] = {}
    for action in actions:
        bodies[action.body_id] = (action.body, bodies.get(action.body_id, (action.body, 0))[1] + 1)
    for body, count in bodies.values():
        href = reverse("desk:plan", args=[body.slug]) + "?only=funding"
        noun = "1 action" if count == 1 else f"{count:,} actions"
        yield Line(noun, f"{body.name} has money that ends", href, WHY_MONEY, "See them", href)


WHY_MONEY = "It ends within 90 days, or has ended, and the action is still under way."
