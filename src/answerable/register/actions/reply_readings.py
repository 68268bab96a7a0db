"""Read a reply against its report, and enter what was proposed once a person has seen it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.engine import replies as engine
from answerable.engine.documents import VERSION
from answerable.register.actions.responses import log_response
from answerable.register.models import (
    AnswerDecision,
    ProposedAnswer,
    ReplyReading,
    Response,
    Undertaking,
)
from answerable.register.queries import reply_readings as queries
from answerable.register.queries import undertakings
from answerable.register.rules import reply_readings as rules
from answerable.register.rules import responses as when
from answerable.reports.models import Document
from answerable.reports.queries import passages
from answerable.reports.queries.passages import Span

Outcome = AnswerDecision.Outcome


def read_reply(
    *, by: Person, document: Document, body: Body, dated_on: date, received_on: date | None = None
) -> ReplyReading:
    """Read ``document``, a reply of ``body``, against its report, and keep what is proposed.

    It is read before the act begins, so that nobody waits for it. All that the report asks is
    compared, so that an answer ends where the next begins; kept is what ``body`` was asked.

    Raises:
        Refused: where ``by`` may not, it is no reply or not read yet, or nothing was asked.
    """
    rules.check_may_read_reply(by, document, body)
    rules.check_dates(dated_on, received_on, timezone.localdate())
    owed = queries.owed_by(body, document.report)
    rules.check_something_owed(owed, body)
    asked = queries.questions(queries.asked_in(document.report))
    found = engine.answers(asked, queries.pages_of(document))
    own = {undertaking.recommendation.reference: undertaking for undertaking in owed}
    return _keep(
        by=by,
        document=document,
        body=body,
        dates=(dated_on, received_on),
        proposals=list(_proposals(found.answers, own, paged=document.media_type == passages.PDF)),
        themes=[_theme(theme, own) for theme in found.themes],
        asked=len(owed),
    )


@act
def _keep(
    *,
    by: Person,
    document: Document,
    body: Body,
    dates: tuple[date, date | None],
    proposals: list[dict[str, Any]],
    themes: list[dict[str, Any]],
    asked: int,
) -> ReplyReading:
    rules.check_may_read_reply(by, document, body)
    reading = ReplyReading.objects.create(
        document=document,
        body=body,
        engine=VERSION,
        dated_on=dates[0],
        received_on=dates[1],
        themes=themes,
        proposals_digest=queries.digest_of(proposals),
        at=timezone.now(),
        by=by,
    )
    ProposedAnswer.objects.bulk_create(ProposedAnswer(reading=reading, **p) for p in proposals)
    what = f"{len(proposals)} of {asked} answers proposed"
    audit.record("reply.read", by=by, on=reading, facts={"body": body.name, "what": what})
    return reading


def _proposals(
    found: Iterable[engine.Answer], own: dict[str, Undertaking], *, paged: bool
) -> Iterable[dict[str, Any]]:
    pairs = [(key, answer) for answer in found for key in answer.keys if key in own]
    for ordinal, (key, answer) in enumerate(pairs, start=1):
        spans = [passages.stored(span) for span in answer.spans]
        yield {
            "ordinal": ordinal,
            "undertaking_id": own[key].pk,
            "words": answer.text,
            "restates": answer.restated(key),
            "page": answer.spans[0].page if paged and answer.spans else None,
            "spans": spans,
            "how": answer.how,
            "confidence": answer.confidence,
            "why": list(answer.why),
        }


def _theme(theme: engine.Theme, own: dict[str, Undertaking]) -> dict[str, Any]:
    return {
        "heading": asdict(theme)["heading"],
        "page": theme.spans[0].page if theme.spans else None,
        "likely": [[key, likeness] for key, likeness in theme.likely if key in own],
    }


@act
def accept_answer(
    *,
    by: Person,
    proposal: ProposedAnswer,
    undertaking: Undertaking | None = None,
    spans: Sequence[Span] | None = None,
) -> Response:
    """Enter a proposed answer as the body's reply, in its exact words, with document and page.

    With ``spans`` the words are read anew from the document; with ``undertaking`` it is entered
    for another recommendation than proposed, and what the reply makes of that one is left open.

    Raises:
        Refused: where ``by`` may not, or an answer out of this document has been entered.
    """
    reading = proposal.reading
    target = undertakings.as_it_stands(undertaking or proposal.undertaking)
    rules.check_same_reply(proposal, target)
    when.check_may_log(by, target)
    rules.check_not_entered(target, reading.document)
    moved = target.pk != proposal.undertaking_id
    mended = spans is not None and _places(spans) != _places(proposal.spans)
    words = passages.words_at(reading.document, spans) if mended and spans else proposal.words
    paged = reading.document.media_type == passages.PDF
    page = int(str(spans[0]["page"])) if mended and spans else proposal.page
    response = log_response(
        by=by,
        undertaking=target,
        words=words,
        dated_on=reading.dated_on,
        received_on=reading.received_on,
        restates="" if moved else proposal.restates,
        document=reading.document,
        page=page if paged else None,
    )
    plain = Outcome.CORRECTED if mended else Outcome.ACCEPTED
    _decide(by, proposal, Outcome.MOVED if moved else plain, target, response)
    return response


def _places(spans: Sequence[Span]) -> list[tuple[object, ...]]:
    return [(span["page"], span["start"], span["end"]) for span in spans]


def _decide(
    by: Person,
    proposal: ProposedAnswer,
    outcome: AnswerDecision.Outcome,
    undertaking: Undertaking,
    response: Response | None,
    reason: str = "",
) -> AnswerDecision:
    decision = AnswerDecision.objects.create(
        proposal=proposal,
        undertaking=undertaking,
        response=response,
        outcome=outcome,
        reason=reason.strip(),
        at=timezone.now(),
        by=by,
    )
    audit.record(
        "answer.decided",
        by=by,
        on=decision,
        facts={"body": undertaking.body.name, "outcome": str(outcome.label)},
        said={"reason": decision.reason} if decision.reason else None,
    )
    return decision


@act
def dismiss_answer(*, by: Person, proposal: ProposedAnswer, reason: str = "") -> AnswerDecision:
    """Say that a proposed answer is none to its recommendation. It can still be entered later.

    Raises:
        Refused: where ``by`` may not, or it has been entered.
    """
    undertaking = undertakings.as_it_stands(proposal.undertaking)
    when.check_may_log(by, undertaking)
    rules.check_not_entered(undertaking, proposal.reading.document)
    return _decide(by, proposal, Outcome.DISMISSED, undertaking, None, reason)


@act
def accept_sure(*, by: Person, reading: ReplyReading) -> list[Response]:
    """Enter every answer that waits and of which the reader is sure: one act for each.

    Raises:
        Refused: where ``by`` may not, or none is left.
    """
    rules.check_may_read_reply(by, reading.document, reading.body)
    rows = queries.whole(reading).sure
    rules.check_sure_left(rows)
    waiting = [row.proposal for row in rows if row.proposal is not None]
    return [accept_answer(by=by, proposal=proposal) for proposal in waiting]
