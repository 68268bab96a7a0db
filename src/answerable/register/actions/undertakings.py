"""Writes of whom a recommendation is addressed to, and of what passes to a successor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from answerable.accounts.models import Body
from answerable.audit import actions as audit
from answerable.audit import queries as audit_queries
from answerable.audit.actions import act
from answerable.register.actions.clocks import new_clock, pass_clock
from answerable.register.actions.standing import moving, settle, settle_next
from answerable.register.models import Recommendation, Stands, Undertaking
from answerable.register.queries import undertakings as queries
from answerable.register.queries.recommendations import as_it_stands
from answerable.register.rules import undertakings as rules
from answerable.register.rules.who import By, person_of

Addressee = tuple[Body, str]
"""A body, and where it is named."""


@dataclass(frozen=True, slots=True)
class Start:
    """How clocks start with new undertakings: on which basis, from which day. Empty for none."""

    basis_code: str = ""
    starts_on: date | None = None


def _undertaking(
    recommendation: Recommendation, body: Body, because: str, by: By, now: datetime
) -> Undertaking:
    return Undertaking.objects.create(
        recommendation=recommendation,
        body=body,
        because=because[:300],
        added_at=now,
        added_by=person_of(by),
    )


def _meant(body: Body, because: str, published: date | None) -> Addressee:
    """Who is meant where a report names a body that had ended before it was published."""
    if published is None or not queries.has_ended(body, published):
        return body, because
    heir = queries.living_successor(body, published)
    if heir is None:
        return body, because
    named = f"named as {body.name}"
    return heir, f"{because}; {named}" if because else named


def meant(recommendation: Recommendation, bodies: Sequence[Addressee]) -> list[Addressee]:
    """Each body that is meant, once, with where it is first named."""
    published = recommendation.report.published_on
    found: dict[Body, str] = {}
    for body, because in bodies:
        heir, why = _meant(body, because, published)
        found.setdefault(heir, why)
    return list(found.items())


def _pass_on(undertaking: Undertaking, heir: Body, by: By, now: datetime) -> list[Model]:
    """The successor's undertaking, with the clock that runs on. Returns all that changed or is new."""
    passed = Undertaking.objects.create(
        recommendation=undertaking.recommendation,
        body=heir,
        because=f"successor of {undertaking.body.name}"[:300],
        passed_from=undertaking,
        stands=undertaking.stands,
        added_at=now,
        added_by=person_of(by),
    )
    clocks = pass_clock(undertaking, passed)
    undertaking.stands = Stands.PASSED
    undertaking.save(update_fields=["stands"])
    settle(undertaking)
    return [passed, undertaking, *clocks]


def _heir(undertaking: Undertaking) -> Body | None:
    """Who owes the answer now, where the body has ended since it was asked."""
    today = timezone.localdate()
    if not queries.has_ended(undertaking.body, today):
        return None
    return queries.living_successor(undertaking.body, today)


def address(
    recommendation: Recommendation,
    bodies: Sequence[Addressee],
    *,
    by: By,
    now: datetime,
    start: Start,
) -> list[Model]:
    """New undertakings with their clocks, for an act that records them. Returns what was made.

    A body that had ended before the report is taken for its successor, and the name used is kept;
    one that has ended since passes the matter on at once.
    """
    made: dict[Undertaking, list[Model]] = {}
    for body, because in meant(recommendation, bodies):
        undertaking = _undertaking(recommendation, body, because, by, now)
        made[undertaking] = new_clock(undertaking, start.basis_code, start.starts_on)
    things = [thing for u, clocks in made.items() for thing in (u, *clocks)]
    addressed = set(recommendation.undertakings.values_list("body", flat=True))
    for undertaking in made:
        heir = _heir(undertaking)
        if heir and heir.pk not in addressed:
            things += _pass_on(undertaking, heir, by, now)
    settle_next(recommendation)
    return list(dict.fromkeys(things))


@act
def add_undertaking(
    *,
    by: By,
    recommendation: Recommendation,
    body: Body,
    because: str = "",
    start_clock: bool = True,
) -> Undertaking:
    """Record that a recommendation is addressed to one more body; its clock starts."""
    recommendation = as_it_stands(recommendation)
    rules.check_may_add(by, recommendation)
    [(body, because)] = meant(recommendation, [(body, because)])
    rules.check_not_yet(recommendation, body)
    report = recommendation.report
    start = Start(report.clock_basis, report.published_on) if start_clock else Start()
    made = address(recommendation, [(body, because)], by=by, now=timezone.now(), start=start)
    first, *others = made
    audit.record(
        "undertaking.added",
        by=by,
        on=first,
        also=others,
        facts={"reference": recommendation.reference, "body": body.name},
    )
    return recommendation.undertakings.order_by("-pk")[0]


@act
def pass_to_successor(
    *, by: By, undertaking: Undertaking, successor: Body | None = None
) -> Undertaking:
    """Pass what a body owes to its successor, with its clock, its answer and its age.

    Without ``successor``, the last in the line of recorded successions that exists today.
    """
    undertaking = queries.as_it_stands(undertaking)
    rules.check_may_pass(by, undertaking)
    heir = rules.check_successor(
        undertaking.body,
        successor or queries.living_successor(undertaking.body, timezone.localdate()),
    )
    rules.check_not_yet(undertaking.recommendation, heir)
    before = audit_queries.snapshot(*moving(undertaking))
    passed, *others = _pass_on(undertaking, heir, by, timezone.now())
    audit.record(
        "undertaking.passed",
        by=by,
        on=passed,
        also=others,
        before=before,
        facts={"reference": undertaking.recommendation.reference, "body": heir.name},
    )
    settle_next(undertaking.recommendation)
    return Undertaking.objects.select_related("body").get(pk=passed.pk)


@act
def pass_all_to_successor(*, by: By, body: Body) -> list[Undertaking]:
    """Pass all that a body owed to its successor. What nobody has read yet stays until it is read."""
    rules.check_may_pass_all(by)
    now = timezone.now()
    heir = rules.check_successor(body, queries.living_successor(body, timezone.localdate()))
    left = queries.left_behind(body, heir)
    rules.check_left_behind(body, left)
    before = audit_queries.snapshot(*(thing for u in left for thing in moving(u)))
    changed = [thing for undertaking in left for thing in _pass_on(undertaking, heir, by, now)]
    first, *others = changed
    many = f"{len(left)} recommendations" if len(left) > 1 else left[0].recommendation.reference
    facts = {"reference": many, "body": heir.name}
    audit.record("undertaking.passed", by=by, on=first, also=others, before=before, facts=facts)
    for undertaking in left:
        settle_next(undertaking.recommendation)
    return list(Undertaking.objects.filter(passed_from__in=left).select_related("body"))
