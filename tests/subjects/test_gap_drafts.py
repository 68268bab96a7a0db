"""A draft plan: drafted from chosen gaps, nobody's until owned, and nothing falls out of it."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit.models import Event
from answerable.engine.drafting import SETTLES
from answerable.engine.gap_analysis.rules import KINDS
from answerable.gaps.actions.drafts import (
    change_line,
    draft_plan,
    leave_out_line,
    own_draft,
    take_line,
)
from answerable.gaps.actions.runs import run_analysis
from answerable.gaps.models import DraftLine, DraftPlan, GapRun, TakenLine
from answerable.gaps.queries.drafts import impossible, uncovered
from answerable.gaps.queries.runs import analysis_of
from answerable.plan.actions.planned import add_action
from answerable.plan.models import Action, Service
from answerable.register.actions.links import sign_link
from answerable.register.models import Recommendation

OWNER = "Head of Public Protection"


@pytest.fixture
def run(asked: list[Recommendation], rosa: Person) -> GapRun:
    """Of three recommendations, the first two of which ask the same."""
    sign_link(by=rosa, earlier=asked[0], later=asked[1], relation="same", reason="One cure.")
    return run_analysis(by=rosa)


def every_gap(run: GapRun) -> list[str]:
    return [gap.key for gap in analysis_of(run).gaps]


@pytest.fixture
def draft(run: GapRun, rosa: Person) -> DraftPlan:
    return draft_plan(by=rosa, run=run, gaps=every_gap(run))


@pytest.fixture
def owned(draft: DraftPlan, rosa: Person) -> DraftPlan:
    return own_draft(by=rosa, draft=draft)


def family_line(draft: DraftPlan) -> DraftLine:
    return draft.lines.get(key="R-0001")


def test_every_kind_of_gap_has_words_for_what_would_settle_it() -> None:
    assert set(SETTLES) == set(KINDS)


def test_what_was_asked_twice_becomes_one_line_with_both_wordings(
    draft: DraftPlan, asked: list[Recommendation]
) -> None:
    line = family_line(draft)
    assert [one["reference"] for one in line.asked] == ["R-0001", "R-0002"]
    assert [one["words"] for one in line.asked] == [asked[0].words, asked[1].words]
    assert "northmoor-police" in line.bodies
    assert not draft.lines.filter(key="R-0002").exists()


def test_the_draft_is_one_event_that_names_its_analysis(draft: DraftPlan) -> None:
    facts = json.loads(Event.objects.get(verb="draft_plan.made").content)["facts"]
    assert facts["run"] == draft.run.reference
    assert facts["count"] == len(draft.chosen)


def test_only_whoever_may_run_an_analysis_drafts_from_it(run: GapRun, omar: Person) -> None:
    with pytest.raises(Refused):
        draft_plan(by=omar, run=run, gaps=every_gap(run))


@pytest.mark.parametrize("gaps", [[], ["no_action:R-9999:nobody"]])
def test_a_draft_of_nothing_or_of_what_was_not_found_is_refused(
    run: GapRun, rosa: Person, gaps: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        draft_plan(by=rosa, run=run, gaps=gaps)
    assert refused.value.code == "gaps"
    assert not DraftPlan.objects.exists()


def test_what_a_draft_does_not_cover_is_what_nobody_chose_and_what_was_left_out(
    run: GapRun, rosa: Person
) -> None:
    keys = every_gap(run)
    draft = draft_plan(by=rosa, run=run, gaps=keys[:-1])
    line = draft.lines.first()
    assert line is not None
    leave_out_line(by=rosa, line=line, reason="The council answers first.")
    left = uncovered(draft, analysis_of(run))
    assert [gap.key for gap in left.not_chosen] == keys[-1:]
    ((out, gaps),) = left.left_out
    assert out == line
    assert [gap.key for gap in gaps] == [one["gap"] for one in line.settles]
    covered = {one["gap"] for kept in draft.lines.exclude(pk=line.pk) for one in kept.settles}
    assert covered | {gap.key for gap in gaps} | set(keys[-1:]) == set(keys)


def test_a_draft_that_nobody_owns_promises_nothing(
    draft: DraftPlan, force: Body, rosa: Person
) -> None:
    with pytest.raises(Refused) as refused:
        take_line(by=rosa, line=family_line(draft), body=force, owner_role=OWNER)
    assert "nobody owns" in refused.value.sentence


def test_a_draft_is_owned_once(owned: DraftPlan, cass: Person, rosa: Person) -> None:
    with pytest.raises(Refused) as refused:
        own_draft(by=cass, draft=owned)
    assert rosa.name in refused.value.sentence


def test_a_line_is_taken_as_one_action_that_serves_every_wording_whole(
    owned: DraftPlan, force: Body, rosa: Person, asked: list[Recommendation]
) -> None:
    line = change_line(by=rosa, line=family_line(owned), title="Record at once, and say who tells")
    taken = take_line(by=rosa, line=line, body=force, owner_role=OWNER)
    assert taken.action.title == "Record at once, and say who tells"
    assert taken.action.body == force
    services = Service.objects.filter(action=taken.action).order_by("pk")
    assert [s.undertaking.recommendation for s in services] == asked[:2]
    assert [s.spans for s in services] == [[[0, len(one.words)]] for one in asked[:2]]
    assert impossible() is None


def test_a_line_taken_by_hand_is_named_when_the_record_is_verified(
    draft: DraftPlan, action: Action, inspectorate: Body, rosa: Person
) -> None:
    given = {"line": family_line(draft), "taken_by": rosa, "at": timezone.now()}
    TakenLine.objects.create(**given, body=action.body, action=action)
    assert impossible() == "D-0001 was taken into a plan before anyone owned it."
    strayed = add_action(by=rosa, body=inspectorate, title="Another", owner_role=OWNER)
    TakenLine.objects.create(**given, body=inspectorate, action=strayed)
    assert impossible() == (
        f"D-0001 says that {strayed.reference} is of {inspectorate.slug}: no line of it was meant "
        "for that."
    )


def test_a_line_is_taken_by_one_body_once_and_then_changed_only_in_its_plan(
    owned: DraftPlan, force: Body, rosa: Person
) -> None:
    line = family_line(owned)
    action = take_line(by=rosa, line=line, body=force, owner_role=OWNER).action.reference
    for refused_act in (
        lambda: take_line(by=rosa, line=line, body=force, owner_role=OWNER),
        lambda: change_line(by=rosa, line=line, title="Another"),
        lambda: leave_out_line(by=rosa, line=line, reason="After all not."),
    ):
        with pytest.raises(Refused) as refused:
            refused_act()
        assert action in refused.value.sentence


def test_a_body_that_was_not_asked_is_asked_first(
    owned: DraftPlan, council: Body, force: Body, rosa: Person
) -> None:
    line = owned.lines.get(key="R-0003")
    assert line.bodies == [council.slug]
    with pytest.raises(Refused) as refused:
        take_line(by=rosa, line=line, body=force, owner_role=OWNER)
    assert refused.value.code == "body"


def test_nobody_of_another_body_takes_a_line(owned: DraftPlan, council: Body, omar: Person) -> None:
    line = owned.lines.get(key="R-0003")
    with pytest.raises(NotTheirs):
        take_line(by=omar, line=line, body=council, owner_role=OWNER)


def test_the_database_itself_keeps_what_a_line_must_satisfy(draft: DraftPlan) -> None:
    line = family_line(draft)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE gaps_draftline SET asked = '[]' WHERE id = %s", [line.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM gaps_draftplan WHERE id = %s", [draft.pk])
