"""An undertaking on its way to an opinion, made through actions only."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.assurance.actions.closing import close_undertaking
from answerable.assurance.actions.evidence import About, add_file, grade_evidence
from answerable.assurance.actions.opinions import sign_opinion
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Closure, Evidence, Opinion, Sample
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.moves import approve_date, ask_date
from answerable.plan.actions.services import add_milestone, serve_undertaking
from answerable.plan.models import Action, Claim, ClosingTest
from answerable.register.models import Undertaking
from tests.people import PASSWORD

ABOUT = About(
    shows="Of 40 records read, 38 were made within 24 hours.",
    does_not_show="Whether the families were told.",
    grade="use",
)
RECORDS = tuple(f"NM-{number:05}" for number in range(1, 201))
RETURN = b"Records read in October: 40. Made within 24 hours: 38.\n"


@pytest.fixture
def ivo(office: Body) -> Person:
    """The second verifier."""
    return accounts.add_person(
        by="operator",
        name="Ivo Sandberg",
        email="ivo@northmoor.example",
        body=office,
        roles=[Role.VERIFIER],
        password=PASSWORD,
    )


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def a_file(
    by: Person, *undertakings: Undertaking, content: bytes = RETURN, **other: object
) -> Evidence:
    """A file that ``by`` hands in for ``undertakings``."""
    given: dict[str, object] = {"name": "october-return.txt", "about": ABOUT, **other}
    return add_file(
        by=by,
        body=undertakings[0].body,
        upload=io.BytesIO(content),
        undertakings=undertakings,
        **given,  # type: ignore[arg-type]
    )


def claim_ready(
    by: Person,
    undertaking: Undertaking,
    words: str = "Every report is now recorded within 24 hours.",
) -> Claim:
    """The claim that it is ready, signed off inside the body."""
    return make_claim(
        by=by,
        undertaking=undertaking,
        rung="ready_for_assessment",
        words=words,
        signed_off_name="Dana Holt",
        signed_off_role="Head of Public Protection",
    )


def seen_sample(
    by: Person,
    undertaking: Undertaking,
    *,
    met: int,
    of: int,
    size: int = 0,
    records: Sequence[str] = RECORDS,
) -> Sample:
    """A sample that ``by`` drew from ``records`` and looked at: ``met`` of ``of`` met its criterion."""
    sample = commit_sample(
        by=by,
        undertaking=undertaking,
        size=size or of,
        why="A day of reading.",
        criteria=["Recorded within 24 hours."],
    )
    draw_sample(by=by, sample=sample, records=records)
    return record_sample(by=by, sample=sample, counts=[(met, of)])


def sign(by: Person, undertaking: Undertaking, **other: object) -> Opinion:
    """An opinion that ``by`` signs on what is there now, having just proved who they are."""
    given: dict[str, object] = {
        "judgement": "assured",
        "looked_at": "Twenty records that I chose, and the October return.",
        "recheck_on": in_days(180),
        "digest": digest_of(seen_now(Undertaking.objects.get(pk=undertaking.pk))),
        "proved_at": timezone.now(),
        **other,
    }
    if given["judgement"] != "assured":
        given.setdefault("missing", "Records of November.")
    return sign_opinion(by=by, undertaking=undertaking, **given)  # type: ignore[arg-type]


@pytest.fixture
def evidence(accepted: Undertaking, omar: Person) -> Evidence:
    """The October return, which Omar handed in."""
    return a_file(omar, accepted)


@pytest.fixture
def ready(
    accepted: Undertaking, agreed_test: ClosingTest, evidence: Evidence, omar: Person, vera: Person
) -> Undertaking:
    """Accepted, tested as agreed, claimed as ready, with graded evidence: it waits for Vera."""
    claim_ready(omar, accepted)
    grade_evidence(by=vera, evidence=evidence, grade="use", reason="I read ten of the forty.")
    return accepted


@pytest.fixture
def assured(ready: Undertaking, vera: Person) -> Opinion:
    """Vera has signed that it is so."""
    return sign(vera, ready)


@pytest.fixture
def closure(assured: Opinion, cass: Person) -> Closure:
    """Cass has closed it on Vera's opinion."""
    return close_undertaking(
        by=cass, undertaking=assured.undertaking, how="assured", reason="Seen by our verifier."
    )


@pytest.fixture
def planned(action: Action, accepted: Undertaking, omar: Person, otto: Person) -> Action:
    """An action that serves the first words of what was asked, and whose date was moved once."""
    end = accepted.recommendation.words.index(" as a crime")
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, end)])
    add_milestone(by=omar, action=action, title="Supervisors named", due_on=in_days(20))
    move = ask_date(by=omar, thing=action, after=in_days(90), reason="New records system late.")
    approve_date(by=otto, move=move)
    return action
