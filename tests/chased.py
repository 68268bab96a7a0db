"""A reply that is late, and the ladder that chases it, made through actions only."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.chasing.actions.chases import approve_chases, prepare_due
from answerable.chasing.actions.ladder import record_head
from answerable.chasing.models import Chase, Dispatch, Head
from answerable.register.models import Recommendation, Undertaking


@pytest.fixture
def silent(asked: list[Recommendation], council: Body) -> Undertaking:
    """Northmoor Council has not replied to the third recommendation, and is late."""
    return asked[2].undertakings.get(body=council)


@pytest.fixture
def head(rosa: Person, force: Body, council: Body) -> Head:
    """Who heads Northmoor Council: a letter reaches her by e-mail."""
    return record_head(
        by=rosa,
        body=council,
        name="Ruth Calloway",
        post="Chief Executive",
        email="chief.executive@council.northmoor.example",
        address="Civic Hall\nNorthmoor",
    )


def prepared(day: date | None = None) -> list[Chase]:
    """What the ladder prepares on ``day``, as the machine."""
    return prepare_due(by=None, day=day or timezone.localdate())


def approve(by: Person, chases: Sequence[Chase]) -> Dispatch:
    """Approve these as they are read now."""
    now = [Chase.objects.get(pk=c.pk) for c in chases]
    return approve_chases(by=by, chases=now, seen={c.pk: c.version for c in now})


@pytest.fixture
def reminders(silent: Undertaking, lena: Person) -> list[Chase]:
    """The first reminders to Northmoor Council, which wait for a person's word."""
    return [c for c in prepared() if c.body_id == lena.body_id]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
