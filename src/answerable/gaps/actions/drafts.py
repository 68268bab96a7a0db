"""Writes of draft plans: drafted from gaps, owned, changed, and taken into a body's plan."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine import drafting
from answerable.engine.gap_analysis import as_json
from answerable.gaps.models import DraftLine, DraftPlan, GapRun, TakenLine
from answerable.gaps.queries import drafts as queries
from answerable.gaps.queries.runs import analysis_of
from answerable.gaps.rules import drafts as rules
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking
from answerable.register.actions.references import next_serial
from answerable.register.queries.recommendations import words_of

PREFIX = "D"


@act
def draft_plan(*, by: Person, run: GapRun, gaps: Sequence[str]) -> DraftPlan:
    """Draft a plan from chosen gaps of an analysis: one line for each thing that was asked.

    ``gaps`` are the keys of the gaps. No chosen gap is without a line.
    """
    rules.check_may_draft(by)
    analysis = analysis_of(run)
    known = {gap.key: None for gap in analysis.gaps}
    rules.check_chosen(gaps, known)
    wanted = frozenset(gaps)
    serial = next_serial(PREFIX)
    draft = DraftPlan.objects.create(
        reference=f"{PREFIX}-{serial:04}",
        serial=serial,
        run=run,
        chosen=[key for key in known if key in wanted],
        drafted_by=by,
        drafted_at=timezone.now(),
    )
    made = drafting.draft(analysis, draft.chosen)
    lines = [_line(draft, place, line) for place, line in enumerate(made, 1)]
    DraftLine.objects.bulk_create(lines)
    facts = {"draft": draft.reference, "run": run.reference, "count": len(draft.chosen)}
    audit.record("draft_plan.made", by=by, on=draft, also=lines, facts=facts)
    return draft


def _line(draft: DraftPlan, place: int, line: drafting.Line) -> DraftLine:
    return DraftLine(
        draft=draft,
        place=place,
        key=line.key,
        bodies=list(line.bodies),
        asked=as_json(line.asked),
        settles=[asdict(one) for one in line.settles],
        tests=[asdict(one) for one in line.tests],
        title=line.title,
    )


@act
def own_draft(*, by: Person, draft: DraftPlan) -> DraftPlan:
    """Own a draft: from now on its lines can be taken into plans, and it is known whom to ask."""
    draft = queries.as_it_stands(draft)
    rules.check_may_own(by, draft)
    before = audit_queries.snapshot(draft)
    draft.owner, draft.owned_at = by, timezone.now()
    draft.save(update_fields=["owner", "owned_at"])
    facts = {"draft": draft.reference}
    audit.record("draft_plan.owned", by=by, on=draft, before=before, facts=facts)
    return draft


@act
def change_line(*, by: Person, line: DraftLine, title: str, words: str = "") -> DraftLine:
    """Say in better words what a line of a draft will do. What it must satisfy stays."""
    line = queries.line_as_it_stands(line)
    rules.check_may_change_line(by, line)
    rules.check_line(title)
    before = audit_queries.snapshot(line)
    line.title, line.words = title.strip(), words.strip()
    line.save(update_fields=["title", "words"])
    audit.record("draft_line.changed", by=by, on=line, before=before, facts=_facts(line))
    return line


def _facts(line: DraftLine) -> dict[str, object]:
    return {"draft": line.draft.reference, "place": line.place}


@act
def leave_out_line(*, by: Person, line: DraftLine, reason: str) -> DraftLine:
    """Leave a line out. It stays to be read, and its gaps stand among what is not covered."""
    line = queries.line_as_it_stands(line)
    rules.check_may_change_line(by, line)
    rules.check_leaving_out(reason)
    before = audit_queries.snapshot(line)
    line.left_out_at, line.left_out_by = timezone.now(), by
    line.left_out_reason = reason.strip()
    line.save(update_fields=["left_out_at", "left_out_by", "left_out_reason"])
    said = {"reason": line.left_out_reason}
    audit.record(
        "draft_line.left_out", by=by, on=line, before=before, facts=_facts(line), said=said
    )
    return line


@act
def take_line(
    *,
    by: Person,
    line: DraftLine,
    body: Body,
    owner_role: str,
    owner: Person | None = None,
    owner_name: str = "",
    due_on: date | None = None,
) -> TakenLine:
    """Take a line into the plan of a body: one action, that serves every wording asked of it."""
    line = queries.line_as_it_stands(line)
    owed = rules.check_may_take(by, line, body)
    action = add_action(
        by=by,
        body=body,
        title=line.title,
        words=line.words,
        owner_role=owner_role,
        owner=owner,
        owner_name=owner_name,
        due_on=due_on,
    )
    for undertaking in owed:
        whole = [(0, len(words_of(undertaking.recommendation)))]
        note = f"Taken from {line.draft.reference}, line {line.place}."
        serve_undertaking(by=by, action=action, undertaking=undertaking, spans=whole, note=note)
    taken = TakenLine.objects.create(
        line=line, body=body, action=action, taken_by=by, at=timezone.now()
    )
    facts = {**_facts(line), "action": action.reference, "body": body.name}
    audit.record("draft_line.taken", by=by, on=taken, facts=facts)
    return taken
