"""Who may enter a reply, who may say what position it takes, and when a reason is needed."""

from datetime import date

from answerable.accounts.rules import Permission, Refused
from answerable.register.models import Position, PositionRead, Response, Undertaking
from answerable.register.rules.recommendations import check_place, check_stands
from answerable.register.rules.undertakings import check_still_owed
from answerable.register.rules.who import By, check_may_for, check_may_judge
from answerable.reports.models import Document


def check_may_log(by: By, undertaking: Undertaking) -> None:
    """Refuses whoever may not enter a reply of this body: the office may, and its own people."""
    check_may_for(by, Permission.RESPONSE_LOG, undertaking.body)
    check_stands(undertaking.recommendation)
    check_still_owed(undertaking)


def check_reply(words: str) -> None:
    """Refuses a reply without words."""
    if not words.strip():
        raise Refused("Enter the words of the reply, exactly as they were written.", code="words")


def check_dates(dated_on: date, received_on: date | None, today: date) -> None:
    """Refuses a reply from the future, and one that came before it was written."""
    if dated_on > today:
        raise Refused("The date of the reply must be today or in the past.", code="dated_on")
    if received_on is None:
        return
    if received_on > today:
        raise Refused("The day the reply came must be today or in the past.", code="received_on")
    if received_on < dated_on:
        raise Refused("A reply cannot come before the day it is dated.", code="received_on")


def check_source(undertaking: Undertaking, document: Document | None, page: int | None) -> None:
    """Refuses a document of another report, and a page that it does not have."""
    check_place(undertaking.recommendation.report, document, page)


def check_may_read(by: By, response: Response) -> None:
    """Refuses whoever may not say what position a reply takes: nobody of the body itself may."""
    check_may_judge(by, Permission.POSITION_READ, response.undertaking.body)
    check_stands(response.undertaking.recommendation)


def needs_reason(position: str, before: PositionRead | None) -> bool:
    """Whether a position must be explained: whenever it is not plain acceptance, or is changed.

    Warm words are not acceptance. Who reads less than “accepted” in them says why, in public.
    """
    return position != Position.ACCEPTED or before is not None


def check_position(position: str, reason: str, before: PositionRead | None) -> None:
    """Refuses what is no position, says nothing new, or lacks the reason it needs."""
    if position not in Position.values:
        raise Refused("Choose the position that you read in the reply.", code="position")
    if before is not None and (before.position, before.reason) == (position, reason.strip()):
        raise Refused("This is the position that already stands.", code="position")
    if needs_reason(position, before) and not reason.strip():
        raise Refused(
            "Say why you read this position. Only a first reading as “accepted” needs no reason.",
            code="reason",
        )
