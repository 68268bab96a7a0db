"""What repeats: suggested with reasons, seen by whoever may, dismissed and taken back by people."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.audit import queries as audit
from answerable.register.actions.likeness import dismiss_likeness, take_back_dismissal
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.recommendations import (
    correct_recommendation,
    enter_recommendation,
    withdraw_recommendation,
)
from answerable.register.actions.suggesting import look_for_repeats
from answerable.register.models import Dismissal, Recommendation, Suggestion
from answerable.register.queries import likeness as queries
from answerable.register.queries.likeness import Proposal
from answerable.reports.actions.reports import log_report
from answerable.reports.models import Report
from tests.subjects.test_links import ask, three

__all__ = ["ask", "three"]  # fixtures
Three = tuple[Recommendation, ...]
WHY = "The first is about training, the second about records."


def dismissed(by: Person, one: Recommendation, other: Recommendation) -> Dismissal:
    return dismiss_likeness(by=by, recommendation=one, other=other, reason=WHY)


# --- Two that are not alike ----------------------------------------------------------------------


def test_two_are_dismissed_with_a_reason_whichever_is_named_first(
    rosa: Person, three: Three
) -> None:
    made = dismissed(rosa, three[1], three[0])
    assert (made.earlier, made.later, made.dismissed_by) == (three[0], three[1], rosa)
    entry = audit.history(made)[0]
    assert (entry.verb, entry.said) == ("likeness.dismissed", {"reason": WHY})
    assert audit.verify().holds


@pytest.mark.parametrize("who", ["petra", "omar", "ada", "ravi", "vera"])
def test_others_do_not_dismiss(who: str, three: Three, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="may sign how two recommendations are linked"):
        dismissed(request.getfixturevalue(who), three[0], three[1])


def test_what_is_decided_is_decided_once(rosa: Person, cass: Person, three: Three) -> None:
    first, second, third = three
    made = dismissed(rosa, first, second)
    with pytest.raises(Refused, match="said already"):
        dismissed(cass, second, first)
    signing = {"by": cass, "earlier": first, "relation": "same", "reason": "x"}
    with pytest.raises(Refused, match="these two are not alike"):
        sign_link(later=second, **signing)  # type: ignore[arg-type]
    link = sign_link(later=third, **signing)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="It is signed that"):
        dismissed(rosa, first, third)
    take_back_link(by=cass, link=link, reason="x")
    assert dismissed(rosa, first, third).pk != made.pk
    with pytest.raises(Refused, match="two different"):
        dismissed(rosa, first, first)
    with pytest.raises(Refused, match="Say why"):
        dismiss_likeness(by=rosa, recommendation=second, other=third, reason=" ")


def test_a_dismissal_is_taken_back_and_stays(rosa: Person, cass: Person, three: Three) -> None:
    made = dismissed(rosa, three[0], three[1])
    with pytest.raises(Refused, match="Say why"):
        take_back_dismissal(by=cass, dismissal=made, reason="")
    back = take_back_dismissal(by=cass, dismissal=made, reason="Read again.")
    assert (back.taken_back_by, back.taken_back_reason) == (cass, "Read again.")
    with pytest.raises(Refused, match="taken back already"):
        take_back_dismissal(by=cass, dismissal=made, reason="x")
    assert dismissed(cass, three[0], three[1]).pk != made.pk
    assert audit.verify().holds


def test_a_dismissal_never_changes_and_is_never_removed(rosa: Person, three: Three) -> None:
    rows = Dismissal.objects.filter(pk=dismissed(rosa, three[0], three[1]).pk)
    for change in ({"reason": "Other"}, {"later": three[2]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


# --- What is proposed ----------------------------------------------------------------------------

RECORD = "Record every report of a crime against a child within 24 hours."
AGAIN = "Record each report of a crime against a child within 24 hours, and test the records."
TRAIN = "Train every new sergeant to supervise investigations."
MEALS = "Publish the menu of the school kitchen each week."
Ask2 = Callable[..., Recommendation]


@pytest.fixture
def enter(rosa: Person, inspectorate: Body, force: Body) -> Ask2:
    """Enters words of a report that was published in a year."""
    reports: dict[int, Report] = {}

    def entered(year: int, words: str, *bodies: Body) -> Recommendation:
        if year not in reports:
            reports[year] = log_report(
                by=rosa,
                title=f"Review of {year}",
                kind=Report.Kind.INSPECTION,
                author=inspectorate,
                published_on=date(year, 3, 1),
                invented=True,
            )
        to = [(body, "") for body in bodies or (force,)]
        return enter_recommendation(by=rosa, report=reports[year], words=words, bodies=to)

    return entered


@pytest.fixture
def asked(enter: Ask2) -> tuple[Recommendation, ...]:
    """Records in 2014, sergeants in 2018, meals in 2019; in 2021 records once more."""
    return enter(2014, RECORD), enter(2018, TRAIN), enter(2019, MEALS), enter(2021, AGAIN)


def names(found: list[Proposal]) -> list[str]:
    return [one.recommendation.reference for one in found]


def test_the_earlier_ones_are_proposed_likest_first_with_why_and_odds(
    rosa: Person, asked: tuple[Recommendation, ...]
) -> None:
    first, *_ = found = queries.proposals_for(rosa, asked[3])
    assert names(found)[0] == "R-0001"
    assert "R-0004" not in names(found)
    assert first.asked_on == date(2014, 3, 1)
    assert (first.link, first.dismissals, first.is_open, first.same_report) == (
        None,
        (),
        True,
        False,
    )
    assert "24 hours" in first.likeness.why.sentence()
    assert sum(first.odds.values()) == pytest.approx(1)
    assert 0 < first.related < 1
    assert queries.proposals_for(rosa, asked[0]) == []


def test_whatever_was_entered_first_the_earlier_one_is_proposed(enter: Ask2, rosa: Person) -> None:
    new, old = enter(2021, AGAIN), enter(2014, RECORD)
    assert names(queries.proposals_for(rosa, new)) == [old.reference]
    assert queries.proposals_for(rosa, old) == []


def test_what_is_of_the_same_report_says_so(enter: Ask2, rosa: Person) -> None:
    enter(2021, RECORD)
    [found] = queries.proposals_for(rosa, enter(2021, AGAIN))
    assert found.same_report


def test_decisions_stand_beside_and_the_dismissed_stand_last(
    rosa: Person, cass: Person, enter: Ask2
) -> None:
    old, other, new = enter(2014, RECORD), enter(2016, RECORD), enter(2021, AGAIN)
    made = dismissed(rosa, old, new)
    assert names(queries.proposals_for(rosa, new)) == [other.reference, old.reference]
    assert names(queries.proposals_for(rosa, new, top=1)) == [other.reference, old.reference]
    [_, last] = queries.proposals_for(rosa, new)
    assert (last.dismissal, last.is_open) == (made, False)
    link = sign_link(by=cass, earlier=other, later=new, relation="same", reason="The same words.")
    assert queries.proposals_for(rosa, new)[0].link == link
    take_back_dismissal(by=cass, dismissal=made, reason="Read again.")
    back = next(p for p in queries.proposals_for(rosa, new) if p.recommendation == old)
    assert (back.is_open, len(back.dismissals)) == (True, 1)


def test_a_body_is_shown_only_what_was_asked_of_it(
    enter: Ask2, omar: Person, lena: Person, rosa: Person, force: Body, council: Body
) -> None:
    enter(2014, RECORD, council)
    both = enter(2016, RECORD, force, council)
    new = enter(2021, AGAIN, force, council)
    assert len(queries.proposals_for(rosa, new)) == 2
    assert names(queries.proposals_for(omar, new)) == [both.reference]
    assert len(queries.proposals_for(lena, new)) == 2
    assert "R-0001" not in names(queries.asked_before(omar, RECORD))
    assert len(queries.asked_before(lena, RECORD)) == 3
    assert queries.waiting_likenesses(omar) == []


def test_a_second_look_costs_nothing(
    rosa: Person,
    asked: tuple[Recommendation, ...],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        queries.proposals_for(rosa, asked[3])
    with django_assert_max_num_queries(1):  # type: ignore[attr-defined]
        queries.proposals_for(rosa, asked[3])


def test_a_whole_report_costs_no_more_than_one_of_it(
    rosa: Person,
    enter: Ask2,
    asked: tuple[Recommendation, ...],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    many = [asked[3], *(enter(2021, f"{RECORD} {n}") for n in range(12))]
    rows = Recommendation.objects.filter(pk__in=[one.pk for one in many])
    those = list(rows.select_related("report").prefetch_related("corrections"))
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        found = queries.best_for(rosa, those)
    assert set(found) == {one.pk for one in many}
    assert names(found[asked[3].pk]) == ["R-0001"]
    dismissed(rosa, asked[0], asked[3])
    assert "R-0001" not in names(queries.best_for(rosa, those)[asked[3].pk])


def test_a_sentence_in_no_report_is_looked_for(
    rosa: Person, asked: tuple[Recommendation, ...]
) -> None:
    found = queries.asked_before(rosa, "Are crimes against children recorded in time?")
    assert {"R-0001", "R-0004"} <= set(names(found)[:2])
    assert queries.asked_before(rosa, "Zebra crossings.\x00") == []
    assert queries.asked_before(rosa, "") == []


def test_the_newest_words_count_and_what_is_withdrawn_is_not_proposed(
    rosa: Person, enter: Ask2
) -> None:
    old, new = enter(2014, MEALS), enter(2021, AGAIN)
    assert queries.proposals_for(rosa, new) == []
    correct_recommendation(by=rosa, recommendation=old, words=RECORD, reason="Another page.")
    assert names(queries.proposals_for(rosa, new)) == [old.reference]
    withdraw_recommendation(by=rosa, recommendation=old, reason="A heading.")
    assert queries.proposals_for(rosa, new) == []


# --- What waits ----------------------------------------------------------------------------------


def waits(person: Person) -> list[tuple[str, str]]:
    found = queries.waiting_likenesses(person)
    return [(one.earlier.reference, one.later.reference) for one in found]


def test_what_nobody_decided_waits_for_whoever_may_sign(
    rosa: Person, cass: Person, ravi: Person, asked: tuple[Recommendation, ...]
) -> None:
    assert waits(rosa) == []
    assert look_for_repeats() == 4
    assert look_for_repeats() == 0
    assert waits(rosa) == waits(cass) == [("R-0001", "R-0004")]
    assert queries.waiting_likenesses(ravi) == []
    made = dismissed(rosa, asked[0], asked[3])
    assert waits(rosa) == []
    take_back_dismissal(by=rosa, dismissal=made, reason="Read again.")
    sign_link(by=rosa, earlier=asked[0], later=asked[3], relation="same", reason="x")
    assert waits(rosa) == []


def test_an_old_report_that_comes_late_is_found_too(enter: Ask2, rosa: Person) -> None:
    enter(2021, AGAIN)
    look_for_repeats()
    enter(2014, RECORD)
    look_for_repeats()
    assert waits(rosa) == [("R-0002", "R-0001")]


def test_what_is_corrected_is_looked_at_again(enter: Ask2, rosa: Person) -> None:
    old, new = enter(2014, RECORD), enter(2021, AGAIN)
    look_for_repeats()
    correct_recommendation(by=rosa, recommendation=old, words=MEALS, reason="Another page.")
    assert not Suggestion.objects.exists()
    look_for_repeats()
    assert waits(rosa) == []
    correct_recommendation(by=rosa, recommendation=new, words=MEALS, reason="Another page.")
    look_for_repeats()
    assert waits(rosa) == [(old.reference, new.reference)]
    withdraw_recommendation(by=rosa, recommendation=old, reason="A heading.")
    assert not Suggestion.objects.exists()


def test_what_people_decided_can_be_learnt_from(
    rosa: Person, asked: tuple[Recommendation, ...]
) -> None:
    dismissed(rosa, asked[1], asked[3])
    sign_link(by=rosa, earlier=asked[0], later=asked[3], relation="same", reason="x")
    back = dismissed(rosa, asked[2], asked[3])
    take_back_dismissal(by=rosa, dismissal=back, reason="x")
    found = [(p.earlier.reference, p.later.reference, p.relation) for p in queries.decided_pairs()]
    assert found == [("R-0002", "R-0004", "unrelated"), ("R-0001", "R-0004", "same")]
