"""Fill a database with many recommendations, as rows: for measuring pages, never for tests.

The audit chain is not written, so `audit verify` does not hold for such a database.
"""

import hashlib
import random
from datetime import date, datetime, timedelta

from django.utils import timezone
from fill_assurance import assure

from answerable.accounts.models import Body, Person
from answerable.register.actions.search import rebuild_search
from answerable.register.models import (
    Basis,
    Clock,
    PositionRead,
    Recommendation,
    Reference,
    Response,
    Stands,
    Undertaking,
)
from answerable.reports.models import Report

WORDS = """
record crimes against children within a day and test the record by sample; train supervisors again
as people leave; publish what was learned; review the arrangements for sharing information; ensure
that every child who goes missing is offered a conversation with someone independent; meet
survivors and their families; write down the reason for each decision; check what the intelligence
unit does with community reports; name an owner
""".split()  # noqa: SIM905
ANSWERS = (
    Stands.SILENT,
    Stands.UNREAD,
    Stands.ACCEPTED,
    Stands.ACCEPTED,
    Stands.IN_PART,
    Stands.REJECTED,
)

CLAIMED = (Stands.ACCEPTED, Stands.IN_PART)
"""What was answered so is claimed as ready, with evidence and an opinion."""


def _reports(count: int, bodies: list[Body], today: date) -> list[Report]:
    Report.objects.bulk_create(
        (
            Report(
                title=f"Review number {n} of services in Northmoor",
                slug=f"review-{n}",
                kind="review",
                author=bodies[n % len(bodies)],
                published_on=today - timedelta(days=30 * n % 4000),
                clock_basis="police-act-55",
                logged_at=timezone.now(),
            )
            for n in range(count)
        ),
        ignore_conflicts=True,
    )
    return list(Report.objects.filter(slug__startswith="review-").order_by("pk"))


def _recommendations(
    count: int, reports: list[Report], now: datetime, rng: random.Random
) -> list[Recommendation]:
    start = Recommendation.objects.count()
    Recommendation.objects.bulk_create(
        (
            Recommendation(
                reference=f"R-{start + n + 1:04}",
                serial=start + n + 1,
                report=reports[n % len(reports)],
                number=str(n // len(reports) + 1),
                words=" ".join(rng.choices(WORDS, k=rng.randint(15, 60))).capitalize() + ".",
                kind="recommendation",
                page=n % 60 + 1,
                fingerprint=hashlib.sha256(str(n).encode()).hexdigest(),
                accepted_at=now,
            )
            for n in range(count)
        ),
        batch_size=2000,
    )
    return list(Recommendation.objects.order_by("serial")[start:].only("pk", "serial"))


def fill(count: int, *, by: Person) -> None:
    """Put ``count`` recommendations with undertakings, clocks and replies into the database."""
    rng, today, now = random.Random(1), timezone.localdate(), timezone.now()
    Body.objects.bulk_create(
        (Body(name=f"Body {n} of Northmoor", slug=f"body-{n}", kind="other") for n in range(20)),
        ignore_conflicts=True,
    )
    bodies = list(Body.objects.filter(slug__startswith="body-"))
    basis = Basis.objects.filter(code="police-act-55").order_by("-version").first()
    made = _recommendations(count, _reports(200, bodies, today), now, rng)
    Undertaking.objects.bulk_create(
        (
            Undertaking(recommendation=r, body=body, stands=rng.choice(ANSWERS), added_at=now)
            for r in made
            for body in rng.sample(bodies, 1 + (r.serial % 4 == 0))
        ),
        batch_size=2000,
    )
    undertakings = list(Undertaking.objects.filter(clock=None).select_related("recommendation"))
    due = {u.pk: today + timedelta(days=rng.randint(-100, 100)) for u in undertakings}
    Clock.objects.bulk_create(
        (
            Clock(
                undertaking=u,
                basis=basis,
                starts_on=due[u.pk] - timedelta(days=55),
                computed_on=due[u.pk],
                first_computed_on=due[u.pk],
                stopped_on=None if u.stands == Stands.SILENT else today,
                state="running" if u.stands == Stands.SILENT else "stopped",
            )
            for u in undertakings
        ),
        batch_size=2000,
    )
    _replies([u for u in undertakings if u.stands != Stands.SILENT], by, now, today)
    assure([u for u in undertakings if u.stands in CLAIMED], by, now)
    _keep_in_step()
    rebuild_search()


def _keep_in_step() -> None:
    """What actions keep beside the rows: the counter of references, the soonest last day."""
    newest = Recommendation.objects.order_by("-serial").values_list("serial", flat=True)[0]
    Reference.objects.update_or_create(prefix="R", defaults={"last": newest})
    running = Clock.objects.filter(
        state=Clock.State.RUNNING, undertaking__recommendation__next_due_on=None
    )
    latest_first = running.order_by("-due_on")
    soonest = dict(latest_first.values_list("undertaking__recommendation", "due_on"))
    changed = list(Recommendation.objects.filter(pk__in=list(soonest)).only("pk"))
    for recommendation in changed:
        recommendation.next_due_on = soonest[recommendation.pk]
    Recommendation.objects.bulk_update(changed, ["next_due_on"], batch_size=500)


def _replies(answered: list[Undertaking], by: Person, now: datetime, today: date) -> None:
    Response.objects.bulk_create(
        (
            Response(
                undertaking=u,
                words="We have done this.",
                dated_on=today,
                entered_at=now,
                entered_by=by,
            )
            for u in answered
        ),
        batch_size=2000,
    )
    read = {u.pk: u.stands for u in answered if u.stands != Stands.UNREAD}
    PositionRead.objects.bulk_create(
        (
            PositionRead(response_id=pk, position=read[u], reason="It says so.", at=now, by=by)
            for pk, u in Response.objects.filter(positions=None).values_list("pk", "undertaking_id")
            if u in read
        ),
        batch_size=2000,
    )
