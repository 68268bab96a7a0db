"""Families: which recommendations belong together, since when, and what stands beside them."""

from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Body, Person
from answerable.accounts.rules import Refused
from answerable.register.actions.links import sign_link, take_back_link
from answerable.register.actions.recommendations import withdraw_recommendation
from answerable.register.models import Link, Recommendation, Relation
from answerable.register.queries import families as queries
from tests.subjects.test_links import Ask, ask, three

__all__ = ["ask", "three"]  # fixtures


def link(by: Person, earlier: Recommendation, later: Recommendation, relation: str) -> Link:
    return sign_link(by=by, earlier=earlier, later=later, relation=relation, reason="Read so.")


def named(person: Person | None) -> list[list[str]]:
    return [[one.reference for one in f.members] for f in queries.families(person)]


# --- Which belong together ---


@pytest.mark.parametrize("relation", ["same", "extends", "partly", "supersedes"])
def test_a_link_joins_two_into_a_family(
    relation: str, rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    signed = link(rosa, first, second, relation)
    (family,) = queries.families(None)
    assert (family.first, family.members, family.links) == (first, (first, second), (signed,))
    assert family.first_asked_on == date(2014, 3, 1)
    assert family.age_on(date(2014, 3, 31)) == 30
    assert queries.family_of(second) == family
    assert queries.family_of(last).members == (last,)


def test_what_contradicts_joins_nothing_and_stands_beside(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    link(rosa, first, second, "same")
    against = link(rosa, second, last, "contradicts")
    (family,) = queries.families(None)
    assert family.members == (first, second)
    assert family.beside == (against,)
    assert queries.family_of(last).members == (last,)
    assert queries.family_of(last).beside == (against,)


def test_taking_back_splits_a_family_and_signing_joins_it_again(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    link(rosa, first, second, "same")
    signed = link(rosa, second, last, "partly")
    assert named(None) == [["R-0001", "R-0002", "R-0003"]]
    take_back_link(by=rosa, link=signed, reason="Another matter.")
    assert named(None) == [["R-0001", "R-0002"]]
    link(rosa, first, last, "extends")
    assert named(None) == [["R-0001", "R-0002", "R-0003"]]


def test_what_was_withdrawn_was_never_asked(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    link(rosa, first, second, "same")
    link(rosa, second, last, "same")
    withdraw_recommendation(by=rosa, recommendation=second, reason="Entered twice.")
    assert named(None) == []
    assert queries.family_of(last).members == (last,)


def test_the_family_asked_first_stands_first(rosa: Person, ask: Ask) -> None:
    young, old = [ask(2019), ask(2020)], [ask(2012), ask(2021)]
    link(rosa, *young, "same")
    link(rosa, *old, "same")
    assert [f.first for f in queries.families(None)] == [old[0], young[0]]


@pytest.mark.usefixtures("council")
def test_a_body_knows_only_of_what_was_asked_of_it(
    rosa: Person, omar: Person, lena: Person, ask: Ask, force: Body, council: Body
) -> None:
    mine, theirs, both = ask(2014, force), ask(2016, council), ask(2018, force, council)
    link(rosa, mine, theirs, "same")
    link(rosa, theirs, both, "same")
    assert named(rosa) == [["R-0001", "R-0002", "R-0003"]]
    assert named(omar) == []
    assert named(lena) == [["R-0002", "R-0003"]]
    seen = queries.family_of(both, lena)
    assert [one.reference for one in seen.members] == ["R-0002", "R-0003"]
    assert len(seen.links) == 1


def test_who_may_not_read_the_register_reads_no_families(
    ada: Person, three: tuple[Recommendation, ...]
) -> None:
    with pytest.raises(Refused):
        queries.families(ada)


def test_any_number_costs_the_same_few_queries(
    rosa: Person, ask: Ask, django_assert_max_num_queries: Callable
) -> None:
    for year in range(2010, 2018, 2):
        link(rosa, ask(year), ask(year + 1), "same")
    with django_assert_max_num_queries(6):
        assert len(queries.families(rosa)) == 4


# --- What follows ---


def test_same_closes_over_and_what_follows_is_not_called_signed(
    rosa: Person, three: tuple[Recommendation, ...]
) -> None:
    first, second, last = three
    links = (link(rosa, first, second, "same"), link(rosa, second, last, "same"))
    (found,) = queries.following(queries.family_of(first))
    assert (found.members, found.links) == (three, links)
    assert found.unsigned == ((first, last),)
    link(rosa, first, last, "same")
    assert queries.following(queries.family_of(first)) == []


def test_only_same_closes_over(rosa: Person, three: tuple[Recommendation, ...]) -> None:
    first, second, last = three
    link(rosa, first, second, "same")
    link(rosa, second, last, "extends")
    assert queries.following(queries.family_of(first)) == []


# --- Against a slow reading ---

PAIRS = list(combinations(range(6), 2))
DRAWN = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(Relation.values), max_size=9)


def slowly(drawn: dict[tuple[int, int], str], joins: set[str]) -> set[frozenset[int]]:
    """Every family, by joining sets until nothing more joins."""
    sets = [{one} for one in range(6)]
    for (one, other), relation in drawn.items():
        if relation in joins:
            both = [s for s in sets if one in s or other in s]
            sets = [s for s in sets if s not in both] + [set().union(*both)]
    return {frozenset(s) for s in sets if len(s) > 1}


@given(DRAWN)
@settings(max_examples=200)
def test_components_are_what_a_slow_reading_finds(drawn: dict[tuple[int, int], str]) -> None:
    beside: dict[int, list[int]] = {}
    for one, other in drawn:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found = {frozenset(one) for one in queries.components(beside)}
    assert found == slowly(drawn, set(Relation.values))


@pytest.mark.parametrize("seed", range(3))
def test_families_are_what_a_slow_reading_finds(seed: int, rosa: Person, ask: Ask) -> None:
    relations = Relation.values
    drawn = {
        pair: relations[(place * 7 + seed * 3) % len(relations)]
        for place, pair in enumerate(PAIRS)
        if (place * 5 + seed) % 3 == 0
    }
    asked = [ask(2010 + year) for year in range(6)]
    for (earlier, later), relation in drawn.items():
        link(rosa, asked[earlier], asked[later], relation)
    expected = slowly(drawn, set(Relation.values) - {Relation.CONTRADICTS})
    numbers = {one.pk: number for number, one in enumerate(asked)}
    found = {frozenset(numbers[m.pk] for m in f.members) for f in queries.families(None)}
    assert found == expected
    same = {
        frozenset(numbers[m.pk] for m in one.members)
        for family in queries.families(None)
        for one in queries.following(family)
    }
    assert same <= slowly(drawn, {Relation.SAME})
