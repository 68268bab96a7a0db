"""A register with every kind of gap in it, made through actions only, on days that never change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.actions.bodies import add_body, succeed_body
from answerable.accounts.models import Body, Person, Role
from answerable.assurance.actions.closing import close_undertaking
from answerable.assurance.actions.evidence import grade_evidence
from answerable.gaps.actions.themes import add_theme
from answerable.plan.actions.closing_tests import agree_test, propose_test
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action
from answerable.register.actions.links import sign_link
from answerable.register.actions.recommendations import correct_recommendation, enter_recommendation
from answerable.register.actions.responses import log_response, read_position
from answerable.register.actions.undertakings import pass_all_to_successor
from answerable.register.models import Basis, Recommendation, Undertaking
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.assured import a_file, claim_ready, seen_sample, sign
from tests.people import PASSWORD

THEN = datetime(2024, 3, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "Northmoor should record every report about a child at risk {} within a day."


@dataclass
class Gapped:
    """The world: who is in it, and what was asked, by what it is there for."""

    rosa: Person
    vera: Person
    cass: Person
    omar: Person
    force: Body
    south: Body
    old: Body
    heir: Body
    asked: dict[str, Recommendation] = field(default_factory=dict)

    def of(self, name: str, body: Body | None = None) -> Undertaking:
        """What ``body``, or the force, was asked under this name."""
        return self.asked[name].undertakings.get(body=body or self.force)


@pytest.fixture
def gapped(
    bases: list[Basis],
    rosa: Person,
    vera: Person,
    cass: Person,
    omar: Person,
    force: Body,
    inspectorate: Body,
) -> Iterator[Gapped]:
    """Every rule of the gap analysis finds something here. Time stands still at noon on 22 November 2026."""
    with time_machine.travel(THEN, tick=False):
        world = _made_then(rosa, vera, cass, omar, force, inspectorate)
    with time_machine.travel(NOW, tick=False):
        _made_now(world, inspectorate)
        yield world


def _made_then(
    rosa: Person, vera: Person, cass: Person, omar: Person, force: Body, inspectorate: Body
) -> Gapped:
    police, other = Body.Kind.FORCE, Body.Kind.PARTNERSHIP
    world = Gapped(
        rosa, vera, cass, omar, force,
        south=add_body(by="operator", name="Southmoor Police", kind=police, invented=True),
        old=add_body(by="operator", name="Fells Partnership", kind=other, invented=True),
        heir=add_body(by="operator", name="Fells and Moor Partnership", kind=other, invented=True),
    )  # fmt: skip
    review = log_report(
        by=rosa,
        title="Review of recording in Northmoor",
        kind=Report.Kind.REVIEW,
        author=inspectorate,
        published_on=date(2023, 6, 1),
        clock_basis="police-act-55",
        invented=True,
    )
    alone = ("closed", "changed", "claimed", "unread", "empty", "nothing", "bare", "one", "other")
    for name in ("silent", *alone):
        _ask(world, review, name, [force, world.south] if name == "unread" else [force])
    for name in ("carried", "stuck"):
        _ask(world, review, name, [world.old])
    _answer(world)
    _deliver(world)
    return world


def _ask(world: Gapped, report: Report, name: str, bodies: Sequence[Body]) -> None:
    world.asked[name] = enter_recommendation(
        by=world.rosa,
        report=report,
        words=WORDS.format(f"({name})"),
        number=str(len(world.asked) + 1),
        bodies=[(body, "by name") for body in bodies],
    )


def _reply(world: Gapped, undertaking: Undertaking, position: str) -> None:
    reply = log_response(
        by=world.rosa,
        undertaking=undertaking,
        words="We have read this.",
        dated_on=date(2023, 7, 1),
    )
    if position:
        read_position(by=world.rosa, response=reply, position=position, reason="As it says.")


def _answer(world: Gapped) -> None:
    taken = ("closed", "changed", "claimed", "nothing", "bare", "one", "other")
    for name, position in (
        *((n, "accepted") for n in taken),
        ("unread", ""),
        ("empty", "no_response"),
    ):
        _reply(world, world.of(name), position)
    _reply(world, world.of("carried", world.old), "in_principle")
    _reply(world, world.of("stuck", world.old), "")


def _plan(world: Gapped, undertaking: Undertaking, **given: Any) -> Action:
    details = {"owner_name": "Dana Holt", "due_on": date(2024, 9, 1), **given}
    action = add_action(
        by=world.rosa,
        body=undertaking.body,
        title="Read each report within a day",
        owner_role="Head of Crime",
        **details,
    )
    serve_undertaking(by=world.rosa, action=action, undertaking=undertaking, spans=[(0, 40)])
    return action


def _agree(world: Gapped, undertaking: Undertaking) -> None:
    test = propose_test(
        by=world.omar,
        undertaking=undertaking,
        pattern="records",
        look_at="Records of reports about a child at risk",
        how_many=20,
        counts_as_seen="Recorded within a day in 19 of 20.",
        due_on=date(2024, 9, 1),
    )
    agree_test(by=world.vera, test=test)


def _deliver(world: Gapped) -> None:
    """One is closed, one assured, one only claimed; the others have what each is there for."""
    owner = accounts.add_person(
        by="operator",
        name="Ivy Marsh",
        email="ivy@northmoor.example",
        body=world.force,
        roles=[Role.ASSURANCE_LEAD],
        password=PASSWORD,
    )
    for name in ("closed", "changed", "claimed", "bare", "one", "other"):
        _agree(world, world.of(name))
    for name in ("closed", "changed", "one", "other"):
        _plan(world, world.of(name))
    _plan(
        world,
        world.of("claimed"),
        owner=owner,
        funding="A grant",
        funding_ends_on=date(2025, 3, 31),
    )
    _plan(world, world.of("bare"), owner_name="", due_on=None)
    _plan(world, world.of("carried", world.old))
    for name in ("closed", "changed"):
        one = world.of(name)
        evidence = a_file(world.omar, one, content=f"Records read for {name}: 40.\n".encode())
        claim_ready(world.omar, one)
        grade_evidence(by=world.vera, evidence=evidence, grade="use", reason="I read ten.")
        seen_sample(world.vera, one, met=20, of=20)
        sign(world.vera, one, recheck_on=date(2027, 6, 1))
    claim_ready(world.omar, world.of("claimed"))
    close_undertaking(
        by=world.cass, undertaking=world.of("closed"), how="assured", reason="Our verifier saw it."
    )
    accounts.suspend_person(by="operator", person=owner)


def _made_now(world: Gapped, inspectorate: Body) -> None:
    """What came later: asked again, corrected, contradicted, ended and followed."""
    inquiry = log_report(
        by=world.rosa,
        title="Inquiry into recording in Northmoor",
        kind=Report.Kind.INQUIRY,
        author=inspectorate,
        published_on=date(2026, 9, 10),
        invented=True,
    )
    _ask(world, inquiry, "again", [world.force])
    world.asked["elsewhere"] = enter_recommendation(
        by=world.rosa,
        report=inquiry,
        words="Ours, after a page of the inquiry: record every report within a day.",
        bodies=[(world.force, "by name"), (world.south, "by name")],
        paraphrased=True,
        source_url="https://inquiry.example/recording",
    )
    _link(world, "closed", "again", "same")
    _link(world, "one", "other", "contradicts")
    corrected = world.asked["changed"]
    correct_recommendation(
        by=world.rosa,
        recommendation=corrected,
        words=corrected.words.replace("a day", "24 hours"),
        reason="Misread from the page.",
    )
    add_theme(by=world.rosa, name="Recording", recommendations=[world.asked["nothing"]])
    yesterday = timezone.localdate() - timedelta(1)
    succeed_body(by="operator", body=world.old, successor=world.heir, on=yesterday)
    pass_all_to_successor(by=world.rosa, body=Body.objects.get(pk=world.old.pk))


def _link(world: Gapped, earlier: str, later: str, relation: str) -> None:
    sign_link(
        by=world.rosa,
        earlier=world.asked[earlier],
        later=world.asked[later],
        relation=relation,
        reason="I have read both.",
    )
