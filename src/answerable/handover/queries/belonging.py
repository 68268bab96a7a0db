"""What belongs to one body's record: every row that passes on with it, in an order that can be kept.

A row stands after everything it names. Left behind are what another body answered, people's names
and addresses (only who they were and for whom they worked goes), what the reader proposed, and
declared interests, which concern the people of the office that heard them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet

from answerable.accounts.models import Body, FormerName, Person, Succession
from answerable.assurance.models import (
    Closure,
    Evidence,
    Graded,
    Opinion,
    Reopening,
    Sample,
    Use,
)
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
    Basis,
    Clock,
    ClockChange,
    Correction,
    Dismissal,
    Link,
    Objection,
    OutsideLink,
    PositionRead,
    Recommendation,
    Response,
    Undertaking,
)
from answerable.register.queries.undertakings import line_of
from answerable.reports.models import Document, Report

KINDS: tuple[type[Model], ...] = (
    Body, FormerName, Succession, Person,
    Report, Document, Basis,
    Recommendation, Correction, Link, Dismissal, Objection, OutsideLink,
    Undertaking, Response, PositionRead, Clock, ClockChange,
    ClosingTest, Claim, Action, Service, Milestone, Dependency, DateMove, OwnerChange,
    Evidence, Use, Graded, Sample, Opinion, Closure, Reopening,
)  # fmt: skip
"""Every kind of row that is handed over, in the order in which it can be written again."""

Rows = dict[type[Model], list[Model]]


def undertakings_of(body: Body) -> list[Undertaking]:
    """What ``body`` owes or owed, and what those before it did of the same, oldest first."""
    rows = Undertaking.objects.filter(body=body).select_related("passed_from")
    found = {earlier.pk: earlier for one in rows for earlier in line_of(one)}
    return [found[pk] for pk in sorted(found)]


def _chosen(body: Body) -> Iterator[tuple[type[Model], QuerySet[Model]]]:
    """Each kind below the people, with what of it belongs to ``body``."""
    owed = [u.pk for u in undertakings_of(body)]
    u = Q(undertaking__in=owed)
    asked = Recommendation.objects.filter(undertakings__in=owed).distinct()
    replies = Response.objects.filter(u)
    cited = Q(recommendations__in=asked) | Q(responses__in=replies)
    serving = Service.objects.filter(u)
    actions = Action.objects.filter(Q(body=body) | Q(services__in=serving)).distinct()
    milestones = Milestone.objects.filter(action__in=actions)
    tests = ClosingTest.objects.filter(u)
    moved = Q(action__in=actions) | Q(milestone__in=milestones) | Q(closing_test__in=tests)
    waiting = Q(on_action__isnull=True) | Q(on_action__in=actions)
    evidence = Evidence.objects.filter(Q(body=body) | Q(uses__undertaking__in=owed)).distinct()
    closures = Closure.objects.filter(u)
    documents = Document.objects.filter(cited).distinct()
    reports = Report.objects.filter(Q(recommendations__in=asked) | Q(documents__in=documents))
    yield Report, reports.distinct()
    yield Document, documents
    yield Basis, Basis.objects.filter(pk__in=Clock.objects.filter(u).values("basis"))
    yield Recommendation, asked
    yield Correction, Correction.objects.filter(recommendation__in=asked)
    yield Link, Link.objects.filter(earlier__in=asked, later__in=asked)
    yield Dismissal, Dismissal.objects.filter(earlier__in=asked, later__in=asked)
    yield Objection, Objection.objects.filter(link__earlier__in=asked, link__later__in=asked)
    yield OutsideLink, OutsideLink.objects.filter(recommendation__in=asked)
    yield Undertaking, Undertaking.objects.filter(pk__in=owed)
    yield Response, replies
    yield PositionRead, PositionRead.objects.filter(response__in=replies)
    yield Clock, Clock.objects.filter(u)
    yield ClockChange, ClockChange.objects.filter(clock__undertaking__in=owed)
    yield ClosingTest, tests
    yield Claim, Claim.objects.filter(u)
    yield Action, actions
    yield Service, serving
    yield Milestone, milestones
    yield Dependency, Dependency.objects.filter(waiting, action__in=actions)
    yield DateMove, DateMove.objects.filter(moved)
    yield OwnerChange, OwnerChange.objects.filter(action__in=actions)
    yield Evidence, evidence
    yield Use, Use.objects.filter(u)
    yield Graded, Graded.objects.filter(evidence__in=evidence)
    yield Sample, Sample.objects.filter(u)
    yield Opinion, Opinion.objects.filter(u)
    yield Closure, closures
    yield Reopening, Reopening.objects.filter(closure__in=closures)


def _named(rows: Iterable[Model], model: type[Model]) -> set[Any]:
    """The keys of the rows of ``model`` that ``rows`` name."""
    return {
        key
        for row in rows
        for field in row._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model is model
        and (key := getattr(row, field.attname)) is not None
    }


def belonging(body: Body) -> Rows:
    """Every row that belongs to the record of ``body``, by kind, in the order of :data:`KINDS`."""
    found: Rows = defaultdict(list)
    for model, rows in _chosen(body):
        found[model] = list(rows.order_by("pk"))
    below = [row for rows in found.values() for row in rows]
    found[Person] = list(Person.objects.filter(pk__in=_named(below, Person)).order_by("pk"))
    successions = Succession.objects.filter(Q(predecessor=body) | Q(successor=body))
    found[Succession] = list(successions.order_by("pk"))
    bodies = _named([*below, *found[Person], *found[Succession]], Body) | {body.pk}
    found[Body] = list(Body.objects.filter(pk__in=bodies).order_by("pk"))
    found[FormerName] = list(FormerName.objects.filter(body=body).order_by("pk"))
    return {model: found[model] for model in KINDS}
