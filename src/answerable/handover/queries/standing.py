"""Where each thing that is handed over stands, and why what is open is open."""

from dataclasses import dataclass

from answerable.accounts.models import Body
from answerable.assurance.models import Closure, Judgement
from answerable.assurance.queries.closing import standing_closure, times_reopened
from answerable.assurance.queries.four import four_answers
from answerable.assurance.queries.opinions import standing_opinions
from answerable.plan.models import Rung
from answerable.plan.queries.claims import newest_claim
from answerable.plan.queries.closing_tests import standing_test
from answerable.register.models import Stands, Undertaking

ACCEPTED = (Stands.ACCEPTED, Stands.IN_PART, Stands.IN_PRINCIPLE)


@dataclass(frozen=True, slots=True)
class Line:
    """One undertaking as it is handed over: the four answers apart, and why it is open."""

    reference: str
    body: str
    answers: dict[str, str]
    closed: bool
    why: str
    reopened: int

    def as_data(self) -> dict[str, object]:
        """For the manifest."""
        return {
            "reference": self.reference,
            "body": self.body,
            **self.answers,
            "closed": self.closed,
            "why": self.why,
            "reopened": self.reopened,
        }


def _why_open(undertaking: Undertaking) -> str:
    stands = Stands(undertaking.stands)
    if stands in (Stands.SILENT, Stands.NO_RESPONSE):
        return "No reply has come."
    if stands == Stands.UNREAD:
        return "Nobody has read what position the reply takes."
    if stands not in ACCEPTED:
        return f"The reply is read as “{stands.label}”, and it is not decided what follows."
    if standing_test(undertaking) is None:
        return "No closing test is agreed."
    claim = newest_claim(undertaking)
    if claim is None or claim.rung not in (Rung.READY, Rung.OTHER_MEANS, Rung.CANNOT):
        said = Rung(claim.rung).label if claim else "nothing yet"
        return f"The body claims: {said}."
    judged = {opinion.judgement for opinion in standing_opinions(undertaking)}
    if not judged:
        return "No opinion of someone independent stands."
    if judged != {Judgement.ASSURED}:
        return "What was seen independently is less than assured."
    return "It is assured, and the chair has not closed it."


def _closed(closure: Closure) -> str:
    return f"Closed as {closure.get_how_display()}: {closure.reason}"


def line_for(undertaking: Undertaking) -> Line:
    """Where one undertaking stands."""
    recommendation = undertaking.recommendation
    closure = standing_closure(undertaking)
    if recommendation.withdrawn_at:
        why = "Withdrawn: it was entered in error."
    elif undertaking.stands == Stands.PASSED:
        why = "Passed to a successor."
    else:
        why = _closed(closure) if closure else _why_open(undertaking)
    return Line(
        reference=recommendation.reference,
        body=undertaking.body.slug,
        answers={answer.key: answer.words for answer in four_answers(undertaking)},
        closed=closure is not None,
        why=why,
        reopened=times_reopened(undertaking),
    )


def lines_for(body: Body) -> list[Line]:
    """Where everything that ``body`` owes stands, in the order of the register."""
    rows = Undertaking.objects.filter(body=body).select_related(
        "body", "recommendation__report", "passed_from__body"
    )
    return [line_for(u) for u in rows.order_by("recommendation__serial")]
