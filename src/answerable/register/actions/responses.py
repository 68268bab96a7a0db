"""Writes of replies and of the positions read in them."""

from datetime import date

from django.utils import timezone

from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.actions.standing import moving, settle
from answerable.register.models import Position, PositionRead, Response, Undertaking
from answerable.register.queries import undertakings as queries
from answerable.register.rules import responses as rules
from answerable.register.rules.who import By, person_of
from answerable.reports.models import Document


@act
def log_response(
    *,
    by: By,
    undertaking: Undertaking,
    words: str,
    dated_on: date,
    received_on: date | None = None,
    restates: str = "",
    document: Document | None = None,
    page: int | None = None,
    source_url: str = "",
) -> Response:
    """Enter a body's reply in its exact words. The clock stops on the day it came.

    ``restates`` is the recommendation as the reply words it, where it does. A later reply stands
    beside the earlier ones; none is ever changed.
    """
    undertaking = queries.as_it_stands(undertaking)
    rules.check_may_log(by, undertaking)
    rules.check_reply(words)
    rules.check_dates(dated_on, received_on, timezone.localdate())
    rules.check_source(undertaking, document, page)
    before = audit_queries.snapshot(*moving(undertaking))
    response = Response.objects.create(
        undertaking=undertaking,
        words=words.strip(),
        restates=restates.strip(),
        dated_on=dated_on,
        received_on=received_on,
        document=document,
        page=page,
        source_url=source_url,
        entered_at=timezone.now(),
        entered_by=person_of(by),
    )
    facts = {"body": undertaking.body.name}
    also = settle(undertaking)
    audit.record("response.logged", by=by, on=response, also=also, before=before, facts=facts)
    return response


@act
def read_position(*, by: By, response: Response, position: str, reason: str = "") -> PositionRead:
    """Say what position the overseer reads in a reply, and why. The newest reading counts.

    Read as *no response*, the reply was only an acknowledgement: the clock runs on.
    """
    undertaking = queries.as_it_stands(response.undertaking)
    response.undertaking = undertaking
    before_this = queries.position_in(Response.objects.get(pk=response.pk))
    rules.check_may_read(by, response)
    rules.check_position(position, reason, before_this)
    before = audit_queries.snapshot(*moving(undertaking))
    read = PositionRead.objects.create(
        response=response,
        position=position,
        reason=reason.strip(),
        at=timezone.now(),
        by=person_of(by),
    )
    audit.record(
        "position.read",
        by=by,
        on=read,
        also=settle(undertaking),
        before=before,
        facts={"body": undertaking.body.name, "position": str(Position(position).label)},
        said={"reason": read.reason} if read.reason else None,
    )
    return read
