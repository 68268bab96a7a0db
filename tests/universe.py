"""A small world for tests, made through actions only, so no test starts where the product cannot."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import typst
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.plan.actions.closing_tests import agree_test, propose_test
from answerable.plan.actions.planned import add_action
from answerable.plan.models import Action, ClosingTest
from answerable.plan.queries.closing_tests import standing_test
from answerable.publishing.actions import approve_edition, propose_edition
from answerable.publishing.models import Edition
from answerable.register.actions.bases import adopt_bases
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.reply_readings import read_reply
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Basis, Recommendation, ReplyReading, Undertaking
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reading import read_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report
from tests.engine.replies import papers as replies

# --- A report whose document has been read, for the checking page ----------------------------------

INSPECTION = """
#set page(width: 210mm, height: 297mm, margin: 25mm, header: [Inspection of Northmoor])
#set text(size: 11pt)
= Inspection of Northmoor
We looked at how the police and the council of Northmoor work together. This page says how.
#pagebreak()
== Recommendations
Northmoor Police should:
+ Make sure that strategy discussions include health and education, and that what they decide is
  written down the same day.
+ Give every child who goes missing a conversation with someone independent within 72 hours.
+ Read a sample of case records each month, say in writing what was found, and follow up what was
  not right, so that decisions about children do not rest on records that nobody has tested.
+ Review the arrangements for sharing information about children who move between areas.
+ Publish the results of each review. Tell the panel what changed as a result of it.
#pagebreak()
#enum(start: 6,
  [Train every new sergeant in the supervision of investigations before they take up the post.],
  [Agree with Northmoor Council who tells a family what was decided, and when.],
  [Report progress on all of these to the board every three months.])
== Strengths
Social workers know their children well and speak of them warmly.
"""
"""Eight recommendations in one run: numbers 1 to 5 on page 2, 6 to 8 on page 3."""


def read_for(
    report: Report,
    by: Person,
    content: bytes,
    name: str,
    purpose: Document.Purpose = Document.Purpose.REPORT,
) -> Document:
    """A document of ``report`` that has been received and read, by the real reader."""
    document = receive_document(
        by=by, report=report, upload=io.BytesIO(content), name=name, purpose=purpose
    )
    read_document.call(document_id=document.pk)
    document.refresh_from_db()
    return document


@pytest.fixture(scope="session")
def inspection_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The pages of the inspection, typeset."""
    source: Path = tmp_path_factory.mktemp("inspection") / "inspection.typ"
    source.write_text(INSPECTION)
    return bytes(typst.compile(str(source)))


@pytest.fixture
def inspection(rosa: Person, inspectorate: Body) -> Report:
    """An inspection of Northmoor, logged as having nine recommendations. Its document has eight."""
    return log_report(
        by=rosa,
        title="Inspection of Northmoor",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=date(2026, 9, 1),
        stated_count=9,
    )


@pytest.fixture
def inspection_read(inspection: Report, rosa: Person, inspection_pdf: bytes) -> Document:
    """The document of the inspection, read: eight candidates and a notice about the count."""
    return read_for(inspection, rosa, inspection_pdf, "inspection.pdf")


# --- A register with replies good, warm and missing, for editions ---------------------------------

ASKED = (
    "Northmoor Police should record every report about a child at risk as a crime within 24 hours.",
    "Northmoor Police and Northmoor Council should agree who tells a family what was decided.",
    "Northmoor Council should give every child who goes missing a conversation within 72 hours.",
)


@pytest.fixture
def bases(db: None) -> list[Basis]:
    """The legal bases of clocks that come with the product."""
    return adopt_bases(by="operator")


@pytest.fixture
def asked(
    bases: list[Basis], rosa: Person, inspectorate: Body, force: Body, council: Body
) -> list[Recommendation]:
    """Three recommendations of one report: accepted; half answered; silent and late."""
    today = timezone.localdate()
    report = log_report(
        by=rosa,
        title="Inspection of child protection in Northmoor",
        kind=Report.Kind.INSPECTION,
        author=inspectorate,
        published_on=today - timedelta(days=70),
        clock_basis="police-act-55",
        stated_count=3,
        invented=True,
    )
    addressed = ((force,), (force, council), (council,))
    made = [
        enter_recommendation(
            by=rosa,
            report=report,
            words=words,
            number=str(number),
            bodies=[(body, f"Named as {body.name}") for body in bodies],
        )
        for number, (words, bodies) in enumerate(zip(ASKED, addressed, strict=True), start=1)
    ]
    for recommendation, said, position, reason in (
        (made[0], "We accept this and began on 1 October.", "accepted", ""),
        (made[1], "We welcome the spirit of this.", "in_principle", "Welcoming is not accepting."),
    ):
        reply = log_response(
            by=rosa,
            undertaking=recommendation.undertakings.get(body=force),
            words=said,
            dated_on=today - timedelta(days=30),
        )
        read_position(by=rosa, response=reply, position=position, reason=reason)
    return made


def published(proposer: Person, approver: Person, note: str = "") -> Edition:
    """An edition of everything public as it stands: one person proposes, the other approves."""
    edition = propose_edition(by=proposer, note=note)
    return approve_edition(by=approver, edition=edition, content_digest=edition.content_digest)


@pytest.fixture
def edition(asked: list[Recommendation], petra: Person, percy: Person) -> Edition:
    """The first edition, with the three recommendations."""
    return published(petra, percy)


# --- A recommendation whose clock runs, and can be extended and paused -----------------------------

WATCHDOG_ASKS = (
    "The Force should make sure that every report about a child at risk is recorded within 24 "
    "hours, and that a supervisor who was not involved tests this each month."
)


@pytest.fixture
def learning(bases: list[Basis], rosa: Person, inspectorate: Body) -> Report:
    """A report made ten days ago, on which replies are due within 56 days."""
    return log_report(
        by=rosa,
        title="Learning from complaints about missing children",
        kind=Report.Kind.INVESTIGATION,
        author=inspectorate,
        published_on=timezone.localdate() - timedelta(days=10),
        clock_basis="iopc-28b",
        invented=True,
    )


@pytest.fixture
def open_question(learning: Report, rosa: Person, force: Body) -> Recommendation:
    """One recommendation to Northmoor Police that nobody has answered yet."""
    return enter_recommendation(
        by=rosa, report=learning, words=WATCHDOG_ASKS, number="1", bodies=[(force, "by name")]
    )


# --- A reply document, and what it answers ---------------------------------------------------------


@pytest.fixture
def owed(inspection: Report, rosa: Person, force: Body, council: Body) -> list[Undertaking]:
    """Seven recommendations to Northmoor Police; the third is the council's too."""
    asked_both = {"3": [(council, "")]}
    made = [
        enter_recommendation(
            by=rosa,
            report=inspection,
            words=words,
            number=number,
            bodies=[(force, ""), *asked_both.get(number, [])],
        )
        for number, words in zip(replies.NUMBERS, replies.ASKED, strict=True)
    ]
    return [recommendation.undertakings.get(body=force) for recommendation in made]


@pytest.fixture
def reply_document(inspection: Report, rosa: Person) -> Document:
    """A reply that quotes each of the seven and answers it, received and read."""
    content = bytes(typst.compile(replies.headed().encode()))
    return read_for(inspection, rosa, content, "reply.pdf", Document.Purpose.REPLY)


@pytest.fixture
def reply_reading(
    owed: list[Undertaking], reply_document: Document, rosa: Person, force: Body
) -> ReplyReading:
    """That reply, compared with what Northmoor Police was asked: seven answers wait."""
    return read_reply(by=rosa, document=reply_document, body=force, dated_on=date(2026, 10, 1))


# --- What Northmoor Police accepted, and what follows ----------------------------------------------


@pytest.fixture
def accepted(asked: list[Recommendation], force: Body) -> Undertaking:
    """The recommendation that Northmoor Police has accepted."""
    return asked[0].undertakings.get(body=force)


def a_test_proposed(by: Person, undertaking: Undertaking, **other: object) -> ClosingTest:
    """A closing test that ``by`` proposes: 20 records, chosen by the office."""
    given: dict[str, object] = {
        "pattern": "records",
        "look_at": "Records of reports about a child at risk",
        "how_many": 20,
        "counts_as_seen": "The crime was recorded within 24 hours in at least 19 of 20.",
    }
    if standing_test(undertaking) is None:
        given["due_on"] = timezone.localdate() + timedelta(days=120)
    return propose_test(by=by, undertaking=undertaking, **{**given, **other})  # type: ignore[arg-type]


@pytest.fixture
def agreed_test(accepted: Undertaking, omar: Person, vera: Person) -> ClosingTest:
    """The test that Omar proposed and Vera agreed to."""
    return agree_test(by=vera, test=a_test_proposed(omar, accepted))


@pytest.fixture
def action(force: Body, omar: Person) -> Action:
    """What Northmoor Police will do, due in 60 days."""
    return add_action(
        by=omar,
        body=force,
        title="A supervisor reads every report within a day",
        owner_role="Head of Public Protection",
        owner_name="Dana Holt",
        due_on=timezone.localdate() + timedelta(days=60),
    )
