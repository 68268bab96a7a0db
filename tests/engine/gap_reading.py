"""The rules of the gap analysis read a second time, slowly and on their own: for tests only.

Nothing here is taken from the rules of the product. Every question is asked of everything, in the
words of docs/reference/gaps.md, and the answer is a set of places where something is missing.
"""

from itertools import product

from answerable.engine.gap_analysis.state import Asked, State

Place = tuple[str, str, str, str]
"""Rule, recommendation, body and theme."""
YES = ("accepted", "in_part", "in_principle")
SAYS_DONE = ("ready_for_assessment", "met_by_other_means")


def slow_reading(state: State) -> set[Place]:
    """Every place where something is missing, by every rule."""
    found: set[Place] = set()
    for a in state.asked:
        if a.stands == "passed" or a.elsewhere:
            continue
        closed = [c for c in a.closures if c.stands]
        rules = _holds_changed(a) + _holds_neighbour(state, a)
        if not closed:
            rules += _holds_alone(state, a) + _holds_of_actions(state, a)
            rules += _holds_against(state, a) + _holds_again(state, a) + _holds_of_body(state, a)
        found |= {(rule, a.recommendation, a.body, "") for rule in rules}
    return found | _themes_left(state)


def _holds_alone(state: State, a: Asked) -> list[str]:
    found = []
    time_is_over = a.due_on is None or (state.day - a.due_on).days > 0
    if a.stands == "silent" and time_is_over and not a.paused:
        found.append("no_reply")
    if a.stands == "no_response":
        found.append("reply_says_nothing")
    if a.stands == "unread":
        found.append("no_position")
    if a.stands in YES and len(a.actions) == 0:
        found.append("no_action")
    if a.stands in YES and not a.tested:
        found.append("no_closing_test")
    if a.claims:
        *_, newest = a.claims
        here = [o for o in a.opinions if not o.elsewhere]
        if newest.rung in SAYS_DONE and all(o.at < newest.at for o in here):
            found.append("never_assessed")
    return found


def _holds_changed(a: Asked) -> list[str]:
    states = [o.state for o in a.opinions]
    void_here = [o for o in a.opinions if o.state == "void" and not o.elsewhere]
    return ["wording_changed"] if void_here and "stands" not in states else []


def _holds_of_actions(state: State, a: Asked) -> list[str]:
    found = set()
    for reference in a.actions:
        action = state.actions[reference]
        if action.runs:
            if not action.named:
                found.add("action_without_owner")
            if not action.due_on:
                found.add("action_without_date")
            if action.owner_left:
                found.add("owner_left")
            if action.funding_ends_on and action.funding_ends_on < state.day:
                found.add("funding_ended")
    return sorted(found)


def _holds_against(state: State, a: Asked) -> list[str]:
    for link in state.contradictions:
        if a.recommendation in (link.earlier, link.later):
            return ["contradicted"]
    return []


def _follows(state: State, heir: str, body: str) -> bool:
    """Whether ``heir`` is ``body``, or followed it, however far."""
    if heir == body:
        return True
    return any(_follows(state, heir, after) for after, _ in state.bodies[body].heirs)


def _one_line(state: State, one: str, other: str) -> bool:
    return _follows(state, one, other) or _follows(state, other, one)


def _holds_again(state: State, a: Asked) -> list[str]:
    now = state.recommendations[a.recommendation]
    for family, before in product(state.families, state.asked):
        if a.recommendation not in family or before.recommendation not in family:
            continue
        then = state.recommendations[before.recommendation]
        if (then.asked_on, then.serial) >= (now.asked_on, now.serial):
            continue
        if not _one_line(state, a.body, before.body):
            continue
        settled = [c.on for c in before.claims if c.rung in SAYS_DONE]
        settled += [o.on for o in before.opinions if o.judgement == "assured"]
        settled += [c.on for c in before.closures]
        if any(on <= now.asked_on for on in settled):
            return ["repeat_after_closure"]
    return []


def _holds_of_body(state: State, a: Asked) -> list[str]:
    body = state.bodies[a.body]
    ended = body.ends_on is not None and body.ends_on < state.day
    followed = any(on <= state.day for _, on in body.heirs)
    found = ["not_passed_on"] if ended or followed else []
    return [*found, "left_in_plan"] if a.left else found


def _holds_neighbour(state: State, a: Asked) -> list[str]:
    family = next((f for f in state.families if a.recommendation in f), (a.recommendation,))
    of_family = [b for b in state.asked if b.recommendation in family and b.stands != "passed"]
    mine = [
        family.index(b.recommendation) for b in of_family if b.body == a.body and not b.elsewhere
    ]
    if family.index(a.recommendation) != max(mine):
        return []
    report = state.recommendations[a.recommendation].report
    for other in state.asked:
        if other.stands == "passed" or other.elsewhere:
            continue
        if any(_one_line(state, other.body, b.body) for b in of_family):
            continue
        one, two = state.bodies[a.body], state.bodies[other.body]
        near = one.areas & two.areas or any(
            state.recommendations[b.recommendation].report == report
            for b in state.asked
            if b.body == other.body and b.stands != "passed" and not b.elsewhere
        )
        lives = two.ends_on is None or two.ends_on >= state.day
        if one.kind == two.kind != "other" and near and lives:
            return ["neighbour"]
    return []


def _themes_left(state: State) -> set[Place]:
    found = set()
    themes = {theme for one in state.recommendations.values() for theme in one.themes}
    for report, theme, body in product(state.reports, themes, state.bodies):
        together = [
            a
            for a in state.asked
            if a.body == body
            and a.stands != "passed"
            and not a.elsewhere
            and not [c for c in a.closures if c.stands]
            and state.recommendations[a.recommendation].report == report
            and theme in state.recommendations[a.recommendation].themes
        ]
        if together and not [a for a in together if a.actions]:
            first = min(together, key=lambda a: state.recommendations[a.recommendation].serial)
            found.add(("uncovered_theme", first.recommendation, body, theme))
    return found
