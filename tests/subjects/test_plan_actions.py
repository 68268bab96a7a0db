"""Actions: added, changed, dated, done, abandoned; what they serve; what they wait for."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import NotTheirs, Refused
from answerable.audit import queries as audit
from answerable.plan.actions.planned import (
    abandon_action,
    add_action,
    change_action,
    complete_action,
    date_action,
    resume_action,
)
from answerable.plan.actions.services import (
    abandon_milestone,
    add_dependency,
    add_milestone,
    meet_dependency,
    meet_milestone,
    serve_undertaking,
    take_out_dependency,
    take_out_service,
)
from answerable.plan.models import Action, Service
from answerable.plan.queries import planned, services
from answerable.register.actions.recommendations import correct_recommendation
from answerable.register.models import Recommendation, Undertaking

TODAY = timezone.localdate()


def another(by: Person, title: str = "Train every sergeant") -> Action:
    return add_action(by=by, body=by.body, title=title, owner_role="Head of Learning")


def span_of(undertaking: Undertaking, words: str) -> tuple[int, int]:
    start = undertaking.recommendation.words.index(words)
    return start, start + len(words)


# --- Actions ---


def test_an_action_has_a_reference_an_owner_and_a_first_date(action: Action) -> None:
    assert action.reference == "A-0001"
    assert action.first_due_on == action.due_on == TODAY + timedelta(days=60)
    assert audit.history(action)[0].facts == {"action": "A-0001", "body": "Northmoor Police"}
    assert audit.verify().holds


def test_references_count_apart_from_those_of_recommendations(
    accepted: Undertaking, action: Action, omar: Person
) -> None:
    assert (accepted.recommendation.reference, another(omar).reference) == ("R-0001", "A-0002")


def test_the_office_may_enter_what_a_body_plans(rosa: Person, force: Body) -> None:
    made = add_action(by=rosa, body=force, title="Read reports", owner_role="Head of Crime")
    assert (made.body, made.added_by) == (force, rosa)


@pytest.mark.parametrize("who", ["vera", "cass", "petra", "ada", "ravi"])
def test_others_keep_no_plan(who: str, force: Body, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="may keep what a body plans"):
        add_action(
            by=request.getfixturevalue(who), body=force, title="Read", owner_role="Head of Crime"
        )


def test_another_body_does_not_know_of_the_plan(action: Action, lena: Person, force: Body) -> None:
    with pytest.raises(NotTheirs):
        add_action(by=lena, body=force, title="Read", owner_role="Head of Crime")
    with pytest.raises(NotTheirs):
        change_action(by=lena, action=action, title="Nothing")
    with pytest.raises(NotTheirs):
        planned.find(lena, action.reference)
    assert not planned.seen_by(lena).exists()


def test_who_may_find_an_action(action: Action, omar: Person, ravi: Person) -> None:
    assert planned.find(omar, "A-0001") == planned.find(ravi, "A-0001") == action


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"title": " "}, "title"),
        ({"owner_role": ""}, "owner_role"),
        ({"cost": Decimal("-1")}, "cost"),
        ({"date_of": "overseer"}, "date_of"),
        ({"date_of": "nobody"}, "date_of"),
    ],
)
def test_an_action_that_says_too_little_is_refused(
    given_: dict, code: str, omar: Person, force: Body
) -> None:
    with pytest.raises(Refused) as refused:
        add_action(
            **{"by": omar, "body": force, "title": "Read", "owner_role": "Head of Crime", **given_}
        )
    assert refused.value.code == code


def test_the_owner_belongs_to_the_body(omar: Person, lena: Person, force: Body) -> None:
    with pytest.raises(Refused, match="does not belong to Northmoor Police"):
        add_action(by=omar, body=force, title="Read", owner_role="Head of Crime", owner=lena)


def test_only_the_office_sets_a_date_of_the_overseers(rosa: Person, force: Body) -> None:
    made = add_action(
        by=rosa, body=force, title="Read", owner_role="Head", due_on=TODAY, date_of="overseer"
    )
    assert made.date_of == "overseer"


def test_a_change_keeps_what_was_said_before(action: Action, omar: Person) -> None:
    changed = change_action(
        by=omar, action=action, title="A sergeant reads them", cost=Decimal("1200.50")
    )
    entry = audit.history(changed)[0]
    assert entry.facts["what"] == "the title, the cost"
    assert entry.said == {"title": action.title}
    assert audit.verify().holds
    assert change_action(by=omar, action=changed, title="A sergeant reads them") == changed
    assert len(audit.history(changed)) == 2


def test_a_first_date_is_given_once(omar: Person, action: Action) -> None:
    late = another(omar)
    assert late.first_due_on is None
    date_action(by=omar, action=late, due_on=TODAY + timedelta(days=9))
    for dated in (late, action):
        with pytest.raises(Refused, match="Ask to move it"):
            date_action(by=omar, action=dated, due_on=TODAY)


def test_a_first_date_is_kept_by_the_database_too(action: Action) -> None:
    rows = Action.objects.filter(pk=action.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(first_due_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(first_due_on=None, due_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_an_action_is_done_and_taken_up_again_with_a_reason(action: Action, omar: Person) -> None:
    with pytest.raises(Refused, match="today or in the past"):
        complete_action(by=omar, action=action, on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="is not done"):
        resume_action(by=omar, action=action, reason="x")
    done = complete_action(by=omar, action=action, on=TODAY)
    with pytest.raises(Refused, match="is done"):
        complete_action(by=omar, action=done, on=TODAY)
    with pytest.raises(Refused, match="Say why"):
        resume_action(by=omar, action=done, reason=" ")
    assert resume_action(by=omar, action=done, reason="It was not.").done_on is None
    verbs = [e.verb for e in audit.history(action)]
    assert verbs == ["action.resumed", "action.done", "action.added"]


def test_an_abandoned_action_stays_with_its_reason(action: Action, omar: Person) -> None:
    with pytest.raises(Refused, match="Say why"):
        abandon_action(by=omar, action=action, reason="")
    gone = abandon_action(by=omar, action=action, reason="No money.")
    assert planned.find(omar, action.reference).abandoned_reason == "No money."
    for act in (
        lambda: change_action(by=omar, action=gone, title="x"),
        lambda: complete_action(by=omar, action=gone, on=TODAY),
        lambda: abandon_action(by=omar, action=gone, reason="x"),
        lambda: add_milestone(by=omar, action=gone, title="x", due_on=TODAY),
    ):
        with pytest.raises(Refused, match="was abandoned"):
            act()


# --- What it serves ---


def test_words_that_no_action_serves_are_shown(
    accepted: Undertaking, action: Action, omar: Person
) -> None:
    whole = accepted.recommendation.words
    assert [s.words for s in services.unserved(accepted)] == [whole]
    serve_undertaking(
        by=omar, action=action, undertaking=accepted,
        spans=[span_of(accepted, "within 24 hours")], note="The time limit.",
    )  # fmt: skip
    assert [s.words for s in services.unserved(accepted)] == [
        whole.removesuffix("within 24 hours.")
    ]
    second = another(omar)
    serve_undertaking(
        by=omar, action=second, undertaking=accepted,
        spans=[(0, len(whole.removesuffix("within 24 hours.")))],
    )  # fmt: skip
    assert services.unserved(accepted) == []
    assert "".join(s.words for s in services.stretches(accepted)) == whole
    assert planned.actions_serving(accepted) == [action, second]


def test_an_abandoned_action_serves_nothing(
    accepted: Undertaking, action: Action, omar: Person
) -> None:
    whole = accepted.recommendation.words
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, len(whole))])
    assert services.unserved(accepted) == []
    abandon_action(by=omar, action=action, reason="No money.")
    assert [s.words for s in services.unserved(accepted)] == [whole]
    assert planned.actions_serving(accepted) == [action]


def test_a_service_is_taken_out_with_a_reason_and_may_be_given_anew(
    accepted: Undertaking, action: Action, omar: Person
) -> None:
    service = serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 5)])
    with pytest.raises(Refused, match="serves R-0001 already"):
        serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(0, 5)])
    with pytest.raises(Refused, match="Say why"):
        take_out_service(by=omar, service=service, reason="")
    take_out_service(by=omar, service=service, reason="It does something else.")
    with pytest.raises(Refused, match="taken out already"):
        take_out_service(by=omar, service=service, reason="x")
    serve_undertaking(by=omar, action=action, undertaking=accepted, spans=[(6, 9)])
    assert Service.objects.count() == 2
    assert audit.verify().holds


@pytest.mark.parametrize("spans", [[], [(5, 5)], [(9, 3)], [(-1, 4)], [(0, 10_000)]])
def test_spans_are_words_of_the_recommendation(
    spans: list[tuple[int, int]], accepted: Undertaking, action: Action, omar: Person
) -> None:
    with pytest.raises(Refused) as refused:
        serve_undertaking(by=omar, action=action, undertaking=accepted, spans=spans)
    assert refused.value.code == "spans"


def test_an_action_serves_what_its_own_body_was_asked(
    asked: list[Recommendation], action: Action, omar: Person, council: Body
) -> None:
    theirs = asked[2].undertakings.get(body=council)
    with pytest.raises(Refused, match="was not asked this"):
        serve_undertaking(by=omar, action=action, undertaking=theirs, spans=[(0, 5)])


def test_after_a_correction_someone_must_say_anew_what_is_served(
    accepted: Undertaking, action: Action, omar: Person, rosa: Person
) -> None:
    whole = accepted.recommendation.words
    service = serve_undertaking(
        by=omar, action=action, undertaking=accepted, spans=[(0, len(whole))]
    )
    correct_recommendation(
        by=rosa, recommendation=accepted.recommendation,
        words=whole.replace("24 hours", "twelve hours"), reason="Misread.",
    )  # fmt: skip
    fresh = Undertaking.objects.get(pk=accepted.pk)
    assert services.out_of_date(fresh) == [service]
    assert len(services.unserved(fresh)) == 1


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8))
def test_merged_spans_cover_the_same_places_and_never_touch(rows: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in rows]
    found = services.merged(spans)
    covered = {place for s, e in spans for place in range(s, e)}
    assert {place for s, e in found for place in range(s, e)} == covered
    assert all(one[1] < two[0] for one, two in pairwise(found))


# --- Milestones ---


def test_a_milestone_is_met_or_abandoned_before_its_action_is_done(
    action: Action, omar: Person
) -> None:
    first = add_milestone(by=omar, action=action, title="Rota agreed", due_on=TODAY)
    second = add_milestone(by=omar, action=action, title="All trained", due_on=TODAY)
    with pytest.raises(Refused, match="has milestones that wait"):
        complete_action(by=omar, action=action, on=TODAY)
    meet_milestone(by=omar, milestone=first, on=TODAY)
    abandon_milestone(by=omar, milestone=second, reason="Half the shifts only.")
    for milestone in (first, second):
        with pytest.raises(Refused, match="This milestone was"):
            meet_milestone(by=omar, milestone=milestone, on=TODAY)
    assert complete_action(by=omar, action=action, on=TODAY).done_on == TODAY
    assert audit.verify().holds


def test_a_milestone_is_not_met_in_the_future(action: Action, omar: Person, lena: Person) -> None:
    milestone = add_milestone(by=omar, action=action, title="Rota agreed", due_on=TODAY)
    with pytest.raises(Refused, match="today or in the past"):
        meet_milestone(by=omar, milestone=milestone, on=TODAY + timedelta(days=1))
    with pytest.raises(NotTheirs):
        meet_milestone(by=lena, milestone=milestone, on=TODAY)
    with pytest.raises(Refused, match="Say what will be done"):
        add_milestone(by=omar, action=action, title="", due_on=TODAY)


# --- What it waits for ---


def test_an_action_waits_for_others_but_never_in_a_circle(action: Action, omar: Person) -> None:
    two, three = another(omar), another(omar)
    add_dependency(by=omar, action=action, on_action=two)
    add_dependency(by=omar, action=two, on_action=three)
    for held, on in ((three, action), (two, two)):
        with pytest.raises(Refused, match="itself waits for"):
            add_dependency(by=omar, action=held, on_action=on)
    with pytest.raises(Refused, match="This is known"):
        add_dependency(by=omar, action=action, on_action=two)
    assert planned.waits_for(action) == {action.pk, two.pk, three.pk}


def test_what_holds_an_action_up_is_shown_until_it_is_done(action: Action, omar: Person) -> None:
    two = another(omar)
    inside = add_dependency(by=omar, action=action, on_action=two)
    outside = add_dependency(by=omar, action=action, words="Money from the ministry")
    assert planned.holding_up(action) == [inside, outside]
    with pytest.raises(Refused, match="ends when A-0002 is done"):
        meet_dependency(by=omar, dependency=inside, on=TODAY)
    complete_action(by=omar, action=two, on=TODAY)
    meet_dependency(by=omar, dependency=outside, on=TODAY)
    assert planned.holding_up(action) == []
    with pytest.raises(Refused, match="no longer waits"):
        take_out_dependency(by=omar, dependency=outside, reason="x")


def test_a_dependency_is_taken_back_with_a_reason(action: Action, omar: Person) -> None:
    two = another(omar)
    held = add_dependency(by=omar, action=action, on_action=two)
    with pytest.raises(Refused, match="Say why"):
        take_out_dependency(by=omar, dependency=held, reason="")
    take_out_dependency(by=omar, dependency=held, reason="They can go side by side.")
    assert planned.holding_up(action) == []
    add_dependency(by=omar, action=two, on_action=action)
    assert audit.verify().holds


def test_a_dependency_says_on_what(action: Action, omar: Person, lena: Person) -> None:
    with pytest.raises(Refused, match="Say what this action waits for"):
        add_dependency(by=omar, action=action)
    with pytest.raises(Refused, match="of another body"):
        add_dependency(by=omar, action=action, on_action=another(lena))
