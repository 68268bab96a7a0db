"""Evidence that is soon too old, and evidence that waits for a grade."""

from datetime import date

from django.urls import reverse
from django.utils.timezone import now

from answerable.accounts.models import Person
from answerable.assurance.queries import evidence_lists as lists
from answerable.assurance.queries.evidence_lists import InUse
from answerable.desk.records.evidence import add_href, evidence_href
from answerable.desk.today.lines import Line, Section
from answerable.html.times import ago_words, day_words, due_words, plural

MOST = 10
"""So many lines of one kind; the others are in the list of evidence."""


def _for_what(piece: InUse) -> str:
    named = ", ".join(one.recommendation.reference for one in piece.serves[:3])
    return f"{named} and {len(piece.serves) - 3} more" if len(piece.serves) > 3 else named


def _href(piece: InUse) -> str:
    return reverse("desk:evidence_piece", args=[piece.evidence.pk])


def too_old(person: Person, today: date) -> Section:
    """Evidence in use that is too old, or will be within 60 days."""
    found = lists.soon_too_old(person, today)
    lines = [_old_line(piece, today) for piece in found[:MOST]]
    more = reverse("desk:evidence") + "?age=soon" if len(found) > MOST else ""
    return Section("Evidence too old", lines, more_href=more, more="All of it, in the list")


def _old_line(piece: InUse, today: date) -> Line:
    last = piece.evidence.expires_on or today
    late = last < today
    said = f"{'Too old since' if late else 'Good until'} {day_words(last)}"
    return Line(
        when=due_words(last, today),
        what=f"Renew “{piece.evidence.name}”",
        href=_href(piece),
        why=f"{said}: {piece.evidence.expires_because.rstrip('. ')}. It serves {_for_what(piece)}.",
        press="Hand in a newer one",
        press_href=add_href(piece.serves[0]),
        late=late,
    )


def to_grade(person: Person, today: date) -> Section:
    """Evidence in use that no verifier has graded."""
    found = lists.waiting_for_grade(person)
    lines = [_grade_line(piece) for piece in found[:MOST]]
    more = reverse("desk:evidence") + "?grading=proposed" if len(found) > MOST else ""
    title = "Evidence to grade"
    words = f"All {plural(len(found), 'piece')}, in the list"
    return Section(title, lines, more_href=more, more=words)


def _grade_line(piece: InUse) -> Line:
    return Line(
        when=ago_words(piece.evidence.uploaded_at, now()),
        what=f"“{piece.evidence.name}” of {piece.evidence.body.name}",
        href=evidence_href(piece.serves[0]),
        why=f"Proposed as {piece.evidence.get_grade_proposed_display()}, for {_for_what(piece)}. Nobody "
        "independent has said yet what it is worth.",
        press="Look at it",
        press_href=_href(piece),
    )
