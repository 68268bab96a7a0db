"""Where the cheating machine plays: a small Northmoor, made through actions, at every stage."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.assurance.actions.closing import close_undertaking
from answerable.assurance.actions.evidence import About, add_statement, grade_evidence
from answerable.assurance.actions.opinions import sign_opinion
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, propose_test
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import add_milestone, serve_undertaking
from answerable.register.actions.bases import adopt_bases
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.actions.responses import log_response, read_position
from answerable.register.models import Undertaking
from answerable.reports.actions.documents import receive_document
from answerable.reports.actions.reading import read_document
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Document, Report

OFFICE = (
    ("Rosa", (Role.GOVERNANCE_OFFICER,)),
    ("Ines", (Role.GOVERNANCE_OFFICER,)),
    ("Vera", (Role.VERIFIER,)),
    ("Ivo", (Role.VERIFIER,)),
    ("Cass", (Role.CHAIR,)),
    ("Petra", (Role.PUBLISHER,)),
    ("Percy", (Role.PUBLISHER,)),
    ("Ada", (Role.ADMINISTRATOR,)),
    ("Bram", (Role.ADMINISTRATOR,)),
    ("Ravi", (Role.READER,)),
    ("Hana", (Role.GOVERNANCE_OFFICER, Role.VERIFIER)),
    ("Quin", (Role.GOVERNANCE_OFFICER, Role.VERIFIER, Role.CHAIR)),
)
"""People of the office; the last two hold more than anyone should, so that only rules hold them."""
LEADS = (
    ("Omar", "Northmoor Police"),
    ("Otto", "Northmoor Police"),
    ("Lena", "Northmoor Council"),
    ("Nell", "Northmoor Council"),
    ("Olga", "Northmoor Board"),
    ("Anna", "Northmoor Authority"),
)
ASKED = (
    ("Record every report about a child at risk within 24 hours.", ("Northmoor Police",)),
    ("Agree who tells a family what was decided.", ("Northmoor Police", "Northmoor Council")),
    ("Give every missing child a conversation within 72 hours.", ("Northmoor Council",)),
    ("Publish what you learn each year.", ("Northmoor Commissioner", "Northmoor Police")),
    ("Test this each month with someone not involved.", ("Northmoor Board",)),
    ("Train new sergeants before they take up the post.", ("Northmoor Police",)),
)
PAPER = """Report on Northmoor
===================

Introduction
------------

This is what we saw.

Recommendations
---------------

1. Northmoor Police should publish by April 2027 what it learned from each case.

2. Northmoor Police should tell families within 24 hours what was decided.

3. Northmoor Council should review its arrangements each year and say what changed.
"""
ABOUT = About(shows="Of 40 read, 38 were in time.", does_not_show="What came of it.", grade="use")


def person(name: str) -> Person:
    """Someone of this world, read anew: as a request of theirs would."""
    return Person.objects.select_related("body").get(name=name)


def body(name: str) -> Body:
    return Body.objects.get(name=name)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _bodies() -> None:
    for name, kind in (
        ("Northmoor Commissioner", "office"),
        ("Northmoor Police", "force"),
        ("Northmoor Council", "council"),
        ("Northmoor Board", "partnership"),
        ("Northmoor Authority", "partnership"),
        ("Inspectorate of Policing", "inspectorate"),
    ):
        accounts.add_body(
            by="operator", name=name, kind=kind, is_office=kind == "office", invented=True
        )


def _people() -> None:
    of_office = [(name, "Northmoor Commissioner", roles) for name, roles in OFFICE]
    leads = [(name, of, (Role.ASSURANCE_LEAD,)) for name, of in LEADS]
    for name, of, roles in (*of_office, *leads):
        accounts.add_person(
            by="operator",
            name=name,
            email=f"{name.lower()}@northmoor.example",
            body=body(of),
            roles=roles,
        )


def _report(year: int) -> Report:
    return log_report(
        by=person("Rosa"),
        another=True,
        title=f"Inspection of {year}",
        kind="inspection",
        author=body("Inspectorate of Policing"),
        published_on=date(year, 9, 1),
        clock_basis="iopc-28b",
        invented=True,
    )


def _ask(report: Report, asked: Sequence[tuple[str, Sequence[str]]]) -> list[Undertaking]:
    made = []
    for number, (words, bodies) in enumerate(asked, start=1):
        recommendation = enter_recommendation(
            by=person("Rosa"),
            report=report,
            words=words,
            number=str(number),
            bodies=[(body(name), "") for name in bodies],
        )
        made += list(recommendation.undertakings.select_related("body").order_by("pk"))
    return made


def _read(report: Report) -> Document:
    document = receive_document(
        by=person("Rosa"), report=report, upload=io.BytesIO(PAPER.encode()), name="paper.rst"
    )
    read_document.call(document_id=document.pk)
    return document


# --- One undertaking, stage by stage ---------------------------------------------------------------


def accept(undertaking: Undertaking) -> None:
    reply = log_response(
        by=person("Rosa"), undertaking=undertaking, words="We accept this.", dated_on=in_days(-3)
    )
    read_position(by=person("Cass"), response=reply, position="accepted")


def agree(undertaking: Undertaking, lead: str) -> None:
    test = propose_test(
        by=person(lead),
        undertaking=undertaking,
        pattern="records",
        look_at="Records that the office chooses",
        how_many=20,
        counts_as_seen="19 of 20 in time",
        due_on=in_days(120),
    )
    agree_test(by=person("Vera"), test=test)


def plan(undertaking: Undertaking, lead: str) -> None:
    action = add_action(
        by=person(lead),
        body=undertaking.body,
        title="A supervisor reads each",
        owner_role="Head of Protection",
        owner=person(lead),
        due_on=in_days(60),
    )
    serve_undertaking(by=person(lead), action=action, undertaking=undertaking, spans=[(0, 6)])
    add_milestone(by=person(lead), action=action, title="Rota written", due_on=in_days(30))


def claim(undertaking: Undertaking, lead: str) -> None:
    make_claim(
        by=person(lead),
        undertaking=undertaking,
        rung="ready_for_assessment",
        words="It is done each day.",
        signed_off_name="Dana Holt",
        signed_off_role="Head of Protection",
    )


def evidence(undertaking: Undertaking, lead: str) -> None:
    piece = add_statement(
        by=person(lead),
        body=undertaking.body,
        name="Return",
        words=f"Of 40 records read for {undertaking.pk}, 38 were in time.",
        about=replace(
            ABOUT, expires_on=in_days(30), expires_because="The rota changes at the month’s end."
        ),
        undertakings=[undertaking],
    )
    grade_evidence(by=person("Ivo"), evidence=piece, grade="use", reason="I read ten of them.")


def decay(undertaking: Undertaking, lead: str) -> None:
    make_claim(
        by=person(lead),
        undertaking=undertaking,
        rung="in_progress",
        words="Two sergeants left.",
        slipped_on=in_days(-2),
    )


def sign(undertaking: Undertaking, judgement: str = "assured") -> None:
    undertaking = Undertaking.objects.get(pk=undertaking.pk)
    sign_opinion(
        by=person("Vera"),
        undertaking=undertaking,
        judgement=judgement,
        looked_at="Ten records that I chose.",
        missing="" if judgement == "assured" else "The night shift.",
        recheck_on=in_days(180),
        digest=digest_of(seen_now(undertaking)),
        proved_at=timezone.now(),
    )


def close(undertaking: Undertaking) -> None:
    close_undertaking(
        by=person("Cass"), undertaking=undertaking, how="assured", reason="Seen by our verifier."
    )


STEPS = (accept, agree, plan, claim, evidence)


def bring_to(stage: int, undertaking: Undertaking, lead: str) -> None:
    """Take an undertaking through the first ``stage`` steps."""
    for step in STEPS[:stage]:
        step(undertaking) if step is accept else step(undertaking, lead)  # type: ignore[call-arg, operator]
        undertaking.refresh_from_db()


def make(*, read: bool = True) -> None:
    """The whole world. ``read``: with a document and its candidates, which takes a second."""
    _bodies()
    _people()
    adopt_bases(by="operator")
    first = _ask(_report(2024), ASKED)
    later = _ask(_report(2026), ASKED[:2])
    police, shared, _, council, _, police_4, board, training = first
    for undertaking, stage, lead in (
        (police, 5, "Omar"),
        (shared, 5, "Omar"),
        (council, 4, "Lena"),
        (police_4, 5, "Otto"),
        (board, 3, "Olga"),
        (training, 5, "Otto"),
        (later[0], 1, "Omar"),
    ):
        bring_to(stage, undertaking, lead)
    decay(police_4, "Otto")
    sign(shared)
    sign(training)
    close(training)
    accounts.succeed_body(
        by="operator",
        body=body("Northmoor Board"),
        successor=body("Northmoor Authority"),
        on=in_days(-1),
    )
    if read:
        _read(Report.objects.get(title="Inspection of 2026"))
