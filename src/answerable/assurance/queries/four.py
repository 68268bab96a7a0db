"""The four questions of one undertaking: four separate answers, always in the same order.

Nothing here merges them into one: there is no sum, no colour and no "status". Where the claim and
the assurance disagree, a sentence says so beside them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import opinions
from answerable.assurance.queries.opinions import State, Weighed
from answerable.engine.clocks import in_words
from answerable.plan.models import Claim, Rung
from answerable.plan.queries.claims import claims_along
from answerable.register.models import Response, Stands, Undertaking
from answerable.register.queries.undertakings import (
    A_BATCH,
    heirs_of,
    line_of,
    lines_of,
    position_in,
    replies_along,
)

QUESTIONS = {
    "response": "What did the body say?",
    "delivery": "What does the body claim to have done?",
    "assurance": "What has someone independent seen?",
    "effect": "Is it working?",
}
"""The four questions, in the order in which they always stand."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: its words, when, and by whom. ``note`` is what must stand beside it.

    ``state`` is what an opinion is worth now, in the record's own terms; nothing for all else.
    """

    words: str
    on: date
    speaker: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with everything that was ever said to it, newest first.

    ``values`` is the same in the record's own terms: where the reply stands, the rung, the
    judgements that stand, newest first; none where there is no answer. ``note`` is what must stand
    beside the words.
    """

    key: str
    words: str
    values: tuple[str, ...] = ()
    on: date | None = None
    speaker: str = ""
    note: str = ""
    history: tuple[Said, ...] = ()

    @property
    def question(self) -> str:
        """The question that this answers."""
        return QUESTIONS[self.key]


@dataclass(frozen=True, slots=True)
class FourAnswers:
    """The four answers side by side, and a sentence where claim and assurance disagree."""

    response: Answer
    delivery: Answer
    assurance: Answer
    effect: Answer
    disagreement: str = ""

    def __iter__(self) -> Iterator[Answer]:
        return iter((self.response, self.delivery, self.assurance, self.effect))


def four_answers(undertaking: Undertaking) -> FourAnswers:
    """Response, delivery, assurance and effect of one undertaking. At most thirteen queries."""
    return four_answers_of([undertaking])[undertaking.pk]


def four_answers_of(undertakings: Iterable[Undertaking]) -> dict[int, FourAnswers]:
    """The four answers of each, by its key: the same few queries for every two thousand.

    Whether an opinion stands is computed for each, from what is there to see now.
    """
    every = list(undertakings)
    found: dict[int, FourAnswers] = {}
    for first in range(0, len(every), A_BATCH):
        found |= _four_of(every[first : first + A_BATCH])
    return found


def _four_of(undertakings: list[Undertaking]) -> dict[int, FourAnswers]:
    prefetch_related_objects(undertakings, "body", "recommendation")
    lines = lines_of(undertakings)
    replies, claims = replies_along(lines), claims_along(lines)
    weighed, heirs = opinions.weighed_of(undertakings), heirs_of(undertakings)
    return {
        one.pk: put_together(
            one, replies[one.pk], claims[one.pk], weighed[one.pk], heirs.get(one.pk)
        )
        for one in undertakings
    }


def put_together(
    undertaking: Undertaking,
    replies: list[Response],
    claims: list[Claim],
    weighed: list[Weighed],
    heir: Body | None,
) -> FourAnswers:
    """The four answers, from what was read of its whole line, each oldest first."""
    bodies = {earlier.pk: earlier.body.name for earlier in line_of(undertaking)}
    return FourAnswers(
        response=_response(undertaking, replies, bodies, heir),
        delivery=_delivery(claims, bodies),
        assurance=_assurance(weighed),
        effect=Answer("effect", "No measure yet."),
        disagreement=_disagreement(claims, weighed),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


# --- Response ---------------------------------------------------------------------------------------


def _reply(reply: Response, speaker: str) -> Said:
    read = position_in(reply)
    words = str(read.get_position_display()) if read else str(Stands.UNREAD.label)
    note = f"Read so by the office on {in_words(timezone.localdate(read.at))}." if read else ""
    return Said(_sentence(words), reply.dated_on, speaker, note)


def _response(
    undertaking: Undertaking, replies: list[Response], bodies: dict[int, str], heir: Body | None
) -> Answer:
    stands = Stands(undertaking.stands)
    history = tuple(_reply(reply, bodies[reply.undertaking_id]) for reply in reversed(replies))
    if heir is not None:
        words = f"Passed to {heir.name}."
    elif not replies:
        words = "No reply."
    else:
        words = _sentence(str(stands.label))
    if not history:
        return Answer("response", words, (stands,), speaker=undertaking.body.name)
    newest = history[0]
    return Answer("response", words, (stands,), newest.on, newest.speaker, history=history)


# --- Delivery ---------------------------------------------------------------------------------------


def _claimed(claim: Claim, body: str) -> Said:
    on = timezone.localdate(claim.made_at)
    note = ""
    if claim.slipped_on:
        note = f"The body itself reports that this slipped back on {in_words(claim.slipped_on)}."
    role = claim.signed_off_role
    speaker = f"{body} ({role})" if role else body
    return Said(_sentence(str(Rung(claim.rung).label)), on, speaker, note)


def _delivery(claims: list[Claim], bodies: dict[int, str]) -> Answer:
    if not claims:
        return Answer("delivery", "Nothing claimed.")
    history = tuple(_claimed(claim, bodies[claim.undertaking_id]) for claim in reversed(claims))
    newest = history[0]
    return Answer(
        "delivery",
        newest.words,
        (claims[-1].rung,),
        newest.on,
        newest.speaker,
        newest.note,
        history,
    )


# --- Assurance --------------------------------------------------------------------------------------


def _judged(weighed: Weighed) -> Said:
    opinion = weighed.opinion
    words = _sentence(str(Judgement(opinion.judgement).label))
    on = timezone.localdate(opinion.signed_at)
    return Said(words, on, _verifier(opinion), weighed.sentence, str(weighed.state))


def _verifier(opinion: Opinion) -> str:
    return opinion.signed_by.name or "a verifier since forgotten"


def _assurance(weighed: list[Weighed]) -> Answer:
    if not weighed:
        return Answer("assurance", "Nobody independent has looked yet.")
    history = tuple(_judged(w) for w in reversed(weighed))
    standing = [w.opinion for w in weighed if w.state is State.STANDS]
    if not standing:
        return Answer("assurance", "No opinion stands.", note=_fallen(history[0]), history=history)
    newest = standing[-1]
    # Verifiers may differ, and then both stand: neither is chosen for the reader.
    values = tuple(dict.fromkeys(o.judgement for o in reversed(standing)))
    words = " ".join(_sentence(str(Judgement(value).label)) for value in values)
    speakers = " and ".join(dict.fromkeys(_verifier(o) for o in reversed(standing)))
    on = timezone.localdate(newest.signed_at)
    note = f"Missing: {newest.missing}" if newest.missing else ""
    return Answer("assurance", words, values, on, speakers, note, history)


def _fallen(last: Said) -> str:
    """Why nothing stands, though someone looked."""
    judged = last.words[:-1].lower()
    return f"The last was “{judged}”, of {in_words(last.on)}, by {last.speaker}. {last.note}"


def _disagreement(claims: list[Claim], weighed: list[Weighed]) -> str:
    """What a reader must see at one look; empty where nothing disagrees."""
    if not claims:
        return ""
    rung = Rung(claims[-1].rung)
    done = rung in (Rung.READY, Rung.OTHER_MEANS)
    standing = {w.opinion.judgement for w in weighed if w.state is State.STANDS}
    if done and not standing:
        return f"The body claims “{rung.label}”; no independent opinion stands that it is so."
    if done and standing != {Judgement.ASSURED}:
        return f"The body claims “{rung.label}”; what was seen independently says less."
    if len(standing) > 1:
        return "The verifiers differ, and both opinions stand."
    if not done and Judgement.ASSURED in standing:
        return f"An independent opinion says “assured”; the body itself claims only “{rung.label}”."
    return ""
