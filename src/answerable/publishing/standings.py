"""Where each body's answer stands on a day, and the totals, each with the rule by which it counts.

Works on public records alone, so that whoever has the data can count again and get the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from answerable.assurance.models import Closure, Judgement
from answerable.assurance.queries.opinions import State
from answerable.engine import clocks
from answerable.plan.models import Rung
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
DELIVERY_RULE = (
    "Of the same answers, what the body itself claims: its newest claim counts, as it made it. "
    "Nobody has checked a claim by counting it. What other bodies claimed before they were followed "
    "counts for the body that took over."
)
ASSURANCE_RULE = (
    "Of the same answers, what someone independent has signed and what still stands on the day of "
    "the count. An opinion stands while nothing that was seen has changed: the wording, the closing "
    "test, the claim, the evidence and the samples. Where two verifiers differ, neither is chosen. "
    "A claim is never counted as an opinion."
)
EFFECT_RULE = "This edition holds no measure of anything, so none is counted. It is shown as empty."
CLOSING_RULE = (
    "An answer is closed by the chair's decision, on an opinion “assured” or as not pursued, and "
    "stays in every list. It is open again once it was reopened; each reopening counts."
)

NOTHING_CLAIMED = "nothing_claimed"
CLAIMED: dict[str, str] = {rung.value: str(rung.label) for rung in Rung} | {
    NOTHING_CLAIMED: "nothing claimed"
}
"""What a body claims, in words."""

DIFFER, NONE_STANDS, NOBODY_LOOKED = "differ", "none_stands", "nobody_looked"
SEEN: dict[str, str] = {judgement.value: str(judgement.label) for judgement in Judgement} | {
    DIFFER: "verifiers differ",
    NONE_STANDS: "no opinion stands any more",
    NOBODY_LOOKED: "nobody independent has looked yet",
}
"""What someone independent has seen, in words."""

OPEN = "open"
CLOSED: dict[str, str] = {
    OPEN: "open",
    Closure.How.ASSURED.value: "closed as assured",
    Closure.How.NOT_PURSUED.value: "closed, not pursued",
}
"""Whether it is closed, in words: no answer to any of the four questions."""
NO_MEASURE = "no_measure"


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
        **_followed([u for _, u in counted(own)]),
    }


def _followed(undertakings: list[Record]) -> dict[str, Any]:
    """What followed the replies: each question counted for itself, never with another."""
    return {
        "delivery": {
            "counts": _counts(map(claimed, undertakings), CLAIMED),
            "rule": DELIVERY_RULE,
        },
        "assurance": {"counts": _counts(map(seen, undertakings), SEEN), "rule": ASSURANCE_RULE},
        "effect": {"counts": {NO_MEASURE: len(undertakings)}, "rule": EFFECT_RULE},
        "closing": {
            "counts": _counts(map(closed, undertakings), CLOSED),
            "reopened": sum(map(times_reopened, undertakings)),
            "rule": CLOSING_RULE,
        },
    }


def _counts(found: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {key: counts[key] for key in order if counts[key]}


def claimed(undertaking: Record) -> str:
    """What the newest claim says: a key of :data:`CLAIMED`."""
    claims = undertaking["claims"]
    return str(claims[-1]["rung"]) if claims else NOTHING_CLAIMED


def seen(undertaking: Record) -> str:
    """What the opinions that stand say: a key of :data:`SEEN`."""
    opinions = undertaking["opinions"]
    standing = {o["judgement"] for o in opinions if o["state"] == State.STANDS}
    if not standing:
        return NONE_STANDS if opinions else NOBODY_LOOKED
    return DIFFER if len(standing) > 1 else str(*standing)


def closed(undertaking: Record) -> str:
    """Whether it is closed now: a key of :data:`CLOSED`."""
    closures = undertaking["closures"]
    return str(closures[-1]["how"]) if closures and not closures[-1]["reopened"] else OPEN


def times_reopened(undertaking: Record) -> int:
    """How often it was closed and came back."""
    return sum(1 for closure in undertaking["closures"] if closure["reopened"])


def answers_in_words(undertaking: Record) -> str:
    """The answers side by side for a list: what was said; then what is claimed, and what was seen."""
    u = undertaking
    said = [str(u["standing_words"])]
    if u["claims"]:
        said.append(f"delivery: {CLAIMED[claimed(u)]}")
    if u["opinions"]:
        said.append(f"assurance: {SEEN[seen(u)]}")
    if u["closures"]:
        said.append(CLOSED[closed(u)] if closed(u) != OPEN else "closed, and opened again")
    return "; ".join(said)
