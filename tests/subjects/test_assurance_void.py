"""Voiding is exact: any change of what was seen voids an opinion, and no unrelated change does."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Body, Person
from answerable.assurance.actions.evidence import (
    grade_evidence,
    open_evidence,
    take_out_evidence,
    use_evidence,
)
from answerable.assurance.actions.interests import declare_interest
from answerable.assurance.actions.samples import commit_sample, draw_sample, record_sample
from answerable.assurance.models import Evidence, Opinion, Use
from answerable.assurance.queries.opinions import standing_opinion
from answerable.assurance.queries.samples import samples_of
from answerable.assurance.queries.seen import digest_of, seen_now
from answerable.plan.actions.claims import make_claim
from answerable.plan.actions.closing_tests import agree_test, refuse_test
from answerable.plan.actions.moves import approve_date, ask_date
from answerable.plan.actions.planned import add_action
from answerable.plan.actions.services import serve_undertaking
from answerable.plan.models import Action
from answerable.plan.queries.claims import newest_claim
from answerable.plan.queries.closing_tests import open_test, standing_test
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.actions.responses import log_response
from answerable.register.models import Recommendation, Undertaking
from tests.assured import a_file, claim_ready, in_days
from tests.universe import a_test_proposed


class World:
    """The people and things that the changes below act with."""

    def __init__(self, opinion: Opinion, people: dict[str, Person], other: Undertaking) -> None:
        self.opinion = opinion
        self.undertaking = opinion.undertaking
        self.other = other
        self.count = 0
        self.__dict__.update(people)

    omar: Person
    vera: Person
    ivo: Person
    rosa: Person
    petra: Person

    def words(self) -> str:
        """Words that were not there before."""
        self.count += 1
        return f"Round {self.count} of the count gave 12 more."

    def now(self) -> Undertaking:
        return Undertaking.objects.select_related("recommendation", "body").get(
            pk=self.undertaking.pk
        )


@pytest.fixture
def world(
    assured: Opinion, asked: list[Recommendation], force: Body,
    omar: Person, vera: Person, ivo: Person, rosa: Person, petra: Person,
) -> World:  # fmt: skip
    people = {"omar": omar, "vera": vera, "ivo": ivo, "rosa": rosa, "petra": petra}
    return World(assured, people, asked[1].undertakings.get(body=force))


# --- Changes of what was seen ---


def correct_words(w: World) -> None:
    recommendation = w.now().recommendation
    correct_recommendation(
        by=w.rosa, recommendation=recommendation, words=w.words(), reason="Read again."
    )


def claim_again(w: World) -> None:
    claim_ready(w.omar, w.undertaking, w.words())


def slip_back(w: World) -> None:
    make_claim(
        by=w.omar, undertaking=w.undertaking, rung="in_progress", words=w.words(),
        slipped_on=in_days(0),
    )  # fmt: skip


def another_test(w: World) -> None:
    agree_test(by=w.vera, test=a_test_proposed(w.omar, w.undertaking, why=w.words()))


def move_its_date(w: World) -> None:
    test = standing_test(w.undertaking)
    assert test is not None
    move = ask_date(by=w.omar, thing=test, after=in_days(200 + w.count), reason=w.words())
    approve_date(by=w.rosa, move=move)


def more_evidence(w: World) -> None:
    a_file(w.omar, w.undertaking, content=w.words().encode())


def evidence_used_here_too(w: World) -> None:
    kept = a_file(w.omar, w.other, content=w.words().encode())
    use_evidence(by=w.omar, evidence=kept, undertaking=w.undertaking)


def take_out(w: World) -> None:
    use = Use.objects.filter(undertaking=w.undertaking, taken_out_at__isnull=True).first()
    assert use is not None
    take_out_evidence(by=w.omar, use=use, reason=w.words())


def swap_for_itself(w: World) -> None:
    use = Use.objects.filter(undertaking=w.undertaking, taken_out_at__isnull=True).first()
    assert use is not None
    take_out_evidence(by=w.omar, use=use, reason=w.words())
    use_evidence(by=w.omar, evidence=use.evidence, undertaking=w.undertaking)


def grade_again(w: World) -> None:
    evidence = Evidence.objects.filter(uses__undertaking=w.undertaking).first()
    assert evidence is not None
    grade_evidence(by=w.vera, evidence=evidence, grade="sample", reason=w.words())


def see_a_sample(w: World) -> None:
    sample = commit_sample(
        by=w.vera, undertaking=w.undertaking, size=2, why="A first look.", criteria=["In time"]
    )
    draw_sample(by=w.vera, sample=sample, records=["a/1", "a/2", "a/3"])
    record_sample(by=w.vera, sample=sample, counts=[(1, 2)])


VOIDING = (
    correct_words, claim_again, slip_back, another_test, move_its_date, more_evidence,
    evidence_used_here_too, take_out, swap_for_itself, grade_again, see_a_sample,
)  # fmt: skip


# --- Changes of something else ---


def evidence_elsewhere(w: World) -> None:
    a_file(w.omar, w.other, content=w.words().encode())


def the_same_evidence_elsewhere(w: World) -> None:
    evidence = Evidence.objects.filter(uses__undertaking=w.undertaking).first()
    assert evidence is not None
    if not Use.objects.filter(evidence=evidence, undertaking=w.other).exists():
        use_evidence(by=w.omar, evidence=evidence, undertaking=w.other)


def claim_elsewhere(w: World) -> None:
    make_claim(by=w.omar, undertaking=w.other, rung="in_progress", words=w.words())


def correct_elsewhere(w: World) -> None:
    correct_recommendation(
        by=w.rosa, recommendation=w.other.recommendation, words=w.words(), reason="Read again."
    )


def propose_only(w: World) -> None:
    if open_test(w.undertaking) is None:
        a_test_proposed(w.omar, w.undertaking, why=w.words())


def propose_and_refuse(w: World) -> None:
    test = open_test(w.undertaking) or a_test_proposed(w.omar, w.undertaking, why=w.words())
    refuse_test(by=w.vera, test=test, reason=w.words())


def open_it(w: World) -> None:
    evidence = Evidence.objects.filter(uses__undertaking=w.undertaking, is_public=False).first()
    if evidence is not None:
        open_evidence(by=w.petra, evidence=evidence, because=w.words())


def plan_more(w: World) -> None:
    action = add_action(
        by=w.omar, body=w.undertaking.body, title=w.words(), owner_role="Head", owner_name="D Holt"
    )
    serve_undertaking(by=w.omar, action=action, undertaking=w.undertaking, spans=[(0, 5)])
    assert Action.objects.exists()


def reply_again(w: World) -> None:
    log_response(by=w.rosa, undertaking=w.undertaking, words=w.words(), dated_on=in_days(0))


def commit_only(w: World) -> None:
    commit_sample(by=w.vera, undertaking=w.undertaking, size=2, why=w.words(), criteria=["In time"])
    assert samples_of(w.undertaking)


def declare(w: World) -> None:
    if not w.ivo.interests.exists():
        declare_interest(by=w.ivo, undertaking=w.other, words=w.words())


UNRELATED = (
    evidence_elsewhere, the_same_evidence_elsewhere, claim_elsewhere, correct_elsewhere,
    propose_only, propose_and_refuse, open_it, plan_more, reply_again, commit_only, declare,
)  # fmt: skip


def name_of(change: Callable[[World], None]) -> str:
    return change.__name__.replace("_", " ")


@pytest.mark.parametrize("change", VOIDING, ids=name_of)
def test_a_change_of_what_was_seen_voids(change: Callable[[World], None], world: World) -> None:
    change(world)
    assert standing_opinion(world.now()) is None


@pytest.mark.parametrize("change", UNRELATED, ids=name_of)
def test_an_unrelated_change_does_not_void(change: Callable[[World], None], world: World) -> None:
    change(world)
    assert standing_opinion(world.now()) == world.opinion


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*UNRELATED, *VOIDING]), min_size=1, max_size=6))
def test_an_opinion_stands_exactly_until_something_seen_has_changed(
    world: World, changes: list[Callable[[World], None]]
) -> None:
    with transaction.atomic():
        world.count, void = 0, False
        for change in changes:
            if not can(change, world):
                continue
            change(world)
            void = void or change in VOIDING
            assert (standing_opinion(world.now()) is None) is void
        transaction.set_rollback(True)


def can(change: Callable[[World], None], w: World) -> bool:
    """Whether a change can be made now: what it takes out, grades or takes back is still there."""
    if change in (take_out, swap_for_itself):
        return Use.objects.filter(undertaking=w.undertaking, taken_out_at__isnull=True).exists()
    if change in (another_test, move_its_date):
        return open_test(w.undertaking) is None
    if change is slip_back:
        claim = newest_claim(w.undertaking)
        return claim is not None and claim.rung == "ready_for_assessment"
    if change is grade_again:
        return standing_opinion(w.now()) is not None
    return True


# --- To the byte ---

CHANGED = st.sampled_from([
    ("wording", "words"), ("wording", "corrections"), ("closing_test", "look_at"),
    ("closing_test", "how_many"), ("closing_test", "counts_as_seen"), ("closing_test", "due_on"),
    ("claim", "rung"), ("claim", "words"), ("claim", "reason"),
])  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGED, st.one_of(st.text(max_size=8), st.none(), st.integers(0, 99)))
def test_any_other_value_gives_another_digest(
    world: World, where: tuple[str, str], value: object
) -> None:
    seen = seen_now(world.now())
    part, name = where
    before, digest = seen[part][name], digest_of(seen)
    seen[part][name] = value
    assert (digest_of(seen) == digest) is (value == before)
