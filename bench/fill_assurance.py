"""Fill undertakings with closing tests, claims, evidence and opinions, as rows: for measuring only."""

import hashlib
from datetime import datetime, timedelta

from answerable.accounts.models import Person
from answerable.assurance.models import Evidence, Opinion, Use
from answerable.assurance.queries.seen import digest_of, seen_of
from answerable.plan.models import Claim, ClosingTest
from answerable.register.models import Undertaking

JUDGEMENTS = ("assured", "partly", "not_assured")
SO_MANY = 2_000


def assure(undertakings: list[Undertaking], by: Person, now: datetime) -> None:
    """A closing test, a claim, a piece of evidence and an opinion for each of them.

    Every tenth opinion names another digest, so that it is void.
    """
    other = Person.objects.exclude(pk=by.pk).order_by("pk")[0]
    due = now.date() + timedelta(days=90)
    ClosingTest.objects.bulk_create(
        (
            ClosingTest(
                undertaking=u,
                version=1,
                pattern="records",
                look_at="Records of the last three months.",
                how_many=20,
                first_due_on=due,
                due_on=due,
                counts_as_seen="The record was made within a day.",
                proposed_by=by,
                proposed_at=now,
                agreed_for_body_by=other,
                agreed_for_body_at=now,
                agreed_for_office_by=by,
                agreed_for_office_at=now,
            )
            for u in undertakings
        ),
        batch_size=SO_MANY,
    )
    tests = dict(ClosingTest.objects.values_list("undertaking_id", "pk"))
    Claim.objects.bulk_create(
        (
            Claim(
                undertaking=u,
                rung="ready_for_assessment",
                words="It is done.",
                closing_test_id=tests[u.pk],
                made_by=other,
                made_at=now,
            )
            for u in undertakings
        ),
        batch_size=SO_MANY,
    )
    _evidence(undertakings, other, now)
    claims = dict(Claim.objects.values_list("undertaking_id", "pk"))
    for first in range(0, len(undertakings), SO_MANY):
        some = undertakings[first : first + SO_MANY]
        seen = seen_of(some)
        Opinion.objects.bulk_create(
            Opinion(
                undertaking=u,
                judgement=JUDGEMENTS[u.pk % 3],
                looked_at="Twenty records.",
                missing="Records of November.",
                recheck_on=due,
                digest="0" * 64 if u.pk % 10 == 0 else digest_of(seen[u.pk]),
                seen=seen[u.pk],
                closing_test_id=tests[u.pk],
                claim_id=claims[u.pk],
                signed_by=by,
                signed_at=now,
            )
            for u in some
        )


def _evidence(undertakings: list[Undertaking], by: Person, now: datetime) -> None:
    Evidence.objects.bulk_create(
        (
            Evidence(
                kind="statement",
                body_id=u.body_id,
                name=f"A return for {u.pk}",
                sha256=hashlib.sha256(str(u.pk).encode()).hexdigest(),
                words="Records read: 40.",
                shows="How many were made in time.",
                does_not_show="What came of them.",
                grade_proposed="use",
                uploaded_by=by,
                uploaded_at=now,
            )
            for u in undertakings
        ),
        batch_size=SO_MANY,
    )
    made = dict(Evidence.objects.values_list("sha256", "pk"))
    Use.objects.bulk_create(
        (
            Use(
                undertaking=u,
                evidence_id=made[hashlib.sha256(str(u.pk).encode()).hexdigest()],
                added_by=by,
                added_at=now,
            )
            for u in undertakings
        ),
        batch_size=SO_MANY,
    )
