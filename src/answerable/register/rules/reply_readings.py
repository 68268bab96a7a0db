"""When a reply can be read against its report, and when what was proposed can be entered."""

from collections.abc import Sequence
from datetime import date

from answerable.accounts.models import Body
from answerable.accounts.rules import Permission, Refused
from answerable.register.models import ProposedAnswer, Response, Undertaking
from answerable.register.queries.reply_readings import Proposed
from answerable.register.rules import responses
from answerable.register.rules.who import By, check_may_for
from answerable.reports.models import Document


def check_may_read_reply(by: By, document: Document, body: Body) -> None:
    """Refuses whoever may not enter a reply of ``body``, and a document that cannot be used."""
    check_may_for(by, Permission.RESPONSE_LOG, body)
    if document.purpose != Document.Purpose.REPLY:
        raise Refused("This document is the report itself, not a reply to it.")
    if document.state != Document.State.READ:
        raise Refused("The document has not been read yet. Wait until it is.")


def check_something_owed(owed: Sequence[Undertaking], body: Body) -> None:
    """Refuses a body of which the report asks nothing."""
    if not owed:
        raise Refused(f"Nothing in this report is addressed to {body.name}.", code="body")


def check_dates(dated_on: date, received_on: date | None, today: date) -> None:
    """Refuses dates that no reply can have; the same rule as for a reply entered by hand."""
    responses.check_dates(dated_on, received_on, today)


def check_not_entered(undertaking: Undertaking, document: Document) -> None:
    """Refuses a second answer to the same recommendation out of the same document."""
    if Response.objects.filter(undertaking=undertaking, document=document).exists():
        raise Refused("An answer to this recommendation has been entered from this document.")


def check_same_reply(proposal: ProposedAnswer, undertaking: Undertaking) -> None:
    """Refuses an answer for another body than the one whose reply it is, or another report."""
    own = proposal.undertaking
    if (undertaking.body_id, undertaking.recommendation.report_id) != (
        own.body_id,
        own.recommendation.report_id,
    ):
        raise Refused("Choose a recommendation of this report to this body.", code="answers")


def check_sure_left(rows: Sequence[Proposed]) -> None:
    """Refuses where nothing waits of which the reader is sure."""
    if not rows:
        raise Refused("None is left of which the reader is sure.")
