"""Who may bring a spreadsheet into the register, and when all of it may be done at once."""

from collections.abc import Iterable, Sequence

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Permission, Refused
from answerable.register.queries.importing.plans import Checked, Question
from answerable.register.rules.who import By, check_may, check_may_for, check_may_judge

GONE = "This spreadsheet is no longer kept here. It was brought in, thrown away or forgotten."


def check_may_import(by: By) -> None:
    """Refuses whoever may not bring a spreadsheet in."""
    check_may(by, Permission.RECOMMENDATION_IMPORT)


def check_may_bring_replies(by: By, replied: Iterable[Body], judged: Iterable[Body]) -> None:
    """Refuses whoever may not enter the replies of one of these bodies, or read positions in them."""
    for body in replied:
        check_may_for(by, Permission.RESPONSE_LOG, body)
    for body in judged:
        check_may_judge(by, Permission.POSITION_READ, body)


def check_own(by: Person, owner_id: object) -> None:
    """Refuses what someone else has sent."""
    if by.pk != owner_id:
        raise Refused(GONE, code="gone")


def check_still_here(removed: int) -> None:
    """Refuses to bring the same spreadsheet in twice."""
    if not removed:
        raise Refused(GONE, code="gone")


def check_complete(checked: Checked, *, leave_out: bool) -> None:
    """Refuses where a question is open, a row is refused and not left out, or nothing is left."""
    open_ones: Sequence[Question] = checked.open_questions
    if open_ones:
        many = "question is" if len(open_ones) == 1 else "questions are"
        raise Refused(f"{len(open_ones)} {many} still to be answered.", code="questions")
    refused = len(checked.refused)
    if refused and not leave_out:
        rows = "row is" if refused == 1 else "rows are"
        raise Refused(
            f"{refused} {rows} refused. Mend them in the file, or say that they are left out.",
            code="leave_out",
        )
    if not checked.asks:
        raise Refused("There is nothing to bring in.", code="nothing")
