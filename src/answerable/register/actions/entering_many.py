"""Enter thousands of recommendations with their replies at once, for an act that brings them in.

Each is asked the same rules and leaves the same rows as entering it by hand; the event of each tells
of all that was made with it. Where a clock would start, or a body has ended, it is done by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.db.models import Model
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import actions as audit
from answerable.audit.actions import NewThings
from answerable.register.actions.recommendations import PREFIX
from answerable.register.actions.references import next_serials
from answerable.register.actions.search import index_new
from answerable.register.models import PositionRead, Recommendation, Response, Undertaking
from answerable.register.queries.importing.plans import Ask, Named, PlannedReply
from answerable.register.queries.undertakings import standing_of
from answerable.register.rules import recommendations as rules
from answerable.register.rules import responses as reply_rules
from answerable.register.rules.importing import check_may_bring_replies
from answerable.reports.models import Report

BATCH = 500
FROM_FILE = "As the office’s spreadsheet has it, row {row}."
Entered = list[tuple[Recommendation, Ask]]


def body_of(named: Named, bodies: Mapping[str, Body]) -> Body:
    """The body that is meant; one that was added is among ``bodies`` under its key."""
    return bodies[named] if isinstance(named, str) else named


def as_named(words: str) -> str:
    """Where a body is named: as the file has it."""
    return f"“{words}”"[:300]


def reason_of(reply: PlannedReply) -> str:
    """Why the position is read: for everyone who looks at it later."""
    why = FROM_FILE.format(row=reply.row)
    return f"{reply.why.rstrip('.')}. {why}" if reply.why else why


def parted(asks: Iterable[Ask], reports: Mapping[str, Report]) -> tuple[list[Ask], list[Ask]]:
    """Those that are entered together, and those that are entered one by one, as by hand."""
    plain: list[Ask] = []
    rest: list[Ask] = []
    for ask in asks:
        ended = any(isinstance(body, Body) and body.ends_on for body in ask.to)
        (rest if ended or reports[ask.report.key].clock_basis else plain).append(ask)
    return plain, rest


def enter_many(
    *,
    by: Person,
    asks: Sequence[Ask],
    reports: Mapping[str, Report],
    bodies: Mapping[str, Body],
    exact: bool,
) -> Entered:
    """Enter ``asks`` under the next references, for an act that tells what they came from.

    Raises:
        Refused: by the rule of entering one by hand, with the row.
    """
    if not asks:
        return []
    rules.check_may_enter(by)
    check_may_bring_replies(by, _replied(asks, bodies), _replied(asks, bodies, read=True))
    now = timezone.now()
    for ask in asks:
        _check(ask, now)
    serials = next_serials(PREFIX, len(asks))
    entered = [
        (_recommendation(by, ask, reports[ask.report.key], serial, exact, now), ask)
        for serial, ask in zip(serials, asks, strict=True)
    ]
    Recommendation.objects.bulk_create((one for one, _ in entered), batch_size=BATCH)
    made = [_answers(by, one, ask, bodies, now) for one, ask in entered]
    kinds: tuple[type[Model], ...] = (Undertaking, Response, PositionRead)
    for model in kinds:
        rows = [row for row in chain.from_iterable(made) if type(row) is model]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
    index_new([one for one, _ in entered])
    lines = [
        NewThings(
            "recommendation.imported",
            on=one,
            also=things,
            facts={"reference": one.reference, "row": ask.row},
        )
        for (one, ask), things in zip(entered, made, strict=True)
    ]
    audit.record_new(lines, by=by, at=now)
    return entered


def _replied(
    asks: Sequence[Ask], bodies: Mapping[str, Body], *, read: bool = False
) -> Iterable[Body]:
    """Each body of which there are replies, or replies with a position, once."""
    found = (r.to for ask in asks for r in ask.replies if r.position or not read)
    return [body_of(named, bodies) for named in dict.fromkeys(found)]


def _check(ask: Ask, now: datetime) -> None:
    today = timezone.localdate(now)
    try:
        rules.check_words(ask.words)
        rules.check_kind(ask.kind)
        for reply in ask.replies:
            reply_rules.check_reply(reply.words)
            reply_rules.check_dates(reply.dated_on, None, today)
            if reply.position:
                reply_rules.check_position(reply.position, reason_of(reply), None)
    except Refused as refusal:
        raise Refused(f"Row {ask.row}: {refusal.sentence}", code="row") from refusal


def _recommendation(
    by: Person, ask: Ask, report: Report, serial: int, exact: bool, now: datetime
) -> Recommendation:
    return Recommendation(
        reference=f"{PREFIX}-{serial:04}",
        serial=serial,
        report=report,
        number=ask.number,
        words=ask.words.strip(),
        kind=ask.kind,
        page=ask.page,
        fingerprint=ask.fingerprint,
        paraphrased=not exact,
        source_url=ask.address,
        subject=ask.subject,
        accepted_at=now,
        accepted_by=by,
    )


def _answers(
    by: Person, one: Recommendation, ask: Ask, bodies: Mapping[str, Body], now: datetime
) -> list[Model]:
    """The undertakings of a recommendation, the replies and the positions read in them."""
    found: list[Model] = []
    for named, words in ask.to.items():
        replies = sorted((r for r in ask.replies if r.to == named), key=lambda r: r.dated_on)
        undertaking = Undertaking(
            recommendation=one,
            body=body_of(named, bodies),
            because=as_named(words),
            stands=standing_of([reply.position or None for reply in replies]),
            added_at=now,
            added_by=by,
        )
        found.append(undertaking)
        for reply in replies:
            response = Response(
                undertaking=undertaking,
                words=reply.words.strip(),
                dated_on=reply.dated_on,
                entered_at=now,
                entered_by=by,
            )
            found.append(response)
            if reply.position:
                reason = reason_of(reply)
                found.append(
                    PositionRead(
                        response=response, position=reply.position, reason=reason, at=now, by=by
                    )
                )
    return found
