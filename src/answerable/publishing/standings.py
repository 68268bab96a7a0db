"""Where each body's answer stands on a day, and the totals, each with the rule by which it counts.

Works on public records alone, so that whoever has the data can count again and get the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from answerable.engine import clocks
from answerable.register.models import Clock, Position, Stands

Record = Mapping[str, Any]

LATE = "late"
WAITING = "waiting"
PAUSED = "paused"
UNTIMED = "untimed"
ELSEWHERE = "elsewhere"
UNREAD = Stands.UNREAD.value
PASSED = Stands.PASSED.value

WORDS: dict[str, str] = {
    LATE: "not answered, and late",
    WAITING: "not answered, not yet due",
    PAUSED: "not answered, the clock is paused",
    UNTIMED: "not answered, no time limit",
    ELSEWHERE: "no answer is recorded here",
    UNREAD: "answered; the office has not yet read the position",
    PASSED: "passed to the body that followed",
} | {position.value: str(position.label) for position in Position}
"""Every standing in words. Where a position was read, it is the standing."""

NOT_ANSWERED = (LATE, WAITING, PAUSED, UNTIMED)


def of(
    stands: str, clock: Record | None, as_of: date, *, elsewhere: bool = False
) -> dict[str, Any]:
    """Where an answer stands on ``as_of``: ``standing``, its words, and when it became late.

    ``stands`` is what the register has read in the replies. ``elsewhere`` says that the
    recommendation was taken from a public source and the office has asked nobody: silence then
    says nothing about the body.
    """
    standing = stands
    if stands in (Stands.SILENT, Stands.NO_RESPONSE):
        standing = ELSEWHERE if elsewhere else _silence(clock, as_of)
    return {
        "standing": standing,
        "standing_words": WORDS[standing],
        "late_since": clock["due_on"] if clock and standing == LATE else None,
        "answered_late": _answered_late(clock),
    }


def _silence(clock: Record | None, as_of: date) -> str:
    if clock is None:
        return UNTIMED
    if clock["state"] == Clock.State.PAUSED:
        return PAUSED
    return LATE if clocks.is_late(date.fromisoformat(clock["due_on"]), as_of) else WAITING


def _answered_late(clock: Record | None) -> bool:
    return bool(clock and clock["answered_on"] and clock["answered_on"] > clock["due_on"])


# --- Totals -------------------------------------------------------------------------------------

RESPONSE_RULE = (
    "Each recommendation is counted once for each body that it is addressed to. The newest position "
    "that the office has read in the newest reply counts. Withdrawn recommendations, those passed "
    "to a body that followed, and those paraphrased from public sources are not counted."
)
LATE_RULE = (
    "A reply is late from the day after its last day, if nothing has been received by the day of "
    "the count. The last day is the official date where there is one, otherwise the computed one. "
    "A paused clock is not late."
)
UNRECORDED_RULE = "This edition holds no records of this question, so nothing is counted."


def is_own(recommendation: Record) -> bool:
    """Whether the office itself holds somebody to it; otherwise it comes from a public source."""
    return not recommendation["paraphrased"]


def counted(recommendations: Iterable[Record]) -> list[tuple[Record, Record]]:
    """Recommendation and undertaking of each answer that is counted."""
    return [
        (recommendation, undertaking)
        for recommendation in recommendations
        if is_own(recommendation) and not recommendation["withdrawn_on"]
        for undertaking in recommendation["undertakings"]
        if undertaking["standing"] != PASSED
    ]


def totals(recommendations: Iterable[Record]) -> dict[str, Any]:
    """Counts over ``recommendations``, with the rule beside each."""
    held = list(recommendations)
    own = [r for r in held if is_own(r)]
    answers = Counter(u["standing"] for _, u in counted(own))
    return {
        "recommendations": len([r for r in own if not r["withdrawn_on"]]),
        "withdrawn": len([r for r in own if r["withdrawn_on"]]),
        "from_public_sources": len(held) - len(own),
        "undertakings": sum(answers.values()),
        "response": {"counts": dict(sorted(answers.items())), "rule": RESPONSE_RULE},
        "late": {"count": answers[LATE], "rule": LATE_RULE},
        "delivery": {"recorded": False, "rule": UNRECORDED_RULE},
        "assurance": {"recorded": False, "rule": UNRECORDED_RULE},
        "effect": {"recorded": False, "rule": UNRECORDED_RULE},
    }
