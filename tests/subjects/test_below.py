"""Written below the application: whoever holds the keys of the database is named by `audit verify`.

Each forbidden state is planted twice. By SQL alone the chain names the record. Where an event is
forged for it too, the chain holds, and what no act leads to is named by the state itself.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from answerable.accounts.models import Person, Role, RoleHeld
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.actions.samples import commit_sample, draw_sample
from answerable.assurance.models import (
    Closure,
    Evidence,
    Graded,
    Interest,
    Opinion,
    Reopening,
    Sample,
    Use,
)
from answerable.assurance.queries import impossible as assurance
from answerable.assurance.queries.seen import digest_of
from answerable.audit import actions as audit
from answerable.audit import queries
from answerable.plan.actions.moves import approve_date, ask_date, ask_owner
from answerable.plan.actions.services import add_milestone, serve_undertaking
from answerable.plan.models import Action, ClosingTest, DateMove, Milestone, OwnerChange
from answerable.plan.queries import impossible as plan
from answerable.register.actions.links import sign_link
from answerable.register.models import Link, Recommendation
from answerable.register.queries import links
from tests.assured import in_days
from tests.subjects.test_audit import lifted


@dataclass
class Scene:
    """A closed undertaking with all that led to it, and the people who did it."""

    closure: Closure
    action: Action
    step: Milestone
    asked: list[Recommendation]
    people: dict[str, Person]


@pytest.fixture
def scene(
    closure: Closure, action: Action, asked: list[Recommendation],
    omar: Person, otto: Person, vera: Person, ivo: Person, cass: Person, rosa: Person, petra: Person,
) -> Scene:  # fmt: skip
    step = add_milestone(by=omar, action=action, title="Rota", due_on=in_days(20))
    people = {"omar": omar, "otto": otto, "vera": vera, "ivo": ivo}
    people |= {"cass": cass, "rosa": rosa, "petra": petra}
    return Scene(closure, action, step, asked, people)


def write(row: Model, **columns: object) -> Model:
    """Change a row as it lies in the table."""
    names = ", ".join(f"{name} = %s" for name in columns)
    key = row.pk
    lifted(f"UPDATE {row._meta.db_table} SET {names} WHERE id = %s", *columns.values(), key)
    return row


def key(person: Person) -> str:
    """A person's id as the database of these tests keeps it."""
    return person.pk.hex if connection.vendor == "sqlite" else str(person.pk)


def opinion_of(s: Scene) -> Opinion:
    found = s.closure.opinion
    assert found is not None
    return found


# --- What is planted -------------------------------------------------------------------------------


def another_judgement_seen(s: Scene) -> Model:
    opinion = opinion_of(s)
    seen = {**opinion.seen, "wording": {"words": "Something milder."}}
    return write(opinion, seen=json.dumps(seen))


def an_opinion_on_nothing(s: Scene) -> Model:
    opinion = opinion_of(s)
    seen = {**opinion.seen, "evidence": [], "samples": []}
    return write(opinion, seen=json.dumps(seen), digest=digest_of(seen))


def an_opinion_of_whoever_claimed(s: Scene) -> Model:
    return write(opinion_of(s), signed_by_id=key(s.people["omar"]))


def an_opinion_of_no_verifier(s: Scene) -> Model:
    return write(opinion_of(s), signed_by_id=key(s.people["petra"]))


def an_opinion_with_an_interest(s: Scene) -> Model:
    interest = declare_interest(
        by=s.people["vera"], undertaking=s.closure.undertaking, words="A cousin works there."
    )
    return write(interest, declared_at="2020-01-01 00:00:00+00:00")


def a_closure_on_less(s: Scene) -> Model:
    return write(opinion_of(s), judgement="partly")


def a_closure_before_the_opinion(s: Scene) -> Model:
    return write(s.closure, at="2020-01-01 00:00:00+00:00")


def a_closure_by_who_signed(s: Scene) -> Model:
    return write(s.closure, by_id=key(s.people["vera"]))


def a_closure_by_no_chair(s: Scene) -> Model:
    return write(s.closure, by_id=key(s.people["ivo"]))


def a_second_closure(s: Scene) -> Model:
    c = s.closure
    return Closure.objects.create(
        undertaking=c.undertaking, how=c.how, reason="Again.", opinion=c.opinion, by=c.by,
        at=timezone.now(),
    )  # fmt: skip


def a_reopening_on_nothing(s: Scene) -> Model:
    return Reopening.objects.create(
        closure=s.closure, because="own_word", words="So.", at=timezone.now()
    )


def a_first_date_moved(s: Scene) -> Model:
    return write(s.action, first_due_on=in_days(61))


def a_date_moved_in_silence(s: Scene) -> Model:
    return write(s.action, due_on=in_days(400))


def a_step_moved_in_silence(s: Scene) -> Model:
    return write(s.step, due_on=in_days(400))


def a_ledger_with_a_gap(s: Scene) -> Model:
    move = ask_date(by=s.people["omar"], thing=s.action, after=in_days(90), reason="Late.")
    approve_date(by=s.people["rosa"], move=move)
    return write(DateMove.objects.get(pk=move.pk), before=in_days(70))


def a_test_agreed_by_one_side(s: Scene) -> Model:
    return write(ClosingTest.objects.get(), agreed_for_office_by_id=key(s.people["otto"]))


def an_owner_in_silence(s: Scene) -> Model:
    change = ask_owner(
        by=s.people["omar"], action=s.action, role="Head", owner=s.people["otto"], reason="Left."
    )
    return write(
        OwnerChange.objects.get(pk=change.pk),
        approved_by_id=key(s.people["rosa"]),
        approved_at="2026-01-01 00:00:00+00:00",
    )


def evidence_graded_at_home(s: Scene) -> Model:
    return write(Graded.objects.get(), by_id=key(s.people["otto"]))


def evidence_of_another(s: Scene) -> Model:
    other = s.asked[2].undertakings.get()
    return write(Use.objects.get(), undertaking_id=other.pk)


def personal_data_in_public(s: Scene) -> Model:
    return write(Evidence.objects.get(), is_public=True, findings=json.dumps([{"kind": "name"}]))


def another_seed(s: Scene) -> Model:
    sample = commit_sample(
        by=s.people["ivo"],
        undertaking=s.closure.undertaking,
        size=1,
        why="So.",
        criteria=["Is it?"],
    )
    draw_sample(by=s.people["ivo"], sample=sample, records=["1", "2"])
    return write(Sample.objects.get(), seed="ab" * 32)


def an_interest_ended_by_oneself(s: Scene) -> Model:
    interest = declare_interest(by=s.people["ivo"], body=s.closure.undertaking.body, words="So.")
    who = key(s.people["ivo"])
    return write(Interest.objects.get(pk=interest.pk), ended_by_id=who, ended_at=timezone.now())


def a_circle(s: Scene) -> Model:
    first, second, third = s.asked
    for earlier, later in ((first, second), (second, third)):
        sign_link(
            by=s.people["rosa"], earlier=earlier, later=later, relation="supersedes", reason="So."
        )
    return Link.objects.create(
        earlier=third, later=first, relation="supersedes", reason="So.",
        signed_by=s.people["rosa"], at=timezone.now(),
    )  # fmt: skip


def an_owner_who_signed(s: Scene) -> Model:
    service = serve_undertaking(
        by=s.people["omar"], action=s.action, undertaking=s.closure.undertaking, spans=[(0, 5)]
    )
    write(service, added_at="2020-01-01 00:00:00+00:00")
    audit.record("service.added", by="operator", on=service)
    return write(s.action, owner_id=key(s.people["vera"]))


def a_verifier_too_late(s: Scene) -> Model:
    held = RoleHeld.objects.get(person=s.people["vera"], role=Role.VERIFIER)
    return write(held, begun_at="2099-01-01 00:00:00+00:00")


PLANTED: tuple[tuple[Callable[[Scene], Model], str], ...] = (
    (another_judgement_seen, "not bound to what it says was seen"),
    (an_opinion_on_nothing, "says “assured” on nothing"),
    (an_opinion_of_whoever_claimed, "was signed by someone who was not independent"),
    (an_opinion_of_no_verifier, "was signed by no verifier"),
    (an_opinion_with_an_interest, "was signed by someone who was not independent"),
    (an_owner_who_signed, "was signed by someone who was not independent"),
    (a_verifier_too_late, "was signed by no verifier"),
    (a_closure_on_less, "stands on no opinion “assured”"),
    (a_closure_before_the_opinion, "stands on no opinion “assured”"),
    (a_closure_by_who_signed, "was decided by who signed"),
    (a_closure_by_no_chair, "was decided by no chair"),
    (a_second_closure, "is closed twice"),
    (a_reopening_on_nothing, "has no ground"),
    (a_first_date_moved, "The first date of A-0001"),
    (a_date_moved_in_silence, "The first date of A-0001"),
    (a_step_moved_in_silence, "The first date of a milestone of A-0001"),
    (a_ledger_with_a_gap, "The first date of A-0001"),
    (a_test_agreed_by_one_side, "was not agreed by both sides"),
    (an_owner_in_silence, "The owner of A-0001 was changed outside the ledger"),
    (evidence_graded_at_home, "was graded by whoever handed it in, or by its body"),
    (evidence_of_another, "is offered for another body"),
    (personal_data_in_public, "is public although the check found personal data"),
    (another_seed, "was not drawn by the seed"),
    (an_interest_ended_by_oneself, "was ended by whoever declared it"),
    (a_circle, "was itself superseded by it"),
)


def impossible() -> str:
    return links.impossible() or plan.impossible() or assurance.impossible() or ""


@pytest.mark.parametrize(("plant", "named"), PLANTED, ids=lambda p: getattr(p, "__name__", ""))
def test_a_forbidden_state_is_named(
    plant: Callable[[Scene], Model], named: str, scene: Scene
) -> None:
    assert queries.verify().holds
    assert not impossible()
    row = plant(scene)
    kind = str(row._meta.verbose_name)
    assert f"The {kind} {row.pk} " in (queries.verify().problem or "")
    audit.record("action.changed", by="operator", on=row)  # the forger's own event
    assert queries.verify().holds
    assert named in impossible()


def test_a_record_that_vanished_and_an_event_that_is_missing_are_named(scene: Scene) -> None:
    lifted("DELETE FROM assurance_graded")
    assert "graded" in (queries.verify().problem or "")
    lifted("DELETE FROM audit_event WHERE seq = 20")
    assert "Event 20 has been removed" in (queries.verify().problem or "")
