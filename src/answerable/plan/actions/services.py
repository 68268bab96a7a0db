"""Writes of what actions serve, their milestones, and what they wait for."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from answerable.accounts.models import Person
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.engine.clocks import in_words
from answerable.plan.models import Action, DateOf, Dependency, Milestone, Service
from answerable.plan.queries import planned, services
from answerable.plan.rules import planned as rules
from answerable.register.models import Undertaking
from answerable.register.queries import undertakings


@act
def serve_undertaking(
    *,
    by: Person,
    action: Action,
    undertaking: Undertaking,
    spans: Sequence[Sequence[int]],
    note: str = "",
) -> Service:
    """Say that an action serves an undertaking, and which words of what was asked."""
    action = planned.as_it_stands(action)
    undertaking = undertakings.as_it_stands(undertaking)
    rules.check_may_serve(by, action, undertaking)
    service = Service.objects.create(
        action=action,
        undertaking=undertaking,
        spans=[list(span) for span in rules.check_spans(undertaking, spans)],
        words_digest=services.digest_of_words(undertaking),
        note=note.strip(),
        added_by=by,
        added_at=timezone.now(),
    )
    facts = {"action": action.reference, "reference": undertaking.recommendation.reference}
    audit.record("service.added", by=by, on=service, facts=facts)
    return service


@act
def take_out_service(*, by: Person, service: Service, reason: str) -> Service:
    """Say that an action no longer serves an undertaking. That it once did stays on record."""
    service = services.as_it_stands(service)
    rules.check_may_take_out(by, service, reason)
    before = audit_queries.snapshot(service)
    service.taken_out_at, service.taken_out_by = timezone.now(), by
    service.taken_out_reason = reason.strip()
    service.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
    reference = service.undertaking.recommendation.reference
    facts = {"action": service.action.reference, "reference": reference}
    said = {"reason": service.taken_out_reason}
    audit.record("service.taken_out", by=by, on=service, before=before, facts=facts, said=said)
    return service


@act
def add_milestone(
    *, by: Person, action: Action, title: str, due_on: date, date_of: str = DateOf.BODY
) -> Milestone:
    """Add a step to an action, with its first date."""
    action = planned.as_it_stands(action)
    rules.check_under_way(by, action)
    rules.check_title(title)
    rules.check_date_of(by, action.body, date_of)
    milestone = Milestone.objects.create(
        action=action,
        title=title.strip(),
        date_of=date_of,
        first_due_on=due_on,
        due_on=due_on,
        added_by=by,
        added_at=timezone.now(),
    )
    facts = {"action": action.reference, "due": in_words(due_on)}
    audit.record("milestone.added", by=by, on=milestone, facts=facts)
    return milestone


@act
def meet_milestone(*, by: Person, milestone: Milestone, on: date) -> Milestone:
    """Record the day on which a milestone was met."""
    milestone = planned.milestone_as_it_stands(milestone)
    rules.check_may_change_milestone(by, milestone)
    rules.check_past(on, timezone.localdate())
    before = audit_queries.snapshot(milestone)
    milestone.met_on = on
    milestone.save(update_fields=["met_on"])
    facts = {"action": milestone.action.reference, "on": in_words(on)}
    audit.record("milestone.met", by=by, on=milestone, before=before, facts=facts)
    return milestone


@act
def abandon_milestone(*, by: Person, milestone: Milestone, reason: str) -> Milestone:
    """Abandon a milestone. It stays, with the reason."""
    milestone = planned.milestone_as_it_stands(milestone)
    rules.check_may_change_milestone(by, milestone)
    rules.check_abandoning(reason)
    before = audit_queries.snapshot(milestone)
    milestone.abandoned_at, milestone.abandoned_by = timezone.now(), by
    milestone.abandoned_reason = reason.strip()
    milestone.save(update_fields=["abandoned_at", "abandoned_by", "abandoned_reason"])
    facts, said = {"action": milestone.action.reference}, {"reason": milestone.abandoned_reason}
    audit.record("milestone.abandoned", by=by, on=milestone, before=before, facts=facts, said=said)
    return milestone


@act
def add_dependency(
    *,
    by: Person,
    action: Action,
    on_action: Action | None = None,
    words: str = "",
    needed_by_on: date | None = None,
) -> Dependency:
    """Say what an action waits for: another action of the plan, or something outside it."""
    action = planned.as_it_stands(action)
    rules.check_under_way(by, action)
    rules.check_dependency(action, on_action, words)
    dependency = Dependency.objects.create(
        action=action,
        on_action=on_action,
        words=words.strip(),
        needed_by_on=needed_by_on,
        added_by=by,
        added_at=timezone.now(),
    )
    facts = {"action": action.reference}
    audit.record("dependency.added", by=by, on=dependency, facts=facts)
    return dependency


@act
def meet_dependency(*, by: Person, dependency: Dependency, on: date) -> Dependency:
    """Record that what was waited for outside the plan has come."""
    dependency = planned.dependency_as_it_stands(dependency)
    rules.check_may_change_dependency(by, dependency)
    rules.check_is_outside(dependency)
    rules.check_past(on, timezone.localdate())
    before = audit_queries.snapshot(dependency)
    dependency.met_on = on
    dependency.save(update_fields=["met_on"])
    facts = {"action": dependency.action.reference}
    audit.record("dependency.met", by=by, on=dependency, before=before, facts=facts)
    return dependency


@act
def take_out_dependency(*, by: Person, dependency: Dependency, reason: str) -> Dependency:
    """Say that an action does not wait for this after all."""
    dependency = planned.dependency_as_it_stands(dependency)
    rules.check_may_change_dependency(by, dependency)
    rules.check_taking_out(reason)
    before = audit_queries.snapshot(dependency)
    dependency.taken_out_at, dependency.taken_out_by = timezone.now(), by
    dependency.taken_out_reason = reason.strip()
    dependency.save(update_fields=["taken_out_at", "taken_out_by", "taken_out_reason"])
    facts, said = {"action": dependency.action.reference}, {"reason": dependency.taken_out_reason}
    audit.record(
        "dependency.taken_out", by=by, on=dependency, before=before, facts=facts, said=said
    )
    return dependency
