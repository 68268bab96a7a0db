"""The four questions of one undertaking: four separate answers, always in the same order.

Nothing here merges them into one: there is no sum, no colour and no "status". Where the claim and
the assurance disagree, a sentence says so beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from answerable.assurance.models import Judgement, Opinion
from answerable.assurance.queries import opinions
from answerable.assurance.queries.opinions import State, Weighed
from answerable.engine.clocks import in_words
from answerable.plan.models import Claim, Rung
from answerable.plan.queries.claims import claims_of
from answerable.register.models import Response, Stands, Undertaking
from answerable.register.queries.undertakings import line_of, position_in, replies_to

QUESTIONS = {
    "response": "What did the body say?",
    "delivery": "What does the body claim to have done?",
    "assurance": "What has someone independent seen?",
    "effect": "Is it working?",
}
"""The four questions, in the order in which they always stand."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: its words, when, and by whom. ``note`` is what must stand beside it."""

    words: str
    on: date
    speaker: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with everything that was said before it, newest first."""

    key: str
    words: str
    on: date | None = None
    speaker: str = ""
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
    """Response, delivery, assurance and effect of one undertaking. At most twelve queries."""
    claims = claims_of(undertaking)
    weighed = opinions.weighed_opinions(undertaking)
    bodies = {one.pk: one.body.name for one in line_of(undertaking)}
    return FourAnswers(
        response=_response(undertaking, bodies),
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


def _response(undertaking: Undertaking, bodies: dict[int, str]) -> Answer:
    replies = replies_to(undertaking)
    if not replies:
        return Answer("response", "No reply.", speaker=undertaking.body.name)
    words = _sentence(str(Stands(undertaking.stands).label))
    history = tuple(_reply(reply, bodies[reply.undertaking_id]) for reply in reversed(replies))
    return Answer("response", words, history[0].on, history[0].speaker, history)


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
    return Answer("delivery", newest.words, newest.on, newest.speaker, history)


# --- Assurance --------------------------------------------------------------------------------------


def _judged(weighed: Weighed) -> Said:
    opinion = weighed.opinion
    words = _sentence(str(Judgement(opinion.judgement).label))
    return Said(words, timezone.localdate(opinion.signed_at), _verifier(opinion), weighed.sentence)


def _verifier(opinion: Opinion) -> str:
    return opinion.signed_by.name


def _assurance(weighed: list[Weighed]) -> Answer:
    if not weighed:
        return Answer("assurance", "Nobody independent has looked yet.")
    history = tuple(_judged(w) for w in reversed(weighed))
    standing = [w.opinion for w in weighed if w.state is State.STANDS]
    if not standing:
        return Answer("assurance", "No opinion stands.", history=history)
    newest = standing[-1]
    # Verifiers may differ, and then both stand: neither is chosen for the reader.
    words = " ".join(
        dict.fromkeys(_sentence(str(Judgement(o.judgement).label)) for o in reversed(standing))
    )
    speakers = " and ".join(dict.fromkeys(_verifier(o) for o in reversed(standing)))
    on = timezone.localdate(newest.signed_at)
    return Answer("assurance", words, on, speakers, history)


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
