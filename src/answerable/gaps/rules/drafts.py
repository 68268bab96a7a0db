"""Who may draft a plan from gaps, own it, change its lines and take them into a body's plan."""

from collections.abc import Collection, Sequence

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused
from answerable.gaps.models import DraftLine, DraftPlan
from answerable.gaps.queries import drafts as queries
from answerable.plan.rules.planned import check_may_keep
from answerable.plan.rules.who import check_said
from answerable.register.models import Undertaking
from answerable.register.rules.who import check_may


def check_may_draft(person: Person) -> None:
    """Refuses whoever may not run a gap analysis."""
    check_may(person, Permission.GAPS_RUN)


def check_chosen(chosen: Sequence[str], known: Collection[str]) -> None:
    """Refuses a draft of nothing, and a gap that the analysis did not find."""
    if not chosen:
        raise Refused("Choose at least one gap.", code="gaps")
    if any(key not in known for key in chosen):
        raise Refused(
            "One of these gaps is not in this analysis any more. Choose again.", code="gaps"
        )


def check_may_own(person: Person, draft: DraftPlan) -> None:
    """Refuses to own what someone owns already."""
    check_may_draft(person)
    if draft.owner is not None:
        raise Refused(f"{draft.owner.name} owns {draft.reference} already.", code="owned")


def check_may_change_line(person: Person, line: DraftLine) -> None:
    """Refuses a change to what was left out, or was taken into a plan: it goes on there."""
    check_may_draft(person)
    if line.left_out_at:
        raise Refused("This line was left out, with its reason. Draft again.", code="left_out")
    taken = line.taken.select_related("action").first()
    if taken is not None:
        raise Refused(
            f"This line is in a plan as {taken.action.reference}: change it there.", code="taken"
        )


def check_line(title: str) -> None:
    """Refuses a line that does not say what will be done."""
    check_said(title, "Say what will be done.", "title")


def check_leaving_out(reason: str) -> None:
    """Refuses to leave a line out without saying why: its gaps stay on the list."""
    check_said(reason, "Say why this line is left out.")


def check_may_take(person: Person, line: DraftLine, body: Body) -> list[Undertaking]:
    """What the action would serve; refuses a draft that nobody owns, and a line taken before.

    Raises:
        Refused: with a sentence for the person who tried.
    """
    check_may_keep(person, body)
    draft = line.draft
    if draft.owner_id is None:
        raise Refused(
            f"{draft.reference} is a draft that nobody owns yet. Own it first.", code="owner"
        )
    if line.left_out_at:
        raise Refused("This line was left out, with its reason. Draft again.", code="left_out")
    if body.slug not in line.bodies:
        raise Refused(f"{body.name} has no gap in this line.", code="body")
    taken = queries.taken_by(line, body)
    if taken is not None:
        raise Refused(f"{body.name} has it as {taken.action.reference} already.", code="taken")
    owed = queries.owed_in(line, body)
    if not owed:
        raise Refused(
            f"Nothing in this line is still owed by {body.name}. If it should be, address the "
            "recommendation to it first.",
            code="body",
        )
    return owed
