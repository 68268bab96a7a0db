"""Rules about what a body does: nothing, something nobody owns, or what has lapsed or was left."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from answerable.engine.gap_analysis.content import Fact
from answerable.engine.gap_analysis.finding import Found, Why, counted, listed, on_day
from answerable.engine.gap_analysis.state import ACCEPTED, Action, Asked, State

POSITIONS = {
    "accepted": "accepted",
    "in_part": "accepted in part",
    "in_principle": "accepted in principle",
}


def _accepted(asked: Asked) -> Fact:
    return Fact(POSITIONS[asked.stands], asked.answered_on, asked.recommendation)


def no_action(state: State, asked: Asked) -> Why | None:
    """Accepted, in whole or in part, and no action serves it."""
    if asked.stands not in ACCEPTED or asked.actions:
        return None
    said = POSITIONS[asked.stands]
    when = f" {on_day(asked.answered_on)}" if asked.answered_on else ""
    because = f"{state.name_of(asked.body)} {said.replace('accepted', 'accepted this', 1)}{when}. No action serves it."
    return because, (_accepted(asked),), asked.answered_on


def no_closing_test(state: State, asked: Asked) -> Why | None:
    """Accepted, and the two sides have agreed no closing test."""
    if asked.stands not in ACCEPTED or asked.tested:
        return None
    because = (
        "It was accepted, but nothing says what a sceptic would look at: no closing test is agreed."
    )
    return because, (_accepted(asked),), asked.answered_on


def _running(state: State, asked: Asked) -> list[Action]:
    return [state.actions[one] for one in asked.actions if state.actions[one].runs]


def action_without_owner(state: State, asked: Asked) -> Why | None:
    """An action that serves it runs, and no person is named who answers for it."""
    found = [one.reference for one in _running(state, asked) if not one.named]
    if not found:
        return None
    because = f"No person is named who answers for {listed(found)}."
    return because, tuple(Fact("action without a named owner", None, one) for one in found), None


def action_without_date(state: State, asked: Asked) -> Why | None:
    """An action that serves it runs, and has no date."""
    found = [one.reference for one in _running(state, asked) if one.due_on is None]
    if not found:
        return None
    because = f"{listed(found)} {'has' if len(found) == 1 else 'have'} no date."
    return because, tuple(Fact("action without a date", None, one) for one in found), None


def funding_ended(state: State, asked: Asked) -> Why | None:
    """The money for an action ended before it was done."""
    found = [
        (one.funding_ends_on, one.reference)
        for one in _running(state, asked)
        if one.funding_ends_on is not None and one.funding_ends_on < state.day
    ]
    if not found:
        return None
    facts = tuple(Fact("funding ended", on, one) for on, one in found)
    because = f"The funding of {listed(one for _, one in found)} ended before it was done."
    return because, facts, min(on for on, _ in found)


def owner_left(state: State, asked: Asked) -> Why | None:
    """Whoever owns an action that runs can no longer act for the body."""
    found = [one.reference for one in _running(state, asked) if one.owner_left]
    if not found:
        return None
    because = f"The owner of {listed(found)} is no longer there, and no new one was named."
    return because, tuple(Fact("owner left", None, one) for one in found), None


def not_passed_on(state: State, asked: Asked) -> Why | None:
    """The body has ended, or another has followed it, and what it undertook was not passed on."""
    body = state.bodies[asked.body]
    heirs = [(on, heir) for heir, on in body.heirs if on <= state.day]
    if not heirs and not state.has_ended(asked.body):
        return None
    facts = [Fact("body ended", body.ends_on, body.slug)] if state.has_ended(asked.body) else []
    facts += [Fact("successor", on, heir) for on, heir in sorted(heirs)]
    if heirs:
        names = listed(state.name_of(heir) for _, heir in sorted(heirs))
        because = f"{names} followed {body.name}, but has not taken this over."
    else:
        because = f"{body.name} ended {on_day(body.ends_on)}, and nobody has taken this over."
    return because, tuple(facts), min(fact.on for fact in facts if fact.on)


def left_in_plan(state: State, asked: Asked) -> Why | None:
    """Passed to this body, while an action for it still stands in the plan of the body before."""
    if not asked.left:
        return None
    names = {state.name_of(state.actions[one].body) for one in asked.left}
    because = (
        f"{listed(asked.left)} for this {'is' if len(asked.left) == 1 else 'are'} still in the plan "
        f"of {listed(sorted(names))}. {state.name_of(asked.body)} has not taken "
        f"{'it' if len(asked.left) == 1 else 'them'} over."
    )
    return because, tuple(Fact("action left behind", None, one) for one in asked.left), None


# --- What a report asks for under one theme -------------------------------------------------------


def uncovered_theme(state: State) -> Iterator[Found]:
    """Of what one report asks of one body under one theme and is open, no action serves any."""
    together: dict[tuple[str, str, str], list[Asked]] = defaultdict(list)
    for asked in state.asked:
        if asked.is_open:
            recommendation = state.recommendations[asked.recommendation]
            for theme in recommendation.themes:
                together[recommendation.report, theme, asked.body].append(asked)
    for (report, theme, body), every in together.items():
        if not any(asked.actions for asked in every):
            yield _uncovered(state, report, theme, body, every)


def _uncovered(state: State, report: str, theme: str, body: str, every: list[Asked]) -> Found:
    serials = {one.recommendation: state.recommendations[one.recommendation] for one in every}
    asked = sorted(serials.values(), key=lambda one: one.serial)
    name = (state.themes or {})[theme]
    because = (
        f"The report “{state.reports[report].title}” asks {state.name_of(body)} for "
        f"{counted(len(asked), 'thing')} about “{name}”. No action in its plan serves any."
    )
    facts = tuple(Fact(f"asked about “{name}”", one.asked_on, one.reference) for one in asked)
    since: date = min(one.asked_on for one in asked)
    return Found(asked[0].reference, body, because, facts, since, theme)
