"""Everything whose history is the history of an undertaking: its reply, its plan, what was seen."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from answerable.accounts.models import Person
from answerable.assurance.models import (
    Closure,
    Evidence,
    Graded,
    Opinion,
    Reopening,
    Sample,
    Use,
)
from answerable.audit import queries as audit
from answerable.audit.models import Event
from answerable.plan.models import (
    Action,
    Claim,
    ClosingTest,
    DateMove,
    Dependency,
    Milestone,
    OwnerChange,
    Service,
)
from answerable.register.models import (
    Clock,
    ClockChange,
    Correction,
    Objection,
    OutsideLink,
    PositionRead,
    Recommendation,
    Response,
    Undertaking,
)
from answerable.register.queries import dismissals
from answerable.register.queries import links as link_queries


def events_of(undertaking: Undertaking) -> QuerySet[Event]:
    """Every event on one undertaking, and on the one that it was passed on from, newest first."""
    line = {undertaking.pk, undertaking.passed_from_id or undertaking.pk}
    return audit.events_on(*_things(line))


def events_of_all(
    person: Person, recommendation: Recommendation, undertakings: Collection[Undertaking]
) -> QuerySet[Event]:
    """Every event on a recommendation, its links and these undertakings of it, newest first.

    Links, and what was said not to be alike, are those that the person may know of.
    """
    either = Q(earlier=recommendation) | Q(later=recommendation)
    links = link_queries.seen_by(person).filter(either)
    return audit.events_on(
        Recommendation.objects.filter(pk=recommendation.pk),
        Correction.objects.filter(recommendation=recommendation),
        links,
        dismissals.seen_by(person).filter(either),
        Objection.objects.filter(link__in=links),
        OutsideLink.objects.filter(recommendation=recommendation),
        *_things({one.pk for one in undertakings}),
    )


def _things(keys: Collection[int]) -> tuple[QuerySet[Any], ...]:
    of = Q(undertaking__in=keys)
    services = Service.objects.filter(of)
    actions = Action.objects.filter(pk__in=services.values("action"))
    steps, tests = Milestone.objects.filter(action__in=actions), ClosingTest.objects.filter(of)
    uses = Use.objects.filter(of)
    evidence = Evidence.objects.filter(pk__in=uses.values("evidence"))
    return (
        Undertaking.objects.filter(pk__in=keys),
        Response.objects.filter(of),
        PositionRead.objects.filter(response__undertaking__in=keys),
        Clock.objects.filter(of),
        ClockChange.objects.filter(clock__undertaking__in=keys),
        tests,
        Claim.objects.filter(of),
        services,
        actions,
        steps,
        Dependency.objects.filter(action__in=actions),
        OwnerChange.objects.filter(action__in=actions),
        DateMove.objects.filter(
            Q(action__in=actions) | Q(milestone__in=steps) | Q(closing_test__in=tests)
        ),
        uses,
        evidence,
        Graded.objects.filter(evidence__in=evidence),
        Sample.objects.filter(of),
        Opinion.objects.filter(of),
        Closure.objects.filter(of),
        Reopening.objects.filter(closure__undertaking__in=keys),
    )
