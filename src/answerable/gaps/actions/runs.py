"""The one write of a gap analysis: it is run, and kept as it came out."""

from datetime import date

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import By
from answerable.audit import actions as audit
from answerable.audit.actions import act
from answerable.engine import chain
from answerable.gaps.models import GapRun
from answerable.gaps.queries import runs as queries
from answerable.gaps.rules import runs as rules
from answerable.register.actions.references import next_serial

PREFIX = "G"


@act
def run_analysis(*, by: By, body: Body | None = None, on: date | None = None) -> GapRun:
    """Ask of everything that ``body`` was asked, or all were, what is missing; keep what is found.

    ``by`` is a person or the operator. The record is read under the chain's lock, so that what is
    found is of one state. Running it again over the same state gives the same content.
    """
    today = timezone.localdate()
    rules.check_may_run(by)
    rules.check_day(on or today, today)
    analysis = queries.analysis_now(body, today)
    content = queries.content_of(analysis)
    serial = next_serial(PREFIX)
    run = GapRun.objects.create(
        reference=f"{PREFIX}-{serial:04}",
        serial=serial,
        dated_on=analysis.dated_on,
        head_seq=analysis.head.seq,
        head_digest=analysis.head.digest,
        body=body,
        content=content.decode(),
        sha256=chain.digest(content),
        run_by=by if isinstance(by, Person) else None,
        at=timezone.now(),
    )
    facts = {
        "reference": run.reference,
        "scope": body.name if body else "all bodies",
        "count": analysis.counts.gaps,
        "sha256": run.sha256,
    }
    audit.record("gaps.run", by=by, on=run, facts=facts)
    return run
