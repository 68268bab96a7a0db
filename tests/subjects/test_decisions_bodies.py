"""Whom a candidate is addressed to: the names of a report among the bodies we know."""

from datetime import date

import pytest

from answerable.accounts.actions import add_body, succeed_body
from answerable.accounts.models import Body
from answerable.register.queries.candidates import directory, proposed
from answerable.register.queries.naming import plain_name
from answerable.reports.models import Candidate


def to(*names: str, why: str = "") -> Candidate:
    return Candidate(addressees=[{"name": name, "why": why} for name in names])


@pytest.mark.parametrize(
    "name",
    [
        "Northmoor Police",
        "northmoor police",
        "The Northmoor Police",
        "the Force",
        "Force",
        "NP",
        "the Chief Constable of Northmoor Police",
        "Northmoor  Police,",
    ],
)
def test_a_body_is_known_by_its_name_its_short_name_and_other_names(force: Body, name: str) -> None:
    force.other_names.create(name="NP")
    found = proposed(to(name, why="Named in the lead-in on page 2."), directory())
    assert [(a.body, a.sure) for a in found.addressees] == [(force, True)]
    assert found.sure[0][1] == f"“{name}”: named in the lead-in on page 2"
    assert not found.unknown


def test_two_bodies_named_together_are_both_proposed(force: Body, council: Body) -> None:
    found = proposed(to("Northmoor Police and Northmoor Council"), directory())
    assert {body for body, _ in found.sure} == {force, council}


def test_two_short_names_joined_by_and_are_both_proposed(force: Body, council: Body) -> None:
    force.other_names.create(name="The Force")
    council.other_names.create(name="The council")
    found = proposed(to("Force and the council"), directory())
    assert {body for body, _ in found.sure} == {force, council}
    assert not found.unknown


def test_a_name_inside_a_longer_name_is_not_taken_twice(council: Body) -> None:
    longer = add_body(by="operator", name="North Northmoor Council", kind="council")
    found = proposed(to("Leaders of North Northmoor Council"), directory())
    assert [body for body, _ in found.sure] == [longer]


def test_a_name_that_two_bodies_share_is_proposed_for_neither(council: Body) -> None:
    other = add_body(by="operator", name="Eastmere Council", short_name="Council", kind="council")
    found = proposed(to("the Council"), directory())
    assert {a.body for a in found.addressees} == {council, other}
    assert found.sure == []


def test_a_name_that_nobody_bears_is_said(force: Body) -> None:
    found = proposed(to("Eastmere Trust", "Eastmere Trust"), directory())
    assert found.unknown == ("Eastmere Trust",)
    assert found.addressees == ()


def test_a_body_that_has_ended_is_followed_to_who_took_over(office: Body) -> None:
    old = add_body(by="operator", name="Northmoor Police Authority", kind="other")
    middle = add_body(by="operator", name="Northmoor Commission", kind="other")
    succeed_body(by="operator", body=old, successor=middle, on=date(2012, 11, 22))
    succeed_body(by="operator", body=middle, successor=office, on=date(2020, 5, 7))
    (given,) = proposed(to("the Northmoor Police Authority"), directory()).addressees
    assert given.body == office
    assert "it took over from Northmoor Police Authority on 7 May 2020" in given.because
    (then,) = proposed(to("Northmoor Police Authority"), directory(), date(2011, 1, 1)).addressees
    assert then.body == old


@pytest.mark.parametrize(
    "name",
    [
        "the Chief Constable of Northmoor",
        "Acting Chief Constable of Northmoor Police",
        "Northmoor Police’s Chief Constable",
        "Northmoor Chief Constable",
        "The Police of Northmoor",
    ],
)
def test_who_leads_a_body_stands_for_it(force: Body, council: Body, name: str) -> None:
    found = proposed(to(name), directory())
    assert [body for body, _ in found.sure] == [force]


def test_the_leader_of_a_council_and_a_minister_stand_for_theirs(council: Body) -> None:
    ministry = add_body(by="operator", name="Department for Lighthouses", kind="other")
    offices = add_body(by="operator", name="Harbour Office", kind="other")
    for name, body in {
        "Leader of Northmoor": council,
        "the Chief Executive of Northmoor Council": council,
        "Secretary of State for Lighthouses": ministry,
        "the Department of Lighthouses": ministry,
        "Harbour Secretary": offices,
    }.items():
        assert [b for b, _ in proposed(to(name), directory()).sure] == [body], name


def test_a_longer_name_of_somebody_else_is_only_perhaps(force: Body) -> None:
    found = proposed(to("Northmoor Police and Fire Authority"), directory())
    assert [(a.body, a.sure) for a in found.addressees] == [(force, False)]
    assert found.sure == []


def test_and_inside_a_name_does_not_part_it(force: Body, council: Body) -> None:
    trust = add_body(by="operator", name="Eastmere Coast and Harbour Trust", kind="other")
    found = proposed(
        to("Northmoor Police, Northmoor Council and the Eastmere Coast & Harbour Trust"),
        directory(),
    )
    assert {body for body, _ in found.sure} == {force, council, trust}


def test_names_are_compared_plainly() -> None:
    assert plain_name("The  King’s Lynn & West Norfolk Trust") == plain_name(
        "King's Lynn and West Norfolk trust"
    )
    assert plain_name("the") == "the"


def test_all_bodies_are_one_query(
    force: Body, council: Body, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        proposed(to("Northmoor Police", "Northmoor Council"), directory())
