"""What happens next with one undertaking, over its whole life, in one sentence."""

from datetime import date

from answerable.assurance.models import Judgement
from answerable.assurance.queries.course import Closed, Course
from answerable.assurance.queries.four import FourAnswers
from answerable.html.times import day_words, due_words
from answerable.plan.models import Rung
from answerable.register.models import Stands, Undertaking

REFUSED = (Stands.REJECTED, Stands.ANOTHERS)
DONE = (Rung.READY, Rung.OTHER_MEANS)


def next_words(undertaking: Undertaking, four: FourAnswers, course: Course, today: date) -> str:
    """The one thing that is next, and who does it, once there is a reply."""
    name = undertaking.body.name
    if course.closed:
        return _when_closed(four, course.closed, today)
    if undertaking.stands == Stands.UNREAD:
        return f"The reply of {name} waits for the office to read what position it takes."
    if undertaking.stands in REFUSED:
        return "What was asked stays on the record. Only the chair can decide not to pursue it."
    return (
        _before_claim(name, course, today)
        if not _claims(four)
        else _after_claim(name, four, course)
    )


def _claims(four: FourAnswers) -> bool:
    """Whether the body claims more than to be working on it."""
    return bool(four.delivery.values) and four.delivery.values[0] in (*DONE, Rung.CANNOT)


def _before_claim(name: str, course: Course, today: date) -> str:
    if not course.has_test:
        if course.waits_for:
            who = "the office" if course.waits_for == "office" else name
            return f"The proposed closing test waits for the word of {who}."
        return f"{name} and the office agree on a closing test: what would a sceptic look at?"
    if not course.actions:
        return f"{name} says what it will do, and by when. No action serves this yet."
    if course.next_due is None:
        return f"{name} claims that it is ready for assessment, once it is."
    reference, due_on = course.next_due
    late = due_on < today
    was = f"was due on {day_words(due_on)}, and is {due_words(due_on, today)}"
    return f"{name} works on it. {reference} {was if late else f'is due by {day_words(due_on)}'}."


def _after_claim(name: str, four: FourAnswers, course: Course) -> str:
    judged = four.assurance.values
    if four.delivery.values[0] == Rung.CANNOT:
        return f"The office reads why {name} says that it cannot be done. The chair decides."
    if judged and not course.looked_since:
        return "It came back after it was closed, so a verifier looks again."
    if set(judged) == {Judgement.ASSURED}:
        return "The chair decides whether this is closed."
    if judged:
        return f"{name} does what was missing, and a verifier looks again."
    if not course.evidence:
        return f"{name} hands in evidence, or a verifier looks for herself."
    return "A verifier looks at what was handed in, and signs what she has seen."


def _when_closed(four: FourAnswers, closed: Closed, today: date) -> str:
    if closed.recheck_on is None:
        return "It is closed as not pursued. It stays on the record, and can be opened again."
    if not four.assurance.values:
        return "It is closed, but no opinion stands any more: a verifier looks again."
    due = day_words(closed.recheck_on)
    if closed.recheck_on < today:
        return f"It is closed. A verifier should have looked again by {due}."
    return f"It is closed. A verifier looks again by {due}."
