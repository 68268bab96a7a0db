"""What a message says: why it was asked first, then the words of its step, filled in."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.timezone import localdate

from answerable.chasing.models import Chase, Ladder, Setting, Step
from answerable.chasing.queries.owed import Owed, Thing, served_by
from answerable.engine.clocks import in_words
from answerable.plan.models import Action, Milestone
from answerable.register.models import Recommendation, Undertaking
from answerable.register.queries.recommendations import words_of

PLACES = ("body", "reference", "due", "owed", "reminded", "link")
"""What the words of a step may leave open, in braces."""

SUBJECTS: dict[tuple[str, str], str] = {
    (Ladder.CLOCK, Step.REMINDER): "Reply due: {reference}",
    (Ladder.CLOCK, Step.SECOND): "Reply late: {reference}",
    (Ladder.CLOCK, Step.LETTER): "A letter about {reference}",
    (Ladder.CLOCK, Step.NOTICE): "A notice about {reference}",
    (Ladder.DATE, Step.REMINDER): "Date due: {reference}",
    (Ladder.DATE, Step.SECOND): "Date late: {reference}",
    (Ladder.DATE, Step.LETTER): "A letter about {reference}",
    (Ladder.RECHECK, Step.REMINDER): "Re-check due: {reference}",
}
"""Fixed words and a reference, and nothing else: a subject is seen on locked screens."""


def subject_of(chases: Sequence[Chase]) -> str:
    """The subject of one message about all of these."""
    first = chases[0]
    more = f" and {len(chases) - 1} more" if len(chases) > 1 else ""
    return SUBJECTS[first.ladder, first.step].format(reference=f"{first.reference}{more}")


# --- The reason -----------------------------------------------------------------------------------


def _asked(recommendation: Recommendation) -> str:
    report = recommendation.report
    kind = recommendation.get_kind_display()
    label = f"{kind} {recommendation.number}".strip()
    dated = in_words(report.published_on) if report.published_on else report.published_words
    source = f"{report.title}, {dated}" if dated else report.title
    return f"“{words_of(recommendation)}” ({label} of {source})"


def reason_of(owed: Owed) -> str:
    """Why it was asked: the exact words, and the report that asks. Its first line, always."""
    undertakings = [owed.undertaking] if owed.undertaking else served_by(_action_of(owed.thing))
    if not undertakings:
        action = _action_of(owed.thing)
        return f"{action.reference}: {action.title}. It serves no recommendation yet."
    more = len(undertakings) - 1
    also = f" It also serves {_count(more, 'other recommendation')}." if more else ""
    return f"{_asked(undertakings[0].recommendation)}{also}"


def _action_of(thing: Thing) -> Action:
    if isinstance(thing, Milestone):
        return thing.action
    assert isinstance(thing, Action)  # noqa: S101  # the others hang on an undertaking
    return thing


# --- The words ------------------------------------------------------------------------------------


def words_for(owed: Owed, setting: Setting, made: Sequence[Chase]) -> str:
    """The words of a step about one thing.

    Days are named, never counted: a message may wait for its approval, and must still be true.
    """
    filled = setting.words.format(
        body=owed.body.name,
        reference=owed.reference,
        due=in_words(owed.due_on),
        owed=_owed(owed.thing),
        reminded=_reminded(made),
        link=link_to(owed),
    )
    return "\n".join(" ".join(line.split()) for line in filled.splitlines()).strip()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _owed(thing: Thing) -> str:
    if isinstance(thing, Action):
        return f"action {thing.reference} ({thing.title}) will be done"
    if isinstance(thing, Milestone):
        return f"the milestone “{thing.title}” of action {thing.action.reference} will be met"
    return "this can be looked at, as the closing test says,"


def _reminded(made: Sequence[Chase]) -> str:
    days = [in_words(localdate(chase.sent_at)) for chase in made if chase.sent_at]
    return f"We wrote about it on {' and on '.join(days)}." if days else ""


def link_to(owed: Owed) -> str:
    """Where the body sees it, by the address at which people reach the desk."""
    if owed.undertaking is None:
        return f"{settings.SITE_URL}/desk/plan/{owed.body.slug}/{owed.reference}/"
    return f"{settings.SITE_URL}{_place(owed.undertaking)}"


def _place(undertaking: Undertaking) -> str:
    return f"/desk/register/{undertaking.recommendation.reference}/by/{undertaking.body.slug}/"


# --- The whole message ----------------------------------------------------------------------------


def message_about(chases: Sequence[Chase], *, approved_by: str) -> str:
    """The text of one message: for each thing why it was asked, then the words about it."""
    parts = [f"{chase.reason}\n\n{chase.words}" for chase in chases]
    return "\n\n* * *\n\n".join(parts) + "\n\n" + signature(approved_by)


def signature(approved_by: str) -> str:
    """Who writes: the office, and whether a person read it before it went."""
    how = f"Approved by {approved_by}." if approved_by else "Sent by itself, as the office has set."
    return f"-- \n{settings.OFFICE_NAME}\n{how}"
