"""Bring a spreadsheet into the register: kept while a person decides, then all of it or nothing."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from answerable.accounts.actions.bodies import add_body
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.engine.documents.shapes import Unreadable
from answerable.engine.importing.tables import read_tables_safely
from answerable.register.actions.entering_many import (
    as_named,
    body_of,
    enter_many,
    parted,
    reason_of,
)
from answerable.register.actions.likeness_index import index_missing
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Import, PendingImport, Recommendation
from answerable.register.queries.importing.pending import sheets_of, tables_of
from answerable.register.queries.importing.plans import (
    Ask,
    Checked,
    PlannedReply,
    PlannedReport,
)
from answerable.register.rules import importing as rules
from answerable.reports.actions.files import Source, arriving
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from answerable.reports.queries.files import limits

KEPT_DAYS = 30
"""A spreadsheet that nobody goes on with is forgotten after so many days."""


# --- Kept while a person decides --------------------------------------------------------------------


def keep_pending(*, by: Person, source: Source, name: str) -> PendingImport:
    """Read a spreadsheet and keep what its cells say for ``by`` alone. The file itself is not kept.

    Raises:
        Refused: where ``by`` may not, or it cannot be read: with the reason, and what to do.
    """
    rules.check_may_import(by)
    forget_pending()
    with arriving(source) as arrived:
        if arrived.trouble:
            raise arrived.trouble
        try:
            content = read_tables_safely(arrived.path, limits())
        except Unreadable as refusal:
            raise Refused(f"{name}: {refusal.sentence}", code="upload") from refusal
        now = timezone.now()
        return PendingImport.objects.create(
            owner=by,
            name=name[-255:],
            sha256=arrived.sha256,
            size=arrived.size,
            content=base64.b85encode(content).decode(),
            sent_at=now,
            touched_at=now,
        )


def choose(*, by: Person, pending: PendingImport, choices: Mapping[str, Any]) -> None:
    """Keep what was said of the columns, or answered."""
    rules.check_may_import(by)
    rules.check_own(by, pending.owner_id)
    pending.choices = {**pending.choices, **choices}
    pending.touched_at = timezone.now()
    pending.save(update_fields=["choices", "touched_at"])


def drop_pending(*, by: Person, pending: PendingImport) -> None:
    """Throw a spreadsheet away that was not brought in."""
    rules.check_own(by, pending.owner_id)
    PendingImport.objects.filter(pk=pending.pk).delete()


def forget_pending() -> int:
    """Forget what nobody has gone on with for :data:`KEPT_DAYS`. Returns how many there were."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return PendingImport.objects.filter(touched_at__lt=before).delete()[0]


# --- Brought in later -------------------------------------------------------------------------------

MANY = 1_000
"""More recommendations than this are brought in by the worker: it takes longer than a page should."""


def import_later(*, by: Person, pending: PendingImport, checked: Checked, leave_out: bool) -> None:
    """Ask the worker to bring a long spreadsheet in. The rules are asked now, and again then."""
    rules.check_may_import(by)
    rules.check_own(by, pending.owner_id)
    rules.check_complete(checked, leave_out=leave_out)
    with transaction.atomic():
        pending.waits_since, pending.trouble = timezone.now(), ""
        pending.save(update_fields=["waits_since", "trouble"])
        bring_in.enqueue(pending_id=pending.pk, leave_out=leave_out)


@task()
def bring_in(*, pending_id: int, leave_out: bool) -> str:
    """Bring one in that waits. Returns how it ended, for the queue's own log."""
    pending = PendingImport.objects.select_related("owner__body").filter(pk=pending_id).first()
    if pending is None or pending.waits_since is None:
        return "nothing to do"
    try:
        sheets = sheets_of(tables_of(pending), pending.choices)
        checked = sheets.checked(pending.owner)
        columns = sheets.columns
        import_register(
            by=pending.owner,
            checked=checked,
            name=pending.name,
            sha256=pending.sha256,
            columns=columns,
            leave_out=leave_out,
            pending=pending,
        )
    except Refused as refusal:
        pending.waits_since, pending.trouble = None, refusal.sentence
        pending.save(update_fields=["waits_since", "trouble"])
        return "refused"
    return "brought in"


# --- Brought in -------------------------------------------------------------------------------------


def import_register(
    *,
    by: Person,
    checked: Checked,
    name: str,
    sha256: str,
    columns: Mapping[str, str],
    leave_out: bool = False,
    pending: PendingImport | None = None,
) -> Import:
    """Enter all that ``checked`` plans, or nothing; each thing is an event as if done by hand.

    ``columns`` is what each heading was taken to mean, kept with it. ``leave_out``: a person has
    seen the refused rows and goes on without them. The index of likeness follows when all of it
    stands, so that nobody waits for it; the worker puts in what a killed process left out.

    Raises:
        Refused: where anything is open or refused; a rule's refusal names the row.
    """
    brought = _bring(
        by=by,
        checked=checked,
        name=name,
        sha256=sha256,
        columns=columns,
        leave_out=leave_out,
        pending=pending,
    )
    index_missing()
    return brought


@act
def _bring(
    *,
    by: Person,
    checked: Checked,
    name: str,
    sha256: str,
    columns: Mapping[str, str],
    leave_out: bool,
    pending: PendingImport | None,
) -> Import:
    rules.check_may_import(by)
    rules.check_complete(checked, leave_out=leave_out)
    if pending is not None:
        rules.check_still_here(PendingImport.objects.filter(pk=pending.pk).delete()[0])
    bodies = {new.key: add_body(by=by, name=new.name, kind=new.kind) for new in checked.bodies}
    reports = {one.key: _report(by, one, bodies) for one in checked.reports}
    plain, rest = parted(checked.asks, reports)
    entered = enter_many(by=by, asks=plain, reports=reports, bodies=bodies, exact=checked.exact)
    entered += [(_enter(by, ask, reports[ask.report.key], bodies, checked), ask) for ask in rest]
    brought = Import.objects.create(
        name=name[-255:],
        sha256=sha256,
        sheet=checked.sheet[:255],
        first_serial=entered[0][0].serial,
        last_serial=entered[-1][0].serial,
        rows=[[ask.row, ask.theirs] for _, ask in entered],
        left_out=checked.refused,
        exact=checked.exact,
        columns=dict(columns),
        at=timezone.now(),
        by=by,
    )
    count = f"{len(entered)} recommendations" if len(entered) > 1 else entered[0][0].reference
    facts = {"count": count, "sha256": sha256}
    audit.record("register.imported", by=by, on=brought, facts=facts, said={"name": brought.name})
    return brought


def _report(by: Person, planned: PlannedReport, bodies: Mapping[str, Body]) -> Report:
    """The report that is here, or one that is logged now: a person has seen that it is another."""
    if planned.here is not None:
        return planned.here
    if planned.maker is None:
        raise Refused(f"Nobody is named as the maker of “{planned.title}”.", code="maker")
    return log_report(
        by=by,
        another=True,
        title=planned.title,
        kind=planned.kind,
        author=body_of(planned.maker, bodies),
        published_on=planned.published_on,
        published_words=planned.published_words,
    )


def _enter(
    by: Person, ask: Ask, report: Report, bodies: Mapping[str, Body], checked: Checked
) -> Recommendation:
    try:
        recommendation = enter_recommendation(
            by=by,
            report=report,
            words=ask.words,
            kind=ask.kind,
            bodies=[(body_of(named, bodies), as_named(words)) for named, words in ask.to.items()],
            number=ask.number,
            page=ask.page,
            paraphrased=not checked.exact,
            source_url=ask.address,
            subject=ask.subject,
        )
        for reply in ask.replies:
            _reply(by, recommendation, reply, bodies)
    except Refused as refusal:
        raise Refused(f"Row {ask.row}: {refusal.sentence}", code="row") from refusal
    return recommendation


def _reply(
    by: Person, recommendation: Recommendation, reply: PlannedReply, bodies: Mapping[str, Body]
) -> None:
    """The reply to whoever was asked; where the body had ended, to who answers for it now."""
    asked = body_of(reply.to, bodies)
    owed = list(recommendation.undertakings.select_related("body", "passed_from").order_by("pk"))
    undertaking = next((one for one in reversed(owed) if one.body_id == asked.pk), owed[-1])
    heirs = [one for one in owed if one.passed_from_id == undertaking.pk]
    response = log_response(
        by=by,
        undertaking=heirs[0] if heirs else undertaking,
        words=reply.words,
        dated_on=reply.dated_on,
    )
    if reply.position:
        reason = reason_of(reply)
        read_position(by=by, response=response, position=reply.position, reason=reason)
