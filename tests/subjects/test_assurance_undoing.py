"""What was closed opens again by itself where the record leaves nothing to judge; else a person does."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

import answerable
from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.assurance.actions.closing import close_undertaking
from answerable.assurance.actions.evidence import About, grade_evidence, take_out_evidence
from answerable.assurance.actions.opinions import withdraw_opinion
from answerable.assurance.actions.undoing import make_claim, review_closures, sign_link
from answerable.assurance.models import Closure, Opinion, Reopening
from answerable.assurance.queries import closing as queries
from answerable.assurance.queries.undone import perhaps_undone
from answerable.assurance.queries.waiting import claimed_done, to_close, to_renew
from answerable.audit import queries as audit
from answerable.plan.actions import claims
from answerable.register.actions.recommendations import enter_recommendation
from answerable.register.models import Recommendation, Undertaking
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.assured import a_file, in_days, sign

TODAY = timezone.localdate()


def reopened(closure: Closure) -> Reopening:
    """The one reopening, with its event: by nobody, and the chain holds."""
    reopening = Reopening.objects.get(closure=closure)
    event = audit.history(reopening)[0]
    assert (event.verb, event.actor) == ("undertaking.reopened", "machine")
    assert reopening.by is None
    assert audit.verify().holds
    return reopening


def later_report(by: Person, author: Body, published_on: date, *bodies: Body) -> Recommendation:
    report = log_report(
        by=by,
        another=True,
        title="Inspection of child protection, again",
        kind=Report.Kind.INSPECTION,
        author=author,
        published_on=published_on,
        invented=True,
    )
    to = [(body, "") for body in bodies]
    return enter_recommendation(by=by, report=report, words="Record each report.", bodies=to)


# --- At the act ---


@pytest.mark.parametrize("judgement", ["partly", "not_assured"])
def test_a_failed_recheck_opens_it_again_as_it_is_signed(
    judgement: str, closure: Closure, vera: Person
) -> None:
    failed = sign(vera, closure.undertaking, judgement=judgement)
    found = reopened(closure)
    assert (found.because, found.opinion) == ("recheck_failed", failed)
    assert found.words.startswith("It was checked again on")


def test_a_recheck_that_holds_leaves_it_closed(closure: Closure, vera: Person) -> None:
    sign(vera, closure.undertaking)
    assert queries.standing_closure(closure.undertaking) == closure


def test_an_opinion_withdrawn_with_none_in_its_place_opens_it_again(
    closure: Closure, assured: Opinion, vera: Person
) -> None:
    withdraw_opinion(by=vera, opinion=assured, reason="The wrong month.")
    found = reopened(closure)
    assert (found.because, found.opinion) == ("opinion_withdrawn", assured)
    assert "was withdrawn on" in found.words
    assert "wrong month" not in found.words


def test_an_opinion_withdrawn_beside_another_leaves_it_closed(
    assured: Opinion, vera: Person, ivo: Person, cass: Person, settings: object
) -> None:
    sign(ivo, assured.undertaking)
    closure = close_undertaking(
        by=cass, undertaking=assured.undertaking, how="assured", reason="Two have seen it."
    )
    withdraw_opinion(by=vera, opinion=assured, reason="The wrong month.")
    assert queries.standing_closure(assured.undertaking) == closure
    settings.VERIFIERS_NEEDED = 2  # type: ignore[attr-defined]
    assert [one.because for one in review_closures(by=None)] == ["opinion_withdrawn"]


def test_the_bodys_own_word_opens_it_again_as_it_is_given(closure: Closure, omar: Person) -> None:
    said = make_claim(
        by=omar,
        undertaking=closure.undertaking,
        rung="in_progress",
        words="Two teams no longer do it.",
        slipped_on=TODAY,
    )
    found = reopened(closure)
    assert said.reopened == (found,)
    assert (found.because, found.claim) == ("own_word", said.claim)
    assert "slipped back" in found.words


def test_a_claim_that_repeats_what_was_said_leaves_it_closed(
    closure: Closure, omar: Person
) -> None:
    said = make_claim(
        by=omar,
        undertaking=closure.undertaking,
        rung="ready_for_assessment",
        words="Also at night.",
        signed_off_name="Dana Holt",
        signed_off_role="Head of Public Protection",
    )
    assert said.reopened == ()


def test_a_later_report_that_asks_the_same_body_opens_it_again(
    closure: Closure, rosa: Person, inspectorate: Body, force: Body
) -> None:
    earlier = closure.undertaking.recommendation
    later = later_report(rosa, inspectorate, TODAY, force)
    signed = sign_link(by=rosa, earlier=earlier, later=later, relation="same", reason="The same.")
    found = reopened(closure)
    assert signed.reopened == (found,)
    assert (found.because, found.link) == ("asked_again", signed.link)
    assert found.words.startswith(f"{later.reference} asks the same as {earlier.reference}.")


@pytest.mark.parametrize(
    ("days", "relation", "same_body"),
    [(-1, "same", True), (0, "same", False), (0, "contradicts", True), (0, "supersedes", True)],
)
def test_what_a_person_must_weigh_opens_nothing_by_itself(
    days: int, relation: str, same_body: bool,
    closure: Closure, rosa: Person, inspectorate: Body, force: Body, council: Body,
) -> None:  # fmt: skip
    earlier = closure.undertaking.recommendation
    asked_of = force if same_body else council
    later = later_report(rosa, inspectorate, TODAY + timedelta(days=days), asked_of)
    signed = sign_link(
        by=rosa, earlier=earlier, later=later, relation=relation, reason="As they read."
    )
    assert signed.reopened == ()
    offered = queries.reasons_to_reopen(closure, TODAY)
    assert bool(offered) == (relation == "same")


def test_a_matter_not_pursued_opens_again_only_when_it_is_asked_anew(
    ready: Undertaking, cass: Person, vera: Person, rosa: Person, inspectorate: Body, force: Body
) -> None:
    closure = close_undertaking(
        by=cass, undertaking=ready, how="not_pursued", reason="The law changed."
    )
    sign(vera, ready, judgement="not_assured")
    assert queries.standing_closure(ready) == closure
    later = later_report(rosa, inspectorate, TODAY, force)
    sign_link(
        by=rosa, earlier=ready.recommendation, later=later, relation="partly", reason="A part."
    )
    assert reopened(closure).because == "asked_again"


def test_where_the_act_is_refused_nothing_opens(
    closure: Closure, rosa: Person, lena: Person
) -> None:
    with pytest.raises(Refused):
        make_claim(by=lena, undertaking=closure.undertaking, rung="in_progress", words="No.")
    with pytest.raises(Refused):
        sign_link(
            by=rosa, earlier=closure.undertaking.recommendation,
            later=closure.undertaking.recommendation, relation="same", reason="Itself.",
        )  # fmt: skip
    assert not Reopening.objects.exists()


def test_what_came_back_is_closed_only_on_a_look_since(
    closure: Closure, rosa: Person, vera: Person, cass: Person, inspectorate: Body, force: Body
) -> None:
    here = closure.undertaking
    later = later_report(rosa, inspectorate, TODAY, force)
    sign_link(by=rosa, earlier=here.recommendation, later=later, relation="same", reason="Same.")
    assert [one.came_back for one in to_renew(claimed_done(vera))] == [True]
    assert to_close() == []
    with pytest.raises(Refused, match="nobody has looked since"):
        close_undertaking(by=cass, undertaking=here, how="assured", reason="As before.")
    sign(vera, here)
    assert to_renew(claimed_done(vera)) == []
    assert [one.undertaking for one in to_close()] == [here]
    assert close_undertaking(by=cass, undertaking=here, how="assured", reason="Seen again.")


def test_no_page_goes_around_it() -> None:
    desk = Path(answerable.__file__).parent / "desk"
    around = (
        "answerable.plan.actions.claims import",
        "answerable.register.actions.links import sign",
    )
    found = [path.name for path in desk.rglob("*.py") if any(a in path.read_text() for a in around)]
    assert found == []


# --- In the review ---


@pytest.fixture
def on_a_course(ready: Undertaking, omar: Person, vera: Person, cass: Person) -> Closure:
    """Closed on evidence that is good for five days."""
    about = About("A course.", "Use.", "training", expires_on=in_days(5), expires_because="Yearly.")
    course = a_file(omar, ready, about=about, content=b"Trained: 388 of 412.\n")
    grade_evidence(by=vera, evidence=course, grade="training", reason="The list is signed.")
    sign(vera, ready)
    return close_undertaking(by=cass, undertaking=ready, how="assured", reason="As was seen.")


def test_expired_evidence_opens_it_again_in_the_review(on_a_course: Closure) -> None:
    assert review_closures(by=None) == []
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        [found] = review_closures(by=None)
        assert found == reopened(on_a_course)
        assert found.because == "evidence_expired"
        assert "was good until" in found.words
        assert review_closures(by=None) == []


def test_evidence_that_was_renewed_leaves_it_closed(
    on_a_course: Closure, omar: Person, vera: Person
) -> None:
    from_course = on_a_course.opinion.seen["evidence"][-1]  # type: ignore[union-attr]
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        use = on_a_course.undertaking.evidence.get(pk=from_course["use"])
        take_out_evidence(by=omar, use=use, reason="The course was held again.")
        sign(vera, on_a_course.undertaking)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        assert list(perhaps_undone(timezone.localdate())) == [on_a_course]
        assert review_closures(by=None) == []


def test_what_came_by_another_way_is_found_by_the_review(closure: Closure, omar: Person) -> None:
    claims.make_claim(
        by=omar, undertaking=closure.undertaking, rung="in_progress", words="It slipped.",
        slipped_on=TODAY,
    )  # fmt: skip
    assert queries.standing_closure(closure.undertaking) == closure
    assert [one.because for one in review_closures(by=None)] == ["own_word"]


def test_what_holds_costs_the_review_one_query(
    closure: Closure, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert review_closures(by=None) == []


def test_dates_of_rechecks_cost_two_queries(
    closure: Closure, vera: Person, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert queries.rechecks_due(in_days(180)) == [closure]
