"""Rules about what a body said: nothing at all, nothing that answers, or what nobody has read."""

from datetime import timedelta

from answerable.engine.gap_analysis.content import Fact
from answerable.engine.gap_analysis.finding import Why, on_day
from answerable.engine.gap_analysis.state import NO_RESPONSE, SILENT, UNREAD, Asked, State


def _asked(state: State, asked: Asked) -> Fact:
    recommendation = state.recommendations[asked.recommendation]
    return Fact("asked", recommendation.asked_on, recommendation.reference)


def no_reply(state: State, asked: Asked) -> Why | None:
    """No reply, though the time for one is over, or none was set."""
    if asked.stands != SILENT or asked.paused:
        return None
    name, was_asked = state.name_of(asked.body), _asked(state, asked)
    if asked.due_on is None:
        because = f"No reply of {name} is in this record. It was asked {on_day(was_asked.on)}."
        return because, (was_asked,), was_asked.on
    if asked.due_on >= state.day:
        return None
    because = (
        f"No reply of {name} is in this record. The time to reply ended {on_day(asked.due_on)}."
    )
    due = Fact("reply due", asked.due_on, asked.recommendation)
    return because, (was_asked, due), asked.due_on + timedelta(days=1)


def reply_says_nothing(state: State, asked: Asked) -> Why | None:
    """A reply in which the office reads no response."""
    if asked.stands != NO_RESPONSE:
        return None
    because = f"{state.name_of(asked.body)} replied, but not to what was asked."
    reply = Fact("reply read as no response", asked.answered_on, asked.recommendation)
    return because, (_asked(state, asked), reply), asked.answered_on


def no_position(state: State, asked: Asked) -> Why | None:
    """A reply that nobody in the office has read yet."""
    if asked.stands != UNREAD:
        return None
    because = f"{state.name_of(asked.body)} has replied. The office has not said how it reads that."
    reply = Fact("reply to be read", asked.answered_on, asked.recommendation)
    return because, (reply,), asked.answered_on
