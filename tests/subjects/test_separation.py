"""Every act with every role in every state: the rule says that they may exactly where the act succeeds."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from answerable.accounts import actions as accounts
from answerable.accounts.models import Body, Person, Role
from answerable.accounts.rules import GRANTS, Permission, Refused
from answerable.assurance.actions.closing import close_undertaking, reopen_undertaking
from answerable.assurance.actions.evidence import (
    add_statement,
    grade_evidence,
    take_out_evidence,
)
from answerable.assurance.actions.interests import declare_interest, end_interest
from answerable.assurance.actions.opinions import sign_opinion, withdraw_opinion
from answerable.assurance.actions.samples import commit_sample
from answerable.assurance.actions.undoing import make_claims
from answerable.assurance.models import Closure, Evidence, Interest, Opinion, Use
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.assurance.rules.separation import ACTS, Guarded
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, propose_test, refuse_test
from answerable.plan.actions.moves import approve_date, approve_owner, ask_date, ask_owner
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.workbook import bring_plan
from answerable.plan.models import Action, ClosingTest, DateMove, OwnerChange
from answerable.plan.queries.closing_tests import standing_test
from answerable.plan.queries.workbook import ADD, Step
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.recommendations import (
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.responses import log_response, read_position
from answerable.register.actions.undertakings import pass_to_successor
from answerable.register.models import Link, Recommendation, Response, Undertaking
from answerable.reports.models import Report
from tests.assured import ABOUT, a_file, claim_ready, in_days, sign
from tests.people import PASSWORD
from tests.universe import a_test_proposed

Cast = dict[str, Person]


# --- Everyone there is, and those who are tied to it -----------------------------------------------


@pytest.fixture
def cast(
    rosa: Person, vera: Person, ivo: Person, cass: Person, petra: Person, ada: Person, ravi: Person,
    omar: Person, otto: Person, lena: Person, office: Body,
) -> Cast:  # fmt: skip
    """One of each role, two of the body, one of another, and three who hold too much."""

    def more(name: str, *roles: Role) -> Person:
        return accounts.add_person(
            by="operator", name=name, email=f"{name.lower()}@northmoor.example", body=office,
            roles=roles, password=PASSWORD,
        )  # fmt: skip

    both = (Role.GOVERNANCE_OFFICER, Role.VERIFIER, Role.CHAIR)
    people = [rosa, vera, ivo, cass, petra, ada, ravi, omar, otto, lena]
    found = {person.name.split()[0].lower(): person for person in people}
    found |= {"answered": more("Hana", *both), "partial": more("Uma", *both)}
    return found | {"everything": more("Quin", *both)}


@dataclass
class Stage:
    """One undertaking and what hangs on it, at one stage of its life."""

    undertaking: Undertaking
    cast: Cast


def accepted_at(s: Stage) -> None:
    reply = log_response(
        by=s.cast["answered"], undertaking=s.undertaking, words="We accept.", dated_on=in_days(-1)
    )
    read_position(by=s.cast["cass"], response=reply, position="accepted")
    declare_interest(by=s.cast["partial"], undertaking=s.undertaking, words="A cousin.")


def proposed_at(s: Stage) -> None:
    a_test_proposed(s.cast["omar"], s.undertaking)


def agreed_at(s: Stage) -> None:
    agree_test(by=s.cast["vera"], test=ClosingTest.objects.get())


def planned_at(s: Stage) -> None:
    omar = s.cast["omar"]
    action = add_action(
        by=omar, body=s.undertaking.body, title="Rota", owner_role="Head", owner=s.cast["otto"],
        due_on=in_days(30),
    )  # fmt: skip
    ask_date(by=omar, thing=action, after=in_days(60), reason="Late.")
    ask_owner(by=omar, action=action, role="Deputy", reason="Left.")


def claimed_at(s: Stage) -> None:
    claim_ready(s.cast["omar"], s.undertaking)


def shown_at(s: Stage) -> None:
    piece = a_file(s.cast["omar"], s.undertaking)
    grade_evidence(by=s.cast["ivo"], evidence=piece, grade="use", reason="I read ten.")


def assured_at(s: Stage) -> None:
    sign(s.cast["vera"], s.undertaking)


def closed_at(s: Stage) -> None:
    close_undertaking(by=s.cast["cass"], undertaking=s.undertaking, how="assured", reason="Seen.")


def reopened_at(s: Stage) -> None:
    sign(s.cast["ivo"], s.undertaking, judgement="partly")
    if not Closure.objects.filter(reopening__isnull=False).exists():
        reopen_undertaking(
            by=s.cast["cass"], closure=Closure.objects.get(), because="recheck_failed", words="So."
        )


STEPS = (
    accepted_at, proposed_at, agreed_at, planned_at, claimed_at, shown_at, assured_at, closed_at,
    reopened_at,
)  # fmt: skip
STATES = (
    "unanswered", "accepted", "proposed", "agreed", "planned", "claimed", "shown", "assured",
    "closed", "reopened",
)  # fmt: skip


# --- How each act is tried: with everything right but the person -----------------------------------

NEWEST: dict[str, type[Model]] = {
    "test": ClosingTest,
    "action": Action,
    "move": DateMove,
    "change": OwnerChange,
    "evidence": Evidence,
    "use": Use,
    "opinion": Opinion,
    "interest": Interest,
    "response": Response,
    "link": Link,
}


def thing_of(act: Guarded, stage: Stage) -> Any:
    """What the act is done to, or None where there is none at this stage."""
    if act.on == "undertaking":
        return Undertaking.objects.select_related("body", "recommendation__report").get(
            pk=stage.undertaking.pk
        )
    if act.on == "body":
        return stage.undertaking.body
    return NEWEST[act.on]._base_manager.order_by("-pk").first()


def _propose(by: Person, thing: Undertaking) -> None:
    test = standing_test(thing)
    propose_test(
        by=by, undertaking=thing, pattern="people", look_at="Families", counts_as_seen="All",
        due_on=None if test else in_days(9), why="Better.",
    )  # fmt: skip


def _sign(by: Person, thing: Undertaking) -> None:
    sign_opinion(
        by=by, undertaking=thing, judgement="not_assured", looked_at="Ten.", missing="All.",
        recheck_on=in_days(9), digest=digest_of(seen_now(thing)), proved_at=timezone.now(),
    )  # fmt: skip


DO: dict[str, Callable[[Person, Any], object]] = {
    "log_response": lambda by, u: log_response(
        by=by, undertaking=u, words="And this.", dated_on=in_days(0)
    ),
    "read_position": lambda by, r: read_position(
        by=by, response=r, position="in_part", reason="So."
    ),
    "propose_test": _propose,
    "agree_test": lambda by, t: agree_test(by=by, test=t),
    "refuse_test": lambda by, t: refuse_test(by=by, test=t, reason="No."),
    "add_action": lambda by, b: add_action(by=by, body=b, title="Do", owner_role="Head"),
    "bring_plan": lambda by, b: bring_plan(
        by=by, body=b, steps=[Step(ADD, 2, "B", "", "", "", {"title": "X", "owner_role": "Y"})]
    ),
    "ask_date": lambda by, a: ask_date(by=by, thing=a, after=in_days(99), reason="Late."),
    "approve_date": lambda by, m: approve_date(by=by, move=m),
    "ask_owner": lambda by, a: ask_owner(by=by, action=a, role="Other", reason="Left."),
    "approve_owner": lambda by, c: approve_owner(by=by, change=c),
    "make_claim": lambda by, u: make_claim(
        by=by, undertaking=u, rung="cannot_be_done", words="No.", reason="So.",
        signed_off_name="D", signed_off_role="Head",
    ),
    "make_claims": lambda by, u: make_claims(
        by=by, claims=[(u, {
            "rung": "cannot_be_done", "words": "No.", "reason": "So.",
            "signed_off_name": "D", "signed_off_role": "Head",
        })],
    ),
    "add_statement": lambda by, b: add_statement(
        by=by, body=b, name="Return", words="Of 40, 38.", about=ABOUT
    ),
    "take_out_evidence": lambda by, u: take_out_evidence(by=by, use=u, reason="Old."),
    "grade_evidence": lambda by, e: grade_evidence(by=by, evidence=e, grade="policy", reason="So."),
    "commit_sample": lambda by, u: commit_sample(
        by=by, undertaking=u, size=1, why="So.", criteria=["Is it?"]
    ),
    "sign_opinion": _sign,
    "withdraw_opinion": lambda by, o: withdraw_opinion(by=by, opinion=o, reason="So."),
    "close_undertaking": lambda by, u: close_undertaking(
        by=by, undertaking=u, how="not_pursued", reason="So."
    ),
    "declare_interest": lambda by, u: declare_interest(by=by, body=u.body, words="So."),
    "end_interest": lambda by, i: end_interest(by=by, interest=i, reason="So."),
    "take_back_link": lambda by, k: take_back_link(by=by, link=k, reason="So."),
}  # fmt: skip

BESIDES = {"no_test", "claim"}
"""Refusals that say nothing of the person: there is nothing to judge yet."""


def fresh(person: Person) -> Person:
    return Person.objects.select_related("body").get(pk=person.pk)


def refusal(do: Callable[[], object]) -> str:
    """Why it was refused: its code; "" where it was done. Nothing of it stays."""
    with transaction.atomic():
        try:
            do()
        except Refused as refused:
            return refused.code
        finally:
            transaction.set_rollback(True)
    return ""


def cases(stage: Stage) -> Iterator[tuple[Guarded, str, bool, str]]:
    """Each act with each person: what the rule says, and how the act ended."""
    for act in ACTS:
        thing = thing_of(act, stage)
        if thing is None:
            continue
        for name, person in stage.cast.items():
            by = fresh(person)
            says = refusal(lambda by=by, thing=thing, act=act: act.check(by, thing))
            ended = refusal(lambda by=by, thing=thing, act=act: DO[act.act](by, thing))
            if ended in BESIDES and not says:
                continue
            yield act, name, not says, ended


def check_every_case(stage: Stage) -> Counter[bool]:
    counted: Counter[bool] = Counter()
    for act, name, says, ended in cases(stage):
        assert says is (not ended), f"{act.act} by {name}: the rule {says}, the act “{ended}”"
        if says:
            granted = {p for r in _roles(stage.cast[name]) for p in GRANTS[r]}
            own = act.act == "withdraw_opinion" and Permission.OPINION_SIGN in granted
            assert act.permission in granted or own, f"{act.act} by {name} without its permission"
        counted[says] += 1
    return counted


def _roles(person: Person) -> list[Role]:
    return [Role(h.role) for h in person.roles_held.filter(ended_at__isnull=True)]


@pytest.fixture
def stage(asked: list[Recommendation], force: Body, cast: Cast, learning: Report) -> Stage:
    """The second recommendation of the report, to the force: nobody has answered it."""
    made = enter_recommendation(
        by=cast["rosa"], report=learning, words="Tell families within a day.", bodies=[(force, "")]
    )
    sign_link(by=cast["rosa"], earlier=asked[2], later=made, relation="partly", reason="The same.")
    return Stage(made.undertakings.get(), cast)


@pytest.mark.parametrize("state", STATES)
def test_the_rule_says_may_exactly_where_the_act_succeeds(
    state: str, stage: Stage, record_property: Callable[[str, object], None]
) -> None:
    for step in STEPS[: STATES.index(state)]:
        step(stage)
        stage.undertaking.refresh_from_db()
    counted = check_every_case(stage)
    record_property("cases", counted.total())
    print(f"{state}: {counted.total()} cases, {counted[True]} may")
    assert counted.total() > 100


def test_nothing_is_done_to_what_was_withdrawn(stage: Stage) -> None:
    withdraw_recommendation(
        by=stage.cast["rosa"], recommendation=stage.undertaking.recommendation, reason="Twice."
    )
    hanging = {
        "log_response",
        "propose_test",
        "make_claim",
        "commit_sample",
        "sign_opinion",
        "close_undertaking",
    }
    done = {act.act for act, _, says, _ in cases(stage) if says}
    assert not done & hanging
    check_every_case(stage)


def test_nothing_is_done_to_what_was_passed_on(stage: Stage, force: Body, council: Body) -> None:
    accepted_at(stage)
    accounts.succeed_body(by="operator", body=force, successor=council, on=in_days(-1))
    pass_to_successor(by=stage.cast["rosa"], undertaking=stage.undertaking)
    check_every_case(stage)
    done = {act.act for act, _, says, _ in cases(stage) if says}
    assert not done & {"log_response", "propose_test", "make_claim", "sign_opinion"}


def test_every_act_of_the_table_is_tried() -> None:
    assert {act.act for act in ACTS} == set(DO)
